"""Hosts of one model against each other: the fastest offer of each, and how one compares with the others."""

from __future__ import annotations

from typing import Final

import polars as pl

FAST_HOSTS: Final = ("cerebras", "groq")
"""Hosts with chips of their own, never among "the other hosts"."""

FEWEST_OTHERS: Final = 3


def compared_hosts(dated: pl.DataFrame) -> pl.DataFrame:
    """One row for each model and host, its fastest offer, from the source with the newest entry."""
    if dated.is_empty():
        return dated
    source = dated.sort("measured_on", "source_id")["source_id"][-1]
    ordered = dated.filter(source_id=source).sort("model_id", "host", "output_tokens_per_second")
    return ordered.unique(["model_id", "host"], keep="last", maintain_order=True)


def host_factors(by_host: pl.DataFrame, host: str) -> pl.DataFrame:
    """For each model that `host` serves: own and median other speed (tokens/s), factor, n of the others."""
    others = by_host.filter(~pl.col("host").is_in(FAST_HOSTS)).group_by("model_id")
    medians = others.agg(others=pl.col("output_tokens_per_second").median(), n=pl.len())
    own = by_host.filter(host=host).select("model_id", own="output_tokens_per_second")
    joined = own.join(medians.filter(pl.col("n") >= FEWEST_OTHERS), on="model_id")
    return joined.with_columns(factor=pl.col("own") / pl.col("others")).sort("model_id")
