"""A trend of the index as it could be found, for the tests of what is said of trends."""

from __future__ import annotations

from datetime import date

from analysis.results import Estimate, Interval, Window
from analysis.trends.measures import INDEX
from analysis.trends.slopes import Slopes
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict

SLOPES = Slopes(
    recent=Estimate(15.24, Interval(13.7, 17.3)),
    earlier=Estimate(14.4, Interval(12.0, 16.4)),
    difference=None,
    level_at_knot=100.0,
    recent_percentile=None,
    earlier_percentile=None,
)
TREND = FrontierTrend(
    measure=INDEX,
    window=Window(date(2023, 1, 15), date(2026, 7, 16)),
    recent_years=1.5,
    n=230,
    n_recent=112,
    n_earlier=118,
    slopes=SLOPES,
    clustered=None,
    best=161.8,
    verdict=TrendVerdict.STEADY,
    clustered_verdict=TrendVerdict.STEADY,
    would_change="More models.",
    method="quantile regression",
)
