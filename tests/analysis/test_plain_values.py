"""Results as plain values: what each kind of value becomes, however deep it lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum

import numpy as np
import polars as pl
import pytest

from analysis.plain_values import INFINITE, plain
from analysis.results import Estimate, Interval


class Word(StrEnum):
    """A closed list of words."""

    ONE = "one"


class Number(IntEnum):
    """A closed list of numbers."""

    TWO = 2


class Pair(Enum):
    """A closed list of neither."""

    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Holder:
    """A result that holds others."""

    name: Word
    parts: tuple[object, ...]


DAY = date(2026, 3, 1)
FRAME = pl.DataFrame({"on": [DAY, None], "usd": [1.5, float("nan")]})


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        (0, 0),
        ("", ""),
        (Word.ONE, "one"),
        (Number.TWO, 2),
        (Pair.BOTH, "both"),
        (0.1, 0.1),
        (np.float64(0.1), 0.1),
        (float("nan"), None),
        (float("inf"), "infinite"),
        (float("-inf"), "-infinite"),
        (DAY, "2026-03-01"),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), "2026-03-01T12:00:00+00:00"),
        (FRAME, [{"on": "2026-03-01", "usd": 1.5}, {"on": None, "usd": None}]),
        (FRAME["usd"], [1.5, None]),
        (FRAME["on"], ["2026-03-01", None]),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array([1.5, np.nan, -np.inf]), [1.5, None, "-infinite"]),
        ({DAY: Word.ONE, 2: (DAY,)}, {"2026-03-01": "one", "2": ["2026-03-01"]}),
        ([Word.ONE, (1.0, None)], ["one", [1.0, None]]),
        ({Word.ONE, "a"}, ["a", "one"]),
        (frozenset({2, 1}), ["1", "2"]),
        (
            Holder(Word.ONE, (Interval(1.0, float("inf"), 0.9),)),
            {"name": "one", "parts": [{"low": 1.0, "high": INFINITE, "level": 0.9}]},
        ),
        (Estimate(2.0), {"value": 2.0, "interval": None}),
    ],
)
def test_every_value_has_one_plain_form(value: object, told: object) -> None:
    """JSON can write it, and nothing is rounded or left out."""
    found = plain(value)
    assert found == told
    assert type(found) is type(told)
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("value", [object(), Holder, 1j, b"a"])
def test_what_is_no_part_of_a_result_is_refused(value: object) -> None:
    """By the name of its type."""
    with pytest.raises(TypeError, match="no part of a result"):
        plain(value)
