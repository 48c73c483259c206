"""Two machines that refresh one team's store at once, one killed again and again, and one that shows it.

    python -m tests.team.machines FOLDER KILLS SEED SERVER PORT

In each round both machines refresh, as of two days that no round had before, in no order of time; in the end
both catch up at once. Run with the settings of the store in the environment; SERVER and PORT are the folder
and the port of its PostgreSQL. That is stopped in the midst of every fifth round, in every other of these as
if its machine had lost power, and started again once the dashboard has told its reader so. Each machine is a
folder and processes of its own, forked from this one, which has imported everything and begun nothing. Prints
a line of JSON, `Told`, and after each round how it stands; a file `stop` in FOLDER ends the rounds early.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from config import Settings, load_settings
from errors import ExpectedError
from pipeline import refresh as pipeline
from store.store import store_of
from store.team.keeping import init
from tests.faults import kills
from tests.loopback import free_port
from tests.places import ROOT
from tests.team import reader
from tests.team.programs import until
from tests.team.servers import PostgresServer

KILLED, OTHER, READER = "killed", "other", "reader"
STOPPED_EVERY: Final = 5
PATIENCE_SECONDS: Final = 120
FIRST_SECONDS: Final = 6.0
"""About how long a refresh takes; each round goes by what the ones before took."""
GAVE_UP: Final = 3
"""Exit code of a refresh that ended in a sentence."""

SERVE: Final = """
import sys, uvicorn
from tests.faults.kills import without_bundle
without_bundle()
uvicorn.run("app:app", port=int(sys.argv[1]), log_level="warning")
"""


@dataclass
class Told:
    """What came of it.

    rounds    how often both machines refreshed at once
    kills     how often one of them was killed while at work
    stopped   how often PostgreSQL was stopped in the midst of that, and started again
    gave_up   refreshes that ended in a sentence since PostgreSQL was away for too long
    failed    refreshes that ended otherwise, nobody having disturbed them
    reader    what came of reading the dashboard meanwhile (reader.py)
    differ    published tables that are in the end not those of one machine that nobody disturbed
    tables    how many tables were compared
    published the number of the newest snapshot, which the dashboard shows in the end
    problems  what is wrong with the archive
    """

    rounds: int
    kills: int = 0
    stopped: int = 0
    gave_up: int = 0
    failed: list[str] = field(default_factory=list)
    reader: dict[str, Any] = field(default_factory=dict)
    differ: list[str] = field(default_factory=list)
    tables: int = 0
    published: int = 0
    problems: dict[str, str] = field(default_factory=dict)


def main(folder: Path, rounds: int, seed: int, server: PostgresServer) -> None:
    """Refresh, kill and stop; then compare."""
    kills.without_bundle()
    recordings, chance = folder / "recordings", random.Random(seed)
    kills._record(recordings, 2 * rounds + 2)
    alone = Settings(home=folder / "alone")
    machines = {name: _machine(folder / name) for name in (KILLED, OTHER, READER)}
    for settings in (alone, *machines.values()):
        kills._declare(settings)

    days, told = chance.sample(range(2 * rounds + 2), 2 * rounds + 2), Told(rounds)

    def refresh(name: str) -> Callable[[], object]:
        as_of = kills.FIRST + timedelta(days=days.pop())
        return lambda: pipeline.refresh(machines[name], kills.BOARDS, replay=recordings, as_of=as_of)

    def catch_up(settings: Settings) -> Callable[[], object]:
        return lambda: pipeline.backfill(settings, kills.BOARDS, replay=recordings)

    kills._in_child(catch_up(alone))
    kills._in_child(lambda: {"fresh": str(init(store_of(machines[OTHER])))})
    with _dashboard(machines[READER]) as address, _read(address, folder / "read.json", told) as file:
        longest = FIRST_SECONDS
        for number in range(rounds):
            if (folder / "stop").exists():
                told.rounds = number
                break
            first, second = _begun(refresh(KILLED)), _begun(refresh(OTHER))
            moment = time.monotonic() + chance.uniform(0.2, longest)
            took = first.waited(moment)
            told.kills += first.killed()
            stopped = number % STOPPED_EVERY == 1
            if stopped:
                told.stopped += 1
                _without(server, file, "immediate" if told.stopped % 2 else "fast")
            _note(told, second.ended(), f"round {number}", may_give_up=stopped)
            longest = took or max(longest, 1.5 * (moment - first.began))
            sys.stderr.write(f"round {number + 1}: {told}\n")
        for process in [_begun(catch_up(machines[name])) for name in (KILLED, OTHER)]:
            _note(told, process.ended(), "catching up", may_give_up=False)
        wanted = kills._in_child(lambda: _published(alone))
        told.published = int(kills._in_child(lambda: {"": store_of(machines[OTHER]).latest().id})[""])
        until("the newest is shown", lambda: int(_health(address).get("snapshot", 0)) == told.published)
    found = kills._in_child(lambda: _published(machines[READER]))
    told.differ = sorted(name for name in wanted if found.get(name) != wanted[name])
    told.tables = len(wanted)
    told.problems = kills._in_child(lambda: _problems(machines[READER]))
    sys.stdout.write(json.dumps(asdict(told)) + "\n")


@contextmanager
def _dashboard(settings: Settings) -> Iterator[str]:
    """A dashboard that does not refresh, as people start one; its address."""
    own = replace(settings, schedule=False, stale_after_hours=1e6)
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own.environment()})
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_SECONDS)


@contextmanager
def _read(address: str, file: Path, told: Told) -> Iterator[Path]:
    """Somebody reads the dashboard all the while; the file that holds what came of it."""
    command = [sys.executable, "-m", "tests.team.reader", address, str(file)]
    reading = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
    try:
        yield file
        reading.communicate()
        told.reader = asdict(reader.read_so_far(file))
    finally:
        reading.kill()
        reading.wait()


def _without(server: PostgresServer, file: Path, how: str) -> None:
    """Stop PostgreSQL once data are shown, until whoever reads is told that it is away; start it again."""
    until("the dashboard shows data", lambda: reader.read_so_far(file).reads)
    before = reader.read_so_far(file).away
    server.stop(how)
    try:
        until("it says that PostgreSQL is away", lambda: reader.read_so_far(file).away > before)
    finally:
        server.start()


def _health(address: str) -> dict[str, Any]:
    """What /healthz says; nothing where it is not served yet."""
    try:
        with urlopen(f"{address}/healthz", timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except (HTTPError, URLError, ConnectionError, TimeoutError):
        return {}


def _note(told: Told, code: int, where: str, *, may_give_up: bool) -> None:
    if code == GAVE_UP and may_give_up:
        told.gave_up += 1
    elif code:
        told.failed.append(f"{where}: exit code {code}")


def _machine(home: Path) -> Settings:
    named = load_settings()
    return Settings(home=home, store_url=named.store_url, store_data=named.store_data)


def _published(settings: Settings) -> dict[str, str]:
    return kills.digests(store_of(settings).latest())


def _problems(settings: Settings) -> dict[str, str]:
    found = store_of(settings).archive().problems(deep=True)
    return {str(place): text for place, text in enumerate(found)}


class Process:
    """A process forked from this one."""

    def __init__(self, number: int) -> None:
        self.began = time.monotonic()
        self._number = number
        self._code: int | None = None

    def waited(self, until: float) -> float | None:
        """Wait until it ends, or until then; how long it took, None where it is still at work."""
        while time.monotonic() < until:
            done, status = os.waitpid(self._number, os.WNOHANG)
            if done:
                self._code = os.waitstatus_to_exitcode(status)
                return time.monotonic() - self.began
            time.sleep(0.05)
        return None

    def ended(self) -> int:
        """Wait for its end; its exit code."""
        if self._code is None:
            _, status = os.waitpid(self._number, 0)
            self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def killed(self) -> bool:
        """Kill it; whether it was still at work."""
        if self._code is not None:
            return False
        os.kill(self._number, signal.SIGKILL)
        return self.ended() == -signal.SIGKILL


def _begun(action: Callable[[], object]) -> Process:
    number = os.fork()
    if number == 0:
        code = 1
        try:
            action()
            code = 0
        except ExpectedError as error:
            sys.stderr.write(f"{error}\n")
            code = GAVE_UP
        finally:
            os._exit(code)
    return Process(number)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]),
        int(sys.argv[3]),
        PostgresServer(Path(sys.argv[4]), int(sys.argv[5])),
    )
