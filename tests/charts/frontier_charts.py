"""The charts of gains, speed, agents, the relay and the hype map, made of small results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import polars as pl

from analysis.agents.records import records_by_test
from analysis.benchmarks.grid import grid
from analysis.gains.budget import best_for_budgets
from analysis.gains.records import frontier_cost
from analysis.price.steps import PriceBasis, cheapest_steps, lowest_prices
from analysis.relay.durations import durations, with_period
from analysis.relay.frontiers import frontier_steps, frontiers, with_share
from analysis.relay.logistics import told_logistic
from analysis.speed.times import typical_times
from analysis.trends.early_fit import early_fit
from analysis.trends.measures import INDEX
from analysis.trends.residuals import residuals_of
from analysis.trends.scurve import compare_curves
from charts.agents.computer_use import Shares, computer_use_chart
from charts.agents.costs import cost_of_agents
from charts.agents.horizons import horizons_by_suite
from charts.agents.tests_of_agents import Family, tests_of_agents
from charts.benchmarks.heat_map import models_by_benchmarks
from charts.gains.budgets import budgets_chart
from charts.gains.frontier_cost import frontier_cost_chart
from charts.gains.ladder import LadderRung, ladder_chart
from charts.hypemap.row_panels import Measured, row_panels
from charts.hypemap.sparklines import Sparkline, hype_map
from charts.parts.figure import Chart, Footing
from charts.relay.curves import relay_curves
from charts.relay.survival import used_up_after
from charts.speed.against import speed_against
from charts.speed.answer_times import answer_times
from charts.speed.by_day import speed_by_day
from charts.speed.by_host import Shown, speed_by_host
from charts.trends.curve_residuals import curve_residuals
from charts.trends.early_fits import early_fits

END = date(2025, 12, 31)
FOOTING = Footing(("Somebody",), END, 3)
MODELS = pl.DataFrame(
    {
        "model_id": ["small", "big", "bigger"],
        "title": ["Small", "Big", "Bigger"],
        "organization": ["OpenAI", "Anthropic", "Elsewhere"],
        "released_on": [date(2024, 1, 1), date(2024, 6, 1), date(2025, 3, 1)],
        "open_weights": [False, True, None],
        "value": [0.1, 0.2, 0.3],
        "stderr": [0.01] * 3,
        "low": [0.08, 0.18, 0.28],
        "high": [0.12, 0.22, 0.32],
        "cost": [1.0, 10.0, 50.0],
        "reported_by": ["independent"] * 3,
        "benchmark_id": ["test"] * 3,
        "benchmark": ["Test"] * 3,
    },
    schema_overrides={"open_weights": pl.Boolean},
)
OFFERS = pl.DataFrame(
    [
        {
            "model_id": name,
            "provider": "maker",
            "seller": "maker",
            "valid_on": day,
            "price_usd_per_mtok": price,
        }
        for name, day, price in MODELS.select("model_id", "released_on", "cost").iter_rows()
    ]
)
HOSTS = pl.DataFrame(
    {
        "measured_on": [END] * 4,
        "model_id": ["small"] * 4,
        "title": ["Small"] * 4,
        "host": ["cerebras", "groq", "one", "two"],
        "output_tokens_per_second": [900.0, 300.0, 50.0, 100.0],
    }
)


def of_benchmarks() -> Chart:
    rows = [
        {
            "model_id": name,
            "title": f"<{name}>",
            "benchmark_id": test,
            "benchmark": f"Test {test}",
            "share": share,
        }
        for name, test, share in (
            ("a", "x", 0.9),
            ("b", "x", 0.8),
            ("a", "y", 0.1),
            ("b", "y", 0.0),
            ("c", "y", 0.2),
        )
    ]
    shares = pl.DataFrame(rows).with_columns(
        value="share",
        stderr=pl.lit(0.02),
        chance=pl.lit(0.0),
        ceiling=pl.lit(1.0),
        reported_by=pl.lit("vendor"),
        setting=pl.lit(None, pl.String),
        source_id=pl.lit("board"),
        url=pl.lit(None, pl.String),
    )
    cells = grid(shares, ["a", "b", "c"])
    assert cells is not None
    return models_by_benchmarks(cells, "Title", frozenset({"b"}), FOOTING)


def _climbing() -> pl.DataFrame:
    days = [date(2022, 1, 15) + timedelta(days=30 * place) for place in range(48)]
    return pl.DataFrame(
        {
            "model_id": [f"m{place}" for place in range(48)],
            "released_on": days,
            "value": [100.0 + place + place % 3 for place in range(48)],
        }
    )


def of_residuals() -> Chart:
    comparison = compare_curves(_climbing(), INDEX, draws=19)
    found = [residuals_of(comparison, one) for one in comparison.candidates[:2]]
    return curve_residuals(found, "points", "Title", FOOTING)


def of_early_fit() -> Chart:
    found = early_fit(_climbing(), INDEX, date(2024, 7, 1))
    assert found is not None
    names = [one.name for one in found.candidates[:2]]
    return early_fits(found, "Title", "index", "points", FOOTING, names)


def of_budgets() -> Chart:
    best = MODELS.select("released_on", "value")
    found = best_for_budgets(MODELS, lowest_prices(MODELS, OFFERS, END), [1.0, 100.0], END)
    return budgets_chart(found, best, "score", "fraction", "Title", FOOTING)


def of_frontier_cost() -> Chart:
    return frontier_cost_chart(frontier_cost(MODELS, OFFERS, END), "score", "fraction", "Title", FOOTING)


def of_ladder() -> Chart:
    scores = MODELS.select("model_id", score="value")
    way = cheapest_steps(OFFERS, scores, 0.1, END, PriceBasis.MAKER)
    return ladder_chart([LadderRung(("Small",), way)], "Title", "the test", FOOTING)


def of_hosts() -> Chart:
    shown = Shown("output_tokens_per_second", "Output tokens per second", "tokens/s")
    return speed_by_host(HOSTS, shown, "Title", "31 December 2025", FOOTING)


def of_days() -> Chart:
    return speed_by_day(HOSTS, "Title", FOOTING)


def of_speed_against() -> Chart:
    models = MODELS.with_columns(against="cost", tokens_per_second=100 / pl.col("cost"), day=pl.lit(END))
    return speed_against(models, True, "Title", FOOTING)


def of_times() -> Chart:
    times = pl.DataFrame(
        {
            "benchmark_id": ["test"] * 12,
            "benchmark": ["Test"] * 12,
            "model_id": [f"m{n}" for n in range(12)],
            "title": [f"M{n}" for n in range(12)],
            "reasoning": [True] * 6 + [False] * 6,
            "seconds": [float(n) for n in range(1, 13)],
        }
    )
    return answer_times(times, typical_times(times), "Title", FOOTING)


def of_computer_use() -> Chart:
    rows = MODELS.select(day="released_on", value="value", system="title", reported_by="reported_by")
    return computer_use_chart([Shares("OSWorld", rows)], 0.72, "Title", FOOTING)


def of_horizons() -> Chart:
    minutes = MODELS.with_columns(pl.col("value", "low", "high") * 100, unit=pl.lit("minutes"))
    return horizons_by_suite([("suite 1", records_by_test(minutes)["test"])], "Title", FOOTING)


def of_tests() -> Chart:
    records = records_by_test(MODELS)["test"]
    families = [Family("Alone", (("", records),)), Family("Both", (("one", records), ("other", records)))]
    return tests_of_agents(families, "Title", FOOTING)


def of_agent_costs() -> Chart:
    return cost_of_agents(MODELS, MODELS.head(1), "Title", FOOTING)


def _shares() -> pl.DataFrame:
    """Thirty models of one test, from guessing to nearly all right."""
    days = [date(2022, 1, 1) + timedelta(days=50 * place) for place in range(30)]
    values = 1 / (1 + np.exp(-np.linspace(-4, 4, 30)))
    rows = {"released_on": days, "value": values, "model_id": [f"m{place}" for place in range(30)]}
    about = {"benchmark_id": "test", "benchmark": "Test", "stderr": 0.01, "chance": 0.0, "ceiling": 1.0}
    return with_share(
        pl.DataFrame(rows).with_columns(
            published_on=pl.lit(None, pl.Date), **{name: pl.lit(value) for name, value in about.items()}
        )
    )


def of_hype_map() -> Chart:
    """One technology with a test of its own, one without."""
    months = pl.date_range(date(2024, 1, 1), END, "1mo", eager=True)
    attention = pl.DataFrame({"valid_on": months, "value": [float(place) for place in range(len(months))]})
    capability = MODELS.select(valid_on="released_on", value="value")
    rows = (
        Sparkline("Agents", attention, ",~s", capability, "score on Test", "fraction"),
        Sparkline("Retrieval", attention, ",~s", capability.clear()),
    )
    return hype_map(rows, "Title", FOOTING)


def of_row_panels() -> Chart:
    """A technology with attention, records, a price and a single figure of use."""
    months = pl.date_range(date(2024, 1, 1), END, "1mo", eager=True)
    attention = pl.DataFrame({"valid_on": months, "value": [float(place) for place in range(len(months))]})
    records = MODELS.select(valid_on="released_on", value="value")
    prices = MODELS.select(valid_on="released_on", value="cost")
    measures = (
        Measured("attention", "stories that name it", attention),
        Measured("capability", "score on Test", records, ".0%", steps=True),
        Measured("price", "$ per million tokens", prices, "$,~r", steps=True, log=True),
        Measured("use", "people", prices.head(1), ",~s"),
    )
    return row_panels("agents", measures, "Title", FOOTING)


def of_relay() -> Chart:
    shares = _shares()
    told = told_logistic(shares)
    assert told is not None
    tests = with_period(frontiers(shares))
    return relay_curves(tests, frontier_steps(shares), {"test": told}, "Title", FOOTING)


def of_durations() -> Chart:
    """Seven tests that were finished alike."""
    shares = pl.concat(_shares().with_columns(benchmark_id=pl.lit(f"test {place}")) for place in range(7))
    return used_up_after(durations(frontiers(shares)), "Title", FOOTING)


FRONTIER: dict[Callable[..., Chart], Callable[[], Chart]] = {
    models_by_benchmarks: of_benchmarks,
    curve_residuals: of_residuals,
    early_fits: of_early_fit,
    budgets_chart: of_budgets,
    frontier_cost_chart: of_frontier_cost,
    ladder_chart: of_ladder,
    speed_by_host: of_hosts,
    speed_by_day: of_days,
    speed_against: of_speed_against,
    answer_times: of_times,
    computer_use_chart: of_computer_use,
    horizons_by_suite: of_horizons,
    tests_of_agents: of_tests,
    cost_of_agents: of_agent_costs,
    hype_map: of_hype_map,
    row_panels: of_row_panels,
    relay_curves: of_relay,
    used_up_after: of_durations,
}
"""What makes each of these charts, by the chart's function."""
