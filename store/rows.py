"""Rows of a statement as a Polars frame, handed over in Arrow's C format: pyarrow is never loaded for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import duckdb
import polars as pl

from errors import ExpectedError

NO_TYPE_IN_POLARS: Final = "INTERVAL"


class QueryError(ExpectedError):
    """A statement that the database cannot answer; the message is the database's, with the place."""


def rows_of(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None
) -> pl.DataFrame:
    """The rows of one statement, `$name` in it filled from `parameters`; none where it gives no rows.

    Of two columns of one name the second is called NAME_1. Raises QueryError for a type that Polars lacks
    and for a fault that shows while rows come; what is wrong with the statement itself raises duckdb.Error.
    """
    relation = connection.sql(sql, params=dict(parameters) if parameters else None)
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
