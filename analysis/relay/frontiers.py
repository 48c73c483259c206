"""The frontier of each bounded benchmark, corrected for chance, and the days on which it passed two marks."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.trends.measures import is_used_up

BEGINS_BELOW: Final = 0.20
"""Share of the way from chance to the ceiling: who begins above has no beginning to measure."""

DONE_FROM: Final = 0.80

FEWEST_MODELS: Final = 5
"""Models below which a benchmark has no history."""

_VERSION: Final = r"-(\d{4}-\d{2}-\d{2}|public|best-of-\d+)"
"""What tells copies of one test apart: the release of a list that repeats its tasks, a public part."""


def with_share(scores: pl.DataFrame) -> pl.DataFrame:
    """The scores with `share`: how far each is from chance (0) to the ceiling (1), kept within both.

    `scores`: benchmark_id, model_id, released_on, value, chance, ceiling (fractions).
    """
    share = (pl.col("value") - pl.col("chance")) / (pl.col("ceiling") - pl.col("chance"))
    return scores.with_columns(share=share.clip(0.0, 1.0))


def one_of_each_test(scores: pl.DataFrame) -> pl.DataFrame:
    """Of the copies of one test those scores that are of the copy with most models, the newest of equals."""
    sizes = scores.group_by("benchmark_id").len().sort("len", "benchmark_id")
    test = pl.col("benchmark_id").str.replace_all(_VERSION, "")
    chosen = sizes.group_by(test.alias("test"), maintain_order=True).last()
    return scores.filter(pl.col("benchmark_id").is_in(chosen["benchmark_id"].implode()))


def frontier_steps(shares: pl.DataFrame) -> pl.DataFrame:
    """benchmark_id, released_on, share: each day on which a benchmark's best share so far rose.

    `shares`: the rows of `with_share`.
    """
    days = shares.group_by("benchmark_id", "released_on").agg(pl.col("share").max())
    ordered = days.sort("benchmark_id", "released_on")
    best = ordered.with_columns(pl.col("share").cum_max().over("benchmark_id"))
    before = pl.col("share").shift(1).over("benchmark_id")
    return best.filter(before.is_null() | (pl.col("share") > before))


def frontiers(shares: pl.DataFrame) -> pl.DataFrame:
    """One row for each benchmark with enough models, in order of its beginning.

    `shares`: the rows of `with_share`, with benchmark (its title), published_on (null where not known) and
    stderr. Gives benchmark_id, benchmark, published_on, models, began_on (release of the first model
    measured), first (its share), ended_on (release of the last one), best, rose_on and done_on (first
    model at 20 % and at 80 % of the way; null where none), used_up.
    """
    steps = frontier_steps(shares)
    passed = pl.col("released_on")
    marks = steps.group_by("benchmark_id").agg(
        first=pl.col("share").first(),
        best=pl.col("share").last(),
        rose_on=passed.filter(pl.col("share") >= BEGINS_BELOW).min(),
        done_on=passed.filter(pl.col("share") >= DONE_FROM).min(),
    )
    about = shares.group_by("benchmark_id").agg(
        pl.col("benchmark").first(),
        pl.col("published_on").first(),
        models=pl.len(),
        began_on=pl.col("released_on").min(),
        ended_on=pl.col("released_on").max(),
    )
    found = about.join(marks, on="benchmark_id").filter(pl.col("models") >= FEWEST_MODELS)
    ended = {
        str(benchmark_id): is_used_up(models.sort("value", "model_id").row(-1, named=True))
        for (benchmark_id,), models in shares.group_by("benchmark_id")
    }
    used = pl.col("benchmark_id").replace_strict(ended, default=False, return_dtype=pl.Boolean)
    return found.with_columns(used_up=used).sort("began_on", "benchmark_id")
