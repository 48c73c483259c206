"""A release that two sources tell is one piece of news, with both pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.news.twins import told_once

ON = date(2026, 8, 18)
PRODUCT = {"headline": "Claude Code: 2.1.235", "url": "https://product.example/"}
REPOSITORY = {"headline": "anthropics/claude-code: v2.1.235", "url": "https://repository.example/"}
TYPES = {"url": pl.String, "payload_url": pl.String}


def news(*given: dict[str, Any]) -> pl.DataFrame:
    """Releases of software by Anthropic on one day, but for what is given."""
    rows = [
        {
            "news_id": f"n{place}",
            "kind": "software",
            "happened_on": ON,
            "organization": "Anthropic",
            "evidence": f"Source {place}, day stated",
            "payload_url": None,
        }
        | row
        for place, row in enumerate(given)
    ]
    return pl.DataFrame(rows, schema_overrides=TYPES)


def test_a_products_own_line_stands_with_the_page_of_its_repository() -> None:
    """Whichever comes first; the evidence of both is said."""
    for rows in ((PRODUCT, REPOSITORY), (REPOSITORY, PRODUCT)):
        (told,) = told_once(news(*rows)).to_dicts()
        assert told["headline"] == "Claude Code: 2.1.235"
        assert (told["url"], told["also_url"]) == ("https://product.example/", "https://repository.example/")
        assert told["evidence"].count("day stated") == 2


@pytest.mark.parametrize(
    "other",
    [
        {"headline": "anthropics/claude-code: v2.1.236"},
        {"headline": "anthropics/anthropic-sdk-python: v2.1.235"},
        {"happened_on": date(2026, 8, 19)},
        {"organization": "Elsewhere"},
        {"kind": "post"},
        {"headline": "Claude Code by others: 2.1.235"},
        {"headline": "anthropics/claude-code: a version without a number"},
    ],
    ids=["version", "name", "day", "maker", "kind", "no repository", "no number"],
)
def test_what_differs_is_no_twin(other: dict[str, Any]) -> None:
    """Another version, product, day or maker is another release; nothing else of it changes."""
    rows = news(PRODUCT, REPOSITORY | other)
    told = told_once(rows)
    assert told.drop("also_url").equals(rows)
    assert told["also_url"].null_count() == 2
