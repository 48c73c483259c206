"""Who is who: resolve every spelling in the warehouse, date every model, say which posts announce which."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ingest.release_dates import best_release_dates
from ingest.resolve import Resolver
from store.sql import query
from store.warehouse import Warehouse


def resolver_for(aliases_file: Path, observed: pl.DataFrame | None = None) -> Resolver:
    """A resolver with the person's own aliases, if there are any, and the names that sources list."""
    own = aliases_file.read_text(encoding="utf-8") if aliases_file.is_file() else None
    names = [] if observed is None else observed["model_name"].unique(maintain_order=True).to_list()
    return Resolver(aliases_text=own, observed=names)


def identify(warehouse: Warehouse, aliases_file: Path) -> None:
    """Fill model_alias, model, release_evidence and announcement anew from what sources said."""
    names = warehouse.frame(query("names_to_resolve"))
    resolver = resolver_for(aliases_file, names)
    resolved = resolver.resolve_all(names)
    warehouse.replace("model_alias", resolved.drop("organization", "family"))
    evidence = pl.concat([warehouse.frame(query("release_dates_stated")), _catalogued(resolver)])
    warehouse.replace("release_evidence", evidence.unique().sort(pl.all()))
    facts = warehouse.frame(query("facts_of_models"))
    warehouse.replace("model", _models(resolved, best_release_dates(evidence), facts, resolver))


def _catalogued(resolver: Resolver) -> pl.DataFrame:
    rows = [
        (model.model_id, model.released_on, model.precision, "curated", "catalogue", None)
        for model in resolver.models
        if model.released_on
    ]
    columns = ["model_id", "released_on", "precision", "evidence", "source_id", "payload_sha256"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    first_day = (pl.col("released_on") + "-01-01").str.head(10)
    return frame.with_columns(first_day.str.to_date())


def _models(
    resolved: pl.DataFrame, dates: pl.DataFrame, facts: pl.DataFrame, resolver: Resolver
) -> pl.DataFrame:
    open_weights = {model.model_id: model.open_weights for model in resolver.models}
    one_each = resolved.group_by("model_id").agg(
        pl.col("organization").drop_nulls().mode().sort().first(),
        pl.col("family").first(),
        pl.col("kind").sort().first(),
    )
    known = pl.col("model_id").replace_strict(open_weights, default=None, return_dtype=pl.Boolean)
    return (
        one_each.join(dates, on="model_id", how="left")
        .join(facts, on="model_id", how="left")
        .select(
            "model_id",
            "title",
            "organization",
            "family",
            "kind",
            "released_on",
            pl.col("precision").alias("released_precision"),
            pl.col("basis").alias("released_basis"),
            pl.col("spread_days").alias("release_spread_days"),
            pl.coalesce(known, "open_weights").alias("open_weights"),
            "reasoning",
            "training_compute_flop",
        )
        .sort("model_id")
    )
