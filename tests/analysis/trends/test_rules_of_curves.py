"""Curves and track records at the borders of their rules, each rule by itself on made-up fits."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import binomtest

from analysis.numeric.curve_fit import FittedCurve, Series
from analysis.numeric.curve_starts import Box
from analysis.numeric.curves import EXPONENTIAL, GOMPERTZ, LINE, LOGISTIC, Curve
from analysis.numeric.forecasts import Forecast
from analysis.numeric.likelihood_ratio import LikelihoodRatio
from analysis.results import Estimate, Interval, Window, day_of, year_of
from analysis.trends.backtest import Outcome, TrackRecord, TrackRow, _held, claim_holds, month_ends
from analysis.trends.curve_points import quarterly_best, series_of
from analysis.trends.early_fit import days_to_judge, early_fit
from analysis.trends.measures import HORIZON, INDEX, bounded_score
from analysis.trends.residuals import residuals_of
from analysis.trends.scurve import (
    NAMES,
    NOT_IDENTIFIABLE,
    Candidate,
    CurveComparison,
    CurveVerdict,
    _forecast_no_worse,
    _verdict,
    ceiling_of,
    compare_curves,
    families,
)
from analysis.trends.verdicts import TrendVerdict


def fit(curve: Curve, aicc: float, midpoint: float = 3.0) -> FittedCurve:
    """A fit of so much AICc; S-curves run from 0 to 10."""
    parameters = np.array([0.0, 10.0, midpoint, 2.0][: len(curve.parameters)])
    return FittedCurve(curve, parameters, Box(parameters, parameters), 1.0, 20, aicc)


@pytest.mark.parametrize(
    ("line", "bent", "p_value", "midpoint", "verdict"),
    [
        (50.0, 52.0, 0.01, 3.0, CurveVerdict.NOT_BENDING),
        (50.0, 51.9, 0.01, 3.0, CurveVerdict.TEST_ALONE),
        (50.0, 51.9, 0.05, 3.0, CurveVerdict.NOT_DISTINGUISHABLE),
        (50.0, 51.9, 0.049, 3.0, CurveVerdict.TEST_ALONE),
        (50.0, 48.1, 0.01, 3.0, CurveVerdict.TEST_ALONE),
        (50.0, 48.0, 0.01, 3.0, CurveVerdict.SATURATING),
        (50.0, 48.0, 0.05, 3.0, CurveVerdict.NOT_DISTINGUISHABLE),
        (50.0, 48.0, 0.01, 5.0, CurveVerdict.MIDPOINT_AHEAD),
        (50.0, 48.0, 0.01, 4.9, CurveVerdict.SATURATING),
    ],
)
def test_a_bend_is_told_by_two_of_aicc_the_test_and_a_midpoint_that_has_passed(
    line: float, bent: float, p_value: float, midpoint: float, verdict: CurveVerdict
) -> None:
    """Each at its border, where S-curves forecast as well as a line; data end at 5."""
    fitted = {"logistic": fit(LOGISTIC, bent, midpoint), "line": fit(LINE, line)}
    ahead = tuple(Forecast(name, 12, 9, 3, 1.0, 0.0) for name in fitted)
    assert _verdict(fitted, LikelihoodRatio(1.0, p_value, 99, ""), ahead, 5.0) is verdict


def test_the_better_of_line_and_exponential_is_the_one_to_beat() -> None:
    """And the best S-curve speaks for both, by its own midpoint."""
    fitted = {
        "Gompertz": fit(GOMPERTZ, 40.0, 9.0),
        "logistic": fit(LOGISTIC, 41.0, 3.0),
        "exponential": fit(EXPONENTIAL, 42.0),
        "line": fit(LINE, 60.0),
    }
    ratio = LikelihoodRatio(1.0, 0.01, 99, "")
    assert _verdict(fitted, ratio, (), 5.0) is CurveVerdict.MIDPOINT_AHEAD
    fitted["exponential"] = fit(EXPONENTIAL, 38.0)
    assert _verdict(fitted, ratio, (), 5.0) is CurveVerdict.NOT_BENDING


def ahead(*rows: tuple[str, int, float]) -> tuple[Forecast, ...]:
    return tuple(Forecast(name, months, 9, 3, error, 0.0) for name, months, error in rows)


@pytest.mark.parametrize(
    ("forecasts", "no_worse"),
    [
        (ahead(("line", 12, 1.0), ("logistic", 12, 1.0)), True),
        (ahead(("line", 12, 1.0), ("logistic", 12, 1.01)), False),
        (ahead(("line", 12, 1.0), ("logistic", 12, 1.01), ("Gompertz", 12, 0.9)), True),
        (ahead(("line", 12, 1.0), ("exponential", 12, 0.5), ("logistic", 12, 0.9)), False),
        (ahead(("line", 6, 9.0), ("logistic", 6, 1.0), ("line", 12, 1.0), ("logistic", 12, 2.0)), False),
        (ahead(("line", 6, 1.0), ("logistic", 6, 0.9)), True),
        (ahead(("logistic", 12, 1.0)), False),
        (ahead(("line", 12, 1.0)), False),
        (ahead(("line", 12, 1.0), ("line with one break", 12, 0.1)), False),
        (ahead(("line", 12, 1.0), ("unknown", 12, 0.1)), False),
        ((), False),
    ],
)
def test_forecasts_are_compared_at_the_longest_horizon(
    forecasts: tuple[Forecast, ...], no_worse: bool
) -> None:
    """The best of either kind; where one kind was not judged there is no ground for a ceiling."""
    curves = {"line": LINE, "exponential": EXPONENTIAL, "logistic": LOGISTIC, "Gompertz": GOMPERTZ}
    assert _forecast_no_worse(forecasts, {n: fit(c, 1.0) for n, c in curves.items()}) is no_worse


SERIES = Series(np.array([1.0, 3.0, 5.0]), np.array([1.0, 5.0, 9.0]), np.ones(3))


def climbed() -> tuple[float, float]:
    """What the logistic of `fit` is at both ends of the series."""
    return tuple(10 / (1 + math.exp(-2.0 * (time - 3.0))) for time in (1.0, 5.0))  # type: ignore[return-value]


@pytest.mark.parametrize(("reach", "told"), [(1.99, True), (2.0, False), (2.01, False), (math.inf, False)])
def test_a_ceiling_is_told_below_twice_what_was_climbed(reach: float, told: bool) -> None:
    """Above the curve's first value; with its own interval, and the reason where it is not."""
    first, last = climbed()
    interval = Interval(9.0, first + reach * (last - first))
    found, note = ceiling_of(fit(LOGISTIC, 1.0), SERIES, interval)
    assert (found == Estimate(10.0, interval)) is told
    assert note == ("identified" if told else NOT_IDENTIFIABLE)
    assert ceiling_of(fit(LOGISTIC, 1.0), SERIES, Interval(-math.inf, 11.0))[0] is None
    assert ceiling_of(fit(LINE, 1.0), SERIES, None) == (None, "this curve has no ceiling")
    assert ceiling_of(fit(LOGISTIC, 1.0), SERIES, None) == (None, "ceiling known in advance")


def test_candidates_know_their_floor_and_ceiling_in_advance() -> None:
    """A bounded score rises from chance; an index has neither, and one candidate less."""
    score, index = families(bounded_score("test", 0.25, 0.9)), families(INDEX)
    assert tuple(score) == NAMES
    assert tuple(index) == NAMES[:-1]
    assert [floor for _, floor, _ in score.values()] == [None, 0.25, 0.25, 0.25, None, 0.25]
    assert [ceiling for *_, ceiling in score.values()] == [None] * 5 + [0.9]
    assert {(floor, ceiling) for _, floor, ceiling in index.values()} == {(None, None)}


def models(n: int, step: int = 31, first: date = date(2022, 1, 1)) -> pl.DataFrame:
    """A model every so many days, a point better each time."""
    return pl.DataFrame(
        {
            "model_id": [f"m{at:03}" for at in range(n)],
            "released_on": [first + timedelta(days=step * at) for at in range(n)],
            "value": [100.0 + at + 0.1 * (at % 3) for at in range(n)],
        }
    )


@pytest.mark.parametrize(("n", "told"), [(11, False), (12, True)])
def test_twelve_points_are_compared(n: int, told: bool) -> None:
    """Eleven are too few; the window and the method stand with either."""
    found = compare_curves(models(n), draws=3)
    assert (found.verdict is not CurveVerdict.TOO_FEW) is told
    assert found.n == n
    assert found.window == Window(date(2022, 1, 1), date(2022, 1, 1) + timedelta(days=31 * (n - 1)))
    assert found.method.endswith("likelihood-ratio test by 3 simulations")
    if not told:
        assert found.would_change == "At least 12 points (three a quarter); there are 11."


@pytest.mark.parametrize(("days", "told"), [(5, False), (6, True)])
def test_twelve_points_of_six_days_are_a_series(days: int, told: bool) -> None:
    """Fewer dates have no shape, however many models share them."""
    rows = pl.concat([models(days, 95), models(days, 95), models(days, 95)]).sort("released_on")
    rows = rows.with_columns(model_id=pl.format("{}-{}", "model_id", pl.int_range(pl.len())))
    assert (compare_curves(rows, draws=3).verdict is not CurveVerdict.TOO_FEW) is told


def test_a_quarter_has_its_three_best_and_the_earlier_of_equals_by_the_order_of_rows() -> None:
    """Quarters of the calendar; rows without a day or a value are none."""
    days = [date(2024, 3, 31), date(2024, 4, 1), date(2024, 6, 30), date(2024, 5, 1), date(2024, 5, 2)]
    rows = pl.DataFrame({"model_id": list("edcba"), "released_on": days, "value": [1.0, 5.0, 4.0, 3.0, 2.0]})
    lost = rows.head(2).with_columns(
        released_on=pl.Series([None, date(2024, 5, 1)]), value=pl.Series([9.0, None])
    )
    assert quarterly_best(pl.concat([rows, lost]))["model_id"].to_list() == ["e", "d", "b", "c"]


@pytest.mark.parametrize("ceiling", [1.0, 0.8])
def test_weights_of_a_bounded_score_are_those_of_its_binomial_variance(ceiling: float) -> None:
    """Of the share of the ceiling, drawn in by a twentieth at both ends, on average one."""
    raw = [0.0, 0.4, 0.8, 0.9]
    points = pl.DataFrame({"released_on": [date(2024, 1, 1)] * 4, "value": raw})
    found = series_of(points, bounded_score("test", 0.1, ceiling))
    shares = [(min(value / ceiling, 1.0) + 0.05) / 1.1 for value in raw]
    inverse = [1 / (share * (1 - share)) for share in shares]
    mean = sum(inverse) / 4
    assert found.weights.tolist() == pytest.approx([one / mean for one in inverse])
    assert found.values.tolist() == raw
    assert found.time.tolist() == pytest.approx([year_of(date(2024, 1, 1))] * 4)
    for measure, values in ((INDEX, raw[1:]), (HORIZON, np.log2(raw[1:]).tolist())):
        plain = series_of(points.tail(3), measure)
        assert plain.values.tolist() == pytest.approx(values)
        assert plain.weights.tolist() == [1.0] * 3


def test_residuals_of_the_last_year_have_the_sign_tests_p_value() -> None:
    """A point of just a year ago is of the year before; one on the curve lies not above it."""
    time = np.array([3.0, 4.0, 4.25, 4.5, 4.75, 5.0])
    left = np.array([9.0, 9.0, 1.0, 1.0, 0.0, -1.0])
    series = Series(time, 2 * time + left, np.ones(6))
    parameters = np.array([0.0, 2.0])
    line = FittedCurve(LINE, parameters, Box(parameters, parameters), 1.0, 6, 1.0)
    candidate = Candidate("line", line, 0.0, None, "", None, None)
    comparison = CurveComparison(
        INDEX, series, (candidate,), None, (), 6, None, CurveVerdict.NOT_BENDING, "", ""
    )
    found = residuals_of(comparison, candidate)
    assert (found.name, found.recent, found.above) == ("line", 4, 2)
    assert found.p_value == pytest.approx(binomtest(2, 4).pvalue)
    assert found.rows["residual"].to_list() == pytest.approx(left.tolist())
    assert found.rows["released_on"].to_list() == [day_of(one) for one in time]
    assert found.scaled(100.0).rows["residual"].to_list() == pytest.approx((100 * left).tolist())
    rising = residuals_of(replace(comparison, series=replace(series, values=2 * time + 1)), candidate)
    assert rising.above == 4
    assert rising.p_value == pytest.approx(0.125)


@pytest.mark.parametrize(("before", "after", "told"), [(12, 3, True), (11, 3, False), (12, 2, False)])
def test_a_day_is_judged_by_twelve_points_before_and_three_after(before: int, after: int, told: bool) -> None:
    """On the day itself is before; on the last of the twelve months is within."""
    on = date(2024, 1, 1)
    past = models(before, 31, on - timedelta(days=31 * (before - 1)))
    days = [date(2024, 2, 1), date(2024, 5, 1), date(2025, 1, 1), date(2025, 1, 2)]
    came = models(4, 1).with_columns(
        released_on=pl.Series(days), model_id=pl.format("n{}", pl.int_range(4)), value=130.0 + pl.int_range(4)
    )
    kept = came.filter(pl.int_range(4) != 0) if after == 2 else came
    found = early_fit(pl.concat([past, kept]), INDEX, on)
    assert (found is not None) is told
    if found is not None:
        assert (found.on, found.until) == (on, date(2025, 1, 1))
        assert found.before.height == 12
        assert found.after["released_on"].to_list() == days[:3]
        line = next(one for one in found.candidates if one.name == "line")
        level, slope = line.fit.parameters
        errors = [level + slope * year_of(day) - 130.0 - at for at, day in enumerate(days[:3])]
        assert line.bias == pytest.approx(sum(errors) / 3)
        assert line.root_mean_square == pytest.approx(math.sqrt(sum(e * e for e in errors) / 3))


def test_days_to_judge_have_a_whole_year_after_them() -> None:
    """Of models a month apart: twelve before, and the last model a year after or more."""
    rows = models(30, 31)
    last = rows["released_on"].max()
    assert isinstance(last, date)
    days = days_to_judge(rows)
    assert days
    for day in days:
        assert rows.filter(pl.col("released_on") <= day).height >= 12
        assert date(day.year + 1, day.month, 1) <= last
    assert days[0] == date(2023, 4, 1)
    assert days[-1] == date(2023, 1, 1)
    assert days_to_judge(models(14)) == ()


@pytest.mark.parametrize(
    ("verdict", "following", "low", "holds"),
    [
        (TrendVerdict.PLATEAU, 4.0, 0.0, False),
        (TrendVerdict.PLATEAU, 3.99, 0.0, True),
        (TrendVerdict.SLOWING, 12.0, 0.0, False),
        (TrendVerdict.ACCELERATING, 12.0, 0.0, False),
        (TrendVerdict.ACCELERATING, 12.01, 0.0, True),
        (TrendVerdict.STEADY, 5.0, 0.0, True),
        (TrendVerdict.STEADY, 4.99, 0.0, False),
        (TrendVerdict.STEADY, 20.0, 0.0, True),
        (TrendVerdict.STEADY, 20.01, 0.0, False),
        (TrendVerdict.CLIMBING, 5.0, 0.0, False),
        (TrendVerdict.CLIMBING, 5.0, 0.01, True),
    ],
)
def test_a_claim_holds_up_to_its_border(
    verdict: TrendVerdict, following: float, low: float, holds: bool
) -> None:
    """A recent slope of 10 and an earlier one of 12: as much as before is neither slower nor faster."""
    slope = Estimate(following, Interval(low, following + 9.0))
    assert claim_holds(verdict, 10.0, 12.0, slope) is holds
    assert not claim_holds(TrendVerdict.CLIMBING, 10.0, 12.0, Estimate(following))


RECENT = Estimate(10.0, Interval(8.0, 12.0))


@pytest.mark.parametrize(
    ("recent", "following", "n", "held"),
    [
        (RECENT, 12.0, 10, True),
        (RECENT, 12.1, 10, False),
        (RECENT, 12.0, 9, None),
        (RECENT, None, 10, None),
        (Estimate(10.0), 12.0, 10, None),
        (None, 12.0, 10, None),
    ],
)
def test_an_interval_is_judged_by_ten_models_of_the_following_year(
    recent: Estimate | None, following: float | None, n: int, held: bool | None
) -> None:
    """Nine are too few; without a slope on either side nothing is told."""
    assert _held(recent, None if following is None else Estimate(following), n) is held


def test_rows_of_a_record_are_counted_by_outcome_and_verdict() -> None:
    """Of all verdicts, or of one."""

    def row(verdict: TrendVerdict, outcome: Outcome) -> TrackRow:
        bare = TrackRow.__new__(TrackRow)
        for name in TrackRow.__slots__:
            object.__setattr__(bare, name, None)
        object.__setattr__(bare, "verdict", verdict)
        object.__setattr__(bare, "outcome", outcome)
        return bare

    record = TrackRecord(
        (
            row(TrendVerdict.STEADY, Outcome.HIT),
            row(TrendVerdict.STEADY, Outcome.MISS),
            row(TrendVerdict.CLIMBING, Outcome.HIT),
        ),
        "",
    )
    assert (record.count(Outcome.HIT), record.count(Outcome.MISS), record.count(Outcome.NOT_YET)) == (2, 1, 0)
    assert record.count(Outcome.HIT, TrendVerdict.STEADY) == 1


def test_the_last_day_asked_for_may_be_a_month_end_itself() -> None:
    """And a first day within a month is of that month."""
    assert month_ends(date(2024, 1, 15), date(2024, 2, 29)) == [date(2024, 1, 31), date(2024, 2, 29)]
    assert month_ends(date(2024, 1, 15), date(2024, 1, 30)) == []
