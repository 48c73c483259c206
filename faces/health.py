"""Whether this server does its work: for a person, a load balancer and a container's health check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from config import Settings
from faces.current import current_snapshot
from store.beat import MISSING_AFTER, Beat, beats, is_of_late, lives
from store.ledger import Ledger
from store.snapshot import NoSnapshotError, Snapshot
from store.store import store_of
from store.trouble import StorageError


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, in words, if anything; and what the words rest on.

    refreshed_at  when a source was last refreshed successfully, else when the data shown were published
    beat          of the process that schedules here, else the newest
    away_since    since when the store of a team has not answered, so that its last copy is shown
    machines      every process that schedules, the newest sign of life first, and whether it lives
    """

    faults: tuple[str, ...]
    snapshot: Snapshot | None = None
    refreshed_at: datetime | None = None
    beat: Beat | None = None
    away_since: datetime | None = None
    machines: tuple[tuple[Beat, bool], ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        said: dict[str, Any] = {"status": "failing" if self.faults else "ok", "faults": list(self.faults)}
        if self.snapshot:
            said["snapshot"] = self.snapshot.id
            said["published_at"] = self.snapshot.published_at.isoformat()
        if self.refreshed_at:
            said["refreshed_at"] = self.refreshed_at.isoformat()
        if self.away_since:
            said["store_away_since"] = self.away_since.isoformat()
        if self.beat:
            said["scheduler"] = _about(self.beat)
            said["machines"] = [
                {"machine": beat.machine, "alive": alive} | _about(beat) for beat, alive in self.machines
            ]
        return said


def _about(beat: Beat) -> dict[str, Any]:
    return {
        "process": beat.process,
        "seen_at": beat.beat_at.isoformat(),
        "running": list(beat.running),
        "waiting": beat.waiting,
        "offline_since": beat.offline_since.isoformat() if beat.offline_since else None,
    }


def health(settings: Settings, started_at: datetime, now: datetime | None = None) -> Health:
    """How things stand; `started_at` is when this process began to serve (aware UTC)."""
    now = now or datetime.now(UTC)
    try:
        snapshot = current_snapshot(settings)
    except (NoSnapshotError, StorageError) as error:
        return Health((str(error),))
    store = store_of(settings)
    try:
        ledger = store.ledger()
        known, refreshed_at = beats(ledger), _refreshed_at(ledger)
        machines = tuple((beat, lives(ledger, beat, now)) for beat in known)
        agreed = ledger.agreed(now)
    except StorageError as error:
        return Health((str(error),), snapshot)
    beat = next((beat for beat in known if beat.is_of(settings.home)), None)
    away, shown_since = store.away_since(), refreshed_at or snapshot.published_at
    watched = beat if settings.schedule else next(iter(known), None)
    # While the store is away no sign of life can be read, and nobody is known to be gone.
    faults = [] if away else _scheduler(settings, watched, started_at + (agreed - now), agreed)
    faults += _age(settings, shown_since, now)
    return Health(tuple(faults), snapshot, shown_since, watched or next(iter(known), None), away, machines)


def _scheduler(settings: Settings, beat: Beat | None, started_at: datetime, now: datetime) -> list[str]:
    """Where this server, or another program on this home, is to schedule, somebody must be alive.

    beat  of who schedules for this server; where it does not, of whoever gave the last sign of life
    """
    if beat is None:
        late = settings.schedule and now - started_at > MISSING_AFTER
        return ["Nobody refreshes the sources: the scheduler has not started."] if late else []
    if is_of_late(beat.beat_at, now) or (settings.schedule and is_of_late(started_at, now)):
        return []
    return [f"The scheduler is gone: its last sign of life was on {beat.beat_at:%Y-%m-%d at %H:%M:%S} UTC."]


def _age(settings: Settings, refreshed_at: datetime, now: datetime) -> list[str]:
    span = timedelta(hours=settings.stale_after_hours)
    if refreshed_at - now > span:
        return [
            f"The clock was set back: the newest refresh was on {refreshed_at:%Y-%m-%d}, and now it is "
            f"{now:%Y-%m-%d}. How old the data are cannot be told before a source is refreshed at that time."
        ]
    if now - refreshed_at <= span:
        return []
    return [
        f"The data are too old: no source was refreshed since {refreshed_at:%Y-%m-%d %H:%M} UTC, and "
        f"stale_after_hours is {settings.stale_after_hours:g}."
    ]


def _refreshed_at(ledger: Ledger) -> datetime | None:
    newest: datetime | None = ledger.health()["last_success_at"].max()  # type: ignore[assignment]
    return newest
