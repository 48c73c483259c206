"""What lists say that is rather a slip than a price, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
_OF_A_ROUTER: Final = "repeats the price of a router as the maker's, and no other list says so of the maker"


def not_a_price(said: pl.DataFrame) -> pl.DataFrame:
    """Claims that cannot be prices as they stand, as doubts: input for nothing, whoever repeats it, and input
    that costs far more than output, where no second list says so.
    """
    input_price, output_price = pl.col("input_usd_per_mtok"), pl.col("output_usd_per_mtok")
    lists = pl.col("source_id").n_unique().over("model_id", "input_usd_per_mtok", "output_usd_per_mtok")
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
