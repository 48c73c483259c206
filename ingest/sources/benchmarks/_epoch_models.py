"""What Epoch's benchmark archive says of the models themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from ingest.sources._payloads import day, day_precision, number

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "model_name": ("model_version", "Model version", "Model"),
    "organization": ("organization", "Organization"),
    "display_name": ("display_name", "Display name"),
    "country": ("country", "Country", "Country (of organization)"),
    "_access": ("accessibility", "Model accessibility"),
    "_flop": ("training_compute_flop", "Training compute (FLOP)"),
    "_date": ("date", "Release date"),
}
"""Our field (or an intermediate one) and the columns that hold it, in the layouts of all years."""

_FIRST: Final = (
    "model_metadata.csv",
    "epoch_capabilities_index.csv",
    "epoch_capabilities_index/eci_scores.csv",
)
"""The files whose purpose is to describe models come before the benchmarks that repeat it."""


def model_facts(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per model name: release date, organization, access, training compute in FLOP.

    Where files differ, the first that says something wins, the files about models before those of scores.
    """
    ordered = [tables[name] for name in _FIRST if name in tables]
    ordered += [table for name, table in tables.items() if name not in _FIRST]
    found = [_described(table) for table in ordered if _names_models(table)]
    if not found:
        return pl.DataFrame(schema={"model_name": pl.String})
    first = pl.exclude("model_name").drop_nulls().first()
    rows = pl.concat(found).group_by("model_name", maintain_order=True).agg(first)
    return rows.select(
        "model_name",
        "organization",
        "display_name",
        "country",
        open_weights=open_weights(pl.col("_access")),
        training_compute_flop=pl.when(number("_flop") > 0).then(number("_flop")),
        valid_on=day("_date"),
        valid_precision=day_precision(day("_date")),
    )


def open_weights(access: pl.Expr) -> pl.Expr:
    """Epoch's words on accessibility as true (weights can be downloaded), false, or null where not stated."""
    return (
        pl.when(access.str.contains("(?i)open weights"))
        .then(True)
        .when(access.str.contains("(?i)api access|hosted|unreleased|closed"))
        .then(False)
    )


def _names_models(table: pl.DataFrame) -> bool:
    return any(name in table.columns for name in _FIELDS["model_name"])


def _described(table: pl.DataFrame) -> pl.DataFrame:
    fields = {}
    for field, names in _FIELDS.items():
        there = [pl.col(name) for name in names if name in table.columns]
        fields[field] = there[0] if there else pl.lit(None, pl.String)
    return table.select(**fields).filter(pl.col("model_name").is_not_null())
