"""The store of a team: written by several machines at once, made again, copied, and kept small."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import duckdb
import polars as pl
import pytest

from commands.diagnosis import standing, troubles
from config import Settings
from faces.health import health
from ingest.take_in.load import load_source
from pipeline import refresh as pipeline
from pipeline import take_in
from store.archive import Archive, describe
from store.beat import Beat, note_beat
from store.store import store_of
from store.team import parts
from store.team.address import StoreAddressError, TeamAddress
from store.team.keeping import CopyError, copy, init, maintain, status
from store.team.lake import opened_lake
from store.team.postgres import AwayError, NewerStoreError, NotBegunError
from store.team.store import TeamStore
from store.trouble import StorageError
from store.warehouse import Warehouse, WarehouseBusyError
from tests.faults import kills
from tests.ingest.take_in.test_load import archive_one, source
from tests.team.servers import PostgresServer

SCORE = {"model_name": ["a"], "benchmark_id": ["b"], "score": [0.5], "gone": [False]}
AT = datetime(2026, 1, 1, tzinfo=UTC)


def silent(_what: str, _text: str) -> None:
    """Tell nobody."""


def another(team: TeamStore, wait_seconds: float = 20.0) -> TeamStore:
    """The same store, as another machine sees it."""
    return TeamStore(team.address, team.folder.parent / "another", wait_seconds)


def scores(name: str) -> pl.DataFrame:
    """One row of a source."""
    stamp = {"source_id": [name], "payload_sha256": ["0" * 64], "observed_at": [AT]}
    return pl.DataFrame(SCORE | stamp)


def test_two_machines_load_two_sources_at_once(team: TeamStore) -> None:
    """The second one does not wait for the first, whose transaction is open all the while."""
    with team.writing() as first, another(team).writing() as second:
        with first.taking_in("a"), first.transaction():
            first.insert("score", scores("a"))
            with second.taking_in("b"), second.transaction():
                second.insert("score", scores("b"))
        assert first.frame("SELECT source_id FROM score ORDER BY 1")["source_id"].to_list() == ["a", "b"]


def test_a_source_is_loaded_by_one_machine_at_a_time_and_the_other_is_told(team: TeamStore) -> None:
    """Who waits too long is told who has been writing."""
    told = r"hypecurve \d+ on .* has been writing"
    with (
        team.writing() as first,
        another(team, 0.3).writing() as second,
        first.taking_in("a"),
        pytest.raises(WarehouseBusyError, match=told),
        second.taking_in("a"),
    ):
        pass


def test_whoever_brings_up_the_rest_is_alone(team: TeamStore) -> None:
    """No load is under way then, and none begins."""
    with team.writing() as first, another(team, 0.3).writing() as second:
        with first.alone(), pytest.raises(WarehouseBusyError), second.taking_in("b"):
            pass
        with second.taking_in("b"):
            pass


@pytest.mark.parametrize("restarts", [False, True])
def test_a_refresh_opens_the_lake_once(
    filled: Settings,
    postgres: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    restarts: bool,
) -> None:
    """To plan and to load; again only where its connections were lost while payloads were parsed."""
    opened_for_writing: list[object] = []

    def counted(*words: object) -> object:
        opened_for_writing.append(words)
        return opened_lake(*words)  # type: ignore[arg-type]

    def read_ahead(*words: object) -> None:
        if restarts:
            postgres.stop()
            postgres.start()
        ahead(*words)  # type: ignore[arg-type]

    ahead = take_in.read_ahead
    monkeypatch.setattr("store.team.store.opened_lake", counted)
    monkeypatch.setattr(take_in, "read_ahead", read_ahead)
    kills._record(tmp_path / "recordings", 2)
    as_of = kills.FIRST + timedelta(days=1)
    outcomes = pipeline.refresh(filled, kills.BOARDS, replay=tmp_path / "recordings", as_of=as_of)
    assert [outcome.status.value for outcome in outcomes] == ["new data"] * 3
    assert len(opened_for_writing) == 1 + restarts


def test_what_crosses_is_done_again(team: TeamStore) -> None:
    """Rows of one file are removed on two machines: one of them does it anew, and says so."""
    told: list[str] = []
    crossed = Event()
    with team.writing() as warehouse:
        with warehouse.transaction():
            warehouse.insert("score", pl.concat([scores("a"), scores("b")] * 20))

        def remove() -> int:
            with warehouse.transaction():
                warehouse._connection.execute("DELETE FROM score WHERE source_id = 'a'")
                if not crossed.is_set():
                    crossed.set()
                    with another(team).writing() as other, other.transaction():
                        other._connection.execute("DELETE FROM score WHERE source_id = 'b'")
            return 1

        assert warehouse.uncrossed(remove, lambda _, text: told.append(text)) == 1
        assert warehouse.frame("SELECT * FROM score").is_empty()
    assert len(told) == 1
    assert "Another machine has changed the same rows" in told[0]


def test_a_writer_goes_on_when_postgresql_is_back(team: TeamStore, postgres: PostgresServer) -> None:
    """It begins again after a pause; what it had committed is there."""
    told: list[str] = []

    def write() -> list[str]:
        with team.writing() as warehouse:
            known = warehouse.frame("SELECT source_id FROM score")["source_id"].to_list()
            name = f"source-{len(known)}"
            warehouse.insert("score", scores(name))
            if not known:
                postgres.stop()
                Thread(target=postgres.start).start()
                warehouse.insert("score", scores("lost"))
            return [*known, name]

    assert team.whole(write, lambda _, text: told.append(text)) == ["source-0", "source-1"]
    assert "Nothing is lost" in told[0]


def test_a_writer_whose_locks_were_lost_commits_nothing(team: TeamStore) -> None:
    """Another machine may have them by then."""
    with team.writing() as warehouse:
        with pytest.raises(AwayError), warehouse.transaction():
            warehouse.insert("score", scores("a"))
            team.postgres.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            )
            warehouse._lock._connection.close()
        assert warehouse.frame("SELECT * FROM score").is_empty()


def test_any_order_of_arrival_gives_the_rows_of_one_machine(team: TeamStore, tmp_path: Path) -> None:
    """An older payload that comes late has the source made anew, in the lake as in a file."""
    arrivals = [(3, '{"a": 1, "b": 2}'), (1, '{"a": 2}'), (2, '{"c": 1}')]
    with team.writing() as lake:
        for day, body in arrivals:
            archive_one(team.archive(), day, "https://example.org/a", body)
            load_source(source(), team.archive(), lake, {})
        alone, warehouse = Archive(tmp_path / "alone"), Warehouse.in_memory()
        for day, body in sorted(arrivals):
            archive_one(alone, day, "https://example.org/a", body)
        load_source(source(), alone, warehouse, {})
        for table in ("usage", "payload", "quarantine"):
            sql = f'SELECT * FROM "{table}" ORDER BY ALL'
            assert lake.frame(sql).rows() == warehouse.frame(sql).rows()


def test_a_rebuild_changes_nothing_and_readers_see_no_gap(filled: Settings) -> None:
    """All is made again from the archive beside the lake, and put into it in one transaction."""
    before = kills.digests(store_of(filled).latest())
    rebuilt = pipeline.rebuild(filled)
    assert (rebuilt.payloads, rebuilt.missing) == (3, ())
    assert kills.digests(store_of(filled).latest()) == before


def test_it_moves_out_whole_and_in_again(
    filled: Settings, team: TeamStore, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Into a folder of one machine and back, every table compared; never into one that holds something."""
    alone = Settings(home=tmp_path / "alone")
    copied = copy(team, store_of(alone), silent)
    assert copied.payloads == 3
    assert copied.rows["score"] == 3 * kills.ROWS
    assert kills.digests(store_of(alone).latest()) == kills.digests(team.latest())
    assert store_of(alone).ledger().runs().height == team.ledger().runs().height
    with pytest.raises(CopyError, match="holds payloads already"):
        copy(store_of(alone), team, silent)
    url = f"ducklake:postgres:{postgres.create(f'back-{team.folder.parent.parent.name}')}"
    moved = replace(filled, home=tmp_path / "back", store_url=url, store_data=f"{filled.store_data}-back")
    back = store_of(moved)
    assert isinstance(back, TeamStore)
    init(back)
    again = copy(store_of(alone), back, silent)
    assert (again.payloads, again.rows) == (copied.payloads, copied.rows)
    assert kills.digests(back.latest()) == kills.digests(team.latest())
    assert back.ledger().runs().drop("run_id").equals(team.ledger().runs().drop("run_id"))
    assert back.archive().problems(deep=True) == []


def test_upkeep_leaves_what_is_shown(filled: Settings, team: TeamStore) -> None:
    """Old versions go, the shown one stays, also for a machine that has not copied it yet."""
    before = kills.digests(team.latest())
    said = list(maintain(team, datetime.now(UTC) + timedelta(days=30)))
    assert not said[1].startswith("Let 0 ")
    assert kills.digests(another(team).latest()) == before


def test_upkeep_is_done_once_a_day_by_one_machine(team: TeamStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks first does it; also when the clock has been set back a year."""
    done: list[datetime] = []
    monkeypatch.setattr("store.team.keeping.maintain", lambda _, now: done.append(now) or [])
    for store, hours in ((team, 0), (another(team), 1), (another(team), 25), (team, 26), (team, -8760)):
        store.tidy(AT + timedelta(hours=hours))
    assert done == [AT + timedelta(hours=hours) for hours in (0, 25, -8760)]


def test_it_is_told_which_machine_lives(filled: Settings, team: TeamStore) -> None:
    """In `store status` and /healthz; one that fell silent is no fault while another one lives."""
    now = datetime.now(UTC)
    note_beat(team.ledger(), Beat(7, now, now - timedelta(minutes=5), machine="silent"))
    note_beat(team.ledger(), Beat(8, now, now, ("board-a",), now, 3, 100.0, machine="lively"))
    said = "\n".join(status(team))
    assert "Machine lively (process 8): refreshes; last sign of life" in said
    assert "Machine silent (process 7): is gone, and its work free for others" in said
    shows = replace(filled, schedule=False, stale_after_hours=1e6)
    found = health(shows, now - timedelta(hours=1), now)
    told = [(one["machine"], one["alive"], one["waiting"]) for one in found.document()["machines"]]
    assert (told, found.faults) == ([("lively", True, 3), ("silent", False, 0)], ())
    own = replace(shows, schedule=True)
    assert "has not started" in health(own, now - timedelta(hours=1), now).faults[0]
    team.ledger().write("DELETE FROM beat WHERE machine = 'lively'")
    assert "is gone" in health(shows, now - timedelta(hours=1), now).faults[0]


def test_it_is_told_how_large_the_store_is(filled: Settings, team: TeamStore) -> None:
    """A few payloads and rows are less than a megabyte; rows lie in files, of which versions are kept."""
    said = "\n".join(status(team))
    assert re.search(r"^Archive: [1-9]\d* payloads, 0\.\d MB$", said, re.M)
    assert re.search(r"^Rows: [1-9]\d* files, 0\.\d MB; [1-9]\d* versions are kept$", said, re.M)


def test_doctor_looks_through_a_teams_store(filled: Settings) -> None:
    """It finds nothing wrong with one that is in order."""
    assert any(line.startswith("Archive: 3 payloads") for line in standing(filled))
    assert list(troubles(filled, deep=True)) == []


def test_an_older_machine_is_told_to_upgrade_and_shows_its_last_copy(
    filled: Settings, team: TeamStore
) -> None:
    """The tables of a newer version are never written by an older one."""
    shown = team.latest()
    with team.writing() as warehouse, warehouse.transaction():
        warehouse._connection.execute("INSERT INTO migration VALUES (9999, 'of the future')")
    with pytest.raises(NewerStoreError, match="Upgrade it here"), team.writing():
        pass
    newest = "SELECT max(snapshot_id) FROM ducklake_snapshots('lake')"
    with opened_lake(team.address) as lake:
        version = lake.execute(newest).fetchall()[0][0]
    sql = "INSERT INTO published (lake_version, stages, machine) VALUES (%s, '{}', 'newer')"
    team.postgres.rows(sql, [version])
    assert team.latest() == shown
    assert team.away_since() is not None


def test_before_init_everything_says_how_to_begin(team_settings: Settings) -> None:
    """No command makes a store that nobody asked for."""
    for use in (lambda store: store.latest(), lambda store: store.archive().sources()):
        with pytest.raises(NotBegunError, match="hypecurve store init"):
            use(store_of(team_settings))


def test_one_database_holds_one_store(team: TeamStore, team_settings: Settings) -> None:
    """Another place for its data would split it in two."""
    other = store_of(replace(team_settings, store_data=f"{team_settings.store_data}-other"))
    with pytest.raises(StorageError, match="keeps its data in"), other.writing():
        pass


def test_a_folder_that_all_share_does_in_the_place_of_a_bucket(
    team_settings: Settings, tmp_path: Path
) -> None:
    """What one machine writes there another one reads."""
    store = store_of(replace(team_settings, store_data=str(tmp_path / "shared")))
    assert isinstance(store, TeamStore)
    assert init(store) is True
    assert init(store) is False
    with store.writing() as warehouse:
        warehouse.insert("score", scores("a"))
    with another(store).writing() as warehouse:
        assert warehouse.frame("SELECT * FROM score").height == 1


def test_storage_that_does_not_let_us_in_is_one_sentence(
    team_settings: Settings, bucket: dict[str, str], tmp_path: Path
) -> None:
    """It names the place and the settings; a traceback would name neither."""
    store = store_of(replace(team_settings, store_data="s3://no-such-bucket/hypecurve"))
    assert isinstance(store, TeamStore)
    init(store)
    entry = describe(b"x", source_id="a", url="u", as_of=AT, fetched_at=AT)
    with pytest.raises(StorageError, match="s3://no-such-bucket/hypecurve"):
        store.archive().add(entry, b"x")
    with pytest.raises(StorageError, match="s3://no-such-bucket/hypecurve"), store.writing() as warehouse:
        warehouse.insert("score", pl.concat([scores("a")] * 50))


def test_a_database_that_nobody_answers_for_is_one_sentence(tmp_path: Path) -> None:
    """It names the database and says that nothing is lost."""
    url = "ducklake:postgres:host=127.0.0.1 port=1 dbname=nobody"
    store = store_of(Settings(home=tmp_path, store_url=url, store_data=str(tmp_path / "data")))
    with pytest.raises(AwayError, match=r"port=1 dbname=nobody.*cannot be reached.*Nothing is lost"):
        store.published_stages()


@pytest.mark.parametrize(
    ("url", "data", "words"),
    [
        ("host=db password=secret", "s3://b/p", "PGPASSWORD"),
        ("postgresql://me:secret@db/team", "s3://b/p", "PGPASSWORD"),
        ("host=db", "", "store.data has to say"),
        ("host=db", "s3://", "names no bucket"),
        ("host=db", "some/folder", "whole path"),
        ("host=db", "gs://bucket/prefix", "neither"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(url: str, data: str, words: str, tmp_path: Path) -> None:
    """Keys come from the environment only, and data lie in a bucket or a folder."""
    settings = Settings(home=tmp_path, store_url=f"ducklake:postgres:{url}", store_data=data)
    with pytest.raises(StoreAddressError, match=words) as caught:
        store_of(settings)
    assert "secret" not in str(caught.value)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """`hypecurve[team]` brings them; an extension of another version than the engine is told too."""
    found = parts.find_spec
    for name, words in (
        ("duckdb_extension_ducklake", r"needs duckdb-extension-ducklake.*hypecurve\[team\]"),
    ):
        monkeypatch.setattr(
            parts, "find_spec", lambda asked, name=name: None if asked == name else found(asked)
        )
        parts.extension_files.cache_clear()
        with pytest.raises(parts.MissingPartError, match=words):
            parts.extension_files()
    monkeypatch.setattr(parts, "find_spec", found)
    monkeypatch.setattr(duckdb, "__version__", "9.9.9")
    with pytest.raises(parts.MissingPartError, match=r"9\.9\.9 and its extension postgres_scanner of"):
        parts.extension_files()
    monkeypatch.undo()
    parts.extension_files.cache_clear()


@pytest.mark.parametrize(("part", "name"), [(parts.psycopg, "psycopg"), (parts.obstore, "obstore")])
def test_a_missing_client_is_named(
    part: Callable[[], object], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine where `hypecurve` was installed without `[team]`."""
    monkeypatch.setitem(sys.modules, name, None)
    part.cache_clear()  # type: ignore[attr-defined]
    try:
        with pytest.raises(parts.MissingPartError, match=rf"needs {name}, .*Install `hypecurve\[team\]`"):
            part()
    finally:
        part.cache_clear()  # type: ignore[attr-defined]


def test_what_was_written_is_published_over_the_same_connection(
    filled: Settings, team: TeamStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lake is opened once, to plan and to load, and not again for the publisher's own copy."""
    opened: list[int | None] = []

    def counting(address: TeamAddress, version: int | None = None) -> AbstractContextManager[object]:
        opened.append(version)
        return opened_lake(address, version)

    team.bring_home()
    monkeypatch.setattr("store.team.store.opened_lake", counting)
    kills._record(tmp_path / "recordings")
    as_of = kills.FIRST + timedelta(days=3)
    pipeline.refresh(filled, kills.BOARDS, replay=tmp_path / "recordings", as_of=as_of)
    assert opened == [None]
    assert team.latest().id == "00000002"
