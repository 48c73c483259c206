"""Migrations: each runs once, so each has a number of its own."""

from __future__ import annotations

import re

import duckdb
import pytest

from store.sql import FOLDER, SCHEMA, migrations, query, query_files, schema_digest
from store.warehouse import Warehouse


def test_no_two_migrations_share_a_number() -> None:
    """The second of two would never run: a warehouse notes what it has by number."""
    numbers = [number for number, _, _ in migrations()]
    assert numbers == sorted(set(numbers))


def test_a_migration_has_the_name_of_its_file() -> None:
    """`0012_list_date.sql` is number 12, list_date."""
    named = {number: (name, script) for number, name, script in migrations()}
    assert named[12][0] == "list_date"
    assert named[12][1] == (FOLDER / "migrations" / "0012_list_date.sql").read_text(encoding="utf-8")
    assert len(named) == len(list((FOLDER / "migrations").glob("*.sql")))


def test_a_query_is_found_by_its_name_alone() -> None:
    """Whichever noun it stands under; one that is not there is named."""
    for name, file in query_files().items():
        assert (name, query(name)) == (file.stem, file.read_text(encoding="utf-8"))
    assert len(query_files()) == len(list((FOLDER / "queries").rglob("*.sql")))
    with pytest.raises(KeyError, match="no query 'never_asked'"):
        query("never_asked")


def test_the_digest_is_of_every_migration_and_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 hexadecimal digits, others with a view more or a migration less."""
    before = schema_digest()
    assert re.fullmatch("[0-9a-f]{64}", before)
    digests = {before}
    for part, other in (("views", lambda: "CREATE VIEW v AS SELECT 1"), ("migrations", lambda: ())):
        with monkeypatch.context() as patched:
            patched.setattr(f"store.sql.{part}", other)
            digests.add(schema_digest())
    assert len(digests) == 3
    assert schema_digest() == before


BROKEN = (9999, "broken", "CREATE TABLE half (x INTEGER); SELECT no_such_column")


def test_of_an_empty_database_a_broken_migration_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are one transaction there, so that nobody meets half of them."""
    warehouse = Warehouse(duckdb.connect(":memory:"))
    with monkeypatch.context() as patched:
        patched.setattr("store.warehouse.migrations", lambda: (*migrations(), BROKEN))
        with pytest.raises(duckdb.Error, match="no_such_column"):
            warehouse.migrate()
    assert warehouse.tables() == []
    warehouse.migrate()
    assert warehouse.stages()[SCHEMA] == schema_digest()


def test_of_an_older_warehouse_what_came_before_a_broken_migration_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is a transaction of its own there; what is missing is done the next time, and nothing twice."""
    warehouse = Warehouse(duckdb.connect(":memory:"))
    first, *others = (
        (1, "first", "CREATE TABLE stage (name VARCHAR, digest VARCHAR)"),
        (2, "second", "CREATE TABLE second (x INTEGER); INSERT INTO second VALUES (1)"),
        BROKEN,
    )
    monkeypatch.setattr("store.warehouse.views", lambda: "")
    monkeypatch.setattr("store.warehouse.migrations", lambda: (first,))
    warehouse.migrate()
    monkeypatch.setattr("store.warehouse.migrations", lambda: (first, *others))
    monkeypatch.setattr("store.warehouse.schema_digest", lambda: "of three")
    with pytest.raises(duckdb.Error, match="no_such_column"):
        warehouse.migrate()
    assert warehouse.tables() == ["migration", "second", "stage"]
    assert warehouse.stages()[SCHEMA] != "of three"
    monkeypatch.setattr("store.warehouse.migrations", lambda: (first, others[0], (9999, "mended", "")))
    warehouse.migrate()
    assert warehouse.frame("FROM second").rows() == [(1,)]
    assert warehouse.frame("FROM migration").rows() == [(1, "first"), (2, "second"), (9999, "mended")]
    assert warehouse.stages()[SCHEMA] == "of three"
