"""Who sells what in LiteLLM's table: its provider words as sellers, and who of them made the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

_SAME_SELLER: Final[Mapping[str, str]] = {
    "bedrock_converse": "bedrock",
    "bedrock_mantle": "bedrock",
    "azure_text": "azure",
    "text-completion-openai": "openai",
    "text-completion-codestral": "mistral",
    "codestral": "mistral",
    "cohere_chat": "cohere",
    "palm": "gemini",
}
"""LiteLLM names a seller once per interface; these are the same shop."""

_MAKERS: Final[Mapping[str, str]] = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "gemini": "Google",
    "mistral": "Mistral AI",
    "deepseek": "DeepSeek",
    "xai": "xAI",
    "cohere": "Cohere",
    "ai21": "AI21 Labs",
    "moonshot": "Moonshot",
    "zai": "Z.ai",
    "minimax": "MiniMax",
    "meta_llama": "Meta",
    "amazon_nova": "Amazon",
    "aleph_alpha": "Aleph Alpha",
    "gigachat": "Sber",
    "morph": "Morph",
    "v0": "Vercel",
    "sarvam": "Sarvam AI",
}
"""Sellers who list only models of their own."""

_ROUTERS: Final = ("openrouter", "vercel_ai_gateway", "github_copilot", "aiml", "chatgpt")

_MAKERS_ELSEWHERE: Final[tuple[tuple[str, str, str], ...]] = (
    # seller, what its own models' names contain, organization
    ("vertex_ai", r"^(vertex_ai/)?(gemini|gemma|text-|chat-|code|medlm|palm)", "Google"),
    ("bedrock", r"(^|[./])amazon\.", "Amazon"),
    ("perplexity", r"^perplexity/(sonar|pplx|r1-1776)", "Perplexity"),
    ("dashscope", r"^dashscope/(qwen|qwq)", "Alibaba"),
    ("databricks", r"dbrx|mpt-", "Databricks"),
    ("snowflake", r"arctic", "Snowflake"),
    ("watsonx", r"granite", "IBM"),
    ("volcengine", r"doubao|seed", "ByteDance"),
    ("azure_ai", r"(?i)phi-|mai-", "Microsoft"),
    ("nvidia_nim", r"nemotron", "NVIDIA"),
)
"""Clouds that sell models of their own beside those of others."""


def seller_name(provider: pl.Expr) -> pl.Expr:
    """The seller: 'vertex_ai-anthropic_models' is vertex_ai, 'fireworks_ai-embedding-models' fireworks_ai."""
    shop = provider.str.replace(r"^(vertex_ai|fireworks_ai)-.*$", "$1")
    return shop.replace(dict(_SAME_SELLER))


def maker_of(seller: pl.Expr, model_name: pl.Expr) -> pl.Expr:
    """The organization where the seller made the model itself, else null."""
    elsewhere = [
        pl.when((seller == shop) & model_name.str.contains(pattern)).then(pl.lit(organization))
        for shop, pattern, organization in _MAKERS_ELSEWHERE
    ]
    own = seller.replace_strict(dict(_MAKERS), default=None, return_dtype=pl.String)
    return pl.coalesce(own, *elsewhere)


def seller_kind(seller: pl.Expr, maker: pl.Expr) -> pl.Expr:
    """maker, router or reseller."""
    return (
        pl.when(maker.is_not_null())
        .then(pl.lit("maker"))
        .when(seller.is_in(_ROUTERS))
        .then(pl.lit("router"))
        .otherwise(pl.lit("reseller"))
    )
