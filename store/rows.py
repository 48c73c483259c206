"""Rows of a statement as a Polars frame, without what DuckDB's own ways load on the side.

Rows are handed over in Arrow's C format: `.pl()` would load pyarrow, which takes half as long as DuckDB and
Polars together. Values of parameters are written into an EXECUTE: to bind a single one from Python, DuckDB
loads pandas, NumPy and pyarrow, which takes longer than both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import polars as pl

from store.trouble import QueryError

NO_TYPE_IN_POLARS: Final = "INTERVAL"


def rows_of(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Mapping[str, object] | None = None,
    most: int | None = None,
) -> pl.DataFrame:
    """The rows of one statement, `$name` in it filled from `parameters`; none where it gives no rows.

    Of two columns of one name the second is called NAME_1. Raises QueryError for a type that Polars lacks
    and for a fault that shows while rows come; what is wrong with the statement itself raises duckdb.Error.
    """
    if not parameters:
        return _bounded(connection.sql(sql), most)
    connection.execute(f"PREPARE asked AS\n{sql}")
    try:
        values = ", ".join(f'"{name}" := {literal(value)}' for name, value in parameters.items())
        return _bounded(connection.sql(f"EXECUTE asked({values})"), most)
    finally:
        connection.execute("DEALLOCATE asked")


def do(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> None:
    """Carry out one statement that gives no rows, each `?` in it filled from `values`."""
    connection.execute(f"PREPARE done AS\n{sql}")
    try:
        connection.execute(f"EXECUTE done({', '.join(map(literal, values))})")
    finally:
        connection.execute("DEALLOCATE done")


def append_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append a frame to a table, columns matched by name.

    It goes through a file: DuckDB looks whether a frame that it is handed is one of pandas, and loads that
    for it.
    """
    with TemporaryDirectory(prefix="hypecurve-") as folder:
        file = Path(folder) / "rows.parquet"
        frame.write_parquet(file, compression="uncompressed")
        connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM read_parquet({literal(str(file))})')


def on_its_own(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows in memory of their own, for those that stay.

    DuckDB gives room for a million rows in every column, and Polars' copies go on pointing into it: a
    thousand bytes of text would hold ten million as long as any frame that was made of them.
    """
    return pl.DataFrame.deserialize(frame.serialize())


def literal(value: object) -> str:
    """A value as DuckDB's SQL writes it, of the type that binding it would give.

    Raises TypeError for what no query takes.
    """
    match value:
        case None:
            written = "NULL"
        case bool() | int():
            written = str(value)
        case float():
            written = f"'{value!r}'::DOUBLE"
        case str():  # inside quotes only the quote has a meaning, and no text can hold the end of all text
            written = "'" + value.replace("'", "''").replace("\0", "' || chr(0) || '") + "'"
        case datetime():
            written = f"'{value.isoformat()}'::{'TIMESTAMPTZ' if value.tzinfo else 'TIMESTAMP'}"
        case date():
            written = f"'{value.isoformat()}'::DATE"
        case list() | tuple():
            written = f"[{', '.join(map(literal, value))}]"
        case _:
            raise TypeError(f"no query takes a {type(value).__name__}")
    return written


def _bounded(relation: duckdb.DuckDBPyRelation | None, most: int | None) -> pl.DataFrame:
    if relation is None or most is None:
        return _frame(relation)
    found = _frame(relation.limit(most + 1))
    if found.height > most:
        raise QueryError(f"The statement gives more than {most:,} rows: add a LIMIT, or ask for sums")
    return found


def _frame(relation: duckdb.DuckDBPyRelation | None) -> pl.DataFrame:
    if relation is None:
        return pl.DataFrame()
    for name, dtype in zip(relation.columns, relation.types, strict=True):
        if NO_TYPE_IN_POLARS in str(dtype):
            raise QueryError(f"The column {name} holds intervals of time: cast it to VARCHAR")
    names = _distinct(relation.columns)
    if names != relation.columns:
        relation = relation.project(", ".join(f'#{at} AS "{name}"' for at, name in enumerate(names, start=1)))
    try:
        return pl.DataFrame(relation)
    except pl.exceptions.ComputeError as error:  # DuckDB's own words, as a fault in the stream of rows
        raise QueryError(str(error).removeprefix("got external error: ")) from error


def _distinct(names: Sequence[str]) -> list[str]:
    given: list[str] = []
    for name in names:
        free = (name, *(f"{name}_{number}" for number in range(1, len(names) + 1)))
        given.append(next(candidate for candidate in free if candidate not in given))
    return given
