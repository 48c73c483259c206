"""Who sells a model: its maker, a cloud, a host or a router."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.sources.prices._sellers import maker_of, seller_kind, seller_name


@pytest.mark.parametrize(
    ("provider", "model", "seller", "maker", "kind"),
    [
        ("openai", "gpt-5", "openai", "OpenAI", "maker"),
        ("azure_ai", "Phi-4", "azure_ai", "Microsoft", "maker"),
        ("azure_ai", "llama-4", "azure_ai", None, "cloud"),
        ("groq", "phi-4", "groq", None, "host"),
        ("nvidia", "nemotron-4", "nvidia", "NVIDIA", "maker"),
        ("openrouter", "gpt-5", "openrouter", None, "router"),
        ("vertex_ai-anthropic_models", "claude-2", "vertex_ai", None, "cloud"),
        ("fireworks_ai-embedding-models", "x", "fireworks", None, "host"),
    ],
)
def test_a_seller_is_the_maker_only_of_its_own_models(
    provider: str, model: str, seller: str, maker: str | None, kind: str
) -> None:
    """A cloud that sells models of its own beside those of others is the maker of the first alone."""
    row = pl.DataFrame({"provider": [provider], "model": [model]}).with_columns(
        seller=seller_name(pl.col("provider"))
    )
    row = row.with_columns(maker=maker_of(pl.col("seller"), pl.col("model")))
    row = row.with_columns(kind=seller_kind(pl.col("seller"), pl.col("maker")))
    assert row.select("seller", "maker", "kind").row(0) == (seller, maker, kind)
