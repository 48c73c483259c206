"""LiteLLM's table: tiers, sellers, and the many forms of no price."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind
from ingest.sources.prices.litellm_prices import history
from tests.ingest.sources.conftest import MakePayload, TakeIn

TABLE = Path("prices.json")


def one(**entry: object) -> str:
    return json.dumps({"some/model": {"litellm_provider": "openai", "mode": "chat", **entry}})


def test_each_tier_is_a_row_of_its_own(take_in: TakeIn) -> None:
    """Standard, batch, priority and long-prompt prices stand side by side."""
    prices = take_in("litellm-prices", TABLE).frames[Kind.PRICE]
    tiers = dict(prices.group_by("model_name").agg(pl.col("tier").sort()).iter_rows())
    assert tiers["gpt-4o"] == ["batch", "priority", "standard"]
    assert tiers["gemini-2.5-pro"] == ["above-200k", "standard"]
    assert tiers["dashscope/qwen-plus"] == ["above-256k", "standard"]
    assert tiers["ft:gpt-4o-2024-08-06"] == ["fine-tuned-standard"]


def test_prices_are_usd_per_million_tokens(take_in: TakeIn) -> None:
    """2.5e-06 per token is 2.5 per million, exactly, also where it is written as text."""
    prices = take_in("litellm-prices", TABLE).frames[Kind.PRICE].filter(pl.col("tier") == "standard")
    asked = {row["model_name"]: row for row in prices.to_dicts()}
    assert asked["gpt-4o"]["input_usd_per_mtok"] == 2.5
    assert asked["gpt-4o"]["cached_input_usd_per_mtok"] == 1.25
    assert asked["azure/eu/gpt-4o-2024-08-06"]["output_usd_per_mtok"] == 11


@pytest.mark.parametrize(
    ("name", "provider", "seller", "organization"),
    [
        ("gpt-4o", "openai", "maker", "OpenAI"),
        ("azure/eu/gpt-4o-2024-08-06", "azure", "cloud", None),
        ("gemini-2.5-pro", "vertex_ai", "maker", "Google"),
        ("vertex_ai/claude-opus-4", "vertex_ai", "cloud", None),
        ("dashscope/qwen-plus", "alibaba", "maker", "Alibaba"),
    ],
)
def test_makers_are_told_from_other_sellers(
    take_in: TakeIn, name: str, provider: str, seller: str, organization: str | None
) -> None:
    """Only a seller's own models are at the maker's list price; a cloud may sell both kinds."""
    prices = take_in("litellm-prices", TABLE).frames[Kind.PRICE]
    row = prices.filter(pl.col("model_name") == name).row(0, named=True)
    assert (row["provider"], row["seller"], row["organization"]) == (provider, seller, organization)


def test_documentation_and_embeddings_are_not_models_of_text(take_in: TakeIn) -> None:
    """Neither sample_spec nor entries of other modes become prices or refusals."""
    records = take_in("litellm-prices", TABLE)
    seen = str(records.frames[Kind.PRICE]["model_name"].to_list()) + str(records.refused["row"].to_list())
    assert "sample_spec" not in seen
    assert "embedding" not in seen


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"input_cost_per_token": 0.0, "output_cost_per_token": 0.0}, "not stated, not free"),
        ({"input_cost_per_second": 0.1}, "no price of input or output is stated"),
        (
            {"input_cost_per_token": {"low": 1}, "output_cost_per_token": None},
            "no price of input or output is stated",
        ),
        ({"input_cost_per_token": 0.015, "output_cost_per_token": 0.06}, "the unit is wrong"),
        ({"input_cost_per_token": 1.5e-4, "output_cost_per_token": 1e-6}, "ten times output"),
        ({"input_cost_per_token": -1e-6, "output_cost_per_token": 1e-6}, "below its least value"),
    ],
)
def test_impossible_prices_go_to_quarantine(take_in: TakeIn, entry: dict[str, object], reason: str) -> None:
    """Zero, absent, object-valued, absurd and negative prices are refused with their reason."""
    records = take_in("litellm-prices", one(**entry))
    assert records.frames[Kind.PRICE].is_empty()
    assert reason in records.refused["reason"][0]


def test_a_commit_that_is_not_valid_json_is_refused_whole(take_in: TakeIn) -> None:
    """A trailing comma, as nine commits have it, raises ParseError."""
    with pytest.raises(ParseError, match="not valid JSON"):
        take_in("litellm-prices", '{"gpt-4": {"mode": "chat"},}')


def test_history_names_one_commit_a_month(make_payload: MakePayload) -> None:
    """Each first of a month asks for the newest commit before it; a commit counts once, on its own day."""
    asked: list[str] = []

    def read(url: str) -> bytes:
        asked.append(url)
        return make_payload("litellm-prices", Path("commits.json"), url).body

    versions = list(history(read, date(2023, 9, 15), date(2024, 1, 20)))
    assert ["until=2023-10-01" in url for url in asked] == [True, False, False, False]
    assert len(asked) == 4
    assert all("per_page=3" in url for url in asked)
    (version,) = versions
    assert version.address.endswith(
        "/0123456789abcdef0123456789abcdef01234567/model_prices_and_context_window.json"
    )
    assert version.url.endswith("/main/model_prices_and_context_window.json")
    assert version.as_of.tzinfo is not None
