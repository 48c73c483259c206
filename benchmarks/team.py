"""A team's store beside the files of one machine: loading, pages, growth, and many machines at once.

    python -m benchmarks.team [--rows 2000] [--seconds 300] [--only growth pages at_once]

A PostgreSQL and an S3 server of its own, both on this machine, so that figures are ratios of one run and no
promise about a network. Machines are processes of their own; each has a folder of its own. `--rows` is the
number of rows that are multiplied by 10 and 100: models of distinct names on one board, read five times, half
of them changed each time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from typing import Any

import polars as pl

from config import Settings, load_settings
from errors import ExpectedError
from ingest.records import Kind, Records, check
from ingest.take_in.statements import TABLE_KEYS
from store.fold import Unit
from store.snapshot import NoSnapshotError
from store.store import Store, store_of
from store.team.keeping import copy, init
from store.team.lake import LAKE
from store.team.store import TeamStore
from store.warehouse import PayloadRow
from tests.team.servers import PostgresServer, postgres_server, s3_server

ROOT = Path(__file__).parents[1]
PAYLOADS = 5
FACTORS = (1, 10, 100)
REFRESHERS = DASHBOARDS = 4
PAGES = ("overview", "capability", "price", "models", "news", "sources")
VISITS = 5
START = datetime(2026, 1, 1, tzinfo=UTC)
QUESTION = "SELECT benchmark_id, count(*), max(score) FROM headline_score_at('2100-01-01', 'run') GROUP BY 1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where all is measured: the servers and a folder."""

    postgres: PostgresServer
    folder: Path

    def pair(self, name: str) -> tuple[Settings, Settings]:
        """An empty store of one machine, and one of a team as its first machine sees it."""
        team = Settings(
            home=self.folder / name / "first",
            store_url=f"ducklake:postgres:{self.postgres.create(name)}",
            store_data=f"s3://team/{name}",
        )
        init(_team(team))
        return Settings(home=self.folder / name / "alone"), team


def main() -> None:
    """Measure, and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument(
        "--role", choices=["refresh", "show"], help="of one of the machines; asked for by itself"
    )
    asked = parser.parse_args()
    if asked.role:
        sys.stdout.write(json.dumps(act(asked.role, asked.seconds)) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder, postgres_server() as postgres, s3_server("team") as bucket:
        os.environ.update(bucket)
        for part in asked.only:
            PARTS[part](Place(postgres, Path(folder)), asked)


def growth(place: Place, asked: argparse.Namespace) -> None:
    """Load, publish, copy and read rows, ten times and a hundred times as many; times and sizes."""
    before: dict[str, float] = {}
    for factor in FACTORS:
        rows = asked.rows * factor
        alone, team = place.pair(f"growth-{factor}")
        found = measured(alone, team, rows)
        told = [f"{name} {value:,.3g}" for name, value in found.items()]
        told += [
            f"{name} x {found[name] / before[name]:.1f}"
            for name in before
            if name.endswith(("s)", "MB)")) and before[name]
        ]
        print(f"{rows:,} rows, {PAYLOADS} payloads: {'; '.join(told)}", flush=True)
        before = found


def measured(alone: Settings, team: Settings, rows: int) -> dict[str, float]:
    """Seconds, megabytes and ratios of lake to file."""
    file, lake = store_of(alone), _team(team)
    load = {store: loaded(store, "source", rows) for store in (file, lake)}
    publish = {store: timed(partial(published, store)) for store in (file, lake)}
    another = _team(replace(team, home=team.home.parent / "second"))
    copied = timed(another.latest)
    snapshots = [file.latest(), another.latest()]
    for snapshot in snapshots:
        snapshot.select(QUESTION)  # the first one opens the file
    answers = [
        median(timed(partial(snapshot.select, QUESTION)) for _ in range(VISITS)) for snapshot in snapshots
    ]
    with lake.writing() as warehouse:
        size = warehouse.frame(f"SELECT sum(file_size_bytes) AS n FROM ducklake_table_info('{LAKE}')")["n"][0]
    return {
        "load lake (s)": load[lake],
        "rows a second": rows * PAYLOADS / load[lake],
        "load lake / file": load[lake] / load[file],
        "publish lake (s)": publish[lake],
        "publish lake / file": publish[lake] / publish[file],
        "copy to another machine (s)": copied,
        "question team (s)": answers[1],
        "question team / one machine": answers[1] / answers[0],
        "lake (MB)": float(size or 0) / 1e6,
        "copy (MB)": snapshots[1].file.stat().st_size / 1e6,
        "file of one machine (MB)": (alone.home / "warehouse.duckdb").stat().st_size / 1e6,
        "peak memory (MB)": getrusage(RUSAGE_SELF).ru_maxrss / 1e3,
    }


def pages(place: Place, _asked: argparse.Namespace) -> None:
    """The bundled data on both sides: their copy into the lake, their answers, the scripts of pages."""
    from faces.current import prepare
    from pipeline.refresh import start_with_bundle
    from questions.cache import AnswerCache
    from questions.registry import all_questions
    from questions.view import View

    alone, team = place.pair("pages")
    begun = timed(lambda: start_with_bundle(alone))
    started = time.perf_counter()
    done = copy(store_of(alone), _team(team), lambda *_: None)
    print(
        f"first start with the bundle {begun:.0f} s; copied into the lake in "
        f"{time.perf_counter() - started:.0f} s: {sum(done.rows.values()):,} rows, equal in both",
        flush=True,
    )
    today = datetime.now(UTC).date()
    homes = {"one machine": alone, "team": replace(team, home=team.home.parent / "second")}
    spent: dict[str, float] = {}
    for number in range(
        2
    ):  # the first time loads what answers need; nothing is kept of one state for another
        for settings in (alone, team):
            published(store_of(settings))
        for name, settings in homes.items():
            store = store_of(settings)
            view = View(store.latest(), today, today, store.ledger())
            answer_all = partial(prepare, all_questions().values(), view, AnswerCache())
            spent[f"{name} {number}"] = timed(answer_all)
    ratio = spent["team 1"] / spent["one machine 1"]
    print(f"all default answers of a new state: team / one machine = {ratio:.2f}", flush=True)
    ratios = []
    for page in PAGES:
        times: dict[str, list[float]] = {name: [] for name in homes}
        for visit_number in range(VISITS + 1):
            for name, settings in homes.items():
                seconds = script_seconds(settings, f"{page}.py")
                if visit_number:  # the first one computes what the others find
                    times[name].append(seconds)
        middle = {name: median(spent) for name, spent in times.items()}
        ratios.append(middle["team"] / middle["one machine"])
        print(f"script of {page}: {middle['team']:.2f} s, team / one machine = {ratios[-1]:.2f}", flush=True)
    print(f"scripts of {len(PAGES)} pages: team / one machine = {median(ratios):.2f}", flush=True)


def script_seconds(settings: Settings, file: str) -> float:
    """How long the script of a page runs for a visitor of a server that has been asked before."""
    from streamlit.testing.v1 import AppTest

    os.environ.update(settings.environment())
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=300)
    app.run()
    app = app.switch_page(file)
    seconds = timed(app.run)
    if app.exception:
        raise SystemExit(f"{file}: {app.exception}")
    return seconds


def at_once(place: Place, asked: argparse.Namespace) -> None:
    """Refreshers that load and publish all the time beside dashboards that follow and ask all the time."""
    _, team = place.pair("at-once")
    roles = ["refresh"] * REFRESHERS + ["show"] * DASHBOARDS
    homes = [place.folder / "at-once" / f"{role}-{number}" for number, role in enumerate(roles)]
    with Machines() as machines:
        for role, home in zip(roles, homes, strict=True):
            machines.begin(role, replace(team, home=home), asked.seconds)
        told = machines.ended()
    shown = [seconds for said in told for seconds in said["answers"]]
    counts = Counter(name for said in told for name in said["faults"])
    loads = {home.name: said["loads"] for home, said in zip(homes, told, strict=True) if said["loads"]}
    with _team(team).writing() as warehouse:
        kept = dict(warehouse.frame("SELECT source_id, count(*) FROM payload GROUP BY 1").iter_rows())
    if kept != loads:
        raise SystemExit(f"the lake holds {kept}, and loaded were {loads}")
    tenths = quantiles(shown, n=20)
    states = [len(said["states"]) for said in told if said["answers"]]
    print(
        f"{REFRESHERS} refreshers and {DASHBOARDS} dashboards for {asked.seconds:.0f} s: "
        f"{sum(loads.values()):,} loads, all there; {sum(said['again'] for said in told)} done again; "
        f"{len(shown):,} answers, half of them within {median(shown) * 1e3:.0f} ms, 95 % within "
        f"{tenths[-1] * 1e3:.0f} ms; states that a dashboard saw: {min(states)} to {max(states)}; "
        f"faults: {dict(counts) or 'none'}",
        flush=True,
    )


class Machines:
    """Machines that were begun, and end with us."""

    def __init__(self) -> None:
        self._begun: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Machines:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._begun:
            process.kill()
            process.wait()

    def begin(self, role: str, settings: Settings, seconds: float) -> None:
        """Start one that does what `act` says."""
        command = [sys.executable, "-m", "benchmarks.team", "--role", role, "--seconds", str(seconds)]
        environment = {**os.environ, **settings.environment()}
        self._begun.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))

    def ended(self) -> list[dict[str, Any]]:
        """What each of them came to, once all have ended well."""
        said = [process.communicate()[0] for process in self._begun]
        codes = [process.returncode for process in self._begun]
        if any(codes):
            raise SystemExit(f"machines ended with {codes}")
        return [json.loads(text.splitlines()[-1]) for text in said]


def act(role: str, seconds: float) -> dict[str, Any]:
    """What one machine does until its time is over, and what it came to."""
    settings = load_settings()
    store, until = _team(settings), time.monotonic() + seconds
    loads, again, answers, states, faults = 0, [], [], set(), []

    def tell(_what: str, text: str) -> None:
        again.append(text)

    while time.monotonic() < until:
        try:
            if role == "show":
                answers.append(timed(lambda: states.add(asked(store))))
                time.sleep(0.2)
            else:
                store.whole(partial(loaded, store, settings.home.name, 200, loads), tell)
                loads += 1
                store.whole(partial(published, store), tell)
        except NoSnapshotError:
            time.sleep(0.2)  # the first one is still to come
        except ExpectedError as error:
            faults.append(f"{role}: {str(error)[:120]}")
    known = sorted(states)
    return {"loads": loads, "again": len(again), "answers": answers, "states": known, "faults": faults}


def asked(store: Store) -> str:
    """Ask what is shown just now a question; the number of what is shown."""
    snapshot = store.latest()
    snapshot.select(QUESTION)
    return snapshot.id


def loaded(store: Store, source_id: str, rows: int, first: int | None = None) -> float:
    """Seconds for five payloads of a source, half of whose rows change each time; or for one, by number."""
    numbers = range(PAYLOADS) if first is None else [first]
    started = time.perf_counter()
    with store.writing() as warehouse, warehouse.taking_in(source_id):
        warehouse.append((unit(source_id, rows, number) for number in numbers), source_id)
    return time.perf_counter() - started


def unit(source_id: str, rows: int, number: int) -> tuple[list[PayloadRow], Unit]:
    """One payload of a board."""
    at, sha256 = START + timedelta(days=number), f"{number:064x}"
    row = pl.int_range(rows)
    frame = pl.select(
        pl.format("model-{}", row).alias("model_name"),
        pl.lit("board").alias("benchmark_id"),
        (row * (1 + number * (row % 2)) % 101 / 101).alias("score"),
        pl.lit("").alias("setting"),
        pl.lit("fraction").alias("unit"),
        pl.lit("independent").alias("reported_by"),
    )
    said = check(Records({Kind.SCORE: frame}))
    if said.refused.height:
        raise SystemExit(f"rows are refused: {said.refused['reason'][0]}")
    frames = {kind.value: found for kind, found in said.frames.items()}
    made = Unit(source_id, "https://example.org", sha256, at, frames, TABLE_KEYS, said.refused)
    return [PayloadRow(source_id, "https://example.org", at, sha256, rows, "text/csv")], made


def published(store: Store) -> None:
    """Publish what there is."""
    with store.writing() as warehouse, warehouse.alone():
        store.publish(warehouse)


def timed(action: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _team(settings: Settings) -> TeamStore:
    store = store_of(settings)
    assert isinstance(store, TeamStore)
    return store


PARTS = {"growth": growth, "pages": pages, "at_once": at_once}

if __name__ == "__main__":
    main()
