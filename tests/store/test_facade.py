"""The one door to what is stored: each kind of store keeps the same promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from store.snapshot import Snapshot, publish
from store.store import Store
from store.warehouse import NOT_COMPARED, Warehouse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SCORE = {"model_name": ["m"], "benchmark_id": ["b"], "score": [0.5], "gone": [False]}


def score(name: str) -> pl.DataFrame:
    """One row of a source."""
    stamp = {"source_id": [name], "payload_sha256": ["0" * 64], "observed_at": [NOW]}
    return pl.DataFrame(SCORE | stamp)


def sources(of: Warehouse | Snapshot) -> list[str]:
    """The sources that have scores."""
    sql = "SELECT source_id FROM score ORDER BY 1"
    return (of.frame(sql) if isinstance(of, Warehouse) else of.select(sql))["source_id"].to_list()


def silent(_what: str, _text: str) -> None:
    """Tell nobody."""


def published(store: Store, name: str) -> Snapshot:
    """One more row, shown."""
    with store.writing() as warehouse:
        with warehouse.transaction():
            warehouse.insert("score", score(name))
        return store.publish(warehouse)


def test_what_is_published_is_what_everybody_sees(store: Store, reopened: Callable[[], Store]) -> None:
    """Also whoever opens the store elsewhere; what came since is not shown yet."""
    shown = published(store, "a")
    with store.writing() as warehouse, warehouse.transaction():
        warehouse.insert("score", score("b"))
    for opened in (store, reopened()):
        assert opened.latest().id == shown.id
        assert sources(opened.latest()) == ["a"]
        assert (opened.away_since(), opened.faults()) == (None, [])
    with reopened().writing() as warehouse:
        assert sources(warehouse) == ["a", "b"]


HELD = """
    SELECT 'table' AS kind, table_name AS name FROM duckdb_tables()
    UNION ALL SELECT 'view', view_name FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'macro', function_name FROM duckdb_functions()
    WHERE macro_definition IS NOT NULL AND NOT internal
    ORDER BY ALL
"""


def test_a_published_file_is_the_same_from_every_store(store: Store, tmp_path: Path) -> None:
    """Tables, views, macros, types and rows: what is asked of it has the same answer."""
    of_memory = Warehouse.in_memory()
    of_memory.insert("score", score("a"))
    with store.writing() as warehouse, warehouse.transaction():
        warehouse.insert("score", score("a"))
    with store.writing() as warehouse:
        found, wanted = store.publish(warehouse), publish(of_memory, tmp_path)
    assert found.select(HELD).equals(wanted.select(HELD))
    for table in wanted.tables():
        rows = [snapshot.select(f'SELECT * FROM "{table}" ORDER BY ALL') for snapshot in (found, wanted)]
        assert rows[0].schema == rows[1].schema
        assert table in NOT_COMPARED or rows[0].equals(rows[1])


def test_what_fails_leaves_nothing(store: Store) -> None:
    """All of a transaction or nothing, and the next one goes on."""
    with store.writing() as warehouse:
        with pytest.raises(RuntimeError, match="in its midst"), warehouse.transaction():
            warehouse.insert("score", score("lost"))
            raise RuntimeError("in its midst")
        with warehouse.transaction():
            warehouse.insert("score", score("a"))
        assert sources(warehouse) == ["a"]


def test_what_is_made_anew_takes_the_place_of_all(store: Store) -> None:
    """Beside what is in use, and only once it is whole; what broke off before changes nothing."""
    published(store, "old")
    with pytest.raises(RuntimeError), store.remaking() as fresh:
        fresh.insert("score", score("half"))
        raise RuntimeError
    with store.remaking() as fresh:
        assert sources(fresh) == []
        fresh.insert("score", score("new"))
        assert sources(store.latest()) == ["old"]
        with store.replacing(fresh):
            pass
    with store.writing() as warehouse:
        assert sources(warehouse) == ["new"]
        assert sources(store.publish(warehouse)) == ["new"]


def test_rows_are_replaced_close_by(store: Store) -> None:
    """Tables that rest on others are made where many questions are quick, and stand in the store then."""
    with store.writing() as warehouse:
        with warehouse.close_by() as near:
            near.replace("model", pl.DataFrame({"model_id": ["m"]}))
            near.note_stage("identity", "done")
        assert warehouse.frame("SELECT model_id FROM model")["model_id"].to_list() == ["m"]
        assert warehouse.stages()["identity"] == "done"
        with pytest.raises(ValueError, match="added to, never replaced"):
            warehouse.replace("score", score("a"))


def test_every_writer_may_be_alone_within_being_alone(store: Store) -> None:
    """Stages that need it call each other."""
    with store.writing() as warehouse, warehouse.alone(), warehouse.alone(), warehouse.taking_in("a"):
        warehouse.insert("score", score("a"))
        assert sources(warehouse) == ["a"]


def test_what_is_no_fault_of_the_store_goes_through(store: Store) -> None:
    """An action's own result and its own errors, once."""
    tried: list[int] = []

    def fails() -> None:
        tried.append(1)
        raise ZeroDivisionError

    assert store.whole(lambda: 7, silent) == 7
    with pytest.raises(ZeroDivisionError):
        store.whole(fails, silent)
    assert tried == [1]
    assert store.fault_of(ZeroDivisionError()) is None


def test_looking_through_and_tidying_up_leave_all_as_it_is(store: Store) -> None:
    """Nothing is wrong with a store that is in order, however deep one looks."""
    shown = published(store, "a")
    store.look_through(deep=True)
    store.tidy(NOW)
    assert store.latest() == shown
    assert sources(store.latest()) == ["a"]


def test_the_content_is_another_one_with_every_load(store: Store) -> None:
    """By that the later stages know that they are to be done again."""
    with store.writing() as warehouse:
        before = warehouse.stages().get("content")
        payload = {
            "source_id": ["a"],
            "url": ["u"],
            "as_of": [NOW],
            "sha256": ["0" * 64],
            "origin": ["bundle"],
        }
        warehouse.adopt({"payload": pl.DataFrame(payload), "score": score("a")})
        after = warehouse.stages()["content"]
    with store.writing() as warehouse:
        assert (warehouse.stages()["content"] == after, before == after) == (True, False)
        assert warehouse.payloads("a")["origin"].to_list() == ["bundle"]
