"""Claims of lists that date their prices: the newest timeline counts, and what it has taken back does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from ingest.prices.claims import PRICES, Known, Place, claim, said
from ingest.prices.readings import last_before

_DAY: Final = timedelta(days=1)
_OBSERVED_AT: Final = frozenset({"github.com", "raw.githubusercontent.com", "gitlab.com"})
"""A link there shows when somebody noted a price, not since when it was asked."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a timeline, up to the day before the next; `goes_on`: it repeats the price before."""

    row: dict[str, Any]
    to_on: date
    is_first: bool
    still_said: bool
    goes_on: bool


def of_timeline(
    rows: Sequence[dict[str, Any]], days: Sequence[date], home: str | None, *, is_removed: bool = False
) -> Iterator[dict[str, Any]]:
    """The claims of one name in one list, which was read on `days`, and that it ended where the name is gone.

    home        the list's own host, a link to which dates nothing; None where all its dates are readings
    is_removed  the list says that the name is no longer offered, without a day: its last price was asked when
                it began, and was not asked any more when the list was last read
    """
    gone_at = _gone_at(rows)
    kept = _newest_timeline([row for row in rows if gone_at is None or row["observed_at"] < gone_at])
    if not kept:
        return
    noted_on = kept[-1]["observed_at"].date()
    read_to = max(last_before(days, gone_at.date() if gone_at else None) or noted_on, noted_on)
    for step in _steps(kept, read_to, is_over=gone_at is not None):
        is_last = step.row is kept[-1]
        yield from _of_removed(step, days, home) if is_removed and is_last else _of_step(step, days, home)
    if is_removed and gone_at is None:
        blank = {**kept[-1], **dict.fromkeys(PRICES)}
        yield claim(blank, Known.GONE, read_to, read_to, Place(is_first=False, still_said=True))
    if gone_at is not None:
        blank = {**kept[-1], **dict.fromkeys(PRICES), "observed_at": gone_at}
        place = Place(is_first=False, still_said=True, before_on=read_to)
        yield claim(blank, Known.GONE, gone_at.date(), days[-1], place)


def _steps(kept: Sequence[dict[str, Any]], read_to: date, *, is_over: bool) -> Iterator[_Step]:
    for at, row in enumerate(kept):
        follows = kept[at + 1]["valid_on"] if at + 1 < len(kept) else None
        yield _Step(
            row,
            to_on=read_to if follows is None else min(follows - _DAY, read_to),
            is_first=at == 0,
            still_said=follows is None and not is_over,
            goes_on=at > 0 and said(kept[at - 1]) == said(row),
        )


def _of_step(step: _Step, days: Sequence[date], home: str | None) -> Iterator[dict[str, Any]]:
    row, began, read_on = step.row, step.row["valid_on"], step.row["observed_at"].date()
    place = Place(step.is_first, step.still_said)
    if began is None:
        yield claim(row, Known.LAUNCH, date.min, min(step.to_on, read_on), place)
        if read_on <= step.to_on:
            yield claim(row, Known.SEEN, read_on, step.to_on, place)
        return
    if not step.is_first:
        place = Place(is_first=False, still_said=step.still_said, before_on=began - _DAY)
    if began <= step.to_on:
        ahead = read_on < began and not any(day >= began for day in days if day > read_on)
        known = Known.SEEN if step.goes_on else _evidence(row["url"], home)
        yield claim(row, Known.ANNOUNCED if ahead else known, began, step.to_on, place)
    elif step.still_said:
        yield claim(row, Known.ANNOUNCED, began, began, place)


def _of_removed(step: _Step, days: Sequence[date], home: str | None) -> Iterator[dict[str, Any]]:
    """The claims of the last price of a name that was removed on an unknown day: of its beginning only."""
    began = step.row["valid_on"]
    short = replace(step, to_on=began or step.to_on, still_said=False)
    for found in _of_step(short, days, home):
        if began is not None or found["known"] == Known.LAUNCH:
            yield found


def _evidence(url: str | None, home: str | None) -> Known:
    host = urlsplit(url or "").hostname or ""
    is_reading = home is None or not host or host == home or host in _OBSERVED_AT
    return Known.SEEN if is_reading else Known.STATED


def _gone_at(rows: Sequence[dict[str, Any]]) -> datetime | None:
    """When the list had nothing of the name any more, None where it still has."""
    newest = {row["valid_on"]: row for row in rows}
    if all(row["gone"] for row in newest.values()):
        at: datetime = max(row["observed_at"] for row in newest.values())
        return at
    return None


def _newest_timeline(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The step of each start as it was said last, those taken back left out; undated first.

    The day on which a price was first read is kept where only its link or its cache has changed since.
    """
    newest: dict[date | None, dict[str, Any]] = {}
    for row in rows:
        before = newest.get(row["valid_on"])
        repeats = before is not None and said(before) == said(row)
        newest[row["valid_on"]] = {**row, "observed_at": before["observed_at"]} if before and repeats else row
    alive = [row for row in newest.values() if not row["gone"]]
    return sorted(alive, key=lambda row: row["valid_on"] or date.min)
