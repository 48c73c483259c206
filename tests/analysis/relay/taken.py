"""Tests that took so many months from 20 to 80 %, as rows of `frontiers`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl


def that_took(
    earlier: Sequence[float], later: Sequence[float], unfinished: Sequence[float] = ()
) -> pl.DataFrame:
    """Tests begun in 2021, those begun in 2023, and more of 2023 that were given up after so many months."""
    rows = [_row(f"early-{n}", date(2021, 1, 1), months, True) for n, months in enumerate(earlier)]
    rows += [_row(f"late-{n}", date(2023, 1, 1), months, True) for n, months in enumerate(later)]
    rows += [_row(f"open-{n}", date(2023, 1, 1), months, False) for n, months in enumerate(unfinished)]
    return pl.DataFrame(rows, schema_overrides={"done_on": pl.Date, "published_on": pl.Date})


def _row(name: str, began_on: date, months: float, finished: bool) -> dict[str, object]:
    end = began_on + timedelta(days=round(months * 365 / 12))
    return {
        "benchmark_id": name,
        "benchmark": name,
        "models": 9,
        "published_on": None,
        "began_on": began_on,
        "first": 0.0,
        "ended_on": end,
        "best": 0.9 if finished else 0.5,
        "rose_on": began_on,
        "done_on": end if finished else None,
        "used_up": finished,
    }
