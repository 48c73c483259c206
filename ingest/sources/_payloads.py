"""Payload bytes as JSON, YAML or a frame of text, with an error in words where they are something else."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import polars as pl
import yaml

from ingest.errors import ParseError
from ingest.source import Payload

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_json(payload: Payload) -> Any:
    """The payload as JSON; raises ParseError that shows how it begins where it is not."""
    try:
        return json.loads(payload.body)
    except ValueError as error:
        raise _not(payload, "JSON", error) from error


def read_yaml(payload: Payload) -> Any:
    """The payload as YAML (safe subset); raises ParseError where it is not."""
    try:
        return yaml.load(payload.body, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _not(payload, "YAML", error) from error


def read_parquet(payload: Payload) -> pl.DataFrame:
    """The payload as a frame with Parquet's own types; raises ParseError where it is not Parquet."""
    try:
        return pl.read_parquet(io.BytesIO(payload.body))
    except pl.exceptions.PolarsError as error:
        raise _not(payload, "Parquet", error) from error


def read_csv(payload: Payload) -> pl.DataFrame:
    """The payload as a frame of trimmed text, blanks as null; raises ParseError where it is no table."""
    return csv_of_bytes(payload.body, f"{payload.source_id}: {payload.url}")


def csv_of_bytes(body: bytes, where: str) -> pl.DataFrame:
    """CSV bytes as a frame of trimmed text, blanks as null; names of columns trimmed too.

    Raises ParseError (naming `where`) for an HTML page, an empty file or a broken table.
    """
    if body.lstrip()[:1] == b"<":
        raise ParseError(f"{where} is a page of HTML or XML where CSV was expected")
    try:
        frame = pl.read_csv(body, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True)
    except pl.exceptions.PolarsError as error:
        raise ParseError(f"{where} is not CSV: {error}") from error
    frame = frame.rename({name: name.strip().removeprefix("\ufeff") for name in frame.columns})
    trimmed = pl.all().str.strip_chars()
    return frame.select(trimmed).select(pl.when(pl.all() != "").then(pl.all()))


def number(column: str) -> pl.Expr:
    """A text column as a finite Float64; what is not a finite number becomes null."""
    value = pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def day(column: str) -> pl.Expr:
    """A text column that starts with YYYY-MM-DD as Date; anything else becomes null."""
    return pl.col(column).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def day_precision(valid_on: pl.Expr) -> pl.Expr:
    """'day' where a date is known, else null."""
    return pl.when(valid_on.is_not_null()).then(pl.lit("day"))


def _not(payload: Payload, form: str, error: Exception) -> ParseError:
    start = payload.body[:60].decode("utf-8", "replace").strip().replace("\n", " ")
    return ParseError(
        f"{payload.source_id}: {payload.url} is not valid {form} ({error}); it begins with {start!r}"
    )
