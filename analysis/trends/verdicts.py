"""The closed list of verdicts on a trend, the rule that picks one, and what would change it."""

from __future__ import annotations

from enum import StrEnum

from analysis.results import Estimate
from analysis.trends.bend_test import BendTest
from analysis.trends.slopes import Slopes

MINIMUM_MODELS = 20
"""Models on one side of the knot below which its slope is not told."""

PLATEAU_SHARE = 1 / 3
"""A plateau is a recent slope surely below this share of the earlier one."""


class TrendVerdict(StrEnum):
    """What the data say of a series, in the order in which the rules are tried."""

    SATURATED = "saturated"
    PLATEAU = "plateau"
    SLOWING = "slowing"
    ACCELERATING = "accelerating"
    STEADY = "steady"
    CLIMBING = "climbing"
    NOT_DISTINGUISHABLE = "not distinguishable"


def earlier_is_told(earlier: Estimate | None, n_earlier: int) -> bool:
    """Whether the earlier slope can be compared with: 20 models, and an interval no wider than itself."""
    if earlier is None or earlier.interval is None or n_earlier < MINIMUM_MODELS:
        return False
    return earlier.interval.width <= abs(earlier.value)


def judge(
    slopes: Slopes | None,
    n_recent: int,
    n_earlier: int,
    saturated: bool = False,
    bend: BendTest | None = None,
) -> TrendVerdict:
    """The first verdict whose rule holds; `slopes` is None where nothing could be fitted.

    Where the bend was tested, `bend` alone says whether the frontier slows: it sees a change sooner than the
    difference of the slopes does, with as few false alarms, and needs no earlier slope of its own. Where all
    else fails a recent slope surely above 0 still climbs: only the change of pace is not told.
    """
    if saturated:
        return TrendVerdict.SATURATED
    if slopes is None or slopes.recent.interval is None or n_recent < MINIMUM_MODELS:
        return TrendVerdict.NOT_DISTINGUISHABLE
    told = earlier_is_told(slopes.earlier, n_earlier)
    compared = _compare(slopes) if told else None
    if compared is TrendVerdict.PLATEAU:
        return compared
    if bend is not None and bend.is_noticed:
        return TrendVerdict.SLOWING
    if compared is None or (compared is TrendVerdict.SLOWING and bend is not None):
        rises = slopes.recent.interval.low > 0
        return TrendVerdict.CLIMBING if rises else TrendVerdict.NOT_DISTINGUISHABLE
    return compared


def _compare(slopes: Slopes) -> TrendVerdict | None:
    """What the two slopes say of each other; None where they say nothing."""
    recent, earlier, difference = slopes.recent.interval, slopes.earlier, slopes.difference
    if recent is None or earlier is None or difference is None or difference.interval is None:
        return None
    if earlier.value > 0 and recent.high < PLATEAU_SHARE * earlier.value:
        return TrendVerdict.PLATEAU
    if difference.interval.high < 0:
        return TrendVerdict.SLOWING
    if difference.interval.low > 0:
        return TrendVerdict.ACCELERATING
    if recent.low > 0 and difference.interval.holds(0.0) and recent.width / 2 <= earlier.value / 2:
        return TrendVerdict.STEADY
    return None


def what_would_change(
    verdict: TrendVerdict,
    slopes: Slopes | None,
    n_recent: int,
    n_earlier: int,
    unit: str,
    bend: BendTest | None = None,
) -> str:
    """One sentence: the finding that would turn this verdict into another; slopes in `unit` a year."""
    if verdict is TrendVerdict.SATURATED:
        return "A harder test of the same skill; this one is used up and says nothing of the trend."
    if n_recent < MINIMUM_MODELS:
        return f"At least {MINIMUM_MODELS} models in the recent window; there are {n_recent}."
    if slopes is None or slopes.earlier is None or not earlier_is_told(slopes.earlier, n_earlier):
        if verdict is TrendVerdict.SLOWING:
            return _BACK_TO_A_LINE
        return "Enough older models to tell the earlier slope, which the recent one could be compared with."
    other = _OTHER_FINDING if bend is None else _OTHER_FINDING | _WITH_BEND
    return other[verdict].format(third=f"{PLATEAU_SHARE * slopes.earlier.value:.2g} {unit} a year")


_BACK_TO_A_LINE = (
    "New models that bring the frontier back to a straight line, so that the test finds no bend."
)

_OTHER_FINDING = {
    TrendVerdict.PLATEAU: (
        "A recent slope whose interval reaches above {third}, which is a third of the earlier one."
    ),
    TrendVerdict.SLOWING: (
        "An interval of the difference between the slopes that holds 0; or a recent slope surely below "
        "{third}, which would be a plateau."
    ),
    TrendVerdict.ACCELERATING: "An interval of the difference between the slopes that holds 0.",
    TrendVerdict.STEADY: (
        "An interval of the difference between the slopes that leaves 0 out; or a recent slope surely below "
        "{third}, which would be a plateau."
    ),
    TrendVerdict.CLIMBING: (
        "More models: the intervals are too wide, or the two tests too much at odds, to tell the recent "
        "slope from the earlier one."
    ),
    TrendVerdict.NOT_DISTINGUISHABLE: (
        "More models: the intervals are too wide to tell the recent slope from 0 or from the earlier one."
    ),
}

_WITH_BEND = {
    TrendVerdict.SLOWING: (
        "New models that bring the frontier back to a straight line, so that the test finds no bend; or a "
        "recent slope surely below {third}, which would be a plateau."
    ),
    TrendVerdict.STEADY: (
        "A bend downwards that the test notices, or a recent slope that is surely the greater; or one surely "
        "below {third}, which would be a plateau."
    ),
}
"""The same where the bend was tested."""
