"""Readings of a list that are older than the one before them: a mirror or a cache gave an earlier copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from ingest.prices.history import Evidence

FEWEST: Final = 3
"""Prices that must go back together; one or two may be real, a trial that ended."""

_KEY: Final = ("source_id", "model_name", "provider", "tier")
_PRICES: Final = ("input_usd_per_mtok", "output_usd_per_mtok")


def without_old_copies(evidence: Evidence) -> Evidence:
    """The evidence without what lists said in copies that were older than the ones read before."""
    old = old_copies(evidence.stated)
    if old.is_empty():
        return evidence
    read = old.rename({"observed_at": "as_of"})
    return replace(
        evidence,
        stated=evidence.stated.join(old, on=["source_id", "observed_at"], how="anti", maintain_order="left"),
        payloads=evidence.payloads.join(read, on=["source_id", "as_of"], how="anti", maintain_order="left"),
    )


def old_copies(stated: pl.DataFrame) -> pl.DataFrame:
    """source_id and observed_at of the readings that are older than those before them.

    stated   rows of prices_stated

    Such a reading names nothing that its list had not named, and every price that it changes (at least
    `FEWEST`) is the one that stood before the last change: nobody takes back a month's changes and new
    models at once, but a mirror of the month before looks like that. Rows with a day of their own say
    nothing of the reading.
    """
    rows = stated.filter(pl.col("valid_on").is_null()).sort(*_KEY, "observed_at")
    rows = rows.with_columns(
        asked=pl.struct(pl.when(~pl.col("gone")).then(name).alias(name) for name in _PRICES)
    )
    told = rows.with_columns(
        before=pl.col("asked").shift(1).over(_KEY),
        was_gone=pl.col("gone").shift(1).over(_KEY),
        earlier=pl.col("asked").shift(2).over(_KEY),
        turn=pl.int_range(pl.len()).over(_KEY),
    )
    is_change = (
        (pl.col("turn") > 0) & ~pl.col("gone") & ~pl.col("was_gone") & (pl.col("asked") != pl.col("before"))
    )
    goes_back = is_change & (pl.col("turn") > 1) & (pl.col("asked") == pl.col("earlier"))
    by_reading = told.group_by("source_id", "observed_at").agg(
        new=(pl.col("turn") == 0).sum(), changed=is_change.sum(), back=goes_back.sum()
    )
    return (
        by_reading.filter(pl.col("new") == 0, pl.col("back") >= FEWEST, pl.col("back") == pl.col("changed"))
        .select("source_id", "observed_at")
        .sort(pl.all())
    )
