"""The data that ship: tables are read when they are first asked for, and files held against their hashes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.take_in.backfill import archive_bundle
from ingest.take_in.load import BUNDLE_ID
from store.archive import Archive
from store.bundle import TablesOnDemand, bundle_files, only, write_bundle, write_tables
from store.warehouse import Warehouse

ROWS = {
    "payload": pl.DataFrame({"source_id": ["a", "b"]}),
    "score": pl.DataFrame({"source_id": ["a", "a", "b"], "score": [1.0, 2.0, 3.0]}),
}


def test_a_table_is_read_once_and_only_when_asked_for() -> None:
    """Knowing what there is, and narrowing it to some sources, reads nothing."""
    read: list[str] = []

    def reader(table: str) -> Callable[[], pl.DataFrame]:
        def rows() -> pl.DataFrame:
            read.append(table)
            return ROWS[table]

        return rows

    tables = TablesOnDemand({table: reader(table) for table in ROWS})
    narrowed = only(tables, ["a"])
    assert "payload" in tables
    assert "price" not in narrowed
    assert set(narrowed) == set(ROWS)
    assert read == []
    assert narrowed["payload"].height == 1
    assert narrowed["payload"].height + tables["payload"].height == 3
    assert read == ["payload"]
    assert narrowed["score"]["score"].to_list() == [1.0, 2.0]


def test_a_bundled_file_that_has_changed_is_told_and_not_taken_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A bit within a page of Parquet gives another figure and no error; the bundle of before goes on."""
    folder, archive = tmp_path / "bundled", Archive(tmp_path / "archive")
    warehouse = Warehouse.in_memory()
    write_bundle(warehouse, folder, [], datetime(2026, 1, 1, tzinfo=UTC))
    write_tables(warehouse, folder, ["bend_power"])
    made = bundle_files(folder)
    assert made is not None
    assert len(made.files) == len(list(folder.glob("*.parquet"))) == archive_bundle(archive, folder)
    entries = archive.entries(BUNDLE_ID)
    changed, gone = folder / "bend_power.parquet", folder / "score.parquet"
    body = bytearray(changed.read_bytes())
    body[len(body) // 2] ^= 1
    changed.write_bytes(body)
    gone.unlink()
    assert archive_bundle(archive, folder) == 0
    assert archive.entries(BUNDLE_ID) == entries
    assert f"{changed}, of the data that ship with the code, has changed" in caplog.text
    assert f"{gone}, of the data that ship with the code, is gone" in caplog.text


def test_what_ships_is_what_was_written() -> None:
    """`doctor` looks at it, too."""
    made = bundle_files()
    assert made is not None
    assert made.faults() == []
