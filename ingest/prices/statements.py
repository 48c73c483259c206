"""From what price lists said, and when, to claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from ingest.prices.claims import CHAIN, CLAIM, GROUP, Known
from ingest.prices.readings import Readings
from ingest.prices.spells import dated_readings, of_dated_readings, of_sightings
from ingest.prices.tiers import STANDARD
from ingest.prices.timelines import of_timeline

NEAR_RELEASE_DAYS: Final = 31
"""A reading so many days before the release is dated too early: some copies are known to a month only."""

NEW_LIST_DAYS: Final = 62
"""So long a list counts as new: what it shows first may have stood for longer."""


def claims_of(
    stated: pl.DataFrame,
    read: Readings,
    homes: Mapping[str, str | None],
    removed: frozenset[tuple[str, str]] = frozenset(),
) -> pl.DataFrame:
    """Every claim of every list, in the columns of CLAIM, prices in USD per million tokens.

    `stated` is what the query prices_stated gives. A list that dates any of its prices keeps timelines: what
    it does not date it says of the time since launch. `homes`: each list's own host, a link to which dates
    nothing; None where all its dates are days of reading. Where no release is known, another tier holds
    since the same list's standard price at the earliest: a discount may be dated by its own launch.
    """
    keeps_timelines = set(stated.filter(pl.col("valid_on").is_not_null())["source_id"].unique())
    dates_readings = dated_readings(stated)
    found: list[dict[str, Any]] = []
    for rows in _chains(stated):
        source = rows[0]["source_id"]
        noted = {row["observed_at"].date() for row in rows}
        days = read.of(source, {row["listed_at"] for row in rows}) or sorted(noted)
        if source in dates_readings:
            found += of_dated_readings(rows, dates_readings[source])
        elif source in keeps_timelines:
            is_removed = (source, rows[0]["model_name"]) in removed
            found += of_timeline(rows, days, homes.get(source, ""), is_removed=is_removed)
        else:
            found += of_sightings(rows, days)
    released = dict(stated.select("model_id", "released_on").unique().iter_rows())
    standard = _standard_since(found)
    for claim in found:
        age = max(claim["from_on"], read.began(claim["source_id"])) - read.began(claim["source_id"])
        claim["is_new_list"] = age.days <= NEW_LIST_DAYS
    told = [
        kept
        for claim in found
        if (kept := _since_release(claim, released[claim["model_id"]] or _started(claim, standard)))
    ]
    return pl.DataFrame(told, schema=CLAIM, orient="row").sort(
        *GROUP, *CHAIN[:2], "from_on", "to_on", "known"
    )


_Listed = tuple[str, str, str]


def _standard_since(found: Sequence[Mapping[str, Any]]) -> dict[_Listed, date]:
    """The first day of the standard price, by list, name and seller; none where it says "since launch"."""
    first: dict[_Listed, date] = {}
    for claim in found:
        if claim["tier"] == STANDARD and claim["known"] != Known.LAUNCH:
            listed = _listed(claim)
            first[listed] = min(first.get(listed, claim["from_on"]), claim["from_on"])
    return first


def _started(claim: Mapping[str, Any], standard: Mapping[_Listed, date]) -> date | None:
    return None if claim["tier"] == STANDARD else standard.get(_listed(claim))


def _listed(claim: Mapping[str, Any]) -> _Listed:
    return claim["source_id"], claim["model_name"], claim["provider"]


def _since_release(claim: dict[str, Any], released_on: date | None) -> dict[str, Any] | None:
    """The claim cut to the days since the model's release; None where nothing of it is left.

    Since launch without a known launch says no day at all. A reading long before the release means that the
    release is dated wrongly; one shortly before it that the reading is.
    """
    if claim["known"] == Known.LAUNCH:
        if released_on is None or released_on > claim["to_on"]:
            return None
        return {**claim, "from_on": released_on}
    if released_on is None or claim["from_on"] >= released_on:
        return claim
    looked_back = claim["observed_at"].date() >= released_on
    if not looked_back and (released_on - claim["from_on"]).days > NEAR_RELEASE_DAYS:
        return claim
    if claim["known"] == Known.GONE:
        return claim if claim["to_on"] >= released_on else None
    known = Known.SEEN if claim["to_on"] >= released_on else Known.LAUNCH
    return {**claim, "known": known.value, "from_on": released_on, "to_on": max(claim["to_on"], released_on)}


def _chains(stated: pl.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """The rows of each chain, in the order in which they were read."""
    ordered = stated.sort(*CHAIN, "observed_at", "valid_on", nulls_last=False)
    together: list[dict[str, Any]] = []
    for row in ordered.iter_rows(named=True):
        if together and any(row[name] != together[0][name] for name in CHAIN):
            yield together
            together = []
        together.append(row)
    if together:
        yield together
