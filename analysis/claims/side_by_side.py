"""o1 over Claude 3.5 Sonnet on the boards that recorded the same quantity of both."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.statement import Evidence, evidence_of


def board_ratios(runs: pl.DataFrame, on: date, quantity: str) -> pl.DataFrame:
    """One row for each o1 model and board: its `quantity` over that of the newest Sonnet that has it there.

    `runs`: role ('o1' or 'sonnet'), model_id, title, released_on, dated_on, observed_on, benchmark_id,
    benchmark (its title), source_id, payload_sha256, url and the column `quantity` (null or 0 = not
    recorded). Only runs dated and models released by `on` count. Returns the columns of `runs`, the Sonnet's
    with the suffix `_sonnet`, and ratio.
    """
    recorded = runs.filter(pl.col("released_on") <= on, pl.col("dated_on") <= on, pl.col(quantity) > 0)
    ordered = recorded.sort("benchmark_id", "released_on", maintain_order=True)
    sonnets = of_newest_sonnet(ordered).unique("benchmark_id", keep="last", maintain_order=True)
    reasoners = ordered.filter(role="o1").unique(
        ["benchmark_id", "model_id"], keep="last", maintain_order=True
    )
    joined = reasoners.join(sonnets, on="benchmark_id", suffix="_sonnet", maintain_order="left")
    return joined.with_columns(ratio=pl.col(quantity) / pl.col(f"{quantity}_sonnet"))


def of_newest_sonnet(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the Sonnet that stands below the line: on each board the one released last of those there.

    `rows`: role, model_id, released_on, benchmark_id.
    """
    sonnets = rows.filter(role="sonnet")
    newest = sonnets.sort("released_on", maintain_order=True).unique("benchmark_id", keep="last")
    return sonnets.join(newest, on=["benchmark_id", "model_id"], how="semi", maintain_order="left")


def ratios_in_words(ratios: pl.DataFrame) -> str:
    """ "Aider code editing 17.6x (o1-preview), ..." in the order of the rows."""
    rows = ratios.select("benchmark", "ratio", "title").iter_rows()
    return ", ".join(f"{board} {ratio:.1f}x ({model})" for board, ratio, model in rows)


def evidence_of_both(ratios: pl.DataFrame) -> tuple[Evidence, ...]:
    """The payloads of both sides of the ratios."""
    columns = ["source_id", "payload_sha256", "url"]
    other = ratios.select(pl.col(f"{name}_sonnet").alias(name) for name in columns)
    return evidence_of(pl.concat([ratios.select(columns), other]))


def newest_day(ratios: pl.DataFrame) -> date | None:
    """Day of the newest run on either side; None without rows."""
    newest = ratios.select(pl.max_horizontal("observed_on", "observed_on_sonnet").max()).item()
    return newest if isinstance(newest, date) else None
