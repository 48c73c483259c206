"""Frozen results as plain values, for JSON: every field by its name, nothing rounded, nothing left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

import numpy as np
import polars as pl

INFINITE = "infinite"
"""How an infinite end of an interval is written: JSON has no number for it."""


def plain(value: object) -> object:
    """A result as dicts, lists, numbers, words and None.

    Enums become their words, dates ISO 8601, frames lists of rows, arrays lists; what is not a number
    becomes None, what is infinite a word. Raises TypeError for what is no part of a result.
    """
    if value is None or isinstance(value, bool | int | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return _several(value)


def _several(value: object) -> object:
    if isinstance(value, pl.DataFrame):
        return [plain(row) for row in value.iter_rows(named=True)]
    if isinstance(value, pl.Series | np.ndarray):
        return plain(value.to_list() if isinstance(value, pl.Series) else value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(plain(item)) for item in value)
    raise TypeError(f"{type(value).__name__} is no part of a result")


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return INFINITE if value > 0 else f"-{INFINITE}"
    return float(value)
