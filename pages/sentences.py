"""What pages say of results, as pure functions: sentences with their intervals."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.frontier import BestSoFar, critical_value
from analysis.price import PriceDecline, successive_cheapest
from analysis.price_steps import CheapestSteps
from analysis.trend import FrontierTrend
from charts.axes import dollars


def of_index(best: BestSoFar, titles: Mapping[str, str], trend: FrontierTrend) -> str:
    """Who leads the index, and the verdict on its trend."""
    first, *others = best.leaders.iter_rows(named=True)
    words = (
        f"the best published capability index is {titles[first['model_id']]}'s {first['value']:.1f} points"
    )
    if first["stderr"] is not None:
        half = critical_value(best.level) * first["stderr"]
        words += (
            f" ({100 * best.level:.0f} % interval {first['value'] - half:.1f} to {first['value'] + half:.1f})"
        )
    if others:
        words += f", not told apart from {len(others)} other{'s' if len(others) > 1 else ''}"
    return f"{words}, and the verdict on the last 18 months is: {trend.verdict.value}"


def of_trend(trend: FrontierTrend) -> str:
    """The slopes behind a verdict, with their intervals, and what would change it."""
    if trend.slopes is None or trend.slopes.recent.interval is None:
        return f"Too few models to tell a slope ({trend.n_recent} in the last 18 months)."
    recent, earlier = trend.slopes.recent, trend.slopes.earlier
    words = (
        f"The frontier (the 0.9 quantile of {trend.n} models) rose by {recent.value:.1f} points a year in "
        f"the last 18 months (90 % interval {recent.interval.low:.1f} to {recent.interval.high:.1f})"
    )
    if trend.earlier_told and earlier is not None and earlier.interval is not None:
        words += (
            f", by {earlier.value:.1f} a year in the two years before "
            f"({earlier.interval.low:.1f} to {earlier.interval.high:.1f})"
        )
    return f"{words}. What would change the verdict: {trend.would_change}"


def of_price(cheapest: CheapestSteps, capability: str) -> str:
    """What a capability costs now, how many times less than at first, and the rate through the records."""
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return f"nothing that reaches {capability} is on sale"
    words = f"the cheapest way to {capability} costs {dollars(price)} per million tokens"
    if cheapest.times_cheaper is not None:
        first = cheapest.steps["valid_on"][0]
        words += f", {cheapest.times_cheaper:,.0f} times less than in {first:%B %Y}"
    rate = _factor(successive_cheapest(cheapest))
    return f"{words} ({rate})" if rate else words


def of_rates(cheapest: CheapestSteps, decline: PriceDecline) -> str:
    """Both rates of a price side by side, each with what it measures."""
    records = successive_cheapest(cheapest)
    return (
        f"Through the {records.n} successive cheapest models: {_factor(records) or records.verdict.value}. "
        f"Through the tenth percentile of all {decline.n_models} models that reach it, dear ones included: "
        f"{_factor(decline) or decline.verdict.value}. The first is selected to fall; the second asks if "
        "the cheap end of what is newly on sale falls."
    )


def _factor(decline: PriceDecline) -> str:
    estimate = decline.estimate
    if estimate is None or estimate.interval is None:
        return ""
    span = f"90 % interval {_times(estimate.interval.low)} to {_times(estimate.interval.high)} times a year"
    if "undetermined" in decline.verdict.value:
        return f"{decline.verdict.value}: {span}"
    return f"{decline.verdict.value}, {_times(estimate.value)} times a year, {span}"


def _times(factor: float) -> str:
    return f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}"
