"""Whose price a statement is: maker, cloud, host or router, under one spelling of each seller.

maker   the organization that made the model, on its own interface
cloud   a cloud platform that is run by a maker of models (Azure, Bedrock, Vertex AI ...), for any model
host    anybody else who runs the model
router  passes requests on to others
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from ingest.identity.spelling.name_prefixes import Spellings
from ingest.sources.prices._sellers import CLOUDS, OWN_CLOUDS, kind_of_other_seller, maker_of, seller_name

NOT_STATED: Final = "unknown"
_REGIONAL: Final = (
    r"(?i)(^|/)(eu|us|us-gov|apac|ap|au|ca|jp|sa|me|global|global-standard|regional|data-zone|"
    r"[a-z]{2}(-gov)?-[a-z]+-\d|[\d-]+-month-commitment)[./]"
)
NOT_SHOPS: Final = ("arena",)
"""Arena shows prices beside its ratings; nobody can buy there."""

_OTHERS_SELL_IT: Final = r"(?i)llama"
"""Meta gives Llama's weights away and sells none: a list that names a price of Meta's has it from a host."""

PREFERENCE: Final[Mapping[str, int]] = {"maker": 0, "own cloud": 50, "cloud": 100, "host": 200, "router": 300}
"""Whose price speaks first for a model; a maker's own cloud lists by its own units and dates."""


def with_sellers_told(stated: pl.DataFrame, made_by: pl.DataFrame, spellings: Spellings) -> pl.DataFrame:
    """Statements with `provider` in one spelling, `seller`, and `is_own`: the maker's, or its own cloud's.

    `made_by`: model_id, made_by. Nobody's price counts as a maker's because a list says so: a host, and a
    maker who sells another maker's model, is none of that model.
    """
    shops = stated.with_columns(provider=seller_name(pl.col("provider"))).filter(
        ~pl.col("provider").is_in(NOT_SHOPS),
        (pl.col("seller") != "shown").fill_null(True),
        ~((pl.col("provider") == "meta") & pl.col("model_name").str.contains(_OTHERS_SELL_IT)),
    )
    named = _without_regions(_named_later(shops)).join(
        made_by, on="model_id", how="left", maintain_order="left"
    )
    providers = named["provider"].unique().to_list()
    makers = {provider: spellings.maker(provider) for provider in providers}
    hosts = [provider for provider in providers if provider in spellings.hosts - CLOUDS.keys()]
    sold_by = pl.col("provider").replace_strict(makers, default=None, return_dtype=pl.String)
    is_others = (sold_by != pl.col("made_by")).fill_null(False) | pl.col("provider").is_in(hosts)
    says_so = (pl.col("seller") == "maker").fill_null(False) | maker_of(
        pl.col("provider"), pl.col("model_name")
    ).is_not_null()
    owner = pl.col("provider").replace_strict(dict(CLOUDS), default=None, return_dtype=pl.String)
    of_another_cloud = owner.is_not_null() & (owner != pl.col("made_by")).fill_null(False)
    is_own = (says_so & ~is_others & ~of_another_cloud).any().over("model_id", "provider")
    has_own_cloud = pl.col("provider").is_in(list(OWN_CLOUDS))
    return named.with_columns(is_own=is_own).with_columns(
        seller=pl.when("is_own")
        .then(pl.when(has_own_cloud).then(pl.lit("cloud")).otherwise(pl.lit("maker")))
        .otherwise(kind_of_other_seller(pl.col("provider")))
    )


def _without_regions(stated: pl.DataFrame) -> pl.DataFrame:
    """Statements without names of single regions, which cost more, where the list has a plain name too."""
    is_regional = pl.col("model_name").str.contains(_REGIONAL)
    has_plain = (~is_regional).any().over("source_id", "provider", "model_id")
    return stated.filter(~(is_regional & has_plain))


def _named_later(stated: pl.DataFrame) -> pl.DataFrame:
    """Statements without a seller under the only one that the same list names for the name elsewhere."""
    named = stated.filter(pl.col("provider") != NOT_STATED)
    elsewhere = (
        named.group_by("source_id", "model_name")
        .agg(told=pl.col("provider").unique(), told_seller=pl.col("seller").drop_nulls().first())
        .filter(pl.col("told").list.len() == 1)
        .with_columns(told=pl.col("told").list.first())
    )
    joined = stated.join(elsewhere, on=["source_id", "model_name"], how="left", maintain_order="left")
    is_unnamed = (pl.col("provider") == NOT_STATED) & pl.col("told").is_not_null()
    return (
        joined.filter(~(is_unnamed & pl.col("gone")))
        .with_columns(
            provider=pl.when(is_unnamed).then("told").otherwise("provider"),
            seller=pl.when(is_unnamed).then("told_seller").otherwise("seller"),
        )
        .drop("told", "told_seller")
    )


def preference() -> pl.Expr:
    """Whose price speaks first for a model, of the columns seller and is_own."""
    own_cloud = (pl.col("seller") == "cloud") & pl.col("is_own")
    kind = pl.when(own_cloud).then(pl.lit("own cloud")).otherwise("seller")
    return kind.replace_strict(PREFERENCE, default=400, return_dtype=pl.Int32)
