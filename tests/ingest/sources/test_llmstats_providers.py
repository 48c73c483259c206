"""LLMStats: prices a token become prices a million, and a speed of nought is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ingest.records import Kind, Records, check
from ingest.source import Payload
from ingest.sources.prices.llmstats_providers import SOURCE


def parsed(*models: dict[str, Any], **about: str) -> Records:
    body = json.dumps({"providermodels": list(models), **about}).encode()
    url = "https://raw.example.org/data/providers/hosta/provider.json"
    return check(SOURCE.parse([Payload(SOURCE.id, url, datetime(2025, 5, 1, tzinfo=UTC), "0" * 64, body)]))


def model(name: str, throughput: float | None, latency: float | None) -> dict[str, Any]:
    return {
        "model_id": name,
        "price_per_input_token": 5.9e-07,
        "price_per_output_token": 7.9e-07,
        "throughput": throughput,
        "latency": latency,
        "updated_at": "2025-01-10",
    }


def test_a_speed_of_nought_was_not_measured() -> None:
    """Either figure may be known alone; where neither is there is no speed, and the price stands."""
    records = parsed(
        model("both", 275, 0.2),
        model("throughput", 275, 0),
        model("latency", 0, 0.2),
        model("neither", 0, 0),
        model("unknown", None, None),
    )
    speeds = records.frames[Kind.SPEED].select("model_name", "output_tokens_per_second", "latency_seconds")
    assert sorted(speeds.rows()) == [
        ("both", 275.0, 0.2),
        ("latency", None, 0.2),
        ("throughput", 275.0, None),
    ]
    prices = records.frames[Kind.PRICE]
    assert prices.height == 5
    assert set(prices["input_usd_per_mtok"]) == {0.59}
    assert set(prices["output_usd_per_mtok"]) == {0.79}
    assert set(prices["provider"]) == {"hosta"}
    assert records.refused.is_empty()


def test_the_hosts_own_page_is_the_address_where_it_is_stated() -> None:
    """Else it is that of the list."""
    stated = parsed(model("a", 1, 1), website="https://hosta.example")
    assert stated.frames[Kind.PRICE]["url"].to_list() == ["https://hosta.example"]
    assert parsed(model("a", 1, 1)).frames[Kind.PRICE]["url"].to_list() == [SOURCE.homepage]
