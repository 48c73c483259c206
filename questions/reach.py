"""The day up to which the rows of a chart reach: each by its own evidence, never by the day asked for."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

REACHES_TO: Final = "reaches_to"
"""The column that `reaching` gives."""

_CONFIRMED: Final = ("last_confirmed_on", "held_from")
_HAPPENED: Final = ("valid_on", "measured_on", "run_on", "day", "published_on")
_ANNOUNCED: Final = ("happened_on",)
_SEEN: Final = ("observed_at", "known_at", "known_on", "seen_on")
_RELEASED: Final = ("released_on",)


def reaching(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """The sources of rows, where they name any, and the last day (`reaches_to`) of which each row knows.

    A price is as new as it was last confirmed, and whatever else has a day of its own, say a point of a
    series, is of that day. News that were read before their day, of a shutdown to come, are of the day on
    which they were read. A score is of the day on which it was seen, or of its model's release where the
    archive saw it only after `on`. Null where a row knows no day by `on`.
    """
    if REACHES_TO in rows.columns:
        found = pl.col(REACHES_TO)
    elif "last_confirmed_on" in rows.columns:
        found = _first(rows, _CONFIRMED)
    else:
        seen = _first(rows, _SEEN)
        by_then = pl.when(seen <= on).then(seen)
        read = pl.min_horizontal(_first(rows, _ANNOUNCED), by_then)
        found = pl.coalesce(_first(rows, _HAPPENED), read, _first(rows, _RELEASED))
    sources = [name for name in ("source_id", "for_sources") if name in rows.columns]
    return rows.select(*sources, pl.when(found <= on).then(found).alias(REACHES_TO))


def newest_day(rows: pl.DataFrame, on: date, *others: pl.DataFrame) -> date | None:
    """The last day of which any of the rows knows, none later than `on`; None where none has a day."""
    newest = [reaching(frame, on)[REACHES_TO].max() for frame in (rows, *others)]
    return max((day for day in newest if isinstance(day, date)), default=None)


def _first(rows: pl.DataFrame, names: tuple[str, ...]) -> pl.Expr:
    """The first of these columns that says a day in a row."""
    days = [pl.col(name).cast(pl.Date) for name in names if rows.schema.get(name) in (pl.Date, pl.Datetime)]
    return pl.coalesce(*days) if days else pl.lit(None, pl.Date)
