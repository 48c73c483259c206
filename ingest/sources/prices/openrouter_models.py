"""OpenRouter's list of models: what it charges for each, and what it says of the model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urljoin

import polars as pl

from ingest.errors import ParseError
from ingest.prices.tiers import router_tier, unknown_prices
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_json, read_json_of, read_rows

URL: Final = "https://openrouter.ai/api/v1/models"
_PER_MILLION: Final = 1e6
_FIELDS: Final[Mapping[str, str]] = {
    "prompt": "input_usd_per_mtok",
    "completion": "output_usd_per_mtok",
    "input_cache_read": "cached_input_usd_per_mtok",
    "input_cache_write": "cache_write_usd_per_mtok",
}
_NEEDED: Final = ("prompt", "completion")
_SERVICE: Final = re.compile(rf"({'|'.join(_FIELDS)})_([a-z]\w*|\d+h)")
_NO_SERVICES: Final = frozenset({"1h", "audio", "image"})
_TIERS: Final = {"batches": "batch"}
_KNOWN: Final = re.compile(
    rf"(?:{_SERVICE.pattern})|{'|'.join(_FIELDS)}|web_search|internal_reasoning|image(?:_\w+)?|request|overrides"
    r"|(?:input_)?audio(?:_\w+)?|discount"
)
_ANY: Final = re.compile("")
_PRICES: Final = pl.Schema(
    {"model_name": pl.String, "organization": pl.String, "tier": pl.String, "url": pl.String}
    | dict.fromkeys(_FIELDS.values(), pl.Float64)
)
_FACTS: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "display_name": pl.String,
        "open_weights": pl.Boolean,
        "reasoning": pl.Boolean,
        "context_tokens": pl.Int64,
        "knowledge_cutoff": pl.String,
        "url": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Router prices in USD per million tokens and facts of models.

    A price of -1 stands for a router that picks a model: it is refused. Aliases (`~maker/x-latest`) repeat
    another entry and are left out. `created` is the day of listing, not of release, so facts bear no date.
    """
    return merge(_parse_page(payload) for payload in payloads)


def _parse_page(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    models = data.get("data") if isinstance(data, dict) else None
    if not isinstance(models, list):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `data`")
    need_keys(payload, models, ("id", "pricing"))
    need_keys(payload, [model.get("pricing") for model in models if isinstance(model, dict)], _NEEDED)
    real = [model for model in models if not _is_alias(model)]
    priced = [model for model in real if not _is_router(model)]
    routers = [{"model_name": str(model["id"])} for model in real if _is_router(model)]
    prices = read_rows(payload, Kind.PRICE, priced, _price_rows, _PRICES, name=lambda model: model["id"])
    facts = read_rows(
        payload,
        Kind.MODEL_FACT,
        [model for model in priced if isinstance(model, dict)],
        lambda model: [_fact(model)],
        _FACTS,
        name=lambda model: model["id"],
    )
    reason = "a router that picks a model per request: it has no price of its own"
    listed = ((str(model["id"]), model["pricing"]) for model in priced if _has_prices(model))
    unknown = unknown_prices(listed, _KNOWN, _ANY)
    sold = prices.frame.with_columns(provider=pl.lit("openrouter"), seller=pl.lit("router"))
    return Records(
        {Kind.PRICE: sold, Kind.MODEL_FACT: facts.frame},
        pl.concat(
            [
                repeated,
                refusals(Kind.PRICE, pl.DataFrame(routers), reason),
                prices.refused,
                facts.refused,
                unknown,
            ]
        ),
    )


def _has_prices(model: Any) -> bool:
    return isinstance(model, dict) and isinstance(model.get("pricing"), dict)


def _is_alias(model: Any) -> bool:
    return isinstance(model, dict) and str(model.get("id") or "").startswith("~")


def _is_router(model: Any) -> bool:
    pricing = model.get("pricing") if isinstance(model, dict) else None
    return isinstance(pricing, dict) and any(
        (_usd(pricing.get(name)) or 0) < 0 for name in ("prompt", "completion")
    )


def _price_rows(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    pricing = model["pricing"]
    rows = [_row(model, router_tier(str(model["id"])), pricing), *_service_rows(model, pricing)]
    for step in pricing.get("overrides") or ():
        if step.get("min_prompt_tokens"):
            rows.append(_row(model, f"above-{int(step['min_prompt_tokens']) // 1000}k", step))
        else:
            # Prices by time of day: not what a model costs, but kept apart under the words of the source.
            words = sorted(f"{key}={value}" for key, value in step.items() if key not in pricing)
            rows.append(_row(model, "override " + ", ".join(words), step))
    return rows


def _service_rows(model: Mapping[str, Any], pricing: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each service whose prices stand beside the standard ones (`prompt_batch`)."""
    services: dict[str, dict[str, Any]] = {}
    for key, value in pricing.items():
        found = _SERVICE.fullmatch(key)
        if found and found[2] not in _NO_SERVICES:
            services.setdefault(found[2], {})[found[1]] = value
    return [_row(model, _TIERS.get(service, service), prices) for service, prices in services.items()]


def _row(model: Mapping[str, Any], tier: str, pricing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "model_name": model["id"],
        "organization": _organization(model),
        "tier": tier,
        "url": "https://openrouter.ai/" + str(model["id"]).split(":")[0],
        **{field: _price(pricing.get(key)) for key, field in _FIELDS.items()},
    }


def _usd(value: Any) -> float | None:
    """USD per token as text to USD per million tokens."""
    try:
        return round(float(value) * _PER_MILLION, 9)
    except (TypeError, ValueError):
        return None


def _price(value: Any) -> Any:
    """USD per million tokens; what is not a number goes on as it is, to be refused by its name."""
    usd = _usd(value)
    return value if usd is None else usd


def _organization(model: Mapping[str, Any]) -> str | None:
    """The maker as it stands before the colon of the name ('OpenAI: GPT-4o')."""
    maker, colon, _ = str(model.get("name") or "").partition(":")
    return maker.strip() if colon else None


def _fact(model: Mapping[str, Any]) -> dict[str, Any]:
    """A link to the weights on Hugging Face stands for open weights; the lack of one says nothing sure."""
    weights = model.get("hugging_face_id")
    return {
        "model_name": model["id"],
        "organization": _organization(model),
        "display_name": model.get("name"),
        "open_weights": True if weights else None,
        "reasoning": "reasoning" in (model.get("supported_parameters") or ()),
        "context_tokens": model.get("context_length") or None,
        "knowledge_cutoff": model.get("knowledge_cutoff"),
        "url": f"https://huggingface.co/{weights}" if weights else "https://openrouter.ai/" + model["id"],
    }


def follow(payload: Payload) -> Sequence[str]:
    """The next page, where the list has one."""
    data = read_json(payload)
    links = data.get("links") if isinstance(data, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    return (urljoin(payload.url, following),) if isinstance(following, str) and following else ()


SOURCE = Source(
    id="openrouter-models",
    title="OpenRouter, models and prices",
    homepage="https://openrouter.ai/models",
    licence="none stated",
    attribution="OpenRouter, openrouter.ai",
    urls=(URL,),
    cadence="47 */6 * * *",
    kinds=(Kind.PRICE, Kind.MODEL_FACT),
    parse=parse,
    core=True,
    complete=True,
    follow=follow,
)
