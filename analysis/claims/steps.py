"""How much better each new model is than the best that its maker had before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import binom, theilslopes

from analysis.amounts import in_words
from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim, evidence_of
from analysis.results import Floats, Interval, year_of, years
from analysis.trends.trend import EARLIER_YEARS, RECENT_YEARS

LEVEL = 0.90
FEWEST_STEPS = 20
"""Steps in one of the two windows below which they are not compared."""


@claim(
    statement="Each new model is only incrementally better: the step from its maker's best.",
    measure="Points of the capability index by which a model beats the best that its maker had before: the "
    "median step of the last 18 months",
    unit="points",
    page="trends",
    query="claim_index",
    rule="'Only incrementally better' is read as smaller steps: held if they surely shrink over the last 42 "
    "months; it did not hold if they surely grow, and cannot be told in between.",
    would_change="Larger steps: a trend over the last 42 months whose interval holds 0 or lies above it.",
    tense=Tense.COURSE,
)
def steps_only_incremental(index: pl.DataFrame, on: date) -> Finding:
    """Held if the steps surely shrink over the last 42 months, not held if they surely grow, else open.

    `index`: as for `models_only_incrementally_better`. Only models that beat their maker's own best are
    steps, so every step is above 0; the trend is that of the steps on their release days. Its interval takes
    the steps as independent, and each step carries the error of two values of the index.

    References: Sen (1968), Estimates of the regression coefficient based on Kendall's tau, Journal of the
    American Statistical Association 63.
    """
    steps = steps_of_makers(index.filter(pl.col("released_on") <= on))
    if steps.is_empty():
        return cannot_be_told("No maker has two models of the index released by then.")
    end: date = steps["released_on"].max()  # type: ignore[assignment]  # a column of dates
    since_end = years(steps["released_on"]) - year_of(end)
    inside = since_end >= -RECENT_YEARS - EARLIER_YEARS
    gains, since_end = steps["gain"].to_numpy()[inside], since_end[inside]
    recent, earlier = gains[since_end >= -RECENT_YEARS], gains[since_end < -RECENT_YEARS]
    told = min(len(recent), len(earlier)) >= FEWEST_STEPS
    trend = _trend(gains, since_end) if told else None
    largest = steps.filter(pl.Series(inside)).sort("gain", "model_id").row(-1, named=True)
    return Finding(
        verdict=ClaimVerdict.CANNOT_BE_TOLD if trend is None else _verdict(trend),
        why="Makers release more often than before, so that smaller steps can make up the same pace: "
        "another claim tells the pace. Steps of makers with few models are the less certain."
        if told
        else f"{FEWEST_STEPS} steps in each of the two windows are needed.",
        text=_in_words(recent, earlier, trend, largest),
        value=float(np.median(recent)) if len(recent) else None,
        interval=median_interval(recent),
        n=len(gains),
        observed_on=end,
        evidence=evidence_of(index.filter(pl.col("released_on") <= on)),
    )


def steps_of_makers(index: pl.DataFrame) -> pl.DataFrame:
    """model_id, title, organization, released_on and gain (points) of models that beat their maker's best.

    `index`: one row per model with its title and value; models without a named maker, and the first of each,
    are no steps.
    """
    ordered = index.drop_nulls(["organization", "released_on", "value"]).sort("released_on", "model_id")
    best_before = pl.col("value").cum_max().shift(1).over("organization")
    steps = ordered.with_columns(gain=pl.col("value") - best_before).filter(pl.col("gain") > 0)
    return steps.select("model_id", "title", "organization", "released_on", "gain")


def median_interval(values: Floats, level: float = LEVEL) -> Interval | None:
    """Order statistics that hold the median with at least `level`, without any shape assumed; None of few."""
    n = len(values)
    below = int(binom.ppf((1 - level) / 2, n, 0.5)) - 1 if n else -1
    if below < 0:
        return None
    ordered = np.sort(values)
    return Interval(float(ordered[below]), float(ordered[n - 1 - below]), level)


def _trend(gains: Floats, since_end: Floats) -> Interval:
    """The change of the step a year: the interval of the Theil-Sen slope."""
    found = theilslopes(gains, since_end, LEVEL)
    return Interval(float(found.low_slope), float(found.high_slope), LEVEL)


def _verdict(trend: Interval) -> ClaimVerdict:
    if trend.high < 0:
        return ClaimVerdict.HELD
    return ClaimVerdict.DID_NOT_HOLD if trend.low > 0 else ClaimVerdict.CANNOT_BE_TOLD


def _in_words(recent: Floats, earlier: Floats, trend: Interval | None, largest: Mapping[str, Any]) -> str:
    parts = [f"{len(recent)} steps in the last 18 months"]
    if len(recent):
        parts[0] += f", median {np.median(recent):.1f} points"
    if len(earlier):
        parts.append(f"{len(earlier)} in the 24 before, median {np.median(earlier):.1f}")
    if trend is not None:
        parts.append(f"a step changes by {trend.low:+.1f} to {trend.high:+.1f} points a year (90 % interval)")
    parts.append(
        f"the largest {largest['gain']:.0f} points ({largest['title']}, {in_words(largest['released_on'])})"
    )
    return f"{'; '.join(parts)}."
