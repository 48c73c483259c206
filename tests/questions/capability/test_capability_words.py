"""What the question of capability says of results: costs that are not the maker's own are told."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.pareto import pareto_front
from questions.capability.words import first_line, of_costs

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


@pytest.mark.parametrize(
    ("unpriced", "led"),
    [(0.7, "led GPQA with"), (0.9, "led GPQA with"), (0.91, "led the priced models on GPQA with")],
)
def test_who_is_outdone_by_a_model_without_a_price_leads_the_priced(unpriced: float, led: str) -> None:
    """As high is not higher; the runner-up is named where it comes near for less."""
    models = MODELS.with_columns(
        value=pl.Series([0.9, 0.89, unpriced]),
        title=pl.col("model_id").str.to_uppercase(),
        low=pl.Series([0.88, None, None]),
        high=pl.Series([0.92, None, None]),
    )
    said = first_line(pareto_front(models, date(2026, 1, 1)), models, "GPQA", "fraction", "On 1 May")
    assert said == (
        f"On 1 May A {led} 90.0\u00a0% (90 % interval 88.0\u00a0% to 92.0\u00a0%) at $10; B came near for $1."
    )
