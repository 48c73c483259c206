"""Disagreement of sources on a maker's own price is said, and so is agreement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl

from questions.models.price_conflicts import conflict

SEEN = datetime(2025, 10, 15, tzinfo=UTC)


def asked(*rows: tuple[str, float, float, date | None]) -> pl.DataFrame:
    """Statements of the maker's standard price: source, input, output, since when by itself."""
    return pl.DataFrame(
        [
            {
                "source_id": source,
                "model_name": "o3",
                "provider": "openai",
                "seller": "maker",
                "tier": "standard",
                "input_usd_per_mtok": price_in,
                "output_usd_per_mtok": price_out,
                "valid_on": valid_on,
                "observed_at": SEEN,
            }
            for source, price_in, price_out, valid_on in rows
        ],
        schema_overrides={"valid_on": pl.Date},
    )


def test_who_says_what_is_named_the_majority_first() -> None:
    """Two sources have the price after the cut, one still has the old one."""
    said = conflict(asked(("b", 2.0, 8.0, None), ("a", 2.0, 8.0, None), ("late", 10.0, 40.0, None)))
    assert said.endswith("$2 and $8 by a, b; $10 and $40 by late.")
    assert said.startswith("Sources disagree")


def test_what_a_listing_was_before_its_dated_price_is_no_disagreement() -> None:
    """A source that dates the cut also lists what was before it: only the dated price counts."""
    rows = (("a", 10.0, 40.0, None), ("a", 2.0, 8.0, date(2025, 6, 10)), ("b", 2.0, 8.0, None))
    assert conflict(asked(*rows)) == "All 2 sources that state the maker's own price agree on it."


def test_one_source_alone_agrees_with_nobody() -> None:
    """Nothing is said where there is nothing to compare, and resellers are not the maker."""
    assert conflict(asked(("a", 2.0, 8.0, None))) == ""
    reseller = asked(("a", 2.0, 8.0, None), ("b", 3.0, 9.0, None)).with_columns(seller=pl.lit("reseller"))
    assert conflict(reseller) == ""
