"""Prices far below all others on one list's word set no low; price cuts do."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.price.blend import blended_price
from analysis.price.lone_lows import lone_lows, without_lone_lows

START = date(2024, 1, 1)

Step = tuple[int, float | None, int]
"""Day, price of input (output costs three times as much), how many lists say so."""


def offers(steps: list[Step]) -> pl.DataFrame:
    """The steps of one offer as `cheapest_steps` takes them."""
    rows = [
        {
            "model_id": "a",
            "provider": "maker",
            "seller": "maker",
            "valid_on": START + timedelta(days=day),
            "input_usd_per_mtok": price,
            "output_usd_per_mtok": None if price is None else 3 * price,
            "for_sources": [f"list {number}" for number in range(lists)],
        }
        for day, price, lists in steps
    ]
    types = {"input_usd_per_mtok": pl.Float64, "output_usd_per_mtok": pl.Float64}
    return pl.DataFrame(rows, schema_overrides=types).with_columns(price_usd_per_mtok=blended_price())


@pytest.mark.parametrize(
    ("steps", "doubted"),
    [
        ([(0, 1.63, 2), (100, 0.163, 1)], [100]),
        ([(0, 0.15, 1), (6, 0.5, 7)], [0]),
        ([(0, 1.0, 3), (50, 0.3, 1), (60, 1.0, 3)], [50]),
        ([(0, 1.0, 3), (50, 0.4, 1)], []),
        ([(0, 1.63, 2), (100, 0.163, 2)], []),
        ([(0, 1.63, 1), (100, 0.163, 1)], []),
        ([(0, 0.15, 1), (60, 0.5, 7)], []),
        ([(0, 0.15, 1), (6, 0.5, 1)], []),
        ([(0, 0.4, 1), (6, 0.5, 7)], []),
        ([(0, 1.0, 2), (5, 0.0, 1), (9, None, 2)], []),
    ],
    ids=[
        "a decimal point moved",
        "a launch price contradicted in six days",
        "a dip of ten days",
        "a cut that one list read",
        "a tenth that two lists say",
        "a tenth after a price that one list said",
        "a launch price that stood for two months",
        "contradicted by one list only",
        "not far below",
        "for nothing, then withdrawn",
    ],
)
def test_only_a_lone_price_far_below_its_neighbour_is_doubted(steps: list[Step], doubted: list[int]) -> None:
    """And only where two lists soon say otherwise, or its decimal point moved; the order never shows."""
    given = offers(steps)
    days = [START + timedelta(days=day) for day in doubted]
    assert lone_lows(given)["valid_on"].to_list() == days
    assert lone_lows(given.reverse())["valid_on"].to_list() == days
    left = without_lone_lows(given)
    assert left.columns == given.columns
    unknown = left.filter(pl.col("price_usd_per_mtok").is_null())["valid_on"].to_list()
    assert sorted(unknown) == sorted(
        {*days, *(START + timedelta(days=day) for day, price, _ in steps if price is None)}
    )


def test_offers_without_their_lists_are_not_doubted() -> None:
    """Nothing says then who else says so."""
    bare = offers([(0, 1.63, 2), (100, 0.163, 1)]).drop("for_sources")
    assert without_lone_lows(bare).equals(bare)
    assert lone_lows(bare).is_empty()
