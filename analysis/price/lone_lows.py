"""Prices far below all that other lists say of an offer, on one list's word: rather slips than bargains."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

FAR_BELOW: Final = 0.5
"""A price of at most this share of the one beside it in time is far below it."""

SHORTLY: Final = timedelta(days=31)
"""A price that others contradict within this time was held shortly."""

ENOUGH_LISTS: Final = 2
"""So many lists must say the price beside it."""

_SHIFTS: Final = (10.0, 100.0, 1000.0)
_SHIFT_TOLERANCE: Final = 0.01
_SAID: Final = ("input_usd_per_mtok", "output_usd_per_mtok", "for_sources")


def without_lone_lows(offers: pl.DataFrame) -> pl.DataFrame:
    """The offers with the price of each lone low taken for not known (null).

    A lone low is a price that one list alone says, at most half as high as the price of the same offer just
    before or after it that two lists or more say, and either contradicted by these within a month, or the
    price before with its decimal point moved (a tenth, a hundredth or a thousandth of input and of output).
    A price cut that only one list has read is none of these and counts.

    `offers`: as `cheapest_steps` takes them, in USD per million tokens, with input_usd_per_mtok,
    output_usd_per_mtok and for_sources (the lists that say so); without these columns nothing is doubted.
    """
    if not set(_SAID) <= set(offers.columns):
        return offers
    price = pl.when(~pl.col("is_lone_low")).then("price_usd_per_mtok")
    return _judged(offers).with_columns(price_usd_per_mtok=price).drop("is_lone_low")


def lone_lows(offers: pl.DataFrame) -> pl.DataFrame:
    """The rows of `offers` that are lone lows, by day; see `without_lone_lows`."""
    if not set(_SAID) <= set(offers.columns):
        return offers.clear()
    return _judged(offers).filter("is_lone_low").drop("is_lone_low").sort("valid_on", "model_id", "provider")


def _judged(offers: pl.DataFrame) -> pl.DataFrame:
    offer = ["model_id", "provider"]
    price, lists = pl.col("price_usd_per_mtok"), pl.col("for_sources").list.len()

    def beside(column: pl.Expr, step: int) -> pl.Expr:
        return column.shift(step).over(offer)

    def far_below(step: int) -> pl.Expr:
        return (price <= FAR_BELOW * beside(price, step)) & (beside(lists, step) >= ENOUGH_LISTS)

    ended_soon = beside(pl.col("valid_on"), -1) - pl.col("valid_on") <= SHORTLY
    moved = pl.any_horizontal(
        pl.all_horizontal(
            (beside(pl.col(part), 1) / pl.col(part) / shift - 1).abs() <= _SHIFT_TOLERANCE
            for part in _SAID[:2]
        )
        for shift in _SHIFTS
    )
    slip = (far_below(-1) & ended_soon) | (far_below(1) & moved)
    in_order = offers.sort(*offer, "valid_on")
    return in_order.with_columns(is_lone_low=((lists == 1) & (price > 0) & slip).fill_null(False))
