"""Pydantic's genai-prices: prices by provider with dated steps, and rules that name a model's spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.identity.match_rules import MatchRule, read_match_rules
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, need_keys, read_json, read_json_of, read_rows
from ingest.sources.prices._sellers import with_sellers

URL: Final = "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json"
"""The older prices/data.json is frozen since 2026-07-25; both have the form that is read here."""

_MOST_LEVELS: Final = 20
"""No published rule is nested deeper than a few levels."""

_FIELDS: Final[Mapping[str, str]] = {
    "input_mtok": "input_usd_per_mtok",
    "output_mtok": "output_usd_per_mtok",
    "cache_read_mtok": "cached_input_usd_per_mtok",
    "cache_write_mtok": "cache_write_usd_per_mtok",
}
_ROW: Final = pl.Schema(
    {
        "model_name": pl.String,
        "provider": pl.String,
        "tier": pl.String,
        "url": pl.String,
        "start_date": pl.String,
    }
    | dict.fromkeys(_FIELDS.values(), pl.Float64)
)


def genai_match_rules(payload: Payload) -> tuple[MatchRule, ...]:
    """The rules by which genai-prices recognises the spellings of its models; broken ones are left out.

    A rule without sense must not reach the resolver, where it would stop all names from being resolved.
    """
    named = [
        {"models": [model for model in provider["models"] if _names_itself(model)]}
        for provider in _providers(payload)
    ]
    return read_match_rules(named)


def _names_itself(model: Any) -> bool:
    return isinstance(model, dict) and "id" in model and _is_rule(model.get("match"), _MOST_LEVELS)


def _is_rule(clause: Any, levels: int) -> bool:
    """Whether a clause is a tree of conditions on texts, no deeper than `levels`."""
    if not isinstance(clause, dict) or not clause or levels == 0:
        return False
    for operator, operand in clause.items():
        if operator in ("or", "and"):
            if not isinstance(operand, list) or not all(_is_rule(part, levels - 1) for part in operand):
                return False
        elif not isinstance(operand, str) or (operator == "regex" and not _is_pattern(operand)):
            return False
    return True


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text.lower())
    except re.error:
        return False
    return True


def parse(payloads: Sequence[Payload]) -> Records:
    """Prices in USD per million tokens; `valid_on` is the start of a dated step, null for the first.

    Steps may start in the future. Prices by time of day are tiers of their own (`time 00:30-16:30`).
    """
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    every = _listed_providers(data)
    providers = _with_models(payload, every)
    listed = [(provider, model) for provider in providers for model in provider["models"]]
    listed += [(provider, None) for provider in every if provider not in providers]
    need_keys(payload, [model for _, model in listed], ("id", "prices"))
    rows = read_rows(
        payload,
        Kind.PRICE,
        listed,
        lambda pair: _rows_of_model(*pair),
        _ROW,
        name=lambda pair: pair[1]["id"],
    )
    if rows.frame.is_empty():
        raise ParseError(
            f"{payload.source_id}: {payload.url} states no price under {' or '.join(list(_FIELDS)[:2])}"
        )
    valid_on = day("start_date")
    undated = pl.col("start_date").is_not_null() & valid_on.is_null()
    prices = rows.frame.filter(~undated).with_columns(
        valid_on=valid_on, valid_precision=day_precision(valid_on)
    )
    odd = refusals(Kind.PRICE, rows.frame.filter(undated), "the start of the step is not a date")
    return Records(
        {Kind.PRICE: with_sellers(prices.drop("start_date"))}, pl.concat([repeated, rows.refused, odd])
    )


def _providers(payload: Payload) -> list[dict[str, Any]]:
    """The providers that list models; raises ParseError where none does."""
    return _with_models(payload, _listed_providers(read_json(payload)))


def _with_models(payload: Payload, every: list[Any]) -> list[dict[str, Any]]:
    known = [
        provider
        for provider in every
        if isinstance(provider, dict) and isinstance(provider.get("models"), list)
    ]
    if not known:
        raise ParseError(f"{payload.source_id}: {payload.url} is not a list of providers with models")
    return known


def _listed_providers(data: Any) -> list[Any]:
    providers = data.get("providers") if isinstance(data, dict) else data
    return providers if isinstance(providers, list) else []


def _rows_of_model(provider: Mapping[str, Any], model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for step in _steps(model["prices"]):
        yield from _rows(provider, model, step)


def _steps(prices: Any) -> list[Mapping[str, Any]]:
    """One undated step, or the list of steps with their constraints."""
    return prices if isinstance(prices, list) else [{"prices": prices or {}}]


def _rows(
    provider: Mapping[str, Any], model: Mapping[str, Any], step: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    constraint = step.get("constraint") or {}
    hours = (
        f"time {constraint['start_time'][:5]}-{constraint['end_time'][:5]}"
        if "start_time" in constraint
        else None
    )
    links = provider.get("pricing_urls") or [provider.get("pricing_url")]
    for size, prices in _tiers(step.get("prices") or {}).items():
        if _FIELDS["input_mtok"] not in prices and _FIELDS["output_mtok"] not in prices:
            continue  # billed by the request, the image or the character
        yield {
            "model_name": model["id"],
            "provider": provider["id"],
            "tier": "-".join(word for word in (size, hours) if word) or "standard",
            "url": links[0],
            "start_date": constraint.get("start_date"),
            **prices,
        }


def _tiers(prices: Mapping[str, Any]) -> dict[str | None, dict[str, float]]:
    """Prices by size of the prompt: None is the base, 'above-200k' what is asked beyond 200,000 tokens."""
    tiers: dict[str | None, dict[str, float]] = {None: {}}
    for key, field in _FIELDS.items():
        said = prices.get(key)
        if isinstance(said, int | float):
            tiers[None][field] = float(said)
        elif isinstance(said, dict):
            tiers[None][field] = float(said["base"])
            for step in said.get("tiers") or ():
                tiers.setdefault(f"above-{int(step['start']) // 1000}k", {})[field] = float(step["price"])
        elif said is not None:
            tiers[None][field] = float(said)
    return tiers


SOURCE = Source(
    id="genai-prices",
    title="genai-prices, prices by provider with dated steps",
    homepage="https://github.com/pydantic/genai-prices",
    licence="MIT",
    attribution="genai-prices by Pydantic and contributors, MIT",
    urls=(URL,),
    cadence="53 */12 * * *",
    kinds=(Kind.PRICE,),
    parse=parse,
    copies=("openrouter-models",),
    core=True,
    complete=True,
)
