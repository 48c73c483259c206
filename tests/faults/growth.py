"""A year in a minute: what the ledger, the archive, the warehouse and the snapshots hold after it.

    python -m tests.faults.growth [--days 365] [--changed 0.3] [--recordings FOLDER]

Every source runs at its real cadence and serves its fixture (or what was recorded of it last), a share of
whose answers differ in one figure from the one before; the archive and the ledger get what real refreshes
give them, day by day, pruning and compaction included. Beside them a board of 300 models, of which a
twentieth is corrected every day, is taken in for as many days by the real loader, and published.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Final
from unittest.mock import patch

from config import Settings
from ingest.registry import load_sources
from pipeline import refresh as pipeline
from pipeline.schedule.timing import period
from store.archive import Archive, Compacted, describe
from store.ledger import Ledger, Status
from store.sizes import measured as sizes
from store.warehouse import Loaded
from tests.faults.fuzz import bodies
from tests.faults.small_place import FORM

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
MODELS: Final = 300
COMPACTED_EVERY: Final = 7
"""Days; the refresher compacts every day, which comes to the same and would take long here."""
LOOKS: Final = 6
"""How often the sizes are told."""


def stores(
    home: Path, days: int, changed: float, bodies: Callable[[str], Mapping[str, bytes]]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Sizes of archive and ledger, told a few times over the days, and what compaction has taken off."""
    dice, archive, ledger = random.Random(1), Archive(home / "archive"), Ledger(home / "ledger.sqlite")
    plan = [
        (source.id, period(source.cadence, START), payloads)
        for source in load_sources().sources.values()
        if (payloads := bodies(source.id))
    ]
    total = Compacted()
    newest = {(name, url): body for name, _, payloads in plan for url, body in payloads.items()}
    for day in range(days):
        now = START + timedelta(days=day)
        for name, span, payloads in plan:
            runs = int((now + timedelta(days=1) - START) / span) - int((now - START) / span)
            for turn in range(runs):
                at, new = now + turn * span, 0
                for url in payloads:
                    if dice.random() < changed:
                        newest[name, url] = one_figure_changed(newest[name, url], dice)
                        entry = describe(newest[name, url], source_id=name, url=url, as_of=at, fetched_at=at)
                        new += archive.add(entry, newest[name, url])
                status = Status.NEW if new else Status.UNCHANGED
                ledger.finish(ledger.start(name, "schedule", at), status, at, Loaded(payloads=new))
        ledger.prune(now)
        if day % COMPACTED_EVERY == COMPACTED_EVERY - 1 or day + 1 == days:
            total += archive.compact(now)
        if (day + 1) % max(1, days // LOOKS) == 0:
            held = {name: size for name, size in sizes(home).items() if size}
            yield day + 1, {**held, "taken off by compaction": total.before - total.after}


def recorded(folder: Path) -> Callable[[str], Mapping[str, bytes]]:
    """The newest recorded payload of each address that a source asks at every run, where those are fixed."""
    known = {name: source for name, source in load_sources().sources.items() if not callable(source.urls)}
    found: dict[str, dict[str, bytes]] = {}
    for item in sorted(json.loads((folder / "manifest.json").read_text()), key=itemgetter("as_of")):
        source = item["source"]
        if source in known and item["url"] in known[source].urls:
            content = (folder / item["file"]).read_bytes()
            body = gzip.decompress(content) if item["encoding"] == "gzip" else content
            found.setdefault(source, {})[item["url"]] = body
    return lambda source: found.get(source, {})


def one_figure_changed(body: bytes, dice: random.Random) -> bytes:
    """The same with another digit somewhere; with a byte more where there is none."""
    places = [found.start() for found in re.finditer(rb"\d", body[:50_000])]
    if not places:
        return body + b" "
    at = dice.choice(places)
    return body[:at] + str(dice.randrange(10)).encode() + body[at + 1 :]


def tables(home: Path, days: int) -> dict[str, int]:
    """Sizes after a board was taken in for so many days and published."""
    dice, recordings = random.Random(2), home / "recordings"
    recordings.mkdir()
    scores, manifest = [dice.randrange(100) for _ in range(MODELS)], []
    for day in range(days):
        for _ in range(MODELS // 20):
            scores[dice.randrange(MODELS)] = dice.randrange(100)
        rows = (f"model-{place},{score}\n" for place, score in enumerate(scores))
        body = f"Model,Score\n{''.join(rows)}".encode()
        (recordings / f"{day}.csv.gz").write_bytes(gzip.compress(body))
        manifest.append(
            {
                "source": "board",
                "url": "https://boards.example/board.csv",
                "as_of": str(date(2026, 1, 1) + timedelta(days=day)),
                "file": f"{day}.csv.gz",
                "encoding": "gzip",
                "content_type": "text/csv",
                "sha256": hashlib.sha256(body).hexdigest(),
            }
        )
    (recordings / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    settings = Settings(home=home)
    settings.sources_folder.mkdir()
    form = FORM.format(name="board", url="https://boards.example/board.csv", column="Score", cadence="1d")
    (settings.sources_folder / "board.toml").write_text(form, encoding="utf-8")
    with patch("ingest.take_in.backfill.bundle_files", lambda *_: None):
        pipeline.backfill(settings, ["board"], replay=recordings)
    return sizes(home)


def main() -> None:
    """Simulate and tell."""
    words = argparse.ArgumentParser()
    words.add_argument("--days", type=int, default=365)
    words.add_argument("--changed", type=float, default=0.3)
    words.add_argument("--recordings", type=Path)
    asked = words.parse_args()
    served = recorded(asked.recordings) if asked.recordings else bodies
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None  # a year of waiting for the disk would be no simulation
    with tempfile.TemporaryDirectory(dir=place) as folder:
        for day, held in stores(Path(folder), asked.days, asked.changed, served):
            sys.stdout.write(f"day {day}: {_megabytes(held)}\n")
            sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(f"one board of {asked.days} days: {_megabytes(tables(Path(folder), asked.days))}\n")


def _megabytes(held: dict[str, int]) -> str:
    return ", ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in held.items())


if __name__ == "__main__":
    main()
