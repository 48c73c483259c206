"""Tiers of prices: which ones a model's name says, and which fields of an entry hold prices nobody knows yet.

A list price is what a maker asks for an answer at once, under no condition. Whatever a seller sets apart by a
mark at the end of a name (`:batch`, `_ultrafast`) is another tier until somebody has looked at it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from ingest.records import REFUSAL_SCHEMA, Kind

STANDARD: Final = "standard"
"""The tier that an answer at once is billed by, under no condition."""

_TIER_WORDS: Final = (
    r"batch(?:es)?|flex|priority|(?:ultra|super|hyper|extra)-?fast|fast|turbo|balanced|econom(?:y|ic)|eco|saver"
    r"|off-?peak|peak|scale|dedicated|provisioned|on-?demand|express|slow|discount(?:ed)?|extended|exacto"
    r"|nitro|floor|online|free"
)
_MARKED: Final = rf"(?i)[:_]({_TIER_WORDS})$|[(\[]({_TIER_WORDS})[)\]]$"
_SPOKEN: Final = (
    r"(?i)[\s-](batch(?:es)?|flex|priority|off-?peak|provisioned|on-?demand)(?:[\s-](?:api|tier))?$"
)
"""Words that no model is called by, so that a hyphen or a blank is mark enough."""

_BEHIND_COLON: Final = re.compile(r":([a-z][a-z_-]*)$")
_OF_THE_MODEL: Final = frozenset({"thinking", "beta", "latest"})
"""Words behind a colon that a router sells at the model's own price."""

_VARIANTS: Final = "thinking|reasoning|beta|latest|preview|instruct|chat|text|vision|code|mini|base"
_ANY_BEHIND_COLON: Final = r"(?i):([a-z][a-z_-]*)$"

_SAME_TIER: Final = {"batches": "batch", "extended": "extended"}

_PRICE_WORDS: Final = re.compile(r"cost|price|pricing|rate_per|_fee")


def with_tiers(prices: pl.DataFrame) -> pl.DataFrame:
    """Price rows in which the standard tier is another one where the name says so."""
    name = pl.col("model_name")
    found = [name.str.extract(_MARKED, 1), name.str.extract(_MARKED, 2), name.str.extract(_SPOKEN, 1)]
    said = pl.coalesce(*found, pl.lit("")).str.to_lowercase()
    other = (pl.col("tier") == STANDARD) & (said != "")
    return prices.with_columns(tier=pl.when(other).then(said.replace(_SAME_TIER)).otherwise("tier"))


def with_unknown_tiers(prices: pl.DataFrame) -> pl.DataFrame:
    """As `with_tiers`, for unknown sellers: also any word behind a colon that names no kind of model."""
    known = with_tiers(prices)
    said = pl.col("model_name").str.extract(_ANY_BEHIND_COLON, 1).str.to_lowercase()
    other = (pl.col("tier") == STANDARD) & said.is_not_null() & ~said.str.contains(f"^(?:{_VARIANTS})$")
    return known.with_columns(tier=pl.when(other).then(said).otherwise("tier"))


def router_tier(slug: str) -> str:
    """The tier of a router's slug: whatever stands behind its colon, but for words that are the model's."""
    found = _BEHIND_COLON.search(slug.lower())
    if found is None or found[1] in _OF_THE_MODEL:
        return STANDARD
    return _SAME_TIER.get(found[1], found[1])


def unknown_prices(
    entries: Iterable[tuple[str, Mapping[str, Any]]],
    known: re.Pattern[str],
    words: re.Pattern[str] = _PRICE_WORDS,
) -> pl.DataFrame:
    """A note for each field that seems to hold a price and that nobody knows, as refusals.

    entries   names of models, each with its fields
    known     what the names of all known fields match in full
    words     what the name of a field that holds a price matches somewhere
    """
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for name, entry in entries:
        for field, value in entry.items():
            if words.search(field) and not known.fullmatch(field) and _is_price(value):
                counts[field] += 1
                first.setdefault(field, name)
    rows = [
        {
            "kind": Kind.PRICE.value,
            "row": json.dumps({"field": field, "model_name": first[field], "models": count}),
            "reason": f"the field {field!r} seems to hold a price and is not known: it is not taken in",
        }
        for field, count in counts.items()
    ]
    return pl.DataFrame(rows, schema=REFUSAL_SCHEMA)


def _is_price(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_price(inner) for inner in value.values())
    try:
        return not isinstance(value, bool) and float(value) != 0
    except (TypeError, ValueError):
        return False
