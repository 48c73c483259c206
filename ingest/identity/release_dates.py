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
            "base model",
            "leaderboard first seen",
            "price listing first seen",
            "dated leaderboard first seen",
            "dated price listing first seen",
        ),
        start=1,
    )
}
"""Kinds of evidence, the best first; for a moving name that is the date of its first version.

The date in a version's name may be weeks before its release ("claude-3-opus-20240229"), so that it counts
only where nobody states another. What was merely seen by a day can only say "not later than"."""

PRECISIONS: Final = {"day": 0, "month": 1, "quarter": 2, "year": 3}


LEAD: Final = timedelta(days=7)
"""So much earlier than the date in its name may a version be said to be released; more is another version."""

NO_VERSIONS: Final = pl.DataFrame(schema={"model_id": pl.String, "version_on": pl.Date})


SIGHTING: Final = pl.col("evidence").str.ends_with("first seen")
"""Evidence that a list showed a model by a day: it bounds the release, and is no statement of it."""

_WITNESSED: Final = SIGHTING & ~pl.col("evidence").str.starts_with("dated ")
"""A sighting on the day of the list's payload. A list's own dates are typed by hand, under names that moved
since: they contradict nobody."""

_BY_MAKER: Final = pl.col("evidence").is_in(["first version", "change log", "announcement"])
"""Statements of the maker itself."""

_JUDGES: Final = _BY_MAKER | ((pl.col("evidence") == "curated") & (pl.col("source_id") == "catalogue"))
"""Statements good enough to judge a list's date by, where several of them speak against it."""

_PUBLISHER: Final = (
    pl.when(pl.col("source_id").str.starts_with("epoch-")).then(pl.lit("epoch")).otherwise("source_id")
)
"""Several lists of one publisher are one voice."""

_SEVERAL: Final = 3
"""So many models that were not out yet show that a list is not of its date; one may be a name misread."""


BASE_MODEL: Final = "base model"
"""The day of the model that a variant was made of, which stands where a list dates the variant before it."""


def is_sound(column: str) -> pl.Expr:
    """Whether a kind of evidence is good enough to judge lists by: the maker's, or a curated one."""
    return pl.col(column).is_in(["first version", "change log", "curated", "announcement"])


def too_early() -> pl.Expr:
    """Whether a list states a variant's release (released_on, precision) before its base's (base_on)."""
    ends_on = (
        pl.when(precision="day")
        .then("released_on")
        .when(precision="month")
        .then(pl.col("released_on").dt.month_end())
        .when(precision="quarter")
        .then(pl.col("released_on").dt.offset_by("3mo") - timedelta(days=1))
        .otherwise(pl.col("released_on").dt.offset_by("1y") - timedelta(days=1))
    )
    return (
        ~is_sound("evidence") & ~SIGHTING & (pl.col("evidence") != BASE_MODEL) & (ends_on < pl.col("base_on"))
    )


def best_release_dates(evidence: pl.DataFrame, versions: pl.DataFrame = NO_VERSIONS) -> pl.DataFrame:
    """One date per model from rows (model_id, released_on, precision, evidence, source_id).

    A day beats a month; among equals the better kind of evidence, of curated ones our own catalogue, which
    was checked model by model, then what most publishers say in whatever kind of statement, then what is
    stated most often, then the earliest. `versions` holds the dates in the names of versions (model_id,
    version_on): what is said to be much older than its name is left out.

    A model was out when a list showed it. What others than its maker state later than two lists showed it, or
    than one where only one publisher states it, is left out (or moved to the sighting, where that is within a
    week before), and a model that nobody dates was out by its earliest sighting, a list's own dates included.
    What a list states of a variant before the day of its base (evidence "base model") is left out; that day
    counts where nothing better is left. A sighting before the day that the maker states is a doubt and moves
    nothing. A list that shows several models a week or more before they can have been there is not of its
    date: what it shows was there by the day on which it was read last.

    Returns model_id, released_on, precision, basis (the kind of evidence), spread_days (between the earliest
    and the latest date stated to the day, first sightings left out), n_evidence.
    """
    dated = _not_before_its_base(evidence.drop_nulls("released_on")).join(
        versions, on="model_id", how="left", maintain_order="left"
    )
    possible = _in_time(
        _redated(dated).filter((pl.col("released_on") >= pl.col("version_on") - LEAD).fill_null(True))
    )
    seen_only = pl.col("rank") >= RANKS["leaderboard first seen"]
    ranked = possible.with_columns(
        rank=pl.col("evidence").replace_strict(RANKS, default=len(RANKS) + 1),
        coarseness=pl.col("precision").replace_strict(PRECISIONS, default=3),
    ).with_columns(
        agreeing=_PUBLISHER.filter(~seen_only)
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
        pl.when(seen_only).then(pl.col("released_on")),
        "coarseness",
        "rank",
        pl.col("source_id") != "catalogue",
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


def _not_before_its_base(dated: pl.DataFrame) -> pl.DataFrame:
    """Without what lists state of a variant before the day of its base; that day stands in for it."""
    base_on = pl.col("released_on").filter(evidence=BASE_MODEL).min().over("model_id")
    return dated.with_columns(base_on=base_on).filter(~too_early().fill_null(False)).drop("base_on")


def _redated(dated: pl.DataFrame) -> pl.DataFrame:
    """The evidence, with sightings of lists that are not of their date put on the list's last day.

    `dated`: evidence with version_on. A moving name is no judge: what it showed first was another version.
    """
    stated = dated.filter(_JUDGES & (pl.col("precision") == "day") & (pl.col("evidence") != "first version"))
    judges = stated.group_by("model_id").agg(stated_on=pl.min("released_on"))
    moving = dated.filter(pl.col("evidence") == "first version")["model_id"].unique().implode()
    too_early = (
        dated.filter(SIGHTING, ~pl.col("model_id").is_in(moving))
        .join(judges, on="model_id", how="left")
        .filter(pl.col("released_on") < pl.max_horizontal("stated_on", "version_on") - LEAD)
    )
    misdated = (
        too_early.group_by("source_id", "released_on")
        .agg(n=pl.col("model_id").n_unique())
        .filter(pl.col("n") >= _SEVERAL)
        .select("source_id", "released_on", misdated=pl.lit(value=True))
    )
    told = dated.join(misdated, on=["source_id", "released_on"], how="left", maintain_order="left")
    moved = SIGHTING & pl.col("misdated").fill_null(False)
    last_on = pl.col("released_on").filter(SIGHTING & ~moved).max().over("source_id")
    there_by = pl.when(last_on > pl.col("released_on")).then(last_on)
    return (
        told.with_columns(released_on=pl.when(moved).then(there_by).otherwise("released_on"))
        .drop_nulls("released_on")
        .select(dated.columns)
    )


def _in_time(possible: pl.DataFrame) -> pl.DataFrame:
    """Without sightings before the day that the maker states, and statements that sightings contradict."""
    maker_on = pl.col("released_on").filter(_BY_MAKER & (pl.col("precision") == "day")).min().over("model_id")
    told = possible.with_columns(maker_on=maker_on).with_row_index("row")
    told = told.filter(
        ~SIGHTING | pl.col("maker_on").is_null() | (pl.col("released_on") >= pl.col("maker_on"))
    )
    seen = told.filter(_WITNESSED).select("model_id", seen_on="released_on", seen_in="source_id")
    before = (
        told.filter(~SIGHTING, pl.col("maker_on").is_null())
        .with_columns(agreeing=_PUBLISHER.n_unique().over("model_id", "released_on", "precision"))
        .join(seen, on="model_id")
        .filter(pl.col("seen_on") < pl.col("released_on"))
        .group_by("row")
        .agg(pl.col("agreeing").first(), lists=pl.col("seen_in").n_unique(), seen_on=pl.min("seen_on"))
        .filter((pl.col("lists") > 1) | (pl.col("agreeing") == 1))
    )
    day = pl.when(pl.col("seen_on").is_null()).then("released_on")
    near = day.when(pl.col("released_on") - pl.col("seen_on") < LEAD).then("seen_on")
    return (
        told.join(before.select("row", "seen_on"), on="row", how="left", maintain_order="left")
        .with_columns(released_on=near)
        .drop_nulls("released_on")
        .select(possible.columns)
    )
