"""What is said of the levels that people know by a model: their falls, their errors, where lines begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.price.steps import CheapestSteps
from analysis.results import Interval, months_before
from charts.gains.ladder import LadderRung
from charts.parts.axes import money, score_number, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.price_over_time import HARDLY, SOLD_BY, TIMES_LESS, least_asked, less_in_all, read_later
from questions.gains.words import SELLER
from questions.price.threshold import Capability
from questions.price.words import price_text
from questions.wording import agreeing, listed, two_digits

_TIMES_AS_DEAR: Final = 2.0
"""From when on a rise is told in times: nobody reads 300 % dearer as four times the price."""


@dataclass(frozen=True, slots=True)
class TakenLevel:
    """A rung of the ladder with where its line begins.

    own_on  first day with a price of a model that it is named after; None where none is known
    before  the title of the model that reached the level before that day; None where none did
    """

    rung: LadderRung
    own_on: date | None
    before: str | None


@dataclass(frozen=True, slots=True)
class LevelPrice:
    """What a level costs on a day, and what the ends of the 90 % interval of its score cost.

    Prices in USD per million tokens, None where nothing that reaches it is on sale; `ends` is None where the
    error of the score is not known, `with_model` empty where nothing is on sale.
    """

    names: tuple[str, ...]
    score: float
    spread: Interval | None
    price: float | None
    ends: tuple[float | None, float | None] | None
    with_model: str
    confirmed_on: date | None


def ladder_title(rungs: Sequence[LadderRung], scale: str) -> str:
    """How far the rung that fell most has fallen, with the scale on which the levels are read."""
    told = [
        (rung, times)
        for rung in rungs
        if (times := rung.way.times_cheaper) is not None and times > 1 and rung.way.window is not None
    ]
    if not told:
        return "What each level costs"
    rung, times = max(told, key=lambda pair: pair[1])
    assert rung.way.window is not None
    many = "Every level" if len(told) == len(rungs) else f"{len(told)} of {len(rungs)} levels"
    many += f" on {scale}"
    most = " most," if len(told) > 1 else ""
    return (
        f"{many} got cheaper {SELLER[rung.way.basis]}: {rung.names[0]}'s fell{most} to 1/{times:,.0f} since "
        f"{rung.way.window.start:%B %Y}{read_later(rung.way)}{_by_when(rung.way)}"
    )


def _by_when(way: CheapestSteps) -> str:
    """By which month the whole fall had come, where that was a year or more ago, and how it went on."""
    assert way.window is not None
    last = way.steps["price_usd_per_mtok"][-1]
    day, price = next(
        way.steps.filter(pl.col("price_usd_per_mtok") <= last)
        .select("valid_on", "price_usd_per_mtok")
        .iter_rows()
    )
    if day > months_before(way.window.end, 12):
        return ""
    dearer = percent(last / price - 1)
    since = "no cheaper" if dearer == percent(0.0) else f"{dearer} dearer"
    if last >= _TIMES_AS_DEAR * price:
        since = f"{two_digits(last / price)} times as dear"
    return f", all of it by {day:%B %Y}; since then {since}"


def beside_the_headline(level: Capability, steps: CheapestSteps, titles: Mapping[str, str]) -> str:
    """What other pages, by another scale, tell of what is called by the same model; empty where nothing."""
    if steps.times_cheaper is None or steps.window is None:
        return ""
    last = steps.asked_last
    model = titles.get(last["model_id"], last["model_id"])
    score, price = score_text(level.threshold, level.unit), money(last["price_usd_per_mtok"])
    return (
        f"Overview and Falling price read {level.model}'s level on another scale: {level.briefly} ({score}) "
        f"cost {price} at the cheapest {SOLD_BY[steps.basis]} with {model} on {in_words(steps.window.end)}"
        f"{less_in_all(steps)}{_why_a_range(steps)}. Which models reach a level depends on the scale, and "
        "with them its price."
    )


def _why_a_range(steps: CheapestSteps) -> str:
    """Why a fall is told as a range, where it is one; in the words of Falling price."""
    times = steps.times_cheaper
    last = steps.steps["price_usd_per_mtok"][-1]
    if times is None or times < TIMES_LESS or last <= HARDLY * least_asked(steps):
        return ""
    return ": a cheaper price may have begun before its first reading or still be asked"


def anchors_text(scores: pl.DataFrame, unit: str) -> str:
    """Which scores fix the scale and have no error by definition; empty where none does.

    `scores`: title, value, low, high, one row a model.
    """
    anchors = scores.filter(pl.col("low") == pl.col("high")).sort("value")
    if anchors.is_empty():
        return ""
    named = [
        f"{title} at {score_number(value, unit)}"
        for title, value in anchors.select("title", "value").iter_rows()
    ]
    return f"The scale is fixed by {listed(named)}: exact by definition, so they have no interval."


def ends_text(told: Sequence[LevelPrice], on: date) -> str:
    """What the errors of the levels' scores do to their prices: for which they do nothing, else the range.

    A score that fixes the scale has none.
    """
    exact = [one for one in told if one.spread is not None and one.spread.low == one.spread.high]
    known = [one for one in told if one.ends is not None and one not in exact]
    each = "Each level's score" if not exact else "The score of each other level"
    if len(exact) == len(told):
        return ""
    if not known:
        return "No error of these scores is known, so what it does to the prices cannot be told."
    moved = [one for one in known if set(one.ends or ()) != {one.price}]
    fixed = [one.names[0] for one in known if one not in moved]
    day = in_words(on)
    if not moved:
        return (
            f"{each} has an error. On {day} it did not matter to the price: either end of each "
            "90\u00a0% interval costs what the score itself did."
        )
    ranges = listed(
        [f"{one.names[0]}'s level at {_range_text(*(one.ends or (None, None)))}" for one in moved]
    )
    same = f"; for {listed(fixed)} either end costs what the score itself did" if fixed else ""
    return (
        f"{each} has an error, and on {day} the ends of its 90\u00a0% interval put {ranges}{same}"
        ". So no fall is more exact than that."
    )


def _range_text(least: float | None, most: float | None) -> str:
    if least is not None and most is None:
        return f"{money(least)} or more (nothing on sale reaches the upper end)"
    return f"{price_text(least)} to {price_text(most)}"


def levels_table(told: Sequence[LevelPrice], unit: str) -> pl.DataFrame:
    """One row a level: its score with its interval, what it costs with which model, what either end costs."""
    rows = [
        {
            "level": _level_named(one.names),
            "score, 90\u00a0% interval": (
                f"{score_number(one.score, unit)} {_interval_text(one.spread, unit)}{_whose(one.names)}"
            ),
            "cheapest": f"{price_text(one.price)}{one.with_model and f', {one.with_model}'}",
            "either end costs": "not known" if one.ends is None else _ends_text(one.ends),
            "last confirmed on": one.confirmed_on,
        }
        for one in told
    ]
    return pl.DataFrame(rows, schema_overrides={"last confirmed on": pl.Date})


def _level_named(names: Sequence[str]) -> str:
    """The model whose score the level is, and those that its error does not tell apart from it."""
    own, *others = names
    return f"{own} (within error of it: {listed(others)})" if others else own


def _whose(names: Sequence[str]) -> str:
    return f", {names[0]}'s own" if len(names) > 1 else ""


def _interval_text(spread: Interval | None, unit: str) -> str:
    if spread is None:
        return "(not known)"
    if spread.low == spread.high:
        return "(none: exact by definition, it fixes the scale)"
    return f"({score_number(spread.low, unit)} to {score_number(spread.high, unit)})"


def _ends_text(ends: tuple[float | None, float | None]) -> str:
    least, most = map(price_text, ends)
    return least if least == most else f"{least} and {most}"


def beginnings_text(taken: Sequence[TakenLevel]) -> str:
    """Since when each line is told: its own model's first price; who had reached a level before."""
    without = [one.rung.names[0] for one in taken if one.own_on is None]
    before = [(one.before, one.rung.names[0]) for one in taken if one.before is not None]
    said = "A line begins on the first day on which the model that it is named after had a price."
    if before:
        others = listed([f"{other} had reached {name}'s level" for other, name in before])
        said += f" Before that day {others}."
    if without:
        said += (
            f" No such price of {listed(without)} is known here: that line begins with the first model on "
            "sale that reaches it."
        )
    return said


def thinking_text(rows: pl.DataFrame, titles: Mapping[str, str]) -> str:
    """Which steps are prices without thinking, which costs more; empty where there is none.

    `rows`: model_id, price_usd_per_mtok, thinking_usd_per_mtok.
    """
    if rows.is_empty():
        return ""
    named = [
        f"{titles.get(model, model)} at {money(without)} (thinking: {money(thinking)})"
        for model, without, thinking in rows.iter_rows()
    ]
    steps = agreeing(len(named), "One step is a price", "Some steps are prices")
    return f"{steps} without thinking, though the score may be of a run with it: {listed(named)}."


def ladder_doubt(rungs: Sequence[LadderRung], left_out: Sequence[str]) -> str:
    """Which levels share a rung, and which stand on none."""
    shared = [rung.names for rung in rungs if len(rung.names) > 1]
    said = [
        f"{listed(names)} are within error of each other and share a line, at {names[0]}'s score."
        for names in shared
    ]
    if left_out:
        said.append(f"No line for {listed(left_out)}: no score here, or none above what guessing reaches.")
    said.append(
        "A level is one score on one scale: a cheaper model that reaches it may be worse at other things."
    )
    return " ".join(said)
