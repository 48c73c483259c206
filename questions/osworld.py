"""What Epoch's rows of OSWorld are: since early 2026 they look like another test's under the old name."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

import polars as pl

from charts.parts.figure import in_words
from charts.parts.percent import percent

_LOOK_LIKE: Final = "look like those of OSWorld-Verified, its mended tasks"


def of_renamed(tests: Container[object], twice: pl.DataFrame) -> str:
    """That OSWorld's newer rows look like another test's; empty where it is not here or nothing shows it.

    `tests`: the benchmark_ids of those that are shown. `twice`: rows of osworld_twice.sql.
    """
    if twice.is_empty() or "osworld" not in tests:
        return ""
    since = in_words(twice["after_on"].min())  # type: ignore[arg-type] # a column of dates
    return f"OSWorld's rows since {since} {_LOOK_LIKE}."


def of_newer_shares(twice: pl.DataFrame) -> str:
    """The same by the model that shows it best, as why no newer share is told; empty where none does.

    `twice`: rows of osworld_twice.sql, the most telling first.
    """
    if twice.is_empty():
        return ""
    row = twice.row(0, named=True)
    return (
        f"No newer share of OSWorld itself is read from Epoch's table: at {row['steps']} steps it has "
        f"{row['title']} first with {percent(row['before'], 1)} and since {in_words(row['after_on'])} also "
        f"with {percent(row['after'], 1)}, so its newer rows {_LOOK_LIKE}, under the old name."
    )
