"""What earlier fits had predicted: on series whose future is known, and days that cannot be judged."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.trends.early_fit import days_to_judge, early_fit
from analysis.trends.measures import INDEX, bounded_score
from analysis.trends.residuals import residuals_of
from analysis.trends.scurve import compare_curves

FIRST = date(2021, 1, 5)
ON = date(2024, 1, 1)


def series(values: np.ndarray) -> pl.DataFrame:
    """A model every thirty days."""
    places = range(len(values))
    return pl.DataFrame(
        {
            "model_id": [f"m{place:02}" for place in places],
            "released_on": [FIRST + timedelta(days=30 * place) for place in places],
            "value": values,
        }
    )


def straight(n: int = 60) -> pl.DataFrame:
    """A line with a small scatter that has no direction."""
    return series(100 + np.arange(n) + 0.2 * np.random.default_rng(3).standard_normal(n))


def test_the_curve_that_the_future_follows_comes_closest() -> None:
    """A line goes on as a line: its error is the scatter."""
    found = early_fit(straight(), INDEX, ON)
    assert found is not None
    line = next(one for one in found.candidates if one.name == "line")
    assert line.root_mean_square < 1
    assert [one.root_mean_square for one in found.candidates] == sorted(
        one.root_mean_square for one in found.candidates
    )


def test_what_came_later_has_no_part_in_the_fit() -> None:
    """Another future, the same curves; only the errors differ."""
    models = straight()
    after = pl.col("released_on") > ON
    other = models.with_columns(value=pl.when(after).then(pl.col("value") + 40).otherwise("value"))
    one, two = early_fit(models, INDEX, ON), early_fit(other, INDEX, ON)
    assert one is not None
    assert two is not None
    fits = {found.name: found.fit.parameters for found in two.candidates}
    assert all(np.array_equal(found.fit.parameters, fits[found.name]) for found in one.candidates)
    bias = {found.name: found.bias for found in two.candidates}
    assert all(found.bias - bias[found.name] == pytest.approx(40) for found in one.candidates)


def test_a_quarter_is_ranked_without_its_later_models() -> None:
    """On a day inside of a quarter a later record of that quarter pushes nobody out."""
    inside = date(2024, 2, 15)
    found = early_fit(straight(), INDEX, inside)
    assert found is not None
    assert found.before["released_on"].max() <= inside < found.after["released_on"].min()


def test_days_that_can_be_judged_have_points_before_and_a_year_after() -> None:
    """First days of quarters, the newest first; of a short series none."""
    models = straight()
    days = days_to_judge(models)
    assert days[0] == date(2024, 10, 1)
    assert all(day.day == 1 and day.month in (1, 4, 7, 10) for day in days)
    assert list(days) == sorted(days, reverse=True)
    assert all(early_fit(models, INDEX, day) is not None for day in days)
    assert days_to_judge(models.head(14)) == ()
    assert early_fit(models, INDEX, date(2021, 3, 1)) is None


def test_a_bounded_score_is_also_judged_by_the_known_ceiling() -> None:
    """Five families for an index, six for a score with a ceiling."""
    shares = 1 / (1 + np.exp(-(np.arange(60) - 30) / 8))
    found = early_fit(series(shares), bounded_score("test"), ON)
    assert found is not None
    assert "logistic to the known ceiling" in {one.name for one in found.candidates}


def test_residuals_are_observed_less_fitted_and_a_kink_shows_on_one_side() -> None:
    """A series that turns upwards in its last year lies above the line at its end."""
    values = 100 + np.arange(60) + 0.2 * np.random.default_rng(5).standard_normal(60)
    values[-8:] += 3.0 * np.arange(1, 9)
    comparison = compare_curves(series(values), INDEX, draws=19)
    line = next(one for one in comparison.candidates if one.name == "line")
    found = residuals_of(comparison, line)
    assert comparison.series is not None
    assert found.rows["residual"].to_numpy() == pytest.approx(
        comparison.series.values - line.fit.at(comparison.series.time)
    )
    newest = found.rows.filter(pl.col("released_on") > found.rows["released_on"].max() - timedelta(days=200))
    assert newest["residual"].to_numpy()[-1] > 0
    time = comparison.series.time
    in_last_year = found.rows["residual"].to_numpy()[time > time.max() - 1]
    assert (found.recent, found.above) == (len(in_last_year), int((in_last_year > 0).sum()))
    assert found.p_value is not None
