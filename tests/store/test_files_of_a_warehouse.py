"""A warehouse in its file: who may open it, what is looked at, and what is noted of each payload."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from store.trouble import DamagedError
from store.warehouse import (
    Loaded,
    PayloadRow,
    Warehouse,
    WarehouseBusyError,
    fresh_warehouse,
    look_through,
    open_warehouse,
    take_place,
    writing,
)
from tests.store.test_fold import row, unit

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of a warehouse with one row, in a folder that was not there."""
    file = tmp_path / "home" / "warehouse.duckdb"
    with open_warehouse(file, 1.0) as warehouse:
        warehouse.insert("model", pl.DataFrame({"model_id": ["kept"]}))
    return file


def models(file: Path) -> list[str]:
    with open_warehouse(file, 1.0) as warehouse:
        return warehouse.frame("SELECT model_id FROM model")["model_id"].to_list()


def test_a_load_that_did_nothing_counts_nothing() -> None:
    """Each count begins at none and is added to its own kind."""
    assert Loaded() == Loaded(0, 0, 0, 0, 0, 0)
    assert Loaded(1, 2, 3, 4, 5, 6) + Loaded(10, 20, 30, 40, 50, 60) == Loaded(11, 22, 33, 44, 55, 66)


def test_what_is_noted_of_payloads_that_came_together() -> None:
    """Rows count for the first of them; of each its origin, what is wrong, and whether it was read."""
    warehouse = Warehouse.in_memory()
    first = PayloadRow("s", "u", NOW, "1" * 64, 5, "text/csv")
    second = PayloadRow("s", "v", NOW, "2" * 64, 6, None, "bundle", "half of it", unread=True)
    done = warehouse.append([([first, second], unit(0, {"a": 1, "b": 2}, doubtful=("c",)))], "s")
    assert done == Loaded(payloads=2, read=2, added=2, refused=1)
    assert warehouse.payloads("s").rows() == [
        ("u", NOW, "1" * 64, "archive", 2, None, False),
        ("v", NOW, "2" * 64, "bundle", 0, "half of it", True),
    ]
    sql = "SELECT bytes, content_type, rows_added, rows_refused FROM payload ORDER BY url"
    assert warehouse.frame(sql).rows() == [(5, "text/csv", 2, 1), (6, None, 0, 0)]
    assert warehouse.frame("SELECT source_id, payload_sha256, reason FROM quarantine").rows() == [
        ("s", "sha-0", "a rule")
    ]
    assert warehouse.payloads("t").is_empty()


def test_a_payload_without_rows_is_noted_with_none() -> None:
    """Nothing could be read of it, or it said nothing."""
    warehouse = Warehouse.in_memory()
    assert warehouse.append([([row(0)], None)], "s") == Loaded(payloads=1)
    assert warehouse.payloads("s")["rows_read"].to_list() == [0]


def test_rows_are_loaded_again_from_the_first_payload_on() -> None:
    """In the place of all that the source had, with its form; another source's rows stay."""
    warehouse = Warehouse.in_memory()
    assert warehouse.append([([row(0)], unit(0, {"a": 1, "b": 1}))], "s", form="old").added == 2
    other = PayloadRow("t", "u", NOW, "sha-0", 1, None)
    warehouse.append([([other], None)], "t", form="its own")
    assert warehouse.forms() == {"s": "old", "t": "its own"}
    before = warehouse.stages()["content"]
    done = warehouse.reload([([row(0)], unit(0, {"a": 1})), ([row(1)], unit(1, {"a": 2}))], "s", form="new")
    assert done == Loaded(payloads=2, read=2, added=2, revised=1)
    assert warehouse.forms() == {"s": "new", "t": "its own"}
    assert warehouse.frame("SELECT model_name, tokens FROM usage ORDER BY ALL").rows() == [("a", 1), ("a", 2)]
    assert warehouse.payloads("t").height == 1
    assert warehouse.stages()["content"] != before
    warehouse.reload([], "s")
    assert (warehouse.payloads("s").height, warehouse.forms()["s"]) == (0, "new")


def test_rows_that_are_folded_already_are_counted_but_for_who_said_them() -> None:
    """Payloads by themselves, observations as rows; a table that is none of them counts for nothing."""
    warehouse = Warehouse.in_memory()
    stamp = {
        "source_id": ["s"] * 2,
        "payload_sha256": ["0"] * 2,
        "observed_at": [NOW] * 2,
        "gone": [False] * 2,
    }
    score = pl.DataFrame({"model_name": ["m", "n"], "benchmark_id": ["b"] * 2, "score": [0.5, 0.6]} | stamp)
    payload = pl.DataFrame({"source_id": ["s"], "url": ["u"], "as_of": [NOW], "sha256": ["0"]}).with_columns(
        origin=pl.lit("bundle")
    )
    source = pl.DataFrame({"source_id": ["s"]})
    assert warehouse.adopt({"payload": payload, "score": score, "source": source}) == Loaded(
        payloads=1, read=2, added=2
    )


def test_a_derived_table_is_replaced_and_observations_never() -> None:
    """What was there before is gone; the refusal names the table."""
    warehouse = Warehouse.in_memory()
    for name in ("a", "b"):
        warehouse.replace("model", pl.DataFrame({"model_id": [name]}))
    assert warehouse.frame("SELECT model_id FROM model").rows() == [("b",)]
    warehouse.replace("model", pl.DataFrame({"model_id": []}, schema={"model_id": pl.String}))
    assert warehouse.frame("SELECT model_id FROM model").rows() == []
    with pytest.raises(ValueError, match="price holds observations"):
        warehouse.replace("price", pl.DataFrame())


def test_on_one_machine_nobody_comes_between() -> None:
    """An action is done once, on the same warehouse, and nobody is told."""
    warehouse = Warehouse.in_memory()
    assert warehouse.uncrossed(lambda: 7, lambda *what: pytest.fail(f"told {what}")) == 7
    with warehouse.close_by() as near, warehouse.alone(), warehouse.taking_in("s"):
        assert near is warehouse


def test_a_stage_is_noted_in_place_of_what_it_said_before(file: Path) -> None:
    """And a warehouse of this version is not migrated again."""
    with open_warehouse(file, 1.0) as warehouse:
        for digest in ("a", "b"):
            warehouse.note_stage("identity", digest)
        assert warehouse.stages()["identity"] == "b"
        numbers = warehouse.frame("SELECT number FROM migration")["number"].to_list()
        warehouse.note_stage("schema", "of another version")
        warehouse.migrate()
        assert warehouse.frame("SELECT number FROM migration")["number"].to_list() == numbers
        assert warehouse.stages()["schema"] != "of another version"


def test_who_writes_is_told_to_who_waits_in_vain(file: Path) -> None:
    """By its process and the seconds that were waited; once it has ended, the file is free."""
    with writing(file, 1.0):
        with pytest.raises(WarehouseBusyError) as error, open_warehouse(file, 0):
            pytest.fail("two writers")
        assert str(error.value) == (
            f"Another refresh (process {os.getpid()}) has been writing to {file} for more than 0 s. Wait for "
            "it to end, or stop it, and try again."
        )
        assert error.value.file == file
        file.with_suffix(".writer").unlink()
        with pytest.raises(WarehouseBusyError, match=r"\(process unknown\)"), open_warehouse(file, 0):
            pytest.fail("two writers")
        look_through(file, deep=True)  # who writes would have noticed
    assert models(file) == ["kept"]
    assert not file.with_suffix(".writer").exists()


@pytest.mark.parametrize("deep", [False, True])
def test_a_look_does_not_mind_who_else_reads(tmp_path: Path, deep: bool) -> None:
    """It opens the file for reading alone, beside others who do."""
    file = tmp_path / "w.duckdb"
    with open_warehouse(file, 0):
        pass
    with duckdb.connect(str(file), read_only=True) as reader:
        look_through(file, deep=deep)
        assert reader.execute("SELECT count(*) FROM migration").fetchone() != (0,)


def emptied(file: Path) -> None:
    """Of its last blocks nothing is left."""
    body = bytearray(file.read_bytes())
    for place in range(16_384, len(body)):
        body[place] ^= 0xFF
    file.write_bytes(bytes(body))


def without_head(file: Path) -> None:
    """A log beside it that DuckDB would pass over."""
    file.with_name(f"{file.name}.wal").write_bytes(b"\1" * 40)


@pytest.mark.parametrize("damage", [emptied, without_head])
def test_damage_is_found_by_looking_through_and_by_opening(
    file: Path, damage: Callable[[Path], None]
) -> None:
    """Of what is there; where no file is, nothing is made."""
    look_through(file, deep=True)
    look_through(file, deep=False)
    damage(file)
    with pytest.raises(DamagedError) as error:
        look_through(file, deep=True)
    assert error.value.file == file
    with pytest.raises(DamagedError), open_warehouse(file, 1.0) as warehouse:
        warehouse.frame("SELECT * FROM model")
    look_through(file.with_name("other.duckdb"), deep=True)
    assert not file.with_name("other.duckdb").exists()


def test_what_is_made_anew_is_empty_and_takes_the_place(file: Path) -> None:
    """What an earlier one left unfinished is thrown away, and so is the log of the old one."""
    beside = file.with_suffix(".rebuilding")
    beside.write_bytes(b"half of another one")
    with fresh_warehouse(file, 1.0) as fresh:
        assert fresh.frame("SELECT * FROM model").is_empty()
        with pytest.raises(WarehouseBusyError), fresh_warehouse(file, 0):
            pytest.fail("two rebuilds")
        fresh.insert("model", pl.DataFrame({"model_id": ["new"]}))
        assert beside.exists()
        without_head(file)
        with writing(file, 1.0):
            take_place(fresh, file)
    assert not beside.exists()
    assert models(file) == ["new"]
    with fresh_warehouse(file, 1.0):
        pass
    assert not beside.exists()


def test_a_copy_holds_all_rows_and_leaves_the_warehouse_as_it_was(file: Path, tmp_path: Path) -> None:
    """And nothing of it stays attached, so that a second one may follow."""
    with open_warehouse(file, 1.0) as warehouse:
        for name in ("one", "two"):
            warehouse.copy_into(tmp_path / f"{name}.duckdb")
        tables = warehouse.tables()
    for name in ("one", "two"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as copy:
            assert copy.execute("SELECT model_id FROM model").fetchall() == [("kept",)]
            assert Warehouse(copy).tables() == tables == sorted(tables)


def test_the_state_of_a_source_is_its_newest_row(file: Path) -> None:
    """Read back from the file it is what it was while it was carried along."""
    for day, said in enumerate(({"a": 1.0}, {"a": 2.0}, {"a": 2.0})):
        with open_warehouse(file, 1.0) as warehouse:
            done = warehouse.append([([row(day)], unit(day, dict(said)))], "s")
            assert done.added == (1, 1, 0)[day]
            assert done.revised == (0, 1, 0)[day]
    with open_warehouse(file, 1.0) as warehouse:
        at = warehouse.frame("SELECT observed_at FROM usage ORDER BY 1")["observed_at"].to_list()
    assert at[1] - at[0] == timedelta(days=1)
