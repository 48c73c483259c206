"""From what a source says at one moment to the rows worth keeping: only differences, and tombstones.

Pure. Along the time of observation a statement equal to the one before it is not kept twice; a key that a
`complete` payload no longer lists gets a tombstone, but for the scores of a board that it does not list at
all: who drops a whole board from a collection does not say that its results were wrong. Folding the same
units in order of time always gives the same rows, so the tables are a function of the set of payloads, not
of the order of their arrival.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

STAMP = ("source_id", "payload_sha256", "observed_at", "gone")

BOARD: Final = {"score": "benchmark_id"}
"""Table -> the column that says on which of the boards of a collection a row stands."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one source said at one moment: checked frames per table, and the rows that were refused.

    frames   table -> rows; a boolean column `gone` may mark tombstones that are already known
    keys     table -> its key columns
    complete whether a key that is missing here, and was last stated by a payload among `scope`, is gone
    scope    payloads of the same address (None: any payload of the source)
    refused  columns kind, row (JSON), reason
    """

    source_id: str
    url: str
    payload_sha256: str
    observed_at: datetime
    frames: Mapping[str, pl.DataFrame]
    keys: Mapping[str, tuple[str, ...]]
    refused: pl.DataFrame
    complete: bool = False
    scope: frozenset[str] | None = None


def differences(head: pl.DataFrame, unit: Unit, table: str) -> pl.DataFrame:
    """Rows of `unit` to append to `table`, given `head`: the latest row per key of this source.

    Both have the table's columns. The result has them too, stamped, in the order of the unit.
    """
    keys = list(unit.keys[table])
    stated = _stamped(unit.frames[table], unit, head.schema)
    values = [name for name in head.columns if name not in keys and name not in STAMP]
    before = head.select(*keys, *[pl.col(name).alias(f"{name}__before") for name in (*values, "gone")])
    paired = stated.join(
        before.with_columns(known=pl.lit(True)), on=keys, how="left", nulls_equal=True, maintain_order="left"
    )
    new = pl.col("known").is_null() & ~pl.col("gone")
    flipped = pl.col("known").is_not_null() & (pl.col("gone") != pl.col("gone__before"))
    revised = pl.any_horizontal(
        pl.lit(False), *[pl.col(name).ne_missing(pl.col(f"{name}__before")) for name in values]
    )
    same_state = pl.col("known").is_not_null() & ~pl.col("gone") & ~pl.col("gone__before")
    changed = paired.filter(new | flipped | (same_state & revised)).select(head.columns)
    if not unit.complete:
        return changed
    return pl.concat([changed, _tombstones(head, stated, unit, table)])


def advance(head: pl.DataFrame, appended: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """The latest row per key after `appended` rows came on top of `head`."""
    if appended.is_empty():
        return head
    return pl.concat([head.join(appended, on=list(keys), how="anti", nulls_equal=True), appended])


def revisions(head: pl.DataFrame, appended: pl.DataFrame, keys: tuple[str, ...]) -> int:
    """How many of the rows that came on top of `head` say something else of what it has already."""
    if appended.is_empty() or head.is_empty():
        return 0
    stated, alive = appended.filter(~pl.col("gone")), head.filter(~pl.col("gone"))
    return stated.join(alive, on=list(keys), how="semi", nulls_equal=True).height


def _stamped(frame: pl.DataFrame, unit: Unit, schema: pl.Schema) -> pl.DataFrame:
    gone = pl.col("gone") if "gone" in frame.columns else pl.lit(False)
    return frame.with_columns(
        source_id=pl.lit(unit.source_id),
        payload_sha256=pl.lit(unit.payload_sha256),
        observed_at=pl.lit(unit.observed_at).cast(schema["observed_at"]),
        gone=gone,
    ).select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _tombstones(head: pl.DataFrame, stated: pl.DataFrame, unit: Unit, table: str) -> pl.DataFrame:
    keys, board = list(unit.keys[table]), BOARD.get(table)
    alive = head.filter(~pl.col("gone"))
    if unit.scope is not None:
        alive = alive.filter(pl.col("payload_sha256").is_in(list(unit.scope)))
    if board and stated.height:
        alive = alive.filter(pl.col(board).is_in(stated[board].unique().implode()))
    missing = alive.join(stated, on=keys, how="anti", nulls_equal=True)
    missing = _not_refused(missing, unit, keys)
    blank = [pl.lit(None, dtype=head.schema[name]).alias(name) for name in head.columns if name not in keys]
    return _stamped(missing.with_columns(blank).with_columns(gone=pl.lit(True)), unit, head.schema)


def _not_refused(missing: pl.DataFrame, unit: Unit, keys: list[str]) -> pl.DataFrame:
    """A row in quarantine is doubtful, not gone: its name shields every key that carries it."""
    name = keys[0]
    if unit.refused.is_empty() or missing.is_empty():
        return missing
    doubtful = unit.refused.select(pl.col("row").str.json_path_match(f"$.{name}").alias(name)).drop_nulls()
    return missing.join(doubtful.unique(), on=name, how="anti")
