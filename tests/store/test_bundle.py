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
from store.bundle import TABLES, TablesOnDemand, bundle_files, only, write_bundle, write_tables
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


def at(hour: int) -> datetime:
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


@pytest.fixture
def warehouse() -> Warehouse:
    """Two payloads and a release each of two sources, and a table that is made of them."""
    warehouse = Warehouse.in_memory()
    names = ["b", "a"]
    payload = {
        "source_id": names,
        "url": ["u", "u"],
        "as_of": [at(1), at(2)],
        "sha256": ["0" * 64] * 2,
        "origin": ["archive"] * 2,
        "error": ["it was torn"] * 2,
    }
    release = {
        "source_id": names,
        "title": ["t", "t"],
        "excerpt": ["text of somebody's"] * 2,
        "payload_sha256": ["0" * 64] * 2,
        "observed_at": [at(1)] * 2,
        "gone": [False] * 2,
    }
    warehouse.insert("payload", pl.DataFrame(payload))
    warehouse.insert("release", pl.DataFrame(release))
    warehouse.insert("model", pl.DataFrame({"model_id": ["n", "m"]}))
    return warehouse


def test_what_ships_of_a_source_is_its_rows_without_what_is_anothers(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    """Excerpts and errors stay at home, and so does every source that does not ship."""
    folder = tmp_path / "new" / "bundled"
    for _ in range(2):
        written = write_bundle(warehouse, folder, ["a"], at(12))
    assert {table: rows for table, rows in written.items() if rows} == {"payload": 1, "release": 1}
    assert set(written) == set(TABLES)
    payload, release = (pl.read_parquet(folder / f"{table}.parquet") for table in ("payload", "release"))
    assert payload.select("source_id", "as_of", "origin", "error").rows() == [("a", at(2), "bundle", None)]
    assert release.select("source_id", "title", "excerpt").rows() == [("a", "t", None)]
    assert release.schema["excerpt"] == pl.String
    both = write_bundle(warehouse, folder, ["b", "a"], at(12))
    assert both["payload"] == 2
    assert pl.read_parquet(folder / "payload.parquet")["source_id"].to_list() == ["a", "b"]


def test_a_bundle_says_when_it_was_made_and_what_its_files_are(warehouse: Warehouse, tmp_path: Path) -> None:
    """Each file on a line of its own; whole tables beside the observations are noted too."""
    assert bundle_files(tmp_path) is None
    assert write_tables(warehouse, tmp_path, ["model"]) == {"model": 2}
    assert bundle_files(tmp_path) is None
    write_bundle(warehouse, tmp_path, ["a"], at(12))
    made = bundle_files(tmp_path)
    assert made is not None
    assert made.made_at == at(12)
    assert set(made.hashes) == {f"{table}.parquet" for table in (*TABLES, "model")}
    assert made.files == sorted(tmp_path.glob("*.parquet"))
    assert pl.read_parquet(tmp_path / "model.parquet")["model_id"].to_list() == ["m", "n"]
    lines = (tmp_path / "bundle.json").read_text().splitlines()
    assert lines[:2] == ["{", '"made_at": "2026-01-01T12:00:00+00:00",']
    assert write_tables(warehouse, tmp_path, ["model_alias"]) == {"model_alias": 0}
    again = bundle_files(tmp_path)
    assert again is not None
    assert (again.made_at, set(again.hashes) - set(made.hashes)) == (at(12), {"model_alias.parquet"})
    assert again.faults() == []


def test_a_bundle_that_says_nothing_of_its_files_has_no_faults(tmp_path: Path) -> None:
    """Former versions wrote down no hashes."""
    (tmp_path / "bundle.json").write_text('{"made_at": "2026-01-01T12:00:00+00:00"}')
    (tmp_path / "score.parquet").write_bytes(b"x")
    made = bundle_files(tmp_path)
    assert made is not None
    assert (made.files, made.faults()) == ([tmp_path / "score.parquet"], [])


def test_tables_of_no_bundle_are_none() -> None:
    """Without a bundle there is nothing to narrow; a table that is none of a bundle's is left out."""
    assert dict(only({}, ["a"])) == {}
    narrowed = only(ROWS | {"model": pl.DataFrame({"source_id": ["a"]})}, ["b"])
    assert (len(narrowed), list(narrowed)) == (2, ["payload", "score"])
    assert narrowed["score"].rows() == [("b", 3.0)]
