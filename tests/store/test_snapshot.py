"""Snapshots: readers see whole states only, and a writer never waits for them.

The limits of a statement are tried on one machine only: a snapshot is the same file whoever made it.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import duckdb
import polars as pl
import pytest

import store.snapshot
from config import Settings
from store.sightings import Sightings
from store.snapshot import (
    NoSnapshotError,
    QueryError,
    Snapshot,
    _asks_for_sightings,
    end_of,
    faults,
    is_of_this_version,
    latest,
    pointed_number,
    publish,
    published_stages,
    remove_unfinished,
)
from store.store import Store, store_of
from store.trouble import DamagedError
from store.warehouse import Warehouse, WarehouseBusyError, open_warehouse
from tests.places import ROOT
from tests.team.fixtures import beside


def filled(warehouse: Warehouse, value: int) -> Warehouse:
    """A warehouse whose every derivation row says the same value."""
    rows = pl.DataFrame({"name": [f"d{i}" for i in range(500)], "input_digest": [str(value)] * 500})
    warehouse.replace("derivation", rows.with_columns(seconds=pl.lit(0.0)))
    return warehouse


def digests(snapshot: Snapshot) -> list[str]:
    """What the derivation rows say: one value, however often it was published."""
    sql = "SELECT DISTINCT input_digest AS digest FROM derivation"
    return snapshot.select(sql)["digest"].to_list()


def test_without_any_snapshot_the_message_says_what_to_do(store: Store) -> None:
    """A newcomer reads which command to run."""
    with pytest.raises(NoSnapshotError, match="hypecurve up"):
        store.latest()
    assert store.published_stages() is None
    assert store.faults() == []


def test_readers_keep_their_snapshot_while_new_ones_are_published(store: Store) -> None:
    """An open snapshot answers the same after two more were published and its file was pruned."""
    with store.writing() as warehouse:
        first = store.publish(filled(warehouse, 1))
        assert digests(first) == ["1"]
        for value in (2, 3, 4):
            newest = store.publish(filled(warehouse, value))
            assert store.latest() == newest
            assert digests(newest) == [str(value)]
            assert store.published_stages() == warehouse.stages()
    assert not first.file.exists()
    assert first.published_at <= newest.published_at
    assert len(list(first.file.parent.glob("*.duckdb"))) == 2


@pytest.mark.parametrize(
    ("third", "whole"),
    [
        ("", True),
        ("{}\n", True),
        ('{"schema": "of another version"}\n', True),
        ('{"schema": "to', False),
        ("{,}\n", False),
    ],
)
def test_a_pointer_of_another_version_or_a_torn_one_leads_to_the_snapshot(
    tmp_path: Path, third: str, whole: bool
) -> None:
    """Former versions said nothing of what a snapshot rests on: then the snapshot itself is asked."""
    folder = tmp_path / "snapshots"
    warehouse = filled(Warehouse.in_memory(), 1)
    published = publish(warehouse, folder)
    file, hashed, stages = (folder / "current").read_text(encoding="ascii").splitlines()
    assert json.loads(stages) == warehouse.stages()
    (folder / "current").write_text(f"{file}\n{hashed}\n{third}", encoding="ascii")
    assert latest(folder) == published
    assert (faults(folder) == []) is whole
    said = {"": warehouse.stages(), "{}\n": {}} if whole else {third: None}
    assert published_stages(folder) == said.get(third, {"schema": "of another version"})


def test_a_number_is_never_used_twice(tmp_path: Path) -> None:
    """Though its file be gone, or a copy of what was published elsewhere have a number of its own."""
    folder, warehouse = tmp_path / "snapshots", filled(Warehouse.in_memory(), 1)
    assert pointed_number(folder) == 0
    first = publish(warehouse, folder)
    assert (first.id, pointed_number(folder)) == ("00000001", 1)
    first.file.unlink()
    assert pointed_number(folder) == 0
    assert publish(warehouse, folder).id == "00000002"
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    copied = publish(warehouse, folder, number=7, at=at)
    assert (copied.id, copied.published_at, pointed_number(folder)) == ("00000007", at, 7)
    assert publish(warehouse, folder).id == "00000008"
    (folder / "current").unlink()
    assert pointed_number(folder) == 0
    assert publish(warehouse, folder).id == "00000009"


def test_what_a_publishing_that_broke_off_has_left_is_removed(tmp_path: Path) -> None:
    """And nothing else: what was published is served as before."""
    folder = tmp_path / "snapshots"
    published = publish(filled(Warehouse.in_memory(), 1), folder)
    before = set(folder.iterdir())
    for name in ("00000002.unfinished", "00000002.unfinished.wal", "current.4711"):
        (folder / name).write_bytes(b"half")
    remove_unfinished(folder)
    assert set(folder.iterdir()) == before
    assert latest(folder) == published


def test_a_snapshot_of_another_version_is_told_from_ours(tmp_path: Path) -> None:
    """By the tables and views that it notes; a former version noted none."""
    warehouse = Warehouse.in_memory()
    assert is_of_this_version(publish(warehouse, tmp_path / "own"))
    warehouse.note_stage("schema", "of another version")
    assert not is_of_this_version(publish(warehouse, tmp_path / "other"))
    older = Warehouse.in_memory()
    snapshot = publish(older, tmp_path / "older")
    store.snapshot._opened_lately.cache_clear()
    del snapshot
    gc.collect()
    with duckdb.connect(str(tmp_path / "older" / "00000001.duckdb")) as connection:
        connection.execute("DROP TABLE stage")
    assert not is_of_this_version(Snapshot("00000001", tmp_path / "older" / "00000001.duckdb"))


def test_many_threads_open_a_new_snapshot_at_once(tmp_path: Path) -> None:
    """A visit, the health check and who follows snapshots come at the same moment; each reads it."""
    failed: list[BaseException] = []

    def read(together: Barrier) -> None:
        together.wait()
        try:
            assert digests(latest(tmp_path / "snapshots")) == [str(value)]
        except BaseException as error:  # noqa: BLE001 - of a thread, told below
            failed.append(error)

    for value in range(12):
        with open_warehouse(tmp_path / "one.duckdb", 1.0) as warehouse:
            publish(filled(warehouse, value), tmp_path / "snapshots")
        together = Barrier(8)
        threads = [Thread(target=read, args=(together,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def test_a_snapshot_that_only_a_cursor_holds_is_opened_again(tmp_path: Path) -> None:
    """Its settings are locked for good, and it is read all the same."""
    with open_warehouse(tmp_path / "one.duckdb", 1.0) as warehouse:
        publish(filled(warehouse, 1), tmp_path / "snapshots")
    file = next((tmp_path / "snapshots").glob("*.duckdb"))
    held = store.snapshot._connection(file).cursor()
    store.snapshot._opened_lately.cache_clear()
    gc.collect()
    assert digests(latest(tmp_path / "snapshots")) == ["1"]
    held.close()


def test_macros_come_along(store: Store) -> None:
    """A snapshot answers as-of questions by itself."""
    with store.writing() as warehouse:
        snapshot = store.publish(warehouse)
    assert snapshot.select("SELECT * FROM score_at(now())").is_empty()


def test_a_snapshot_can_neither_be_written_nor_reach_other_files(store: Store) -> None:
    """Questions of strangers stay within the snapshot."""
    with store.writing() as warehouse:
        snapshot = store.publish(warehouse)
    for sql in (
        "DELETE FROM score",
        "COPY (SELECT 1) TO 'out.csv'",
        "SELECT * FROM read_text('pyproject.toml')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(QueryError):
            snapshot.select(sql)


WRITER = """
import sys
from config import load_settings
from store.store import store_of
with store_of(load_settings()).writing() as warehouse, warehouse.taking_in("a"):
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_and_then_says_who_is_writing(
    store: Store, settings_of_store: Settings
) -> None:
    """The wait is bounded and its end is explained."""
    hasty = store_of(replace(settings_of_store, lock_wait_seconds=0.2))
    environment = {**os.environ, **settings_of_store.environment()}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    writer = subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, env=environment, text=True, **pipes)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "writing"
        with (
            pytest.raises(WarehouseBusyError, match=rf"\b{writer.pid}\b.* has been writing"),
            hasty.writing() as warehouse,
            warehouse.taking_in("a"),
        ):
            pass
    finally:
        writer.communicate(input="")
    with store.writing() as warehouse, warehouse.taking_in("a"):
        assert "score" in warehouse.tables()


READER = """
import sys, time
from config import load_settings
from store.store import store_of
store, deadline, seen = store_of(load_settings()), time.monotonic() + 60, set()
while len(seen) < 3 and time.monotonic() < deadline:
    values = store.latest().select("SELECT DISTINCT input_digest AS d FROM derivation")["d"].to_list()
    assert len(values) == 1, values
    seen.add(values[0])
print(len(seen))
"""


def test_two_reading_processes_never_see_half_a_state(store: Store, settings_of_store: Settings) -> None:
    """While one process publishes again and again, every read of another is of one state."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with store.writing() as warehouse:
        store.publish(filled(warehouse, 0))
        homes = (settings_of_store, beside(settings_of_store))
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", READER],
                cwd=ROOT,
                env={**os.environ, **settings.environment()},
                text=True,
                **pipes,
            )
            for settings in homes
        ]
        value = 0
        while any(reader.poll() is None for reader in readers):
            value += 1
            store.publish(filled(warehouse, value))
    for reader in readers:
        output, errors = reader.communicate()
        assert reader.returncode == 0, errors
        assert int(output) == 3


def test_a_statement_has_limits_of_time_and_rows(tmp_path: Path) -> None:
    """What takes too long is ended, what gives too much is refused; the next statement is answered."""
    with open_warehouse(tmp_path / "warehouse.duckdb", 1.0) as warehouse:
        snapshot = publish(warehouse, tmp_path / "snapshots")
    with pytest.raises(QueryError, match=r"more than 0\.2 seconds"):
        snapshot.select("SELECT count(*) FROM range(100000000000)", seconds=0.2)
    with pytest.raises(QueryError, match="more than 5 rows"):
        snapshot.select("SELECT * FROM range(6)", most_rows=5)
    assert snapshot.select("SELECT * FROM range(5)", most_rows=5).height == 5


def test_a_statement_reads_no_files_and_no_settings_are_changed(tmp_path: Path) -> None:
    """Neither other files, nor a way to lift the limits."""
    with open_warehouse(tmp_path / "warehouse.duckdb", 1.0) as warehouse:
        snapshot = publish(warehouse, tmp_path / "snapshots")
    for sql in (
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/never.csv'",
        "SET memory_limit = '100GB'",
        "ATTACH '/tmp/never.duckdb'",
        "INSTALL httpfs",
    ):
        with pytest.raises(QueryError):
            snapshot.select(sql)


def test_a_snapshot_is_its_number_and_its_file(tmp_path: Path) -> None:
    """Whoever opened it, and when it was published, tell no two apart and are not shown."""
    file = tmp_path / "snapshots" / "00000003.duckdb"
    one = Snapshot("00000003", file, object(), datetime(2026, 1, 1, tzinfo=UTC))
    assert one == Snapshot("00000003", file)
    assert repr(one) == f"Snapshot(id='00000003', file={file!r})"
    assert one.archive == tmp_path / "archive"


def test_when_a_snapshot_was_published_is_what_was_noted_else_what_its_file_says(tmp_path: Path) -> None:
    """What was noted is known after the file is gone."""
    file, at = tmp_path / "00000001.duckdb", datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert Snapshot("1", file, noted_at=at).published_at == at
    file.touch()
    os.utime(file, (at.timestamp() + 5, at.timestamp() + 5))
    assert Snapshot("1", file, noted_at=at).published_at == at
    assert Snapshot("1", file).published_at == at + timedelta(seconds=5)


def test_a_day_ends_with_its_last_microsecond() -> None:
    """In UTC; the next one is another day."""
    assert end_of(date(2026, 2, 28)) == datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)


def longer(file: Path) -> None:
    """By one byte."""
    file.write_bytes(file.read_bytes() + b"x")


def other(file: Path) -> None:
    """Of the same length."""
    body = bytearray(file.read_bytes())
    body[-1] ^= 1
    file.write_bytes(bytes(body))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (Path.unlink, "it is gone"),
        (longer, "it has {} bytes and should have {}"),
        (other, "its content has changed since it was published"),
    ],
)
def test_of_two_snapshots_the_one_that_is_whole_is_served(
    tmp_path: Path, damage: Callable[[Path], None], says: str
) -> None:
    """What is wrong with the newer one is told; where both are damaged, that of the newer one."""
    folder, warehouse = tmp_path / "snapshots", Warehouse.in_memory()
    first = publish(filled(warehouse, 1), folder).file
    second = publish(filled(warehouse, 2), folder).file
    length = second.stat().st_size
    damage(second)
    (told,) = faults(folder)
    assert told == (
        f"{second} is damaged ({says.format(f'{length + 1:,}', f'{length:,}')}). The snapshot before it is "
        "served until `hypecurve refresh` publishes a new one."
    )
    assert latest(folder).id == "00000001"
    assert pointed_number(folder) == 0
    assert published_stages(folder) is None
    first.write_bytes(b"x" * 5000)
    store.snapshot._opened_lately.cache_clear()
    gc.collect()
    with pytest.raises(DamagedError) as error:
        latest(folder)
    assert error.value.file == second


def test_a_missing_pointer_is_told_and_the_newest_snapshot_served(tmp_path: Path) -> None:
    """It says which file is missing and what writes it anew."""
    folder, warehouse = tmp_path / "snapshots", Warehouse.in_memory()
    for value in (1, 2):
        publish(filled(warehouse, value), folder)
    (folder / "current").unlink()
    assert faults(folder) == [
        f"{folder / 'current'} is missing or cannot be read: the newest snapshot is served. "
        "`hypecurve refresh` writes it anew."
    ]
    assert latest(folder).id == "00000002"


def test_what_is_pointed_to_is_kept_though_its_number_is_the_lowest(tmp_path: Path) -> None:
    """A copy of what was published elsewhere may have a lower number than those that are here."""
    folder, warehouse = tmp_path / "snapshots", filled(Warehouse.in_memory(), 1)
    for number in (7, 8, 3):
        publish(warehouse, folder, number=number)
    assert sorted(file.stem for file in folder.glob("*.duckdb")) == ["00000003", "00000007", "00000008"]
    assert latest(folder).id == "00000003"
    assert publish(warehouse, folder).id == "00000009"
    assert sorted(file.stem for file in folder.glob("*.duckdb")) == ["00000008", "00000009"]


def test_only_a_statement_about_sightings_reads_them(tmp_path: Path) -> None:
    """What was seen again since a snapshot was published confirms what it says, by each of its names."""
    snapshot = publish(Warehouse.in_memory(), tmp_path / "snapshots")
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    Sightings(snapshot.archive).note("a", ("u", seen, "0" * 64), seen + timedelta(hours=1))
    found = snapshot.select("SELECT source_id, last_seen_at FROM sighting")
    assert found.rows() == [("a", seen + timedelta(hours=1))]
    for name in ("sighting", "list_last_seen", "price_step_at", "price_story_at"):
        assert _asks_for_sightings(f"SELECT * FROM {name}") is True
    assert _asks_for_sightings("SELECT * FROM price_at") is False


def test_a_parameter_that_a_statement_does_not_name_is_left_out(tmp_path: Path) -> None:
    """A question hands over all that it knows; without any a statement is asked as it is."""
    snapshot = publish(Warehouse.in_memory(), tmp_path / "snapshots")
    assert snapshot.select("SELECT $a AS a", {"a": 7, "b": Path("x")})["a"].to_list() == [7]
    assert snapshot.select("SELECT 7 AS a")["a"].to_list() == [7]
    assert "score" in snapshot.tables()
    assert snapshot.tables() == sorted(snapshot.tables())
