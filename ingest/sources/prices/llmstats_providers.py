"""LLMStats: hand-kept prices and speeds of hosts, last changed in May 2025; a second opinion with slips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, need_keys, read_json_of, read_rows
from ingest.sources.prices._sellers import with_sellers

_FOLDER: Final = "https://raw.githubusercontent.com/JonathanChavezTamales/LLMStats/main/providers"
_PAGE: Final = "https://github.com/JonathanChavezTamales/LLMStats"
_HOSTS: Final = (
    "anthropic",
    "azure",
    "bedrock",
    "cerebras",
    "cohere",
    "deepinfra",
    "deepseek",
    "fireworks",
    "google",
    "groq",
    "hyperbolic",
    "lambda",
    "mistral",
    "novita",
    "openai",
    "replicate",
    "sambanova",
    "together",
    "xai",
)
_ROW: Final = pl.Schema(
    {
        "model_id": pl.String,
        "price_per_input_token": pl.Float64,
        "price_per_output_token": pl.Float64,
        "throughput": pl.Float64,
        "latency": pl.Float64,
        "updated_at": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Prices in USD per million tokens, speeds in tokens per second and seconds, dated by their last edit."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    if not isinstance(data, dict) or not isinstance(data.get("providermodels"), list):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `providermodels`")
    listed = data["providermodels"]
    need_keys(payload, listed, ("model_id", "price_per_input_token", "price_per_output_token"))
    read = read_rows(
        payload, Kind.PRICE, listed, lambda model: [dict(model)], _ROW, name=lambda model: model["model_id"]
    )
    rows = read.frame.with_columns(
        provider=pl.lit(payload.url.split("/")[-2]), url=pl.lit(str(data.get("website") or _PAGE))
    )
    prices = rows.select(
        "provider",
        "url",
        model_name="model_id",
        tier=pl.lit("standard"),
        input_usd_per_mtok=(pl.col("price_per_input_token") * 1e6).round(9),
        output_usd_per_mtok=(pl.col("price_per_output_token") * 1e6).round(9),
    )
    edited = day("updated_at")
    speeds = rows.filter((pl.col("throughput") > 0) | (pl.col("latency") > 0)).select(
        "provider",
        "url",
        model_name="model_id",
        setting=pl.lit(""),
        output_tokens_per_second=pl.when(pl.col("throughput") > 0).then("throughput"),
        latency_seconds=pl.when(pl.col("latency") > 0).then("latency"),
        valid_on=edited,
        valid_precision=day_precision(edited),
    )
    return Records(
        {Kind.PRICE: with_sellers(prices), Kind.SPEED: speeds}, pl.concat([repeated, read.refused])
    )


SOURCE = Source(
    id="llmstats-providers",
    title="LLMStats, prices and speeds of hosts (to May 2025)",
    homepage=_PAGE,
    licence="none stated",
    attribution="LLMStats by Jonathan Chavez and contributors",
    urls=tuple(f"{_FOLDER}/{host}/provider.json" for host in _HOSTS),
    cadence="30d",
    frozen="since 2025-05: the prices are no longer brought up to date",
    kinds=(Kind.PRICE, Kind.SPEED),
    parse=parse,
)
