"""On which days each price list was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True, slots=True)
class Readings:
    """On which days each list was read, oldest first, by (source_id, url), and by source_id for the whole."""

    by_address: Mapping[tuple[str, str], Sequence[date]]
    by_source: Mapping[str, Sequence[date]]
    one_list: frozenset[str]
    """Sources whose addresses follow one another: each is the whole list, not a part of it."""

    def began(self, source_id: str) -> date:
        """The first day on which a list was read; the first of all days for one of which nothing is known."""
        return next(iter(self.by_source.get(source_id, ())), date.min)

    def of(self, source_id: str, urls: set[str]) -> Sequence[date]:
        """The days on which the list that stands under some addresses was read."""
        if source_id in self.one_list:
            return self.by_source.get(source_id, ())
        return sorted({day for url in urls for day in self.by_address.get((source_id, url), ())})


def readings(payloads: pl.DataFrame, one_list: frozenset[str]) -> Readings:
    """`payloads`: source_id, url, as_of of every payload that could be read."""
    days = payloads.select("source_id", "url", day=pl.col("as_of").dt.date()).unique().sort("day")
    by_address = {
        (str(source), str(url)): part["day"].to_list()
        for (source, url), part in days.partition_by("source_id", "url", as_dict=True).items()
    }
    by_source = {
        str(source): part["day"].unique().sort().to_list()
        for (source,), part in days.partition_by("source_id", as_dict=True).items()
    }
    return Readings(by_address, by_source, one_list)


def last_before(days: Sequence[date], until: date | None, at_least: date | None = None) -> date | None:
    """The last day of reading before `until` (the last of all without), not before `at_least`."""
    earlier = [day for day in days if until is None or day < until]
    last = earlier[-1] if earlier else None
    if at_least is not None:
        return max(last, at_least) if last else at_least
    return last
