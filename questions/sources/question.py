"""Sources: where every figure comes from, how fresh it is, what was refused or not believed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from questions.answer import Answer, Block, Folded, Notice, Paragraph, Placed, Table, nothing_known
from questions.controls import Choice, Chosen, Option, Several, control
from questions.question import Question
from questions.sources import words
from questions.sources.health import refresher, room, run_words, sudden_changes
from questions.sources.refusals import (
    doubted_prices,
    doubted_sightings,
    quarantine,
    refusing_sources,
    unresolved_names,
)
from questions.sources.states import COLUMNS, SourceState, states
from questions.view import View
from questions.wording import counted

RUNS_READ: Final = 5_000
RUNS_SHOWN: Final = 20
STATES: Final = {
    "fresh": SourceState.FRESH,
    "due": SourceState.DUE,
    "late": SourceState.LATE,
    "failing": SourceState.FAILING,
    "paused": SourceState.PAUSED,
    "needs-a-key": SourceState.NEEDS_KEY,
    "curated": SourceState.CURATED,
    "not-yet-fetched": SourceState.UNFETCHED,
    "frozen": SourceState.FROZEN,
}
"""The states by their words in addresses."""


def sources_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """All sources by their ids: the order does not move with their states."""
    return [Option(name, name) for name in view.ask("sources")["source_id"]]


def refusing_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The sources of which rows were refused, those with the most first."""
    return [Option(name, name) for name in refusing_sources(view)]


@dataclass(frozen=True, slots=True)
class SourcesControls:
    """Which states are listed, and of which sources more is told."""

    state: tuple[str, ...] = control(
        (),
        Several(
            "State",
            [Option(name, state.value) for name, state in STATES.items()],
            0,
            len(STATES),
            help=words.MEANINGS,
        ),
    )
    source: str | None = control(None, Choice("Source", sources_to_choose, near="runs"))
    refused_from: str | None = control(
        None, Choice("Rows refused from", refusing_to_choose, near="quarantine")
    )


def answer(view: View, controls: SourcesControls) -> Answer:
    """How all sources stand just now, and what was refused, doubted or not explained."""
    return answer_at(view, controls, datetime.now(UTC), os.environ)


def answer_at(view: View, controls: SourcesControls, now: datetime, environment: Mapping[str, str]) -> Answer:
    """The answer at an instant (aware UTC); `environment` holds the keys of sources that need one."""
    sources = view.ask("sources")
    if sources.is_empty():
        return nothing_known("no source is described in this snapshot.")
    runs = view.ledger.runs(limit=RUNS_READ)
    table = states(sources, view.ledger.health(), runs, environment, now).join(
        run_words(runs), on="source_id", how="left", maintain_order="left"
    )
    fresh = [words.how_fresh(row, now) for row in table.iter_rows(named=True)]
    table = table.with_columns(how_fresh=pl.Series(fresh, dtype=pl.String))
    wanted = [STATES[name].value for name in controls.state or STATES]
    shown = table.filter(pl.col("state").is_in(wanted)).with_columns(pl.col("last_as_of").dt.date())
    held = view.ask("newest_payload").row(0, named=True)
    return Answer(
        first_line=words.first_line(table, now, view.as_of),
        caveat=words.reach(view.ask("newest_by_kind").row(0, named=True)),
        rests_on=f"{words.in_states(table)} {words.rests_on(held)}",
        would_change=words.WOULD_CHANGE,
        blocks=(
            *refresher(view.ledger, now),
            Table("sources", shown.select(list(COLUMNS)), COLUMNS),
            Placed("source"),
            *_one_source(view, table, controls.source),
            *sudden_changes(view),
            *quarantine(view, controls.refused_from),
            *doubted_prices(view),
            *doubted_sightings(view),
            *unresolved_names(view),
            *room(view.ledger),
        ),
    )


def _one_source(view: View, table: pl.DataFrame, source: str | None) -> tuple[Block, ...]:
    """The error of the last run, if it failed, and the last runs."""
    row: dict[str, Any] = table.row(by_predicate=pl.col("source_id") == source, named=True)
    error = (Notice(f"{source}: {row['last_error']}"),) if row["last_error"] else ()
    runs = view.ledger.runs(source, limit=RUNS_SHOWN)
    if runs.is_empty():
        return (*error, Paragraph(f"{source} has not run on this machine yet."))
    many = counted(runs.height, "run") if runs.height > 1 else "run"
    return (*error, Folded(f"The last {many} of {source}", (Table("runs", runs.drop("source_id")),)))


QUESTION: Final = Question(
    name="sources",
    title="Sources",
    asks="Where does every figure come from, how fresh is it, and what was refused?",
    answer=answer,
    controls=SourcesControls,
    live=True,
)
