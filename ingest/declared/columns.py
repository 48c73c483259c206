"""Columns by name: the one that a form means, and the text that a field has in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from ingest.declared.figures import Writing, read_column
from ingest.declared.form import FieldForm, TableForm
from ingest.declared.formulas import read_formula
from ingest.declared.reader import nearest
from ingest.errors import ParseError
from ingest.formats.patterns import n_groups
from ingest.formats.slugs import slugs

ALWAYS_MISSING: Final = ("", "null", "NaN", "nan", "N/A", "n/a")


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


def column_named(columns: Sequence[str], wanted: str, where: str) -> str:
    """The column of that name; raises ParseError with the nearest names, and what the form may lack."""
    found = find_column(columns, wanted)
    if found is None:
        own = [column for column in columns if not column.startswith("@")]
        raise ParseError(f"{where} has no column {wanted!r}; {nearest(wanted, own)}{_hint(own)}")
    return found


def _hint(columns: Sequence[str]) -> str:
    """A key of the form that may help, where the names look as if they had been read in a wrong way."""
    if len(columns) > 2:
        return ""
    joined = " ".join(columns)
    for sign, written in ((";", ";"), ("\t", "\\t"), ("|", "|")):
        if sign in joined:
            return f'; the names hold {written!r}: separator = "{written}" may be what the form lacks'
    return ""


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """Reads fields as text for each row, before they are read as numbers, dates or words."""

    table: TableForm
    where: str

    def of(self, field: FieldForm, name: str, rows: pl.DataFrame) -> pl.Series:
        """The field's text in each row, null where nothing is said and there is no default."""
        if field.constant is not None:
            return pl.Series(name, [field.constant] * rows.height, dtype=pl.String)
        if field.formula is not None:
            text = self._reckoned(field, rows)
        elif field.template is not None:
            text = self._filled_in(field, rows)
        else:
            text = self._first_said(field, rows.columns)
        if field.pattern is not None:
            text = text.str.extract(field.pattern if n_groups(field.pattern) else f"({field.pattern})", 1)
        if field.words:
            text = _translated(text, field)
        if field.slug:
            text = slugs(text, dots=True)
        if field.prefix:
            text = pl.lit(field.prefix) + text
        if field.default is not None:
            text = text.fill_null(field.default)
        return rows.select(pl.int_range(pl.len()).alias("@row number"), text.alias(name))[name]

    def named(self, field: FieldForm, columns: Sequence[str]) -> list[str]:
        """The columns that a field is read from, in the order of the form."""
        return [column for wanted in field.columns if (column := find_column(columns, wanted)) is not None]

    def writing(self, field: FieldForm) -> Writing:
        """How the figures of a field are written."""
        decimal = field.decimal or self.table.decimal
        return Writing(decimal, field.currency or self.table.currency, is_percent=field.has_unit)

    def _first_said(self, field: FieldForm, columns: Sequence[str]) -> pl.Expr:
        found = self.named(field, columns)
        if not found:
            if field.optional or not field.columns:
                return pl.lit(None, dtype=pl.String)
            column_named(columns, field.columns[0], self.where)
        return pl.coalesce([_said(column, self._silent(field)) for column in found])

    def _silent(self, field: FieldForm) -> list[str]:
        return [*ALWAYS_MISSING, *self.table.missing, *field.missing]

    def _filled_in(self, field: FieldForm, rows: pl.DataFrame) -> pl.Expr:
        parts = re.split(r"\{([^{}]+)\}", field.template or "")
        texts = [pl.lit(part) for part in parts[0::2]]
        inner = [
            FieldForm(tuple(names.split("|")), missing=field.missing, optional=field.optional)
            for names in parts[1::2]
        ]
        cells = [self._first_said(part, rows.columns) for part in inner]
        mixed = [piece for pair in zip(texts, cells, strict=False) for piece in pair] + texts[len(cells) :]
        return pl.concat_str(mixed)

    def _reckoned(self, field: FieldForm, rows: pl.DataFrame) -> pl.Expr:
        """A formula's figures as texts; where a cell is no figure, that cell, to be refused by its text."""
        formula = read_formula(field.formula or "")
        writing = Writing(field.decimal or self.table.decimal, field.currency or self.table.currency, True)
        figures: dict[str, pl.Expr] = {}
        wrong: list[pl.Expr] = [pl.lit(None, dtype=pl.String)]
        for name in formula.columns:
            inner = FieldForm((name,), missing=field.missing, optional=field.optional)
            texts = rows.select(
                pl.int_range(pl.len()).alias("@row number"),
                self._first_said(inner, rows.columns).alias("said"),
            )["said"]
            values, reasons = read_column(texts, writing)
            figures[name] = pl.lit(values)
            wrong.append(pl.when(pl.lit(reasons).is_not_null()).then(pl.lit(texts)))
        reckoned = formula.expression(figures).cast(pl.String)
        if writing.decimal == ",":
            reckoned = reckoned.str.replace(".", ",", literal=True)
        return pl.coalesce(*wrong, reckoned)


def _said(column: str, silent: Sequence[str]) -> pl.Expr:
    cell = pl.col(column).str.strip_chars()
    return pl.when(~cell.is_in(list(silent))).then(cell)


def _translated(text: pl.Expr, field: FieldForm) -> pl.Expr:
    if field.other is None:
        return text.replace(dict(field.words))
    other = pl.when(text.is_not_null()).then(pl.lit(field.other))
    return text.replace_strict(dict(field.words), default=other, return_dtype=pl.String)
