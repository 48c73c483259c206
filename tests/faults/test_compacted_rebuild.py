"""What is made again from a compacted archive is, row for row, what was there before."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from config import Settings
from pipeline import refresh as pipeline
from pipeline.rebuild import rebuild
from store.archive import Archive
from store.bodies import DIFFERENCE
from store.store import store_of
from tests.faults import kills
from tests.places import files_of

MODELS: Final = 1500
SERVED: Final = (0, 1, 2, 0, 3, 4)
"""Which state each board is in, day by day: the first one comes again after others."""


def body_of(board: str, state: int) -> bytes:
    """A payload that shares most rows with those of other states: some revised, some gone, some new.

    Names are such that it takes several blocks of the disk however it is compressed.
    """
    lines = ["Model,Score"]
    for row in range(10 * state, MODELS + 10 * state):
        name = hashlib.sha256(f"{board} {row}".encode()).hexdigest()[:20]
        lines.append(f"{name},{(row + state * (row % 20 == 0)) % 101}")
    return "\n".join(lines).encode()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home that has taken in what three boards said on six days, some of it late."""
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    recordings, manifest = tmp_path / "recordings", []
    recordings.mkdir()
    for board in kills.BOARDS:
        for day, state in enumerate(SERVED):
            body, file = body_of(board, state), f"{board}-{day}.csv.gz"
            (recordings / file).write_bytes(gzip.compress(body))
            about = {
                "source": board,
                "url": f"https://boards.example/{board}.csv",
                "as_of": str(kills.FIRST + timedelta(days=day)),
                "file": file,
                "encoding": "gzip",
                "content_type": "text/csv",
                "sha256": hashlib.sha256(body).hexdigest(),
            }
            manifest.append(about)
    (recordings / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    kills._declare(settings)
    pipeline.refresh(settings, kills.BOARDS[:2], replay=recordings, as_of=kills.FIRST + timedelta(days=3))
    pipeline.backfill(settings, kills.BOARDS, replay=recordings)
    return settings


def test_a_rebuild_from_a_compacted_archive_changes_no_row(served: Settings) -> None:
    """Every published table is the same, though most payloads rest on others."""
    before = kills.digests(store_of(served).latest())
    archive = Archive(files_of(served).archive_folder)
    read = {
        entry.sha256: archive.body(entry.sha256)
        for name in archive.sources()
        for entry in archive.entries(name)
    }
    done = archive.compact(datetime.now(UTC), all_of_them=True)
    assert done.bodies == len(kills.BOARDS) * 3  # of five states the first and the last stay whole
    assert len(list(archive.folder.rglob(f"*{DIFFERENCE}"))) == done.bodies
    fresh = Archive(archive.folder)
    assert {sha256: fresh.body(sha256) for sha256 in read} == read
    rebuilt = rebuild(served)
    assert (rebuilt.payloads, rebuilt.missing) == (len(kills.BOARDS) * len(SERVED), ())
    assert kills.digests(store_of(served).latest()) == before
    assert rebuilt.revised > 0
