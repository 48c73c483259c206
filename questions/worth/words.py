"""What the question of worth says of its results, as pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN, Row, cost_per_try
from analysis.worth.value import OfferValue, TaskProfile, WorthIt, WorthVerdict
from charts.parts.axes import factor_span, money
from charts.parts.figure import Footing, in_words
from charts.parts.percent import percent
from questions.wording import agreeing, capital, fitting, listed
from questions.worth.runs import Compared
from questions.worth.value_table import amount

COSTS_NOTE: Final = "Costs per task as the runs cost, at the prices of their days"
"""What a chart of measured costs says of them below."""

_NUMBERS: Final = ("none", "one", "two", "three", "four")

_SURE: Final = 0.995
"""Share of draws from which on a result is as good as sure to a reader."""

_OLD: Final = timedelta(days=31)
"""Runs that are older than this are told as old."""


def first_line(
    best: OfferValue, verdict: WorthVerdict, value_usd: float, compared: Compared, *, by_tokens: bool
) -> str:
    """Which of two models was the better buy on which tasks, where that is sure, and in how many draws.

    `best` is the one of the higher net value. What has no room is told by the caveat and what it rests on.
    """
    name = compared.names[best.model_id]
    other = next(title for model_id, title in compared.names.items() if model_id != best.model_id)
    at, draws = f"at {money(value_usd)} per solved task", f"best in {_draws(best.share_best)}"
    on, runs = _on(compared, by_tokens=by_tokens), f" ({runs_text(compared)})"
    if verdict is WorthVerdict.CANNOT_BE_TOLD:
        equal = f" ({name} at least as good in {_draws(best.share_best)})"
        pair = f"whether {name} or {other} was the better buy"
        return fitting(
            *(
                f"{on}{dated} it cannot be told {what} {at}{likely}."
                for what in (pair, "which model was the better buy")
                for dated, likely in ((runs, equal), (runs, ""), ("", ""))
            )
        )
    said = f"{name} {_was(best)}"
    than, alone = f"{said} a better buy than {other}", f"{said} the better buy"
    return fitting(
        f"{on}{runs} {than} {at}: {draws}.",
        f"{on}{runs} {alone} {at}: {draws}.",
        f"{on} {than} {at}: {draws}.",
        f"{on} {alone} {at}: {draws}.",
        f"{alone} {at}: {draws}.",
    )


def runs_text(compared: Compared) -> str:
    """The months of the runs, the oldest first: runs of June and August 2025."""
    days = sorted({day.replace(day=1) for day in compared.days})
    *first, last = days
    named = [f"{day:%B}" if day.year == last.year else f"{day:%B %Y}" for day in first]
    return f"runs of {listed([*named, f'{last:%B %Y}'])}"


def _on(compared: Compared, *, by_tokens: bool) -> str:
    tasks = " and ".join(f"{tasks:,}" for tasks in compared.tasks)
    on = f"{compared.board}'s {tasks} tasks"
    return f"By the share solved of {on}" if by_tokens else f"On {on}"


def _was(best: OfferValue) -> str:
    return "was" if best.share_best >= _SURE else "was probably"


def _draws(share: float) -> str:
    if share >= 1:
        return "all draws"
    return f"more than {percent(0.99)} of draws" if share >= _SURE else f"{percent(share)} of draws"


def caveat(compared: Compared, as_of: date, first_line: str = "") -> str:
    """How old runs and prices are, where they are not of now and the first line is silent; else nothing."""
    ended, number = sum(row["held_until"] is not None for row in compared.rows), len(compared.rows)
    old = as_of - compared.measured_on > _OLD and runs_text(compared) not in first_line
    which = "newer of the two" if number == 2 else f"newest of the {number}"
    runs = f"the {which} runs is of {in_words(compared.measured_on)}" if old else ""
    prices = _ended(ended, number)
    said = ", and ".join(filter(None, (runs, prices)))
    return f"{capital(said)}." if said else ""


def _ended(ended: int, number: int) -> str:
    if not ended:
        return ""
    if ended == number:
        which = "both" if number == 2 else "all"
        return f"{which} list prices have ended since, or are confirmed no longer"
    of = "the two" if number == 2 else f"the {number}"
    have = agreeing(ended, "has ended since, or is", "have ended since, or are")
    return f"{_NUMBERS[ended]} of {of} list prices {have} confirmed no longer"


def first_line_of_several(
    best: OfferValue, is_sure: bool, value_usd: float, compared: Compared, *, by_tokens: bool
) -> str:
    """Which of three models or more was the best buy, where that is sure, and in what share of the draws."""
    name, number = compared.names[best.model_id], len(compared.rows)
    equal = f"{name} at least as good in {_draws(best.share_best)}"
    at, draws = f"at {money(value_usd)} per solved task", f"best in {_draws(best.share_best)}"
    on, runs = _on(compared, by_tokens=by_tokens), f" ({runs_text(compared)})"
    said = (
        f"{name} {_was(best)} the best buy of {number} models {at}: {draws}."
        if is_sure
        else f"it cannot be told which of {number} models was the best buy {at} ({equal})."
    )
    return fitting(f"{on}{runs} {said}", f"{on} {said}", capital(said))


def rests_on(worth: WorthIt, compared: Compared, profile: TaskProfile | None = None) -> str:
    """What the dearer model costs more and solves more, on how many tasks, measured when.

    With a profile the cost is that of its tokens, and what the board's own tasks cost is said beside it.
    """
    names = compared.names
    tasks = " and ".join(f"{tasks:,}" for tasks in compared.tasks)
    said = (
        f"{names[worth.dearer]} costs {dollar_range(worth.extra_cost_usd)} more per task than "
        f"{names[worth.cheaper]} and solves {_more_or_fewer(worth.extra_solved)}. "
        f"{_pays(worth, compared)}"
    )
    on = f"measured on {compared.board}, {tasks} tasks, up to {in_words(compared.measured_on)}"
    if profile is None:
        return f"{said} Cost and share solved are {on}, at the prices of those days."
    return f"{said} The share solved is {on}{_cost_there(compared)}; the cost is that of {_call(profile)}."


def _cost_there(compared: Compared) -> str:
    """What the board's own tasks cost, where it is recorded: rarely what one call of the reader's costs."""
    known = [cost for row in compared.rows if (cost := cost_per_try(row)) is not None]
    costs = sorted(known, reverse=True)
    return f", whose tasks cost {listed([money(cost) for cost in costs])} each" if costs else ""


def _call(profile: TaskProfile) -> str:
    return (
        f"one call of {profile.input_tokens:,.0f} input and {profile.output_tokens:,.0f} output tokens at "
        "list prices"
    )


def would_change(worth: WorthIt, value_usd: float, *, by_tokens: bool) -> str:
    """What would change the verdict."""
    pays = worth.pays_from_usd.value
    if math.isinf(pays):
        return "A measurement in which the dearer model solves more tasks."
    if pays <= 0:
        return "More tasks tried on the board, which would narrow the interval of the share solved."
    side = "below" if value_usd > pays else "above"
    cost = "fewer tokens per call" if by_tokens else "another cost of the runs"
    return (
        f"A task worth {side} {money(pays)}, {cost}, or more tasks tried on the board, which would narrow "
        "the interval of the share solved."
    )


def implied(compared: Compared, multipliers: Sequence[Interval]) -> str:
    """How many times the tokens of the most sparing model each bills, as the costs of the runs imply."""
    named = list(zip(compared.names.values(), multipliers, strict=True))
    fewest = next(name for name, times in named if times == AS_WRITTEN)
    more = [
        f"{name} bills **{factor_span(times.low, times.high)} times** the output tokens of {fewest}"
        for name, times in named
        if name != fewest
    ]
    runs = "both runs" if len(named) == 2 else "the runs"
    return f"{'; '.join(more)}, from the cost of {runs} over the prices of their days."


def too_many_cached(input_tokens: int) -> str:
    """Why nothing is computed where more is cached than sent, and what is allowed."""
    return f"Cached tokens are part of the input: set cached_tokens from 0 to {input_tokens:,}."


def no_seconds(title: str, board: str) -> str:
    """Why waiting cannot be priced, and what to do."""
    return f"the seconds of {title} were not recorded on {board}: set the wage to 0."


def prices_note(rows: Sequence[Row]) -> str:
    """Since when the list prices held, and until when where a model is no longer sold."""
    return ". ".join(sorted(_price_held(row) for row in rows))


def counting_tasks(footing: Footing, compared: Compared) -> Footing:
    """The footer of a chart with the tasks that the shares solved rest on as its n."""
    each = f"tasks, each tried by {len(compared.rows)} models"
    if len(compared.tasks) > 1:
        return replace(footing, n=sum(row["tasks"] for row in compared.rows), counted="tries at a task")
    return replace(footing, n=compared.tasks[0], counted=each)


def dollar_range(estimate: Estimate) -> str:
    """An amount with its interval, where it has one of any width; an infinite end is said in words."""
    if estimate.interval is None or estimate.interval.low == estimate.interval.high:
        return amount(estimate.value)
    low, high = estimate.interval.low, estimate.interval.high
    return f"{amount(estimate.value)} (90 % interval {amount(low)} to {amount(high)})"


def _pays(worth: WorthIt, compared: Compared) -> str:
    """From what value on the dearer model pays in the middle estimate, with the interval and the draws."""
    pays, interval = worth.pays_from_usd.value, worth.pays_from_usd.interval
    said = "at no value of a solved task" if math.isinf(pays) else f"from {amount(pays)} per solved task on"
    beside = []
    if interval is not None and not math.isinf(interval.low):
        beside.append(f"90 % interval {amount(interval.low)} to {amount(interval.high)}")
    if 0.005 < worth.share_never < _SURE:
        beside.append(f"never in {percent(worth.share_never)} of draws")
    told = f" ({'; '.join(beside)})" if beside else ""
    return f"In the middle estimate {compared.names[worth.dearer]} pays {said}{told}."


def _price_held(row: Row) -> str:
    until = f" until {in_words(row['held_until'])}" if row["held_until"] else ""
    return (
        f"{row['title']}: list price {money(row['input_usd_per_mtok'])} in, "
        f"{money(row['output_usd_per_mtok'])} out per million tokens since "
        f"{in_words(row['held_from'])}{until}"
    )


def _more_or_fewer(share: Estimate) -> str:
    side = "more" if share.value > 0 else "fewer"
    words = f"{100 * abs(share.value):.1f} percentage points {side} of the tasks"
    if share.interval is None:
        return words
    low, high = 100 * share.interval.low, 100 * share.interval.high
    return f"{words} (90 % interval of the difference {low:+.1f} to {high:+.1f})"
