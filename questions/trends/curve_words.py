"""What the candidate curves say, as pure functions: verdict, ceiling where one is known, past forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from analysis.numeric.curves import BROKEN_LINE
from analysis.results import day_of
from analysis.trends.early_fit import EarlyFit
from analysis.trends.measures import Measure
from analysis.trends.residuals import Residuals
from analysis.trends.scurve import SIGNIFICANCE, Candidate, CurveComparison, CurveVerdict
from charts.parts.axes import NOT_KNOWN, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.trends.growth_curves import weights_of
from questions.answer import Column, Kind, Table
from questions.wording import capital, counted, two_digits

NO_EARLY: Final = (
    "What earlier fits had predicted cannot be told: it takes twelve points before a day and a whole year "
    "after it."
)


def of_curves(comparison: CurveComparison, bounded: bool) -> str:
    """What the candidate curves add: their verdict, the test, and no ceiling where none can be known."""
    if comparison.verdict is CurveVerdict.TOO_FEW or not comparison.candidates:
        return f"**Too few points** for curves: {comparison.would_change}"
    weights = weights_of(comparison)
    best, second = comparison.candidates[:2]
    words = (
        f"**{capital(_finding(comparison))}.** Of the evidence, "
        f"{percent(weights[0])} is for the {best.name}, {percent(weights[1])} for the {second.name} "
        f"({comparison.n} points)."
    )
    if comparison.ratio is not None:
        words += (
            f" If the truth were a straight line, a logistic (an S-curve) would gain as much on it in "
            f"{percent(comparison.ratio.p_value, 1)} of simulated worlds (this is one test; over many series "
            "some fall below 5 % by chance)."
        )
    words += of_break(comparison)
    if all(candidate.ceiling is None for candidate in comparison.candidates):
        words += " **No ceiling is drawn: it is not identifiable from these data.**"
    elif bounded:
        words += " This ceiling is where the test ends: it says nothing of AI."
    return f"{words} What would change it: {comparison.would_change}"


def of_break(comparison: CurveComparison) -> str:
    """Where the line with one break fits best: when it breaks, which way, and why the verdict may differ."""
    best = comparison.candidates[0]
    if best.name != BROKEN_LINE.name:
        return ""
    at, _, earlier, later = best.fit.parameters
    scale = 100.0 if comparison.measure.bounded else 1.0
    way = "upwards" if later > earlier else "downwards"
    return (
        f" It breaks {way}, about {day_of(at):%B %Y}: {scale * earlier:+.1f} "
        f"{unit_of_fit(comparison.measure)} a year before, {scale * later:+.1f} after. The verdict at the "
        "head of the page may differ: it compares two fixed windows of all models, this curve takes the "
        "three best new ones of each quarter and breaks wherever that fits best; no interval of the break is "
        "told."
    )


def of_projection(comparison: CurveComparison) -> str:
    """Why the year ahead has no band, with how far such a curve missed from earlier days.

    The record has few days, whose years overlap: it gives the size of a miss, not how often a band would
    hold what comes.
    """
    best = comparison.candidates[0].name
    judged = [one for one in comparison.forecasts if one.name == best]
    if not judged:
        return (
            "**The shaded year has no band:** no earlier day is known from which such a curve can be judged."
        )
    longest = max(judged, key=lambda one: one.months)
    scale = 100.0 if comparison.measure.bounded else 1.0
    unit = unit_of_fit(comparison.measure)
    miss = two_digits(scale * longest.root_mean_square)
    side = "low" if longest.bias < 0 else "high"
    return (
        f"**The shaded year has no band.** Fitted on {counted(longest.origins, 'earlier day')}, the {best} "
        f"missed the points of the next {longest.months} months by {miss} {unit} (root mean square), on "
        f"average {two_digits(scale * abs(longest.bias))} too {side}. The years after those days overlap, so "
        "they tell the size of a miss, not how often a band would hold what comes."
    )


_SHAPES: Final = {
    "line": "the same gain every year",
    "exponential": "a gain that itself grows by the same share every year",
    "logistic": "an S that levels off at a ceiling as fast as it rose",
    "Gompertz": "an S that levels off more slowly than it rose",
    "line with one break": "two straight pieces, the break where it fits best",
    "logistic to the known ceiling": "the same S, its ceiling the end of the test",
}


def of_shapes(comparison: CurveComparison) -> str:
    """What each candidate looks like, and what the table says of it, for those who know no such curve."""
    names = {candidate.name for candidate in comparison.candidates}
    told = [f"{_called(name)}, {shape}" for name, shape in _SHAPES.items() if name in names]
    return (
        f"{capital('; '.join(told))}. Evidence: each curve's share by AICc, a score of the fit that charges "
        "for every number a curve may choose; not the chance that it is true. Midpoint: the day on which an "
        "S rises fastest."
    )


def curve_title(comparison: CurveComparison, series: str) -> str:
    """The finding of the chart of curves."""
    if comparison.verdict is CurveVerdict.SATURATING:
        return f"{capital(series)} bends towards a ceiling"
    if comparison.verdict is CurveVerdict.NOT_BENDING:
        return f"{capital(series)}: no bend that favours a ceiling"
    if comparison.verdict is CurveVerdict.NOT_DISTINGUISHABLE:
        return f"{capital(series)}: an S-curve and a line are not distinguishable yet"
    return f"{capital(series)}: {_finding(comparison)}"


def _finding(comparison: CurveComparison) -> str:
    """The verdict in words; where an S-curve beats a line and another curve beats both, that one leads.

    Else a title would speak of an S-curve above a chart of a line that breaks upwards.
    """
    best = comparison.candidates[0]
    if comparison.verdict not in _OF_AN_S_CURVE or best.fit.curve.saturating:
        return comparison.verdict.value
    return f"the {_called(best.name)} fits best, and no ceiling can be told"


_OF_AN_S_CURVE: Final = (CurveVerdict.MIDPOINT_AHEAD, CurveVerdict.FORECASTS_WORSE)
"""The verdicts that an S-curve fits better than a line, which do not say that it fits best."""

_CURVE: Final = Column("curve", width=150)


def candidate_table(comparison: CurveComparison, unit: str) -> Table:
    """Candidates, best first: evidence, ceiling or why there is none, midpoint."""
    rows = pl.DataFrame(
        [
            {
                "curve": candidate.name,
                "evidence": 100 * weight,
                "ceiling": _ceiling(comparison, candidate, unit),
                "midpoint": _midpoint(candidate),
                "aicc": candidate.delta_aicc,
            }
            for candidate, weight in zip(comparison.candidates, weights_of(comparison), strict=True)
        ]
    )
    columns = {
        "curve": _CURVE,
        "evidence": Column("evidence", Kind.PERCENT, width=85),
        "ceiling": Column("ceiling (90\u00a0% interval)", width=175),
        "midpoint": Column("midpoint (90\u00a0% interval)", width=140),
        "aicc": Column("AICc above the best", Kind.NUMBER, decimals=1, width=95),
    }
    return Table("candidates", rows, columns, wraps=True)


def of_forecasts(measure: Measure) -> str:
    """What the table of past forecasts holds; in percent or in the measure's own unit."""
    unit = unit_of_fit(measure)
    return (
        "**All such days together.** How each curve would have forecast this series, fitted at each quarter "
        f"to what was there and judged on all points up to so many months ahead; errors in {unit}. One day "
        "alone tells little: a curve that came closest once may only have been lucky."
    )


def unit_of_fit(measure: Measure) -> str:
    """The unit in which curves err, as readers see it."""
    return "percentage points" if measure.bounded else measure.unit


def residual_title(found: Sequence[Residuals]) -> str:
    """On which side of the first curve the newest points lie, and whether that can be chance."""
    one = found[0]
    if one.p_value is None:
        return f"What the {one.name} leaves unexplained"
    if one.p_value >= SIGNIFICANCE:
        return (
            f"The last year's points lie on both sides of the {one.name}, as chance alone would scatter them"
        )
    side = "above" if one.above > one.recent / 2 else "below"
    many = one.above if side == "above" else one.recent - one.above
    return f"{many} of the last year's {one.recent} points lie {side} the {one.name}"


def of_residuals(found: Sequence[Residuals]) -> str:
    """How the newest points lie around each curve, and how often chance does as much."""
    told = [(one, one.p_value) for one in found if one.p_value is not None]
    said = [f"{one.above} above the {one.name} ({percent(p_value)})" for one, p_value in told[1:]]
    doubt = (
        "The points of a quarter are its best, and models of one maker are alike, so chance does it more "
        "often than that."
    )
    if not told:
        return doubt
    first, p_value = told[0]
    chance = (
        "as even as can be"
        if abs(2 * first.above - first.recent) <= 1
        else f"so uneven a split, or more, comes up by chance in {percent(p_value)} of cases"
    )
    lead = f"Of the last year's {first.recent} points {first.above} lie above the {first.name} ({chance})"
    return f"{', '.join([lead, *said])}. {doubt}"


def early_title(found: EarlyFit) -> str:
    """Which curve came closest to the year that followed, and which was furthest off."""
    best, worst = found.candidates[0], found.candidates[-1]
    when = in_words(found.on)
    if len(found.candidates) == 1:
        return f"Fitted on {when}, the {_called(best.name)} erred by {_error(found, best.root_mean_square)}"
    return (
        f"Fitted on {when}, the {_called(best.name)} came closest to the year that followed, the "
        f"{_called(worst.name)} was furthest off"
    )


def _called(curve: str) -> str:
    """A candidate as a sentence names it: of a person's name alone nobody knows that it is a curve."""
    return f"{curve} curve" if curve[:1].isupper() else curve


def early_table(found: EarlyFit) -> Table:
    """How far each candidate was off over the twelve months after the day, the least wrong first."""
    rows = pl.DataFrame(
        [
            {
                "curve": one.name,
                "typical": _in_unit(found.measure, one.root_mean_square),
                "mean": _in_unit(found.measure, one.bias),
                "came": found.after.height,
            }
            for one in found.candidates
        ]
    )
    columns = {"curve": _CURVE, **_errors(found.measure), "came": _counted("points that came", width=130)}
    return Table("early-fits", rows, columns)


def _errors(measure: Measure) -> dict[str, Column]:
    """The columns of errors: the root mean square, and forecast less outcome."""
    unit, decimals = unit_of_fit(measure), _decimals(measure)
    return {
        "typical": Column(f"typical error, {unit}", Kind.NUMBER, decimals=decimals, width=190),
        "mean": Column("forecast less outcome", Kind.NUMBER, decimals=decimals, width=170),
    }


def _counted(label: str, width: int = 115) -> Column:
    return Column(label, Kind.NUMBER, width=width)


def _in_unit(measure: Measure, error: float) -> float:
    """An error to the decimals shown, so that a small one below zero is no minus nought."""
    return round(100 * error if measure.bounded else error, _decimals(measure)) + 0.0


def _decimals(measure: Measure) -> int:
    return 2 if measure.unit == "doublings" else 1


def _error(found: EarlyFit, error: float, *, signed: bool = False) -> str:
    if found.measure.bounded:
        return f"{two_digits(100 * error, signed=signed)} percentage points"
    return f"{two_digits(error, signed=signed)} {found.measure.unit}"


def forecast_table(comparison: CurveComparison) -> Table:
    """How each candidate forecast in the past; errors in the unit of the fit."""
    rows = pl.DataFrame(
        [
            {
                "curve": forecast.name,
                "months": forecast.months,
                "typical": _in_unit(comparison.measure, forecast.root_mean_square),
                "mean": _in_unit(comparison.measure, forecast.bias),
                "forecasts": forecast.n,
                "days": forecast.origins,
            }
            for forecast in comparison.forecasts
        ]
    )
    columns = {
        "curve": _CURVE,
        "months": _counted("months ahead"),
        **_errors(comparison.measure),
        "forecasts": _counted("forecasts"),
        "days": _counted("days fitted on"),
    }
    return Table("forecasts", rows, columns)


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
        return NOT_KNOWN
    low, high = candidate.midpoint.interval.low, candidate.midpoint.interval.high
    if not (abs(low) < 100 and abs(high) < 100):
        return "not bounded by these data"
    return f"{day_of(candidate.midpoint.value):%b %Y} ({day_of(low):%b %Y} to {day_of(high):%b %Y})"
