"""Files that cannot be used: one sentence with the file, the reason and what to do, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from commands.diagnosis import advice, troubles
from pipeline.schedule.resident import Resident
from store.ledger import Status
from store.store import store_of
from store.trouble import DamagedError, translated
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import page
from tests.places import ROOT, files_of

SETPRIV = shutil.which("setpriv") or ""


def cut(file: Path) -> None:
    """Half of it, as after a power cut."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    """No byte left."""
    file.write_bytes(b"")


def garbled(file: Path) -> None:
    """Other bytes from the start to the end, of the same length."""
    file.write_bytes(bytes(byte ^ 0xA5 for byte in file.read_bytes()))


def scratched(file: Path) -> None:
    """The head is whole, every block behind it is not."""
    body = bytearray(file.read_bytes())
    for place in range(16_384, len(body), 4096):
        body[place] ^= 0xFF
    file.write_bytes(bytes(body))


damages = pytest.mark.parametrize("damage", [cut, emptied, garbled, scratched])


@pytest.fixture
def board(place: SmallPlace) -> SmallPlace:
    """Two boards, taken in; one of them has something new."""
    place.add("board-a")
    place.add("board-b", BOARD.replace(b"81", b"82"))
    place.refresh("board-a", "board-b")
    place.serve("board-a", page(BOARD.replace(b"81", b"91")))
    return place


@damages
def test_a_damaged_warehouse_is_put_aside_and_made_again(
    board: SmallPlace, damage: Callable[[Path], None]
) -> None:
    """A refresh of one source brings back the rows of all; `doctor` says what was put aside."""
    damage(files_of(board.settings).warehouse_file)
    assert any(
        str(files_of(board.settings).warehouse_file) in told for told in troubles(board.settings, deep=True)
    )
    assert board.scores() == [("alpha-1", 0.81), ("alpha-1", 0.82), ("beta-2", 0.64), ("beta-2", 0.64)]
    assert board.refresh("board-a")["board-a"].status is Status.NEW
    assert sorted(score for _, score in board.scores()) == [0.64, 0.64, 0.81, 0.82, 0.91]
    assert list(troubles(board.settings, deep=True)) == []
    assert any("warehouse.duckdb.damaged-" in told for told in advice(board.settings))


def test_a_refresher_begins_where_nothing_can_be_shown_and_another_one_writes(
    board: SmallPlace, caplog: pytest.LogCaptureFixture
) -> None:
    """It is no reason to end, again and again: whoever writes is waited for later, and then all is shown."""
    before = board.scores()
    for snapshot in files_of(board.settings).snapshot_folder.glob("*.duckdb"):
        garbled(snapshot)
    hurried = replace(board.settings, lock_wait_seconds=0.1)
    with store_of(board.settings).writing():
        Resident(hurried)._begin()
    assert "has been writing to" in caplog.text
    Resident(hurried)._begin()
    assert board.scores() == before


@damages
def test_a_damaged_ledger_is_put_aside_and_begun_anew(
    board: SmallPlace, damage: Callable[[Path], None]
) -> None:
    """What ran is forgotten, no data; the next run is noted."""
    damage(files_of(board.settings).ledger_file)
    for beside in ("-wal", "-shm"):
        files_of(board.settings).ledger_file.with_name(f"ledger.sqlite{beside}").unlink(missing_ok=True)
    assert board.refresh("board-a")["board-a"].status is Status.NEW
    assert store_of(board.settings).ledger().runs().height >= 1
    assert len(board.scores()) == 5


def test_each_part_is_told_by_itself(board: SmallPlace) -> None:
    """Three damages at once are three sentences, and the command ends with 1 and no traceback."""
    board.refresh("board-a")
    garbled(files_of(board.settings).warehouse_file)
    garbled(files_of(board.settings).snapshot_folder / f"{board.published()}.duckdb")
    (board.settings.sources_folder / "broken.toml").write_text("title = ", encoding="utf-8")
    said = board.command("doctor")
    assert said.returncode == 1
    for part in ("warehouse.duckdb", "snapshots", "broken.toml"):
        assert part in said.stderr
    assert "Traceback" not in said.stderr + said.stdout


@pytest.mark.parametrize("what", ["warehouse", "snapshot"])
def test_a_file_that_another_program_holds_is_told_with_its_process(board: SmallPlace, what: str) -> None:
    """Which file, who holds it, close it; what was fetched is kept, and the next refresh takes it in."""
    snapshot = max(files_of(board.settings).snapshot_folder.glob("*.duckdb"))
    file = files_of(board.settings).warehouse_file if what == "warehouse" else snapshot
    opening = f"import duckdb, sys\nheld = duckdb.connect({str(file)!r})"
    script = f"{opening}\nprint('held', flush=True)\nsys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        words = ["refresh", "board-a"] if what == "warehouse" else ["query", "SELECT 1"]
        said = board.command(*words)
    finally:
        holder.communicate(input="")
    assert said.returncode == 1
    assert str(file) in said.stderr
    assert f"(process {holder.pid})" in said.stderr
    assert "Traceback" not in said.stderr
    assert board.refresh("board-a")["board-a"].status is not Status.FAILED
    assert len(board.scores()) == 5


LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
import ingest.take_in.backfill as b
b.bundle_files = lambda *_: None
sys.argv = ["hypecurve", *sys.argv[1:]]
from cli import main
main()
"""


@pytest.mark.parametrize("most", [0, 20_000, 300_000, 2_000_000])
def test_a_full_disk_is_told_and_costs_nothing_that_was_stored(board: SmallPlace, most: int) -> None:
    """Wherever the room ends: one sentence, the old data are served, and later the refresh goes on."""
    before = board.scores()
    said = subprocess.run(
        [sys.executable, "-c", LIMITED.format(most=most), "refresh", "board-a"],
        cwd=ROOT,
        env={**os.environ, "HYPECURVE_HOME": str(board.settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in said.stderr
    if said.returncode:
        assert "no room left" in said.stderr + said.stdout
        assert board.scores() == before
    assert board.refresh("board-a", "board-b")["board-a"].status is not Status.FAILED
    assert len(board.scores()) == 5


@pytest.mark.skipif(
    os.geteuid() == 0 and not SETPRIV, reason="root writes everywhere unless setpriv stops it"
)
def test_a_home_that_may_not_be_written_is_read_and_told(board: SmallPlace, tmp_path: Path) -> None:
    """Questions are answered; a refresh and `doctor` say what may not be written."""
    copy = tmp_path / "closed"
    shutil.copytree(board.settings.home, copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Root without its capabilities is held to the mode of a file like everybody else.
    powerless = [SETPRIV, "--inh-caps=-all", "--bounding-set=-all", "--"] if os.geteuid() == 0 else []
    try:
        for words, code in (
            (["query", "SELECT 1"], 0),
            (["sources"], 0),
            (["refresh", "board-a"], 1),
            (["doctor"], 1),
        ):
            said = subprocess.run(
                [*powerless, sys.executable, "-m", "cli", *words],
                cwd=ROOT,
                env={**os.environ, "HYPECURVE_HOME": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert said.returncode == code, said.stderr
            assert "Traceback" not in said.stderr
            if code:
                assert "HYPECURVE_HOME" in said.stderr
    finally:
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o755)


def test_a_warehouse_of_another_version_of_duckdb_is_no_damage(tmp_path: Path) -> None:
    """What a newer program wrote is told, and never put aside."""
    said = "Trying to read a database file with version number 999, but we can only read version number 64."
    meant = translated(duckdb.IOException(f"IO Error: {said}"), tmp_path / "warehouse.duckdb")
    assert "another version of DuckDB" in str(meant)
    assert not isinstance(meant, DamagedError)
