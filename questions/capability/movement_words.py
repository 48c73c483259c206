"""How far the front of score and cost moved, as sentences that need no sign to be understood."""

from __future__ import annotations

from typing import TypeGuard

from analysis.capability.front_movement import FrontMovement, FrontVerdict
from analysis.results import Estimate
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import two_digits

_SINGLE = (
    "A single score may differ from that average: what the best of twelve months before cost then, and what "
    "it cost at the end, is told below."
)
_WHY_IT_FELL = "No score fell for that: models that were cheap then cost more now, or have no price any more."


def of_movement(moved: FrontMovement, unit: str, *, of_makers: bool = False) -> str:
    """What the same money buys, and what the same score costs; `unit` names that of the values.

    `of_makers`: only models with their maker's own price were compared.
    """
    span = f"Between {in_words(moved.from_on)} and {in_words(moved.to_on)}"
    span += ", at makers' list prices," if of_makers else ""
    if moved.verdict is FrontVerdict.NOT_COMPARABLE:
        return f"{span} the fronts share no cost and no score, so they cannot be compared."
    if moved.verdict is FrontVerdict.NOT_DISTINGUISHABLE:
        return f"{span} the front did not move by more than the data can tell."
    gained, ratio = moved.points_gained, moved.cost_ratio
    told = [words for words in (gained and _bought(gained, unit), ratio and _paid(ratio)) if words]
    said = f"{span} {' and '.join(told)}."
    fell = (_is_clear(gained, 0.0) and gained.value < 0) or (_is_clear(ratio, 1.0) and ratio.value < 1)
    single = "" if ratio is None or _is_clear(ratio, 1.0) else _SINGLE
    return " ".join(filter(None, (said, single, _WHY_IT_FELL if fell else "")))


def _is_clear(change: Estimate | None, none: float) -> TypeGuard[Estimate]:
    """Whether a change is told and its interval, where it has one, leaves out that there was none."""
    return change is not None and not (change.interval is not None and change.interval.holds(none))


def _bought(gained: Estimate, unit: str) -> str:
    """The best score for the same money, on average over costs."""
    rose = gained.value >= 0
    interval = gained.interval
    points = f"{two_digits(abs(gained.value))} {unit}"
    words = f"the best score for the same money {'rose' if rose else 'fell'} by {points}"
    if not _is_clear(gained, 0.0) and interval is not None:
        ends = " to ".join(two_digits(end, signed=True) for end in (interval.low, interval.high))
        return (
            "the best score for the same money shows no clear change on average along the front "
            f"({two_digits(gained.value, signed=True)} {unit}, {percent(interval.level)} interval {ends})"
        )
    if interval is None:
        return words
    ends = " to ".join(two_digits(end, signed=True) for end in (interval.low, interval.high))
    return f"{words} ({percent(interval.level)} interval of the change {ends})"


def _paid(ratio: Estimate) -> str:
    """What the same score costs of what it did, on average over scores: in percent of it, or in times."""
    now = 1 / ratio.value
    write = _share if now <= 1 else _times
    paid = f"{_share(now)} of what it had cost" if now <= 1 else f"{_times(now)} as much as before"
    if two_digits(now) == "1":
        paid = "as much as before"
    words = f"the same score came to cost {paid}"
    interval = ratio.interval
    if interval is None:
        return words
    ends = f"{write(1 / interval.high)} to {write(1 / interval.low)}"
    if not _is_clear(ratio, 1.0):
        return (
            "what the same score costs shows no clear change on average along the front "
            f"({paid}, {percent(interval.level)} interval {ends})"
        )
    return f"{words} ({percent(interval.level)} interval {ends})"


def _share(now: float) -> str:
    return f"{two_digits(100 * now)}\u00a0%"


def _times(now: float) -> str:
    return f"{two_digits(now)} times"
