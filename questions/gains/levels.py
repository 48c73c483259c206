"""The ladder of levels: what each level that people know by a model came to cost, and how exact that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.gains.rungs import LEVEL, Level, Rung, rungs
from analysis.numeric.noise import critical_value
from analysis.price.levels import NAMED, own_version
from charts.gains import ladder
from charts.gains.ladder import LadderRung
from questions.answer import Block, Drawn, Later, Paragraph, Table
from questions.gains import level_words
from questions.gains.level_words import LevelPrice, TakenLevel
from questions.price.cheapest import CheapestWay, cheapest_way, cheapest_way_until, price_of_ends
from questions.price.threshold import Capability, headline_level
from questions.reach import reaching
from questions.scores import titles
from questions.trends.series import OWN_INDEX
from questions.view import View

_THINKING_COSTS_MORE: Final = 1.1
"""From this many times the price on, thinking is told to cost more."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A level that stands on the ladder: what is asked of whom, the way to it, and where its line begins."""

    capability: Capability
    way: CheapestWay
    level: TakenLevel


def ladder_blocks(
    view: View, named: Sequence[Capability], levels: Sequence[Capability], until: date, note: str
) -> tuple[Block, ...]:
    """The chart of all rungs, the error of each, the fall that other pages tell, and what is left out.

    `named` are the levels on all scores, `levels` the same on those asked of; every price is that of `until`,
    the day for which the whole page answers.
    """
    taken = _taken(view, named, levels, until)
    if not taken:
        return ()
    shown = [one.level.rung for one in taken]
    first = levels[0]
    used = pl.concat([reaching(one.way.used, until) for one in taken])
    footing = view.footing(used, "price steps", note, until, first.scores)
    scale = f"the {first.label}" if first.measure == OWN_INDEX else first.label
    chart = ladder.ladder_chart(shown, level_words.ladder_title(shown, scale), scale, footing)
    there = {level.model for level in levels if not level.near_chance}
    left_out = [name for name, _ in NAMED.values() if name not in there]
    said = (
        level_words.beginnings_text([one.level for one in taken]),
        level_words.ladder_doubt(shown, left_out),
        level_words.thinking_text(_without_thinking(view, taken), titles(first.scores)),
    )
    return (
        Drawn(chart),
        Later(lambda: _errors(view, taken, until), height=260),
        *_beside_the_headline(view, first),
        Paragraph(" ".join(filter(None, said))),
    )


def _taken(
    view: View, named: Sequence[Capability], levels: Sequence[Capability], until: date
) -> list[_Taken]:
    by_value = {level.threshold: level for level in reversed(levels) if not level.near_chance}
    told = rungs([level_of(level) for level in named if not level.near_chance])
    found = ((by_value[rung.value], rung) for rung in told)
    taken = [_on_the_ladder(level, cheapest_way_until(view, level, until), rung) for level, rung in found]
    return [one for one in taken if one.way.steps.window is not None]


def _on_the_ladder(capability: Capability, way: CheapestWay, rung: Rung) -> _Taken:
    """The level from the first price of a model that it is named after, where that is known."""
    own = [own_version(capability.scores, name) for name in rung.names]
    own_on = way.steps.changes.filter(pl.col("model_id").is_in([one for one in own if one]))["valid_on"].min()
    if not isinstance(own_on, date):
        return _Taken(capability, way, TakenLevel(LadderRung(rung.names, way.steps), None, None))
    first = way.steps.steps.row(0, named=True)
    before = None
    if first["valid_on"] < own_on:
        before = titles(capability.scores).get(first["model_id"], first["model_id"])
    return _Taken(
        capability, way, TakenLevel(LadderRung(rung.names, way.steps.since(own_on)), own_on, before)
    )


def _errors(view: View, taken: Sequence[_Taken], on: date) -> tuple[Block, ...]:
    """What the error of each level's score does to its price."""
    told = [_price_of(view, one, on) for one in taken]
    unit = taken[0].capability.unit
    return (
        Paragraph(
            f"{level_words.anchors_text(taken[0].capability.scores, unit)} "
            f"{level_words.ends_text(told, on)}".strip()
        ),
        Table("errors-of-levels", level_words.levels_table(told, unit), wraps=True),
    )


def _price_of(view: View, taken: _Taken, on: date) -> LevelPrice:
    level, way = taken.capability, taken.way
    last = way.steps.asked_last
    model = last["model_id"]
    return LevelPrice(
        taken.level.rung.names,
        level.threshold,
        level.spread,
        last["price_usd_per_mtok"],
        None if level.spread is None else price_of_ends(view, level, way, on),
        "" if model is None else titles(level.scores).get(model, model),
        way.evidence(view).newest_on,
    )


def _without_thinking(view: View, taken: Sequence[_Taken]) -> pl.DataFrame:
    """The steps of the lines whose model costs more where it thinks: each model once, at its lowest."""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    steps = pl.concat([one.level.rung.way.steps for one in taken]).drop_nulls("price_usd_per_mtok")
    lowest = steps.group_by("model_id").agg(pl.col("price_usd_per_mtok").min())
    dearer = pl.col("thinking_usd_per_mtok") > _THINKING_COSTS_MORE * pl.col("price_usd_per_mtok")
    return lowest.join(view.ask("prices_of_thinking", by), on="model_id").filter(dearer).sort("model_id")


def _beside_the_headline(view: View, first: Capability) -> tuple[Block, ...]:
    """The fall that other pages tell, where theirs is read on another scale than these levels."""
    level = headline_level(view)
    if level is None or level.measure == first.measure:
        return ()
    said = level_words.beside_the_headline(level, cheapest_way(view, level).steps, titles(level.scores))
    return (Paragraph(said),) if said else ()


def level_of(level: Capability) -> Level:
    """A well-known model's first score with its error, from the published interval where there is one."""
    row = level.scores.filter(pl.col("value") == level.threshold).row(0, named=True)
    error = row["stderr"]
    if error is None and row["low"] is not None and row["high"] is not None:
        error = (row["high"] - row["low"]) / (2 * critical_value(LEVEL))
    return Level(level.model, level.threshold, float(error or 0.0))
