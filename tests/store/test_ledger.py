"""The ledger: runs, requests and plans that several processes write at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import pytest

from config import Settings
from store.beat import Beat, beat_of, beats, forget_beat, is_alive, last_beat, lives, note_beat
from store.ledger import SILENT, Action, Ledger, Status
from store.ledger import is_alive as process_is_alive
from store.store import Store
from store.trouble import StorageError
from store.unwritten import fault_of_sqlite_log
from store.warehouse import Loaded
from tests.places import ROOT

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


IN_A_PROCESS: Final = """
from datetime import UTC, datetime
from config import load_settings
from store.ledger import Action
from store.store import store_of
ledger, now = store_of(load_settings()).ledger(), datetime.now(UTC)
"""
"""How another process opens the ledger that its environment names."""


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """An empty ledger, of one machine and of a team."""
    return store.ledger()


def begun(settings: Settings, code: str) -> subprocess.Popen[bytes]:
    """Another process that does something with the ledger."""
    environment = {**os.environ, **settings.environment()}
    return subprocess.Popen([sys.executable, "-c", IN_A_PROCESS + code], cwd=ROOT, env=environment)


def ended(ledger: Ledger, status: Status, hours: int, trigger: str = "schedule") -> None:
    """A run of source `s` that ended so many hours after noon."""
    run = ledger.start("s", trigger, NOW + timedelta(hours=hours))
    error = "it broke" if status is Status.FAILED else None
    ledger.finish(run, status, NOW + timedelta(hours=hours, seconds=30), Loaded(1, 5, 4, 1, 2, 3), 3, error)


def test_a_run_is_noted_with_all_it_did(ledger: Ledger) -> None:
    """Counts, retries, duration and error are kept."""
    ended(ledger, Status.NEW, 0)
    row = ledger.runs().row(0, named=True)
    assert (row["rows_added"], row["rows_gone"], row["rows_refused"], row["retries"]) == (4, 1, 2, 3)
    assert row["rows_revised"] == 3
    assert row["finished_at"] - row["started_at"] == timedelta(seconds=30)


def test_a_backfill_never_makes_a_stale_source_look_fresh(ledger: Ledger) -> None:
    """Last new data is that of the last refresh that brought some."""
    ended(ledger, Status.NEW, 0)
    ended(ledger, Status.NEW, 5, trigger="backfill")
    assert ledger.health().row(0, named=True)["last_new_at"] == NOW + timedelta(seconds=30)


def test_health_counts_failures_since_the_last_success(ledger: Ledger) -> None:
    """Two failures after a success are two in a row, with the newest error in words."""
    for hours, status in enumerate((Status.FAILED, Status.UNCHANGED, Status.FAILED, Status.FAILED)):
        ended(ledger, status, hours)
    row = ledger.health().row(0, named=True)
    assert (row["failures_in_a_row"], row["last_error"], row["last_status"]) == (2, "it broke", "failed")


def test_a_request_is_handed_out_once(ledger: Ledger) -> None:
    """Whoever schedules takes each request a single time."""
    ledger.ask("s", Action.RUN, NOW)
    assert ledger.waiting() == ["s"]
    assert [(item.source_id, item.action) for item in ledger.take_requests(NOW)] == [("s", Action.RUN)]
    assert ledger.take_requests(NOW) == []
    assert ledger.waiting() == []


def test_pausing_shows_at_once(ledger: Ledger) -> None:
    """The plan says paused before any scheduler has taken the request."""
    ledger.ask("s", Action.PAUSE, NOW)
    assert ledger.paused() == {"s"}
    ledger.ask("s", Action.RESUME, NOW)
    assert ledger.paused() == frozenset()


def test_a_run_whose_process_died_is_closed_as_failed(ledger: Ledger, settings_of_store: Settings) -> None:
    """No source stays "running" for ever after a crash."""
    assert begun(settings_of_store, "ledger.start('s', 'schedule', now)").wait() == 0
    assert ledger.close_dead_runs(datetime.now(UTC)) == 1
    row = ledger.runs().row(0, named=True)
    assert row["status"] == "failed"
    assert "process ended" in row["error"]


def test_a_process_of_another_user_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not send it anything is told that there is one; its runs are not closed as failed."""

    def kill(_process: int, _signal: int) -> None:
        raise PermissionError

    assert (process_is_alive(os.getpid()), process_is_alive(2**30)) == (True, False)
    monkeypatch.setattr(os, "kill", kill)
    assert process_is_alive(1)


def test_several_processes_write_at_once_and_nothing_is_lost(
    ledger: Ledger, settings_of_store: Settings
) -> None:
    """Four writers with fifty requests each leave two hundred."""
    code = "[ledger.ask('s', Action.RUN, now) for _ in range(50)]"
    writers = [begun(settings_of_store, code) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert len(ledger.take_requests(NOW)) == 200


def test_each_machine_has_a_beat_of_its_own(ledger: Ledger) -> None:
    """Whoever reads knows which of them lives; one that ends as it was asked to is not missed."""
    for machine, home, seconds in (("a", "/home/a", 0), ("b", "/home/b", 90), ("b", "/home/c", 95)):
        at = NOW + timedelta(seconds=seconds)
        note_beat(ledger, Beat(7, NOW, at, ("s",), at, 2, 100.0, machine=machine, home=home))
    now = NOW + timedelta(seconds=100)
    assert [(beat.machine, lives(ledger, beat, now)) for beat in beats(ledger)] == [
        ("b", True),
        ("b", True),
        ("a", False),
    ]
    assert is_alive(ledger, now)
    note_beat(ledger, Beat(8, now, now, home="/home/here"))
    found = beat_of(ledger, 8)
    assert found is not None and found.is_of(Path("/home/here"))
    assert beat_of(ledger, 7) is None  # those are other machines'
    forget_beat(ledger, 8)
    forget_beat(ledger, 7)
    assert [beat.home for beat in beats(ledger)] == ["/home/c", "/home/b", "/home/a"]


def test_a_beat_says_all_that_its_process_said(ledger: Ledger) -> None:
    """What runs since when, what waits, since when no server answers; the newest one in place of the last."""
    assert last_beat(ledger) is None
    minutes = [NOW + timedelta(minutes=number) for number in range(4)]
    busy = Beat(7, minutes[0], minutes[3], ("a", "b"), minutes[1], 2, 100.5, minutes[2], "here", "/home/a")
    idle = Beat(7, minutes[0], minutes[3] + timedelta(seconds=10), machine="here", home="/home/a")
    for beat in (busy, idle):
        note_beat(ledger, beat)
        assert beats(ledger) == [beat]
        assert last_beat(ledger) == beat


def test_a_machine_that_is_silent_for_long_is_told_of_no_more(ledger: Ledger) -> None:
    """A container has another name each time."""
    note_beat(ledger, Beat(7, NOW, NOW, machine="gone"))
    note_beat(ledger, Beat(7, NOW, NOW + SILENT, machine="here"))
    ledger.prune(NOW + SILENT + timedelta(seconds=1))
    assert [beat.machine for beat in beats(ledger)] == ["here"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_an_older_version_keeps_what_it_holds(tmp_path: Path, read_only: bool) -> None:
    """Runs, plans and requests of before are there; where the file may not be written, they are read."""
    file = tmp_path / "ledger.sqlite"
    older = (ROOT / "store" / "ledger_migrations" / "0001_ledger.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(older)
        connection.execute("INSERT INTO plan (source_id, paused) VALUES ('s', 1)")
        connection.execute(
            "INSERT INTO request (source_id, wish, asked_at) VALUES ('s', 'run now', ?)", [str(NOW)]
        )
        connection.execute(
            "INSERT INTO run (source_id, started_at, status, trigger, process, rows_added) "
            "VALUES ('s', ?, 'new data', 'schedule', 1, 7)",
            [NOW.isoformat()],
        )
        connection.commit()
    ledger = Ledger(file)
    if read_only:  # root may write any file, so that the ledger is told rather than kept from it
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("ALTER TABLE run DROP COLUMN rows_revised")
            connection.execute("ALTER TABLE request RENAME COLUMN action TO wish")
            connection.execute("PRAGMA user_version = 0")
        ledger._read_only = True
    assert ledger.waiting() == ["s"]
    assert ledger.paused() == {"s"}
    assert ledger.runs().select("rows_added", "rows_revised").rows() == [(7, 0)]


def test_a_log_is_looked_at_again_only_where_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the dashboard opens the ledger many times, and nothing was written meanwhile."""
    file, looked = tmp_path / "ledger.sqlite", list[int]()

    def look(log: bytes) -> str | None:
        looked.append(len(log))
        return fault_of_sqlite_log(log)

    monkeypatch.setattr("store.ledger.fault_of_sqlite_log", look)
    ledger = Ledger(file)
    looked.clear()
    with closing(sqlite3.connect(file)) as reader:  # who reads keeps the log from being written back
        reader.execute("SELECT count(*) FROM run").fetchone()
        ledger.ask("s", Action.RUN, NOW)
        Ledger(file)
        assert len(looked) == 1
        assert looked[0] > 0
        Ledger(file)
        assert len(looked) == 1
        ledger.ask("t", Action.RUN, NOW)
        Ledger(file)
        assert len(looked) == 2


def test_a_ledger_that_may_not_be_written_is_read_as_it_is(tmp_path: Path) -> None:
    """One of this version needs no copy; nothing can be noted in it, and no file appears beside it."""
    file = tmp_path / "ledger.sqlite"
    ended(Ledger(file), Status.NEW, 0)
    ledger = Ledger(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    ledger._read_only = True
    assert ledger.runs().select("source_id", "rows_added").rows() == [("s", 4)]
    with pytest.raises(StorageError):
        ledger.ask("s", Action.RUN, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]


MIGRATIONS: Final = [
    file.read_text(encoding="utf-8") for file in sorted((ROOT / "store" / "ledger_migrations").glob("*.sql"))
]


@pytest.mark.parametrize("number", range(len(MIGRATIONS) + 1))
def test_each_migration_runs_once_whichever_version_wrote_the_file(tmp_path: Path, number: int) -> None:
    """How many have run stands in the file, and those that have are not run again."""
    file = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        for script in MIGRATIONS[:number]:
            connection.executescript(script)
        connection.execute(f"PRAGMA user_version = {number}")
    for _ in range(2):
        ledger = Ledger(file)
        ledger.ask("s", Action.RUN, NOW)
        note_beat(ledger, Beat(7, NOW, NOW))
        assert ledger.waiting() == ["s"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(("seconds", "closed"), [(0, 0), (6 * 3600, 0), (6 * 3600 + 1, 1)])
def test_a_run_of_more_than_six_hours_died_though_its_process_lives(
    tmp_path: Path, seconds: int, closed: int
) -> None:
    """Its number may be another process's by now."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.start("s", "schedule", NOW)
    assert ledger.close_dead_runs(NOW + timedelta(seconds=seconds)) == closed
    row = ledger.runs().row(0, named=True)
    assert row["status"] == ("failed" if closed else "running")
    assert row["error"] == (
        "The process ended before the run did. Nothing was lost; the next run takes it up again."
        if closed
        else None
    )


def test_what_a_run_did_is_kept_column_by_column(tmp_path: Path) -> None:
    """A run that is not said to have done anything did nothing, and was retried never."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for loaded in (Loaded(), Loaded(payloads=1, read=2, added=3, gone=4, refused=5, revised=6)):
        ledger.finish(ledger.start("s", "by hand", NOW), Status.NEW, NOW + timedelta(seconds=90), loaded)
    counts = ("payloads_new", "rows_added", "rows_revised", "rows_gone", "rows_refused", "retries")
    assert ledger.runs().select(counts).rows() == [(1, 3, 6, 4, 5, 0), (0, 0, 0, 0, 0, 0)]
    assert ledger.runs().select("run_id", "source_id", "trigger", "status", "error").rows() == [
        (2, "s", "by hand", "new data", None),
        (1, "s", "by hand", "new data", None),
    ]
    assert ledger.health()["last_seconds"].round(3).to_list() == [90.0]


def test_two_hundred_runs_are_told_unless_more_are_asked_for(tmp_path: Path) -> None:
    """The newest ones."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.write(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 203) "
        "INSERT INTO run (source_id, started_at, status, trigger, process) "
        "SELECT 's', ?, 'new data', 'schedule', 1 FROM n",
        [NOW.isoformat()],
    )
    assert ledger.runs()["run_id"].to_list() == list(range(203, 3, -1))
    assert ledger.runs(limit=500).height == 203


def test_what_other_processes_are_at_is_told(tmp_path: Path) -> None:
    """Not what this one does, nor what has ended."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for source_id in ("own", "other", "ended"):
        ledger.start(source_id, "schedule", NOW)
    ledger.write("UPDATE run SET process = process + 1 WHERE source_id <> 'own'")
    ledger.write("UPDATE run SET status = 'failed' WHERE source_id = 'ended'")
    assert ledger.running() == {"other"}


def test_a_pause_takes_the_next_run_away_and_a_resume_leaves_it(tmp_path: Path) -> None:
    """Whoever schedules plans it again; a wish to run changes no plan."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for action, paused, planned in (
        (Action.RUN, False, True),
        (Action.RESUME, False, True),
        (Action.PAUSE, True, False),
    ):
        ledger.set_next_runs({"s": NOW})
        ledger.ask("s", action, NOW)
        row = ledger.health().row(0, named=True)
        assert (row["paused"], row["next_run_at"] is not None) == (paused, planned)


def test_on_one_machine_whoever_asks_has_all_to_himself(tmp_path: Path) -> None:
    """One process schedules it; its clock is the clock of all, and the room is that of the stores beside."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger.claim({"b": NOW, "a": NOW}, NOW) == ["b", "a"]
    assert ledger.agreed(NOW) == NOW
    east = NOW.astimezone(timezone(timedelta(hours=9)))
    assert ledger.written(east) == "2026-01-01T12:00:00.000000+00:00"
    assert set(ledger.room()) == {"archive", "warehouse", "snapshots", "ledger"}


def test_a_ledger_is_looked_through_where_that_was_asked_for(tmp_path: Path) -> None:
    """A damaged page is met by who reads it, or by who looks at all of them; then it is put aside."""
    file = tmp_path / "ledger.sqlite"
    ledger = Ledger(file)
    for number in range(40):
        ledger.put_aside("s", f"key {number}", "x" * 1000, NOW)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    body = bytearray(file.read_bytes())
    body[-4096:-4000] = b"\xff" * 96
    file.write_bytes(bytes(body))
    Ledger(file)
    assert list(tmp_path.glob("*.damaged-*")) == []
    assert Ledger(file, checked=True).put_asides().is_empty()
    assert len(list(tmp_path.glob("ledger.sqlite.damaged-*"))) == 1


def test_a_change_says_how_many_rows_it_changed(tmp_path: Path) -> None:
    """And a question gives rows that are read by name."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.set_next_runs({"a": NOW, "b": None})
    assert ledger.write("UPDATE plan SET paused = 1 WHERE next_run_at IS NULL") == 1
    (row,) = ledger.rows("SELECT * FROM plan WHERE paused = ?", [1])
    assert row["source_id"] == "b"


def test_a_beat_is_of_a_home_of_this_machine(tmp_path: Path) -> None:
    """Another home's, or another machine's, is not; what it does not say is nothing."""
    assert Beat(7, NOW, NOW, home=str(tmp_path)).is_of(tmp_path)
    assert not Beat(7, NOW, NOW, home="/elsewhere").is_of(tmp_path)
    assert not Beat(7, NOW, NOW, machine="elsewhere", home=str(tmp_path)).is_of(tmp_path)
    bare = Beat(7, NOW, NOW)
    assert (bare.running, bare.run_since, bare.waiting, bare.megabytes, bare.offline_since, bare.home) == (
        (),
        None,
        0,
        0.0,
        None,
        "",
    )
    assert timedelta(days=7) == SILENT
