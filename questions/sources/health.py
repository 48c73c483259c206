"""How the installation stands: who refreshes, what changed suddenly, the last runs, disk space."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from questions.answer import Block, Column, Heading, Kind, Notice, Paragraph, Table, Tile, Tiles
from questions.sources import words
from questions.view import View
from store.beat import beats, endings, lives
from store.ledger import Ledger

RUNS_TOLD: Final = 30

_DRIFT: Final = {
    "source_id": Column("source", width=150),
    "said": Column("what changed", width=560),
    "since": Column("with the payload of", Kind.INSTANT, width=140),
    "url": Column("address", Kind.LINK),
}


def run_words(runs: pl.DataFrame) -> pl.DataFrame:
    """Of each source (`source_id`) its last runs in words (`last_runs`). A back-fill asks no source."""
    asked = runs.filter(pl.col("trigger") != "backfill").sort("run_id")
    newest = asked.group_by("source_id").tail(RUNS_TOLD).sort("run_id")
    statuses = newest.group_by("source_id", maintain_order=True).agg("status")
    told = [words.last_runs(of_one) for of_one in statuses["status"]]
    return statuses.select("source_id", last_runs=pl.Series(told, dtype=pl.String))


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
            Notice(words.nothing_changed(view.ask("read_lately")["sources"].item(), view.as_of)),
        )
    return (heading, Table("drift", pl.DataFrame(rows).select(list(_DRIFT)), _DRIFT))


def room(ledger: Ledger) -> tuple[Block, ...]:
    """How much disk space each store takes."""
    held = ledger.room()
    if not held:
        return ()
    tiles = tuple(Tile(name.capitalize(), f"{size / 1e6:,.1f} MB") for name, size in held.items())
    return (Heading("Disk space"), Tiles(tiles))
