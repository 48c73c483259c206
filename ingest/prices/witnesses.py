"""How far each list can be trusted, from how often it was right; and which lists repeat another one.

A list is judged where others speak too: by the share of its days on which it said what the history says, by
how long it was late where a price changed, and by its slips, prices that never were. Its weight is the log
odds of being right, against those of a list that is right nine times in ten.

Copying shows in errors: two lists that are right agree anyway, but a price that never was has no reason to
stand in two of them (Dong et al. 2009). A list that shares most of its slips with another one, and at least
FEWEST_SHARED of them, repeats it; so does a list whose source says so (`copies`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from ingest.prices.claims import Known
from ingest.prices.group import Group, agrees, overlap, price_of, says
from ingest.prices.truth import Run

FEWEST_SHARED: Final = 8
SHARED_SHARE: Final = 0.6
PRIOR_RIGHT: Final = 0.9
PRIOR_DAYS: Final = 3_000.0
"""A list starts as one that is right nine times in ten, known from so many days of one price."""

LEAST_WEIGHT: Final = 0.6
MOST_WEIGHT: Final = 1.2

Desk = tuple[str, str]
"""A list and whose prices it speaks of: one list may know makers well and routers badly."""

WITNESS: Final = pl.Schema(
    [
        ("source_id", pl.String),
        ("seller", pl.String),
        ("n_prices", pl.Int64),
        ("days_judged", pl.Int64),
        ("share_right", pl.Float64),
        ("median_lag_days", pl.Float64),
        ("n_slips", pl.Int64),
        ("weight", pl.Float64),
        ("copies", pl.List(pl.String)),
        ("found_copies", pl.List(pl.String)),
    ]
)


@dataclass(slots=True)
class Tally:
    """What is counted of one list while its claims are held against the histories."""

    days_right: int = 0
    days_judged: int = 0
    lags: list[int] = field(default_factory=list)
    slips: set[tuple[object, ...]] = field(default_factory=set)
    n_prices: int = 0

    @property
    def share_right(self) -> float:
        """The share of judged days on which the list was right, drawn to the prior where days are few."""
        return (self.days_right + PRIOR_RIGHT * PRIOR_DAYS) / (self.days_judged + PRIOR_DAYS)

    @property
    def weight(self) -> float:
        """What the list's word weighs; 1 for one that is right nine times in ten."""
        share = min(self.share_right, 0.999)
        odds = math.log(share / (1 - share)) / math.log(PRIOR_RIGHT / (1 - PRIOR_RIGHT))
        return min(max(odds, LEAST_WEIGHT), MOST_WEIGHT)


def tallied(
    groups: Sequence[Group], runs: Sequence[Sequence[Run]], counts_as: Mapping[str, str]
) -> dict[Desk, Tally]:
    """What the histories say of each list; a list is judged only by what another one confirms."""
    tallies: dict[Desk, Tally] = {}
    for group, found in zip(groups, runs, strict=True):
        backers = [
            {counts_as[claim["source_id"]] for claim in group.claims if says(claim, run)} for run in found
        ]
        for claim in group.claims:
            if claim["known"] in (Known.SEEN, Known.STATED):
                tally = tallies.setdefault((claim["source_id"], group.seller), Tally())
                confirmed = [
                    run
                    for run, backed in zip(found, backers, strict=True)
                    if backed - {counts_as[claim["source_id"]]}
                ]
                _count(tally, claim, confirmed)
                if found and not any(agrees(price_of(claim), run.price) for run in found):
                    tally.slips.add((group.model_id, group.provider, group.tier, *price_of(claim)))
    return tallies


def _count(tally: Tally, claim: Mapping[str, Any], confirmed: Sequence[Run]) -> None:
    tally.n_prices += 1
    for run in confirmed:
        days = overlap(claim, run)
        is_right = days > 0 and agrees(price_of(claim), run.price)
        tally.days_judged += days
        tally.days_right += days if is_right else 0
        if is_right and run.after is not None and not claim["is_first"]:
            tally.lags.append(max(claim["from_on"].toordinal() - run.first, 0))


def weights(tallies: Mapping[Desk, Tally]) -> dict[Desk, float]:
    """The weight of each list on each kind of seller."""
    return {desk: tally.weight for desk, tally in tallies.items()}


def found_copies(tallies: Mapping[Desk, Tally]) -> dict[str, list[str]]:
    """For each list those of which it repeats the slips; the one with more slips is the original."""
    slips: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for (source, _), tally in tallies.items():
        slips[source] |= tally.slips
    holders: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for source in sorted(slips):
        for slip in slips[source]:
            holders[slip].append(source)
    shared = Counter(
        (one, other)
        for together in holders.values()
        for one in together
        for other in together
        if one != other
    )
    found: dict[str, list[str]] = defaultdict(list)
    for (one, other), count in sorted(shared.items()):
        is_smaller = (len(slips[one]), one) < (len(slips[other]), other)
        if count >= FEWEST_SHARED and count >= SHARED_SHARE * len(slips[one]) and is_smaller:
            found[one].append(other)
    return dict(found)


def clusters(sources: Iterable[str], copies: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """Which lists count as one: each named by the first of those that it is tied to by copying."""
    parent = {source: source for source in sources}

    def root(source: str) -> str:
        while parent[source] != source:
            source = parent[source]
        return source

    for relation in copies:
        for source, originals in sorted(relation.items()):
            for original in originals:
                if source in parent and original in parent:
                    one, other = sorted((root(source), root(original)))
                    parent[other] = one
    return {source: root(source) for source in sorted(parent)}


def witness_table(
    tallies: Mapping[Desk, Tally], declared: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """One row a list and kind of seller, in the columns of WITNESS, as a person reads it."""
    rows = [
        {
            "source_id": source,
            "seller": seller,
            "n_prices": tally.n_prices,
            "days_judged": tally.days_judged,
            "share_right": tally.days_right / tally.days_judged if tally.days_judged else None,
            "median_lag_days": _median(tally.lags),
            "n_slips": len(tally.slips),
            "weight": tally.weight,
            "copies": list(declared.get(source, ())),
            "found_copies": list(found.get(source, ())),
        }
        for (source, seller), tally in sorted(tallies.items())
    ]
    return pl.DataFrame(rows, schema=WITNESS)


def _median(values: Sequence[int]) -> float | None:
    median = pl.Series(values, dtype=pl.Float64).median()
    return None if median is None else float(median)  # type: ignore[arg-type] # a column of numbers
