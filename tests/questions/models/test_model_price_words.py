"""What is said of one model's price: who asks it, who says so, who says otherwise, since when nobody does."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from questions.models.price_words import asked, of_witnesses, unchanged, whose
from questions.models.prices import with_texts


def row(held_from: date, usd: float | None, **more: Any) -> dict[str, Any]:
    """A row of price_steps.sql."""
    return {
        "held_from": held_from,
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": usd,
        "provider": "openai",
        "price_kind": "list price",
        "is_list_price": False,
        "basis": "stated",
        "last_confirmed_on": date(2026, 6, 1),
    } | more


FIRST = row(date(2024, 1, 1), 2.0)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "unpriced"),
        ([FIRST | {"is_list_price": True}], "its maker asks $2 input and $2 output per million tokens"),
        (
            [FIRST | {"is_list_price": True, "price_kind": "cheapest host", "provider": "groq"}],
            "the cheapest host, Groq, asks $2 input and $2 output per million tokens",
        ),
        (
            [FIRST | {"is_list_price": True, "price_kind": "router", "provider": "openrouter"}],
            "a router, OpenRouter, asks $2 input and $2 output per million tokens",
        ),
        (
            [FIRST, row(date(2026, 8, 1), None, basis="not confirmed")],
            "its maker asked $2 input and $2 output per million tokens, last seen on 1 June 2026",
        ),
        (
            [FIRST, row(date(2026, 8, 1), None, basis="notice")],
            "its maker asked $2 input and $2 output per million tokens until the model's announced shut-down "
            "on 1 August 2026",
        ),
        (
            [row(date(2026, 8, 1), None, basis="notice")],
            "shut down on 1 August 2026, as its maker announced",
        ),
        ([FIRST, row(date(2026, 8, 1), None)], "no longer sold by its maker since 1 August 2026"),
        (
            [row(date(2024, 1, 1), 0.0, provider="groq", price_kind="cheapest host")],
            "Groq gives it for nothing, as far as price lists say",
        ),
    ],
)
def test_a_price_says_who_asks_it_or_since_when_nobody_does(rows: list[dict[str, Any]], said: str) -> None:
    """A maker's price, a host's and a router's are never called the same; what ended says how."""
    steps = pl.DataFrame(rows, schema_overrides={"is_list_price": pl.Boolean})
    if not rows:
        steps = pl.DataFrame(schema=pl.DataFrame([FIRST]).schema)
    assert asked(steps) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "has been $2 input and $2 output per million tokens since 1 January 2024, last confirmed on"),
        ({"starts_after": date(2023, 12, 1)}, "since 1 January 2024 at the latest, last confirmed on"),
        ({"last_confirmed_on": None}, "per million tokens since 1 January 2024."),
        (
            {"input_usd_per_mtok": None, "output_usd_per_mtok": None},
            "of A has not been asked since 1 January 2024.",
        ),
    ],
)
def test_a_price_that_never_changed_says_since_when_it_is_known(given: dict[str, Any], said: str) -> None:
    """And until when: the day of its last confirmation."""
    types = {"starts_after": pl.Date, "last_confirmed_on": pl.Date}
    steps = pl.DataFrame([FIRST | {"starts_after": None} | given], schema_overrides=types)
    assert said in unchanged("A", "list price", steps)


def test_a_price_is_named_by_its_seller() -> None:
    """Only a maker's is a list price."""
    assert whose(pl.DataFrame([FIRST])) == "list price"
    assert (
        whose(pl.DataFrame([FIRST | {"price_kind": "cheapest host", "provider": "groq"}])) == "price at Groq"
    )


def step(starts_on: date, usd: float, says_so: list[str], otherwise: list[str]) -> dict[str, Any]:
    """A row of price_history_of_model.sql."""
    return {
        "starts_after": date(2024, 1, 1) if usd < 2 else None,
        "starts_on": starts_on,
        "provider": "openai",
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": usd,
        "last_confirmed_on": date(2026, 6, 1),
        "for_sources": says_so,
        "against_sources": otherwise,
    }


def test_the_witnesses_of_the_newest_price_are_named_and_those_that_disagree() -> None:
    """Who says so, who said otherwise meanwhile, when it was last confirmed, how many steps are disputed."""
    history = pl.DataFrame(
        [step(date(2024, 1, 1), 2.0, ["a", "b"], []), step(date(2024, 2, 1), 1.0, ["a"], ["b"])]
    )
    assert of_witnesses(history, "list price") == (
        "**Who says so.** Of the newest list price, $1 input and $1 output per million tokens: a. "
        "Otherwise said meanwhile: b. It was last confirmed on 1 June 2026. Of its 2 steps 1 is disputed."
    )
    agreed = of_witnesses(history.head(1), "list price")
    assert "a; and b. No list says otherwise." in agreed
    assert with_texts(history)["since"].to_list() == ["2024-01-01", "after 2024-01-01, by 2024-02-01"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"output_usd_per_mtok": None}, "its maker asks $2 per million tokens"),
        ({"input_usd_per_mtok": None}, "its maker asks $2 per million tokens"),
    ],
)
def test_half_a_price_is_told_alone(given: dict[str, Any], said: str) -> None:
    """Of a model that takes in or puts out only."""
    assert asked(pl.DataFrame([FIRST | {"is_list_price": True} | given])) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [row(date(2026, 8, 1), None, basis="not confirmed")],
            "no longer sold by its maker since 1 August 2026",
        ),
        (
            [row(date(2026, 8, 1), None, provider="groq", price_kind="host"), FIRST],
            "no longer sold by Groq since 1 August 2026",
        ),
    ],
    ids=["never asked before", "the newest step counts"],
)
def test_what_ended_is_told_by_its_newest_step(rows: list[dict[str, Any]], said: str) -> None:
    """In whatever order they come."""
    assert asked(pl.DataFrame(rows)) == said


def test_disputed_steps_are_counted_where_there_are_several() -> None:
    """One step alone needs no count; none disputed needs none; two are plural; nobody may say so now."""
    disputed = [step(date(2024, at, 1), 2.0, ["a"], ["b", "c"]) for at in (1, 2)]
    agreed = step(date(2024, 3, 1), 2.0, [], [])
    types = {
        "starts_after": pl.Date,
        "against_sources": pl.List(pl.String),
        "for_sources": pl.List(pl.String),
    }

    def said(*rows: dict[str, Any]) -> str:
        return of_witnesses(pl.DataFrame(list(rows), schema_overrides=types), "list price")

    assert said(*disputed, agreed).endswith("Of its 3 steps 2 are disputed.")
    assert "tokens: nobody now. No list says otherwise." in said(*disputed, agreed)
    assert said(disputed[0]).endswith("meanwhile: b; and c. It was last confirmed on 1 June 2026.")
    assert said(agreed, agreed).endswith("It was last confirmed on 1 June 2026.")
