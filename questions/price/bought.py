"""What stands beside the price of a token: what is bought at which price, and what a GPU rents for.

Both appear once their sources have been fetched.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.price.bought import what_is_bought
from questions.answer import Block, Column, Folded, Heading, Kind, Paragraph, Table
from questions.price.bought_words import of_bought, of_rent
from questions.series import series
from questions.view import View

_MODELS: Final = {
    "model": Column("model", width=220),
    "price_class": Column("price class", width=95),
    "spending": Column("share of spending", Kind.NUMBER, digits=3, width=135),
    "tokens": Column("share of tokens", Kind.NUMBER, digits=3, width=120),
    "times_average": Column("times the average token's price", Kind.NUMBER, digits=3, width=205),
}
_RENT: Final = "gpu-rent-weekly-nvidia-h100"
_FEWEST_WEEKS: Final = 26


def beside_the_price(view: View) -> tuple[Block, ...]:
    """Who buys dear and cheap models, and whether tokens get cheaper faster than the hours of a GPU."""
    blocks = (*_bought(view), *_rent(view))
    return (Heading("What is bought, and what computing costs"), *blocks) if blocks else ()


def _bought(view: View) -> tuple[Block, ...]:
    shares = series(view, "gateway-spend-%", "gateway-tokens-%").select(
        "series_id", "valid_on", "value", model=pl.col("title").str.extract(r"^(.*): share of ")
    )
    spending = shares.filter(pl.col("series_id").str.starts_with("gateway-spend-"))
    tokens = shares.filter(pl.col("series_id").str.starts_with("gateway-tokens-"))
    found = what_is_bought(spending, tokens)
    if found is None:
        return ()
    table = Table("bought", found.models.select(list(_MODELS)), _MODELS)
    return (Paragraph(of_bought(found)), Folded("Shares of spending and tokens by model", (table,)))


def _rent(view: View) -> tuple[Block, ...]:
    weeks = series(view, _RENT).sort("valid_on")
    return (Paragraph(of_rent(weeks)),) if weeks.height >= _FEWEST_WEEKS else ()
