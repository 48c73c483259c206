"""What lists say that is rather a slip than a price, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import polars as pl

from ingest.prices.claims import GROUP, Known
from ingest.prices.group import Group, agrees, price_of
from ingest.prices.truth import NOT_OFFERED, Run

DOUBT: Final = pl.Schema(
    [
        *((name, pl.String) for name in GROUP),
        ("source_id", pl.String),
        ("model_name", pl.String),
        ("known", pl.String),
        ("from_on", pl.Date),
        ("input_usd_per_mtok", pl.Float64),
        ("output_usd_per_mtok", pl.Float64),
        ("observed_at", pl.Datetime("us", "UTC")),
        ("payload_sha256", pl.String),
        ("reason", pl.String),
    ]
)

INPUT_ABOVE_OUTPUT: Final = 2.0

_UPSIDE_DOWN: Final = "input at twice the price of output or more, and no other list says so"
_FOR_NOTHING: Final = "input for nothing beside output at a price: rather not known"
_SHIFTED: Final = (
    "exactly a tenth, or a hundredth, of what the same list said before and other lists say too: "
    "rather a slip of the decimal point"
)
_NOT_AT_LAUNCH: Final = (
    "since the launch, as one list says that was read long after; several others that listed the model "
    "within days of it say otherwise"
)

AT_LAUNCH: Final = timedelta(days=14)
"""So soon after a launch others who list a model show what was asked at it."""

READ_LATE: Final = timedelta(days=30)
"""A list that was read so long after a day remembers it; it did not see it."""

_EXACT: Final = 1e-4
"""So near is the logarithm of a ratio to a whole number where the prices differ by a power of ten."""

ONE_CLAIM: Final = [*GROUP, "source_id", "model_name", "from_on", "known"]
"""Columns that tell one claim from another."""

_PAIR: Final = ("input_usd_per_mtok", "output_usd_per_mtok")
_LISTS: Final = pl.col("source_id").n_unique().over("model_id", "tier", *_PAIR)
"""How many lists name a price of a model, of whatever seller."""

_OF_A_ROUTER: Final = "repeats the price of a router as the maker's, and no other list says so of the maker"


def not_a_price(said: pl.DataFrame) -> pl.DataFrame:
    """Claims that cannot be prices as they stand, as doubts: input for nothing, whoever repeats it, and input
    that costs far more than output, where no second list says so.
    """
    input_price, output_price = pl.col("input_usd_per_mtok"), pl.col("output_usd_per_mtok")
    lists = pl.col("source_id").n_unique().over("model_id", *_PAIR)
    for_nothing = ((input_price == 0) & (output_price > 0)).fill_null(False)
    upside_down = ((output_price > 0) & (input_price >= INPUT_ABOVE_OUTPUT * output_price)).fill_null(False)
    reason = pl.when(for_nothing).then(pl.lit(_FOR_NOTHING)).otherwise(pl.lit(_UPSIDE_DOWN))
    return _told(
        said.with_columns(lists=lists).filter(for_nothing | (upside_down & (pl.col("lists") == 1))), reason
    )


def repeats_a_router(
    said: pl.DataFrame,
    stated: pl.DataFrame,
    declared: Mapping[str, Sequence[str]],
    retold: pl.DataFrame,
) -> pl.DataFrame:
    """Claims on a maker's price by a list that copies a router, and only the router says too, as doubts.

    `retold`: what lists say of makers' prices under another name of the model, in the columns of `said`: it
    confirms too.
    """
    copying = [source for source, originals in declared.items() if originals]
    sellers = stated.select("model_id", "provider", "seller").unique()
    prices = ["input_usd_per_mtok", "output_usd_per_mtok"]
    told = said.join(sellers, on=["model_id", "provider"], how="left")
    pairs = [(source, original) for source in copying for original in declared[source]]
    originals = pl.DataFrame(
        pairs, schema=pl.Schema([("source_id", pl.String), ("original", pl.String)]), orient="row"
    )
    routed = told.filter(pl.col("seller") == "router").select(
        "model_id", "tier", *prices, original="source_id"
    )
    confirmed = pl.concat([told.filter(pl.col("seller") == "maker").select(said.columns), retold]).select(
        "model_id", "tier", *prices, other="source_id"
    )
    repeated = (
        told.filter(pl.col("seller") == "maker")
        .join(originals, on="source_id")
        .join(routed.unique(), on=["model_id", "tier", "original", *prices], how="semi")
    )
    by_others = repeated.join(confirmed.unique(), on=["model_id", "tier", *prices]).filter(
        pl.col("other") != pl.col("source_id")
    )
    alone = repeated.join(by_others, on=[*GROUP, "source_id", "model_name", *prices], how="anti")
    return _told(alone.unique(said.columns), pl.lit(_OF_A_ROUTER))


def shifted_points(said: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Claims of a maker's price that is a tenth, a hundredth ... of what the same list said of it before,
    input and output alike, where other lists say what was said before and none says this, as doubts.
    """
    makers = stated.filter(seller="maker").select("model_id", "provider").unique()
    priced = said.filter(pl.all_horizontal(pl.col(name) > 0 for name in _PAIR)).join(
        makers, on=["model_id", "provider"], how="semi"
    )
    counted = priced.with_columns(lists=_LISTS)
    before = counted.filter(pl.col("lists") > 1).select(
        *GROUP, "source_id", before_from="from_on", **{f"before_{name}": pl.col(name) for name in _PAIR}
    )
    paired = counted.filter(lists=1).join(before.unique(), on=[*GROUP, "source_id"])
    shifts = [(pl.col(name) / pl.col(f"before_{name}")).log10() for name in _PAIR]
    slipped = paired.filter(
        pl.col("before_from") < pl.col("from_on"),
        pl.all_horizontal((shift - shift.round()).abs() < _EXACT for shift in shifts),
        shifts[0].round() < 0,
        shifts[0].round() == shifts[1].round(),
    )
    return _told(slipped.unique(ONE_CLAIM), pl.lit(_SHIFTED))


def contradicted_at_launch(said: pl.DataFrame) -> pl.DataFrame:
    """Claims of what was asked from the launch on, by one list alone that was read long after, where two
    others or more that list the model within days of the launch ask for another price, as doubts.

    What a list states with a page of the maker is no such claim.
    """
    told = said.with_columns(lists=_LISTS, began_on=pl.col("from_on").min().over(*GROUP, "source_id"))
    soon = pl.col("from_on") <= pl.col("began_on") + AT_LAUNCH
    alone = told.filter(
        pl.col("known").is_in([Known.LAUNCH, Known.SEEN]),
        pl.col("known").eq(Known.LAUNCH).any().over(*GROUP, "source_id"),
        soon,
        pl.col("lists") == 1,
        pl.col("observed_at").dt.date() > pl.col("from_on") + READ_LATE,
    )
    others = told.filter(
        pl.col("known").is_in([Known.LAUNCH, Known.SEEN]), pl.col("input_usd_per_mtok").is_not_null()
    ).select(*GROUP, other="source_id", listed_on="from_on")
    near = alone.join(others, on=GROUP).filter(
        pl.col("other") != pl.col("source_id"),
        pl.col("listed_on").is_between(pl.col("began_on"), pl.col("began_on") + AT_LAUNCH),
    )
    against = near.group_by(ONE_CLAIM).agg(pl.col("other").n_unique()).filter(pl.col("other") > 1)
    return _told(alone.join(against, on=ONE_CLAIM, how="semi"), pl.lit(_NOT_AT_LAUNCH))


def slips(found: Iterable[tuple[Group, Sequence[Run]]]) -> pl.DataFrame:
    """Claims of prices that the history never had, with what was asked meanwhile, as doubts."""
    rows = [
        {**{name: claim[name] for name in DOUBT.names() if name != "reason"}, "reason": _why(claim, runs)}
        for group, runs in found
        for claim in group.claims
        if claim["known"] in (Known.SEEN, Known.STATED)
        and not any(agrees(price_of(claim), run.price) for run in runs)
    ]
    return pl.DataFrame(rows, schema=DOUBT, orient="row")


def _why(claim: Mapping[str, Any], runs: Sequence[Run]) -> str:
    asked = [run for run in runs if run.price != NOT_OFFERED]
    if not asked:
        return "no other reading says so"
    begun = claim["from_on"].toordinal()
    nearest = min(asked, key=lambda run: (max(run.first - begun, begun - run.last, 0), run.first))
    told = " and ".join(
        f"{price:g} for {word}"
        for price, word in zip(nearest.price, ("input", "output"), strict=True)
        if price
    )
    return f"a price that was never asked, as far as all lists together say: it was {told or 'free'} then"


def _told(rows: pl.DataFrame, reason: pl.Expr) -> pl.DataFrame:
    return rows.with_columns(reason=reason).select(DOUBT.names()).cast(DOUBT)
