"""Input and output price in one: three tokens read for each token written, as the field blends them."""

from __future__ import annotations

from typing import Final, TypeVar

import polars as pl

INPUT_PARTS: Final = 3.0
OUTPUT_PARTS: Final = 1.0

Price = TypeVar("Price", float, pl.Expr)


def blended(input_price: Price, output_price: Price) -> Price:
    """Both prices, in USD per million tokens, as one; the macro `blended_price` of the store is the same."""
    return (INPUT_PARTS * input_price + OUTPUT_PARTS * output_price) / (INPUT_PARTS + OUTPUT_PARTS)


def blended_price() -> pl.Expr:
    """Of the columns input_usd_per_mtok and output_usd_per_mtok; null if either is."""
    return blended(pl.col("input_usd_per_mtok"), pl.col("output_usd_per_mtok"))
