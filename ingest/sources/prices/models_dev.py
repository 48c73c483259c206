"""models.dev: prices of models by provider, and what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_json_of, read_rows
from ingest.sources.prices._sellers import with_sellers

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
    data, repeated = read_json_of(payload, Kind.PRICE)
    if not isinstance(data, dict) or not data:
        raise ParseError(f"{payload.source_id}: {payload.url} is not an object of providers with models")
    need_keys(payload, data.values(), ("id", "models"))
    listed = [pair for provider in data.values() for pair in _models(provider)]
    need_keys(payload, [model for _, model in listed], ("id", "cost"))
    costs = [model.get("cost") for _, model in listed if isinstance(model, dict)]
    need_keys(payload, costs, ("input", "output"))
    prices = read_rows(payload, Kind.PRICE, listed, lambda pair: _price_rows(*pair), _PRICE, name=_name)
    named = [pair for pair in listed if isinstance(pair[1], dict) and pair[1].get("id")]
    facts = read_rows(payload, Kind.MODEL_FACT, named, lambda pair: [_fact(*pair)], _FACT, name=_name)
    return Records(
        {
            Kind.PRICE: with_sellers(prices.frame),
            Kind.MODEL_FACT: _one_per_model(facts.frame),
        },
        pl.concat([repeated, prices.refused, facts.refused]),
    )


def _models(provider: Any) -> list[tuple[Any, Any]]:
    """Provider and model for each model listed; a provider without models is one pair, to be refused."""
    models = provider.get("models") if isinstance(provider, dict) else None
    found = [*models.values()] if isinstance(models, dict) else [provider]
    return [(provider, model) for model in found]


def _name(pair: tuple[Any, Any]) -> Any:
    return pair[1]["id"]


def _price_rows(provider: Mapping[str, Any], model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    model["id"], provider["models"]
    cost = model.get("cost")
    if cost is None:
        return
    yield _row(provider, model, "standard", cost)
    tiers = cost.get("tiers")
    parts = [part for part in tiers if _by_size(part)] if isinstance(tiers, list) else []
    sizes = {f"above-{int(part['tier']['size']) // 1000}k": part for part in parts}
    if not sizes and isinstance(cost.get("context_over_200k"), dict):
        sizes = {"above-200k": cost["context_over_200k"]}
    for tier, part in sizes.items():
        yield _row(provider, model, tier, part)


def _by_size(part: Any) -> bool:
    tier = part.get("tier") if isinstance(part, dict) else None
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
    limit = model.get("limit")
    return {
        "model_name": model["id"],
        "provider": provider.get("id") or provider.get("name"),
        "display_name": model.get("name"),
        "open_weights": model.get("open_weights"),
        "reasoning": model.get("reasoning"),
        "context_tokens": limit.get("context") or None if isinstance(limit, dict) else None,
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
