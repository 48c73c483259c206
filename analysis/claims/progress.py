"""Whether the steps between models shrink: the slope of the frontier, by index and by time horizon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from analysis.amounts import in_words, surely
from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim, evidence_of
from analysis.trends.measures import HORIZON, INDEX, Measure
from analysis.trends.power import STOP, power_of_trend
from analysis.trends.trend import FrontierTrend, frontier_trend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict

SEED = 20241220

STATEMENT = "Each new model is only incrementally better"

_RULE = (
    "'Only incrementally better' is read as a slower climb of the best models: held if in the last 18 months "
    "it was surely slower than in the 24 before; it did not hold if it was as fast, within a small error, or "
    "faster."
)

_WOULD_CHANGE = "Enough models to compare the recent slope of the frontier with the earlier one."

_VERDICTS = {
    TrendVerdict.PLATEAU: ClaimVerdict.HELD,
    TrendVerdict.SLOWING: ClaimVerdict.HELD,
    TrendVerdict.STEADY: ClaimVerdict.DID_NOT_HOLD,
    TrendVerdict.ACCELERATING: ClaimVerdict.DID_NOT_HOLD,
}
"""All other verdicts on a trend leave the claim open."""


@claim(
    statement=f"{STATEMENT}: the pace of the frontier, by the capability index.",
    measure="Slope of the capability index's frontier in the last 18 months, against the 24 months before",
    unit="points a year",
    page="trends",
    query="claim_index",
    rule=_RULE,
    would_change=_WOULD_CHANGE,
    tense=Tense.COURSE,
)
def models_only_incrementally_better(index: pl.DataFrame, on: date) -> Finding:
    """Held if the frontier's slope has surely fallen, not held if it is steady or rises.

    `index`: model_id, organization, released_on, value (points of the index), source_id,
    payload_sha256, url, one row per model.
    """
    return _judged(index, on, INDEX)


@claim(
    statement=f"{STATEMENT}: the pace of the frontier, by the time horizon of tasks.",
    measure="Slope of the frontier of METR's 50 % time horizon in the last 18 months, against the 24 before",
    unit="doublings a year",
    page="trends",
    query="claim_horizons",
    rule=_RULE,
    would_change=_WOULD_CHANGE,
    tense=Tense.COURSE,
)
def horizons_only_incrementally_longer(horizons: pl.DataFrame, on: date) -> Finding:
    """As for the index, on the newest suite of tasks that enough models sat; suites are never mixed.

    `horizons`: benchmark_id (the suite, the newest last by name), model_id, organization, released_on, value
    (minutes), source_id, payload_sha256, url.
    """
    suite = newest_suite(horizons)
    released = horizons.filter(pl.col("released_on") <= on, pl.col("benchmark_id") == suite)
    if released.is_empty():
        return cannot_be_told("No time horizon of a model released by then is known.")
    found = _judged(released, on, HORIZON)
    return replace(found, text=" ".join(filter(None, [found.text, _overlap(horizons, suite)])))


def newest_suite(horizons: pl.DataFrame) -> str:
    """The newest suite with at least 20 models, whenever they were released; without one the newest."""
    sizes = horizons.group_by("benchmark_id").len().sort("benchmark_id")
    enough = sizes.filter(pl.col("len") >= MINIMUM_MODELS)
    ids = (enough if enough.height else sizes)["benchmark_id"]
    return str(ids[-1]) if len(ids) else ""


def _overlap(horizons: pl.DataFrame, suite: str) -> str:
    """How the horizons of models that an older suite had measured too compare with it; empty without any."""
    own = horizons.filter(benchmark_id=suite).select("model_id", "value")
    older = horizons.filter(pl.col("benchmark_id") < suite).sort("benchmark_id")
    if older.is_empty():
        return ""
    before = older.filter(benchmark_id=older["benchmark_id"][-1])
    both = own.join(before.select("model_id", before="value"), on="model_id")
    if both.is_empty():
        return ""
    ratios = (both["value"] / both["before"]).sort().to_numpy()
    return (
        f"Of the newest suite's {own.height} models {both.height} were measured on the suite before it too: "
        f"their horizons are {np.median(ratios):.2f} times those (from {ratios[0]:.2f} to {ratios[-1]:.2f})."
    )


def _judged(models: pl.DataFrame, on: date, measure: Measure) -> Finding:
    dated = models.filter(pl.col("released_on") <= on)
    if dated.is_empty():
        return cannot_be_told(f"No {measure.name} of a model released by then is known.")
    newest: date = dated["released_on"].max()  # type: ignore[assignment]  # a column of dates
    # The window ends with the data: months without any model would else count as months without progress.
    trend = frontier_trend(dated, newest, measure, seed=SEED)
    power = power_of_trend(dated, trend, SEED)
    recent = trend.slopes.recent if trend.slopes else None
    return Finding(
        verdict=_VERDICTS.get(trend.verdict, ClaimVerdict.CANNOT_BE_TOLD),
        why=f"The verdict on the trend is '{trend.verdict}'.",
        text=f"{_in_words(trend, measure)} {_noticed(power)}",
        value=recent.value if recent else None,
        interval=recent.interval if recent else None,
        n=trend.n,
        observed_on=newest,
        evidence=evidence_of(dated),
        would_change=trend.would_change,
    )


def _noticed(power: pl.DataFrame | None) -> str:
    """What the test of the trend would have noticed: a verdict is worth no more than that."""
    if power is None:
        return "These are too few models to notice a stop."
    if power.is_empty():
        return "There is no rise that could stop."
    noticed = surely(power.filter(change=STOP, months=12)["noticed"].item())
    return f"A stop a year before the data end would have been noticed with probability {noticed}."


def _in_words(trend: FrontierTrend, measure: Measure) -> str:
    if trend.slopes is None:
        return f"{trend.n} models are too few to fit a slope."
    earlier = trend.slopes.earlier
    before = f"{earlier.value:.1f}" if earlier and trend.earlier_told else "not determined"
    recent = f"{trend.slopes.recent.value:.1f} {measure.unit} a year since {in_words(trend.knot_on)}"
    return f"{recent} ({trend.n_recent} models); before: {before} ({trend.n_earlier} models)."
