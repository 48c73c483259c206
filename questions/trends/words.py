"""What the question of growth says of a trend, as pure functions: verdict first, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.results import Estimate, Interval
from analysis.trends.horizon import SINCE, DoublingTime
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.axes import score_text
from charts.parts.figure import in_words
from questions.trends.power_words import knot_text
from questions.trends.series import GrowthSeries
from questions.wording import agreeing, capital, counted, fitting

_CALLED: Final = {
    TrendVerdict.PLATEAU: "is on a plateau",
    TrendVerdict.SLOWING: "still rises, but slower than before",
    TrendVerdict.ACCELERATING: "rises faster than before",
    TrendVerdict.STEADY: "climbs, no change of pace found",
    TrendVerdict.CLIMBING: "still climbs, and it cannot be told whether faster or slower than before",
    TrendVerdict.NOT_DISTINGUISHABLE: "cannot be told to rise or to stand still",
}
"""Verdicts as predicates of "the frontier of ..."; saturation is the end of a test, never a plateau."""

_CALLED_BRIEFLY: Final = _CALLED | {
    TrendVerdict.CLIMBING: "still climbs",
    TrendVerdict.NOT_DISTINGUISHABLE: "may rise or stand still",
}
"""The same where a first line has no room for more."""

_CALLED_THEN: Final = {
    TrendVerdict.PLATEAU: "was on a plateau",
    TrendVerdict.SLOWING: "rose, but slower than before",
    TrendVerdict.ACCELERATING: "rose faster than before",
    TrendVerdict.STEADY: "climbed, no change of pace found",
    TrendVerdict.CLIMBING: "climbed",
    TrendVerdict.NOT_DISTINGUISHABLE: "may have risen or stood still",
}
"""The same of a series whose newest evidence is old: what it did up to that day says nothing of today."""

_NAMED: Final = _CALLED_THEN | {TrendVerdict.SATURATED: "used up"}


_NOT_SURELY_RISING: Final = {
    TrendVerdict.SLOWING: "has slowed and may have stopped",
    TrendVerdict.ACCELERATING: "does better than before, and may rise or stand still",
}
_NOT_SURELY_RISING_THEN: Final = {
    TrendVerdict.SLOWING: "slowed and may have stopped",
    TrendVerdict.ACCELERATING: "did better than before, and may have risen or stood still",
}
"""The same of a change of pace where the interval of the recent slope reaches to 0."""

OTHER_CHOICES: Final = (
    "It is the verdict on one measure in one pair of windows; what others say stands under 'Other measures, "
    "other windows'."
)
_PACE_UNTOLD: Final = "Whether it climbs faster or slower than before cannot be told."
_AT_ODDS: Final = "The two slopes differ, yet the test of a bend finds none: a change of pace is in doubt."


def first_line(trend: FrontierTrend, series: GrowthSeries, *, is_old: bool = False) -> str:
    """The verdict with its slope, interval and last day of data, in at most 30 words.

    Where the newest evidence is old the line begins with its day and says what the series did up to it.
    """
    if trend.verdict is TrendVerdict.SATURATED:
        return fitting(
            _saturated(trend, trend.measure.name, series.unit), _saturated(trend, "This test", series.unit)
        )
    said = (_judged_then if is_old else _judged) if is_told(trend) else _too_few
    subjects = (f"the frontier of {series.subject}", series.subject, series.briefly)
    wordings = [said(trend, series, subject) for subject in subjects]
    if said is not _too_few and (change := _change(trend)):
        # The change of pace is what the verdict is about: a shorter name gives way to it.
        wordings = [said(trend, series, subject, change) for subject in subjects] + wordings
    return fitting(*wordings)


def caveats(trend: FrontierTrend, series: GrowthSeries) -> tuple[str, ...]:
    """That the pace cannot be compared where it cannot, and how a past date was read."""
    return (_pace_untold(trend) if trend.verdict is TrendVerdict.CLIMBING else "", series.note)


def called_briefly(trend: FrontierTrend) -> str:
    """The verdict as a short predicate."""
    return _risen(trend, _NOT_SURELY_RISING) or _CALLED_BRIEFLY[trend.verdict]


def called_then(trend: FrontierTrend) -> str:
    """The verdict as a predicate in the past tense."""
    return _risen(trend, _NOT_SURELY_RISING_THEN) or _CALLED_THEN[trend.verdict]


def named(verdict: TrendVerdict) -> str:
    """The name of a verdict, the same wherever one stands by itself: in a table, beside its checks."""
    return _NAMED[verdict]


def is_told(trend: FrontierTrend) -> bool:
    """Whether there are enough recent models for any verdict on their slope."""
    return trend.slopes is not None and trend.n_recent >= MINIMUM_MODELS


def rests_on(trend: FrontierTrend, unit: str) -> str:
    """How many models in which windows, both slopes, the verdict by name, and the method."""
    counts = (
        f"{counted(trend.n, 'model')} since {in_words(trend.window.start)}: {trend.n_recent} recent, "
        f"{trend.n_earlier} earlier."
    )
    parts = [counts, _slopes(trend), f"Verdict: {_verdict(trend)}."]
    if trend.verdict is TrendVerdict.SATURATED:
        parts.append(_end_of_test(trend, unit))
    return " ".join([*filter(None, parts), f"{capital(trend.method)}."])


def _verdict(trend: FrontierTrend) -> str:
    """The verdict; of a slope of too few models there is none, however narrow its interval."""
    few = not is_told(trend) and trend.verdict is not TrendVerdict.SATURATED
    return "none, for too few recent models" if few else named(trend.verdict)


def title(trend: FrontierTrend, series: str, *, is_old: bool = False) -> str:
    """The finding of the chart of the frontier; of old evidence with the day up to which it holds."""
    if trend.verdict is TrendVerdict.SATURATED:
        return f"{trend.measure.name} is used up: the best score is close to the ceiling"
    if not is_told(trend):
        return f"The trend of the {series} cannot be told: too few recent models"
    if is_old:
        return f"Up to {in_words(trend.window.end)} the frontier of the {series} {called_then(trend)}"
    return f"The frontier of the {series} {_called(trend)}"


def checks(trend: FrontierTrend) -> tuple[str, ...]:
    """The clustered check of the verdict, where there is one, and what log-odds are where slopes are in them.

    A slope of too few models has a verdict of neither kind.
    """
    said = []
    if is_told(trend) and trend.clustered is not None and trend.clustered.recent.interval is not None:
        interval = trend.clustered.recent.interval
        same = "the same" if trend.clustered_verdict is trend.verdict else "another"
        said.append(
            f"**Clustered check.** With organisations drawn in place of models the recent slope's interval "
            f"is {_ends(trend, interval)} and the verdict is {same}: "
            f"{named(trend.clustered_verdict)}."
        )
    if trend.measure.bounded and trend.verdict is TrendVerdict.SLOWING:
        said.append(
            "**A test bends before it ends.** Tasks with a wrong or doubtful answer put the real ceiling "
            "below the nominal one, and nearing it looks like slowing: this says nothing of AI."
        )
    if trend.measure.bounded:
        said.append(
            "**Log-odds** are the logarithm of solved over unsolved tasks, guessing taken off: +0.69 doubles "
            "that ratio, and a step near the ceiling counts as much as one in the middle."
        )
    return tuple(said)


def of_doubling_time(told: DoublingTime) -> str:
    """METR's doubling time under its own convention, and why it is not the trend."""
    records = f"{counted(told.n, 'model')} that set a record since {SINCE.year}"
    if told.days is None:
        return f"**METR's own convention** cannot be told: {records}."
    interval = told.days.interval
    ends = (
        "its 90 % interval allows no growth"
        if interval is None
        else f"90 % interval {interval.low:.0f} to {interval.high:.0f}"
    )
    return (
        f"**METR's own convention**, a line through the {records}, gives a doubling every "
        f"{told.days.value:.0f} days ({ends}). Records are selected to rise, so this is a reference beside "
        "the trend, not the trend."
    )


def slope_text(trend: FrontierTrend, slope: Estimate) -> str:
    """A slope with its 90 % interval, in the unit of the measure."""
    digits = _digits(trend)
    words = f"{slope.value:+.{digits}f} {trend.measure.unit} a year{interval_text(trend, slope)}"
    if trend.measure.unit == "doublings" and slope.value > 0:
        words += f", a doubling every {12 / slope.value:.1f} months"
    return words


def interval_text(trend: FrontierTrend, slope: Estimate) -> str:
    """The interval of a slope in brackets, with a blank before it; empty where it has none."""
    return "" if slope.interval is None else f" (90 % interval {_ends(trend, slope.interval)})"


def bend_text(trend: FrontierTrend) -> str:
    """When the frontier bent downwards, with the interval of the knot; empty where no bend is noticed."""
    if trend.bend is None or not trend.bend.is_noticed:
        return ""
    return f"bent downwards {knot_text(trend.bend)} before"


def span_text(trend: FrontierTrend) -> str:
    """The recent window."""
    return f"the {round(trend.recent_years * 12)} months to {in_words(trend.window.end)}"


def _called(trend: FrontierTrend) -> str:
    return _risen(trend, _NOT_SURELY_RISING) or _CALLED[trend.verdict]


def _risen(trend: FrontierTrend, words: Mapping[TrendVerdict, str]) -> str:
    """Of a change of pace whose recent slope may be none; empty of all else."""
    return "" if trend.surely_rises else words.get(trend.verdict, "")


def _pace_untold(trend: FrontierTrend) -> str:
    difference = trend.slopes.difference if trend.slopes else None
    interval = difference.interval if difference else None
    if trend.earlier_told and interval is not None and not interval.holds(0.0):
        return _AT_ODDS
    return _PACE_UNTOLD


def _change(trend: FrontierTrend) -> str:
    """When it bent, else how much the slope differs from the earlier one; empty where neither is told."""
    if bent := bend_text(trend):
        return f", {bent}"
    difference = trend.slopes.difference if trend.slopes else None
    if not trend.earlier_told or difference is None or difference.interval is None:
        return ""
    digits, interval = _digits(trend), difference.interval
    ends = f"{interval.low:+.{digits}f} to {interval.high:+.{digits}f}"
    return f", change {difference.value:+.{digits}f} ({ends})"


def _judged(trend: FrontierTrend, series: GrowthSeries, subject: str, change: str = "") -> str:
    assert trend.slopes is not None
    until = "" if series.measured_on else f", data to {in_words(trend.window.end)}"
    recent = trend.slopes.recent
    slope = "its slope has no interval" if recent.interval is None else slope_text(trend, recent)
    return f"{capital(subject)} {called_briefly(trend)}: {slope}{change}{until}."


def _judged_then(trend: FrontierTrend, series: GrowthSeries, subject: str, change: str = "") -> str:
    assert trend.slopes is not None
    recent = trend.slopes.recent
    slope = "its slope has no interval" if recent.interval is None else slope_text(trend, recent)
    until = "" if series.measured_on else f"Up to {in_words(trend.window.end)} "
    return f"{capital(f'{until}{subject}')} {called_then(trend)}: {slope}{change}."


def _too_few(trend: FrontierTrend, _series: GrowthSeries, subject: str, _change: str = "") -> str:
    models = counted(trend.n_recent, "model")
    few = agreeing(trend.n_recent, "is too few", "are too few")
    return f"The trend of {subject} cannot be told: {models} in {span_text(trend)} {few}."


def _saturated(trend: FrontierTrend, test: str, unit: str) -> str:
    best = "not known" if trend.best is None else score_text(trend.best, unit)
    return (
        f"{test} is used up: its best score by {in_words(trend.window.end)}, {best}, is close to the ceiling"
        ". This is not a plateau of AI."
    )


def _end_of_test(trend: FrontierTrend, unit: str) -> str:
    return (
        f"The ceiling is {score_text(trend.measure.ceiling, unit)}. That is the end of a test, not a plateau "
        "of AI; harder tests and the capability index say whether AI goes on."
    )


def _slopes(trend: FrontierTrend) -> str:
    """Both slopes where they can be told; what is missing where they cannot."""
    if trend.slopes is None:
        return f"{MINIMUM_MODELS} recent models are needed." if trend.n_recent < MINIMUM_MODELS else ""
    recent = slope_text(trend, trend.slopes.recent)
    if trend.n_recent < MINIMUM_MODELS:
        return f"{MINIMUM_MODELS} recent models are needed; the slope of these, {recent}, is no verdict yet."
    return f"Slope of the frontier in {span_text(trend)}: {recent}{_against(trend)}."


def _against(trend: FrontierTrend) -> str:
    assert trend.slopes is not None
    if not trend.earlier_told or trend.slopes.earlier is None:
        return f"; the earlier slope cannot be told ({counted(trend.n_earlier, 'model')})"
    slope = slope_text(trend, trend.slopes.earlier)
    return f", against {slope} in the {_months_before(trend)} months before{_change(trend)}"


def _months_before(trend: FrontierTrend) -> int:
    return round((trend.knot_on - trend.window.start).days / 365 * 12)


def _digits(trend: FrontierTrend) -> int:
    return 1 if trend.measure.unit == "points" else 2


def _ends(trend: FrontierTrend, interval: Interval) -> str:
    return f"{interval.low:.{_digits(trend)}f} to {interval.high:.{_digits(trend)}f}"
