"""A PostgreSQL and an S3 server for all tests of a team's store, and an empty store for each that asks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pytest

from config import Settings
from store.store import Store, store_of
from tests.install_postgres import ADVICE, programs
from tests.team.servers import PostgresServer, postgres_server, s3_server

if TYPE_CHECKING:  # most runs of a few tests need none of it, and it takes a second to load
    from store.team.store import TeamStore
    from store.warehouse import Warehouse

BUCKET: Final = "team"
DATA: Final = f"s3://{BUCKET}/hypecurve"
KINDS: Final = ("one machine", "team")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL; without one the tests are skipped here, and fail where CI runs them."""
    if programs() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ADVICE)
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def bucket() -> Iterator[dict[str, str]]:
    """A running S3 server; what the environment has to say to use it."""
    with s3_server(BUCKET) as environment:
        yield environment


@pytest.fixture(scope="session")
def begun(postgres: PostgresServer, bucket: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with an empty store, to be copied."""
    from store.team.keeping import init  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patched:
        settings = _settings(patched, bucket, postgres.create("begun"), tmp_path_factory.mktemp("begun"))
        init(opened(settings))
        opened(settings).postgres.close()
    return "begun"


@pytest.fixture(scope="session")
def once_filled(
    postgres: PostgresServer, bucket: dict[str, str], begun: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database whose store one machine has filled and published, to be copied."""
    from pipeline import refresh as pipeline  # noqa: PLC0415
    from tests.faults import kills  # noqa: PLC0415

    home = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
        settings = _settings(patched, bucket, postgres.create("filled", begun), home)
        kills._record(home / "recordings")
        kills._declare(settings)
        pipeline.refresh(settings, kills.BOARDS, replay=home / "recordings", as_of=kills.FIRST)
        opened(settings).postgres.close()
    return "filled"


@pytest.fixture
def team_settings(
    postgres: PostgresServer,
    bucket: dict[str, str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """Settings of one machine of a team; its store is begun for tests that ask for `team` or `filled` too."""
    template = "template1"
    for asked, made in (("team", "begun"), ("filled", "once_filled")):
        if asked in request.fixturenames:
            template = request.getfixturevalue(made)
    catalog = postgres.create(f"team-{uuid4().hex[:12]}", template)
    return _settings(monkeypatch, bucket, catalog, tmp_path / "home")


@pytest.fixture
def filled(team_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same, of a store that another machine has filled and published."""
    from tests.faults import kills  # noqa: PLC0415

    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    kills._declare(team_settings)
    return team_settings


@pytest.fixture
def team(team_settings: Settings) -> Iterator[TeamStore]:
    """An empty store of a team, as one of its machines sees it."""
    store = opened(team_settings)
    yield store
    store.postgres.close()


@pytest.fixture(params=KINDS)
def settings_of_store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """Settings of an empty store: that of one machine, and that of a team as one of its machines sees it."""
    with _empty(request, tmp_path / "home", monkeypatch) as settings:
        yield settings


@pytest.fixture
def store(settings_of_store: Settings) -> Store:
    """An empty store, of one machine and of a team: what it promises holds for both."""
    return store_of(settings_of_store)


@pytest.fixture
def reopened(settings_of_store: Settings) -> Callable[[], Store]:
    """The same store as another process opens it; that of a team, as another machine does."""
    return lambda: store_of(beside(settings_of_store))


def beside(settings: Settings) -> Settings:
    """The settings of another machine of a team; of one machine, its own."""
    another = settings.home.parent / "another"
    return replace(settings, home=another) if settings.store_url else settings


@pytest.fixture(params=KINDS, scope="module")
def store_of_module(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The same for all tests of a file, which leave it as they found it."""
    home = tmp_path_factory.mktemp("module")
    with pytest.MonkeyPatch.context() as patched, _empty(request, home, patched) as settings:
        yield store_of(settings)


@pytest.fixture(scope="module")
def open_warehouse_of_module(store_of_module: Store) -> Iterator[Warehouse]:
    """Its warehouse, for writing."""
    with store_of_module.writing() as warehouse:
        yield warehouse


@pytest.fixture
def warehouse(open_warehouse_of_module: Warehouse) -> Warehouse:
    """An empty warehouse of a store: a file of one machine, and the lake of a team."""
    empty(open_warehouse_of_module)
    return open_warehouse_of_module


def empty(warehouse: Warehouse) -> None:
    """Remove all rows but those that say of which version the tables are."""
    tables = [name for name in warehouse.tables() if name not in ("migration", "stage")]
    looks = [f"SELECT '{name}' AS name WHERE EXISTS (FROM \"{name}\")" for name in tables]
    with warehouse.transaction():
        for name in warehouse.frame(" UNION ALL ".join(looks))["name"]:
            warehouse.clear(name)


@contextmanager
def _empty(request: pytest.FixtureRequest, home: Path, patched: pytest.MonkeyPatch) -> Iterator[Settings]:
    if request.param == KINDS[0]:
        yield Settings(home=home, lock_wait_seconds=20.0)
        return
    postgres, bucket, template = map(request.getfixturevalue, ("postgres", "bucket", "begun"))
    name = f"store-{uuid4().hex[:12]}"
    settings = _settings(patched, bucket, postgres.create(name, template), home)
    own = replace(settings, store_data=f"s3://{BUCKET}/{name}")
    postgres.move(name, DATA, own.store_data)
    yield own
    opened(own).postgres.close()


def opened(settings: Settings) -> TeamStore:
    """The store that the settings name, which is a team's."""
    from store.team.store import TeamStore  # noqa: PLC0415

    store = store_of(settings)
    assert isinstance(store, TeamStore)
    return store


def _settings(patched: pytest.MonkeyPatch, bucket: dict[str, str], catalog: str, home: Path) -> Settings:
    for name, value in bucket.items():
        patched.setenv(name, value)
    return Settings(
        home=home, lock_wait_seconds=20.0, store_url=f"ducklake:postgres:{catalog}", store_data=DATA
    )
