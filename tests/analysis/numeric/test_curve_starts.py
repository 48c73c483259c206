"""Where the search for a curve begins and how far it may go: on exact data the start is the truth."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.numeric.curve_starts import box_for, starts_for
from analysis.numeric.curves import BROKEN_LINE, EXPONENTIAL, GOMPERTZ, LINE, LOGISTIC, Curve

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


def test_a_line_is_free_and_an_exponential_rises_from_a_known_floor_or_nought() -> None:
    """A break lies in the middle four fifths of the dates."""
    line, exponential, floored, broken = (
        box_for(LINE, TIME, VALUES),
        box_for(EXPONENTIAL, TIME, VALUES),
        box_for(EXPONENTIAL, TIME, VALUES, floor=5.0),
        box_for(BROKEN_LINE, TIME, VALUES),
    )
    assert (line.free, exponential.free, floored.free, broken.free) == (2, 2, 2, 4)
    assert (exponential.low[0], exponential.high[0]) == (0.0, 0.0)
    assert (floored.low[0], floored.high[0]) == (5.0, 5.0)
    assert (broken.low[0], broken.high[0]) == pytest.approx((2.4, 5.6))
    assert np.isinf([*line.low, *line.high, *exponential.low[1:], *broken.low[1:], *broken.high[1:]]).all()
    assert (line.low < 0).all()
    assert (broken.low[1:] < 0).all()
    assert (exponential.low[1:] < exponential.high[1:]).all()


def test_breaks_are_tried_at_eight_places_and_one_of_them_is_exact() -> None:
    """Both slopes are those of the data on either side of the break tried."""
    knot = 2.4 + 3 * 3.2 / 7
    truth = np.array([knot, 12.0, 1.0, 5.0])
    values = BROKEN_LINE.value(TIME, truth)
    starts = starts_for(BROKEN_LINE, TIME, values, box_for(BROKEN_LINE, TIME, values))
    assert starts[:, 0] == pytest.approx(np.linspace(2.4, 5.6, 8))
    np.testing.assert_allclose(starts[3], truth, rtol=1e-9)


def test_values_that_never_change_have_a_box_all_the_same() -> None:
    """Ranges of a billionth; starts are finite, and the rate is no less than a twentieth of the span."""
    flat = np.full(25, 3.0)
    box = box_for(LOGISTIC, TIME, flat)
    starts = starts_for(LOGISTIC, TIME, flat, box)
    assert (box.low[:2].tolist(), box.high[:2].tolist()) == (
        pytest.approx([3 - 1e-8, 3 + 5e-10], abs=1e-14),
        pytest.approx([3.0, 3 + 5e-8], abs=1e-14),
    )
    assert np.isfinite(starts).all()
    assert starts[:, 3] == pytest.approx(np.full(6, 0.05 / 4))
    falling = starts_for(LOGISTIC, TIME, VALUES[::-1], box_for(LOGISTIC, TIME, VALUES[::-1]))
    assert falling[:, 3] == pytest.approx(np.full(6, 0.05 / 4))


def test_values_at_or_below_the_floor_have_a_small_logarithm() -> None:
    """A thousandth of the largest rise above it."""
    values = np.array([5.0, 4.0, 6.0, 25.0])
    time = np.arange(4.0)
    start = starts_for(EXPONENTIAL, time, values, box_for(EXPONENTIAL, time, values, floor=5.0))[0]
    logs = np.log([0.02, 0.02, 1.0, 20.0])
    slope, level = np.polyfit(time, logs, 1)
    assert start.tolist() == pytest.approx([5.0, level, slope])
