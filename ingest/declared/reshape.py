"""Rows before they are mapped: pivoted or unpivoted, with derived columns, and chosen by conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from ingest.declared.columns import ALWAYS_MISSING, column_named
from ingest.declared.figures import Writing, read_column
from ingest.declared.form import Condition, FieldForm, Pivot, RecordForm
from ingest.errors import ParseError
from ingest.formats.table import Table, Unfit

MOST_PIVOTED: Final = 2000
"""More columns than this do not come out of one."""

Texts = Callable[[FieldForm, str, pl.DataFrame], pl.Series]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that meet all conditions, and what could not be made a row."""

    frame: pl.DataFrame
    unfit: tuple[Unfit, ...] = ()


def chosen_rows(form: RecordForm, table: Table, url: str, as_of: date, texts: Texts) -> Rows:
    """The rows of a table that a record form means; `texts` reads a derived column as text.

    Raises ParseError where a named column is missing, or a derived one has the name of one that is there.
    """
    frame = table.frame
    unfit: tuple[Unfit, ...] = ()
    if form.unpivot is not None:
        keep = [column_named(frame.columns, name, table.name) for name in form.unpivot.keep]
        frame = frame.unpivot(index=keep, variable_name=form.unpivot.name, value_name=form.unpivot.value)
    if form.pivot is not None:
        frame, unfit = _pivoted(frame, form.pivot, table.name)
    frame = frame.with_columns(
        pl.lit(url).alias("@url"),
        pl.lit(as_of.isoformat()).alias("@as_of"),
        pl.lit(table.name).alias("@file"),
        pl.int_range(1, pl.len() + 1).cast(pl.String).alias("@row"),
    )
    frame = _with_derived(frame, form.derived, table.name, texts)
    for condition in form.where:
        frame = frame.filter(_holds(condition, column_named(frame.columns, condition.column, table.name)))
    return Rows(frame, unfit)


def _with_derived(
    frame: pl.DataFrame, derived: Mapping[str, FieldForm], where: str, texts: Texts
) -> pl.DataFrame:
    for name, field in derived.items():
        if name in frame.columns:
            raise ParseError(f"{where} has a column {name!r} itself; give the derived one another name")
        frame = frame.with_columns(texts(field, name, frame).alias(name))
    return frame


def _pivoted(frame: pl.DataFrame, form: Pivot, where: str) -> tuple[pl.DataFrame, tuple[Unfit, ...]]:
    """One row for each `keep`; figures that contradict each other, or say nothing of what, are set aside."""
    keep = [column_named(frame.columns, name, where) for name in form.keep]
    name, value = (column_named(frame.columns, column, where) for column in (form.name, form.value))
    rows = (
        frame.select(*keep, name, value)
        .with_columns(pl.col(name).str.strip_chars())
        .unique(maintain_order=True)
    )
    said = pl.col(value).is_not_null() & (pl.col(value).str.strip_chars() != "")
    rows = rows.filter(said)
    nameless = pl.col(name).is_null() | (pl.col(name) == "") | pl.col(name).is_in(keep)
    several = pl.len().over([*keep, name]) > 1
    unfit = [
        *_set_aside(rows.filter(nameless), f"{name} does not say of what the figure is"),
        *_set_aside(rows.filter(~nameless & several), "contradicts another figure of the same thing"),
    ]
    good = rows.filter(~nameless & ~several)
    if good[name].n_unique() > MOST_PIVOTED:
        raise ParseError(f"{where}: the column {name!r} would make more than {MOST_PIVOTED:,} columns")
    return good.pivot(on=name, index=keep, values=value), tuple(unfit)


def _set_aside(rows: pl.DataFrame, reason: str) -> list[Unfit]:
    lines = rows.select(pl.concat_str(pl.all().fill_null(""), separator=" | ")).to_series()
    return [Unfit(line, reason) for line in lines]


def _holds(condition: Condition, column: str) -> pl.Expr:
    cell = pl.col(column).str.strip_chars()
    tests: list[pl.Expr] = []
    if condition.one_of:
        tests.append(cell.is_in(list(condition.one_of)))
    if condition.none_of:
        tests.append(~cell.is_in(list(condition.none_of)) | cell.is_null())
    if condition.matches is not None:
        tests.append(cell.str.contains(condition.matches))
    if condition.lacks is not None:
        tests.append(~cell.fill_null("").str.contains(condition.lacks))
    if condition.least is not None:
        tests.append(_number(cell, condition) >= condition.least)
    if condition.most is not None:
        tests.append(_number(cell, condition) <= condition.most)
    if condition.present is not None:
        empty = cell.is_null() | cell.is_in(list(ALWAYS_MISSING))
        tests.append(~empty if condition.present else empty)
    return pl.all_horizontal(*tests).fill_null(False) if tests else pl.lit(True)


def _number(cell: pl.Expr, condition: Condition) -> pl.Expr:
    """A bound is held against the figure, whatever its currency or percent sign: those are the field's."""
    bare = cell.str.replace(r"^\s*(?:US)?[$€£¥]\s*", "").str.replace(r"\s*[%€£¥$]\s*$", "")
    writing = Writing(condition.decimal, is_percent=True)
    return bare.map_batches(lambda texts: read_column(texts, writing)[0], return_dtype=pl.Float64)
