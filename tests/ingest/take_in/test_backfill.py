"""Payloads of the past in the archive: each once, as of its day, counted where it is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import store.bundle
from ingest.fetch.replay import Recordings
from ingest.records import Records
from ingest.source import Payload, Source
from ingest.take_in.backfill import (
    FACTS_COLLECTED_ON,
    archive_bundle,
    archive_facts,
    archive_recordings,
)
from ingest.take_in.load import BUNDLE_ID
from store.archive import Archive
from store.bundle import BundleFiles

BOARD = "https://example.org/board.csv"


def parse(_payloads: Sequence[Payload]) -> Records:
    """Nothing: these tests end at the archive."""
    return Records({})


SOURCE = Source(
    id="board",
    title="Board",
    homepage="https://example.org",
    licence="CC0",
    attribution="Example",
    urls=(BOARD,),
    cadence="1d",
    kinds=(),
    parse=parse,
)


def recorded(folder: Path, *rows: tuple[str, str, bytes]) -> Recordings:
    """A folder of recordings: source, day and body of each."""
    entries = []
    for number, (source_id, day, body) in enumerate(rows):
        (folder / f"{number}.csv").write_bytes(body)
        entries.append(
            {
                "source": source_id,
                "url": BOARD,
                "as_of": day,
                "file": f"{number}.csv",
                "encoding": None,
                "content_type": "text/csv",
                "sha256": hashlib.sha256(body).hexdigest(),
            }
        )
    (folder / "manifest.json").write_text(json.dumps(entries))
    return Recordings(folder)


def test_every_recording_of_a_source_is_archived_once(tmp_path: Path) -> None:
    """As of its day; a second time none is new, and those of other sources are left to them."""
    rows = [("board", "2026-01-05", b"a"), ("board", "2026-02-05", b"b"), ("other", "2026-02-05", b"c")]
    recordings = recorded(tmp_path, *rows)
    archive = Archive(tmp_path / "archive")
    assert archive_recordings(SOURCE, recordings, archive) == 2
    assert archive_recordings(SOURCE, recordings, archive) == 0
    found = {entry.as_of.date(): archive.body(entry.sha256) for entry in archive.entries("board")}
    assert found == {date(2026, 1, 5): b"a", date(2026, 2, 5): b"b"}
    assert {(entry.url, entry.content_type) for entry in archive.entries("board")} == {(BOARD, "text/csv")}


@pytest.mark.parametrize(
    ("published", "as_of"),
    [
        (("2026-03-14", "2026-05-01", "2025-12-31"), "2026-05-01"),
        (("2026-03-14", "2026-05", "2027", ""), "2026-03-14"),
        (("2026", ""), FACTS_COLLECTED_ON),
        ((), FACTS_COLLECTED_ON),
    ],
)
def test_a_table_of_facts_is_as_of_the_newest_day_that_it_names(
    tmp_path: Path, published: tuple[str, ...], as_of: str
) -> None:
    """Months and years are no days; a table without any is as of the day on which it was put together."""
    (tmp_path / "spending.csv").write_text("\n".join(["fact,published", *(f"x,{day}" for day in published)]))
    archive = Archive(tmp_path / "archive")
    assert archive_facts(replace(SOURCE, urls=("facts:spending.csv",)), tmp_path, archive) == 1
    (entry,) = archive.entries("board")
    assert entry.as_of == datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    assert entry.url == "facts:spending.csv"


def test_each_new_table_of_facts_is_counted_and_what_is_missing_is_none(tmp_path: Path) -> None:
    """A folder may lack tables, and addresses of the web are not looked for in it."""
    for name in ("a.csv", "b.csv", "board.csv"):
        (tmp_path / name).write_text(f"fact,published\n{name},2026-01-01\n")
    source = replace(SOURCE, urls=("facts:a.csv", "facts:b.csv", "facts:missing.csv", BOARD))
    archive = Archive(tmp_path / "archive")
    assert archive_facts(source, tmp_path, archive) == 2
    assert archive_facts(source, tmp_path, archive) == 0
    assert len(archive.entries("board")) == 2


def test_a_bundle_is_archived_once_and_again_where_a_file_of_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body that is gone is put back from what ships with the code, and is no new payload."""
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    files = [tmp_path / f"{name}.parquet" for name in ("price", "score")]
    for file in files:
        file.write_bytes(file.name.encode())
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda _: BundleFiles(tmp_path, made_at, {}))
    archive = Archive(tmp_path / "archive")
    assert archive_bundle(archive, store.bundle.FOLDER) == 2
    assert archive_bundle(archive, store.bundle.FOLDER) == 0
    assert {(entry.url, entry.as_of) for entry in archive.entries(BUNDLE_ID)} == {
        (f"{BUNDLE_ID}:{file.name}", made_at) for file in files
    }
    lost = archive.entries(BUNDLE_ID)[0].sha256
    for file in archive.files(lost):
        file.unlink()
    assert archive_bundle(archive, store.bundle.FOLDER) == 0
    assert archive.is_whole(lost)
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda _: None)
    assert archive_bundle(archive, store.bundle.FOLDER) == 0
