"""Every chart that there is, made of small results: one entry per chart function."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import numpy as np
import polars as pl

import charts
from analysis.capability.front_through_time import moments
from analysis.capability.frontier import best_so_far
from analysis.capability.pareto import CostBasis, pareto_front
from analysis.dotcom.base_rates import EpisodeRule, base_rate
from analysis.dotcom.likeness import aligned
from analysis.dotcom.market_falls import adoption_through, fall_after_peak
from analysis.dotcom.moved_starts import moved_starts, run_ups
from analysis.dotcom.price_split import price_split
from analysis.hype.attention import indexed_attention, rank_launches
from analysis.hype.attention_days import views_a_day, weekly_means
from analysis.hype.buzz import BuzzVerdict
from analysis.hype.lag import LagResult, LagVerdict
from analysis.hype.shape import HypeShape, ShapeVerdict
from analysis.price.basket import BasketVerdict, ChainedIndex
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.steps import cheapest_steps
from analysis.results import Estimate, Interval, Window
from analysis.trends.scurve import compare_curves
from analysis.trends.trend import frontier_trend
from charts.capability.capability_over_time import capability_over_time
from charts.capability.frontier_through_time import Said, frontier_through_time
from charts.capability.score_against_cost import Scale, score_against_cost
from charts.compare.measures import Measure as Compared
from charts.compare.measures import compared_measures
from charts.compare.price_history import compared_prices
from charts.datawall.crossing_years import Scenario, crossing_years
from charts.datawall.data_wall import data_wall
from charts.dotcom.adoption_through_crash import Use, adoption_through_crash
from charts.dotcom.anchor_sensitivity import anchor_sensitivity
from charts.dotcom.booms import booms
from charts.dotcom.earnings_and_multiple import NamedSplit, earnings_and_multiple
from charts.dotcom.episodes import episodes
from charts.dotcom.falls import falls
from charts.hype.attention_and_capability import attention_and_capability
from charts.hype.attention_over_time import PageLabel, attention_over_time
from charts.hype.buzz import buzz_chart
from charts.hype.launch_ranks import launch_ranks
from charts.hype.other_attention import Measure, other_attention
from charts.hype.shape_of_hype import shape_of_hype
from charts.news.timeline import news_timeline
from charts.parts.figure import Chart
from charts.price.decline_rates import decline_rates
from charts.price.price_of_model import price_steps
from charts.price.price_over_time import price_of_capability
from charts.price.same_model_price import same_model_price
from charts.sources.landing import landing
from charts.trends.frontier_slopes import frontier_slopes_chart
from charts.trends.growth_curves import growth_curves
from charts.worth.run_ratios import run_ratios
from charts.worth.score_difference import score_difference
from charts.worth.worth import worth_by_task_value
from tests.charts import given
from tests.charts.frontier_charts import FRONTIER
from tests.charts.models import FOOTING, models

ON = date(2026, 7, 1)


def over_time() -> Chart:
    return capability_over_time(best_so_far(models(), ON), models(), "GPQA", "fraction", FOOTING)


def against_cost(*, log: bool = True, selected: str | None = None) -> Chart:
    scale = Scale("GPQA", "fraction", CostBasis.BLENDED_LIST_PRICE, log)
    return score_against_cost(pareto_front(models(), ON), models(), scale, FOOTING, selected)


def through_time() -> Chart:
    known = models().with_columns(unit=pl.lit("fraction"), source_id=pl.lit("a"), price_source_id=pl.lit("b"))
    days = [date(2024, 7, 31), date(2025, 7, 31)]
    first, last = moments((day, known.filter(pl.col("released_on") <= day)) for day in days)
    said = (Said(first, None, "70 % on GPQA: $1"), Said(last, first.front, "90 % on GPQA: $10"))
    scale = Scale("GPQA", "fraction", CostBasis.BLENDED_LIST_PRICE)
    return frontier_through_time(said, "Title", scale, FOOTING, "best")


def of_model() -> Chart:
    steps = pl.DataFrame(
        {
            "held_from": [date(2024, 1, 1), date(2025, 1, 1), date(2025, 6, 1)],
            "input_usd_per_mtok": [5.0, None, 2.0],
            "output_usd_per_mtok": [15.0, None, 10.0],
        }
    )
    return price_steps("GPT-X", "list price", "OpenAI", steps, ON, FOOTING)


def of_capability(*, log: bool = True) -> Chart:
    offers = pl.DataFrame(
        {
            "model_id": ["middle", "best", "best"],
            "provider": ["a", "b", "b"],
            "seller": ["maker"] * 3,
            "valid_on": [date(2024, 6, 1), date(2025, 6, 1), date(2025, 9, 1)],
            "price_usd_per_mtok": [30.0, 10.0, 0.5],
        }
    )
    scores = models().select("model_id", score="value")
    titles = dict(models().select("model_id", "title").iter_rows())
    cheapest = cheapest_steps(offers, scores, 0.65, ON)
    return price_of_capability(cheapest, "70 % on GPQA", titles, FOOTING, log=log)


def of_rates() -> Chart:
    told = PriceDecline(Estimate(26.0, Interval(5.8, 117.0)), 9, 9, None, "", PriceVerdict.FALLING)
    wide = Estimate(40.0, Interval(3.0, 900.0))
    untold = PriceDecline(wide, 9, 9, None, "", PriceVerdict.FALLING_RATE_UNDETERMINED)
    rates = {"One": told, "Other": untold}
    return decline_rates("rates", rates, "Title", "Subtitle.", FOOTING)


def of_same_models() -> Chart:
    index = pl.DataFrame(
        {"seen_on": [date(2025, 1, 1), date(2026, 1, 1)], "index": [1.0, 0.8], "n": [None, 9]}
    )
    chain = ChainedIndex(Estimate(0.8, None), -0.2, 9, None, index, "test", next(iter(BasketVerdict)))
    return same_model_price(chain, "Title", FOOTING)


def side_by_side() -> Chart:
    rows = pl.DataFrame(
        {
            "measure": ["index", "index", "price"],
            "model_id": ["a", "b", "a"],
            "title": ["A", "B", "A"],
            "organization": ["OpenAI", None, "OpenAI"],
            "value": [150.0, 140.0, 2.0],
            "low": [148.0, None, None],
            "high": [152.0, None, None],
            "unit": ["points", "points", "usd"],
            "source_id": ["a", "a", "b"],
        }
    )
    measures = (Compared("index", "Index", "points"), Compared("price", "Price", "usd"))
    return compared_measures(rows, measures, ["A", "B"], "A, B side by side", FOOTING)


def prices_beside() -> Chart:
    rows = pl.DataFrame(
        {
            "model_id": ["a", "a", "b"],
            "title": ["A", "A", "B"],
            "organization": ["OpenAI", "OpenAI", None],
            "held_from": [date(2024, 1, 1), date(2024, 3, 1), date(2024, 2, 1)],
            "price_usd_per_mtok": [4.0, 2.0, 1.0],
            "source_id": ["a", "a", "b"],
        }
    )
    return compared_prices(rows, ON, "How their list prices changed", FOOTING)


def news() -> Chart:
    rows = pl.DataFrame(
        {
            "happened_on": [date(2024, 5, 3), date(2024, 5, 1)],
            "label": ["New leader", "Price"],
            "headline": ["A model leads <b>a board</b>.", "A maker cut the price."],
            "organization": ["OpenAI", None],
            "source_id": ["a", "b"],
        }
    )
    return news_timeline(rows, date(2024, 5, 1), FOOTING)


def climbing() -> pl.DataFrame:
    """Models every nine days for three and a half years, 15 points a year, below the frontier by chance."""
    days = [date(2023, 1, 1) + timedelta(days=9 * place) for place in range(140)]
    short = np.random.default_rng(0).exponential(6.0, len(days))
    values = [100 + 15 * (day - days[0]).days / 365 - less for day, less in zip(days, short, strict=True)]
    return pl.DataFrame(
        {
            "model_id": [f"model-{place}" for place in range(len(days))],
            "title": [f"Model {place}" for place in range(len(days))],
            "organization": ["OpenAI", "Nobody"] * (len(days) // 2),
            "released_on": days,
            "value": values,
            "stderr": [None] * len(days),
            "cost": [None] * len(days),
            "low": [value - 1 for value in values],
            "high": [value + 1 for value in values],
            "open_weights": [False, True] * (len(days) // 2),
            "reported_by": ["independent"] * len(days),
        },
        schema_overrides={"stderr": pl.Float64, "cost": pl.Float64},
    )


def of_trend() -> Chart:
    rows = climbing()
    trend = frontier_trend(rows, rows["released_on"][-1], draws=60)
    return frontier_slopes_chart(
        trend, rows, best_so_far(rows, ON), "It climbs 15 points a year", "index", "points", FOOTING
    )


def of_curves() -> Chart:
    return growth_curves(compare_curves(climbing(), draws=9), "It climbs", "index", "points", FOOTING)


def of_attention() -> Chart:
    first = date(2026, 5, 18)
    sums = pl.DataFrame(
        {
            "page": ["p"] * 3,
            "cadence": ["weekly"] * 3,
            "valid_on": [first, first + timedelta(weeks=1), first + timedelta(weeks=4)],
            "value": [70.0, 70.0, 140.0],
        }
    )
    indexed = indexed_attention(views_a_day(sums), Window(first, first + timedelta(days=13)))
    weeks = weekly_means(indexed.levels, "index")
    return attention_over_time(indexed, weeks, {"p": PageLabel("P", None)}, FOOTING)


def of_buzz() -> Chart:
    loud = given.buzz("loud", 3.0, BuzzVerdict.STANDS_OUT)
    untold = given.buzz("untold", None, BuzzVerdict.ALREADY_CLIMBING)
    return buzz_chart([loud, given.buzz("usual", 0.1, BuzzVerdict.USUAL), untold], "Page", FOOTING)


def of_launches() -> Chart:
    launches = pl.DataFrame(
        {
            "name": ["small", "large"],
            "released_on": [date(2025, 1, 1)] * 2,
            "organization": ["OpenAI", None],
            "points_after": [50.0, 500.0],
            "points_before": [0.0, 100.0],
            "url": ["https://one.example", "https://two.example"],
        }
    )
    return launch_ranks(rank_launches(launches), launches, FOOTING)


def of_lag() -> Chart:
    lag = LagResult(None, None, pl.DataFrame(), 20, None, "test", LagVerdict.CANNOT_BE_TOLD)
    best = pl.DataFrame({"valid_on": given.MONTHS, "value": [100.0] * len(given.MONTHS)})
    return attention_and_capability(given.ATTENTION, "M", ",~r", best, lag, FOOTING)


def of_shape() -> Chart:
    fitted = given.ATTENTION.select("valid_on", adoption="value", with_peak="value")
    shape = HypeShape(None, 1.0, (), fitted, 30, None, "test", ShapeVerdict.ADOPTION_ALONE)
    return shape_of_hype(given.ATTENTION, shape, "M", ",~r", FOOTING)


def of_other_attention() -> Chart:
    measures = [Measure(name, given.ATTENTION, ",~r", "biased") for name in ("One", "Two")]
    return other_attention(measures, FOOTING)


def of_booms(*, log: bool = True) -> Chart:
    then, now = (aligned(given.CLOSES, anchor, 1500) for anchor in (given.THEN, given.NOW))
    return booms(then, now, ("A", "B"), FOOTING, log=log)


def of_moved_starts() -> Chart:
    return anchor_sensitivity(run_ups(moved_starts(given.CLOSES, given.THEN, given.NOW)), "A", FOOTING)


def of_episodes() -> Chart:
    months = [date(1900 + place // 12, place % 12 + 1, 1) for place in range(600)]
    risen = [10.0 if place in (100, 200, 300) else 1.0 for place in range(600)]
    frame = pl.DataFrame({"valid_on": months, "real_price": risen, "cape": [30.0] * 600})
    return episodes(base_rate(frame, EpisodeRule()), FOOTING)


def of_splits() -> Chart:
    days = [date(2000, 1, 1), date(2003, 1, 1)]
    months = pl.DataFrame({"valid_on": days, "price": [100.0, 400.0], "earnings": [5.0, 10.0]})
    return earnings_and_multiple([NamedSplit("A", price_split(months, *days))], FOOTING)


def of_falls() -> Chart:
    days = [date(2000, 1, 1), date(2001, 1, 1), date(2010, 1, 1)]
    closes = pl.DataFrame({"valid_on": days, "value": [10.0, 5.0, 11.0]})
    return falls({"back": fall_after_peak(closes, Window(date(1999, 1, 1), date(2000, 6, 1)))}, FOOTING)


def of_adoption() -> Chart:
    crash = Window(date(2000, 3, 10), date(2002, 10, 9))
    days = [date(year, 4, 1) for year in range(1999, 2004)]
    points = pl.DataFrame(
        {"series_id": ["use"] * 5, "valid_on": days, "value": [1.25**step for step in range(5)]}
    )
    use = Use("Use", points, ",~r", adoption_through(points, crash.start, crash.end))
    return adoption_through_crash("Market", points, [use], crash, FOOTING)


def of_wall() -> Chart:
    return data_wall(given.forecast(), given.sets(), "Title", FOOTING)


def of_crossings() -> Chart:
    dated = Estimate(2029.0, Interval(2027.0, float("inf"), 0.8))
    scenarios = [Scenario("One", dated, computed_here=False), Scenario("Other", None)]
    return crossing_years(scenarios, "Title", FOOTING)


def of_worth(value_usd: float = 20.0, dear: given.Offer = given.DEAR) -> Chart:
    return worth_by_task_value(*given.worth(value_usd, dear), value_usd, given.TITLES, FOOTING)


def of_ratios() -> Chart:
    return run_ratios(given.boards(), "Dear", "Cheap", "Title", FOOTING)


def of_difference() -> Chart:
    return score_difference(given.boards(), "Dear", "Cheap", "Title", FOOTING)


def of_landing() -> Chart:
    """Two new points, one without a day, over one that is known."""
    points = pl.DataFrame(
        {
            "what": ["board"] * 3,
            "name": ["new", "undated", "known"],
            "on": [date(2026, 1, 1), None, date(2025, 1, 1)],
            "value": [0.8, 0.7, 0.6],
            "is_new": [True, True, False],
        }
    )
    return landing(points, "board", FOOTING)


EVERY: dict[Callable[..., Chart], Callable[[], Chart]] = {
    capability_over_time: over_time,
    score_against_cost: lambda: against_cost(selected="dear"),
    frontier_through_time: through_time,
    price_steps: of_model,
    price_of_capability: of_capability,
    decline_rates: of_rates,
    same_model_price: of_same_models,
    news_timeline: news,
    compared_measures: side_by_side,
    compared_prices: prices_beside,
    frontier_slopes_chart: of_trend,
    growth_curves: of_curves,
    attention_over_time: of_attention,
    buzz_chart: of_buzz,
    launch_ranks: of_launches,
    attention_and_capability: of_lag,
    shape_of_hype: of_shape,
    other_attention: of_other_attention,
    booms: of_booms,
    anchor_sensitivity: of_moved_starts,
    episodes: of_episodes,
    earnings_and_multiple: of_splits,
    falls: of_falls,
    adoption_through_crash: of_adoption,
    data_wall: of_wall,
    crossing_years: of_crossings,
    worth_by_task_value: of_worth,
    run_ratios: of_ratios,
    landing: of_landing,
    score_difference: of_difference,
    **FRONTIER,
}
"""What makes each chart of small results, by the chart's function."""


def chart_functions() -> set[Callable[..., Chart]]:
    """All public functions of charts/ that return a chart."""
    modules = [import_module(found.name) for found in pkgutil.walk_packages(charts.__path__, "charts.")]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and inspect.signature(function).return_annotation == "Chart"
    }
