"""Slope of the frontier, recent against earlier, and the verdict on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.numeric.bootstrap import cluster_weights, model_weights
from analysis.results import Floats, Window, day_of, year_of, years
from analysis.trends.bend_test import BendTest, bend_test
from analysis.trends.measures import INDEX, Measure
from analysis.trends.slopes import TAU, Slopes, frontier_slopes, knot_design
from analysis.trends.verdicts import (
    MINIMUM_MODELS,
    TrendVerdict,
    earlier_is_told,
    judge,
    what_would_change,
)

RECENT_YEARS = 1.5
EARLIER_YEARS = 2.0
DRAWS = 1000
FEWEST_TO_FIT = 4
"""Models below which no line is fitted at all (a line with a knot has three coefficients)."""


@dataclass(frozen=True, slots=True)
class FrontierTrend:
    """A verdict with its evidence; slopes are in `measure.unit` a year, None where too few models exist.

    `clustered` are the same slopes with organisations drawn instead of models, a check, with the verdict that
    they would give. `best` is the highest value released by the end of the window, in the unit of the data.
    `bend` is the test of a bend, in the default windows, of which its power can be told; None where the
    recent models are too few, or the test is used up.
    """

    measure: Measure
    window: Window
    recent_years: float
    n: int
    n_recent: int
    n_earlier: int
    slopes: Slopes | None
    clustered: Slopes | None
    best: float | None
    verdict: TrendVerdict
    clustered_verdict: TrendVerdict
    would_change: str
    method: str
    bend: BendTest | None = None

    @property
    def knot_on(self) -> date:
        """Day on which the recent window begins."""
        return day_of(self._knot)

    @property
    def _knot(self) -> float:
        return year_of(self.window.end) - self.recent_years

    @property
    def earlier_told(self) -> bool:
        """Whether the earlier slope is known well enough to be compared with."""
        return self.slopes is not None and earlier_is_told(self.slopes.earlier, self.n_earlier)

    @property
    def surely_rises(self) -> bool:
        """Whether enough recent models have a slope whose interval lies above 0."""
        interval = self.slopes.recent.interval if self.slopes else None
        return self.n_recent >= MINIMUM_MODELS and interval is not None and interval.low > 0

    def frontier_on(self, days: pl.Series) -> Floats:
        """The fitted frontier on the given dates, shape (n,), in the unit of the data; NaN where nothing is
        fitted.
        """
        if self.slopes is None:
            return np.full(len(days), np.nan)
        earlier = self.slopes.earlier.value if self.slopes.earlier else np.nan
        coefficients = np.array([self.slopes.level_at_knot, earlier, self.slopes.recent.value])
        design = knot_design(years(days) - self._knot)
        # A missing earlier slope must not spoil the dates after the knot, where its column is 0.
        lines = np.where(design == 0.0, 0.0, design * coefficients).sum(axis=1)
        return self.measure.unscaled(lines)


def frontier_trend(
    models: pl.DataFrame,
    as_of: date,
    measure: Measure = INDEX,
    recent_years: float = RECENT_YEARS,
    earlier_years: float = EARLIER_YEARS,
    draws: int = DRAWS,
    seed: int = 0,
) -> FrontierTrend:
    """Slope of the 0.9 quantile of all models, in the last 18 months and in the 24 before, and the verdict.

    `models`: model_id, organization, released_on (date), value, optionally stderr; one row per model. Models
    released after `as_of` are left out, so the frame of a later day gives the reading "as released by
    `as_of`". Years have 365 days. The interval is a bootstrap over models, calibrated by simulation.

    Raises ValueError where a model stands twice or a value does not fit the measure.

    References: Koenker and Bassett (1978), Regression Quantiles; Portnoy and Koenker (1997).
    """
    released = _released(models, as_of)
    knot = year_of(as_of) - recent_years
    window = Window(day_of(knot - earlier_years), as_of)
    inside = released.filter(pl.col("released_on") >= window.start)
    since_knot = years(inside["released_on"]) - knot
    n_recent = int((since_knot >= 0).sum())
    n_earlier = inside.height - n_recent
    slopes, clustered = _both_bootstraps(inside, since_knot, measure, draws, seed)
    saturated = _saturated(released, measure)
    bend = None
    tested = slopes is not None and n_recent >= MINIMUM_MODELS and not saturated
    if tested and (recent_years, earlier_years) == (RECENT_YEARS, EARLIER_YEARS):
        values = measure.scaled(inside["value"].to_numpy())
        bend = bend_test(since_knot - recent_years, values, makers_of(inside), seed)
    verdict = judge(slopes, n_recent, n_earlier, saturated, bend)
    return FrontierTrend(
        measure=measure,
        window=window,
        recent_years=recent_years,
        n=inside.height,
        n_recent=n_recent,
        n_earlier=n_earlier,
        slopes=slopes,
        clustered=clustered,
        best=None if released.is_empty() else float(released["value"].max()),  # type: ignore[arg-type]
        verdict=verdict,
        clustered_verdict=judge(clustered, n_recent, n_earlier, saturated, bend),
        would_change=what_would_change(verdict, slopes, n_recent, n_earlier, measure.unit, bend),
        method=f"quantile regression, tau = {TAU:g}, one knot, bootstrap over models ({draws} draws)",
        bend=bend,
    )


def _released(models: pl.DataFrame, as_of: date) -> pl.DataFrame:
    rows = models.drop_nulls(["released_on", "value"]).filter(pl.col("released_on") <= as_of)
    twice = rows.filter(pl.col("model_id").is_duplicated())["model_id"].unique().sort()
    if len(twice):
        raise ValueError(f"{twice[0]} stands more than once; give one row per model, its headline value")
    return rows.sort("released_on", "model_id")


def _both_bootstraps(
    inside: pl.DataFrame, since_knot: Floats, measure: Measure, draws: int, seed: int
) -> tuple[Slopes | None, Slopes | None]:
    if inside.height < FEWEST_TO_FIT or np.unique(since_knot[since_knot >= 0]).size < 2:
        return None, None
    values = measure.scaled(inside["value"].to_numpy())
    generator = np.random.default_rng(seed)
    by_model = frontier_slopes(since_knot, values, model_weights(inside.height, draws, generator))
    by_maker = frontier_slopes(since_knot, values, cluster_weights(makers_of(inside), draws, generator))
    return by_model, by_maker


def makers_of(inside: pl.DataFrame) -> list[str]:
    """Organisation of each model; one without a named organisation stands alone."""
    return inside.select(pl.coalesce("organization", pl.format("model {}", "model_id"))).to_series().to_list()


def _saturated(released: pl.DataFrame, measure: Measure) -> bool:
    if released.is_empty() or not measure.bounded:
        return False
    best = released.sort("value", descending=True).row(0, named=True)
    return measure.saturated_at(best["value"], best.get("stderr") or 0.0)
