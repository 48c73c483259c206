"""What pages say of results, as pure functions: sentences with their intervals."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analysis.capability.frontier import BestSoFar, critical_value
from analysis.capability.pareto import ParetoFront
from analysis.price.decline import PriceDecline, successive_cheapest
from analysis.price.steps import CheapestSteps
from charts.capability.score_against_cost import Scale, finding
from charts.parts.axes import dollars, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.decline_rates import rate_text


def of_leader(best: BestSoFar, titles: Mapping[str, str], series: str) -> str:
    """Who leads a series, with the interval and how many cannot be told apart from it."""
    first, *others = best.leaders.iter_rows(named=True)
    words = f"**Who leads.** The best {series} so far is {titles[first['model_id']]}'s "
    words += f"{first['value']:.1f} points"
    if first["stderr"] is not None:
        half = critical_value(best.level) * first["stderr"]
        words += (
            f" ({percent(best.level)} interval {first['value'] - half:.1f} to {first['value'] + half:.1f})"
        )
    if others:
        words += f", not told apart from {len(others)} other{'s' if len(others) > 1 else ''}"
    return f"{words}."


def of_costs(priced: pl.DataFrame, front: ParetoFront, is_listed: bool) -> str:
    """Which models have no cost, and how many list prices are not their maker's own.

    `priced`: one row per model with a cost, and the seller of its list price.
    """
    left_out = front.left_out.height
    words = f"Left out: {left_out} model{'' if left_out == 1 else 's'} without such a cost"
    hosted = priced.filter(pl.col("seller") != "maker").height if is_listed else 0
    return f"{words}; {hosted} at a host's price, since their maker lists none" if hosted else words


def of_price(cheapest: CheapestSteps, capability: str) -> str:
    """What a capability costs now, how many times less than at first, and the rate through the records."""
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return f"Nothing that reaches {capability} is on sale."
    words = f"The cheapest way to {capability} costs {dollars(price)} per million tokens"
    if cheapest.times_cheaper is not None:
        first = cheapest.steps["valid_on"][0]
        words += f", {cheapest.times_cheaper:,.0f} times less than in {first:%B %Y}"
    return f"{words}."


def of_rates(cheapest: CheapestSteps, decline: PriceDecline) -> str:
    """Both rates of a price side by side, each with what it measures."""
    records = successive_cheapest(cheapest)
    return (
        f"Through the {records.n} successive cheapest models: {rate_text(records)}. Through the tenth "
        f"percentile of all {decline.n_models} models that reach it, dear ones included: "
        f"{rate_text(decline)}. The first is selected to fall; the second asks if the cheap end of what is "
        "newly on sale falls."
    )


def of_front(front: ParetoFront, models: pl.DataFrame, scale: Scale) -> str:
    """Who scores highest of the priced models with its interval, and who comes near for less."""
    best, unit = front.points.row(-1, named=True), scale.unit
    row = models.row(by_predicate=pl.col("model_id") == best["model_id"], named=True)
    ends = ""
    if row["low"] is not None and row["high"] is not None:
        level = "90 % interval" if unit == "fraction" else "interval"
        ends = f"({level} {score_text(row['low'], unit)} to {score_text(row['high'], unit)})"
    return f"On {in_words(front.on)}, on {scale.measure}, {finding(front, models, scale, ends)}."
