"""Where sources disagree on what a maker asks for its own model."""

from __future__ import annotations

import polars as pl

from charts.parts.axes import dollars

_LISTING = ("source_id", "model_name", "provider")
_PRICE = ("input_usd_per_mtok", "output_usd_per_mtok")


def conflict(asked: pl.DataFrame) -> str:
    """One sentence on whether sources agree on the maker's standard price; "" where fewer than two state one.

    `asked`: the rows of prices_of_model.sql. Of each source its newest statement counts; where a listing has
    dated prices, an undated one is what it was before them.
    """
    dated = pl.col("valid_on").is_not_null()
    newest = (
        asked.filter(pl.col("seller") == "maker", pl.col("tier") == "standard")
        .drop_nulls(_PRICE)
        .filter(dated | ~dated.any().over(_LISTING))
        .sort(pl.coalesce("valid_on", pl.col("observed_at").dt.date()), "observed_at", "model_name")
        .unique("source_id", keep="last", maintain_order=True)
    )
    if newest.height < 2:
        return ""
    by_price = (
        newest.group_by(_PRICE)
        .agg(pl.col("source_id").sort())
        .sort(pl.col("source_id").list.len(), *_PRICE, descending=[True, False, False])
    )
    if by_price.height == 1:
        return f"All {newest.height} sources that state the maker's own price agree on it."
    said = [
        f"{dollars(row['input_usd_per_mtok'])} and {dollars(row['output_usd_per_mtok'])} by "
        f"{', '.join(row['source_id'])}"
        for row in by_price.iter_rows(named=True)
    ]
    return f"Sources disagree on the maker's own price (input and output): {'; '.join(said)}."
