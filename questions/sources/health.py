"""How the installation stands: who refreshes, what changed suddenly, the last runs, room on the disk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from charts.parts.axes import NOT_KNOWN
from questions.answer import Block, Column, Heading, Kind, Notice, Paragraph, Table, Tile, Tiles
from questions.sources import words
from questions.view import View
from store.beat import beats, endings, lives
from store.ledger import Ledger, Status

RUNS_IN_GRID: Final = 30
SIGNS: Final = {
    Status.NEW.value: "+",
    Status.UNCHANGED.value: "·",
    Status.FAILED.value: "✗",
    Status.SKIPPED.value: NOT_KNOWN,
    Status.RUNNING.value: "…",
}
"""How a run stands in the grid."""

_DRIFT: Final = {
    "source_id": Column("source", width=150),
    "said": Column("what changed", width=560),
    "since": Column("with the payload of", Kind.INSTANT, width=140),
    "url": Column("address", Kind.LINK),
}


def run_grid(runs: pl.DataFrame) -> pl.DataFrame:
    """Of each source (`source_id`) its last runs as signs, the newest at the right (`last_runs`)."""
    newest = runs.sort("run_id").group_by("source_id").tail(RUNS_IN_GRID)
    sign = pl.col("status").replace_strict(SIGNS, default="?", return_dtype=pl.String)
    return newest.sort("run_id").group_by("source_id").agg(last_runs=sign.str.join(""))


def drift(view: View) -> list[dict[str, Any]]:
    """What changed suddenly of late, each with a sentence (`said`)."""
    return [row | {"said": words.drifted(row)} for row in view.ask("drift").iter_rows(named=True)]


def who_refreshes(ledger: Ledger, now: datetime) -> list[tuple[bool, str]]:
    """Every machine that refreshes, and each that gives no sign of life any more; whether all is well."""
    known = beats(ledger)
    alive = [beat for beat in known if lives(ledger, beat, now)]
    if not alive:
        return [(False, words.nobody_refreshes(next(iter(known), None)))]
    told = [(True, words.refreshing(beat, named=len(known) > 1)) for beat in alive]
    return told + [(False, words.gone(beat)) for beat in known if beat not in alive]


def refresher(ledger: Ledger, now: datetime) -> tuple[Block, ...]:
    """Who refreshes the sources, and how the last one ended where nobody had asked it to."""
    blocks: list[Block] = [
        Paragraph(text) if well else Notice(text) for well, text in who_refreshes(ledger, now)
    ]
    ended = endings(ledger)[:1]
    blocks += [Notice(words.ended(ending)) for ending in ended if now - ending.ended_at < timedelta(days=1)]
    return tuple(blocks)


def sudden_changes(view: View) -> tuple[Block, ...]:
    """What changed suddenly; a heading and a notice where nothing did."""
    heading, rows = Heading("What changed suddenly"), drift(view)
    if not rows:
        return (
            heading,
            Notice("In the last 30 days no source lost a fifth of its rows, and no unit jumped."),
        )
    return (heading, Table("drift", pl.DataFrame(rows).select(list(_DRIFT)), _DRIFT))


def room(ledger: Ledger) -> tuple[Block, ...]:
    """How much room each store takes on the disk."""
    held = ledger.room()
    if not held:
        return ()
    tiles = tuple(Tile(name.capitalize(), f"{size / 1e6:,.1f} MB") for name, size in held.items())
    return (Heading("Room on the disk"), Tiles(tiles))
