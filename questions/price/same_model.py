"""What one and the same model's listing did, beside what the capability did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.price.basket import ChainedIndex, MatchedBasket, chained_index, matched_basket
from charts.price.same_model_price import NAME as CHART
from charts.price.same_model_price import same_model_price
from questions.answer import Block, Drawn, Heading, Later, Paragraph, Placed
from questions.controls import Chosen, Option
from questions.kept import kept
from questions.price import words
from questions.price.rate import SEED
from questions.view import View

BASKET: Final = "basket"
"""The place of the widget that chooses the start: above the words, since there may be no chart."""

FIRST_BASKET: Final = date(2023, 10, 1)
"""Since when the listings are followed unless a reader chooses another version."""


def starts_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The dated versions of the price file that have a later one."""
    return tuple(Option(day.isoformat(), day.isoformat()) for day in _versions(view)[:-1])


def same_model(view: View, start: str | None) -> tuple[Block, ...]:
    """The basket of the listings followed from a version on, and their chained index; computed later."""
    heading = Heading("The same model")
    if start is None:
        few = "Fewer than two dated versions of a price file are known as of this date."
        return (heading, Paragraph(few))
    first = date.fromisoformat(start)
    return (
        heading,
        Placed("basket_from"),
        Later(lambda: _followed(view, first), charts=(CHART,), height=380),
    )


def _followed(view: View, start: date) -> tuple[Block, ...]:
    basket, chain = _basket(view, start)
    said = Paragraph(words.same_model(basket, chain))
    if chain.estimate is None:
        return (said,)
    counted = _listings(view).filter(pl.col("seen_on") >= start)
    footing = view.footing(counted, "prices in versions")
    return (said, Drawn(same_model_price(chain, words.same_model_title(basket, chain), footing)))


def _basket(view: View, start: date) -> tuple[MatchedBasket, ChainedIndex]:
    """The basket of the same listings and their chained index, computed once per start."""

    def computed() -> tuple[MatchedBasket, ChainedIndex]:
        listings, end = _listings(view), _versions(view)[-1]
        return matched_basket(listings, start, end, seed=SEED), chained_index(listings, start, end)

    return kept(view, "basket of the same listings", start, computed)


def _listings(view: View) -> pl.DataFrame:
    return view.ask("price_listings")


def _versions(view: View) -> list[date]:
    return _listings(view)["seen_on"].unique().sort().to_list()
