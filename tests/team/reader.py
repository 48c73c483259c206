"""Reads a dashboard again and again until its standard input ends; FILE holds at any time what it came to.

    python -m tests.team.reader ADDRESS FILE

reads   answers of a page's route and of /healthz
away    those of /healthz that said since when PostgreSQL is away
failed  what did not answer, or not with 200, once the first data were shown
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROUTES = ("/healthz", "/api/sources", "/healthz", "/api/ask/models.json")
PAUSE_SECONDS = 0.5


@dataclass
class Read:
    """What came of it."""

    reads: int = 0
    away: int = 0
    failed: list[str] = field(default_factory=list)


def main(address: str, file: Path) -> None:
    """Read until whoever started this closes its standard input."""
    over, found = Event(), Read()

    def wait() -> None:
        sys.stdin.read()
        over.set()

    Thread(target=wait, daemon=True).start()
    for route in _until(over):
        try:
            with urlopen(f"{address}{route}", timeout=60) as answer:
                body = answer.read()
        except (HTTPError, URLError, ConnectionError, TimeoutError) as error:
            if found.reads:
                found.failed.append(f"{route}: {error}")
                _write(found, file)
            continue
        if not found.reads and "snapshot" not in json.loads(body):
            continue  # up, and without data: nothing was copied there yet
        found.reads += 1
        found.away += route == "/healthz" and "store_away_since" in json.loads(body)
        _write(found, file)


def read_so_far(file: Path) -> Read:
    """What a reader has come to until now."""
    return Read(**json.loads(file.read_text())) if file.exists() else Read()


def _write(found: Read, file: Path) -> None:
    whole = file.with_suffix(".next")
    whole.write_text(json.dumps(asdict(found)))
    whole.replace(file)


def _until(over: Event) -> Iterator[str]:
    for route in cycle(ROUTES):
        if over.wait(PAUSE_SECONDS):
            return
        yield route


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
