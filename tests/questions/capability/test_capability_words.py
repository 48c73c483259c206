"""What the question of capability says of results: costs that are not the maker's own are told."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.capability.pareto import pareto_front
from questions.capability.words import of_costs

MODELS = pl.DataFrame(
    {
        "model_id": ["a", "b", "c"],
        "value": [0.9, 0.8, 0.7],
        "cost": [10.0, 1.0, None],
        "released_on": [date(2025, 1, 1)] * 3,
        "seller": ["maker", "reseller", None],
        "organization": ["A", "B", "C"],
        "stderr": [0.01, 0.01, 0.01],
        "open_weights": [False, True, True],
    }
)


def test_a_price_at_a_host_is_no_makers_price() -> None:
    """Of two priced models one is sold by hosts only; the third has no cost at all."""
    front = pareto_front(MODELS, date(2026, 1, 1))
    priced = MODELS.filter(pl.col("cost") > 0)
    said = of_costs(priced, front, is_listed=True)
    assert said == "Left out: 1 model without such a cost; 1 at a host's price, since their maker lists none"
    assert of_costs(priced, front, is_listed=False) == "Left out: 1 model without such a cost"
