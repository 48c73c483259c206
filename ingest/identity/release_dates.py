"""The release date of a model from the best evidence; where evidence disagrees, by how much."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

RANKS: Final = {
    kind: rank
    for rank, kind in enumerate(
        (
            "first version",
            "change log",
            "curated",
            "announcement",
            "models.dev",
            "leaderboard",
            "price listing",
            "dated name",
            "leaderboard first seen",
            "price listing first seen",
        ),
        start=1,
    )
}
"""Kinds of evidence, the best first; for a moving name that is the date of its first version.

The date in a version's name may be weeks before its release ("claude-3-opus-20240229"), so that it counts
only where nobody states another. What was merely seen by a day can only say "not later than"."""

PRECISIONS: Final = {"day": 0, "month": 1, "year": 2}


LEAD: Final = timedelta(days=7)
"""So much earlier than the date in its name may a version be said to be released; more is another version."""

NO_VERSIONS: Final = pl.DataFrame(schema={"model_id": pl.String, "version_on": pl.Date})


def best_release_dates(evidence: pl.DataFrame, versions: pl.DataFrame = NO_VERSIONS) -> pl.DataFrame:
    """One date per model from rows (model_id, released_on, precision, evidence, source_id).

    A day beats a month; among equals the better kind of evidence, then what most publishers say in whatever
    kind of statement, then what is stated most often, then the earliest. `versions` holds the dates in the
    names of versions (model_id, version_on): what is said to be much older than its name is left out.

    Returns model_id, released_on, precision, basis (the kind of evidence), spread_days (between the earliest
    and the latest date stated to the day, first sightings left out), n_evidence.
    """
    possible = (
        evidence.drop_nulls("released_on")
        .join(versions, on="model_id", how="left", maintain_order="left")
        .filter((pl.col("released_on") >= pl.col("version_on") - LEAD).fill_null(True))
    )
    seen_only = pl.col("rank") >= RANKS["leaderboard first seen"]
    publisher = (
        pl.when(pl.col("source_id").str.starts_with("epoch-")).then(pl.lit("epoch")).otherwise("source_id")
    )
    ranked = possible.with_columns(
        rank=pl.col("evidence").replace_strict(RANKS, default=len(RANKS) + 1),
        coarseness=pl.col("precision").replace_strict(PRECISIONS, default=2),
    ).with_columns(
        agreeing=publisher.filter(~seen_only)
        .n_unique()
        .cast(pl.Int64)
        .over("model_id", "released_on", "precision"),
        statements=pl.len().cast(pl.Int64).over("model_id", "released_on", "evidence"),
    )
    stated = ranked.filter(~seen_only & (pl.col("coarseness") == 0))
    spread = stated.group_by("model_id").agg(
        spread_days=(pl.max("released_on") - pl.min("released_on")).dt.total_days().cast(pl.Int32)
    )
    order: list[pl.Expr | str] = [
        seen_only.cast(pl.Int8),
        "coarseness",
        "rank",
        pl.col("agreeing").neg(),
        pl.col("statements").neg(),
        "released_on",
        "source_id",
    ]
    return (
        ranked.sort("model_id", *order)
        .group_by("model_id", maintain_order=True)
        .agg(
            pl.col("released_on").first(),
            pl.col("precision").first(),
            pl.col("evidence").first().alias("basis"),
            n_evidence=pl.len().cast(pl.Int32),
        )
        .join(spread, on="model_id", how="left", maintain_order="left")
    )
