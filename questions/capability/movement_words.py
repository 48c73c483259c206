"""How far the front of score and cost moved, as sentences that need no sign to be understood."""

from __future__ import annotations

from analysis.capability.front_movement import FrontMovement, FrontVerdict
from analysis.results import Estimate
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import two_digits

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
    fell = (gained is not None and gained.value < 0) or (ratio is not None and ratio.value < 1)
    return f"{said} {_WHY_IT_FELL}" if fell else said


def _bought(gained: Estimate, unit: str) -> str:
    """The best score for the same money, on average over costs."""
    rose = gained.value >= 0
    interval = gained.interval
    points = f"{two_digits(abs(gained.value))} {unit}"
    words = f"the best score for the same money {'rose' if rose else 'fell'} by {points}"
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
    return f"{words} ({percent(interval.level)} interval {ends})"


def _share(now: float) -> str:
    return f"{two_digits(100 * now)}\u00a0%"


def _times(now: float) -> str:
    return f"{two_digits(now)} times"
