"""models.dev: prices of models by provider, and what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json
from ingest.sources._sellers import with_sellers

URL: Final = "https://models.dev/api.json"
_FIELDS: Final[Mapping[str, str]] = {
    "input": "input_usd_per_mtok",
    "output": "output_usd_per_mtok",
    "cache_read": "cached_input_usd_per_mtok",
    "cache_write": "cache_write_usd_per_mtok",
}
_PRICE: Final = pl.Schema(
    {"model_name": pl.String, "provider": pl.String, "tier": pl.String, "url": pl.String}
    | dict.fromkeys(_FIELDS.values(), pl.Float64)
)
_FACT: Final = pl.Schema(
    {
        "model_name": pl.String,
        "provider": pl.String,
        "display_name": pl.String,
        "open_weights": pl.Boolean,
        "reasoning": pl.Boolean,
        "context_tokens": pl.Int64,
        "knowledge_cutoff": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Prices in USD per million tokens of all providers, and facts of models as their makers' entries say.

    An entry without a cost says nothing of its price. Facts under resellers repeat the maker's, often less
    exactly: they are taken only for models that no maker lists.
    """
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data = read_json(payload)
    if not isinstance(data, dict) or not all("models" in provider for provider in data.values()):
        raise ParseError(f"{payload.source_id}: {payload.url} is not an object of providers with models")
    listed = [
        (provider, model)
        for provider in data.values()
        for model in provider["models"].values()
        if model.get("id")
    ]
    prices = [row for provider, model in listed for row in _price_rows(provider, model)]
    facts = pl.DataFrame([_fact(provider, model) for provider, model in listed], schema=_FACT)
    return Records(
        {
            Kind.PRICE: with_sellers(pl.DataFrame(prices, schema=_PRICE)),
            Kind.MODEL_FACT: _one_per_model(facts),
        }
    )


def _price_rows(provider: Mapping[str, Any], model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cost = model.get("cost")
    if not isinstance(cost, dict):
        return
    yield _row(provider, model, "standard", cost)
    sizes = {
        f"above-{part['tier']['size'] // 1000}k": part for part in cost.get("tiers") or () if _by_size(part)
    }
    if not sizes and isinstance(cost.get("context_over_200k"), dict):
        sizes = {"above-200k": cost["context_over_200k"]}
    for tier, part in sizes.items():
        yield _row(provider, model, tier, part)


def _by_size(part: Mapping[str, Any]) -> bool:
    tier = part.get("tier")
    return isinstance(tier, dict) and tier.get("type") == "context" and bool(tier.get("size"))


def _row(
    provider: Mapping[str, Any], model: Mapping[str, Any], tier: str, cost: Mapping[str, Any]
) -> dict[str, Any]:
    free = tier == "standard" and str(model["id"]).endswith((":free", "-free"))
    return {
        "model_name": model["id"],
        "provider": provider.get("id") or provider.get("name"),
        "tier": "free" if free else tier,
        "url": provider.get("doc"),
        **{field: cost.get(key) for key, field in _FIELDS.items()},
    }


def _fact(provider: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    released = read_date(str(model.get("release_date") or ""))
    return {
        "model_name": model["id"],
        "provider": provider.get("id") or provider.get("name"),
        "display_name": model.get("name"),
        "open_weights": model.get("open_weights"),
        "reasoning": model.get("reasoning"),
        "context_tokens": (model.get("limit") or {}).get("context") or None,
        "knowledge_cutoff": model.get("knowledge"),
        "valid_on": released.on if released else None,
        "valid_precision": released.precision if released else None,
    }


def _one_per_model(facts: pl.DataFrame) -> pl.DataFrame:
    """The maker's entry where there is one, else the first that is listed."""
    told = with_sellers(facts).sort(pl.col("seller") != "maker", maintain_order=True)
    return told.unique("model_name", keep="first", maintain_order=True).drop("provider", "seller")


SOURCE = Source(
    id="models-dev",
    title="models.dev, models and prices by provider",
    homepage="https://models.dev",
    licence="MIT",
    attribution="models.dev by SST and contributors, MIT",
    urls=(URL,),
    cadence="37 */12 * * *",
    kinds=(Kind.PRICE, Kind.MODEL_FACT),
    parse=parse,
    core=True,
    complete=True,
)
