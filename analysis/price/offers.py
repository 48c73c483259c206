"""Price steps as offers of one blended price."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

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


READ_LATE: Final = timedelta(days=92)
"""A price first read later than this after the launch since which it is taken to hold is no dated one."""


def with_first_readings(offers: pl.DataFrame, readings: pl.DataFrame) -> pl.DataFrame:
    """Offers with `first_read_on`, for prices that are taken to hold since a launch and were read late.

    `offers`: those of `offers`. `readings`: model_id, input_usd_per_mtok, output_usd_per_mtok, first_read_on.
    Null where the first day is known, or was read soon after.
    """
    prices = ("model_id", "input_usd_per_mtok", "output_usd_per_mtok")
    late = (pl.col("basis") == "launch") & (pl.col("first_read_on") > pl.col("valid_on") + READ_LATE)
    joined = offers.join(readings, on=prices, how="left", maintain_order="left")
    return joined.with_columns(first_read_on=pl.when(late).then("first_read_on"))
