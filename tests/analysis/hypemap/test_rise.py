"""Whether the best of now is surely better than the best of then: where both intervals are known, apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.hypemap.rise import surely_rose

THEN = date(2025, 1, 1)


def models(*rows: dict[str, Any]) -> pl.DataFrame:
    """A model of then, and those given of later."""
    bare = {"value": None, "low": None, "high": None, "stderr": None}
    days = [THEN, *(date(2025, 2 + place, 1) for place in range(len(rows) - 1))]
    full = [bare | row | {"released_on": day} for row, day in zip(rows, days, strict=True)]
    numbers = dict.fromkeys(bare, pl.Float64)
    return pl.DataFrame(full, schema={**numbers, "released_on": pl.Date})


OLD = {"value": 10.0, "low": 8.0, "high": 12.0}


@pytest.mark.parametrize(
    ("later", "rose"),
    [
        ({"value": 20.0, "low": 12.1, "high": 30.0}, True),
        ({"value": 20.0, "low": 12.0, "high": 30.0}, False),
        ({"value": 20.0, "stderr": 4.0}, True),
        ({"value": 20.0, "stderr": 5.0}, False),
        ({"value": 20.0}, False),
        ({"value": 5.0, "low": 4.0, "high": 6.0}, False),
        ({"value": None, "low": 20.0, "high": 30.0}, False),
    ],
    ids=["apart", "touching", "apart by error", "overlap by error", "no interval", "worse", "no value"],
)
def test_only_intervals_apart_tell_a_rise(later: dict[str, Any], rose: bool) -> None:
    """Stated ends go before the error."""
    assert surely_rose(models(OLD, later), THEN) is rose


def test_without_a_model_of_then_nothing_rose() -> None:
    """And without any at all."""
    assert not surely_rose(models(OLD), date(2024, 12, 31))
    assert not surely_rose(models(OLD).head(0), THEN)
