"""Price steps as offers of one blended price."""

from __future__ import annotations

import polars as pl

from analysis.price.blend import blended_price


def offers(steps: pl.DataFrame) -> pl.DataFrame:
    """Price steps as `cheapest_steps` takes them, blended 3 input : 1 output; each listing is an offer."""
    return steps.with_columns(
        price_usd_per_mtok=blended_price(),
        valid_on=pl.col("held_from"),
        is_unconfirmed=pl.col("basis") == "not confirmed",
        provider=pl.format("{}, listed as {}", "provider", "model_name"),
    )
