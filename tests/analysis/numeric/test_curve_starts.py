"""Where the search for a curve begins and how far it may go: on exact data the start is the truth."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.numeric.curve_starts import box_for, starts_for
from analysis.numeric.curves import EXPONENTIAL, GOMPERTZ, LINE, LOGISTIC, Curve

TIME = np.linspace(2.0, 6.0, 25)
VALUES = np.linspace(10.0, 30.0, 25)


@pytest.mark.parametrize("curve", [LOGISTIC, GOMPERTZ], ids=lambda curve: curve.name)
def test_with_known_floor_and_ceiling_the_straightened_line_is_the_curve(curve: Curve) -> None:
    """Shares of the way, straightened, lie on a line: its slope is the rate, its root the midpoint."""
    truth = np.array([0.25, 0.9, 3.2, 0.9])
    values = curve.value(TIME, truth)
    box = box_for(curve, TIME, values, floor=0.25, ceiling=0.9)
    np.testing.assert_allclose(starts_for(curve, TIME, values, box), truth[None], rtol=1e-9)


@pytest.mark.parametrize(
    ("curve", "truth"), [(LINE, [10.0, 14.0]), (EXPONENTIAL, [0.25, 1.0, 0.4])], ids=["line", "exponential"]
)
def test_lines_and_exponentials_begin_at_the_truth(curve: Curve, truth: list[float]) -> None:
    """Least squares of the values, or of their logarithms above the floor, are exact on exact data."""
    values = curve.value(TIME, np.array(truth))
    box = box_for(curve, TIME, values, floor=0.25 if curve is EXPONENTIAL else None)
    np.testing.assert_allclose(starts_for(curve, TIME, values, box), [truth], rtol=1e-9)


def test_the_box_reaches_as_far_as_it_says() -> None:
    """Floors ten ranges below, ceilings fifty above, midpoints five spans away, rates by the span."""
    box = box_for(LOGISTIC, TIME, VALUES)
    assert box.low.tolist() == pytest.approx([10 - 10 * 20, 10 + 0.5 * 20, 2 - 5 * 4, 0.01 / 4])
    assert box.high.tolist() == pytest.approx([30, 30 + 50 * 20, 6 + 5 * 4, 100 / 4])
    assert box.free == 4
    known = box_for(LOGISTIC, TIME, VALUES, floor=0.0, ceiling=100.0)
    assert (known.low[:2].tolist(), known.high[:2].tolist(), known.free) == ([0.0, 100.0], [0.0, 100.0], 2)


def test_unknown_ends_are_tried_near_and_far() -> None:
    """Two floors and three ceilings, in ranges beyond the data; every start lies in the box."""
    box = box_for(LOGISTIC, TIME, VALUES)
    starts = starts_for(LOGISTIC, TIME, VALUES, box)
    assert starts[:, :2].tolist() == pytest.approx(
        np.array([[10 - floor * 20, 30 + top * 20] for floor in (0.05, 1.0) for top in (0.05, 0.5, 3.0)])
    )
    assert ((starts >= box.low) & (starts <= box.high)).all()
