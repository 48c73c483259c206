"""The beat of a process that schedules: by it all others know that it lives, and what it is doing.

It stands in the ledger, since a dashboard, a command and the process itself may be three programs, and those
of a team may run on several machines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from store.ledger import DIED, Ledger
from store.machine import MACHINE

ENDINGS_KEPT: Final = 50
MISSING_AFTER: Final = timedelta(seconds=60)
"""A process that beats every ten seconds and has not for so long is gone."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a process that schedules said last; instants are aware UTC.

    running        sources of the refresh under way, `run_since` when that began
    waiting        how many sources are due and have not begun
    megabytes      of memory that the process holds
    offline_since  since when no server could be reached
    machine, home  where it runs: one of them schedules a home
    """

    process: int
    started_at: datetime
    beat_at: datetime
    running: tuple[str, ...] = ()
    run_since: datetime | None = None
    waiting: int = 0
    megabytes: float = 0.0
    offline_since: datetime | None = None
    machine: str = MACHINE
    home: str = ""

    def is_of(self, home: Path) -> bool:
        """Whether it is that of the process that schedules a home of this machine."""
        return (self.machine, self.home) == (MACHINE, str(home))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process that schedules ended though nobody had asked it to."""

    process: int
    ended_at: datetime
    code: int
    said: str


def note_beat(ledger: Ledger, beat: Beat) -> None:
    """Say that the process lives."""
    values = {
        "machine": beat.machine,
        "home": beat.home,
        "process": beat.process,
        "started_at": _text(ledger, beat.started_at),
        "beat_at": _text(ledger, beat.beat_at),
        "running": json.dumps(beat.running),
        "run_since": _text(ledger, beat.run_since),
        "waiting": beat.waiting,
        "megabytes": beat.megabytes,
        "offline_since": _text(ledger, beat.offline_since),
    }
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    again = ", ".join(f"{name} = excluded.{name}" for name in values)
    sql = f"INSERT INTO beat ({names}) VALUES ({marks}) ON CONFLICT (machine, home) DO UPDATE SET {again}"
    ledger.write(sql, list(values.values()))


def beats(ledger: Ledger) -> list[Beat]:
    """The last beat of each home that schedules, the newest first; one that ended as asked to has none."""
    return [
        Beat(
            row["process"],
            datetime.fromisoformat(row["started_at"]),
            datetime.fromisoformat(row["beat_at"]),
            tuple(json.loads(row["running"])),
            _instant(row["run_since"]),
            row["waiting"],
            row["megabytes"],
            _instant(row["offline_since"]),
            row["machine"],
            row["home"],
        )
        for row in ledger.rows("SELECT * FROM beat ORDER BY beat_at DESC, machine, home")
    ]


def last_beat(ledger: Ledger) -> Beat | None:
    """The newest beat; None where no process ever scheduled here, or all ended as they were asked to."""
    return next(iter(beats(ledger)), None)


def beat_of(ledger: Ledger, process: int) -> Beat | None:
    """The beat of a process of this machine."""
    found = (beat for beat in beats(ledger) if (beat.machine, beat.process) == (MACHINE, process))
    return next(found, None)


def lives(ledger: Ledger, beat: Beat, now: datetime) -> bool:
    """Whether a beat is of late."""
    return is_of_late(beat.beat_at, ledger.agreed(now))


def is_of_late(instant: datetime, now: datetime) -> bool:
    """Whether something was just now; what lies ahead was not: the clock was set back since."""
    return abs(now - instant) <= MISSING_AFTER


def is_alive(ledger: Ledger, now: datetime) -> bool:
    """Whether a process that schedules, on whichever machine, has given a sign of life lately."""
    return any(lives(ledger, beat, now) for beat in beats(ledger))


def forget_beat(ledger: Ledger, process: int) -> None:
    """A process of this machine that ends as it was asked to is not missed."""
    ledger.write("DELETE FROM beat WHERE process = ? AND machine = ?", [process, MACHINE])


def note_ending(ledger: Ledger, ending: Ending) -> None:
    """Keep how a process ended and what it said last; the oldest endings are forgotten."""
    values = [ending.process, ledger.written(ending.ended_at), ending.code, ending.said]
    ledger.write("INSERT INTO ending VALUES (?, ?, ?, ?)", values)
    newest = "SELECT rowid FROM ending ORDER BY rowid DESC LIMIT ?"
    ledger.write(f"DELETE FROM ending WHERE rowid NOT IN ({newest})", [ENDINGS_KEPT])


def endings(ledger: Ledger) -> list[Ending]:
    """How processes ended though nobody had asked them to, the newest first."""
    return [
        Ending(row["process"], datetime.fromisoformat(row["ended_at"]), row["code"], row["said"])
        for row in ledger.rows("SELECT * FROM ending ORDER BY rowid DESC")
    ]


def suspects(ledger: Ledger) -> frozenset[str]:
    """Sources whose last run ended with the process that did it: one of them may be why it did."""
    sql = """
        SELECT run.source_id FROM run
        JOIN (SELECT source_id, max(run_id) AS run_id FROM run GROUP BY source_id) newest USING (run_id)
        WHERE run.status = 'failed' AND run.error LIKE ?
    """
    return frozenset(row["source_id"] for row in ledger.rows(sql, [f"{DIED}%"]))


def _text(ledger: Ledger, instant: datetime | None) -> str | None:
    return ledger.written(instant) if instant else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
