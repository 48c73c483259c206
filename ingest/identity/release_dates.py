"""The release date of a model from the best evidence; where evidence disagrees, by how much."""

from __future__ import annotations

from typing import Final

import polars as pl

RANKS: Final = {
    kind: rank
    for rank, kind in enumerate(
        (
            "first version",
            "change log",
            "dated name",
            "curated",
            "announcement",
            "models.dev",
            "leaderboard",
            "price listing",
            "leaderboard first seen",
            "price listing first seen",
        ),
        start=1,
    )
}
"""Kinds of evidence, the best first; for a moving name that is the date of its first version.

What was merely seen by a day can only say "not later than"."""

PRECISIONS: Final = {"day": 0, "month": 1, "year": 2}


def best_release_dates(evidence: pl.DataFrame) -> pl.DataFrame:
    """One date per model from rows (model_id, released_on, precision, evidence, source_id).

    A day beats a month; among equals the better kind of evidence, then what most sources say, then the
    earliest. Returns model_id, released_on, precision, basis (the kind of evidence), spread_days (between the
    earliest and the latest date stated to the day, first sightings left out), n_evidence.
    """
    ranked = evidence.drop_nulls("released_on").with_columns(
        rank=pl.col("evidence").replace_strict(RANKS, default=len(RANKS) + 1),
        coarseness=pl.col("precision").replace_strict(PRECISIONS, default=2),
        agreeing=pl.len().cast(pl.Int64).over("model_id", "released_on", "evidence"),
    )
    seen_only = pl.col("rank") >= RANKS["leaderboard first seen"]
    stated = ranked.filter(~seen_only & (pl.col("coarseness") == 0))
    spread = stated.group_by("model_id").agg(
        spread_days=(pl.max("released_on") - pl.min("released_on")).dt.total_days().cast(pl.Int32)
    )
    order: list[pl.Expr | str] = [
        seen_only.cast(pl.Int8),
        "coarseness",
        "rank",
        pl.col("agreeing").neg(),
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
