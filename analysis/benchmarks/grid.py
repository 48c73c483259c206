"""Models by benchmarks: which of both are shown, in which order, and what is not measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

FEWEST_SHARE: Final = 0.2
"""A benchmark that fewer of the shown models sat has no column: it would be a column of gaps."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Models and benchmarks that are laid beside each other.

    models      model_id, title: the rows from the top down
    benchmarks  benchmark_id, benchmark, measured, middle: the columns from the left, the easiest first;
                how many of the models sat it, and the median of their shares
    cells       one row for each model and benchmark, with measured and, where it is, all that is known of it
    """

    models: pl.DataFrame
    benchmarks: pl.DataFrame
    cells: pl.DataFrame

    @property
    def measured(self) -> int:
        """How many cells hold a score."""
        return int(self.cells["measured"].sum())


def grid(
    shares: pl.DataFrame,
    order: Sequence[str],
    chosen: Sequence[str] = (),
    most_models: int = 24,
    most_benchmarks: int = 16,
) -> Grid | None:
    """The first models of an order that sat anything, the chosen ones among them, by the benchmarks most sat.

    `shares`: benchmark_id, benchmark, model_id, title, share (the way from chance to the ceiling, 0 to 1),
    one row a model and benchmark. `order`: model_ids, the best first; chosen models that it does not name
    stand last. Of benchmarks that equally many models sat the one with the lower median counts. None where
    no benchmark has enough of the models.
    """
    sat = set(shares["model_id"])
    listed = [name for name in (*order, *(one for one in chosen if one not in set(order))) if name in sat]
    first = set([name for name in listed if name not in set(chosen)][:most_models]) | set(chosen)
    names = [name for name in listed if name in first]
    own = shares.filter(pl.col("model_id").is_in(names))
    columns = _columns(own, len(names), most_benchmarks)
    if columns.is_empty():
        return None
    places = pl.DataFrame({"model_id": names}, schema={"model_id": pl.String})
    titles = own.unique("model_id").select("model_id", "title")
    models = places.join(titles, on="model_id", how="left", maintain_order="left")
    pairs = models.join(columns.select("benchmark_id", "benchmark"), how="cross")
    cells = pairs.join(
        own.drop("benchmark", "title").with_columns(measured=pl.lit(value=True)),
        on=["model_id", "benchmark_id"],
        how="left",
        maintain_order="left",
    )
    return Grid(models, columns, cells.with_columns(pl.col("measured").fill_null(value=False)))


def _columns(own: pl.DataFrame, models: int, most: int) -> pl.DataFrame:
    """benchmark_id, benchmark, measured, middle of the benchmarks that most of the models sat."""
    known = own.group_by("benchmark_id", "benchmark").agg(
        measured=pl.col("model_id").n_unique(), middle=pl.col("share").median()
    )
    enough = known.filter(pl.col("measured") >= max(FEWEST_SHARE * models, min(models, 2)))
    shown = enough.sort("measured", "middle", "benchmark_id", descending=[True, False, False]).head(most)
    return shown.sort("middle", "benchmark_id", descending=[True, False])
