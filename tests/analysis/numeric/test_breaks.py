"""What the search for a single break must find: the Nile's, a line's, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.datasets import nile

from analysis.numeric.breaks import BreakVerdict, Shape, f_statistics, single_break


def test_the_nile_breaks_in_1898() -> None:
    """Flow at Aswan 1871-1970: sup-F 75.93 at 1898, means 1097.75 before and 849.97 after."""
    flow = nile.load_pandas().data
    found = single_break(flow["year"].to_numpy(float), flow["volume"].to_numpy(float))
    assert found.sup_f == pytest.approx(75.93, abs=0.005)
    assert found.last_before == 1898
    assert found.before == pytest.approx((1097.75,), abs=0.005)
    assert found.after == pytest.approx((849.97,), abs=0.005)
    assert found.verdict is BreakVerdict.BREAK


def test_every_f_statistic_is_that_of_two_regressions() -> None:
    """The running sums give the F of fitting both sides apart, for a mean and for a line."""
    generator = np.random.default_rng(0)
    time = np.sort(generator.uniform(0, 5, 40))
    values = generator.normal(size=(2, 40))
    for design in (np.ones((40, 1)), np.column_stack([np.ones(40), time])):
        edges = np.arange(6, 35)
        found = f_statistics(design, values, edges)
        q = design.shape[1]
        for row, series in enumerate(values):
            whole = np.linalg.lstsq(design, series, rcond=None)[1][0]
            for column, edge in enumerate(edges):
                parts = sum(
                    np.linalg.lstsq(design[side], series[side], rcond=None)[1][0]
                    for side in (slice(0, edge), slice(edge, None))
                )
                wanted = ((whole - parts) / q) / (parts / (40 - 2 * q))
                assert found[row, column] == pytest.approx(wanted, rel=1e-8)


def test_a_line_that_bends_is_found_where_it_bends() -> None:
    """A slope of 10 that becomes 2 in year 3 is found within a few observations, both slopes near."""
    time = np.linspace(0.0, 5.0, 80)
    line = np.where(time < 3, 10 * time, 30 + 2 * (time - 3))
    found = single_break(time, line + np.random.default_rng(1).normal(0, 0.5, 80), Shape.LINE)
    assert found.verdict is BreakVerdict.BREAK
    assert found.last_before == pytest.approx(3.0, abs=0.3)
    assert found.before[1] == pytest.approx(10, abs=0.5)
    assert found.after[1] == pytest.approx(2, abs=0.8)


def test_no_break_is_claimed_too_often() -> None:
    """On noise, about one test in twenty claims a break, although the best place was sought."""
    time = np.arange(40.0)
    generator = np.random.default_rng(2)
    found = [single_break(time, generator.normal(size=40), draws=99, seed=seed) for seed in range(300)]
    share = np.mean([test.verdict is BreakVerdict.BREAK for test in found])
    assert 0.01 <= share <= 0.10


def test_shift_and_scale_change_nothing() -> None:
    """The statistic does not depend on the units of time or values."""
    generator = np.random.default_rng(3)
    time, values = np.arange(50.0), generator.normal(size=50)
    plain = single_break(time, values, Shape.LINE)
    moved = single_break(2000 + time / 12, 1e6 + 1e3 * values, Shape.LINE)
    assert moved.sup_f == pytest.approx(plain.sup_f, rel=1e-6)


def test_too_few_points_are_said() -> None:
    """Below ten observations no break is sought."""
    found = single_break(np.arange(9.0), np.arange(9.0))
    assert found.verdict is BreakVerdict.TOO_FEW
    assert np.isnan(found.sup_f)
