"""From runs of a history to dated steps: since when, until when, who says so, who says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import polars as pl

from ingest.prices.claims import Known
from ingest.prices.group import Group, overlap, says
from ingest.prices.tiers import STANDARD
from ingest.prices.truth import NOT_OFFERED, Run

LAUNCH_DAYS: Final = 92
"""A price first read within so many days of the release is taken to hold since the release."""
LAUNCH_DAYS_OF_A_NEW_LIST: Final = 270
"""The same for a list that began after the release, in the first months of which we know (`is_new_list`)."""

CHANGED: Final = "changed"
WITHDRAWN: Final = "withdrawn"

STEP: Final = pl.Schema(
    [
        ("model_id", pl.String),
        ("provider", pl.String),
        ("tier", pl.String),
        ("source_id", pl.String),
        ("model_name", pl.String),
        ("starts_after", pl.Date),
        ("starts_on", pl.Date),
        ("basis", pl.String),
        ("ends_on", pl.Date),
        ("reason", pl.String),
        ("input_usd_per_mtok", pl.Float64),
        ("output_usd_per_mtok", pl.Float64),
        ("cached_input_usd_per_mtok", pl.Float64),
        ("listed", pl.Boolean),
        ("last_confirmed_on", pl.Date),
        ("for_sources", pl.List(pl.String)),
        ("against_sources", pl.List(pl.String)),
        ("still_said_by", pl.List(pl.String)),
        ("n_agreeing", pl.Int32),
        ("observed_at", pl.Datetime("us", "UTC")),
        ("url", pl.String),
        ("payload_sha256", pl.String),
    ]
)


def dated_steps(found: Iterable[tuple[Group, Sequence[Run]]]) -> pl.DataFrame:
    """One row a run, in the columns of STEP, oldest first in each group; `listed` false is: not offered."""
    rows = [row for group, runs in found for row in _steps_of(group, runs)]
    return pl.DataFrame(rows, schema=STEP, orient="row")


def _steps_of(group: Group, runs: Sequence[Run]) -> list[dict[str, Any]]:
    steps = [_step(group, run, is_first=place == 0) for place, run in enumerate(runs)]
    for step, following in pairwise(steps):
        step["ends_on"] = following["starts_on"]
        step["reason"] = CHANGED if following["listed"] else WITHDRAWN
    return steps


def _step(group: Group, run: Run, *, is_first: bool) -> dict[str, Any]:
    speaking = [claim for claim in group.claims if overlap(claim, run)]
    backing = [claim for claim in (*speaking, *group.echoes) if says(claim, run)]
    opposed = {
        claim["source_id"]
        for claim in speaking
        if not says(claim, run) and claim["known"] in (Known.SEEN, Known.STATED)
    }
    backers = {claim["source_id"] for claim in backing}
    witness = min(backing, key=_earliest)
    dates = _begin(group, run, backing, is_first=is_first)
    return {
        "model_id": group.model_id,
        "provider": group.provider,
        "tier": group.tier,
        **{name: witness[name] for name in ("source_id", "payload_sha256", "observed_at")},
        "model_name": group.model_name,
        "url": _link(backing, witness, run),
        **dates,
        "ends_on": None,
        "reason": None,
        "input_usd_per_mtok": witness["input_usd_per_mtok"],
        "output_usd_per_mtok": witness["output_usd_per_mtok"],
        "cached_input_usd_per_mtok": _cached(backing),
        "listed": run.price != NOT_OFFERED,
        "last_confirmed_on": date.fromordinal(run.last),
        "for_sources": sorted(backers),
        "against_sources": sorted(opposed - backers),
        "still_said_by": sorted({claim["source_id"] for claim in backing if _still_says(claim, run)}),
        "n_agreeing": len(backers) - 1,
    }


def _still_says(claim: dict[str, Any], run: Run) -> bool:
    """Whether a new reading of the list would confirm the run further."""
    return bool(claim["still_said"]) and claim["to_on"].toordinal() <= run.last


def _earliest(claim: dict[str, Any]) -> tuple[object, ...]:
    """Which witness is shown: the one that said so first, and said both prices."""
    is_partial = claim["input_usd_per_mtok"] is None or claim["output_usd_per_mtok"] is None
    return (is_partial, claim["observed_at"], claim["from_on"], claim["source_id"], claim["model_name"])


def _link(backing: Sequence[dict[str, Any]], witness: dict[str, Any], run: Run) -> str | None:
    """The page that names the first day, else the one that the first witness gives."""
    stating = [
        claim
        for claim in backing
        if claim["known"] == Known.STATED and claim["from_on"].toordinal() == run.first and claim["url"]
    ]
    url: str | None = min((claim["url"] for claim in stating), default=witness["url"])
    return url


def _cached(backing: Sequence[dict[str, Any]]) -> float | None:
    """The price of cached input that most of the claims name, the lowest among equals; 0 is not known."""
    told = Counter(
        claim["cached_input_usd_per_mtok"] for claim in backing if claim["cached_input_usd_per_mtok"]
    )
    return min(told, key=lambda price: (-told[price], price), default=None)


def _begin(group: Group, run: Run, backing: Sequence[dict[str, Any]], *, is_first: bool) -> dict[str, Any]:
    """The first day of a run and how it is known: `starts_after` is null where the day itself is.

    That a list did not name a model is no evidence that its maker did not sell it: a maker's first price may
    have been asked since the release, however late a list first named it.
    """
    first = date.fromordinal(run.first)
    opening = [claim for claim in backing if claim["from_on"] == first]
    kinds = {Known(claim["known"]) for claim in opening}
    released = group.released_on
    if Known.STATED in kinds:
        moved = all("is_moved" in claim for claim in opening if claim["known"] == Known.STATED)
        return {"starts_on": first, "starts_after": None, "basis": "moved" if moved else "stated"}
    looks_back = group.tier == STANDARD and _is_launch(opening, released)
    if is_first and released and (first == released or looks_back):
        return {"starts_on": released, "starts_after": None, "basis": "launch"}
    changed = [claim for claim in opening if run.after is None or not claim["is_first"]]
    readings = [claim["before_on"] for claim in changed if claim["before_on"]]
    held = None if run.after is None else date.fromordinal(run.after)
    after = max(readings, default=held)
    if is_first and group.seller == "maker" and released and released <= first:
        unsold = released - timedelta(days=1)
        after = unsold if after is None else min(after, unsold)
    return {"starts_on": first, "starts_after": after, "basis": "between sightings"}


def _is_launch(opening: Sequence[dict[str, Any]], released: date | None) -> bool:
    """Whether a first reading came so soon after the release that the price is taken to hold since then."""
    return released is not None and any(
        0
        <= (claim["from_on"] - released).days
        <= (LAUNCH_DAYS_OF_A_NEW_LIST if claim["is_new_list"] else LAUNCH_DAYS)
        for claim in opening
    )
