"""Who sells a model and whether the seller made it: one spelling of each seller over all price sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from ingest.prices.tiers import with_tiers

_SAME_SELLER: Final[Mapping[str, str]] = {
    "bedrock_converse": "bedrock",
    "bedrock_mantle": "bedrock",
    "amazon-bedrock": "bedrock",
    "aws": "bedrock",
    "azure_text": "azure",
    "azure-cognitive-services": "azure",
    "text-completion-openai": "openai",
    "text-completion-codestral": "mistral",
    "codestral": "mistral",
    "cohere_chat": "cohere",
    "palm": "google",
    "gemini": "google",
    "vertex_ai-language-models": "vertex_ai",
    "google-vertex": "vertex_ai",
    "google-vertex-anthropic": "vertex_ai",
    "x-ai": "xai",
    "moonshotai": "moonshot",
    "moonshot-ai": "moonshot",
    "z-ai": "zai",
    "dashscope": "alibaba",
    "qwen": "alibaba",
    "together_ai": "together",
    "togetherai": "together",
    "fireworks_ai": "fireworks",
    "fireworks-ai": "fireworks",
    "novita-ai": "novita",
    "lambda_ai": "lambda",
    "vercel_ai_gateway": "vercel",
    "github_copilot": "github-copilot",
    "meta_llama": "llama",
    "amazon_nova": "amazon",
    "z.ai": "zai",
    "stepfun-ai": "stepfun",
    "ai21 labs": "ai21",
    "sakana ai": "sakana",
    "thinking machines": "thinkingmachines",
    "meituan": "longcat",
    "tencent-tokenhub": "tencent",
    "gmicloud": "gmi",
    "friendliai": "friendli",
    "text-completion-inception": "inception",
    "azure_anthropic": "azure_ai",
    "ibm": "watsonx",
    "byteplus": "volcengine",
}
"""Sources spell one seller in many ways, some once per interface; here are the same shops."""

_MAKERS: Final[Mapping[str, str]] = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "mistral": "Mistral AI",
    "deepseek": "DeepSeek",
    "xai": "xAI",
    "cohere": "Cohere",
    "ai21": "AI21 Labs",
    "moonshot": "Moonshot AI",
    "moonshotai-cn": "Moonshot AI",
    "zai": "Z.ai",
    "zhipuai": "Z.ai",
    "minimax": "MiniMax",
    "minimax-cn": "MiniMax",
    "llama": "Meta",
    "meta": "Meta",
    "amazon": "Amazon",
    "aleph_alpha": "Aleph Alpha",
    "gigachat": "Sber",
    "stepfun": "StepFun",
    "xiaomi": "Xiaomi",
    "upstage": "Upstage",
    "inception": "Inception",
    "sarvam": "Sarvam AI",
}
"""Sellers who list only models of their own."""

CLOUDS: Final[Mapping[str, str]] = {
    "alibaba": "Alibaba",
    "alibaba-cn": "Alibaba",
    "azure": "Microsoft",
    "azure_ai": "Microsoft",
    "bedrock": "Amazon",
    "databricks": "Databricks",
    "nvidia": "NVIDIA",
    "nvidia_nim": "NVIDIA",
    "oci": "Oracle",
    "sap-ai-core": "SAP",
    "snowflake": "Snowflake",
    "tencent": "Tencent",
    "vertex_ai": "Google",
    "volcengine": "ByteDance",
    "watsonx": "IBM",
}
"""Reviewed: platforms of companies that make models or run a general cloud. All others who run models are
hosts."""

OWN_CLOUDS: Final = frozenset({"vertex_ai"})
"""Clouds beside which the same maker sells the same models directly, so that theirs is not its list price."""

_ROUTERS: Final = (
    "openrouter",
    "vercel",
    "github-copilot",
    "aiml",
    "chatgpt",
    "requesty",
    "poe",
    "kilo",
    "llmgateway",
    "cloudflare-ai-gateway",
    "helicone",
    "zenmux",
    "fastrouter",
    "orcarouter",
    "aihubmix",
    "302ai",
    "nano-gpt",
    "opencode",
    "opencode-go",
    "abacus",
    "auriko",
    "cloudflare",
    "cortecs",
    "frogbot",
    "jiekou",
    "lucidquery",
    "nearai",
    "perplexity-agent",
    "qihang-ai",
    "routing-run",
    "unknown",
    "v0",
    "venice",
    "vivgrid",
    "xpersona",
)

_MAKERS_ELSEWHERE: Final[tuple[tuple[str, str, str], ...]] = (
    # seller, what the names of its own models contain, organization
    ("google", r"(?i)gemini|gemma|text-|chat-|code|palm|learnlm", "Google"),
    ("vertex_ai", r"(?i)^(vertex_ai/)?(gemini|gemma|text-|chat-|code|medlm|palm)", "Google"),
    ("bedrock", r"(^|[./])amazon\.", "Amazon"),
    ("perplexity", r"(?i)sonar|pplx|r1-1776", "Perplexity"),
    ("alibaba", r"(?i)qwen|qwq|qvq", "Alibaba"),
    ("alibaba-cn", r"(?i)qwen|qwq|qvq", "Alibaba"),
    ("databricks", r"dbrx|mpt-", "Databricks"),
    ("snowflake", r"arctic", "Snowflake"),
    ("watsonx", r"granite", "IBM"),
    ("volcengine", r"doubao|seed", "ByteDance"),
    ("azure_ai", r"(?i)phi-|mai-", "Microsoft"),
    ("nvidia_nim", r"nemotron", "NVIDIA"),
    ("nvidia", r"nemotron", "NVIDIA"),
)
"""Clouds and hosts that sell models of their own beside those of others."""


def seller_name(provider: pl.Expr) -> pl.Expr:
    """The seller: 'vertex_ai-anthropic_models' is vertex_ai, 'fireworks_ai-embedding-models' fireworks."""
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
    """maker, cloud, host or router."""
    return pl.when(maker.is_not_null()).then(pl.lit("maker")).otherwise(kind_of_other_seller(seller))


def kind_of_other_seller(seller: pl.Expr) -> pl.Expr:
    """cloud, host or router, of a seller who did not make the model; a place after a slash says nothing."""
    shop = seller.str.replace("/.*$", "")
    routed = shop.is_in(_ROUTERS) | shop.str.starts_with("huggingface")
    return (
        pl.when(routed)
        .then(pl.lit("router"))
        .when(shop.is_in(list(CLOUDS)))
        .then(pl.lit("cloud"))
        .otherwise(pl.lit("host"))
    )


def with_sellers(prices: pl.DataFrame) -> pl.DataFrame:
    """Price rows with `provider` in the source's spelling, to rows with our own, and their makers."""
    named = prices.with_columns(provider=seller_name(pl.col("provider")))
    maker = maker_of(pl.col("provider"), pl.col("model_name"))
    sold = named.with_columns(organization=maker, seller=seller_kind(pl.col("provider"), maker))
    return with_tiers(sold) if "tier" in sold.columns else sold
