"""What a team's ledger promises beside what each does (tests/store): one machine takes a source."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

import store.ledger
import store.team.ledger
from store.ledger import Action, Ledger, Status
from store.team.ledger import LEASE, TeamLedger
from store.team.postgres import Postgres
from store.team.store import TeamStore
from store.warehouse import Loaded
from tests.store.test_ledger import NOW


@pytest.fixture
def ledger(team: TeamStore) -> TeamLedger:
    """The ledger of a team."""
    return team.ledger()


def another(ledger: TeamLedger, monkeypatch: pytest.MonkeyPatch, name: str) -> TeamLedger:
    """The same ledger; from now on this process claims as another machine would."""
    monkeypatch.setattr(store.team.ledger, "_holder", lambda: name)
    return TeamLedger(Postgres(ledger._postgres.catalog))


def test_it_keeps_all_that_the_ledger_of_one_machine_keeps(ledger: TeamLedger, tmp_path: Path) -> None:
    """Every table and column of SQLite's is PostgreSQL's too."""
    Ledger(tmp_path / "ledger.sqlite")
    with sqlite3.connect(tmp_path / "ledger.sqlite") as one:
        sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        wanted = {row for row in one.execute(sql).fetchall() if not row[0].startswith("sqlite_")}
    sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'hypecurve'"
    assert wanted <= {(row["table_name"], row["column_name"]) for row in ledger._postgres.rows(sql)}


def test_no_disk_of_this_machine_is_short_of_room_for_it(ledger: TeamLedger) -> None:
    """Its stores lie elsewhere: there is nothing to tell of."""
    assert ledger.room() == {}


def test_wishes_that_many_take_at_once_are_handed_out_once(ledger: TeamLedger) -> None:
    """Of four machines that look at the same time each gets other requests, and together they get all."""
    for _ in range(40):
        ledger.ask("s", Action.RUN, NOW)
    taken: list[int] = []
    looks = [
        Thread(
            target=lambda: taken.extend(
                item.request_id for item in TeamLedger(Postgres(ledger._postgres.catalog)).take_requests(NOW)
            )
        )
        for _ in range(4)
    ]
    for look in looks:
        look.start()
    for look in looks:
        look.join()
    assert len(taken) == len(set(taken)) == 40


def test_a_source_is_one_machines_until_it_gives_it_back_or_dies(
    ledger: TeamLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sign of life makes the lease longer; without one it ends, and the next machine takes the work."""
    timed = {"a": NOW, "b": NOW}
    first = another(ledger, monkeypatch, "first")
    assert first.claim(timed, NOW) == ["a", "b"]
    second = another(ledger, monkeypatch, "second")
    assert second.claim(timed, NOW + LEASE / 2) == []
    monkeypatch.setattr(store.team.ledger, "_holder", lambda: "first")
    first.hold(NOW + LEASE / 2)
    first.release(["b"])
    monkeypatch.setattr(store.team.ledger, "_holder", lambda: "second")
    assert second.claim(timed, NOW + LEASE * 1.2) == ["b"]
    assert second.claim(timed, NOW + LEASE * 1.6) == ["a", "b"]


def test_what_another_machine_has_refreshed_since_is_not_due_any_more(ledger: TeamLedger) -> None:
    """Who timed a source before that run has to time it again."""
    run = ledger.start("a", "schedule", NOW + timedelta(minutes=1))
    ledger.finish(run, Status.NEW, NOW + timedelta(minutes=2), Loaded())
    assert ledger.claim({"a": NOW, "b": NOW}, NOW + timedelta(minutes=3)) == ["b"]
    assert ledger.claim({"a": NOW + timedelta(minutes=3)}, NOW + timedelta(minutes=3)) == ["a"]


def test_a_run_whose_machine_is_gone_is_closed(ledger: TeamLedger) -> None:
    """It has no connection any more; a run of a machine that has one goes on."""
    gone, alive = (ledger.start(name, "schedule", NOW) for name in ("gone", "alive"))
    sql = "UPDATE run SET machine = %s, process = %s WHERE run_id = %s"
    ledger._postgres.rows(sql, ["another-machine", 1, gone])
    assert ledger.close_dead_runs(NOW + 2 * LEASE) == 1
    status = dict(ledger.runs().select("run_id", "status").iter_rows())
    assert (status[gone], status[alive]) == ("failed", "running")


def test_a_run_of_this_machine_ends_with_its_process(
    ledger: TeamLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operating system tells of it at once; a lease is for those who cannot be asked."""
    dead, alive = (ledger.start(name, "schedule", NOW) for name in ("dead", "alive"))
    ledger._postgres.rows("UPDATE run SET process = %s WHERE run_id = %s", [4_000_000, dead])
    monkeypatch.setattr(store.team.ledger, "is_alive", lambda process: process != 4_000_000)
    assert ledger.close_dead_runs(NOW + timedelta(seconds=1)) == 1
    status = dict(ledger.runs().select("run_id", "status").iter_rows())
    assert (status[dead], status[alive]) == ("failed", "running")
