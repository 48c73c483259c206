"""models.dev: tiers by the length of the prompt, and what is free."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.records import Kind, check
from ingest.sources.prices.models_dev import SOURCE
from tests.ingest.sources.conftest import MakePayload

OVER = {"input": 4, "output": 20}


def tiers(make_payload: MakePayload, cost: dict[str, Any], model: str = "alpha") -> dict[str, float]:
    """Input price by tier."""
    listed = {"id": model, "name": model, "cost": {"input": 2, "output": 10} | cost}
    body = {"shop": {"id": "shop", "name": "Shop", "models": {model: listed}}}
    found = check(SOURCE.parse([make_payload("models-dev", json.dumps(body))]))
    return dict(found.frames[Kind.PRICE].select("tier", "input_usd_per_mtok").iter_rows())


def by_size(size: object, kind: str = "context") -> dict[str, Any]:
    return {"tier": {"type": kind, "size": size}, **OVER}


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        ({}, {}),
        ({"context_over_200k": OVER}, {"above-200k": 4.0}),
        ({"tiers": [by_size(128_000)]}, {"above-128k": 4.0}),
        ({"tiers": [by_size(128_000)], "context_over_200k": {"input": 9, "output": 9}}, {"above-128k": 4.0}),
        ({"tiers": [by_size(0), by_size(1, "speed"), "x"], "context_over_200k": OVER}, {"above-200k": 4.0}),
        ({"context_over_200k": "x", "tiers": "y"}, {}),
    ],
    ids=["none", "old form", "new form", "both", "no sizes", "no objects"],
)
def test_prices_of_long_prompts_are_tiers(
    make_payload: MakePayload, cost: dict[str, Any], told: dict[str, float]
) -> None:
    """The new form goes before the old one, which says the same less exactly."""
    assert tiers(make_payload, cost) == {"standard": 2.0} | told


@pytest.mark.parametrize(("model", "tier"), [("a:free", "free"), ("a-free", "free"), ("free-a", "standard")])
def test_a_free_offer_is_no_standard_price(make_payload: MakePayload, model: str, tier: str) -> None:
    """Its name says so; its tiers by length stay what they are."""
    found = tiers(make_payload, {"context_over_200k": OVER}, model)
    assert set(found) == {tier, "above-200k"}
