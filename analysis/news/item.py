"""One piece of news as a row, its identity, and between which days it happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import polars as pl

from analysis.amounts import in_words

GAP: Final = timedelta(days=31)
"""A list that was not read for longer says by its next reading what is, never what is new."""

_ID_LENGTH: Final = 16


class NewsKind(StrEnum):
    """What sort of news, a closed list, in the order of weight."""

    LEADER = "leader"
    LOW = "low"
    VERDICT = "verdict"
    MODEL = "model"
    PRICE = "price"
    RECORD = "record"
    HORIZON = "horizon"
    SHUTDOWN = "shutdown"
    HOST_PRICE = "host-price"
    POST = "post"
    CHANGE_LOG = "change-log"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True)
class When:
    """Between which days something happened: after the one (None where the day is stated), by the other."""

    after: date | None
    on: date

    @property
    def words(self) -> str:
        """How the day is known, as it stands in `evidence`."""
        if self.after is None:
            return "day stated"
        if self.after + timedelta(days=1) == self.on:
            return "seen on the day"
        first = in_words(self.after)
        if self.after.year == self.on.year:
            first = first.removesuffix(f" {self.after.year}")
        return f"between {first} and {in_words(self.on)}"


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the table `news`; its migration says what each column means."""

    news_id: str
    kind: str
    happened_after: date | None
    happened_on: date
    known_at: datetime
    is_late: bool
    headline: str
    changes: str | None
    organization: str | None
    model_id: str | None
    subject: str | None
    before: float | None
    after: float | None
    unit: str | None
    evidence: str
    source_id: str | None
    url: str | None
    payload_sha256: str | None
    about_on: date | None = None


SCHEMA: Final = pl.Schema(
    {field.name: pl.String for field in fields(Item)}
    | {
        "happened_after": pl.Date,
        "happened_on": pl.Date,
        "known_at": pl.Datetime("us", "UTC"),
        "is_late": pl.Boolean,
        "before": pl.Float64,
        "after": pl.Float64,
        "about_on": pl.Date,
    }
)


def identity(kind: NewsKind, *what: object) -> str:
    """The same for the same happening, whenever and from whatever order of payloads it is computed."""
    return sha256(repr((kind.value, *map(str, what))).encode()).hexdigest()[:_ID_LENGTH]


def between(read_before: datetime | None, known_at: datetime, not_before: date | None = None) -> When | None:
    """When what a list shows for the first time came about; None where that is no news.

    read_before  the reading before the one that shows it: None for the first of all, which says only what is
    not_before   the first day on which it could be, where that is known: a score is not before its model
    """
    if read_before is None:
        return None
    on, after = known_at.date(), read_before.date()
    if not_before is not None:
        after = max(after, not_before - timedelta(days=1))
    after = min(after, on - timedelta(days=1))
    return When(after, on) if on - after <= GAP else None


def is_late(when: When, known_at: datetime, read_before: datetime | None) -> bool:
    """Whether the evidence came in with others of older days, so that nobody should be told of it as new."""
    return read_before is None or known_at.date() - when.on > GAP


def told(
    kind: NewsKind,
    row: Mapping[str, Any],
    when: When,
    key: Sequence[object],
    said: tuple[str, str | None],
    *,
    subject: str | None = None,
    figures: tuple[float | None, float | None, str] | None = None,
    basis: str = "",
) -> Item:
    """A piece of news from the row that says so.

    row      with known_at, read_before, organization, model_id, source_id, source_title, url, payload_sha256
    key      what makes it the same happening, beside its kind
    said     the headline, and what it changes
    figures  before, after, and their unit
    basis    how it is known, where the source's name and the days do not say it
    """
    before, after, unit = figures or (None, None, None)
    source = row["source_title"] or row["source_id"]
    return Item(
        news_id=identity(kind, *key),
        kind=kind,
        happened_after=when.after,
        happened_on=when.on,
        known_at=row["known_at"],
        is_late=is_late(when, row["known_at"], row["read_before"]),
        headline=said[0],
        changes=said[1] or None,
        organization=row["organization"],
        model_id=row["model_id"],
        subject=subject,
        before=before,
        after=after,
        unit=unit,
        evidence=", ".join(filter(None, (source, basis, when.words))),
        source_id=row["source_id"],
        url=row["url"],
        payload_sha256=row["payload_sha256"],
    )


def as_table(items: Iterable[Item]) -> pl.DataFrame:
    """The rows, each happening once: as it was known first."""
    rows = pl.DataFrame([asdict(item) for item in items], schema=SCHEMA)
    first = rows.sort("known_at", "happened_on", "source_id", "payload_sha256", nulls_last=True)
    return first.unique("news_id", keep="first", maintain_order=True).sort("happened_on", "news_id")
