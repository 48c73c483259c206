"""Which sources are refreshed now. One thread, one look a second, and all that must last in the ledger.

APScheduler's triggers say when a cadence falls due. Its timers are not used: a clock that is put back by a
year would stop them for a year, and what they hold would be lost with the process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from errors import ExpectedError
from ingest.fetch.politeness import Clock
from ingest.registry import Catalogue
from ingest.source import Source
from pipeline.schedule.hosts import fetches, host_of
from pipeline.schedule.network import Network
from pipeline.schedule.timing import Past, after_a_run, due_at, period
from pipeline.take_in import Outcome
from store.beat import suspects
from store.cadence import CadenceError, trigger_of
from store.ledger import Action, Ledger, Status
from store.warehouse import Loaded

Run = Callable[[Sequence[str]], Sequence[Outcome]]
"""Refreshes the named sources and says what became of each; called from one thread at a time."""

Forms = dict[str, tuple[int, int]]

LARGEST_BATCH: Final = 32
"""So many sources at most share a refresh: what is urgent shows before all the rest is there."""

CLOCK_JUMP: Final = timedelta(minutes=1)
"""A clock that differs by more from what has passed was set, or the machine slept."""

OTHERS_SECONDS: Final = 30.0
"""So often it is looked what other processes have run and people have changed: requests reach one of them."""

Known = tuple[Past, str | None]
"""What the next time of a source goes by: its runs, and the cadence that a person chose."""

NOTHING_KNOWN: Final[Known] = (Past(), None)

_log = logging.getLogger(__name__)


class Schedule:
    """The plan of all sources; call `tick` again and again, from one thread.

    load          reads the forms of all sources
    folder        of a person's own sources, looked at for changed forms
    environment   holds the keys of sources that need one
    due           when each source is due; those are missing that have nothing to fetch, or need a key
    """

    def __init__(
        self,
        load: Callable[[], Catalogue],
        ledger: Ledger,
        run: Run,
        folder: Path,
        environment: Mapping[str, str],
        clock: Clock | None = None,
    ) -> None:
        self.network = Network()
        self.due: dict[str, datetime] = {}
        self._load = load
        self._ledger = ledger
        self._run = run
        self._folder = folder
        self._environment = environment
        self._clock = clock or Clock()
        self._sources: dict[str, Source] = {}
        self._hosts: dict[str, str] = {}
        self._cadences: dict[str, str] = {}
        self._forms: Forms | None = None
        self._apart: float | None = None
        self._timed_at: dict[str, datetime] = {}
        self._timed_by: dict[str, Known] = {}
        self._looked_elsewhere: float | None = None

    def tick(self) -> bool:
        """Refresh what is wanted, else what is due, if anything is; whether it was."""
        now = self._clock.now()
        self._notice_forms(now)
        self._notice_clock(now)
        self._notice_others(now)
        batch = self._wanted(now) or self._left_to_us(self._batch(now), now)
        if not batch:
            return False
        try:
            self._carry_out(batch)
        finally:
            self._ledger.release(batch)
        return True

    def waiting(self, now: datetime) -> list[str]:
        """The sources that are due, the most urgent first."""
        paused = self._ledger.paused()
        found = [name for name, at in self.due.items() if at <= now and name not in paused]
        return sorted(found, key=lambda name: self._urgency(name, now))

    def _urgency(self, name: str, now: datetime) -> tuple[bool, float, str]:
        """The core sources first; then by how many of its periods a source is overdue."""
        overdue = (now - self.due[name]) / period(self._cadences[name], now)
        return not self._sources[name].core, -overdue, name

    def _batch(self, now: datetime) -> list[str]:
        waiting = self.waiting(now)
        if self.network.offline_since is not None:
            here = [name for name in waiting if name not in self._hosts]
            return here[:LARGEST_BATCH] or self._probe(waiting, now)
        ready = [name for name in waiting if not self._waits_for(name).intersection(waiting)]
        if not ready:
            return []
        suspected = suspects(self._ledger)
        if ready[0] in suspected:
            return ready[:1]
        return [name for name in ready if name not in suspected][:LARGEST_BATCH]

    def _waits_for(self, name: str) -> set[str]:
        """The sources that a source is to run after; not those that wait for it in turn."""
        first = self._sources[name].after
        return {other for other in first if name not in getattr(self._sources.get(other), "after", ())}

    def _probe(self, waiting: Sequence[str], now: datetime) -> list[str]:
        """Without a network: now and then one source, of a host that was not tried yet if there is one."""
        if self.network.probe_at is not None and now < self.network.probe_at:
            return []
        missed = sorted(self.network.missed.intersection(self.due) - self._ledger.paused())
        able = [name for name in (*waiting, *missed) if name in self._hosts]
        return self.network.untried(able, self._hosts)[:1]

    def _carry_out(self, batch: Sequence[str]) -> None:
        outcomes: Sequence[Outcome] = ()
        try:
            outcomes = self._run(batch)
        except ExpectedError as error:  # the warehouse is held by another program, say: told, and tried again
            _log.warning("A refresh of %s could not be done: %s", counted_names(batch), error)
        finally:
            now = self._clock.now()
            self._retime(batch, now, ran=True)
        again = sorted(self.network.heard(outcomes, self._hosts, now).intersection(self.due))
        self.due.update(dict.fromkeys(again, now))
        self._note(again)

    def _wanted(self, now: datetime) -> list[str]:
        """What people want to be refreshed; where another machine is at it, they want it again after that."""
        wanted = sorted(self._take_requests(now))
        mine = self._ledger.claim(dict.fromkeys(wanted, now), now) if wanted else []
        for name in set(wanted) - set(mine):
            self._ledger.ask(name, Action.RUN, now)
        return mine

    def _left_to_us(self, batch: Sequence[str], now: datetime) -> list[str]:
        """What no other machine refreshes now, or has refreshed since we timed it."""
        mine = self._ledger.claim({name: self._timed_at[name] for name in batch}, now) if batch else []
        self._retime(set(batch) - set(mine), now)
        return mine

    def _take_requests(self, now: datetime) -> set[str]:
        """The sources that a person wants to run now; what else was asked for is done at once."""
        requests = [item for item in self._ledger.take_requests(now) if item.source_id in self._sources]
        self._retime({item.source_id for item in requests if item.action is not Action.RUN}, now)
        return {item.source_id for item in requests if item.action is Action.RUN}

    def _notice_forms(self, now: datetime) -> None:
        """Take new and changed forms, which are due at once, and let go of those that are gone."""
        forms = forms_of(self._folder)
        if forms == self._forms:
            return
        before, self._forms = self._forms, forms
        catalogue = self._load()
        self._sources = {name: source for name, source in catalogue.sources.items() if source.enabled}
        self._hosts = {name: host for name, source in self._sources.items() if (host := host_of(source))}
        gone = set(self._cadences) - set(self._sources)
        for name in gone:
            self.due.pop(name, None)
            del self._cadences[name]
        self._ledger.set_next_runs(dict.fromkeys(gone))
        self._retime(self._sources, now)
        if before is not None:
            fresh = [
                name
                for name, file in catalogue.files.items()
                if name in self.due and str(file) in forms and before.get(str(file)) != forms[str(file)]
            ]
            self.due.update(dict.fromkeys(fresh, now))
            self._note(fresh)

    def _notice_clock(self, now: datetime) -> None:
        """Time all sources anew when the clock was set or the machine slept."""
        apart = now.timestamp() - self._clock.monotonic()
        if self._apart is not None and abs(apart - self._apart) > CLOCK_JUMP.total_seconds():
            _log.warning("The clock moved by %+.0f s; all sources are timed anew.", apart - self._apart)
            self._retime(self._sources, now)
        self._apart = apart

    def _notice_others(self, now: datetime) -> None:
        """Time those sources anew that another process has run, or given another cadence, since."""
        if not self._is_time_to_look():
            return
        known = self._known()
        changed = [
            name for name in self._sources if known.get(name, NOTHING_KNOWN) != self._timed_by.get(name)
        ]
        self._retime(changed, now)

    def _is_time_to_look(self) -> bool:
        passed = self._clock.monotonic()
        if self._looked_elsewhere is not None and passed - self._looked_elsewhere < OTHERS_SECONDS:
            return False
        self._looked_elsewhere = passed
        return True

    def _known(self) -> dict[str, Known]:
        """What the ledger says of each source that a time goes by."""
        pasts = {row["source_id"]: Past.of(row) for row in self._ledger.health().iter_rows(named=True)}
        chosen = self._ledger.cadences()
        return {name: (pasts.get(name, Past()), chosen.get(name)) for name in {*pasts, *chosen}}

    def _retime(self, names: Iterable[str], now: datetime, *, ran: bool = False) -> None:
        """Set the next time of sources by what the ledger knows of them."""
        names = [name for name in names if name in self._sources]
        if not names:
            return
        known, unreadable = self._known(), []
        for name in names:
            source, (past, chosen) = self._sources[name], known.get(name, NOTHING_KNOWN)
            self.due.pop(name, None)
            self._timed_at[name], self._timed_by[name] = now, (past, chosen)
            cadence, told = self._readable(source, chosen, now)
            unreadable += [name] if told else []
            if cadence is None or not fetches(source, self._environment):
                continue
            self._cadences[name] = cadence
            self.due[name] = (after_a_run if ran else due_at)(cadence, past, now)
        if unreadable:  # that was noted as a failed run, which is no news
            known = self._known()
            self._timed_by |= {name: known.get(name, NOTHING_KNOWN) for name in unreadable}
        self._note(names)

    def _note(self, names: Sequence[str]) -> None:
        paused = self._ledger.paused()
        self._ledger.set_next_runs({name: None if name in paused else self.due.get(name) for name in names})

    def _readable(self, source: Source, chosen: str | None, now: datetime) -> tuple[str | None, bool]:
        """The cadence that a person chose, else the source's own; whether one could not be read.

        That is told as a failed run.
        """
        told = False
        for cadence in filter(None, (chosen, source.cadence)):
            try:
                trigger_of(cadence)
            except CadenceError as error:
                run = self._ledger.start(source.id, "schedule", now)
                self._ledger.finish(run, Status.FAILED, now, Loaded(), error=str(error))
                told = True
            else:
                return cadence, told
        return None, told


def forms_of(folder: Path) -> Forms:
    """Time and size of each file that may declare a source of a person's own."""
    found: Forms = {}
    for file in sorted([*folder.rglob("*.toml"), *folder.rglob("*.py")]):
        with suppress(OSError):  # removed meanwhile
            at = file.stat()
            found[str(file)] = (at.st_mtime_ns, at.st_size)
    return found


def counted_names(names: Sequence[str]) -> str:
    """A few names, or their number."""
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} sources"
