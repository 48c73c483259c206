"""Price steps as offers: each listing by itself, blended, from the day on which it held."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.price.offers import offers


def test_a_listing_is_an_offer_with_its_blend_its_day_and_whether_it_was_confirmed() -> None:
    """Two names on one list are two offers; a withdrawn price is none."""
    steps = pl.DataFrame(
        {
            "model_name": ["m", "m-fast", "m"],
            "provider": ["groq"] * 3,
            "held_from": [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)],
            "basis": ["stated", "between sightings", "not confirmed"],
            "input_usd_per_mtok": [1.0, 2.0, None],
            "output_usd_per_mtok": [5.0, 2.0, None],
        }
    )
    assert offers(steps).select("provider", "valid_on", "price_usd_per_mtok", "is_unconfirmed").rows() == [
        ("groq, listed as m", date(2026, 1, 1), 2.0, False),
        ("groq, listed as m-fast", date(2026, 2, 1), 2.0, False),
        ("groq, listed as m", date(2026, 3, 1), None, True),
    ]
