"""Has the growth of a series begun to bend? Candidate curves side by side, and a ceiling only where it is
known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.numeric.curve_fit import FittedCurve, Series, fit_curve
from analysis.numeric.curves import BROKEN_LINE, EXPONENTIAL, GOMPERTZ, LINE, LOGISTIC, Curve
from analysis.numeric.forecasts import Forecast, rolling_forecasts
from analysis.numeric.likelihood_ratio import LikelihoodRatio, line_against_saturation
from analysis.numeric.profiles import profile_intervals
from analysis.results import Estimate, Interval, Window
from analysis.trends.curve_points import quarterly_best, series_of
from analysis.trends.measures import INDEX, Measure

FEWEST_POINTS = 12
SIGNIFICANCE = 0.05
CLEAR_DIFFERENCE = 2.0
"""Difference in AICc from which one candidate is called better."""

PROFILED = ("ceiling", "midpoint", "rate")

NAMES = (
    "line",
    "exponential",
    "logistic",
    "Gompertz",
    "line with one break",
    "logistic to the known ceiling",
)
"""All candidates, the last of them of bounded scores only."""

NOT_IDENTIFIABLE = "ceiling not identifiable from these data"
NOT_TOLD = "no ceiling told: a line or an exponential is not excluded"


class CurveVerdict(StrEnum):
    """Whether the series bends towards a ceiling, a closed list."""

    SATURATING = "bends towards a ceiling"
    NOT_BENDING = "no bend that favours a ceiling"
    MIDPOINT_AHEAD = "an S-curve fits better than a line, but its midpoint is still to come"
    FORECASTS_WORSE = "an S-curve fits the past better than a line, but has not forecast as well"
    TEST_ALONE = "the test rejects a line, but no S-curve is clearly better by AICc"
    NOT_DISTINGUISHABLE = "not distinguishable yet"
    TOO_FEW = "too few points"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fitted curve with its place among the others.

    `name` says what is known in advance. `ceiling` is given only where it is identifiable, else
    `ceiling_note` says why not; `midpoint` and `rate` have profile intervals, whose ends are infinite where
    the data do not bound them.
    """

    name: str
    fit: FittedCurve
    delta_aicc: float
    ceiling: Estimate | None
    ceiling_note: str
    midpoint: Estimate | None
    rate: Estimate | None


@dataclass(frozen=True, slots=True)
class CurveComparison:
    """All candidates on one series, best AICc first, with the evidence that chooses between them."""

    measure: Measure
    series: Series | None
    candidates: tuple[Candidate, ...]
    ratio: LikelihoodRatio | None
    forecasts: tuple[Forecast, ...]
    n: int
    window: Window | None
    verdict: CurveVerdict
    would_change: str
    method: str


def compare_curves(
    models: pl.DataFrame, measure: Measure = INDEX, draws: int = 199, seed: int = 0
) -> CurveComparison:
    """Fit line, exponential, logistic, Gompertz and broken line to the three best new models of each quarter.

    `models`: model_id, released_on (date), value, one row per model. Curves of a bounded score rise from
    chance, with binomial-like errors; horizons are fitted as log2. A saturating curve is believed only if the
    likelihood-ratio test against the line (parametric bootstrap, `draws`) and the AICc agree, its midpoint
    has passed, and saturating curves have forecast no worse than line and exponential over rolling origins.

    References: Hurvich and Tsai (1989) for AICc; Bates and Watts (1988), chapter 6, for profiles; Kass and
    Raftery (1995) on differences that count.
    """
    points = quarterly_best(models)
    method = f"least squares, best of several starts, AICc, likelihood-ratio test by {draws} simulations"
    window = None if points.is_empty() else Window(points["released_on"][0], points["released_on"][-1])
    if points.height < FEWEST_POINTS or points["released_on"].n_unique() < FEWEST_POINTS // 2:
        change = f"At least {FEWEST_POINTS} points (three a quarter); there are {points.height}."
        return CurveComparison(
            measure, None, (), None, (), points.height, window, CurveVerdict.TOO_FEW, change, method
        )
    series = series_of(points, measure)
    fitted = _fitted(series, measure)
    ratio = line_against_saturation(series, _floor(measure), draws, seed)
    forecasts = rolling_forecasts(series, families(measure))
    verdict = _verdict(fitted, ratio, forecasts, float(series.time.max()))
    return CurveComparison(
        measure,
        series,
        _candidates(fitted, series, verdict),
        ratio,
        forecasts,
        points.height,
        window,
        verdict,
        _WOULD_CHANGE[verdict],
        method,
    )


def families(measure: Measure) -> dict[str, tuple[Curve, float | None, float | None]]:
    """Candidates by name: curve, known floor, known ceiling."""
    floor = _floor(measure)
    known: dict[str, tuple[Curve, float | None, float | None]] = {
        "line": (LINE, None, None),
        "exponential": (EXPONENTIAL, floor, None),
        "logistic": (LOGISTIC, floor, None),
        "Gompertz": (GOMPERTZ, floor, None),
        "line with one break": (BROKEN_LINE, None, None),
    }
    if measure.bounded:
        known["logistic to the known ceiling"] = (LOGISTIC, floor, measure.ceiling)
    return known


def ceiling_of(fit: FittedCurve, series: Series, interval: Interval | None) -> tuple[Estimate | None, str]:
    """The ceiling with its profile interval, or None and the reason.

    It is told only if the 90 % profile interval is bounded and its upper end lies less than twice the
    distance already climbed above the curve's first value. `interval` is None where there is no free ceiling.
    """
    if not fit.curve.saturating:
        return None, "this curve has no ceiling"
    if interval is None:
        return None, "ceiling known in advance"
    first, last = fit.at(np.array([series.time.min(), series.time.max()]))
    if not np.isfinite([interval.low, interval.high]).all() or interval.high - first >= 2 * (last - first):
        return None, NOT_IDENTIFIABLE
    return Estimate(float(fit.parameters[fit.curve.index("ceiling")]), interval), "identified"


def _floor(measure: Measure) -> float | None:
    return measure.chance if measure.bounded else None


def _fitted(series: Series, measure: Measure) -> dict[str, FittedCurve]:
    """Every family that has enough points, best AICc first."""
    fitted = {
        name: fit
        for name, (curve, floor, ceiling) in families(measure).items()
        if (fit := fit_curve(curve, series, floor, ceiling)) is not None
    }
    return dict(sorted(fitted.items(), key=lambda pair: pair[1].aicc))


def _candidates(
    fitted: dict[str, FittedCurve], series: Series, verdict: CurveVerdict
) -> tuple[Candidate, ...]:
    best = min(fit.aicc for fit in fitted.values())
    return tuple(_candidate(name, fit, fit.aicc - best, series, verdict) for name, fit in fitted.items())


def _candidate(name: str, fit: FittedCurve, delta: float, series: Series, verdict: CurveVerdict) -> Candidate:
    intervals = _intervals(fit, series)
    ceiling, note = ceiling_of(fit, series, intervals.get("ceiling"))
    if ceiling is not None and verdict is not CurveVerdict.SATURATING:
        ceiling, note = None, _NO_CEILING.get(verdict, NOT_TOLD)
    midpoint, rate = (
        Estimate(float(fit.parameters[fit.curve.index(parameter)]), intervals[parameter])
        if parameter in intervals
        else None
        for parameter in ("midpoint", "rate")
    )
    return Candidate(name, fit, delta, ceiling, note, midpoint, rate)


def _intervals(fit: FittedCurve, series: Series) -> dict[str, Interval]:
    """Profile intervals of the free ones of ceiling, midpoint and rate, by parameter."""
    if not fit.curve.saturating:
        return {}
    free = fit.box.low < fit.box.high
    wanted = tuple(name for name in PROFILED if free[fit.curve.index(name)])
    return dict(zip(wanted, profile_intervals(fit, series, wanted), strict=True))


def _verdict(
    fitted: dict[str, FittedCurve], ratio: LikelihoodRatio, forecasts: tuple[Forecast, ...], last: float
) -> CurveVerdict:
    saturating = next(fit for fit in fitted.values() if fit.curve.saturating)
    growing = min(fit.aicc for fit in fitted.values() if fit.curve in (LINE, EXPONENTIAL))
    # A curve whose midpoint is still to come bends upwards: what it says of a ceiling is no finding.
    past_the_bend = saturating.parameters[saturating.curve.index("midpoint")] < last
    if growing <= saturating.aicc - CLEAR_DIFFERENCE:
        return CurveVerdict.NOT_BENDING
    if ratio.p_value >= SIGNIFICANCE:
        return CurveVerdict.NOT_DISTINGUISHABLE
    if saturating.aicc > growing - CLEAR_DIFFERENCE:
        return CurveVerdict.TEST_ALONE
    if not past_the_bend:
        return CurveVerdict.MIDPOINT_AHEAD
    return CurveVerdict.SATURATING if _forecast_no_worse(forecasts, fitted) else CurveVerdict.FORECASTS_WORSE


def _forecast_no_worse(forecasts: tuple[Forecast, ...], fitted: dict[str, FittedCurve]) -> bool:
    """Whether the best saturating curve erred no more than the better of line and exponential, at the longest
    horizon that could be judged; False where none could.

    A curve that fits the past but could not have been used to look ahead is no ground for a ceiling.
    """
    longest = max((forecast.months for forecast in forecasts), default=0)
    errors = {
        forecast.name: forecast.root_mean_square for forecast in forecasts if forecast.months == longest
    }
    bent = [errors[name] for name, fit in fitted.items() if name in errors and fit.curve.saturating]
    grown = [
        errors[name] for name, fit in fitted.items() if name in errors and fit.curve in (LINE, EXPONENTIAL)
    ]
    return bool(bent) and bool(grown) and min(bent) <= min(grown)


_NO_CEILING = {
    CurveVerdict.MIDPOINT_AHEAD: "no ceiling told: the midpoint is still to come",
    CurveVerdict.FORECASTS_WORSE: "no ceiling told: such curves have not forecast as well as a line",
}

_WOULD_CHANGE = {
    CurveVerdict.SATURATING: "New models above the curve, after which a line or an exponential fits as well.",
    CurveVerdict.NOT_BENDING: "New models that stay below the line, so that a ceiling fits better.",
    CurveVerdict.MIDPOINT_AHEAD: "Models past the midpoint: only then is a ceiling known.",
    CurveVerdict.FORECASTS_WORSE: "A year in which S-curves forecast no worse than line and exponential.",
    CurveVerdict.TEST_ALONE: "More quarters, after which test and AICc say the same.",
    CurveVerdict.NOT_DISTINGUISHABLE: "More quarters: the curves part company only after the bend.",
}
