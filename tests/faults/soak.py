"""Hours in minutes: sources that change every few seconds, the real programs, and readers all the time.

    python -m tests.faults.soak [--minutes 30] [--every 5]

`hypecurve schedule` and `hypecurve serve` run as an operator runs them, on a home of their own whose sources
lie on the loopback. Readers ask answers, rows, health and figures. At the end: failed reads, lost rows,
memory of both programs over the time (twelve looks), and the size of each store.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

import polars as pl

from ingest.registry import load_sources
from pipeline.schedule.resident import RENEW
from store.beat import endings, last_beat
from store.ledger import Action, Ledger
from store.sizes import sizes
from store.snapshot import latest
from tests.faults.small_place import FORM
from tests.homes.small_home import fill
from tests.loopback import Loopback, Reply, Seen, free_port
from tests.places import ROOT

SOURCES: Final = 6
ROUTES: Final = (
    "/healthz",
    "/metrics",
    "/api/",
    "/api/ask/sources.json",
    "/api/ask/models.json",
    "/api/sources",
    "/",
)


@dataclass
class Tally:
    """What was seen: `reads` by outcome, `megabytes` of each program by look."""

    reads: Counter[str] = field(default_factory=Counter)
    megabytes: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class Changing:
    """A board whose every answer differs from the one before: it grows by a row and corrects one."""

    def __init__(self) -> None:
        self.served = 0

    def __call__(self, _seen: Seen) -> Reply:
        self.served += 1
        rows = [f"model-{at},{(at * 7 + self.served) % 97 + 1}" for at in range(20 + self.served)]
        return Reply(pieces=("\n".join(["Model,Score", *rows, ""]).encode(),))


def soak(minutes: float, every_seconds: float) -> int:
    """Run it all; 0 where nothing was lost, failed or grew."""
    with tempfile.TemporaryDirectory() as folder, Loopback() as server:
        home = Path(folder)
        fill(home)
        boards = {f"board-{at}": Changing() for at in range(SOURCES)}
        declare(home, server, boards)
        tally, stop = Tally(), Event()
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with program(home, "serve", "--port", str(port)) as dashboard:
            until_it_answers(address)  # it takes in the bundled data first, and everybody else waits for that
            with program(home, "schedule"):
                threads = [
                    Thread(target=read_on, args=[address, tally, stop]),
                    Thread(target=ask_on, args=[home, list(boards), every_seconds, stop]),
                ]
                for thread in threads:
                    thread.start()
                watch(tally, minutes * 60, {"dashboard": dashboard}, home)
                stop.set()
                for thread in threads:
                    thread.join()
                time.sleep(every_seconds * 2)
        return told(home, boards, tally)


def declare(home: Path, server: Loopback, boards: dict[str, Changing]) -> None:
    """Write the forms, and let the sources of the project rest."""
    (home / "sources").mkdir()
    for name, board in boards.items():
        url = server.on(f"/{name}.csv", board)
        text = FORM.format(name=name, url=url, column="Score", cadence="1m")
        (home / "sources" / f"{name}.toml").write_text(text, encoding="utf-8")
    ledger = Ledger(home / "ledger.sqlite")
    now = latest(home / "snapshots").published_at
    for name in load_sources().sources:
        ledger.ask(name, Action.PAUSE, now)


@contextmanager
def program(home: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that stays, ended as an operator ends it."""
    environment = {
        **os.environ,
        "HYPECURVE_HOME": str(home),
        "HYPECURVE_ALLOW_PRIVATE_URLS": "1",
        "HYPECURVE_STALE_AFTER_HOURS": "1e6",
    }
    process = subprocess.Popen([sys.executable, "-m", "cli", *words], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def until_it_answers(address: str, seconds: float = 600.0) -> None:
    """Wait until a dashboard that has just been started gives its first answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(f"{address}/healthz", timeout=60):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"{address} did not answer within {seconds:.0f} seconds")


def read_on(address: str, tally: Tally, stop: Event) -> None:
    """Ask one route after the other."""
    while not stop.is_set():
        for route in ROUTES:
            try:
                with urlopen(f"{address}{route}", timeout=60) as answer:
                    answer.read()
                tally.reads["good"] += 1
            except HTTPError as error:
                tally.reads["failed"] += 1
                tally.failed.append(f"{route}: {error.code} {error.read(200)!r}")
            except OSError as error:
                tally.reads["failed"] += 1
                tally.failed.append(f"{route}: {error}")
            stop.wait(0.2)


def ask_on(home: Path, names: list[str], every_seconds: float, stop: Event) -> None:
    """Let every source run again and again, as a person who presses the button would."""
    ledger = Ledger(home / "ledger.sqlite")
    while not stop.wait(every_seconds):
        now = latest(home / "snapshots").published_at
        for name in names:
            ledger.ask(name, Action.RUN, now)


def watch(tally: Tally, seconds: float, processes: dict[str, subprocess.Popen[bytes]], home: Path) -> None:
    """Note the memory of the programs every few seconds."""
    end = time.monotonic() + seconds
    ledger = Ledger(home / "ledger.sqlite")
    while time.monotonic() < end:
        for name, process in processes.items():
            tally.megabytes.setdefault(name, []).append(resident_megabytes(process.pid))
        beat = last_beat(ledger)
        if beat:
            tally.megabytes.setdefault("refresher", []).append(resident_megabytes(beat.process))
        time.sleep(2)


def resident_megabytes(process: int) -> float:
    """The memory of a process; 0 where it has just ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def curve(seen: list[float]) -> list[int]:
    """The looks in twelve equal spans, the median of each: one moment says little of a program at work."""
    spans = min(12, len(seen))
    edges = [at * len(seen) // spans for at in range(spans + 1)]
    return [round(median(seen[start:end])) for start, end in pairwise(edges)]


def told(home: Path, boards: dict[str, Changing], tally: Tally) -> int:
    """Print what came of it; 1 where something failed."""
    ledger = Ledger(home / "ledger.sqlite")
    runs = ledger.runs(limit=1_000_000).filter(pl.col("source_id").is_in(list(boards)))
    counts = dict(runs["status"].value_counts().iter_rows())
    found = latest(home / "snapshots").select(
        "SELECT source_id, count(DISTINCT model_name) AS n FROM score GROUP BY 1"
    )
    rows = dict(found.iter_rows())
    missing = {name: 20 + board.served - rows.get(name, 0) for name, board in boards.items()}
    ended = [item.said for item in endings(ledger) if item.code != RENEW]
    report = {
        "served": sum(board.served for board in boards.values()),
        "runs": counts,
        "reads": dict(tally.reads),
        "rows missing": {name: lost for name, lost in missing.items() if lost > 0},
        "endings": ended,
        "megabytes": {name: curve(seen) for name, seen in tally.megabytes.items() if seen},
        "stores": {name: round(size / 1e6, 1) for name, size in sizes(home).items()},
        "failed reads": tally.failed[:5],
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    # what was served in the last seconds may not have been taken in yet
    lost = any(lost > 1 for lost in missing.values())
    return int(lost or bool(ended) or tally.reads["failed"] > 0 or bool(counts.get("failed")))


def main() -> None:
    """Soak and tell."""
    words = argparse.ArgumentParser()
    words.add_argument("--minutes", type=float, default=30.0)
    words.add_argument("--every", type=float, default=5.0)
    asked = words.parse_args()
    sys.exit(soak(asked.minutes, asked.every))


if __name__ == "__main__":
    main()
