"""What a database had committed and not yet written into its file, damaged when its process had died.

Warehouse and ledger are left as a kill leaves them: with a log beside the file that holds the newest rows.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from commands.diagnosis import advice, troubles
from store.backup import back_up, restore
from store.ledger import Ledger, Status
from store.store import store_of
from store.trouble import DAMAGED
from store.unwritten import fault_of_sqlite_log, log_of_duckdb, log_of_sqlite
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page
from tests.places import ROOT, files_of

KILLED: Final = """
import os, signal, sqlite3
import ingest.take_in.backfill as bundle_of
import store.one_machine
from config import load_settings
from pipeline.refresh import refresh
from tests.places import files_of
bundle_of.bundle_files = lambda *_: None
settings = load_settings()
held = sqlite3.connect(files_of(settings).ledger_file)  # so that its log stays
held.execute("SELECT * FROM run").fetchall()
publish = store.one_machine.publish
def published(*words):
    publish(*words)
    os.kill(os.getpid(), signal.SIGKILL)
store.one_machine.publish = published
refresh(settings, ["board-a"])
"""
NEWEST: Final = [0.64, 0.64, 0.82, 0.91]


@pytest.fixture
def killed(place: SmallPlace) -> SmallPlace:
    """Two boards; the process that took in the newest of one was killed when it had published it."""
    place.add("board-a")
    place.add("board-b", BOARD.replace(b"81", b"82"))
    place.refresh("board-a", "board-b")
    place.serve("board-a", page(BOARD.replace(b"81", b"91")))
    done = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=ROOT,
        env={**os.environ, **place.settings.environment()},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert newest(place) == NEWEST
    return place


def newest(place: SmallPlace) -> list[float]:
    """What readers see: the newest score of each row of both boards."""
    sql = "SELECT source_id, model_name, arg_max(score, observed_at) AS score FROM score GROUP BY ALL"
    return sorted(store_of(place.settings).latest().select(sql)["score"])


def cut(log: Path) -> None:
    """The first half, torn in the midst of something."""
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def garbled(log: Path) -> None:
    """Other bytes from the start to the end."""
    log.write_bytes(bytes(byte ^ 0xA5 for byte in log.read_bytes()))


def spotted(log: Path) -> None:
    """One bit of it, far from the end."""
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, garbled, spotted])
def test_what_stood_in_a_damaged_log_only_comes_back_or_is_told(
    killed: SmallPlace, damage: Callable[[Path], None]
) -> None:
    """A refresh of any source brings the rows back, from the archive; of the ledger the last runs are lost.

    What is damaged is named and put aside; a torn end is what a kill leaves, and the index of the ledger's
    log is made anew.
    """
    files, named = files_of(killed.settings), damage is not cut
    logs = [log_of_duckdb(files.warehouse_file), log_of_sqlite(files.ledger_file)]
    for log in logs:
        assert log.stat().st_size > 1000
        damage(log)
    damaged = logs[1].read_bytes()
    files.ledger_file.with_name("ledger.sqlite-shm").write_bytes(b"\xa5" * 32_768)
    said = killed.command("doctor")
    assert "Traceback" not in said.stderr
    assert (str(files.warehouse_file) in said.stderr) is named
    assert ("ledger.sqlite-wal is damaged" in said.stderr) is named
    assert killed.refresh("board-b")["board-b"].status is not Status.FAILED
    assert newest(killed) == NEWEST
    assert killed.ledger.runs().row(0, named=True)["source_id"] == "board-b"
    kept = list(files.home.glob(f"ledger.sqlite{DAMAGED}*"))
    assert [file.read_bytes() for file in kept] == ([damaged] if named else [])
    assert any(f"warehouse.duckdb{DAMAGED}" in told for told in advice(killed.settings)) is named
    assert list(troubles(killed.settings, deep=True)) == []


def test_logs_are_read_as_their_databases_read_them_and_never_put_beside_other_files(
    killed: SmallPlace, tmp_path: Path
) -> None:
    """Every bit of a committed page counts; a copy is put back where logs of other files were left."""
    home, other = killed.settings.home, tmp_path / "other"
    log = log_of_sqlite(home / "ledger.sqlite").read_bytes()
    assert fault_of_sqlite_log(log) is None
    for place in (0, 17, 30, 32, 57, 4000, len(log) // 2):
        wrong = bytearray(log)
        wrong[place] ^= 4
        assert fault_of_sqlite_log(bytes(wrong)), place
    other.mkdir()
    for left in (log_of_duckdb(home / "warehouse.duckdb"), log_of_sqlite(home / "ledger.sqlite")):
        shutil.copy(left, other / left.name)
    back_up(home, tmp_path / "copy.tar")
    restore(tmp_path / "copy.tar", other)
    assert not log_of_duckdb(other / "warehouse.duckdb").exists()
    assert not log_of_sqlite(other / "ledger.sqlite").exists()
    assert Ledger(other / "ledger.sqlite", checked=True).runs().height == 3
