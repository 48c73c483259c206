"""Snapshots: readers see whole states only, and a writer never waits for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from store.snapshot import NoSnapshotError, QueryError, latest, publish
from store.warehouse import Warehouse, WarehouseBusyError, open_warehouse
from tests.places import ROOT


def filled(warehouse: Warehouse, value: int) -> Warehouse:
    """A warehouse whose every derivation row says the same value."""
    rows = pl.DataFrame({"name": [f"d{i}" for i in range(500)], "input_digest": [str(value)] * 500})
    warehouse.replace("derivation", rows.with_columns(seconds=pl.lit(0.0)))
    return warehouse


def test_without_any_snapshot_the_message_says_what_to_do(tmp_path: Path) -> None:
    """A newcomer reads which command to run."""
    with pytest.raises(NoSnapshotError, match="hypecurve up"):
        latest(tmp_path)


def test_readers_keep_their_snapshot_while_new_ones_are_published(tmp_path: Path) -> None:
    """An open snapshot answers the same after two more were published and its file was pruned."""
    warehouse = Warehouse.in_memory()
    first = publish(filled(warehouse, 1), tmp_path)
    sql = "SELECT DISTINCT input_digest AS digest FROM derivation"
    assert first.select(sql)["digest"].to_list() == ["1"]
    for value in (2, 3, 4):
        newest = publish(filled(warehouse, value), tmp_path)
        assert latest(tmp_path).id == newest.id
        assert newest.select(sql)["digest"].to_list() == [str(value)]
    assert len(list(tmp_path.glob("*.duckdb"))) == 2


def test_macros_come_along(tmp_path: Path) -> None:
    """A snapshot answers as-of questions by itself."""
    snapshot = publish(Warehouse.in_memory(), tmp_path)
    assert snapshot.select("SELECT * FROM score_at(now())").is_empty()


def test_a_snapshot_can_neither_be_written_nor_reach_other_files(tmp_path: Path) -> None:
    """Questions of strangers stay within the snapshot."""
    snapshot = publish(Warehouse.in_memory(), tmp_path)
    for sql in (
        "DELETE FROM score",
        "COPY (SELECT 1) TO 'out.csv'",
        "SELECT * FROM read_text('pyproject.toml')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(QueryError):
            snapshot.select(sql)


def test_a_second_writer_waits_and_then_says_who_is_writing(tmp_path: Path) -> None:
    """The wait is bounded and its end is explained."""
    file = tmp_path / "warehouse.duckdb"
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom store.warehouse import open_warehouse\n"
        f"with open_warehouse(Path({str(file)!r}), 5):\n"
        "    print('writing', flush=True)\n    sys.stdin.read()\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "writing"
        with (
            pytest.raises(WarehouseBusyError, match=f"process {writer.pid}"),
            open_warehouse(file, wait_seconds=0.2),
        ):
            pass
    finally:
        writer.communicate(input="")
    with open_warehouse(file, wait_seconds=5) as warehouse:
        assert "score" in warehouse.tables()


READER = """
import sys, time
from pathlib import Path
from store.snapshot import latest
folder, deadline, seen = Path(sys.argv[1]), time.monotonic() + float(sys.argv[2]), set()
while time.monotonic() < deadline:
    values = latest(folder).select("SELECT DISTINCT input_digest AS d FROM derivation")["d"].to_list()
    assert len(values) == 1, values
    seen.add(values[0])
print(len(seen))
"""


def test_two_reading_processes_never_see_half_a_state(tmp_path: Path) -> None:
    """While one process publishes again and again, every read of another is of one state."""
    warehouse = Warehouse.in_memory()
    publish(filled(warehouse, 0), tmp_path)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(tmp_path), "4"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    value = 0
    while any(reader.poll() is None for reader in readers):
        value += 1
        publish(filled(warehouse, value), tmp_path)
    for reader in readers:
        output, errors = reader.communicate()
        assert reader.returncode == 0, errors
        assert int(output) > 1
