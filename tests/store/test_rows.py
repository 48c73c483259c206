"""Rows and parameters pass between DuckDB and Python with their types, and load nothing large on the side."""

from __future__ import annotations

import ctypes
import math
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import polars as pl
import pytest

from store.rows import append_frame, literal, on_its_own, rows_of
from store.trouble import QueryError
from tests.places import ROOT

LIBC = ctypes.CDLL(None)


class MallInfo(ctypes.Structure):
    """What glibc's mallinfo2 gives."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


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


PARAMETERS = (
    None,
    True,
    7,
    -(2**62),
    2**100,
    0.1,
    -1.5e-300,
    math.inf,
    -math.inf,
    math.nan,
    "",
    "it's; DROP TABLE t -- \\ \n \u00e9 $other",
    "''",
    "an end\0in the middle",
    date(2026, 1, 31),
    datetime(2026, 1, 31, 10, 0, 0, 123456),  # noqa: DTZ001 - a local time on purpose
    datetime(2026, 1, 31, 10, 0, tzinfo=UTC),
    datetime(2026, 1, 31, 10, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    ["a", "it's"],
    ("a",),
    [1, 2],
    [0.5, None],
    [date(2026, 1, 31)],
)


@pytest.mark.parametrize("value", PARAMETERS, ids=repr)
def test_a_parameter_arrives_as_if_bound(connection: duckdb.DuckDBPyConnection, value: object) -> None:
    """DuckDB's own binding is the second implementation: the same value and the same type."""
    sql = "SELECT $value AS value, typeof($value) AS type"
    expected = connection.execute(sql, {"value": value}).pl()
    assert rows_of(connection, sql, {"value": value}).equals(expected)


def test_parameters_are_filled_in_by_name(connection: duckdb.DuckDBPyConnection) -> None:
    """A statement sees the values that it names, and the next statement its own."""
    sql = "SELECT i FROM range(9) t(i) WHERE i >= $least AND i < $below -- $comment"
    for least, below in ((7, 9), (1, 2)):
        found = rows_of(connection, sql, {"below": below, "least": least})
        assert found["i"].to_list() == list(range(least, below))


@pytest.mark.parametrize("name", ["on", "order", "select", "as_of", "Level"])
def test_a_parameter_may_be_called_like_a_word_of_sql(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    """`$on` is a parameter like any other."""
    assert rows_of(connection, f"SELECT ${name} + 1 AS n", {name: 1}).item() == 2


def test_a_fault_leaves_the_connection_usable(connection: duckdb.DuckDBPyConnection) -> None:
    """After a statement that failed, at any point, the next one is answered."""
    for sql, value in (("SELECT nothing, $a", 1), ("SELECT $a + $b", 1), ("SELECT $a::INTEGER AS n", "x")):
        with pytest.raises((duckdb.Error, QueryError)):
            rows_of(connection, sql, {"a": value})
    assert rows_of(connection, "SELECT $a AS a", {"a": 1}).item() == 1


def test_what_is_no_value_of_a_query_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing is put into SQL by its name alone."""
    with pytest.raises(TypeError, match="Path"):
        rows_of(connection, "SELECT $a", {"a": Path("x")})


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


def test_nothing_large_is_loaded_on_the_side() -> None:
    """Neither taking rows, giving parameters nor adding rows loads pyarrow, NumPy or pandas."""
    code = (
        "import sys, duckdb, polars; from store.rows import append_frame, do, rows_of; "
        "c = duckdb.connect(); c.execute('CREATE TABLE t (n INTEGER, day TIMESTAMPTZ)'); "
        "do(c, 'INSERT INTO t VALUES (?, ?)', 1, None); "
        "append_frame(c, 't', polars.DataFrame({'day': [None], 'n': [2]})); "
        "assert rows_of(c, 'SELECT n FROM t WHERE n > $n', {'n': 1})['n'].to_list() == [2]; "
        "print({'pyarrow', 'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["on", "as_of", "order", "select", "model"])
def test_a_parameter_may_be_named_by_any_word(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Words that SQL keeps for itself name parameters, too: `$on` is a day in several queries."""
    assert rows_of(connection, f"SELECT ${name} AS given", {name: 7})["given"].to_list() == [7]


@pytest.mark.skipif(not hasattr(LIBC, "mallinfo2"), reason="only glibc says how much memory is held")
def test_rows_that_stay_hold_no_more_room_than_they_need(connection: duckdb.DuckDBPyConnection) -> None:
    """DuckDB gives room for a million rows in every column; a dashboard keeps hundreds of small results."""
    sql = "SELECT range AS number, range::VARCHAR AS text, [range] AS list, {'n': range} AS n FROM range(10)"
    before = held()
    kept = [on_its_own(rows_of(connection, sql)) for _ in range(20)]
    assert held() - before < 2_000_000 < 20 * 8 * 1_000_000
    assert kept[0].equals(rows_of(connection, sql))
    assert kept[0].schema == rows_of(connection, sql).schema


def held() -> int:
    """Bytes that this process holds through the C library."""
    LIBC.mallinfo2.restype = MallInfo
    found = LIBC.mallinfo2()
    return int(found.uordblks + found.hblkhd)


def test_rows_are_added_with_their_types(connection: duckdb.DuckDBPyConnection) -> None:
    """By name, in any order of the columns; what a frame lacks is null."""
    connection.execute(
        'CREATE TABLE kept ("at" TIMESTAMPTZ, day DATE, text VARCHAR, list VARCHAR[], n BIGINT)'
    )
    at = datetime(2026, 5, 4, 10, 30, 0, 123456, tzinfo=UTC)
    rows = pl.DataFrame(
        {"text": ["it's", None], "list": [["a"], []], "day": [date(2026, 5, 4)] * 2, "at": [at] * 2}
    )
    append_frame(connection, "kept", rows)
    found = rows_of(connection, "SELECT text, list, day, \"at\" AT TIME ZONE 'UTC' AS at_utc, n FROM kept")
    assert found.rows() == [
        ("it's", ["a"], date(2026, 5, 4), at.replace(tzinfo=None), None),
        (None, [], date(2026, 5, 4), at.replace(tzinfo=None), None),
    ]


@pytest.mark.parametrize(("most", "fits"), [(0, False), (2, False), (3, True), (4, True), (None, True)])
def test_as_many_rows_as_were_asked_for_are_given_and_no_more(
    connection: duckdb.DuckDBPyConnection, most: int | None, fits: bool
) -> None:
    """The bound itself will do; one row above it is a sentence that says the bound."""
    for parameters, sql in ((None, "SELECT * FROM range(3)"), ({"n": 3}, "SELECT * FROM range($n)")):
        if fits:
            assert rows_of(connection, sql, parameters, most).height == 3
            continue
        with pytest.raises(QueryError, match=rf"^The statement gives more than {most} rows: add a LIMIT"):
            rows_of(connection, sql, parameters, most)
    with pytest.raises(QueryError, match="more than 1,000 rows"):
        rows_of(connection, "SELECT * FROM range(1001)", None, 1000)
    assert rows_of(connection, "CREATE TABLE made (n INTEGER)", None, 5).equals(pl.DataFrame())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "NULL"),
        (True, "True"),
        (7, "7"),
        (0.5, "'0.5'::DOUBLE"),
        ("it's", "'it''s'"),
        ("a\0b", "'a' || chr(0) || 'b'"),
        (date(2026, 1, 31), "'2026-01-31'::DATE"),
        (datetime(2026, 1, 31, 10, tzinfo=UTC), "'2026-01-31T10:00:00+00:00'::TIMESTAMPTZ"),
        (datetime(2026, 1, 31, 10), "'2026-01-31T10:00:00'::TIMESTAMP"),  # noqa: DTZ001 - local on purpose
        (["a", None, (1,)], "['a', NULL, [1]]"),
        ([], "[]"),
    ],
)
def test_a_value_is_written_as_sql(value: object, written: str) -> None:
    """With its type where the text alone would not say it."""
    assert literal(value) == written
