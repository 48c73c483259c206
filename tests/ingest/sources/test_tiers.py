"""Whatever a seller sets apart from the standard price is another tier, and unknown prices are told."""

from __future__ import annotations

import json

import polars as pl
import pytest

from ingest.records import Kind
from tests.ingest.sources.conftest import TakeIn


def tiers(frame: pl.DataFrame) -> dict[str, float]:
    return dict(frame.select("tier", "input_usd_per_mtok").iter_rows())


def model(slug: str, **pricing: str) -> dict[str, object]:
    prices = {"prompt": "0.000005", "completion": "0.000025", **pricing}
    return {"id": slug, "name": "Acme: One", "context_length": 1000, "pricing": prices}


@pytest.mark.parametrize(
    ("slug", "tier"),
    [
        ("acme/one-2", "standard"),
        ("acme/one-2:batch", "batch"),
        ("acme/one-2:ultrafast", "ultrafast"),
        ("acme/one-2:what-comes-next", "what-comes-next"),
        ("acme/one-2:thinking", "standard"),
        ("acme/one-2:free", "free"),
    ],
)
def test_a_mark_behind_a_routers_slug_is_a_tier(take_in: TakeIn, slug: str, tier: str) -> None:
    """Only words that are the model's own keep the standard price."""
    price = "0" if tier == "free" else "0.0000025"
    text = json.dumps({"data": [model(slug, prompt=price, completion=price)]})
    assert take_in("openrouter-models", text).frames[Kind.PRICE]["tier"].to_list() == [tier]


def test_a_routers_services_beside_the_standard_price_are_tiers(take_in: TakeIn) -> None:
    """`prompt_batch` is no `prompt`; a field that nobody knows is told once, with how many models have it."""
    beside = {"prompt_batch": "0.000001", "completion_batch": "0.000002", "per_dream": "0.1"}
    entries = [model(f"acme/one-{n}", **beside) for n in (1, 2)]
    records = take_in("openrouter-models", json.dumps({"data": entries}))
    first = records.frames[Kind.PRICE].filter(model_name="acme/one-1")
    assert tiers(first) == {"standard": 5.0, "batch": 1.0}
    assert [json.loads(row)["models"] for row in records.refused["row"]] == [2]
    assert "'per_dream' seems to hold a price and is not known" in records.refused["reason"][0]


@pytest.mark.parametrize(
    ("field", "tier"),
    [
        ("input_cost_per_token_batches", "batch"),
        ("input_cost_per_token_ultrafast", "ultrafast"),
        ("input_cost_per_token_balanced", "balanced"),
        ("input_cost_per_token_above_200k_tokens_slow_lane", "above-200k-slow_lane"),
    ],
)
def test_a_service_of_litellm_that_is_new_is_a_tier(take_in: TakeIn, field: str, tier: str) -> None:
    """It never touches the list price."""
    entry = {
        "litellm_provider": "openai",
        "mode": "chat",
        "input_cost_per_token": 5e-06,
        "output_cost_per_token": 1e-05,
        field: 1e-06,
    }
    prices = take_in("litellm-prices", json.dumps({"gpt-9": entry})).frames[Kind.PRICE]
    assert tiers(prices) == {"standard": 5.0, tier: 1.0}


@pytest.mark.parametrize(
    ("field", "is_told"),
    [
        ("input_cost_per_token_cache_hit", False),
        ("cache_creation_input_token_cost_above_1hr", False),
        ("input_cost_per_audio_token", False),
        ("search_context_cost_per_query", False),
        ("input_cost_per_thought", True),
        ("dream_pricing", True),
    ],
)
def test_an_unknown_field_with_a_price_is_told(take_in: TakeIn, field: str, is_told: bool) -> None:
    """Known fields of other things are passed over; a new one is named, with the model that has it."""
    entry = {
        "litellm_provider": "openai",
        "mode": "chat",
        "input_cost_per_token": 5e-06,
        "output_cost_per_token": 1e-05,
        field: 1e-06,
    }
    records = take_in("litellm-prices", json.dumps({"gpt-9": entry}))
    assert tiers(records.frames[Kind.PRICE]) == {"standard": 5.0}
    assert [field in reason for reason in records.refused["reason"]] == [True] * is_told


@pytest.mark.parametrize("name", ["openrouter/acme/one-2:batch", "one-2_batch", "one-2 (batch)"])
def test_a_tier_in_a_name_is_no_list_price(take_in: TakeIn, name: str) -> None:
    """LiteLLM lists a router's slugs as they are."""
    entry = {
        "litellm_provider": "openrouter",
        "mode": "chat",
        "input_cost_per_token": 5e-06,
        "output_cost_per_token": 1e-05,
    }
    assert tiers(take_in("litellm-prices", json.dumps({name: entry})).frames[Kind.PRICE]) == {"batch": 5.0}


def test_a_model_that_is_listed_twice_is_told(take_in: TakeIn) -> None:
    """JSON may state a key twice: the last one counts, and the quarantine says so."""
    entry = json.dumps({"litellm_provider": "openai", "mode": "chat", "output_cost_per_token": 1e-5})[:-1]
    once, again = (f'{entry}, "input_cost_per_token": {price}}}' for price in ("1e-6", "2e-6"))
    records = take_in("litellm-prices", f'{{"gpt-9": {once}, "gpt-9": {again}}}')
    assert records.frames[Kind.PRICE]["input_usd_per_mtok"].to_list() == [2.0]
    assert "the key 'gpt-9' is stated twice" in records.refused["reason"][0]
