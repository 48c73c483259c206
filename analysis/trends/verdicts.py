"""The closed list of verdicts on a trend, the rule that picks one, and what would change it."""

from __future__ import annotations

from enum import StrEnum

from analysis.results import Estimate
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


def judge(slopes: Slopes | None, n_recent: int, n_earlier: int, saturated: bool = False) -> TrendVerdict:
    """The first verdict whose rule holds; `slopes` is None where nothing could be fitted."""
    if saturated:
        return TrendVerdict.SATURATED
    if slopes is None or slopes.recent.interval is None or n_recent < MINIMUM_MODELS:
        return TrendVerdict.NOT_DISTINGUISHABLE
    recent = slopes.recent.interval
    if not earlier_is_told(slopes.earlier, n_earlier):
        return TrendVerdict.CLIMBING if recent.low > 0 else TrendVerdict.NOT_DISTINGUISHABLE
    return _compare(slopes)


def _compare(slopes: Slopes) -> TrendVerdict:
    recent, earlier, difference = slopes.recent.interval, slopes.earlier, slopes.difference
    if recent is None or earlier is None or difference is None or difference.interval is None:
        return TrendVerdict.NOT_DISTINGUISHABLE
    if earlier.value > 0 and recent.high < PLATEAU_SHARE * earlier.value:
        return TrendVerdict.PLATEAU
    if difference.interval.high < 0:
        return TrendVerdict.SLOWING
    if difference.interval.low > 0:
        return TrendVerdict.ACCELERATING
    if recent.low > 0 and recent.width / 2 <= earlier.value / 2:
        return TrendVerdict.STEADY
    return TrendVerdict.NOT_DISTINGUISHABLE


def what_would_change(verdict: TrendVerdict, slopes: Slopes | None, n_recent: int, unit: str) -> str:
    """One sentence: the finding that would turn this verdict into another; slopes in `unit` a year."""
    if verdict is TrendVerdict.SATURATED:
        return "A harder test of the same skill; this one is used up and says nothing of the trend."
    if n_recent < MINIMUM_MODELS:
        return f"At least {MINIMUM_MODELS} models in the recent window; there are {n_recent}."
    if slopes is None or slopes.earlier is None or verdict is TrendVerdict.CLIMBING:
        return "Enough older models to tell the earlier slope, which the recent one could be compared with."
    return _OTHER_FINDING[verdict].format(third=f"{PLATEAU_SHARE * slopes.earlier.value:.3g} {unit} a year")


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
    TrendVerdict.NOT_DISTINGUISHABLE: (
        "More models: the intervals are too wide to tell the recent slope from 0 or from the earlier one."
    ),
}
