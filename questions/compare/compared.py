"""Everything that is compared of some models, asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from analysis.price.blend import blended
from questions.controls import Chosen, Option
from questions.models.tables import Place, place_in_index
from questions.scores import PUBLISHED_INDEX, headline_scores
from questions.view import KnownBy, View

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of the queries by model_id, in the order in which the models were chosen."""

    names: Mapping[str, str]
    models: Mapping[str, Row]
    places: Mapping[str, Place]
    scores: pl.DataFrame
    runs: pl.DataFrame
    prices: Mapping[str, Row]
    steps: pl.DataFrame
    speeds: Mapping[str, Row]
    facts: Mapping[str, Row]
    known_by: KnownBy
    published: Mapping[str, float] = field(default_factory=dict)
    """The values on the index that Epoch publishes of those that have no place on ours."""

    def price(self, model_id: str) -> float | None:
        """The blended list price that is, or was last, asked."""
        row = self.prices.get(model_id)
        return blended(row["input_usd_per_mtok"], row["output_usd_per_mtok"]) if row else None


def known_models(view: View) -> tuple[pl.DataFrame, KnownBy]:
    """The rows of models.sql, with the capability index of each; those of the highest index first."""
    by = view.known_since(view.ask("score_reach")["first_observed_at"].item())
    index = view.ask("index_for_trend").select("model_id", index="value")
    models = view.ask("models", by).join(index, on="model_id", how="left", maintain_order="left")
    return models.sort("index", descending=True, nulls_last=True, maintain_order=True), by


def told_models(view: View) -> pl.DataFrame:
    """Those of `known_models` that have a score or a price."""
    return known_models(view)[0].filter((pl.col("benchmarks") > 0) | (pl.col("sellers") > 0))


def models_to_compare(view: View, _chosen: Chosen) -> Sequence[Option]:
    """Every model that has a score or a price; by its name, with its id where two share one."""
    models = told_models(view)
    twice = pl.col("title").str.to_lowercase().is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    return [Option(*pair) for pair in models.select("model_id", label.alias("label")).iter_rows()]


def compared(view: View, chosen: Sequence[str]) -> Compared:
    """What is known of each of the chosen models."""
    models, by = known_models(view)
    rows = {row["model_id"]: row for row in models.filter(pl.col("model_id").is_in(chosen)).to_dicts()}
    prices_by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    asked = list(chosen)
    index = view.ask("index_for_trend")
    steps = view.ask("price_steps", prices_by).filter(pl.col("model_id").is_in(asked))
    last = view.ask("last_list_prices", prices_by)
    return Compared(
        names=_names(rows, chosen),
        models={name: rows[name] for name in chosen},
        places={name: place for name in chosen if (place := place_in_index(index, name))},
        scores=_headlines(headline_scores(view, by, asked)),
        runs=view.ask("compared_runs", by, models=asked),
        prices=_by_model(last.filter(pl.col("model_id").is_in(asked))),
        steps=steps,
        speeds=_by_model(view.ask("compared_speed", by, models=asked)),
        facts=_by_model(view.ask("compared_facts", by, models=asked)),
        known_by=by,
        published=dict(view.ask("on_published_index_only").select("model_id", "value").iter_rows()),
    )


def _names(rows: Mapping[str, Row], chosen: Sequence[str]) -> dict[str, str]:
    """Titles; two that are the same are told apart by their ids."""
    titles = [rows[name]["title"] for name in chosen]
    return {name: name if titles.count(rows[name]["title"]) > 1 else rows[name]["title"] for name in chosen}


def _by_model(rows: pl.DataFrame) -> dict[str, Row]:
    return {row["model_id"]: row for row in rows.to_dicts()}


def _headlines(scores: pl.DataFrame) -> pl.DataFrame:
    """Without the parts of a board where the whole is there: categories repeat what the board says.

    An index is no test: it is made of them.
    """
    scores = scores.filter(pl.col("benchmark_id") != PUBLISHED_INDEX)
    ids = scores["benchmark_id"].unique().to_list()
    parts = [name for name in ids if any(name.startswith(f"{whole}-") for whole in ids)]
    return scores.filter(~pl.col("benchmark_id").is_in(parts) | (pl.col("benchmark_id") == _STYLE_CONTROL))


_STYLE_CONTROL = "arena-text-style-control"
