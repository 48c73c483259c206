"""What the question of worth says of its results, as pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN, Row
from analysis.worth.value import WorthIt, WorthVerdict
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import capital, fitting
from questions.worth.runs import Pair
from questions.worth.value_table import amount

_OLD: Final = timedelta(days=31)
"""Runs that are older than this are told as old."""


def first_line(worth: WorthIt, value_usd: float, pair: Pair) -> str:
    """The verdict, from what value on the dearer model pays with the interval, the day of the newer run.

    Where names are so long that there is no room for the day, only the caveat and what it rests on tell it.
    """
    said = f"At {money(value_usd)} per solved task {_verdict(worth, pair)}"
    interval = _interval_of_threshold(worth)
    return fitting(f"{said} ({interval}; runs to {in_words(pair.measured_on)}).", f"{said} ({interval}).")


def caveat(pair: Pair, as_of: date) -> str:
    """How old runs and prices are, where they are not of now; else nothing."""
    ended = sum(row["held_until"] is not None for row in pair.rows)
    prices = ("", "one of the two list prices has ended since", "both list prices have ended since")[ended]
    old = as_of - pair.measured_on > _OLD
    runs = f"the newer of the two runs is of {in_words(pair.measured_on)}" if old else ""
    said = ", and ".join(filter(None, (runs, prices)))
    return f"{capital(said)}." if said else ""


def rests_on(worth: WorthIt, pair: Pair) -> str:
    """What the dearer model costs more and solves more, on how many tasks, measured when."""
    names = pair.names
    never = (
        f"; in {percent(worth.share_never)} of draws it never pays"
        if 0.005 < worth.share_never < 0.995
        else ""
    )
    tasks = " and ".join(f"{tasks:,}" for tasks in sorted({row["tasks"] for row in pair.rows}))
    return (
        f"{names[worth.dearer]} costs {dollar_range(worth.extra_cost_usd)} more per task than "
        f"{names[worth.cheaper]} and solves {_more_or_fewer(worth.extra_solved)}{never}. Measured on "
        f"{pair.board}, {tasks} tasks, up to {in_words(pair.measured_on)}."
    )


def would_change(worth: WorthIt, value_usd: float) -> str:
    """What would change the verdict."""
    pays = worth.pays_from_usd.value
    if math.isinf(pays):
        return "A measurement in which the dearer model solves more tasks."
    if pays <= 0:
        return "More tasks tried on the board, which would narrow the interval of the share solved."
    side = "below" if value_usd > pays else "above"
    return (
        f"A task worth {side} {money(pays)}, fewer tokens per call, or more tasks tried on the board, which "
        "would narrow the interval of the share solved."
    )


def implied(pair: Pair, multipliers: tuple[Interval, Interval]) -> str:
    """How many times the tokens of the other one model bills, as the costs of both runs imply."""
    names = list(pair.names.values())
    more = 0 if multipliers[1] == AS_WRITTEN else 1
    times = multipliers[more]
    return (
        f"{names[more]} bills **{times.low:.1f} to {times.high:.1f} times** the output tokens of "
        f"{names[1 - more]}, from the cost of both runs over the prices of their days."
    )


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
    """An amount with its interval; an infinite end is said in words."""
    if estimate.interval is None:
        return amount(estimate.value)
    low, high = estimate.interval.low, estimate.interval.high
    return f"{amount(estimate.value)} (90 % interval {amount(low)} to {amount(high)})"


def _verdict(worth: WorthIt, pair: Pair) -> str:
    dearer, cheaper, pays = pair.names[worth.dearer], pair.names[worth.cheaper], worth.pays_from_usd.value
    match worth.verdict:
        case WorthVerdict.DEARER_PAYS:
            return f"{dearer} is worth its extra cost; it pays from {amount(pays)}"
        case WorthVerdict.CHEAPER_PAYS if math.isinf(pays):
            return f"{cheaper} is the better buy: the dearer never pays"
        case WorthVerdict.CHEAPER_PAYS:
            return f"{cheaper} is the better buy; the dearer pays from {amount(pays)}"
        case WorthVerdict.CANNOT_BE_TOLD:
            best = "never" if math.isinf(pays) else f"from {amount(pays)}"
            return f"it cannot be told whether {dearer} pays; best estimate: {best}"


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
