"""Which events a rule has noted and sent: in the ledger, so that each is sent once whatever restarts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from store.ledger import Ledger

KEPT: Final = timedelta(days=400)
"""An event that was sent is remembered for so long: none comes back after that."""


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that a rule has noted."""

    event_id: str
    title: str
    body: str
    noted_at: datetime


def is_new(ledger: Ledger, rule: str) -> bool:
    """Whether a rule has never noted anything: then what has happened before is not news to anybody."""
    return not ledger.rows("SELECT 1 FROM notice WHERE rule = ? LIMIT 1", [rule])


def note(ledger: Ledger, rule: str, notices: Iterable[Notice], sent_at: datetime | None = None) -> None:
    """Note events; those that a rule has noted before stay as they are. With `sent_at` nobody is told."""
    for item in notices:
        ledger.write(
            "INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [rule, item.event_id, _text(item.noted_at), item.title, item.body, _text(sent_at)],
        )


def noted(ledger: Ledger, rule: str, event_id: str) -> bool:
    """Whether a rule has noted an event."""
    return bool(ledger.rows("SELECT 1 FROM notice WHERE rule = ? AND event_id = ?", [rule, event_id]))


def waiting(ledger: Ledger, rule: str) -> list[Notice]:
    """What a rule has noted and not sent, in the order in which it happened."""
    sql = "SELECT * FROM notice WHERE rule = ? AND sent_at IS NULL ORDER BY noted_at, event_id"
    return [
        Notice(row["event_id"], row["title"], row["body"], datetime.fromisoformat(row["noted_at"]))
        for row in ledger.rows(sql, [rule])
    ]


def last_sent(ledger: Ledger, rule: str) -> datetime | None:
    """When a rule sent something last."""
    (row,) = ledger.rows("SELECT max(sent_at) AS at FROM notice WHERE rule = ? AND title <> ''", [rule])
    return datetime.fromisoformat(row["at"]) if row["at"] else None


def mark_sent(ledger: Ledger, rule: str, notices: Iterable[Notice], now: datetime) -> None:
    """Note that they were sent, and forget those of more than a year ago."""
    for item in notices:
        sql = "UPDATE notice SET sent_at = ? WHERE rule = ? AND event_id = ?"
        ledger.write(sql, [_text(now), rule, item.event_id])
    ledger.write("DELETE FROM notice WHERE rule = ? AND sent_at < ?", [rule, _text(now - KEPT)])


def _text(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat(timespec="microseconds") if instant else None
