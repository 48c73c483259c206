"""Servers that a benchmark starts for itself: ours, and Streamlit as it comes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from tests.asgi_server import under_uvicorn

ROOT: Final = Path(__file__).parents[2]
FLOOR: Final = "benchmarks.visits.floor.app:app"
OURS: Final = "app:app"
START_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Server:
    """A server on loopback that has answered; `start_seconds` from its command to that."""

    port: int
    process: psutil.Process
    start_seconds: float

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """The processor time that it has used."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def megabytes(self) -> float:
        """The memory that it holds."""
        return float(self.process.memory_info().rss) / 1e6

    def wait_until_idle(self, seconds: float = 120.0) -> None:
        """Until what it prepares by itself is done: less than a twentieth of a processor in two seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            before = self.cpu_seconds()
            time.sleep(2)
            if self.cpu_seconds() - before < 0.1:
                return


@contextmanager
def serving(app: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """An ASGI application under uvicorn, from its first answer on."""
    began = time.monotonic()
    with (
        tempfile.TemporaryFile() as log,
        under_uvicorn(app, environment, log, "/_stcore/health", START_SECONDS) as (port, process),
    ):
        yield Server(port, psutil.Process(process.pid), time.monotonic() - began)


def ours(home: Path) -> dict[str, str]:
    """The environment of our dashboard on a home; it never refreshes."""
    return {
        "HYPECURVE_HOME": str(home),
        "HYPECURVE_SCHEDULE": "false",
        "HYPECURVE_BOUND_TO": "127.0.0.1",
        "HYPECURVE_STALE_AFTER_HOURS": "1e6",
    }
