"""When each source is refreshed. What a refresh is comes in as an argument.

Timers only leave wishes in the ledger; one loop takes wishes, whoever left them, and runs them together. So
"run now" works whichever process schedules, and two sources that fall due together share one refresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from ingest.cadence import CadenceError, trigger_of
from ingest.source import Source
from store.ledger import Ledger, Request, Status, Wish
from store.warehouse import Loaded

Run = Callable[[list[str]], None]
"""Refreshes the named sources; called from one thread at a time."""

POLL_SECONDS: Final = 2
FIRST_RUN_STAGGER: Final = timedelta(seconds=5)


class Schedule:
    """Timers of all sources and the loop that takes wishes; `start` and `stop` it with the process."""

    def __init__(self, sources: Iterable[Source], ledger: Ledger, run: Run) -> None:
        self._sources = {source.id: source for source in sources if source.enabled}
        self._ledger = ledger
        self._run = run
        self._guard = Lock()
        self._wanted: set[str] = set()
        self._worker: Thread | None = None
        self._timers = BackgroundScheduler(
            jobstores={"default": MemoryJobStore(), "polling": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(4)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self, now: datetime) -> None:
        """Set a timer for each source, due ones first, and begin to take wishes."""
        self._timers.start(paused=True)
        self._set_timers(now)
        self._timers.add_job(
            self._take_wishes, IntervalTrigger(seconds=POLL_SECONDS), id="take wishes", jobstore="polling"
        )
        self._timers.resume()

    def stop(self) -> None:
        """Stop the timers; a refresh under way in a process of its own goes on to its end."""
        self._timers.shutdown(wait=False)

    def _set_timers(self, now: datetime) -> None:
        health = {row["source_id"]: row for row in self._ledger.health().iter_rows(named=True)}
        cadences, paused = self._ledger.cadences(), self._ledger.paused()
        for position, source in enumerate(self._sources.values()):
            trigger = self._trigger(source, cadences.get(source.id), now)
            if trigger is None:
                continue
            last = health.get(source.id, {}).get("last_success_at")
            at = next_run(trigger, last, now) + position * FIRST_RUN_STAGGER / max(len(self._sources), 1)
            job = self._timers.add_job(
                self._leave_wish, trigger, args=[source.id], id=source.id, next_run_time=at
            )
            if source.id in paused:
                job.pause()
        self._note_next_runs()

    def _trigger(self, source: Source, chosen: str | None, now: datetime) -> BaseTrigger | None:
        """By the cadence that a person chose, else the source's own; an unreadable one is a failed run."""
        for cadence in filter(None, (chosen, source.cadence)):
            try:
                return trigger_of(cadence)
            except CadenceError as error:
                run = self._ledger.start(source.id, "schedule", now)
                self._ledger.finish(run, Status.FAILED, now, Loaded(), error=str(error))
        return None

    def _leave_wish(self, source_id: str) -> None:
        """What a timer does: ask for a run."""
        self._ledger.ask(source_id, Wish.RUN, datetime.now(UTC))

    def _take_wishes(self) -> None:
        requests = self._ledger.take_requests(datetime.now(UTC))
        for request in requests:
            self._obey(request)
        asked = {item.source_id for item in requests if item.wish is Wish.RUN}
        with self._guard:
            self._wanted |= asked & set(self._sources)
            idle = self._worker is None or not self._worker.is_alive()
            if self._wanted and idle:
                self._worker = Thread(target=self._work, name="refresh", daemon=True)
                self._worker.start()
        if requests:
            self._note_next_runs()

    def _work(self) -> None:
        """Run what is wanted until nothing is; wishes that come meanwhile are one more round."""
        while True:
            with self._guard:
                wanted, self._wanted = sorted(self._wanted), set()
            if not wanted:
                return
            self._run(wanted)

    def _obey(self, request: Request) -> None:
        if request.source_id not in self._sources:
            return
        if request.wish is Wish.PAUSE:
            self._timers.pause_job(request.source_id)
        elif request.wish is Wish.RESUME:
            source = self._sources[request.source_id]
            trigger = self._trigger(source, self._ledger.cadences().get(source.id), datetime.now(UTC))
            if trigger is not None:
                self._timers.reschedule_job(source.id, trigger=trigger)

    def _note_next_runs(self) -> None:
        for job in self._timers.get_jobs(jobstore="default"):
            self._ledger.set_next_run(job.id, job.next_run_time)


def next_run(trigger: BaseTrigger, last_success: datetime | None, now: datetime) -> datetime:
    """When a source is due: at once if it never succeeded or missed a time since, else at its next time."""
    if last_success is None:
        return now
    due: datetime | None = trigger.get_next_fire_time(last_success, last_success)
    return max(due, now) if due else now
