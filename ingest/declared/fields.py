"""From a table of texts to records of one kind, as a form says; what cannot be read is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from ingest.declared.columns import FieldTexts
from ingest.declared.figures import DOUBTFUL_THOUSANDS, read_column
from ingest.declared.form import FieldForm, RecordForm, TableForm
from ingest.declared.keys import UNITS
from ingest.declared.known_prices import likely_unit_error
from ingest.declared.reshape import chosen_rows
from ingest.declared.said_units import contradiction, wrong_currency
from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.formats.plain_text import shortened
from ingest.formats.table import Table, Unfit
from ingest.formats.written_dates import is_ambiguous
from ingest.prices.tiers import with_unknown_tiers
from ingest.records import KEYS, SCHEMAS, Kind, Records, merge, refusals, refused_lines
from ingest.source import Payload

FEWEST_TO_JUDGE: Final = 5
"""Fewer figures, or rows, say nothing about the whole of a column, or a table."""

FARTHEST_AHEAD: Final = timedelta(days=366 * 30)
"""A date further ahead of the payload's own day is a filler, such as 2099 for "no end"."""

TRUE_WORDS: Final = ("true", "yes", "1")
FALSE_WORDS: Final = ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class _Read:
    """One field for all rows, and for each row the reason why it could not be read (null where it could)."""

    values: pl.Series
    wrong: pl.Series


def read_records(form: RecordForm, table: Table, payload: Payload, how: TableForm) -> Records:
    """All records of one kind that a table holds.

    Raises ParseError where a named column is missing (with the nearest names). Rows with a cell that is no
    number, date or yes/no where one is needed are refused, as are lines that do not fit the columns.
    """
    if not table.frame.width:
        return Records(
            {form.kind: pl.DataFrame(schema=dict.fromkeys(form.fields, pl.String))},
            _lines(form.kind, table.unfit),
        )
    texts = FieldTexts(how, table.name)
    rows = chosen_rows(form, table, payload.url, payload.as_of.date(), texts.of)
    reader = _Reader(form, table.name, payload.as_of.date(), texts)
    read: dict[str, _Read] = {}
    for name, field in form.fields.items():
        read |= reader.typed(name, field, texts.of(field, name, rows.frame), rows.frame.columns)
    frame = pl.DataFrame({name: field.values for name, field in read.items()})
    if form.kind is Kind.PRICE:
        frame = with_unknown_tiers(frame)
    doubt = likely_unit_error(frame) if form.kind is Kind.PRICE else None
    wrong = pl.DataFrame(
        {name: field.wrong for name, field in read.items()} | {"@doubt": _doubt(doubt, frame)}
    )
    reason = wrong.select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True))[:, 0]
    bad = reason != ""
    named = _named(form, rows.frame, read)
    return merge(
        [
            Records({form.kind: frame.filter(~bad)}),
            Records({}, refusals(form.kind, named.filter(bad), pl.lit(reason.filter(bad)))),
            Records({}, _lines(form.kind, (*table.unfit, *rows.unfit))),
        ]
    )


def _doubt(doubt: str | None, frame: pl.DataFrame) -> pl.Series:
    return pl.Series("@doubt", [doubt] * frame.height, dtype=pl.String)


def _lines(kind: Kind, unfit: Sequence[Unfit]) -> pl.DataFrame:
    return refused_lines(kind, [(item.line, item.reason) for item in unfit])


def _named(form: RecordForm, rows: pl.DataFrame, read: Mapping[str, _Read]) -> pl.DataFrame:
    """The rows with what they speak of under our own name, by which a refused row keeps what is stored."""
    name = KEYS[form.kind][0]
    said = read[name].values if name in read else None
    return rows if said is None else rows.with_columns(said.alias(name))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the texts of fields as what their kind of record asks for."""

    form: RecordForm
    where: str
    as_of: date
    texts: FieldTexts

    def typed(self, name: str, field: FieldForm, text: pl.Series, columns: Sequence[str]) -> dict[str, _Read]:
        """The field by its name, of a date its precision too."""
        column = SCHEMAS[self.form.kind].columns()[name]
        dtype = column.dtype
        if dtype == pl.Date:
            read = self._dates(name, text, field)
            return {name: read[name]} if "valid_precision" in self.form.fields else read
        if dtype.is_numeric():
            return {name: self._numbers(name, text, field, columns)}
        if dtype == pl.Boolean:
            values = _yes_or_no(text)
            return {name: _Read(values, _wrong(name, text, values, "is not yes or no"))}
        longest = column.max_length
        if longest is not None:
            text = text.map_elements(lambda said: shortened(said, longest), return_dtype=pl.String)
        return {name: _Read(text, pl.Series(name, [None] * len(text), dtype=pl.String))}

    def _numbers(self, name: str, text: pl.Series, field: FieldForm, columns: Sequence[str]) -> _Read:
        values, wrong = read_column(text, self.texts.writing(field))
        if name.endswith("usd_per_mtok") and field.decimal is None and self.texts.table.decimal == ".":
            doubtful = text.str.contains(DOUBTFUL_THOUSANDS).fill_null(False)
            reason = 'may be a thousand, or one and a fraction: say decimal = "." or ","'
            wrong = pl.select(pl.when(doubtful).then(pl.lit(reason)).otherwise(wrong)).to_series()
        values = _scaled(values, field.scale * (field.usd or 1.0))
        if not text.drop_nulls().str.ends_with("%").all():  # each cell with its sign leaves no doubt
            self._refuse_fractions(field, values)
        misfit = self._misfit(name, field, columns)
        sentence = pl.lit(f"{name}: '") + pl.lit(text) + pl.lit("' ") + pl.lit(wrong)
        reasons = pl.select(
            pl.when(pl.lit(wrong).is_not_null())
            .then(sentence)
            .when(pl.lit(text).is_not_null() & pl.lit(misfit is not None))
            .then(pl.lit(f"{name}: {misfit}"))
            .alias(name)
        ).to_series()
        return _Read(values.alias(name), reasons)

    def _misfit(self, name: str, field: FieldForm, columns: Sequence[str]) -> str | None:
        """What the names of the columns say against the form, as half a sentence."""
        unit = self.form.fields.get("unit")
        is_fraction = unit is not None and unit.constant == "fraction"
        currency = field.currency or self.texts.table.currency
        for column in self.texts.named(field, columns):
            found = wrong_currency(name, column, currency)
            if found is None and not field.has_unit:
                found = contradiction(name, column, is_fraction=is_fraction)
            if found is not None:
                return found
        return None

    def _refuse_fractions(self, field: FieldForm, values: pl.Series) -> None:
        """Raise ParseError where a column that should be percent seems to hold fractions now."""
        if field.scale != UNITS["percent"]:
            return
        known = values.filter(values > 0)
        if len(known) >= FEWEST_TO_JUDGE and (known <= UNITS["percent"]).all():
            column = " or ".join(map(repr, field.columns))
            raise ParseError(
                f"{self.where}: the column {column} should be percent, but none of {len(known):,} figures "
                "exceeds 1: it seems to hold fractions now; correct `unit` in the source's file"
            )

    def _dates(self, name: str, text: pl.Series, field: FieldForm) -> dict[str, _Read]:
        distinct = text.drop_nulls().unique().to_list()
        order = self.texts.table.date_order
        found = {
            said: dated for said in distinct if (dated := read_date(said, field.dates, order)) is not None
        }
        ahead = {said for said, dated in found.items() if dated.on > self.as_of + FARTHEST_AHEAD}
        days: dict[str, date] = {said: dated.on for said, dated in found.items() if said not in ahead}
        precisions = {said: found[said].precision for said in days}
        values = text.replace_strict(days, default=None, return_dtype=pl.Date)
        wanted = "is not a date" + (f" like {field.dates[0]}" if field.dates else "")
        reasons = dict.fromkeys(ahead, "lies too far ahead to be meant") | {
            said: 'may begin with the day or the month: say date_order = "dmy" or "mdy"'
            for said in distinct
            if said not in found and not field.dates and is_ambiguous(said)
        }
        wrong = _wrong(name, text, values, wanted, reasons)
        precision = text.replace_strict(precisions, default=None, return_dtype=pl.String)
        nothing = pl.Series("valid_precision", [None] * len(text), dtype=pl.String)
        return {
            name: _Read(values, wrong),
            "valid_precision": _Read(precision.alias("valid_precision"), nothing),
        }


def _scaled(values: pl.Series, scale: float) -> pl.Series:
    if scale == 1:
        return values
    scaled = values * scale if scale >= 1 else values / (1 / scale)
    return scaled.round_sig_figs(12)


def _yes_or_no(text: pl.Series) -> pl.Series:
    lowered = pl.col(text.name).str.to_lowercase()
    truth = pl.when(lowered.is_in(TRUE_WORDS)).then(True).when(lowered.is_in(FALSE_WORDS)).then(False)
    return text.to_frame().select(truth.alias(text.name))[text.name]


def _wrong(
    name: str, text: pl.Series, values: pl.Series, wanted: str, reasons: Mapping[str, str] | None = None
) -> pl.Series:
    why = text.replace_strict(dict(reasons or {}), default=wanted, return_dtype=pl.String)
    frame = pl.DataFrame({"text": text, "value": values, "why": why})
    sentence = pl.lit(f"{name}: '") + pl.col("text") + pl.lit("' ") + pl.col("why")
    unread = pl.col("text").is_not_null() & pl.col("value").is_null()
    return frame.select(pl.when(unread).then(sentence).alias(name))[name]
