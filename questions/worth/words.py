"""What the question of worth says of its results, as pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN, Row, cost_per_try
from analysis.worth.value import OfferValue, TaskProfile, WorthIt, WorthVerdict
from charts.parts.axes import factor_span, money
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import agreeing, capital, fitting, listed
from questions.worth.runs import Compared
from questions.worth.value_table import amount

COSTS_NOTE: Final = "Costs per task as the runs cost, at the prices of their days"
"""What a chart of measured costs says of them below."""

_NUMBERS: Final = ("none", "one", "two", "three", "four")

_OLD: Final = timedelta(days=31)
"""Runs that are older than this are told as old."""


def first_line(worth: WorthIt, value_usd: float, compared: Compared) -> str:
    """The verdict, from what value on the dearer model pays with the interval, the day of the newer run.

    Where names are so long that there is no room for the day, only the caveat and what it rests on tell it.
    """
    at = f"At {money(value_usd)} per solved task"
    interval, runs = _interval_of_threshold(worth), f"runs to {in_words(compared.measured_on)}"
    both, said = (_verdict(worth, compared, over) for over in (f" over {compared.names[worth.cheaper]}", ""))
    return fitting(
        f"{at} {both} ({interval}; {runs}).",
        f"{at} {said} ({interval}; {runs}).",
        f"{at} {said} ({interval}).",
    )


def caveat(compared: Compared, as_of: date) -> str:
    """How old runs and prices are, where they are not of now; else nothing."""
    ended, number = sum(row["held_until"] is not None for row in compared.rows), len(compared.rows)
    old = as_of - compared.measured_on > _OLD
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


def first_line_of_several(best: OfferValue, is_sure: bool, value_usd: float, compared: Compared) -> str:
    """Which of three models or more is the best buy, where that is sure, and in what share of the draws."""
    name, number = compared.names[best.model_id], len(compared.rows)
    at = f"At {money(value_usd)} per solved task"
    draws = f"in {percent(best.share_best)} of draws"
    said = (
        f"{at} {name} is the best buy of {number} models"
        if is_sure
        else f"{at} it cannot be told which of {number} models is the best buy; best estimate: {name}"
    )
    return fitting(f"{said} ({draws}; runs to {in_words(compared.measured_on)}).", f"{said} ({draws}).")


def rests_on(worth: WorthIt, compared: Compared, profile: TaskProfile | None = None) -> str:
    """What the dearer model costs more and solves more, on how many tasks, measured when.

    With a profile the cost is that of its tokens, and what the board's own tasks cost is said beside it.
    """
    names = compared.names
    never = (
        f"; in {percent(worth.share_never)} of draws it never pays"
        if 0.005 < worth.share_never < 0.995
        else ""
    )
    tasks = " and ".join(f"{tasks:,}" for tasks in sorted({row["tasks"] for row in compared.rows}))
    said = (
        f"{names[worth.dearer]} costs {dollar_range(worth.extra_cost_usd)} more per task than "
        f"{names[worth.cheaper]} and solves {_more_or_fewer(worth.extra_solved)}{never}."
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


def dollar_range(estimate: Estimate) -> str:
    """An amount with its interval, where it has one of any width; an infinite end is said in words."""
    if estimate.interval is None or estimate.interval.low == estimate.interval.high:
        return amount(estimate.value)
    low, high = estimate.interval.low, estimate.interval.high
    return f"{amount(estimate.value)} (90 % interval {amount(low)} to {amount(high)})"


def _verdict(worth: WorthIt, compared: Compared, over: str) -> str:
    dearer, cheaper, pays = (
        compared.names[worth.dearer],
        compared.names[worth.cheaper],
        worth.pays_from_usd.value,
    )
    match worth.verdict:
        case WorthVerdict.DEARER_PAYS:
            return f"{dearer} is worth its extra cost{over}, for tasks worth {amount(pays)} or more"
        case WorthVerdict.CHEAPER_PAYS if math.isinf(pays):
            return f"{cheaper} is the better buy: the dearer never pays"
        case WorthVerdict.CHEAPER_PAYS:
            return f"{cheaper} is the better buy; the dearer pays from {amount(pays)}"
        case WorthVerdict.CANNOT_BE_TOLD:
            best = "never" if math.isinf(pays) else f"from {amount(pays)}"
            return f"it cannot be told whether {dearer} pays{over}; best estimate: {best}"


def _interval_of_threshold(worth: WorthIt) -> str:
    interval = worth.pays_from_usd.interval
    if interval is None or math.isinf(interval.low):
        return f"in {percent(worth.share_never)} of draws"
    return f"90 % interval {amount(interval.low)} to {amount(interval.high)}"


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
    return f"{words} (90 % interval {100 * share.interval.low:+.1f} to {100 * share.interval.high:+.1f})"
