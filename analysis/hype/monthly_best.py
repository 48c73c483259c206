"""The best score so far at each month's end, for setting capability beside monthly series."""

from __future__ import annotations

import polars as pl


def monthly_best(models: pl.DataFrame) -> pl.DataFrame:
    """Best score among the models released by the end of each month: valid_on, value, model_id.

    `models`: released_on, value (higher is better), model_id; rows without a date or a value are left out.
    `valid_on` is the month's first day; months run without gap from the first release to the last. The levels
    are records: they say when the best moved, and no trend may be fitted through them.
    """
    rows = models.drop_nulls(["released_on", "value"]).sort("released_on", "value")
    if rows.is_empty():
        return pl.DataFrame(schema={"valid_on": pl.Date, "value": pl.Float64, "model_id": pl.String})
    month = pl.col("released_on").dt.truncate("1mo")
    best = (
        rows.group_by(month.alias("valid_on"))
        .agg(pl.col("value", "model_id").sort_by("value").last())
        .sort("valid_on")
    )
    months = pl.date_range(best["valid_on"][0], best["valid_on"][-1], "1mo", eager=True).alias("valid_on")
    dense = months.to_frame().join(best, on="valid_on", how="left", maintain_order="left")
    record = pl.col("value").is_not_null() & (pl.col("value") == pl.col("value").cum_max())
    return dense.select(
        "valid_on",
        pl.col("value").cum_max().forward_fill().cast(pl.Float64),
        pl.when(record).then(pl.col("model_id")).forward_fill(),
    )
