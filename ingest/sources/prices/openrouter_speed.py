"""How fast hosts answer through OpenRouter: its public API, its front end, and a scraped history.

Figures are medians over the last 30 minutes, of OpenRouter's own traffic. What is null or '--' was not
measured. Each address speaks of one model, so only a watch list is asked for, politely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlsplit

import polars as pl

from ingest.errors import ParseError
from ingest.prices.tiers import router_tier
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source, State
from ingest.sources._payloads import need_keys, read_json, read_rows
from ingest.sources.prices._sellers import kind_of_other_seller, seller_name

_SITE: Final = "https://openrouter.ai"
_SPEED_HISTORY: Final = "https://raw.githubusercontent.com/MrFlynn/openrouter-model-metrics"
_WATCHED: Final = (
    "anthropic/claude-4.5-haiku-20251001",
    "anthropic/claude-4.8-opus-20260528",
    "deepseek/deepseek-v3.2-20251201",
    "deepseek/deepseek-v4-flash-20260423",
    "google/gemini-2.5-flash",
    "google/gemma-4-31b-it-20260402",
    "meta-llama/llama-3.1-8b-instruct",
    "meta-llama/llama-3.3-70b-instruct",
    "minimax/minimax-m2.7-20260318",
    "openai/gpt-4o-mini",
    "openai/gpt-5.6-luna-20260709",
    "openai/gpt-oss-120b",
    "qwen/qwen3-32b-04-28",
    "z-ai/glm-4.7-20251222",
)
"""Frontier models and open models with many hosts, by OpenRouter's dated slugs."""

_DEGRADED: Final = "OpenRouter calls this host degraded now (negative status): its speed is not its usual one"

_SPEED: Final = pl.Schema(
    {
        "model_name": pl.String,
        "provider": pl.String,
        "setting": pl.String,
        "output_tokens_per_second": pl.Float64,
        "latency_seconds": pl.Float64,
        "url": pl.String,
    }
)
_PRICE: Final = pl.Schema(
    {
        "model_name": pl.String,
        "provider": pl.String,
        "tier": pl.String,
        "input_usd_per_mtok": pl.Float64,
        "output_usd_per_mtok": pl.Float64,
        "cached_input_usd_per_mtok": pl.Float64,
        "url": pl.String,
    }
)


def parse_endpoints(payloads: Sequence[Payload]) -> Records:
    """Speed (with a key only) in tokens per second and seconds, and each host's price in USD per million."""
    return merge(_endpoints(payload) for payload in payloads)


def _endpoints(payload: Payload) -> Records:
    data = _data(payload)
    if not isinstance(data, dict) or not isinstance(data.get("endpoints"), list):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `data.endpoints`")
    name = data.get("id")
    if not isinstance(name, str):
        raise ParseError(f"{payload.source_id}: {payload.url} does not say which model it speaks of (`id`)")
    hosts = data["endpoints"]
    prices = read_rows(
        payload, Kind.PRICE, hosts, lambda host: [_price(name, host)], _PRICE, name=lambda _: name
    )
    known = [host for host in hosts if isinstance(host, dict)]
    told = [host for host in known if host.get("throughput_last_30m") or host.get("latency_last_30m")]
    degraded = [host for host in told if _is_degraded(host)]
    speeds = read_rows(
        payload,
        Kind.SPEED,
        [host for host in told if not _is_degraded(host)],
        lambda host: [
            _speed(name, host, _p50(host.get("throughput_last_30m")), _p50(host.get("latency_last_30m")))
        ],
        _SPEED,
        name=lambda _: name,
    )
    slow = pl.DataFrame([{"model_name": name, "provider": _endpoint(host)} for host in degraded])
    asked = prices.frame.with_columns(seller=kind_of_other_seller(seller_name(pl.col("provider"))))
    return Records(
        {Kind.SPEED: _measured(speeds.frame), Kind.PRICE: asked},
        pl.concat([prices.refused, speeds.refused, refusals(Kind.SPEED, slow, _DEGRADED)]),
    )


def _is_degraded(host: Mapping[str, Any]) -> bool:
    status = host.get("status")
    return isinstance(status, (int, float)) and not isinstance(status, bool) and status < 0


def parse_stats(payloads: Sequence[Payload]) -> Records:
    """Median speed of each host of one model in tokens per second and seconds to the first token."""
    return merge(_stats(payload) for payload in payloads)


def _stats(payload: Payload) -> Records:
    hosts = _data(payload)
    if not isinstance(hosts, list):
        raise ParseError(
            f"{payload.source_id}: {payload.url} has no list `data`; the front end may have changed"
        )
    asked = parse_qs(urlsplit(payload.url).query).get("permaslug", [""])[0]
    need_keys(payload, hosts, ("stats",), fewest=2)

    def read(host: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        stats, model = host.get("stats") or {}, host.get("model") or {}
        name = model.get("permaslug") or asked
        yield _speed(name, host, stats.get("p50_throughput"), stats.get("p50_latency"))

    rows = read_rows(payload, Kind.SPEED, hosts, read, _SPEED, name=lambda _: asked)
    return Records({Kind.SPEED: _measured(rows.frame)}, rows.refused)


def parse_history(payloads: Sequence[Payload]) -> Records:
    """Scraped medians such as '88tps' and '0.66s'; an empty list is a scrape that failed, not an answer."""
    return merge(_history(payload) for payload in payloads)


def _history(payload: Payload) -> Records:
    models = read_json(payload)
    if not isinstance(models, list):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a list of models")
    need_keys(payload, models, ("model", "providers"))

    def read(model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for host in model["providers"] or ():
            yield {
                "model_name": model["model"],
                "provider": host["provider"],
                "setting": "",
                "output_tokens_per_second": _amount(host.get("throughput"), "tps"),
                "latency_seconds": _amount(host.get("latency"), "s"),
                "url": f"{_SITE}/{model['model']}",
            }

    rows = read_rows(payload, Kind.SPEED, models, read, _SPEED, name=lambda model: model["model"])
    return Records({Kind.SPEED: _measured(rows.frame)}, rows.refused)


def _amount(text: Any, unit: str) -> float | None:
    """'1,234tps' and '1.2Ktps' as 1234 and 1200; '--tps' as nothing."""
    number = str(text or "").removesuffix(unit).replace(",", "")
    thousand = number.endswith("K")
    try:
        return float(number.removesuffix("K")) * (1000 if thousand else 1)
    except ValueError:
        return None


def _data(payload: Payload) -> Any:
    data = read_json(payload)
    return data.get("data") if isinstance(data, dict) else None


def _p50(percentiles: Any) -> float | None:
    return percentiles.get("p50") if isinstance(percentiles, dict) else None


def _speed(name: str, host: Mapping[str, Any], throughput: Any, latency_ms: Any) -> dict[str, Any]:
    provider, _, place = _endpoint(host).partition("/")
    told = [str(host.get(key) or "") for key in ("variant", "quantization")]
    parts = dict.fromkeys(word for word in (*told, place) if word not in ("", "standard", "unknown"))
    return {
        "model_name": name,
        "provider": provider,
        "setting": ", ".join(parts),
        "output_tokens_per_second": throughput or None,
        "latency_seconds": latency_ms / 1000 if latency_ms else None,
        "url": f"{_SITE}/{name}",
    }


def _endpoint(host: Mapping[str, Any]) -> str:
    """A provider and, where it has several endpoints, its place or quantisation ('google-vertex/global')."""
    return str(host.get("provider_slug") or host.get("tag") or host.get("provider_name"))


def _price(name: str, host: Mapping[str, Any]) -> dict[str, Any]:
    pricing = host.get("pricing") or {}
    return {
        "model_name": name,
        "provider": _endpoint(host),
        "tier": router_tier(name),
        "input_usd_per_mtok": _usd(pricing.get("prompt")),
        "output_usd_per_mtok": _usd(pricing.get("completion")),
        "cached_input_usd_per_mtok": _usd(pricing.get("input_cache_read")),
        "url": f"{_SITE}/{name}",
    }


def _usd(value: Any) -> float | None:
    try:
        return round(float(value) * 1e6, 9)
    except (TypeError, ValueError):
        return None


def _measured(frame: pl.DataFrame) -> pl.DataFrame:
    """Only hosts with a figure: no traffic is no measurement."""
    return frame.filter(
        pl.any_horizontal(pl.col("output_tokens_per_second", "latency_seconds").is_not_null())
    )


def _endpoint_urls(state: State) -> Iterator[str]:
    return (f"{_SITE}/api/v1/models/{name}/endpoints" for name in _names(state))


def _stats_urls(state: State) -> Iterator[str]:
    return (
        f"{_SITE}/api/frontend/v1/stats/endpoint?permaslug={quote(name, '')}&variant=standard"
        for name in _names(state)
    )


def _names(state: State) -> tuple[str, ...]:
    """What the warehouse offers, then the watch list, by OpenRouter's slugs."""
    return tuple(dict.fromkeys((*state.names, *_WATCHED)))


SOURCES: Final = (
    Source(
        id="openrouter-endpoints",
        title="OpenRouter, price and speed by host",
        homepage=_SITE,
        licence="none stated",
        attribution="OpenRouter, openrouter.ai",
        urls=lambda state: tuple(_endpoint_urls(state)),
        cadence="11 */8 * * *",
        kinds=(Kind.SPEED, Kind.PRICE),
        parse=parse_endpoints,
        key_env="OPENROUTER_API_KEY",
        headers={"Authorization": "Bearer {key}"},
        after=("openrouter-usage",),
    ),
    Source(
        id="openrouter-stats",
        title="OpenRouter, speed by host (undocumented, may vanish)",
        homepage=_SITE,
        licence="none stated",
        attribution="OpenRouter, openrouter.ai",
        urls=lambda state: tuple(_stats_urls(state)),
        cadence="21 */12 * * *",
        kinds=(Kind.SPEED,),
        parse=parse_stats,
        after=("openrouter-usage",),
    ),
    Source(
        id="openrouter-speed-history",
        title="OpenRouter, speed by host, scraped history to July 2026",
        homepage="https://github.com/MrFlynn/openrouter-model-metrics",
        licence="MIT",
        attribution="openrouter-model-metrics by MrFlynn, MIT; figures of OpenRouter",
        frozen="since 2026-07-02: the last full table; the ones after it are empty",
        urls=(f"{_SPEED_HISTORY}/50d2335271716551bc4c52e65ceb1883153e2158/model-metrics.json",),
        cadence="30d",
        kinds=(Kind.SPEED,),
        parse=parse_history,
    ),
)
