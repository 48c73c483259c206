"""News of prices: who changed what, what is only rounding, and a level that was never cheaper."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from analysis.news.prices import new_lows, price_changes
from tests.analysis.news.rows import READ, READ_BEFORE, row, said, table


def change(before: tuple[float, float], after: tuple[float, float], **known: Any) -> dict[str, Any]:
    """A row of news_prices.sql: input and output before and after."""
    return (
        row(
            before_input=before[0],
            before_output=before[1],
            input_usd_per_mtok=after[0],
            output_usd_per_mtok=after[1],
            starts_on=date(2026, 8, 6),
            starts_after=date(2026, 8, 3),
            basis="between sightings",
            provider="quokka",
            is_makers=True,
            n_sources=2,
            time=None,
        )
        | known
    )


@pytest.mark.parametrize(
    ("before", "after", "did", "costs"),
    [
        ((4.0, 8.0), (2.0, 4.0), "cut", "cost 50\u00a0% less."),
        ((4.0, 8.0), (4.0, 4.0), "cut", "cost 20\u00a0% less."),
        ((4.0, 8.0), (4.0, 16.0), "raised", "cost 40\u00a0% more."),
        ((4.0, 8.0), (2.0, 16.0), "changed", "cost 10\u00a0% more."),
        ((4.0, 8.0), (2.0, 14.0), "changed", "cost the same."),
    ],
)
def test_cut_raised_or_changed(
    before: tuple[float, float], after: tuple[float, float], did: str, costs: str
) -> None:
    """A cut raises neither part; the blend says where what went both ways comes out."""
    ((headline, changes),) = said(price_changes(table(change(before, after))))
    assert headline.startswith(f"Quokka {did} the price of Quokka 2 to $")
    assert changes is not None
    assert changes.endswith(f" Three tokens in and one out {costs}")


@pytest.mark.parametrize(
    ("after", "basis", "is_news"),
    [
        ((4.19, 7.61), "between sightings", False),
        ((4.19, 8.40), "between sightings", True),
        ((3.80, 8.0), "between sightings", True),
        ((4.19, 7.61), "stated", True),
    ],
)
def test_a_list_that_rounds_has_changed_nothing(
    after: tuple[float, float], basis: str, is_news: bool
) -> None:
    """Both parts within five percent; a stated change is one, however small."""
    found = list(price_changes(table(change((4.0, 8.0), after, basis=basis))))
    assert bool(found) is is_news


@pytest.mark.parametrize(
    ("factor", "known", "is_news"),
    [
        (0.1, {"n_sources": 1}, False),
        (1 / 8, {"n_sources": 1}, False),
        (0.126, {"n_sources": 1}, True),
        (7.9, {"n_sources": 1}, True),
        (8.0, {"n_sources": 1}, False),
        (0.1, {"n_sources": 2}, True),
        (0.1, {"n_sources": 1, "basis": "stated"}, True),
    ],
)
def test_what_one_list_alone_writes_by_a_factor_of_eight_is_no_news(
    factor: float, known: dict[str, Any], is_news: bool
) -> None:
    """It slipped, or mended a slip; a second list, or a page of the seller, makes it a change."""
    rows = table(change((4.0, 8.0), (4.0 * factor, 8.0 * factor), **known))
    assert bool(list(price_changes(rows))) is is_news


@pytest.mark.parametrize(
    ("known", "span"),
    [
        ({"basis": "stated"}, (None, date(2026, 8, 6))),
        ({}, (date(2026, 8, 3), date(2026, 8, 6))),
        ({"starts_after": None}, (date(2026, 8, 1), date(2026, 8, 6))),
        ({"starts_after": date(2026, 7, 1)}, (date(2026, 8, 1), date(2026, 8, 6))),
        ({"starts_on": date(2026, 8, 20), "starts_after": None}, (date(2026, 8, 1), date(2026, 8, 8))),
        ({"starts_on": date(2026, 8, 1), "starts_after": None}, (date(2026, 7, 31), date(2026, 8, 1))),
        ({"read_before": None, "basis": "stated"}, None),
        ({"read_before": READ - timedelta(days=32)}, None),
    ],
)
def test_a_change_lies_between_readings_of_ours(
    known: dict[str, Any], span: tuple[date | None, date] | None
) -> None:
    """Only a stated day is a day; the first reading of a list says what was so before anybody looked."""
    rows = table(change((4.0, 8.0), (2.0, 4.0), **known))
    found = [(item.happened_after, item.happened_on) for item in price_changes(rows)]
    assert found == ([span] if span else [])


def test_a_hosts_price_is_of_another_kind() -> None:
    """And names the host, not the maker."""
    (host,) = price_changes(table(change((4.0, 8.0), (2.0, 4.0), is_makers=False, provider="groq")))
    assert (host.kind, host.subject) == ("host-price", "groq")
    assert host.headline.startswith("The host Groq cut the price of Quokka 2")
    assert (host.before, host.after, host.unit) == (5.0, 2.5, "usd per million tokens")


SCORED = ("gpt-4-0314", 0.36), ("better", 0.40), ("worse", 0.35), ("level", 0.36)


def level_scores() -> pl.DataFrame:
    """The rows of news_level_scores.sql: four models at, above and below the level of GPT-4."""
    return table(
        *(
            {"model_id": name, "value": score, "title": name.title(), "organization": "M", "known_at": READ}
            for name, score in SCORED
        )
    )


def offered(*prices: tuple[str, float, int], basis: str = "stated") -> pl.DataFrame:
    """The rows of news_offers.sql: these models at so many dollars from so many days after 1 August on."""
    first = date(2026, 8, 1)
    return table(
        *(
            {
                **row(model_id=name, basis=basis),
                "model_name": name,
                "provider": f"maker of {name}",
                "seller": "maker",
                "is_list_price": True,
                "is_makers": True,
                "price_kind": "list price",
                "held_from": first + timedelta(days=day),
                "held_until": None,
                "starts_after": None,
                "input_usd_per_mtok": usd,
                "output_usd_per_mtok": usd,
                "observed_at": READ_BEFORE + timedelta(days=day),
                "last_confirmed_on": date(2026, 9, 1),
            }
            for name, usd, day in prices
        )
    ).with_columns(held_until=pl.lit(None, pl.Date), starts_after=pl.lit(None, pl.Date))


def lows(*prices: tuple[str, float, int], basis: str = "stated") -> list[tuple[str, str | None]]:
    """News of lows, where these models are asked so many dollars from so many days after 1 August on."""
    return said(new_lows(offered(*prices, basis=basis), level_scores()))


def test_a_level_that_was_never_cheaper_is_news() -> None:
    """With the price and the model before it; the first price of a level is none, nor is a dearer one."""
    found = lows(("gpt-4-0314", 30.0, 0), ("better", 2.0, 5), ("level", 3.0, 6), ("worse", 0.1, 7))
    assert found == [
        (
            "GPT-4's GPQA level has never been cheaper: $2 per million tokens, with Better.",
            "Before: $30, Gpt-4-0314. The level is 36.0\u00a0% on GPQA Diamond; prices are makers' own, "
            "three tokens in for one out.",
        )
    ]
    assert lows(("gpt-4-0314", 30.0, 0)) == []


def test_without_scores_or_offers_there_are_no_lows() -> None:
    """Nothing is asked of empty tables."""
    assert list(new_lows(table(), table())) == []
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert list(new_lows(table({"held_from": date(2026, 1, 1)}), table({"known_at": at}).clear())) == []
