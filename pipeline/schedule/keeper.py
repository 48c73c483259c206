"""Keeps one refresher alive: starts it, starts it again when it dies, ends it when it hangs or has grown.

Of several dashboards on one home one refresher does the work; the keepers of the others look every few
seconds whether its place is free. So when the first dashboard stops, another one takes over.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import IO, Final

from filelock import FileLock, Timeout

from config import Settings
from pipeline.schedule.resident import LOCK, RENEW, STANDBY
from store.beat import Beat, Ending, beat_of, forget_beat, note_ending
from store.ledger import DIED, Status
from store.store import store_of
from store.trouble import StorageError
from terminal import harmless

ROOT: Final = Path(__file__).parents[2]
WAKE_SECONDS: Final = 0.1
SAID_LINES: Final = 12
STOPPED: Final = "hypecurve was stopped before this run ended. Nothing was lost; it is due at the next start."

_log = logging.getLogger("hypecurve.keeper")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what is waited for; all in seconds.

    look          between two looks: whether the refresher lives, or whether the place of another one is free
    longest_run   a refresh of all sources takes minutes; its fetches and parsers have limits of their own
    silence       without a beat; the process hangs, or the machine cannot carry it
    grace         from being asked to end to being killed
    first_rest    before a refresher that died is started again; doubles with each death
    longest_rest  the longest such rest
    """

    look: float = 2.0
    longest_run: float = 2 * 3600.0
    silence: float = 600.0
    grace: float = 10.0
    first_rest: float = 1.0
    longest_rest: float = 300.0


class Keeper:
    """Keeps the refresher of one home; `start` and `stop` it with the process that stays, or `keep` alone."""

    def __init__(
        self,
        settings: Settings,
        patience: Patience | None = None,
        module: str = "pipeline.schedule.resident",
    ) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._module = module
        self._stopped = Event()
        self._thread: Thread | None = None
        self._said: deque[str] = deque(maxlen=SAID_LINES)

    def start(self) -> None:
        """Keep it from a thread of its own."""
        self._thread = Thread(target=self.keep, name="keeper", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let `keep` end; it ends the refresher first."""
        self._stopped.set()

    def stop(self) -> None:
        """End the refresher: what it had archived stays, and the next one goes on from there."""
        self._stopped.set()
        if self._thread:
            self._thread.join(self._patience.grace * 2)

    def keep(self) -> None:
        """Start it again and again until `stop`."""
        deaths = 0
        while not self._stopped.is_set():
            if not self._place_is_free():
                self._stopped.wait(self._patience.look)
                continue
            began = datetime.now(UTC)
            died = self._one_life()
            if not died:
                continue
            deaths = 1 if datetime.now(UTC) - began > timedelta(minutes=10) else deaths + 1
            rest = min(self._patience.longest_rest, self._patience.first_rest * 2 ** min(deaths - 1, 20))
            _log.warning("It is started again in %.0f s.", rest)
            self._stopped.wait(rest)

    def _place_is_free(self) -> bool:
        """Whether no process schedules here, as far as can be seen without starting one."""
        lock = FileLock(self._settings.home / LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            _log.warning("%s cannot be used: %s", lock.lock_file, error)
            return False
        lock.release()
        return True

    def _one_life(self) -> bool:
        """Start a refresher and watch it to its end; whether that came unasked."""
        process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            cwd=ROOT,
            env={**os.environ, **self._settings.environment()},
            stdin=subprocess.PIPE,  # it ends when we do
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us
        )
        assert process.stderr is not None and process.stdin is not None
        reader = Thread(target=self._pass_on, args=[process.stderr], name="refresher says", daemon=True)
        reader.start()
        why = self._watched(process)
        reader.join(self._patience.grace)
        process.stdin.close()
        process.stderr.close()
        asked = self._stopped.is_set()
        if process.returncode in (STANDBY, RENEW):
            return False
        with suppress(StorageError):  # it will be told by whoever uses the ledger
            self._note(process, why, asked=asked)
        return not asked

    def _watched(self, process: subprocess.Popen[bytes]) -> str:
        """Wait for the end; why it was ended, where we did that."""
        watch, looked_at = _Watch(self._patience, self._settings.refresh_megabytes), time.monotonic()
        while process.poll() is None:
            if self._stopped.wait(WAKE_SECONDS):
                _end(process, self._patience.grace)
            elif time.monotonic() - looked_at >= self._patience.look:
                looked_at = time.monotonic()
                with suppress(StorageError):
                    beat = beat_of(store_of(self._settings).ledger(), process.pid)
                    why = watch.fault(beat, looked_at) if beat else ""
                    if why:
                        _log.warning("The refresher %s and is ended.", why)
                        _end(process, self._patience.grace)
                        return why
        return ""

    def _pass_on(self, stream: IO[bytes]) -> None:
        for line in stream:
            text = line.decode(errors="replace").rstrip("\n")
            self._said.append(text)
            sys.stderr.write(f"{harmless(text)}\n")

    def _note(self, process: subprocess.Popen[bytes], why: str, *, asked: bool) -> None:
        """Keep how it ended: its open runs say so, and one that nobody asked for is told everywhere."""
        ledger, now, code = store_of(self._settings).ledger(), datetime.now(UTC), process.returncode
        if asked:
            ledger.end_runs_of(process.pid, Status.SKIPPED, STOPPED, now)
            forget_beat(ledger, process.pid)
        else:
            ended = f"it {why}" if why else ended_how(code)
            said = "\n".join(self._said)
            last = f" It said last: {self._said[-1]}" if self._said else ""
            text = f"{DIED}: {ended}. Nothing was lost; the source is tried again, alone.{last}"
            ledger.end_runs_of(process.pid, Status.FAILED, text, now)
            note_ending(ledger, Ending(process.pid, now, code, f"{ended}\n{said}".strip()))
            _log.warning("The refresher (process %d) ended: %s.", process.pid, ended)
        self._said.clear()


class _Watch:
    """What a refresher does that it must not; by a clock that stands still while the machine sleeps."""

    def __init__(self, patience: Patience, most_megabytes: float) -> None:
        self._patience = patience
        self._most_megabytes = most_megabytes
        self._beat_seen: tuple[datetime, float] | None = None
        self._run_seen: tuple[datetime, float] | None = None

    def fault(self, beat: Beat, passed_seconds: float) -> str:
        """What is wrong, in words; nothing where all is well. `passed_seconds` is a monotonic clock."""
        if self._beat_seen is None or self._beat_seen[0] != beat.beat_at:
            self._beat_seen = (beat.beat_at, passed_seconds)
        if beat.run_since is None:
            self._run_seen = None
        elif self._run_seen is None or self._run_seen[0] != beat.run_since:
            self._run_seen = (beat.run_since, passed_seconds)
        if self._run_seen and passed_seconds - self._run_seen[1] > self._patience.longest_run:
            return f"has been at one refresh ({', '.join(beat.running)}) since {beat.run_since:%H:%M} UTC"
        if passed_seconds - self._beat_seen[1] > self._patience.silence:
            return f"has given no sign of life since {beat.beat_at:%H:%M} UTC"
        if beat.megabytes > self._most_megabytes:
            return f"holds {beat.megabytes:,.0f} MB, more than refresh_megabytes allows"
        return ""


def ended_how(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit code {code}"
    known = {item.value for item in signal.Signals}
    return f"signal {signal.Signals(-code).name if -code in known else -code}"


def _end(process: subprocess.Popen[bytes], grace_seconds: float) -> None:
    """Ask it to end; after the grace kill it and all that it started."""
    process.terminate()
    try:
        process.wait(grace_seconds)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
