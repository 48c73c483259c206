"""Prices as several questions ask for them, as of a view's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from analysis.price.blend import blended_price
from questions.view import View

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


def price_steps(view: View, on: date) -> pl.DataFrame:
    """All steps of list prices up to a day (see price_steps.sql)."""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    return view.ask("price_steps", replace(by, on=on))


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
