"""When a payload lists too little to be believed: nothing at all, or at most half of the version before.

A complete source buries what it no longer lists. An outage on their side or a renamed key on ours would
bury everything, so a list that has suddenly shrunk is taken for what it lists and buries nothing; the next
version that lists as few confirms it, and then the others are gone. Of other sources it is only told.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

import polars as pl

from ingest.records import KEYS, Kind, Records

_ABOUT: Final = (Kind.BENCHMARK, Kind.SERIES)
"""Kinds that only say what the others speak of."""

Listing = Mapping[str, int]
"""How many rows a version listed, by table."""

LEAST_SHARE: Final = 0.5
"""A version that lists no more than this share of the one before is doubted."""

FEWEST_ROWS: Final = 10
"""Shorter lists may shrink as they like."""


def listing(parsed: Records | str) -> Listing:
    """How many rows a version listed; empty where it could not be read or listed nothing."""
    if isinstance(parsed, str):
        return {}
    return {kind.value: frame.height for kind, frame in parsed.frames.items() if frame.height}


def listed_in_bundle(bundled: Mapping[str, pl.DataFrame] | None, payloads: Set[str]) -> Listing:
    """How many rows of some payloads (by hash) stand in the bundled tables, tombstones apart."""
    if not bundled or not payloads:
        return {}
    counts = {kind.value: _alive(bundled[kind.value], payloads, KEYS[kind]) for kind in Kind}
    return {table: count for table, count in counts.items() if count}


def why_nothing(records: Records, url: str) -> str | None:
    """Why a version of which no row can be taken in must not count as an empty list; None where some can.

    A parser that has nothing to say of a payload by design returns no frames, and that is no fault.
    What a benchmark or a series is does not count: some sources state it in their own file.
    """
    said = {kind: frame for kind, frame in records.frames.items() if kind not in _ABOUT} or records.frames
    if not said or any(frame.height for frame in said.values()):
        return None
    if records.refused.is_empty():
        return f"{url} holds no rows; what is stored stays. Open it to see whether it has moved or changed"
    reasons = records.refused["reason"].value_counts(sort=True)
    return (
        f"{url}: not one of {records.refused.height:,} rows could be taken in, most often because "
        f"{reasons['reason'][0]} ({reasons['count'][0]:,}); what is stored stays"
    )


def why_doubtful(records: Records, before: Listing, url: str, *, complete: bool) -> str | None:
    """Why a version must not bury what it does not list, and is to be looked at; None where all is well."""
    shrunk = [
        f"{frame.height:,} rows of {kind.value} where the version before listed {before[kind.value]:,}"
        for kind, frame in records.frames.items()
        if before.get(kind.value, 0) >= FEWEST_ROWS and frame.height <= LEAST_SHARE * before[kind.value]
    ]
    if not shrunk:
        return None
    told = f"{url} lists only {' and '.join(shrunk)}: these are taken in"
    if not complete:
        return f"{told}; look whether the list was cut or has moved"
    return f"{told}, but the others are not taken for gone unless the next version lists as few"


def _alive(rows: pl.DataFrame, payloads: Set[str], keys: tuple[str, ...]) -> int:
    stated = rows.filter(pl.col("payload_sha256").is_in(list(payloads)))
    last = stated.sort("observed_at").unique(list(keys), keep="last")
    return last.filter(~pl.col("gone")).height
