"""Which models are asked for one by one: the most able and the most used, in the spelling of the seller."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from store.sql import query
from store.warehouse import Warehouse

AT = datetime(2026, 1, 2, tzinfo=UTC)


def _used(name: str, tokens: float) -> dict[str, Any]:
    return {
        "valid_on": date(2026, 1, 1),
        "model_name": name,
        "tokens": tokens,
        "source_id": "openrouter-usage",
        "payload_sha256": "a" * 64,
        "observed_at": AT,
        "gone": False,
    }


def test_the_most_able_and_the_most_used_are_watched_and_nameless_ones_are_not(warehouse: Warehouse) -> None:
    """Of thirty the ten of the highest index and the ten most used; `other` and stealth names never."""
    names = [f"maker/model-{place:02}" for place in range(30)]
    used = [_used(name, 1000.0 - place) for place, name in enumerate(names)]
    used += [_used("other", 1e9), _used("stealth/owl", 1e9)]
    warehouse.insert("usage", pl.DataFrame(used))
    aliases = [{"source_id": "openrouter-usage", "model_name": name, "model_id": name[6:]} for name in names]
    warehouse.insert("model_alias", pl.DataFrame(aliases))
    able = [{"model_id": name[6:], "capability": float(place)} for place, name in enumerate(names)]
    warehouse.insert("capability_index", pl.DataFrame(able))
    watched = warehouse.frame(query("names_to_watch"), {"as_of": AT})["model_name"].to_list()
    assert watched == names[:10] + names[20:]
