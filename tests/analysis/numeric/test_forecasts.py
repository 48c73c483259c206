"""Forecasts made on past days, against a loop that fits each line by itself and counts what came after."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.numeric.curve_fit import Series
from analysis.numeric.curves import EXPONENTIAL, LINE
from analysis.numeric.forecasts import HORIZONS_MONTHS, Family, rolling_forecasts

TIME = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 1.9, 2.1, 2.5, 2.75])
VALUES = 10 + 4 * TIME + np.random.default_rng(2).normal(0, 0.5, len(TIME))
WEIGHTS = np.random.default_rng(3).uniform(0.5, 2.0, len(TIME))
LINES: dict[str, Family] = {"line": (LINE, None, None)}


def line_through(time: np.ndarray, values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Level at nought and slope of the weighted line, by sums."""
    total = weights.sum()
    mean_time, mean = (weights * time).sum() / total, (weights * values).sum() / total
    slope = (weights * (time - mean_time) * (values - mean)).sum() / (weights * (time - mean_time) ** 2).sum()
    return mean - slope * mean_time, slope


def one_by_one(months: int) -> tuple[list[float], int]:
    """Forecast less outcome from each origin, a quarter apart since the twelfth point, and the origins."""
    errors, used = [], 0
    origin = 1.25
    while origin <= 2.75 - months / 12 + 1e-9:
        past = origin >= TIME
        level, slope = line_through(TIME[past], VALUES[past], WEIGHTS[past])
        ahead = [place for place, at in enumerate(TIME) if origin < at <= origin + months / 12]
        errors += [level + slope * TIME[place] - VALUES[place] for place in ahead]
        used += bool(ahead)
        origin += 0.25
    return errors, used


@pytest.mark.parametrize("months", [6, 12])
def test_errors_are_those_of_lines_fitted_one_by_one(months: int) -> None:
    """Each origin sees what lies behind it, and is judged on the next half year or year, if that is whole."""
    errors, origins = one_by_one(months)
    series = Series(TIME, VALUES, WEIGHTS)
    (found,) = rolling_forecasts(series, LINES, (months,))
    assert (found.name, found.months, found.n, found.origins) == ("line", months, len(errors), origins)
    assert found.root_mean_square == pytest.approx(math.sqrt(sum(e**2 for e in errors) / len(errors)))
    assert found.bias == pytest.approx(sum(errors) / len(errors))


def test_half_a_year_and_a_year_are_judged_the_best_first() -> None:
    """A line beats an exponential on a line; the nearer horizon stands first."""
    families: dict[str, Family] = {"exponential": (EXPONENTIAL, None, None), **LINES}
    found = rolling_forecasts(Series(TIME, 1 + 9 * TIME, WEIGHTS), families)
    assert HORIZONS_MONTHS == (6, 12)
    assert [(one.months, one.name) for one in found] == [
        (6, "line"),
        (6, "exponential"),
        (12, "line"),
        (12, "exponential"),
    ]
    assert [one.origins for one in found] == [5, 5, 3, 3]


@pytest.mark.parametrize(("points", "told"), [(12, False), (13, True)])
def test_an_origin_has_twelve_points_behind_it_and_some_ahead(points: int, told: bool) -> None:
    """Twelve alone leave nothing to judge by."""
    time = np.append(np.linspace(0.0, 1.1, 12), [1.6])[:points]
    found = rolling_forecasts(Series(time, 3 * time, np.ones(points)), LINES, (6,))
    assert bool(found) is told


def test_a_stretch_without_models_is_judged_by_nobody() -> None:
    """The origins in it count for nothing; one at the horizon's very end counts."""
    time = np.concatenate([np.linspace(0.0, 1.1, 12), [3.1]])
    (found,) = rolling_forecasts(Series(time, 3 * time, np.ones(13)), LINES, (6,))
    assert (found.n, found.origins) == (1, 1)
    assert found.root_mean_square == pytest.approx(0.0, abs=1e-9)
