"""What a candidate curve leaves unexplained, and whether the newest points lie on one side of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl
from scipy.stats import binomtest

from analysis.results import day_of
from analysis.trends.scurve import Candidate, CurveComparison

RECENT_YEARS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Residuals:
    """Observed less fitted of one candidate, in the unit of the fit.

    `rows`: released_on, residual. Of the `recent` points of the last year `above` lie above the curve;
    `p_value` is how often at least so uneven a split comes up by chance (exact sign test, two-sided), None
    without recent points. The points of one quarter are chosen as its best and those of one maker are alike,
    so they are less independent than the test takes them to be.
    """

    name: str
    rows: pl.DataFrame
    recent: int
    above: int
    p_value: float | None

    def scaled(self, scale: float) -> Residuals:
        """The same in another unit."""
        return replace(self, rows=self.rows.with_columns(pl.col("residual") * scale))


def residuals_of(comparison: CurveComparison, candidate: Candidate) -> Residuals:
    """The residuals of one candidate of a comparison that has points.

    References: Conover (1999), Practical Nonparametric Statistics, section 3.4, for the sign test.
    """
    assert comparison.series is not None
    time, values = comparison.series.time, comparison.series.values
    left = values - candidate.fit.at(time)
    newest = left[time > time.max() - RECENT_YEARS]
    above = int((newest > 0).sum())
    days: list[date] = [day_of(year) for year in time]
    return Residuals(
        candidate.name,
        pl.DataFrame({"released_on": days, "residual": left}),
        len(newest),
        above,
        float(binomtest(above, len(newest)).pvalue) if len(newest) else None,
    )
