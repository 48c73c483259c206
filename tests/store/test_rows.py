"""Rows come from DuckDB to Polars with their types, without pyarrow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from store.rows import QueryError, rows_of
from tests.places import ROOT

VALUES = (
    "1::TINYINT",
    "2::UINTEGER",
    "3::BIGINT",
    "4::HUGEINT",
    "1.5::DECIMAL(10, 2)",
    "1.5::FLOAT",
    "'inf'::DOUBLE",
    "true",
    "'x'",
    "'x'::BLOB",
    "DATE '2026-01-31'",
    "TIME '10:00'",
    "TIMESTAMP '2026-01-31 10:00'",
    "TIMESTAMPTZ '2026-01-31 10:00:00+02'",
    "TIMESTAMP_NS '2026-01-31 10:00:00.123456789'",
    "'x'::ENUM('x', 'y')",
    "['a', NULL]",
    "[{'n': 1}]",
    "{'n': 1, 'text': 'x'}",
    "map {'a': 1}",
    "NULL",
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in UTC, as the store opens every one."""
    with duckdb.connect(":memory:") as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


@pytest.mark.parametrize("where", ["", "WHERE false"])
@pytest.mark.parametrize("value", VALUES)
def test_values_and_types_are_those_of_duckdbs_own_hand_over(
    connection: duckdb.DuckDBPyConnection, value: str, where: str
) -> None:
    """DuckDB's own way through pyarrow is the second implementation, for rows and for none."""
    sql = f"SELECT {value} AS value {where}"
    expected = connection.execute(sql).pl()
    found = rows_of(connection, sql)
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_parameters_are_filled_in_by_name(connection: duckdb.DuckDBPyConnection) -> None:
    """A statement sees the values that it names."""
    found = rows_of(connection, "SELECT i FROM range(9) t(i) WHERE i >= $least", {"least": 7})
    assert found["i"].to_list() == [7, 8]


def test_columns_of_one_name_are_told_apart(connection: duckdb.DuckDBPyConnection) -> None:
    """Two tables side by side keep all their columns, also where the new name is taken already."""
    found = rows_of(connection, "SELECT 1 AS a, 2 AS a_1, 3 AS a, 4 AS b, 5 AS a")
    assert found.row(0, named=True) == {"a": 1, "a_1": 2, "a_2": 3, "b": 4, "a_3": 5}


@pytest.mark.parametrize("value", ["INTERVAL 1 DAY", "[INTERVAL 1 DAY]", "{'n': INTERVAL 1 DAY}"])
def test_what_polars_cannot_hold_is_named(connection: duckdb.DuckDBPyConnection, value: str) -> None:
    """An interval of time is a sentence with the column and what to do, not a crash of the process."""
    with pytest.raises(QueryError, match=r"waited.*VARCHAR"):
        rows_of(connection, f"SELECT {value} AS waited")


def test_a_fault_found_while_rows_are_handed_over_is_the_databases(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """A value that cannot be cast far down the rows is told in DuckDB's words, and nothing before them."""
    sql = "SELECT CASE WHEN i = 999999 THEN 'a' ELSE '1' END::INTEGER AS n FROM range(1000000) t(i)"
    with pytest.raises(QueryError, match=r"^Conversion Error: Could not convert string 'a' to INT32"):
        rows_of(connection, sql)


@pytest.mark.parametrize("sql", ["", "-- nothing", "CREATE TABLE t (a INTEGER)"])
def test_a_statement_without_rows_gives_none(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Whatever answers nothing is an empty frame."""
    assert rows_of(connection, sql).equals(pl.DataFrame())


def test_pyarrow_is_not_loaded() -> None:
    """Loading it takes half as long as DuckDB and Polars together."""
    code = (
        "import sys, duckdb; from store.rows import rows_of; "
        "rows_of(duckdb.connect(), 'SELECT 1 AS n, now() AS at'); print('pyarrow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
