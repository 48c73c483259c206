"""What several pages ask for: the scores of a benchmark and the prices in force, as of the page's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.price.steps import blended_price
from pages.frame import Reading, View
from store.snapshot import end_of

INDEX: Final = "epoch-eci"
"""The published Epoch Capabilities Index."""

FEWEST_MODELS: Final = 10
"""Models below which a benchmark is not offered for choice."""

_PRICE_COLUMNS: Final = {
    "held_from": "price_held_from",
    "seller": "seller",
    "provider": "provider",
    "source_id": "price_source_id",
    "observed_at": "price_observed_at",
    "url": "price_url",
    "payload_url": "price_payload_url",
    "payload_sha256": "price_payload_sha256",
}


@dataclass(frozen=True, slots=True)
class Scores:
    """One row per model (see scores_of_benchmark.sql), and how the past date was read."""

    rows: pl.DataFrame
    reading: Reading

    @property
    def dated(self) -> pl.DataFrame:
        """Only models whose release day is stated, not just the day on which a list first showed them."""
        return self.rows.filter(pl.col("date_is_stated"))


def scores_of(view: View, benchmark: str, cost: str = "none") -> Scores:
    """The headline score of each model; `cost` prefers those with a measured cost, of the run or the task."""
    first_known = view.ask("benchmark_reach", benchmark=benchmark)["first_observed_at"].item()
    reading = view.reading(first_known)
    rows = view.ask(
        "scores_of_benchmark",
        benchmark=benchmark,
        as_of=reading.instant,
        released_by=reading.released_by,
        cost=cost,
    )
    return Scores(rows, reading)


def benchmarks(view: View) -> pl.DataFrame:
    """All benchmarks that had been published by the as-of date, however late the archive first held them."""
    rows = view.ask("benchmarks", as_of=end_of(view.today))
    return rows.filter(pl.col("published_on").is_null() | (pl.col("published_on") <= view.as_of))


def price_steps(view: View, on: date) -> pl.DataFrame:
    """All steps of list prices up to a day (see price_steps.sql)."""
    reading = view.reading(view.ask("price_reach")["first_observed_at"].item())
    return view.ask("price_steps", as_of=reading.instant, on=on)


def offers(steps: pl.DataFrame) -> pl.DataFrame:
    """Price steps as `cheapest_steps` takes them, blended 3 input : 1 output; each listing is an offer."""
    return steps.with_columns(
        price_usd_per_mtok=blended_price(),
        valid_on=pl.col("held_from"),
        provider=pl.format("{}, listed as {}", "provider", "model_name"),
    )


def with_list_prices(scores: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """The scores with each model's list price in force, null where it has none, and where that was read."""
    listed = steps.filter("is_list_price").select(
        "model_id",
        "input_usd_per_mtok",
        "output_usd_per_mtok",
        *(pl.col(name).alias(label) for name, label in _PRICE_COLUMNS.items()),
    )
    return scores.join(listed, on="model_id", how="left")


def titles(rows: pl.DataFrame) -> dict[str, str]:
    """Names of models by model_id."""
    return dict(rows.select("model_id", "title").iter_rows())


def benchmark_labels(
    benchmarks: pl.DataFrame, fewest_models: int = FEWEST_MODELS
) -> dict[str, dict[str, Any]]:
    """Benchmarks with enough models, by label: the title, told apart by the id where two share one."""
    enough = benchmarks.filter(pl.col("models") >= fewest_models)
    twice = pl.col("title").is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "benchmark_id")).otherwise("title")
    rows = (enough if enough.height else benchmarks).with_columns(label=label).sort("label")
    return {row["label"]: row for row in rows.iter_rows(named=True)}
