"""What would end the rise: the stock of text, and the bend of an S-curve."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.amounts import capital, year_in_words
from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim, evidence_of
from analysis.datawall.crossing import WallForecast, WallVerdict, crossing_year
from analysis.datawall.inputs import wall_inputs
from analysis.trends.measures import is_used_up
from analysis.trends.scurve import CurveComparison, CurveVerdict, compare_curves

SEED = 20241220
WALL_DRAWS = 20_000
FAR_YEARS = 10.0
"""A wall that surely lies further off than this is not what "is running out" means."""

MINIMUM_MODELS = 20
"""Models a benchmark needs before its being used up counts."""

INDEX_ID = "capability-index"


@claim(
    statement="Training data is running out.",
    measure="Calendar year in which the largest training set equals the stock of public human text",
    unit="year",
    page="data-wall",
    query="claim_training_data",
    rule="Held once the year in which the largest set needs all public text has surely passed; partly while "
    f"it may lie ahead; it did not hold if that year is surely more than {FAR_YEARS:g} years off, or "
    "never comes.",
    would_change="Larger training sets, which move the growth of demand, or a stock that is better known.",
    tense=Tense.COURSE,
)
def training_data_running_out(data: pl.DataFrame, on: date) -> Finding:
    """Held once the crossing has surely passed, not held if it is surely ten years off or never comes.

    `data`: kind ('set' or 'input'), quantity, published_on, tokens, low, high, interval, source_id,
    payload_sha256, url. The estimate is that of the page on the data wall, at its own assumptions.
    """
    sets = data.filter(pl.col("kind") == "set", pl.col("published_on") <= on)
    try:
        inputs = wall_inputs(data)
    except ValueError as reason:
        return cannot_be_told(f"The stock of text cannot be drawn: {reason}.")
    forecast = crossing_year(sets.select("published_on", "tokens"), inputs, draws=WALL_DRAWS, seed=SEED)
    year = on.year + (on.timetuple().tm_yday - 1) / 365
    return Finding(
        verdict=_wall_verdict(forecast, year),
        why="The year is a projection from the growth of training sets up to 2023 and a stock that is itself "
        "known to a factor of ten; private, synthetic and other than text data lie outside it.",
        text=_wall_in_words(forecast),
        value=forecast.estimate.value if forecast.estimate else None,
        interval=forecast.estimate.interval if forecast.estimate else None,
        n=forecast.growth.n,
        observed_on=forecast.window.end if forecast.window else None,
        evidence=evidence_of(data),
    )


def _wall_verdict(forecast: WallForecast, year: float) -> ClaimVerdict:
    if forecast.verdict is WallVerdict.NONE_IN_SIGHT:
        return ClaimVerdict.DID_NOT_HOLD
    if forecast.estimate is None or forecast.estimate.interval is None:
        return ClaimVerdict.CANNOT_BE_TOLD
    crossing = forecast.estimate.interval
    if crossing.high <= year:
        return ClaimVerdict.HELD
    return ClaimVerdict.DID_NOT_HOLD if crossing.low > year + FAR_YEARS else ClaimVerdict.PARTLY


def _wall_in_words(forecast: WallForecast) -> str:
    if forecast.estimate is None or forecast.estimate.interval is None:
        return f"{capital(forecast.verdict.value)}."
    span = forecast.estimate.interval
    stock = forecast.stock_tokens.value / 1e12
    ends = f"{year_in_words(span.low)} to {year_in_words(span.high)}"
    return (
        f"The two meet in {year_in_words(forecast.estimate.value)} (80 % interval {ends}) with a stock of "
        f"{stock:.0f} trillion tokens."
    )


@claim(
    statement="Progress comes in S-curves.",
    measure="Share of bounded benchmarks that are used up (best score within 5 points or 2 errors of the "
    "ceiling), beside the test of a bend in the capability index",
    unit="fraction",
    page="trends",
    query="claim_s_curves",
    rule="Held if the capability index itself bends towards a ceiling; partly if it does not, but single "
    "benchmarks are used up; it did not hold if neither is so, and cannot be told where the test of the bend "
    "does not decide.",
    would_change="New models of the index that stay below the line, so that a ceiling fits better.",
    tense=Tense.COURSE,
)
def progress_in_s_curves(scores: pl.DataFrame, on: date) -> Finding:
    """Held if the index itself bends towards a ceiling; partly if only single benchmarks end.

    `scores`: benchmark_id ('capability-index' is the index), benchmark (its title), model_id, released_on,
    value, stderr, ceiling, chance, source_id, payload_sha256, url. A benchmark that ends at 100 % says
    nothing of AI, so it never decides alone; and a sum of S-curves may look straight, so a straight index
    does not refute the claim where benchmarks do end.
    """
    released = scores.filter(pl.col("released_on") <= on)
    index = released.filter(benchmark_id=INDEX_ID)
    used_up = used_up_benchmarks(released.filter(pl.col("benchmark_id") != INDEX_ID))
    curves = compare_curves(index.select("model_id", "released_on", "value"), seed=SEED)
    ended = used_up.filter("used_up")["benchmark"].to_list()
    return Finding(
        verdict=_curve_verdict(curves, len(ended)),
        why=f"The capability index: {curves.verdict}. Single benchmarks flatten because they end at 100 %.",
        text=f"{len(ended)} of {used_up.height} benchmarks are used up ({'; '.join(ended) or 'none'}). The "
        f"index: {curves.verdict}; {_ratio_in_words(curves)}.",
        value=len(ended) / used_up.height if used_up.height else None,
        n=used_up.height,
        observed_on=index["released_on"].max(),  # type: ignore[arg-type]  # a column of dates
        evidence=evidence_of(released),
        would_change=curves.would_change,
    )


def used_up_benchmarks(scores: pl.DataFrame) -> pl.DataFrame:
    """benchmark_id, benchmark (title), used_up (bool) of each bounded benchmark with 20 models or more."""
    rows = []
    for (benchmark_id,), models in scores.group_by("benchmark_id", maintain_order=True):
        if models.height < MINIMUM_MODELS:
            continue
        best = models.sort("value", descending=True, nulls_last=True).row(0, named=True)
        rows.append((str(benchmark_id), best["benchmark"], is_used_up(best)))
    schema = {"benchmark_id": pl.String, "benchmark": pl.String, "used_up": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("benchmark", "benchmark_id")


def _curve_verdict(curves: CurveComparison, ended: int) -> ClaimVerdict:
    if curves.verdict is CurveVerdict.SATURATING:
        return ClaimVerdict.HELD
    if curves.verdict is CurveVerdict.NOT_BENDING:
        return ClaimVerdict.PARTLY if ended else ClaimVerdict.DID_NOT_HOLD
    return ClaimVerdict.CANNOT_BE_TOLD


def _ratio_in_words(curves: CurveComparison) -> str:
    if curves.ratio is None:
        return f"{curves.n} points"
    best = curves.candidates[0].name
    return (
        f"the {best} fits its {curves.n} points best (AICc); line against logistic: "
        f"p = {curves.ratio.p_value:.2f}"
    )
