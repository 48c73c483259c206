"""Claims of lists that only say what is asked now: a spell for each price, from sighting to sighting.

A list that is read again and again says its price on each day between two sightings of it, and of the days
between two different sightings it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from ingest.prices.claims import PRICES, Known, Place, claim, said
from ingest.prices.readings import last_before


def of_sightings(rows: Sequence[dict[str, Any]], days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """The claims of one name in one list; `rows` in the order in which they were read, on some of `days`."""
    spells = _merged(rows)
    for at, (row, began) in enumerate(spells):
        until = spells[at + 1][1] if at + 1 < len(spells) else None
        place = Place(is_first=at == 0, still_said=until is None, before_on=last_before(days, began))
        known = Known.GONE if row["gone"] else Known.SEEN
        yield claim(row, known, began, last_before(days, until) or began, place)


def dated_readings(stated: pl.DataFrame) -> dict[str, list[date]]:
    """The days of reading of lists that date all their rows and link none: their dates are no starts."""
    by_source = stated.group_by("source_id").agg(
        is_dated=pl.col("valid_on").is_not_null().all(),
        is_linked=(pl.col("url").is_not_null() & ~pl.col("gone")).any(),
        days=pl.col("valid_on").filter(~pl.col("gone")).unique().sort(),
    )
    kept = by_source.filter("is_dated", ~pl.col("is_linked"))
    return dict(kept.select("source_id", "days").iter_rows())


def of_dated_readings(rows: Sequence[dict[str, Any]], days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """Claims of a list that dates its own readings: a name that a reading lacks was not listed then."""
    newest = {row["valid_on"]: row for row in rows}
    steps = {day: row for day, row in newest.items() if not row["gone"]}
    told: list[dict[str, Any]] = []
    for day in days:
        row = steps.get(day)
        if row is not None:
            told.append({**row, "read_on": day})
        elif told and not told[-1]["gone"]:
            told.append({**told[-1], **dict.fromkeys(PRICES), "gone": True, "read_on": day})
    yield from of_sightings(told, days)


def _merged(rows: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], date]]:
    """The rows at which the price changes (not its link or its cache), each with its day."""
    spells: list[tuple[dict[str, Any], date]] = []
    for row in rows:
        if spells and said(spells[-1][0]) == said(row):
            continue
        if row["gone"] and not spells:
            continue
        began = row.get("read_on") or row["observed_at"].date()
        if spells and spells[-1][1] == began:
            spells.pop()
        spells.append((row, began))
    return spells
