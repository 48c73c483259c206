"""What other sellers and other names tell of a price.

A router passes the maker's changes on, and a maker's own cloud follows them: where one of them says a price
that a list names as the maker's, it tells when (an echo: it names no price of its own). A moving name costs
what the version costs to which it points, from the day on which it came to point there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from ingest.prices.claims import Known
from ingest.prices.group import Group

PASS_ON: Final = ("openrouter", "vertex_ai")
"""Sellers that ask what the maker asks: a router that adds nothing, and a maker's own cloud."""


def passed_on(groups: Sequence[Group]) -> list[list[dict[str, Any]]]:
    """For each group of a maker the claims of those who pass its price on; nothing for other groups."""
    elsewhere: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for group in groups:
        if group.provider in PASS_ON:
            elsewhere[group.model_id, group.tier] += [
                {**claim, "counts_as": f"{group.provider} in {claim['source_id']}"}
                for claim in group.claims
                if claim["known"] == Known.SEEN
            ]
    return [elsewhere[group.model_id, group.tier] if group.seller == "maker" else [] for group in groups]


def pointed_to(groups: Sequence[Group], moves: pl.DataFrame) -> list[list[dict[str, Any]]]:
    """For each group of a moving name what lists say of its versions while it pointed there (`is_moved`)."""
    place = {(group.model_id, group.provider, group.tier): group.claims for group in groups}
    spans = _spans(moves)
    return [
        [
            told
            for target_id, from_on, to_on in spans.get(group.model_id, ())
            for claim in place.get((target_id, group.provider, group.tier), ())
            if (told := _of_the_name(claim, group.model_id, from_on, to_on))
        ]
        for group in groups
    ]


def _of_the_name(
    claim: Mapping[str, Any], model_id: str, from_on: date, to_on: date
) -> dict[str, Any] | None:
    """A claim on a version as one on the name that points to it; it states the day of the move if it knows
    the price of that day.
    """
    first, last = max(claim["from_on"], from_on), min(claim["to_on"], to_on)
    if first > last or claim["known"] in (Known.GONE, Known.ANNOUNCED):
        return None
    knows = claim["known"] != Known.LAUNCH and first == from_on
    return {
        **claim,
        "model_id": model_id,
        "known": Known.STATED.value if knows else claim["known"],
        "from_on": first,
        "to_on": last,
        "is_first": claim["is_first"] and not knows,
        "still_said": False,
        "before_on": None,
        "is_moved": True,
    }


def _spans(moves: pl.DataFrame) -> Mapping[str, list[tuple[str, date, date]]]:
    """From when to when each moving name pointed to which version."""
    ordered = moves.sort("model_id", "moved_on", "target_id").with_columns(
        until=pl.col("moved_on").shift(-1).over("model_id")
    )
    found: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    for name, target_id, moved_on, until in ordered.select(
        "model_id", "target_id", "moved_on", "until"
    ).iter_rows():
        if target_id != name:
            found[name].append((target_id, moved_on, until - timedelta(days=1) if until else date.max))
    return found
