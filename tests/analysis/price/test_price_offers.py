"""Price steps as offers: each listing by itself, blended, from the day on which it held."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.price.offers import offers, with_first_readings


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


def test_only_a_launch_price_that_was_read_late_has_a_first_reading() -> None:
    """A dated price needs none; one first read within three months of the launch is taken to hold since."""
    steps = pl.DataFrame(
        {
            "model_id": ["late", "soon", "dated"],
            "valid_on": date(2022, 3, 15),
            "basis": ["launch", "launch", "stated"],
            "input_usd_per_mtok": 20.0,
            "output_usd_per_mtok": 20.0,
        }
    )
    readings = pl.DataFrame(
        {
            "model_id": ["late", "late", "soon", "dated"],
            "input_usd_per_mtok": [20.0, 60.0, 20.0, 20.0],
            "output_usd_per_mtok": [20.0, 60.0, 20.0, 20.0],
            "first_read_on": [date(2023, 7, 26), date(2022, 4, 1), date(2022, 6, 15), date(2023, 7, 26)],
        }
    )
    found = with_first_readings(steps, readings)
    assert found["first_read_on"].to_list() == [date(2023, 7, 26), None, None]
