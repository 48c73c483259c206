"""What the page of S-curves and plateaus says, as pure functions: verdict first, with its evidence."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.results import Estimate, Interval, day_of
from analysis.trends.scurve import Candidate, CurveComparison, CurveVerdict
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.axes import score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.trends.growth_curves import weights_of

_CALLED: Final = {
    TrendVerdict.PLATEAU: "is on a plateau",
    TrendVerdict.SLOWING: "still rises, but slower than before",
    TrendVerdict.ACCELERATING: "rises faster than before",
    TrendVerdict.STEADY: "still climbs at a steady pace",
    TrendVerdict.CLIMBING: "still climbs, and it cannot be told whether faster or slower than before",
    TrendVerdict.NOT_DISTINGUISHABLE: "cannot be told to rise or to stand still",
}
"""Verdicts as predicates of "the frontier of ..."; saturation is said by `saturated`, never as a plateau."""


def headline(trend: FrontierTrend, series: str, as_of: date) -> str:
    """The first line of the dashboard: the verdict on AI's capability, and how far the data reach."""
    if trend.slopes is None or trend.n_recent < MINIMUM_MODELS:
        return (
            f"As of {in_words(as_of)} it cannot be told whether AI's capability still climbs: the {series} "
            f"has {_models(trend.n_recent)} in {_span(trend)}, and {MINIMUM_MODELS} are needed."
        )
    recent, earlier = trend.slopes.recent, trend.slopes.earlier
    words = (
        f"As of {in_words(as_of)} AI's capability {_CALLED[trend.verdict]}: the frontier of the {series} "
        f"{_moved(recent)} {trend.measure.unit} a year{_interval(trend, recent)} in {_span(trend)}, when the "
        "newest model known here was released"
    )
    if trend.earlier_told and earlier is not None:
        words += f", against {earlier.value:.1f} in the {_months_before(trend)} months before"
    return f"{words}."


def cross_check(trend: FrontierTrend, series: str) -> str:
    """What another series says on the same question, in one sentence; empty where it cannot tell."""
    if trend.slopes is None or trend.n_recent < MINIMUM_MODELS:
        return ""
    return (
        f"**Cross-check.** The {series} gives {slope_text(trend, trend.slopes.recent)} in {_span(trend)}; "
        f"verdict: {trend.verdict.value}."
    )


def answer(trend: FrontierTrend, series: str, unit: str, as_of: date) -> str:
    """The first line: the verdict with its interval, models and window."""
    if trend.verdict is TrendVerdict.SATURATED:
        return saturated(trend, unit, as_of)
    until, span = f"As of {in_words(as_of)}", _span(trend)
    if trend.n_recent < MINIMUM_MODELS or trend.slopes is None:
        return (
            f"{until} the trend of the {series} cannot be told: {_models(trend.n_recent)} in {span}, and "
            f"{MINIMUM_MODELS} are needed.{_untold_slope(trend)}"
        )
    return (
        f"{until} the frontier of the {series} {_CALLED[trend.verdict]}: "
        f"{slope_text(trend, trend.slopes.recent)} in {span} "
        f"({trend.n_recent} models){_against(trend)}. Verdict: {trend.verdict.value}."
    )


def saturated(trend: FrontierTrend, unit: str, as_of: date) -> str:
    """The first line of a test that is used up, which is no statement on AI."""
    best = "unknown" if trend.best is None else score_text(trend.best, unit)
    return (
        f"As of {in_words(as_of)} {trend.measure.name} is used up: the best score, {best}, is close to its "
        f"ceiling of {score_text(trend.measure.ceiling, unit)}. Verdict: saturated. That is the end of a "
        "test, not a plateau of AI; harder tests and the capability index say whether AI goes on."
    )


def title(trend: FrontierTrend, series: str) -> str:
    """The finding of the chart of the frontier."""
    if trend.verdict is TrendVerdict.SATURATED:
        return f"{trend.measure.name} is used up: the best score is close to the ceiling"
    if trend.slopes is None or trend.n_recent < MINIMUM_MODELS:
        return f"The trend of the {series} cannot be told: too few recent models"
    return f"The frontier of the {series} {_CALLED[trend.verdict]}"


def slope_text(trend: FrontierTrend, slope: Estimate) -> str:
    """A slope with its 90 % interval, in the unit of the measure."""
    digits = _digits(trend)
    words = f"{slope.value:+.{digits}f} {trend.measure.unit} a year{_interval(trend, slope)}"
    if trend.measure.unit == "doublings" and slope.value > 0:
        words += f", a doubling every {12 / slope.value:.1f} months"
    return words


def evidence(trend: FrontierTrend) -> str:
    """What the verdict rests on, the clustered check, and what would change it."""
    counts = (
        f"{trend.n} models since {in_words(trend.window.start)}: {trend.n_recent} recent, "
        f"{trend.n_earlier} earlier"
    )
    parts = [f"**What it rests on.** {counts}. {trend.method[0].upper()}{trend.method[1:]}."]
    if trend.clustered is not None and trend.clustered.recent.interval is not None:
        interval = trend.clustered.recent.interval
        same = "the same" if trend.clustered_verdict is trend.verdict else "another"
        parts.append(
            f"**Clustered check.** With organisations drawn in place of models the recent slope's interval "
            f"is {_ends(trend, interval)} and the verdict is {same}: "
            f"{trend.clustered_verdict.value}."
        )
    if trend.measure.bounded:
        parts.append(
            "**Log-odds** are the logarithm of solved over unsolved tasks, guessing taken off: +0.69 doubles "
            "that ratio, and a step near the ceiling counts as much as one in the middle."
        )
    parts.append(f"**What would change it.** {trend.would_change}")
    return "\n\n".join(parts)


def of_curves(comparison: CurveComparison, bounded: bool) -> str:
    """What the candidate curves add: their verdict, the test, and no ceiling where none can be known."""
    if comparison.verdict is CurveVerdict.TOO_FEW or not comparison.candidates:
        return f"**Too few points** for curves: {comparison.would_change}"
    weights = weights_of(comparison)
    best, second = comparison.candidates[:2]
    words = (
        f"**{comparison.verdict.value[0].upper()}{comparison.verdict.value[1:]}.** Of the evidence, "
        f"{_percent(weights[0])} is for the {best.name}, {_percent(weights[1])} for the {second.name} "
        f"({comparison.n} points)."
    )
    if comparison.ratio is not None:
        words += (
            f" If the truth were a straight line, a logistic would gain as much on it in "
            f"{percent(comparison.ratio.p_value, 1)} of simulated worlds (this is one test; over many series "
            "some fall below 5 % by chance)."
        )
    if all(candidate.ceiling is None for candidate in comparison.candidates):
        words += " **No ceiling is drawn: it is not identifiable from these data.**"
    elif bounded:
        words += " This ceiling is where the test ends: it says nothing of AI."
    return f"{words} What would change it: {comparison.would_change}"


def curve_title(comparison: CurveComparison, series: str) -> str:
    """The finding of the chart of curves."""
    if comparison.verdict is CurveVerdict.SATURATING:
        return f"{series[0].upper()}{series[1:]} bends towards a ceiling"
    if comparison.verdict is CurveVerdict.NOT_BENDING:
        return f"{series[0].upper()}{series[1:]}: no bend that favours a ceiling"
    return f"{series[0].upper()}{series[1:]}: an S-curve and a line are not distinguishable yet"


def candidate_table(comparison: CurveComparison, unit: str) -> pl.DataFrame:
    """Candidates, best first: evidence, ceiling or why there is none, midpoint."""
    return pl.DataFrame(
        [
            {
                "curve": candidate.name,
                "share of the evidence": _percent(weight),
                "AICc above the best": round(candidate.delta_aicc, 1),
                "ceiling (90 % interval)": _ceiling(comparison, candidate, unit),
                "midpoint (90 % interval)": _midpoint(candidate),
            }
            for candidate, weight in zip(comparison.candidates, weights_of(comparison), strict=True)
        ]
    )


def forecast_table(comparison: CurveComparison) -> pl.DataFrame:
    """How each candidate forecast in the past; errors in the unit of the fit."""
    return pl.DataFrame(
        [
            {
                "months ahead": forecast.months,
                "curve": forecast.name,
                "typical error (root mean square)": f"{forecast.root_mean_square:,.3g}",
                "mean error (forecast less outcome)": f"{forecast.bias:+,.3g}",
                "forecasts": forecast.n,
                "fitted on": f"{forecast.origins} days",
            }
            for forecast in comparison.forecasts
        ]
    )


def _against(trend: FrontierTrend) -> str:
    assert trend.slopes is not None
    if not trend.earlier_told or trend.slopes.earlier is None:
        return f"; the earlier slope cannot be told ({trend.n_earlier} models)"
    slope = slope_text(trend, trend.slopes.earlier)
    return f", against {slope} in the {_months_before(trend)} months before ({trend.n_earlier} models)"


def _models(number: int) -> str:
    return f"{number} model{'' if number == 1 else 's'}"


def _months_before(trend: FrontierTrend) -> int:
    return round((trend.knot_on - trend.window.start).days / 365 * 12)


def _digits(trend: FrontierTrend) -> int:
    return 1 if trend.measure.unit == "points" else 2


def _interval(trend: FrontierTrend, slope: Estimate) -> str:
    if slope.interval is None:
        return ""
    return f" (90 % interval {_ends(trend, slope.interval)})"


def _ends(trend: FrontierTrend, interval: Interval) -> str:
    return f"{interval.low:.{_digits(trend)}f} to {interval.high:.{_digits(trend)}f}"


def _moved(slope: Estimate) -> str:
    return f"rose {slope.value:.1f}" if slope.value >= 0 else f"fell {-slope.value:.1f}"


def _untold_slope(trend: FrontierTrend) -> str:
    if trend.slopes is None or trend.slopes.recent.interval is None:
        return ""
    return f" Their slope is {slope_text(trend, trend.slopes.recent)}, which is no verdict yet."


def _percent(share: float) -> str:
    return percent(share)


def _span(trend: FrontierTrend) -> str:
    return f"the {round(trend.recent_years * 12)} months to {in_words(trend.window.end)}"


def _ceiling(comparison: CurveComparison, candidate: Candidate, unit: str) -> str:
    ceiling = candidate.ceiling
    if ceiling is None or ceiling.interval is None:
        return candidate.ceiling_note
    if comparison.measure.bounded and ceiling.value > comparison.measure.ceiling:
        return "beyond the end of the test, so not a ceiling"
    ends = [
        float(2.0**end) if comparison.measure.unit == "doublings" else end
        for end in (ceiling.value, ceiling.interval.low, ceiling.interval.high)
    ]
    return "{} ({} to {})".format(*(score_text(end, unit) for end in ends))


def _midpoint(candidate: Candidate) -> str:
    if candidate.midpoint is None or candidate.midpoint.interval is None:
        return "–"
    low, high = candidate.midpoint.interval.low, candidate.midpoint.interval.high
    if not (abs(low) < 100 and abs(high) < 100):
        return "not bounded by these data"
    return f"{day_of(candidate.midpoint.value):%b %Y} ({day_of(low):%b %Y} to {day_of(high):%b %Y})"
