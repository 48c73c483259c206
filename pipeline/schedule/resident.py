"""The resident refresher: a process that imports once, stays, and refreshes what is due.

`keeper.py` starts it and starts it again. It ends by itself when its keeper is gone (its standard input
ends), when another process on the same home schedules already, and when it has grown: what a refresh left in
memory is then given back, and the next process goes on by the ledger.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from config import Settings, load_settings
from errors import ExpectedError
from logs import start_logging

if TYPE_CHECKING:
    from pipeline.notify.send import Notifier
    from pipeline.take_in import Outcome

LOCK: Final = "schedule.lock"
STANDBY: Final = 75
"""Exit code where another process schedules: nothing is wrong, and this one may be needed later."""
RENEW: Final = 76
"""Exit code of a process that has grown and wants to be started anew."""

LOOK_SECONDS: Final = 1.0
BEAT_SECONDS: Final = 10.0
NOTIFY_SECONDS: Final = 60.0
TIDY_LOOK_SECONDS: Final = 600.0
TOLD_ONE_BY_ONE: Final = 3

_log = logging.getLogger("hypecurve.schedule")


def main() -> None:
    """Refresh what is due until told to stop."""
    settings = load_settings()
    start_logging(settings.log_format)
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        sys.exit(STANDBY)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the keeper, which ends us
    threading.Thread(target=_end_with_keeper, name="keeper", daemon=True).start()
    try:
        sys.exit(Resident(settings).stay())
    except ExpectedError as error:
        _log.error("%s", error)
        sys.exit(1)


class Resident:
    """Ticks, beats, and says when it should be renewed."""

    def __init__(self, settings: Settings) -> None:
        from ingest.fetch.client import Limits
        from ingest.fetch.politeness import Clock, Politeness
        from ingest.registry import load_sources
        from pipeline.schedule.schedule import Schedule
        from store.store import store_of

        self._settings = settings
        self._store = store_of(settings)
        self._ledger = self._store.ledger()
        self._tidy_at = time.monotonic() + TIDY_LOOK_SECONDS
        self._started_at = datetime.now(UTC)
        self._running: tuple[str, ...] = ()
        self._run_since: datetime | None = None
        self._manners = Politeness(Limits().seconds_between_requests, Clock())
        self._schedule = Schedule(
            lambda: load_sources(settings.sources_folder),
            self._ledger,
            self.refresh,
            settings.sources_folder,
            os.environ,
        )
        self._notifier = _notifier(settings)
        self._looked_at = 0.0
        self._stop = threading.Event()

    def stay(self) -> int:
        """Tick until this process has grown; the exit code."""
        self._beat()
        beats = threading.Thread(target=self._beat_on, name="beat", daemon=True)
        beats.start()
        try:
            self._begin()
            while True:
                ran = self._schedule.tick()
                self._notify(at_once=ran)
                if not ran:
                    self._tidy()
                    self._stop.wait(LOOK_SECONDS)
                elif megabytes() > self._settings.refresh_megabytes / 2:
                    _log.info("The refresher has grown to %.0f MB and starts anew.", megabytes())
                    return RENEW
        finally:
            self._stop.set()
            beats.join()

    def _begin(self) -> None:
        """On a first start load the bundled data, so that readers have something to read at once.

        Where that cannot be done now, another one is at it, say, the first refresh does it.
        """
        from pipeline.refresh import start_with_bundle
        from store.snapshot import NoSnapshotError
        from store.trouble import StorageError

        try:
            try:
                self._store.latest()
            except (NoSnapshotError, StorageError):  # none yet, or none that is whole
                start_with_bundle(self._settings)
        except ExpectedError as error:
            _log.warning("%s", error)

    def refresh(self, source_ids: Sequence[str]) -> Sequence[Outcome]:
        """One refresh, with a line in the log."""
        from pipeline.refresh import refresh

        self._running, self._run_since = tuple(source_ids), datetime.now(UTC)
        self._beat()
        try:
            outcomes = refresh(self._settings, source_ids, trigger="schedule", manners=self._manners)
            _tell(outcomes, (datetime.now(UTC) - self._run_since).total_seconds())
            return outcomes
        finally:
            self._running, self._run_since = (), None

    def _notify(self, *, at_once: bool) -> None:
        """Tell people what there is to tell: after each refresh, and every minute."""
        if self._notifier is None or not (at_once or time.monotonic() - self._looked_at > NOTIFY_SECONDS):
            return
        self._looked_at = time.monotonic()
        try:
            self._notifier.look(datetime.now(UTC))
        except Exception:  # noqa: BLE001 - no fault of notices may cost a refresh
            _log.exception("It could not be looked whether somebody is to be told something.")

    def _tidy(self) -> None:
        """Let the store tidy up, looked at now and then; what goes wrong is told and costs nothing else."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_LOOK_SECONDS
        try:
            self._store.tidy(datetime.now(UTC))
        except ExpectedError as error:
            _log.warning("The store could not be tidied: %s", error)

    def _beat_on(self) -> None:
        from store.trouble import StorageError

        while not self._stop.wait(BEAT_SECONDS):
            try:
                self._beat()
                self._ledger.hold(datetime.now(UTC))
            except StorageError:
                _log.exception("The beat of the refresher could not be noted.")

    def _beat(self) -> None:
        from store.beat import Beat, note_beat

        now, paused = datetime.now(UTC), self._ledger.paused()
        beat = Beat(
            os.getpid(),
            self._started_at,
            now,
            self._running,
            self._run_since,
            sum(at <= now and name not in paused for name, at in list(self._schedule.due.items())),
            megabytes(),
            self._schedule.network.offline_since,
            home=str(self._settings.home),
        )
        note_beat(self._ledger, beat)


def _notifier(settings: Settings) -> Notifier | None:
    if not settings.notify:
        return None
    from pipeline.notify.send import Notifier

    return Notifier(settings)


def megabytes() -> float:
    """The memory that this process holds now; where the system does not say, the most that it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    except (OSError, ValueError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1e6 if sys.platform == "darwin" else 1e3)


def _tell(outcomes: Sequence[Outcome], seconds: float) -> None:
    counts = Counter(item.status.value for item in outcomes)
    said = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    _log.info("Refreshed in %.0f s: %s.", seconds, said)
    offline = sum(item.offline for item in outcomes)
    if offline > TOLD_ONE_BY_ONE:
        _log.warning("%d sources could not be reached.", offline)
    for item in outcomes:
        if item.status.value == "failed" and not (item.offline and offline > TOLD_ONE_BY_ONE):
            _log.warning("%s failed: %s", item.source_id, item.message)


def _end(_signal: int, _frame: FrameType | None) -> None:
    """End at once, whatever is being done: each step of a refresh can be broken off, and loses nothing."""
    os._exit(0)


def _end_with_keeper() -> None:
    while os.read(0, 1):  # not through `sys.stdin`, whose lock would abort the interpreter's own end
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
