"""A level whose one maker changes its price every first of the year from 2023 on."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps


def yearly(*prices: float | None, until: date) -> CheapestSteps:
    """The steps of these prices; None: no longer on sale."""
    offers = pl.DataFrame(
        {
            "model_id": "a",
            "provider": "maker",
            "seller": "maker",
            "valid_on": [date(2023 + place, 1, 1) for place in range(len(prices))],
            "price_usd_per_mtok": prices,
        },
        schema_overrides={"price_usd_per_mtok": pl.Float64},
    )
    scores = pl.DataFrame({"model_id": ["a"], "score": [0.4]})
    return cheapest_steps(offers, scores, 0.33, until, PriceBasis.MAKER)
