"""What other sellers and other names tell of a price.

A router passes the maker's changes on, and a maker's own cloud follows them: where one of them says a price
that a list names as the maker's, it tells when (an echo: it names no price of its own). A moving name costs
what the version costs to which it points, from the day on which it came to point there, and the version what
the name costs meanwhile; a notice that shuts the name down shuts down the version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from ingest.prices.claims import Known
from ingest.prices.group import Group, agrees, price_of

PASS_ON: Final = ("openrouter", "vertex_ai")
"""Sellers that ask what the maker asks: a router that adds nothing, and a maker's own cloud."""

Spans = Mapping[str, Sequence[tuple[str, date, date]]]
"""By model the others that stood for it, or for which it stood, each from one day to another."""

Retold = Callable[[Mapping[str, Any], str, date, date], dict[str, Any] | None]
"""A claim on another model as one on this, from one day to another; None where it says nothing of it."""


def passed_on(groups: Sequence[Group], moves: pl.DataFrame) -> list[list[dict[str, Any]]]:
    """For each group of a maker the claims of those who pass its price on, under a moving name too; nothing
    for other groups.
    """
    elsewhere: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for group in groups:
        if group.provider in PASS_ON:
            elsewhere[group.model_id, group.tier] += [
                {**claim, "counts_as": f"{group.provider} in {claim['source_id']}"}
                for claim in group.claims
                if claim["known"] == Known.SEEN
            ]
    names = _names(moves)

    def echoes(group: Group) -> list[dict[str, Any]]:
        named = [
            told
            for name, from_on, to_on in names.get(group.model_id, ())
            for claim in elsewhere.get((name, group.tier), ())
            if (told := _of_the_version(claim, group.model_id, from_on, to_on))
        ]
        return [*elsewhere.get((group.model_id, group.tier), ()), *named]

    return [echoes(group) if group.seller == "maker" else [] for group in groups]


def pointed_to(groups: Sequence[Group], moves: pl.DataFrame) -> list[list[dict[str, Any]]]:
    """For each group of a moving name what lists say of its versions while it pointed there (`is_moved`)."""
    return _told_meanwhile(groups, _spans(moves), _of_the_name)


def named_by(groups: Sequence[Group], moves: pl.DataFrame) -> list[list[dict[str, Any]]]:
    """For each group of a version what lists say of a moving name while it pointed there."""
    return _told_meanwhile(groups, _names(moves), _of_the_version)


def not_outlived(own: Sequence[dict[str, Any]], named: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims on a version, a list's older word ending with its newer one under a moving name (`named`).

    A list that says one price of the version and later another of the name that points to it has been
    overruled by itself: that the name moves on says nothing in favour of the older word, so this is not heard
    again. What the list says of the version anew does count.
    """
    return [_ended_by(claim, [newer for newer in named if _overrules(newer, claim)]) for claim in own]


def _overrules(newer: Mapping[str, Any], older: Mapping[str, Any]) -> bool:
    same_list = newer["source_id"] == older["source_id"]
    begins_later = older["from_on"] < newer["from_on"] <= older["to_on"]
    return same_list and begins_later and not agrees(price_of(newer), price_of(older))


def _ended_by(claim: dict[str, Any], newer: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    last = max((one["to_on"] for one in newer), default=date.max)
    return claim if last >= claim["to_on"] else {**claim, "to_on": last, "still_said": False}


def _told_meanwhile(groups: Sequence[Group], partners: Spans, told: Retold) -> list[list[dict[str, Any]]]:
    """For each group the claims of the same seller and tier on its partners, as `told` lets them count."""
    place = {(group.model_id, group.provider, group.tier): group.claims for group in groups}
    return [
        [
            said
            for other_id, from_on, to_on in partners.get(group.model_id, ())
            for claim in place.get((other_id, group.provider, group.tier), ())
            if (said := told(claim, group.model_id, from_on, to_on))
        ]
        for group in groups
    ]


def _names(moves: pl.DataFrame) -> Spans:
    """From when to when which moving names pointed to each version."""
    names: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    for name, spans in _spans(moves).items():
        for target_id, from_on, to_on in spans:
            names[target_id].append((name, from_on, to_on))
    return names


def shut_down_by_name(notices: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """The notices, and those on a moving name once more as notices on the version that it points to then.

    A version that has a notice of its own by the same seller needs none.
    """
    spans = [
        (name, target_id, from_on, to_on)
        for name, pointed in _spans(moves).items()
        for target_id, from_on, to_on in pointed
    ]
    schema = pl.Schema(
        [("model_id", pl.String), ("target_id", pl.String), ("from_on", pl.Date), ("to_on", pl.Date)]
    )
    of_names = notices.join(pl.DataFrame(spans, schema=schema, orient="row"), on="model_id").filter(
        pl.col("shuts_down_on").is_between("from_on", "to_on")
    )
    of_versions = of_names.with_columns(model_id="target_id").select(notices.columns)
    more = of_versions.join(notices, on=["model_id", "organization"], how="anti")
    return pl.concat([notices, more])


def _of_the_version(
    claim: Mapping[str, Any], model_id: str, from_on: date, to_on: date
) -> dict[str, Any] | None:
    """A claim on a name as one on the version that it points to: a price that was asked meanwhile.

    One that began before the name came to point there may be stale, so that it says nothing of the version.
    """
    last = min(claim["to_on"], to_on)
    if not from_on <= claim["from_on"] <= last or claim["known"] not in (Known.SEEN, Known.STATED):
        return None
    return {
        **claim,
        "model_id": model_id,
        "to_on": last,
        "still_said": claim["still_said"] and last == claim["to_on"],
    }


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


def _spans(moves: pl.DataFrame) -> Spans:
    """From when to when each moving name pointed to which version."""
    ordered = moves.sort("model_id", "moved_on", "target_id").with_columns(
        until=pl.coalesce("until_on", pl.col("moved_on").shift(-1).over("model_id"))
    )
    found: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    for name, target_id, moved_on, until in ordered.select(
        "model_id", "target_id", "moved_on", "until"
    ).iter_rows():
        if target_id != name:
            found[name].append((target_id, moved_on, until - timedelta(days=1) if until else date.max))
    return found
