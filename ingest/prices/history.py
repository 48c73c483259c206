"""What did it cost, and since when do we know: one history per model, seller and tier, with its witnesses.

1. Every list's words become claims: a price from one day to another, and how that is known (`claims`). A
   reading that was older than the one before it says nothing (`old_copies`).
2. Whose price it is: maker, cloud, host or router, by a reviewed table (`offers`).
3. Claims that cannot be prices are left out and told of; so is a maker's price that only repeats a router's,
   a slip of the decimal point, and a launch price that one list alone remembers (`doubts`).
4. The cheapest history through all claims is found, a witness weighing by its reliability (`truth`).
5. From the histories follow each list's share right, lag and slips, and which lists repeat which
   (`witnesses`); with these weights the histories are found again, ROUNDS times.
6. Each price is dated: on the day that a believed list states, since the launch, or between two readings
   (`steps`); it ends where the next begins, where it is withdrawn, or by its seller's notice of shut-down.
7. A claim of a price that never was becomes a doubt, with what the others said meanwhile.
8. Nothing here knows today: a price is in force as long as somebody confirms it, and who asks says when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

import polars as pl

from ingest.prices.claims import CLAIM, GROUP, Known
from ingest.prices.doubts import (
    ONE_CLAIM,
    contradicted_at_launch,
    not_a_price,
    repeats_a_router,
    shifted_points,
    slips,
)
from ingest.prices.endings import NO_NOTICES, shut_down
from ingest.prices.group import Group, price_of
from ingest.prices.indirect import named_by, not_outlived, passed_on, pointed_to, shut_down_by_name
from ingest.prices.offers import preference
from ingest.prices.old_copies import without_old_copies
from ingest.prices.readings import readings
from ingest.prices.statements import claims_of
from ingest.prices.steps import STEP, dated_steps
from ingest.prices.tiers import STANDARD
from ingest.prices.truth import DEFAULT, Claim, Costs, Run, history
from ingest.prices.witnesses import Desk, Tally, clusters, found_copies, tallied, weights, witness_table

ROUNDS: Final = 3

NO_MOVES: Final = pl.DataFrame(
    schema=pl.Schema(
        [("model_id", pl.String), ("target_id", pl.String), ("moved_on", pl.Date), ("until_on", pl.Date)]
    )
)
NONE_REMOVED: Final = pl.DataFrame(schema=pl.Schema([("source_id", pl.String), ("model_name", pl.String)]))
NO_LISTS: Final = pl.DataFrame(
    schema=pl.Schema(
        [
            ("source_id", pl.String),
            ("homepage", pl.String),
            ("urls", pl.List(pl.String)),
            ("copies", pl.List(pl.String)),
            ("dates_readings", pl.Boolean),
        ]
    )
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the histories rest on, each as its query gives it.

    stated    prices_stated, its sellers told (`offers`)
    payloads  price_payloads: when each list was read
    lists     price_lists: what is declared of each list (homepage, urls, copies, dates_readings)
    notices   shutdown_notices: which seller shuts which model down on which day
    removed   prices_removed: of which names which list says that they are no longer offered
    moves     when a moving name (`model_id`) came to point to a version (`target_id`, `moved_on`), and, where
              that is known, when it ceased to (`until_on`, the first day after)
    """

    stated: pl.DataFrame
    payloads: pl.DataFrame
    lists: pl.DataFrame = field(default_factory=lambda: NO_LISTS)
    notices: pl.DataFrame = field(default_factory=lambda: NO_NOTICES)
    moves: pl.DataFrame = field(default_factory=lambda: NO_MOVES)
    removed: pl.DataFrame = field(default_factory=lambda: NONE_REMOVED)


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """The tables price_step, price_doubt and price_witness."""

    steps: pl.DataFrame
    doubts: pl.DataFrame
    witnesses: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Findings:
    """The runs of every group, the groups with what moving names add, and what follows of the lists."""

    groups: list[Group]
    runs: list[list[Run]]
    tallies: dict[Desk, Tally]
    found: dict[str, list[str]]


def price_history(evidence: Evidence, costs: Costs = DEFAULT) -> PriceHistory:
    """The histories of all prices, in USD per million tokens, whatever the order of the rows given."""
    evidence = without_old_copies(evidence)
    declared = {row["source_id"]: tuple(row["copies"] or ()) for row in evidence.lists.iter_rows(named=True)}
    said = _claims(evidence)
    retold = _retold(_groups(said, evidence.stated), evidence.moves)
    refused = pl.concat(
        [
            not_a_price(said),
            repeats_a_router(said, evidence.stated, declared, retold),
            shifted_points(said, evidence.stated),
            contradicted_at_launch(said),
        ]
    ).unique(ONE_CLAIM, keep="first", maintain_order=True)
    kept = said.join(refused, on=ONE_CLAIM, how="anti")
    findings = _found(_groups(kept, evidence.stated), evidence.moves, declared, costs)
    found = list(zip(findings.groups, findings.runs, strict=True))
    steps = shut_down(dated_steps(found), shut_down_by_name(evidence.notices, evidence.moves))
    return PriceHistory(
        steps=_with_sellers(steps, evidence.stated),
        doubts=pl.concat([refused, slips(found)]).sort(pl.all()),
        witnesses=witness_table(findings.tallies, declared, findings.found),
    )


def _claims(evidence: Evidence) -> pl.DataFrame:
    several = evidence.lists.filter(pl.col("urls").list.len() != 1)["source_id"]
    one_list = frozenset(evidence.stated["source_id"].unique()) - frozenset(several)
    homes = {
        source: None if dates_readings else urlsplit(page or "").hostname
        for source, page, dates_readings in evidence.lists.select(
            "source_id", "homepage", "dates_readings"
        ).iter_rows()
    }
    return claims_of(evidence.stated, readings(evidence.payloads, one_list), homes, _removed(evidence))


def _removed(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """The removed names of models that the same list does not offer under another one."""
    names = ["source_id", "model_name"]
    told = evidence.stated.select(*names, "model_id", "provider").unique()
    marked = told.join(evidence.removed.with_columns(is_removed=True), on=names, how="left")
    whole = marked.filter(
        pl.col("is_removed").fill_null(False).all().over("source_id", "model_id", "provider")
    )
    return frozenset(whole.select(*names).iter_rows())


def _groups(said: pl.DataFrame, stated: pl.DataFrame) -> list[Group]:
    released = dict(stated.select("model_id", "released_on").unique().iter_rows())
    sellers = {
        (model, provider): seller
        for model, provider, seller in stated.select("model_id", "provider", "seller").unique().iter_rows()
    }
    parts = said.sort(*GROUP).partition_by(GROUP, as_dict=True, maintain_order=True)
    return [
        Group(model, provider, tier, sellers[model, provider], released.get(model), part.to_dicts())
        for (model, provider, tier), part in parts.items()
    ]


def _retold(groups: Sequence[Group], moves: pl.DataFrame) -> pl.DataFrame:
    """What lists say of makers' prices under another name of the model, in the columns of CLAIM."""
    pairs = zip(groups, pointed_to(groups, moves), named_by(groups, moves), strict=True)
    found = [
        {name: claim[name] for name in CLAIM.names()}
        for group, pointed, named in pairs
        if group.seller == "maker"
        for claim in (*pointed, *named)
    ]
    return pl.DataFrame(found, schema=CLAIM, orient="row")


def _found(
    groups: Sequence[Group], moves: pl.DataFrame, declared: Mapping[str, Sequence[str]], costs: Costs
) -> _Findings:
    """The histories, found again with what the round before taught of the lists."""
    sources = sorted({claim["source_id"] for group in groups for claim in group.claims})
    more = zip(
        groups, passed_on(groups, moves), pointed_to(groups, moves), named_by(groups, moves), strict=True
    )
    whole = [
        replace(group, echoes=echoes, claims=[*not_outlived(group.claims, named), *pointed, *named])
        for group, echoes, pointed, named in more
    ]
    tallies: dict[Desk, Tally] = {}
    found: dict[str, list[str]] = {}
    runs: list[list[Run]] = []
    for turn in range(ROUNDS):
        trust = _Trust(clusters(sources, [declared, found]), weights(tallies), costs)
        runs = [
            runs[place] if turn and group.is_undisputed else trust.history(group)
            for place, group in enumerate(whole)
        ]
        tallies = tallied(groups, runs, trust.counts_as)
        found = found_copies(tallies)
    return _Findings(whole, runs, tallies, found)


@dataclass(frozen=True, slots=True)
class _Trust:
    """Which lists count as one, and what each one's word weighs."""

    counts_as: Mapping[str, str]
    weight: Mapping[Desk, float]
    costs: Costs

    def history(self, group: Group) -> list[Run]:
        """The cheapest history of a group; the best of its lists weighs one, so that one alone is heard."""
        desks = {(claim["source_id"], group.seller) for claim in group.claims}
        best = max(self.weight.get(desk, 1.0) for desk in desks)
        witnesses = [self._claim(claim, group.seller, 1 / best) for claim in group.claims]
        echoes = [self._claim(claim, "router", self.costs.echo) for claim in group.echoes]
        return history(witnesses, self.costs, echoes)

    def _claim(self, claim: Mapping[str, Any], seller: str, share: float) -> Claim:
        source = claim["source_id"]
        return Claim(
            start=claim["from_on"].toordinal(),
            end=claim["to_on"].toordinal(),
            price=price_of(claim),
            cluster=claim.get("counts_as") or self.counts_as[source],
            opening=self._opening(claim),
            weight=share * self.weight.get((source, seller), 1.0),
            per_day=claim["known"] in (Known.SEEN, Known.STATED),
            not_before=self.costs.not_before if _begins(claim) else 0.0,
        )

    def _opening(self, claim: Mapping[str, Any]) -> float:
        """What it costs to disagree with a claim where it begins."""
        known = Known(claim["known"])
        if known is Known.SEEN:
            return self.costs.known_first if claim["is_first"] else self.costs.seen
        return {
            Known.STATED: self.costs.stated,
            Known.ANNOUNCED: self.costs.announced,
            Known.LAUNCH: self.costs.launch,
            Known.GONE: self.costs.gone,
        }[known]


def _begins(claim: Mapping[str, Any]) -> bool:
    """Whether the claim says that on the day before its price was not yet asked."""
    return bool(claim["known"] == Known.STATED and not claim["is_first"])


def _with_sellers(steps: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """The steps with whose price it is, and which seller of a model speaks first: the lowest preference."""
    told = stated.group_by("model_id", "provider").agg(pl.col("seller").first(), pl.col("is_own").any())
    joined = steps.join(told, on=["model_id", "provider"], how="left")
    best_known = (
        joined.filter("listed", pl.col("tier") == STANDARD)
        .group_by("model_id", "provider")
        .agg(
            n_witnesses=pl.col("for_sources").list.explode().n_unique(),
            newest=pl.col("last_confirmed_on").max(),
        )
        .sort("model_id", "n_witnesses", "newest", "provider", descending=[False, True, True, False])
        .with_columns(rank=pl.int_range(pl.len()).over("model_id").clip(0, 49))
        .select("model_id", "provider", "rank")
    )
    return (
        joined.join(best_known, on=["model_id", "provider"], how="left")
        .with_columns(preference=(preference() + pl.col("rank").fill_null(49)).cast(pl.Int32))
        .select(*STEP.names(), "seller", "is_own", "preference")
        .sort("model_id", "preference", "provider", "tier", "starts_on", "listed")
    )
