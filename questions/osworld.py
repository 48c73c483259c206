"""What Epoch's rows of OSWorld are: since early 2026 they look like another test's under the old name."""

from __future__ import annotations

from collections.abc import Container

import polars as pl

from charts.parts.figure import in_words


def of_renamed(tests: Container[object], twice: pl.DataFrame) -> str:
    """That OSWorld's newer rows look like another test's; empty where it is not here or nothing shows it.

    `tests`: the benchmark_ids of those that are shown. `twice`: rows of osworld_twice.sql.
    """
    if twice.is_empty() or "osworld" not in tests:
        return ""
    since = in_words(twice["after_on"].min())  # type: ignore[arg-type] # a column of dates
    return f"OSWorld's rows since {since} look like those of OSWorld-Verified, its mended tasks."
