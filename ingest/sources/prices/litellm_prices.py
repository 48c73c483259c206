"""LiteLLM's community table of prices: thousands of models under the names of their sellers.

A change in this file is as often a correction as a price change, and a name that vanishes is "not listed".
Only entries that sell text by the token are taken (`mode` chat, completion or responses).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import polars as pl

from ingest.errors import ParseError
from ingest.formats.texts import loaded_json
from ingest.prices.tiers import unknown_prices
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Read, Source, Version
from ingest.sources._payloads import FEWEST_TO_JUDGE, need_keys, read_json_of, read_rows
from ingest.sources.prices._sellers import with_sellers

_FILE: Final = "model_prices_and_context_window.json"
_COMMITS: Final = "https://api.github.com/repos/BerriAI/litellm/commits"
_RAW: Final = "https://raw.githubusercontent.com/BerriAI/litellm"
_MODES: Final = ("chat", "completion", "responses", None)
_ABOUT: Final = frozenset({"litellm_provider", "mode"})
"""What an entry sells and who sells it; the tables of the summer of 2023 said neither."""

_DOCUMENTATION: Final = "sample_spec"
_PER_MILLION: Final = 1e6

_FIELDS: Final[Mapping[str, str]] = {
    "input_cost_per_token": "input_usd_per_mtok",
    "output_cost_per_token": "output_usd_per_mtok",
    "cache_read_input_token_cost": "cached_input_usd_per_mtok",
    "cache_creation_input_token_cost": "cache_write_usd_per_mtok",
}
_PRICES: Final = tuple(_FIELDS.values())
_PRICE_KEY: Final = re.compile(rf"({'|'.join(_FIELDS)})(?:_above_(\d+k)_tokens)?(?:_([a-z][a-z_]*))?")
_NO_TIERS: Final = frozenset({"cache_hit", "per_audio_token", "above", "image", "audio", "video"})
"""What stands behind a known field's name and makes it another field, not another tier."""

_TIER_WORDS: Final[Mapping[str, str]] = {"batches": "batch", "batch_requests": "batch"}
_OTHER_PRICES: Final = re.compile(
    r".*(?:audio|image|video|character|second|query|request|pixel|session|dbu?_cost|reasoning|citation|page"
    r"|cache_hit|above_1hr|search|code_interpreter|storage|vector_store|file|google_maps|computer_use).*"
    r"|tiered_pricing|(?:supports|max|min)_.*|.*_source|.*_url|regional_processing.*|provider_specific.*"
)
"""Fields with prices of other things than tokens of text, or without any price."""

_KNOWN: Final = re.compile(rf"(?:{_PRICE_KEY.pattern})|(?:{_OTHER_PRICES.pattern})")


class _Slot(NamedTuple):
    tier: str
    field: str


def parse(payloads: Sequence[Payload]) -> Records:
    """Prices in USD per million tokens, one row per model name and tier (standard, batch, above-200k ...)."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is not an object of models")
    need_keys(payload, data.values(), list(_FIELDS)[:2], fewest=FEWEST_TO_JUDGE)
    if any(isinstance(entry, dict) and not _ABOUT.isdisjoint(entry) for entry in data.values()):
        need_keys(payload, data.values(), sorted(_ABOUT), fewest=FEWEST_TO_JUDGE)
    entries = [(name, entry) for name, entry in data.items() if name != _DOCUMENTATION and _sells(entry)]
    rows = read_rows(payload, Kind.PRICE, entries, lambda entry: _rows(*entry), _ROW, name=itemgetter(0))
    sold = ((name, entry) for name, entry in entries if isinstance(entry, dict))
    unknown = unknown_prices(sold, _KNOWN)
    return Records({Kind.PRICE: _prices(rows.frame)}, pl.concat([rows.refused, unknown, repeated]))


def _sells(entry: Any) -> bool:
    """Whether text is sold by the token; an entry that is no object is left for the reader to refuse."""
    return not isinstance(entry, dict) or entry.get("mode") in _MODES


_ROW: Final = pl.Schema(
    {"name": pl.String, "shop": pl.String, "url": pl.String, "tier": pl.String}
    | dict.fromkeys(_PRICES, pl.Float64)
)


def _rows(name: str, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row per tier."""
    tiers: dict[str, dict[str, float | None]] = {"standard": {}}
    for key, value in entry.items():
        slot = _slot(key)
        if slot is not None:
            tiers.setdefault(slot.tier, {})[slot.field] = _usd(value)
    for tier, prices in _ranges(entry.get("tiered_pricing")):
        tiers.setdefault(tier, {}).update(prices)
    link = entry.get("source")
    head = {
        "name": name,
        "shop": entry.get("litellm_provider") or "unknown",
        "url": link if isinstance(link, str) else None,
    }
    return [
        {**head, "tier": tier, **prices}
        for tier, prices in tiers.items()
        if tier == "standard" or prices.get(_PRICES[0]) is not None or prices.get(_PRICES[1]) is not None
    ]


@cache
def _slot(key: str) -> _Slot | None:
    """Which tier and field a key of an entry speaks of; None for all that is not a price of text tokens."""
    match = _PRICE_KEY.fullmatch(key)
    if match is None:
        return None
    base, above, service = match.groups()
    if service in _NO_TIERS:
        return None
    words = [f"above-{above}" if above else None, _TIER_WORDS.get(service, service)]
    return _Slot("-".join(word for word in words if word) or "standard", _FIELDS[base])


def _ranges(tiers: Any) -> list[tuple[str, dict[str, float | None]]]:
    """Prices by length of prompt: a list of {range: [from, to], input_cost_per_token: ...}."""
    found = []
    for part in tiers if isinstance(tiers, list) else ():
        bounds = part.get("range") if isinstance(part, dict) else None
        if not isinstance(bounds, list) or not bounds:
            continue
        prices = {field: _usd(part[key]) for key, field in _FIELDS.items() if key in part}
        least = int(float(bounds[0])) // 1000
        found.append((f"above-{least}k" if least else "standard", prices))
    return found


def _usd(value: Any) -> float | None:
    """USD per token, which may be a number or a text, as USD per million; objects and texts are null."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return round(value * _PER_MILLION, 9)


def _prices(table: pl.DataFrame) -> pl.DataFrame:
    tuned = pl.col("name").str.contains(r"(^|/)ft:")
    rows = table.select(
        "url",
        *_PRICES,
        model_name="name",
        provider="shop",
        tier=pl.when(tuned).then(pl.lit("fine-tuned-") + pl.col("tier")).otherwise("tier"),
    )
    return with_sellers(rows)


def history(read: Read, since: date, until: date) -> Iterator[Version]:
    """For each first day of a month, the table at the newest commit before it, as of that commit.

    The two commits before it stand ready for one of the few that are no valid JSON. GitHub allows 60 calls an
    hour without a token; one version a month keeps below for five years.
    """
    seen: set[str] = set()
    for month in _first_days(since, until):
        copies = [_version(commit) for commit in loaded_json(read(_commits_until(month)), _COMMITS)]
        if copies and copies[0].address not in seen:
            seen.add(copies[0].address)
            yield replace(copies[0], older=tuple(copies[1:]))


def _version(commit: Mapping[str, Any]) -> Version:
    at = datetime.fromisoformat(commit["commit"]["committer"]["date"])
    return Version(f"{_RAW}/main/{_FILE}", f"{_RAW}/{commit['sha']}/{_FILE}", at.astimezone(UTC))


def _first_days(since: date, until: date) -> Iterator[datetime]:
    for year in range(since.year, until.year + 1):
        for month in range(1, 13):
            if since <= date(year, month, 1) <= until:
                yield datetime(year, month, 1, tzinfo=UTC)


def _commits_until(instant: datetime) -> str:
    until = quote(instant.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return f"{_COMMITS}?path={_FILE}&until={until}&per_page=3"


SOURCE = Source(
    id="litellm-prices",
    title="LiteLLM, prices of models by seller",
    homepage="https://github.com/BerriAI/litellm",
    licence="MIT",
    attribution="LiteLLM model prices by BerriAI and contributors, MIT",
    urls=(f"{_RAW}/main/{_FILE}",),
    cadence="41 */6 * * *",
    kinds=(Kind.PRICE,),
    parse=parse,
    core=True,
    complete=True,
    history=history,
)
