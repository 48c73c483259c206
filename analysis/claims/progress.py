"""Whether the steps between models shrink: the slope of the frontier, by index and by time horizon."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim, evidence_of
from analysis.trends.measures import HORIZON, INDEX, Measure
from analysis.trends.trend import FrontierTrend, frontier_trend
from analysis.trends.verdicts import TrendVerdict

SEED = 20241220

STATEMENT = "Each new model is only incrementally better"

_WOULD_CHANGE = "Enough models to compare the recent slope of the frontier with the earlier one."

_VERDICTS = {
    TrendVerdict.PLATEAU: ClaimVerdict.HELD,
    TrendVerdict.SLOWING: ClaimVerdict.HELD,
    TrendVerdict.STEADY: ClaimVerdict.DID_NOT_HOLD,
    TrendVerdict.ACCELERATING: ClaimVerdict.DID_NOT_HOLD,
}
"""All other verdicts on a trend leave the claim open."""


@claim(
    statement=f"{STATEMENT}, by the capability index.",
    measure="Slope of the capability index's frontier in the last 18 months, against the 24 months before",
    unit="points a year",
    page="trends",
    query="claim_index",
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
    statement=f"{STATEMENT}, by the time horizon of tasks.",
    measure="Slope of the frontier of METR's 50 % time horizon in the last 18 months, against the 24 before",
    unit="doublings a year",
    page="trends",
    query="claim_horizons",
    would_change=_WOULD_CHANGE,
    tense=Tense.COURSE,
)
def horizons_only_incrementally_longer(horizons: pl.DataFrame, on: date) -> Finding:
    """As for the index, on the suite of tasks that has measured most models by `on`; suites are never mixed.

    `horizons`: benchmark_id (the suite), model_id, organization, released_on, value (minutes), source_id,
    payload_sha256, url.
    """
    released = horizons.filter(pl.col("released_on") <= on)
    if released.is_empty():
        return cannot_be_told("No time horizon of a model released by then is known.")
    sizes = released.group_by("benchmark_id").len().sort("len", "benchmark_id")
    return _judged(released.filter(benchmark_id=sizes["benchmark_id"][-1]), on, HORIZON)


def _judged(models: pl.DataFrame, on: date, measure: Measure) -> Finding:
    dated = models.filter(pl.col("released_on") <= on)
    if dated.is_empty():
        return cannot_be_told(f"No {measure.name} of a model released by then is known.")
    newest: date = dated["released_on"].max()  # type: ignore[assignment]  # a column of dates
    # The window ends with the data: months without any model would else count as months without progress.
    trend = frontier_trend(dated, newest, measure, seed=SEED)
    recent = trend.slopes.recent if trend.slopes else None
    return Finding(
        verdict=_VERDICTS.get(trend.verdict, ClaimVerdict.CANNOT_BE_TOLD),
        why=f"The verdict on the trend is '{trend.verdict}'.",
        text=_in_words(trend, measure),
        value=recent.value if recent else None,
        interval=recent.interval if recent else None,
        n=trend.n,
        observed_on=newest,
        evidence=evidence_of(dated),
        would_change=trend.would_change,
    )


def _in_words(trend: FrontierTrend, measure: Measure) -> str:
    if trend.slopes is None:
        return f"{trend.n} models: too few to fit a slope"
    earlier = trend.slopes.earlier
    before = f"{earlier.value:.1f}" if earlier and trend.earlier_told else "not determined"
    return (
        f"{trend.slopes.recent.value:.1f} {measure.unit} a year since {trend.knot_on} ({trend.n_recent} "
        f"models); before: {before} ({trend.n_earlier} models)"
    )
