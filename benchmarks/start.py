"""How soon a command starts: its processor time, as a ratio to what its libraries alone cost to import.

    python -m benchmarks.start

Each figure is the least of five runs, all in one run on one machine, in processes of their own with a home
that holds the bundled data. Compiled code is kept, as it is for an installed program. The source that is
refreshed is served by this process and has not changed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.loopback import Loopback, Reply

ROOT = Path(__file__).parents[1]
RUNS: Final = 5
FLOORS: Final = {"typer": "import typer", "data": "import duckdb, polars"}
COMMANDS: Final = (
    ("typer", 2.0, ("--help",)),
    ("data", 1.5, ("query", "SELECT count(*) AS n FROM score")),
    ("data", 3.0, ("refresh", "board")),
)
"""Which floor a command is held against, the goal as a multiple of it, and the command."""

BOARD = """
title = "A board"
homepage = "https://board.example/"
licence = "CC0-1.0"
credit = "The makers of the board"
url = "{url}"
format = "csv"
cadence = "1d"

[usage]
model_name = "model"
tokens = "tokens"
valid_on = "day"
"""


def processor_seconds(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> list[float]:
    """The least processor time, of user and system, of each command in five rounds of all of them."""
    rounds = [[_once(command, environment) for command in commands] for _ in range(RUNS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _once(command: Sequence[str], environment: Mapping[str, str]) -> float:
    before = _used()
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    return _used() - before


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> None:
    """Print a line per command: its ratio, the goal and the seconds."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as home, Loopback() as server:
        url = server.on("/board.csv", Reply(pieces=(b"model,tokens,day\ngpt-4,5,2026-01-01\n",)))
        (Path(home) / "sources").mkdir()
        (Path(home) / "sources" / "board.toml").write_text(BOARD.format(url=url), encoding="utf-8")
        environment = {**os.environ, "HYPECURVE_HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
        environment["HYPECURVE_ALLOW_PRIVATE_URLS"] = "1"
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        _once([sys.executable, "-m", "cli", "refresh", "--quiet", "board"], environment)
        floors = {name: [sys.executable, "-c", code] for name, code in FLOORS.items()}
        commands = [[sys.executable, "-m", "cli", *command] for _, _, command in COMMANDS]
        times = processor_seconds([*floors.values(), *commands], environment)
    least = dict(zip(FLOORS, times, strict=False))
    for (floor, goal, command), seconds in zip(COMMANDS, times[len(FLOORS) :], strict=True):
        ratio = f"{seconds / least[floor]:.1f} x `{FLOORS[floor]}`"
        print(f"hypecurve {' '.join(command):45} {ratio} (goal {goal:g}, {seconds:.2f} s)")


if __name__ == "__main__":
    main()
