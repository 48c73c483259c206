"""What may break under a team's store: it is told in a sentence, nothing is lost, the next run mends it."""

from __future__ import annotations

import logging
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

import polars as pl
import psycopg
import pytest

import store.team.postgres
from config import Settings
from errors import ExpectedError
from pipeline import refresh as pipeline
from store.archive import describe
from store.beat import Beat, beats, note_beat
from store.ledger import Action, Status
from store.sql import migrations
from store.store import Store, store_of
from store.team.address import TeamAddress
from store.team.keeping import init, maintain
from store.team.lake import LAKE, opened_lake
from store.team.ledger import LEASE, TeamLedger
from store.team.parts import obstore
from store.team.postgres import AwayError, NewerStoreError, Postgres, RefusedError
from store.team.store import TeamStore
from store.team.warehouse import TeamWarehouse
from store.trouble import DamagedError, StorageError
from tests.faults import kills
from tests.install_postgres import programs
from tests.team.gate import Gate
from tests.team.servers import PostgresServer

AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
MARKER: Final = "Marker4711"
FORMER: Final = Path(__file__).parent / "former"
"""What PostgreSQL was told by the versions that are told apart."""

FORMER_ROWS: Final = """
    INSERT INTO run (source_id, started_at, finished_at, status, trigger, process, payloads_new, rows_added)
    VALUES ('a', '{at}', '{at}', 'new data', 'schedule', 1, 1, 7);
    INSERT INTO plan (source_id, paused, cadence) VALUES ('a', 1, '6h');
    INSERT INTO request (source_id, {asked}, asked_at) VALUES ('a', 'run now', '{at}');
"""


def scores(name: str, rows: int = 50) -> pl.DataFrame:
    """Rows of a source: so many that they stand in a file and not in PostgreSQL."""
    return pl.select(
        pl.format("model-{}", pl.int_range(rows)).alias("model_name"),
        pl.lit("board").alias("benchmark_id"),
        pl.lit(0.5).alias("score"),
        pl.lit(value=False).alias("gone"),
        pl.lit(name).alias("source_id"),
        pl.lit("0" * 64).alias("payload_sha256"),
        pl.lit(AT).alias("observed_at"),
    )


def another(team: TeamStore) -> TeamStore:
    """The same store, as another machine sees it."""
    return TeamStore(team.address, team.folder.parent / "another", 2.0)


def written(team: TeamStore, name: str) -> str:
    """Write rows of a source; the name of their file on object storage."""
    sql = f"SELECT data_file FROM ducklake_list_files('{LAKE}', 'score')"
    with team.writing() as warehouse:
        before = set(warehouse.frame(sql)["data_file"])
        with warehouse.transaction():
            warehouse.insert("score", scores(name))
        (file,) = set(warehouse.frame(sql)["data_file"]) - before
    return f"../rows/{str(file).partition('/rows/')[2]}"


def objects(team: TeamStore) -> Any:
    """The place of a team's rows, as obstore reaches it."""
    archive = team.archive()._objects
    config = dict(archive.config)
    folder = team.address.rows.rstrip("/")
    return obstore().store.from_url(folder, config=config, client_options={"allow_http": True})


def refreshed(settings: Settings, recordings: Path, day: int) -> list[Status]:
    """Three boards as of a day; how each run ended."""
    as_of = kills.FIRST + timedelta(days=day)
    outcomes = pipeline.refresh(settings, kills.BOARDS, replay=recordings, as_of=as_of)
    return [outcome.status for outcome in outcomes]


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """What the boards said on two days."""
    kills._record(tmp_path / "recordings", 2)
    return tmp_path / "recordings"


@pytest.fixture
def gate(bucket: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """The way to object storage, open; ask for it before any store."""
    port = urlsplit(bucket["AWS_ENDPOINT_URL"]).port
    assert port is not None
    way = Gate(port)
    way.open()
    yield way
    way.close()


@pytest.mark.parametrize(
    "damage", [lambda body: body[:-9], lambda body: b"x" * len(body)], ids=["cut", "other"]
)
def test_damaged_rows_are_one_sentence(team: TeamStore, damage: Callable[[bytes], bytes]) -> None:
    """It names the file and what makes its rows again; whatever was copied before is shown."""
    with team.writing() as warehouse:
        shown = team.publish(warehouse)
    name, place = Path(written(team, "a")).name, objects(team)
    path = f"main/score/{name}"
    obstore().put(place, path, damage(bytes(obstore().get(place, path).bytes())))
    with pytest.raises(DamagedError, match="hypecurve rebuild"):
        another(team).look_through(deep=True)
    assert team.latest() == shown


def test_a_bit_that_changes_within_a_page_of_rows_is_noticed(team: TeamStore) -> None:
    """The engine reads another figure and no error; `doctor --deep` and the daily upkeep name the file."""
    name = Path(written(team, "a")).name
    with team.writing() as warehouse:
        team.publish(warehouse)
    another(team).look_through(deep=True)
    path, place = f"main/score/{name}", objects(team)
    whole = bytes(obstore().get(place, path).bytes())
    spot = whole.index(struct.pack("<d", 0.5))
    obstore().put(place, path, whole[:spot] + struct.pack("<d", 0.7) + whole[spot + 8 :])
    with another(team).writing() as warehouse:
        assert set(warehouse.frame("SELECT score FROM score")["score"]) == {0.7}
    for look in (lambda: another(team).look_through(deep=True), lambda: list(maintain(team))):
        with pytest.raises(DamagedError, match=rf"main/score/{name}.*hypecurve rebuild"):
            look()
    obstore().put(place, path, whole)
    assert len(list(maintain(team))) == 3
    another(team).look_through(deep=True)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_lost_rows_are_made_again_from_the_archive(
    filled: Settings, team: TeamStore, recordings: Path
) -> None:
    """Until then the last copy is shown; after a rebuild all is as before the loss."""
    place = objects(team)
    before = {item["path"] for batch in obstore().list(place) for item in batch}
    refreshed(filled, recordings, 1)
    fresh = {item["path"] for batch in obstore().list(place) for item in batch} - before
    lost = [path for path in fresh if path.startswith("main/score/") and "-delete" not in path]
    obstore().delete(place, lost)
    shown = team.latest()
    whole = kills.digests(shown)
    with pytest.raises(DamagedError, match="|".join(Path(path).name for path in lost)):
        another(team).look_through(deep=True)
    assert team.latest() == shown
    pipeline.rebuild(filled)
    another(team).look_through(deep=True)
    assert kills.digests(team.latest()) == whole


@pytest.mark.long
@pytest.mark.timeout(900)
def test_storage_that_goes_away_in_the_midst_of_a_load_costs_nothing(
    gate: Gate,
    filled: Settings,
    team: TeamStore,
    recordings: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run fails in a sentence; the next one, with storage there again, ends where one machine would."""
    append, shown = TeamWarehouse.append, team.latest()
    patience = replace(filled, lock_wait_seconds=1.0)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{gate.port}")

    def cut(self: TeamWarehouse, *given: Any, **named: Any) -> Any:
        gate.close()
        return append(self, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(TeamWarehouse, "append", cut)
        with pytest.raises(AwayError, match=r"s3://team/hypecurve cannot be reached.*Nothing is lost"):
            refreshed(patience, recordings, 1)
    assert team.latest() == shown
    gate.open()
    assert Status.FAILED not in refreshed(patience, recordings, 1)
    alone = Settings(home=tmp_path / "alone")
    kills._declare(alone)
    pipeline.backfill(alone, kills.BOARDS, replay=recordings)
    shown_then = [kills.digests(store_of(settings).latest()) for settings in (filled, alone)]
    for tables in shown_then:
        tables.pop("sighting")  # the second run has seen again what the first one had archived
    assert shown_then[0] == shown_then[1]


def test_postgresql_that_does_not_let_us_in_is_one_sentence_and_not_asked_again(
    team: TeamStore, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a password, with a wrong one, for a database that is not there; with the right one it goes."""
    user = postgres.guarded(f"right-{MARKER}")
    guarded = TeamAddress(team.address.catalog.replace("user=postgres", f"user={user}"), team.address.data)
    nowhere = TeamAddress(postgres.catalog("nowhere"), team.address.data)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    for address, password in ((guarded, ""), (guarded, f"wrong-{MARKER}"), (nowhere, "")):
        if password:
            monkeypatch.setenv("PGPASSWORD", password)
        tried: list[int] = []
        machine = TeamStore(address, team.folder.parent / "guarded", 20.0)

        def write(machine: TeamStore = machine, tried: list[int] = tried) -> None:
            tried.append(1)
            with machine.writing():
                pass

        with pytest.raises(RefusedError, match="PGPASSWORD or PGPASSFILE") as caught:
            machine.whole(write, lambda *_: None)
        assert tried == [1]
        assert MARKER not in f"{caught.value!r} {caught.value.__cause__!r}"
        with pytest.raises(StorageError) as caught, opened_lake(address):
            pass
        assert MARKER not in f"{caught.value!r} {caught.value.__cause__!r}"
    monkeypatch.setenv("PGPASSWORD", f"right-{MARKER}")
    with TeamStore(guarded, team.folder.parent / "guarded", 20.0).writing() as warehouse:
        assert "score" in warehouse.tables()


@contextmanager
def _refusing() -> Iterator[str]:
    class Refuses(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refuses)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_storage_that_refuses_our_keys_is_one_sentence(
    team: TeamStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the variables to look at, and no value of one."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", MARKER)
    with _refusing() as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        machine = another(team)
        entry = describe(b"x", source_id="a", url="u", as_of=AT, fetched_at=AT)
        with pytest.raises(StorageError, match="AWS_SECRET_ACCESS_KEY") as of_archive:
            machine.archive().add(entry, b"x")
        told = pytest.raises(StorageError, match="AWS_SECRET_ACCESS_KEY")
        with told as of_lake, machine.writing() as warehouse:
            warehouse.insert("score", scores("a"))
    for caught in (of_archive, of_lake):
        assert not isinstance(caught.value, AwayError)
        assert MARKER not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("owns", [True, False])
def test_a_user_without_rights_is_one_sentence_and_the_owner_of_the_database_has_all(
    team_settings: Settings, postgres: PostgresServer, tmp_path: Path, owns: bool
) -> None:
    """PostgreSQL gives a user who may make schemas no right to the schema in which DuckLake's tables lie."""
    user = f"user_{owns}".lower()
    with psycopg.connect(team_settings.store_url.partition("postgres:")[2], autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {user} LOGIN")
        (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
        right = "ALTER DATABASE {0} OWNER TO {1}" if owns else "GRANT CREATE ON DATABASE {0} TO {1}"
        connection.execute(right.format(f'"{name}"', user))
    url = team_settings.store_url.replace("user=postgres", f"user={user}")
    store = store_of(replace(team_settings, store_url=url, store_data=str(tmp_path / "shared")))
    assert isinstance(store, TeamStore)
    if owns:
        assert init(store)
        return
    with pytest.raises(RefusedError, match=r"permission denied for schema public\). Make it the owner"):
        init(store)


@pytest.mark.parametrize("version", ["0.9", "9.9"])
def test_a_catalogue_of_another_ducklake_is_one_sentence(team: TeamStore, version: str) -> None:
    """Whichever of both is the older one; nothing is changed."""
    with psycopg.connect(team.address.catalog) as connection:
        connection.execute("UPDATE ducklake_metadata SET value = %s WHERE key = 'version'", [version])
    told = rf"of DuckLake's version {version}, and this machine's extension of version \d+\.\d+\. Install"
    with pytest.raises(StorageError, match=told), team.writing():
        pass
    with psycopg.connect(team.address.catalog) as connection:
        found = connection.execute("SELECT value FROM ducklake_metadata WHERE key = 'version'").fetchone()
    assert found == (version,)


def test_of_two_versions_the_newer_one_brings_the_store_up_and_the_older_one_is_told(
    team: TeamStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older one writes nothing more and shows what it copied; the rows are all there."""
    written(team, "a")
    with team.writing() as warehouse:
        shown = team.publish(warehouse)
    newer = (*migrations(), (9999, "of the future", "ALTER TABLE model ADD COLUMN future VARCHAR"))
    with monkeypatch.context() as patched:
        patched.setattr("store.team.warehouse.migrations", lambda: newer)
        with another(team).writing() as warehouse:
            assert "future" in warehouse.frame("SELECT * FROM model").columns
            assert warehouse.frame("SELECT * FROM score").height == 50
    with pytest.raises(NewerStoreError, match="Upgrade it here"), team.writing():
        pass
    assert team.latest() == shown


def test_two_versions_in_turn_are_told_of(
    team: TeamStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An upgrade is not; going back and forth is, since each machine does the other one's work again."""
    for version, told in (("older", False), ("newer", False), ("older", True)):
        monkeypatch.setattr("store.team.warehouse.schema_digest", lambda version=version: version)
        with team.writing() as warehouse:
            team.publish(warehouse)
        assert ("two versions of hypecurve" in caplog.text) is told


@pytest.mark.parametrize("version", ["none noted", 1, 2, 3])
def test_what_a_former_version_agreed_on_is_brought_up_and_kept(team: TeamStore, version: int | str) -> None:
    """By the first machine of this version that comes, without a further command; the ledger goes on."""
    former = (FORMER / f"version_{1 if version == 'none noted' else version}.sql").read_text(encoding="utf-8")
    asked = "action" if version in (2, 3) else "wish"
    with psycopg.connect(team.address.catalog) as connection:
        connection.execute("DROP SCHEMA hypecurve CASCADE")
        connection.execute("CREATE SCHEMA hypecurve")
        connection.execute("SET search_path = hypecurve")
        connection.execute("SELECT set_config('hypecurve.machine', 'former', false)")
        connection.execute(former)
        connection.execute(FORMER_ROWS.format(asked=asked, at=AT.isoformat(timespec="microseconds")))
        connection.execute("INSERT INTO agreed VALUES ('data', %s)", [team.address.data])
        if version != "none noted":
            connection.execute("INSERT INTO agreed VALUES ('tables', %s)", [str(version)])
    ledger = another(team).ledger()
    note_beat(ledger, Beat(1, AT, AT, machine="here"))
    assert [beat.machine for beat in beats(ledger)] == ["here"]
    assert ledger.runs().select("source_id", "status", "rows_added", "rows_revised").rows() == [
        ("a", "new data", 7, 0)
    ]
    assert (ledger.paused(), ledger.cadences()) == (frozenset({"a"}), {"a": "6h"})
    assert [(request.source_id, request.action) for request in ledger.take_requests(AT)] == [
        ("a", Action.RUN)
    ]
    assert ledger.health()["last_success_at"].to_list() == [AT]
    with another(team).writing() as warehouse:
        another(team).publish(warehouse)
    assert another(team).postgres.rows("SELECT value FROM agreed WHERE name = 'tables'")[0]["value"] == str(
        store.team.postgres.VERSION
    )


def test_a_machine_whose_tables_another_one_has_changed_is_told_to_upgrade(
    team: TeamStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It writes nothing, in the ledger either, and shows what it copied last."""
    with team.writing() as warehouse:
        shown = team.publish(warehouse)
    ledger = team.ledger()
    ledger.set_cadence("a", "6h", AT)
    assert ledger.cadences() == {"a": "6h"}
    team.postgres.close()
    with monkeypatch.context() as newer:
        newer.setattr("store.team.postgres.VERSION", store.team.postgres.VERSION + 1)
        another(team).postgres.rows("SELECT 1")
    assert team.latest() == team.latest() == shown
    assert team.away_since() is not None
    assert caplog.text.count("What was copied last is shown: The team's store is of a newer version") == 1
    assert ledger.cadences() == {"a": "6h"}
    for write in (lambda: ledger.start("a", "test", AT), lambda: team.writing().__enter__()):
        with pytest.raises(NewerStoreError, match="Upgrade it here"):
            write()


class Ahead(datetime):
    """The clock of a machine that is ten minutes ahead."""

    BY: Final = timedelta(minutes=10)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.BY


def test_a_clock_that_goes_wrong_takes_nobodys_work(
    team: TeamStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Leases, runs and signs of life go by PostgreSQL's clock; the machine is told of its own."""
    now = datetime.now(UTC)
    right = TeamLedger(Postgres(team.address.catalog))
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(store.team.postgres, "datetime", Ahead)
        wrong = TeamLedger(Postgres(team.address.catalog))
        assert wrong.agreed(now + Ahead.BY) - now < timedelta(seconds=5)
    assert "clock is 600 s ahead of PostgreSQL's" in caplog.text
    monkeypatch.setattr("store.team.ledger._holder", lambda: "right")
    assert right.claim({"a": now}, now) == ["a"]
    monkeypatch.setattr("store.team.ledger._holder", lambda: "wrong")
    wrong._postgres._ahead = -Ahead.BY
    monkeypatch.setattr(Postgres, "_look_at_clock", lambda *_: None)
    assert wrong.claim({"a": now + Ahead.BY}, now + Ahead.BY) == []
    later = now + LEASE + timedelta(seconds=5)
    assert wrong.claim({"a": later + Ahead.BY}, later + Ahead.BY) == ["a"]


def test_no_key_is_in_a_log_a_message_or_at_rest(
    team_settings: Settings,
    postgres: PostgresServer,
    recordings: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Searched for keys that occur nowhere else: logs, files, PostgreSQL and object storage."""
    user = postgres.guarded(MARKER)
    monkeypatch.setenv("PGPASSWORD", MARKER)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", MARKER)
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    url = team_settings.store_url.replace("user=postgres", f"user={user}")
    settings = replace(team_settings, store_url=url, store_data=f"{team_settings.store_data}-{user}")
    team = store_of(settings)
    assert isinstance(team, TeamStore)
    kills._declare(settings)
    with caplog.at_level(logging.DEBUG):
        init(team)
        refreshed(settings, recordings, 0)
        wrong = replace(settings, store_data="s3://no-such-bucket/x", home=tmp_path / "wrong")
        said = [*_messages(store_of(wrong)), *(str(team), repr(settings), team.where, caplog.text)]
    assert len(said) > 4
    assert not [text for text in said if MARKER in text]
    assert [
        file for file in tmp_path.rglob("*") if file.is_file() and MARKER.encode() in file.read_bytes()
    ] == []
    folder = programs()
    assert folder is not None
    words = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "postgres", "--inserts"]
    database = settings.store_url.partition("dbname=")[2].split()[0]
    dumped = subprocess.run([folder / "pg_dump", *words, database], check=True, capture_output=True).stdout
    assert b"ducklake_metadata" in dumped
    assert MARKER.encode() not in dumped
    place = objects(team)
    stored = [item["path"] for batch in obstore().list(place) for item in batch]
    assert stored
    assert not [path for path in stored if MARKER.encode() in bytes(obstore().get(place, path).bytes())]


def _messages(wrong: Store) -> Iterator[str]:
    """What is said where nothing can be reached as it is set."""
    for action in (
        lambda: wrong.archive().add(describe(b"x", source_id="a", url="u", as_of=AT, fetched_at=AT), b"x"),
        lambda: wrong.look_through(deep=True),
    ):
        try:
            action()
        except ExpectedError as error:
            yield f"{error!r} {error.__cause__!r}"
