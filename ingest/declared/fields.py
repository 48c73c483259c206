"""From a table of texts to records of one kind, as a form says; what cannot be read is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from ingest.declared.form import UNITS, Condition, FieldForm, RecordForm
from ingest.declared.reader import nearest
from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.formats.delimited import Table
from ingest.formats.feed import shortened
from ingest.records import KEYS, SCHEMAS, Records, merge, refusals
from ingest.source import Payload

ALWAYS_MISSING: Final = ("", "null", "NaN", "nan", "N/A", "n/a")
FEWEST_TO_JUDGE: Final = 5
"""Fewer figures, or rows, say nothing about the whole of a column, or a table."""

TRUE_WORDS: Final = ("true", "yes", "1")
FALSE_WORDS: Final = ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class _Read:
    """One field for all rows, and for each row the reason why it could not be read (null where it could)."""

    values: pl.Series
    wrong: pl.Series


def read_records(form: RecordForm, table: Table, payload: Payload, missing: Sequence[str] = ()) -> Records:
    """All records of one kind that a table holds.

    Raises ParseError where a named column is missing (with the nearest names). Rows with a cell that is no
    number, date or yes/no where one is needed are refused, as are lines with more cells than columns.
    """
    if not table.frame.width:
        return Records({form.kind: pl.DataFrame(schema=dict.fromkeys(form.fields, pl.String))})
    rows = _chosen_rows(form, table, payload)
    read: dict[str, _Read] = {}
    for name, field in form.fields.items():
        text = _texts(field, name, rows, table.name, missing)
        read |= _typed(form, name, text, field, table.name)
    frame = pl.DataFrame({name: field.values for name, field in read.items()})
    wrong = pl.DataFrame({name: field.wrong for name, field in read.items()})
    reason = wrong.select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True))[:, 0]
    bad = reason != ""
    spilt = pl.DataFrame({"line": table.broken}, schema={"line": pl.String})
    return merge(
        [
            Records({form.kind: frame.filter(~bad)}),
            Records(
                {}, refusals(form.kind, _named(form, rows, read).filter(bad), pl.lit(reason.filter(bad)))
            ),
            Records({}, refusals(form.kind, spilt, "the line has more cells than there are columns")),
        ]
    )


def _named(form: RecordForm, rows: pl.DataFrame, read: Mapping[str, _Read]) -> pl.DataFrame:
    """The rows with what they speak of under our own name, by which a refused row keeps what is stored."""
    name = KEYS[form.kind][0]
    said = read[name].values if name in read else None
    return rows if said is None else rows.with_columns(said.alias(name))


def find_column(columns: Sequence[str], wanted: str) -> str | None:
    """The column of that name; case and spacing count only where more than one would fit."""
    if wanted in columns:
        return wanted
    if wanted == "@last":
        own = [column for column in columns if not column.startswith("@")]
        return own[-1] if own else None
    alike = [column for column in columns if _loose(column) == _loose(wanted)]
    return alike[0] if len(alike) == 1 else None


def _loose(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).casefold()


def _chosen_rows(form: RecordForm, table: Table, payload: Payload) -> pl.DataFrame:
    frame = table.frame
    if form.unpivot is not None:
        keep = [_column(frame.columns, name, table.name) for name in form.unpivot.keep]
        frame = frame.unpivot(index=keep, variable_name=form.unpivot.name, value_name=form.unpivot.value)
    frame = frame.with_columns(
        pl.lit(payload.url).alias("@url"),
        pl.lit(payload.as_of.date().isoformat()).alias("@as_of"),
        pl.lit(table.name).alias("@file"),
        pl.int_range(1, pl.len() + 1).cast(pl.String).alias("@row"),
    )
    for condition in form.where:
        frame = frame.filter(_holds(condition, _column(frame.columns, condition.column, table.name)))
    return frame


def _column(columns: Sequence[str], wanted: str, where: str) -> str:
    found = find_column(columns, wanted)
    if found is None:
        own = [column for column in columns if not column.startswith("@")]
        raise ParseError(f"{where} has no column {wanted!r}; {nearest(wanted, own)}")
    return found


def _holds(condition: Condition, column: str) -> pl.Expr:
    cell = pl.col(column).str.strip_chars()
    tests = []
    if condition.one_of:
        tests.append(cell.is_in(list(condition.one_of)))
    if condition.none_of:
        tests.append(~cell.is_in(list(condition.none_of)) | cell.is_null())
    if condition.matches is not None:
        tests.append(cell.str.contains(condition.matches))
    if condition.lacks is not None:
        tests.append(~cell.fill_null("").str.contains(condition.lacks))
    if condition.least is not None:
        tests.append(_number(cell) >= condition.least)
    if condition.most is not None:
        tests.append(_number(cell) <= condition.most)
    if condition.present is not None:
        empty = cell.is_null() | cell.is_in(list(ALWAYS_MISSING))
        tests.append(~empty if condition.present else empty)
    return pl.all_horizontal(*tests).fill_null(False) if tests else pl.lit(True)


def _texts(field: FieldForm, name: str, rows: pl.DataFrame, where: str, missing: Sequence[str]) -> pl.Series:
    """The field as text for each row, before it is read as a number, a date or a word."""
    silent = [*ALWAYS_MISSING, *missing, *field.missing]
    if field.constant is not None:
        return pl.Series(name, [field.constant] * rows.height, dtype=pl.String)
    if field.template is not None:
        text = _template(field.template, rows.columns, where, silent)
    else:
        text = _first_said(field, rows.columns, where, silent)
    if field.pattern is not None:
        group = 1 if re.compile(field.pattern).groups else 0
        text = text.str.extract(f"({field.pattern})" if group == 0 else field.pattern, 1)
    if field.words:
        text = text.replace(dict(field.words))
    if field.slug:
        text = text.str.to_lowercase().str.replace_all(r"[^a-z0-9.]+", "-").str.strip_chars("-.")
    if field.prefix:
        text = pl.lit(field.prefix) + text
    return rows.select(pl.int_range(pl.len()).alias("@row number"), text.alias(name))[name]


def _said(column: str, silent: Sequence[str]) -> pl.Expr:
    cell = pl.col(column).str.strip_chars()
    return pl.when(~cell.is_in(list(silent))).then(cell)


def _first_said(field: FieldForm, columns: Sequence[str], where: str, silent: Sequence[str]) -> pl.Expr:
    found = [column for wanted in field.columns if (column := find_column(columns, wanted)) is not None]
    if not found:
        if field.optional or not field.columns:
            return pl.lit(None, dtype=pl.String)
        _column(columns, field.columns[0], where)
    return pl.coalesce([_said(column, silent) for column in found])


def _template(template: str, columns: Sequence[str], where: str, silent: Sequence[str]) -> pl.Expr:
    parts = re.split(r"\{([^{}]+)\}", template)
    texts = [pl.lit(part) for part in parts[0::2]]
    cells = [_first_said(FieldForm(tuple(names.split("|"))), columns, where, silent) for names in parts[1::2]]
    mixed = [piece for pair in zip(texts, cells, strict=False) for piece in pair] + texts[len(cells) :]
    return pl.concat_str(mixed)


def _typed(form: RecordForm, name: str, text: pl.Series, field: FieldForm, where: str) -> dict[str, _Read]:
    column = SCHEMAS[form.kind].columns()[name]
    dtype = column.dtype
    if dtype == pl.Date:
        read = _dates(name, text, field)
        return {name: read[name]} if "valid_precision" in form.fields else read
    if dtype.is_numeric():
        values = _numbers(text, field.scale)
        _refuse_fractions(field, values, where)
        return {name: _Read(values, _wrong(name, text, values, "a number"))}
    if dtype == pl.Boolean:
        values = _yes_or_no(text)
        return {name: _Read(values, _wrong(name, text, values, "yes or no"))}
    longest = column.max_length
    if longest is not None:
        text = text.map_elements(lambda said: shortened(said, longest), return_dtype=pl.String)
    return {name: _Read(text, pl.Series(name, [None] * len(text), dtype=pl.String))}


def _refuse_fractions(field: FieldForm, values: pl.Series, where: str) -> None:
    """Raise ParseError where a column that should be percent seems to hold fractions now."""
    if field.scale != UNITS["percent"]:
        return
    known = values.filter(values > 0)
    if len(known) >= FEWEST_TO_JUDGE and (known <= UNITS["percent"]).all():
        raise ParseError(
            f"{where}: the column {' or '.join(map(repr, field.columns))} should be percent, but none of "
            f"{len(known):,} figures exceeds 1: it seems to hold fractions now; correct `unit` in the "
            "source's file"
        )


def _number(cell: pl.Expr) -> pl.Expr:
    return cell.str.replace_all(r"[,$€%\s]", "").cast(pl.Float64, strict=False)


def _numbers(text: pl.Series, scale: float) -> pl.Series:
    number = _number(pl.col(text.name))
    if scale != 1:
        scaled = number * scale if scale >= 1 else number / (1 / scale)
        number = scaled.round_sig_figs(12)
    return text.to_frame().select(number)[text.name]


def _yes_or_no(text: pl.Series) -> pl.Series:
    lowered = pl.col(text.name).str.to_lowercase()
    truth = pl.when(lowered.is_in(TRUE_WORDS)).then(True).when(lowered.is_in(FALSE_WORDS)).then(False)
    return text.to_frame().select(truth.alias(text.name))[text.name]


def _dates(name: str, text: pl.Series, field: FieldForm) -> dict[str, _Read]:
    distinct = text.drop_nulls().unique().to_list()
    read = {said: found for said in distinct if (found := read_date(said, field.dates)) is not None}
    days: dict[str, date] = {said: found.on for said, found in read.items()}
    precisions = {said: found.precision for said, found in read.items()}
    values = text.replace_strict(days, default=None, return_dtype=pl.Date)
    wrong = _wrong(name, text, values, "a date" + (f" like {field.dates[0]}" if field.dates else ""))
    precision = text.replace_strict(precisions, default=None, return_dtype=pl.String).alias("valid_precision")
    nothing = pl.Series("valid_precision", [None] * len(text), dtype=pl.String)
    return {name: _Read(values, wrong), "valid_precision": _Read(precision, nothing)}


def _wrong(name: str, text: pl.Series, values: pl.Series, wanted: str) -> pl.Series:
    sentence = pl.lit(f"{name}: '") + pl.col("text") + pl.lit(f"' is not {wanted}")
    frame = pl.DataFrame({"text": text, "value": values})
    unread = pl.col("text").is_not_null() & pl.col("value").is_null()
    return frame.select(pl.when(unread).then(sentence).alias(name))[name]
