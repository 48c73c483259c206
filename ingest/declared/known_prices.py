"""Rough list prices of well-known models, against which the unit of a new price list is held.

The table need not be up to date: sellers differ by a factor of ten at most, a wrong unit by a hundred or
more.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import log10
from pathlib import Path
from statistics import median
from typing import Final

import polars as pl

TABLE: Final = Path(__file__).with_suffix(".csv")
FACTOR_IN_DOUBT: Final = 50.0
"""A column whose every known figure is off by more than this, in one direction, is in another unit."""

FEWEST_KNOWN: Final = 2
_FIELDS: Final = ("input_usd_per_mtok", "output_usd_per_mtok")
_DATE_AT_END: Final = re.compile(r"[-@](?:20\d\d-?\d\d-?\d\d|\d{4}|v\d+(?::\d+)?)$")


def likely_unit_error(prices: pl.DataFrame) -> str | None:
    """Why a list of prices seems to be in another unit, as a sentence; None where it does not.

    `prices` has the columns of price records; figures of zero say nothing.
    """
    if "model_name" not in prices.columns:
        return None
    for field in _FIELDS:
        if field not in prices.columns:
            continue
        ratios = _ratios(prices.select("model_name", field).rows(), field)
        if len(ratios) < FEWEST_KNOWN:
            continue
        dearer = all(ratio > FACTOR_IN_DOUBT for ratio in ratios.values())
        cheaper = all(ratio < 1 / FACTOR_IN_DOUBT for ratio in ratios.values())
        if dearer or cheaper:
            return _sentence(field, ratios, "dearer" if dearer else "cheaper")
    return None


def times_off(figures: Sequence[tuple[str, float]], field: str) -> float | None:
    """How many times dearer than their list prices known models are in the middle; None where none is known.

    `figures` are names of models and their prices in some unit, `field` the price that they are meant to be.
    """
    ratios = _ratios(figures, field)
    return median(ratios.values()) if ratios else None


def _sentence(field: str, ratios: Mapping[str, float], word: str) -> str:
    times = 10 ** round(abs(log10(median(ratios.values()))))
    models = ", ".join(list(ratios)[:3])
    return (
        f"{field}: every figure of a known model ({models}) is about {times:,} times {word} than its list "
        "price: a likely unit error; correct `unit` or `scale`"
    )


def _ratios(rows: Sequence[tuple[str | None, float | None]], field: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, figure in rows:
        known = _known().get(_plain(name or ""))
        if known is not None and figure:
            found.setdefault(str(name), figure / known[_FIELDS.index(field)])
    return found


def _plain(name: str) -> str:
    """A name without seller, date and tier, its version written with points."""
    text = re.sub(r"[\s_]+", "-", name.strip().lower()).rsplit("/", maxsplit=1)[-1].partition(":")[0]
    return re.sub(r"(?<=-\d)-(?=\d(?!\d))", ".", _DATE_AT_END.sub("", text))


@cache
def _known() -> dict[str, tuple[float, float]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            row["model_name"]: (float(row[_FIELDS[0]]), float(row[_FIELDS[1]]))
            for row in csv.DictReader(lines)
        }
