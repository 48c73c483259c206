"""Kill -9 at random moments, then one refresh (or the back-fill again): the end is that of a run left alone.

    python -m tests.faults.kills [--moments 200] [--seed 1] [--workers 1]

Each moment is a process of its own, forked from this one, that refreshes, back-fills, rebuilds, publishes or
migrates a small installation and is killed somewhere on its way. What was done is kept in a file, so that a
broken-off run goes on where it ended; at the end docs/reliability.md gets the table.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import duckdb

from config import Settings
from ingest.take_in import backfill as bundle_of
from pipeline import refresh as pipeline
from pipeline.rebuild import rebuild
from store.snapshot import Snapshot
from store.store import store_of
from store.warehouse import NOT_COMPARED
from tests.faults.small_place import FORM
from tests.places import files_of

ROOT: Final = Path(__file__).parents[2]
DONE: Final = ROOT / ".ci" / "out" / "kills.jsonl"
REPORT: Final = ROOT / "docs" / "reliability.md"
BOARDS: Final = ("board-a", "board-b", "board-c")
FIRST: Final = date(2026, 1, 1)
DAYS: Final = 6
ROWS: Final = 200
SEEN_ONCE: Final = {"sighting"}
"""What was killed before it asked anything has seen the payloads once less, and nothing else."""
LONGER: Final = 1.1
"""Moments are spread over so much of the time that the undisturbed run takes."""


@dataclass(frozen=True, slots=True)
class Killed:
    """One moment.

    alive  whether the process was still at work when it was killed
    stale  whether readers saw something else than the undisturbed end before the refresh
    same   whether the published tables after it are those of the undisturbed run
    kept   whether every payload of the archive is there and whole
    """

    number: int
    action: str
    seconds: float
    alive: bool
    stale: bool
    same: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """An installation before an action, what is done after it was killed, and what it must end in then.

    A back-fill that was killed while it asked for payloads is asked for again: nobody else knows of them.
    """

    home: Path
    act: Callable[[Settings], object]
    again: Callable[[Settings], object]
    seconds: float
    end: Mapping[str, str]


class Stage:
    """Recordings, and an installation ready for each action, under a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recordings = folder / "recordings"
        _record(self.recordings)
        self._import_what_it_takes()
        self.scenes = dict(self._scenes())

    def kill(self, number: int, action: str, moment: float) -> Killed:
        """Kill the action at a moment (0..1 of its time), refresh once, and compare."""
        scene = self.scenes[action]
        home = self.folder / f"killed-{number}"
        shutil.copytree(scene.home, home)
        settings = Settings(home=home)
        try:
            seconds = moment * LONGER * scene.seconds
            alive = _killed_after(seconds, lambda: scene.act(settings))
            stale = _in_child(lambda: _published(settings)) != scene.end
            _in_child(lambda: scene.again(settings))
            found = _in_child(lambda: {**_published(settings), "archive": str(_whole(settings))})
            kept = found.pop("archive") == "True"
            others = {table for table in scene.end if found.get(table) != scene.end[table]}
            return Killed(number, action, round(seconds, 3), alive, stale, others <= SEEN_ONCE, kept)
        finally:
            shutil.rmtree(home, ignore_errors=True)

    def refresh(self, settings: Settings, days: int = DAYS) -> None:
        """One refresh as of a day."""
        as_of = FIRST + timedelta(days=days)
        pipeline.refresh(settings, BOARDS, replay=self.recordings, as_of=as_of)

    def _import_what_it_takes(self) -> None:
        """Import what a refresh imports on its way, once: else every process would do it again."""
        settings = Settings(home=self.folder / "imports")
        _declare(settings)

        def imported() -> dict[str, str]:
            self.refresh(settings)
            return dict.fromkeys(sys.modules, "")

        for name in _in_child(imported):
            with suppress(ImportError):  # some are there under a name that cannot be imported
                importlib.import_module(name)

    def _scenes(self) -> Iterator[tuple[str, Scene]]:
        yield self._scene("refresh", lambda settings: self.refresh(settings, 0), self.refresh)
        yield self._scene(
            "backfill",
            lambda settings: self.refresh(settings, DAYS),
            lambda settings: pipeline.backfill(settings, BOARDS, replay=self.recordings),
        )
        yield self._scene("rebuild", self._filled, rebuild)
        yield self._scene("publish", self._with_decisions, self.refresh)
        yield self._scene("migration", self._of_an_older_version, self.refresh)

    def _scene(
        self,
        name: str,
        prepare: Callable[[Settings], object],
        act: Callable[[Settings], object],
    ) -> tuple[str, Scene]:
        home, after = self.folder / name, self.folder / f"{name}-after"
        settings = Settings(home=home)
        _declare(settings)
        _in_child(lambda: prepare(settings))
        shutil.copytree(home, after)
        ended = Settings(home=after)
        started = time.monotonic()
        _in_child(lambda: act(ended))
        seconds = time.monotonic() - started
        _in_child(lambda: self.refresh(ended))
        end = _in_child(lambda: _published(ended))
        again = act if name == "backfill" else self.refresh
        return name, Scene(home, act, again, seconds, end)

    def _filled(self, settings: Settings) -> None:
        pipeline.backfill(settings, BOARDS, replay=self.recordings)
        self.refresh(settings)

    def _with_decisions(self, settings: Settings) -> None:
        self._filled(settings)
        settings.aliases_file.write_text("name,model_id,source_id\nmodel-1,gpt-5,\n", encoding="utf-8")

    def _of_an_older_version(self, settings: Settings) -> None:
        self._filled(settings)
        with duckdb.connect(str(files_of(settings).warehouse_file)) as connection:
            for table in ("stage", "loaded_form"):
                connection.execute(f"DROP TABLE {table}")
            for (view,) in connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall():
                connection.execute(f'DROP VIEW IF EXISTS "{view}"')
            connection.execute("ALTER TABLE payload DROP COLUMN unread")
            connection.execute("DELETE FROM migration WHERE number = 7")


def moments(count: int, seed: int) -> list[tuple[int, str, float]]:
    """The number, action and moment (0..1) of every kill: the same for the same seed."""
    chance = random.Random(seed)
    actions = ("refresh", "backfill", "rebuild", "publish", "migration")
    return [(number, actions[number % len(actions)], chance.random()) for number in range(count)]


def without_bundle() -> None:
    """The data that ships with the code are left out: they are the same in every run."""
    bundle_of.bundle_files = lambda *_: None  # type: ignore[assignment] # of this process and its children only


def main() -> None:
    """Kill, note, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="so many moments at a time")
    asked = parser.parse_args()
    without_bundle()
    DONE.parent.mkdir(parents=True, exist_ok=True)
    done = {killed.number: killed for killed in _noted()}
    waiting = [moment for moment in moments(asked.moments, asked.seed) if moment[0] not in done]
    if waiting:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder))
            workers = [
                _begun(partial(_do, stage, waiting[first :: asked.workers])) for first in range(asked.workers)
            ]
            codes = [os.waitpid(worker, 0)[1] for worker in workers]
        if any(codes):
            sys.exit("a run that nobody disturbed did not end well: see above")
        done = {killed.number: killed for killed in _noted()}
    report(list(done.values()))
    sys.exit(any(not (killed.same and killed.kept) for killed in done.values()))


def _do(stage: Stage, waiting: list[tuple[int, str, float]]) -> None:
    """Kill at these moments, one after the other, and note what came of it."""
    for moment in waiting:
        killed = stage.kill(*moment)
        with DONE.open("a", encoding="utf-8") as notes:  # a line at once: workers share the file
            notes.write(json.dumps(asdict(killed)) + "\n")
        print(f"{killed.number + 1} {killed}", flush=True)  # noqa: T201


def report(kills: list[Killed]) -> None:
    """Write the table into docs/reliability.md, between its marks."""
    lines = [
        "| killed | moments | still at work | readers behind before the refresh "
        "| other tables after it | payloads lost |"
    ]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for action in ("refresh", "backfill", "rebuild", "publish", "migration"):
        of = [killed for killed in kills if killed.action == action]
        counts = Counter(name for killed in of for name in ("alive", "stale") if getattr(killed, name))
        wrong = sum(not killed.same for killed in of)
        lost = sum(not killed.kept for killed in of)
        lines.append(f"| {action} | {len(of)} | {counts['alive']} | {counts['stale']} | {wrong} | {lost} |")
    text = REPORT.read_text(encoding="utf-8")
    table = "<!-- kills -->\n" + "\n".join(lines) + "\n<!-- /kills -->"
    REPORT.write_text(re.sub(r"<!-- kills -->.*<!-- /kills -->", table, text, flags=re.S), encoding="utf-8")


def _noted() -> Iterator[Killed]:
    if DONE.is_file():
        for line in DONE.read_text(encoding="utf-8").splitlines():
            yield Killed(**json.loads(line))


def _record(folder: Path, days: int = DAYS + 1) -> None:
    folder.mkdir()
    manifest = []
    for board in BOARDS:
        for day in range(days):
            body = b"Model,Score\n" + b"".join(
                f"model-{row},{(row * 7 + day * (row % 5)) % 101}\n".encode() for row in range(ROWS + day)
            )
            file = f"{board}-{day}.csv.gz"
            (folder / file).write_bytes(gzip.compress(body))
            manifest.append(
                {
                    "source": board,
                    "url": f"https://boards.example/{board}.csv",
                    "as_of": str(FIRST + timedelta(days=day)),
                    "file": file,
                    "encoding": "gzip",
                    "content_type": "text/csv",
                    "sha256": hashlib.sha256(body).hexdigest(),
                }
            )
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _declare(settings: Settings) -> None:
    settings.sources_folder.mkdir(parents=True)
    for board in BOARDS:
        url = f"https://boards.example/{board}.csv"
        text = FORM.format(name=board, url=url, column="Score", cadence="1d")
        (settings.sources_folder / f"{board}.toml").write_text(text, encoding="utf-8")


def _published(settings: Settings) -> dict[str, str]:
    """A digest of each published table; nothing where nothing is published."""
    try:
        snapshot = store_of(settings).latest()
    except Exception as error:  # noqa: BLE001 - what readers would see
        return {"error": str(error)}
    return digests(snapshot)


def digests(snapshot: Snapshot) -> dict[str, str]:
    """A digest of each table whose rows are the same for the same content."""
    found = {}
    for table in snapshot.tables():
        if table not in NOT_COMPARED:
            rows = snapshot.select(f'SELECT * FROM "{table}" ORDER BY ALL').write_json()
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def _whole(settings: Settings) -> bool:
    archive = store_of(settings).archive()
    return not archive.problems(deep=True) and all(archive.entries(board) for board in BOARDS)


def _in_child(action: Callable[[], object]) -> dict[str, str]:
    """Do something in a process forked from this one, which has imported everything and begun nothing."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.close(read)
            said = action()
            with os.fdopen(write, "w") as pipe:
                json.dump(said if isinstance(said, dict) else {}, pipe)
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        raise RuntimeError(f"a run that nobody disturbed ended with status {status}")
    found: dict[str, str] = json.loads(said)
    return found


def _begun(action: Callable[[], object]) -> int:
    """A process forked from this one that does something and ends."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            action()
            code = 0
        except Exception:  # noqa: BLE001 - told here, since a forked process must not go on from here
            traceback.print_exc()
        finally:
            os._exit(code)
    return process


def _killed_after(seconds: float, action: Callable[[], object]) -> bool:
    """Whether the process was still at work when it was killed."""
    process = _begun(action)
    time.sleep(seconds)  # the moment itself; nothing is waited for
    ended, _ = os.waitpid(process, os.WNOHANG)
    if ended == 0:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    return ended == 0


if __name__ == "__main__":
    main()
