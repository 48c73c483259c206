"""Capability and cost: who is best at which price, at any past date, on any benchmark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.capability.front_movement import FrontMovement, front_movement, in_words
from analysis.capability.pareto import CostBasis, ParetoFront, pareto_front, with_cost
from analysis.results import months_before
from charts.capability.score_against_cost import Scale, score_against_cost
from charts.parts.figure import in_words as day_in_words
from pages import asking, frame, sentences
from pages.asking import benchmark_labels
from pages.chart_block import show_chart
from pages.frame import View
from pages.provenance import show_provenance
from pages.tables import show_table

BASES: Final = {
    "blended list price": (CostBasis.BLENDED_LIST_PRICE, "none"),
    "output list price": (CostBasis.OUTPUT_LIST_PRICE, "none"),
    "measured cost of the run": (CostBasis.MEASURED_RUN, "run"),
    "measured cost per task": (CostBasis.MEASURED_PER_TASK, "task"),
}
DEFAULT_BENCHMARK: Final = "gpqa-diamond"
FIRST_FRONT: Final = date(2023, 3, 14)
CONTROLS: Final = ("benchmark", "cost", "front_on", "log_cost", "model")


@st.cache_data(show_spinner=False, max_entries=50)
def movement_of(earlier: pl.DataFrame, later: pl.DataFrame, start: date, end: date) -> FrontMovement:
    """How far the front moved, computed once per pair of fronts."""
    return front_movement(earlier, later, start, end, seed=0, draws=300)


def models_at(view: View, scores: pl.DataFrame, cost: str, on: date) -> pl.DataFrame:
    """The models released by a day, with their cost on it."""
    rows = asking.with_list_prices(scores, asking.price_steps(view, on))
    return with_cost(rows.filter(pl.col("released_on") <= on), BASES[cost][0])


@st.fragment
def say_movement(view: View, scores: pl.DataFrame, front: ParetoFront, cost: str, unit: str) -> None:
    """How far the front moved in the twelve months before its day, where there was a front then."""
    start = months_before(front.on, 12)
    scale = 100.0 if unit == "fraction" else 1.0
    earlier, later = (
        models_at(view, scores, cost, day).with_columns(pl.col("value", "stderr") * scale)
        for day in (start, front.on)
    )
    if not pareto_front(earlier, start).points.is_empty():
        with st.skeleton(height=40):
            moved = movement_of(earlier, later, start, front.on)
        st.markdown(frame.plain(in_words(moved, "percentage points" if unit == "fraction" else unit)))


def controls(view: View, benchmarks: pl.DataFrame) -> tuple[dict[str, Any], str, date, bool]:
    """The chosen benchmark, basis of cost, day of the front, and whether the cost axis is logarithmic."""
    labels = benchmark_labels(benchmarks)
    default = next((label for label, row in labels.items() if row["benchmark_id"] == DEFAULT_BENCHMARK), None)
    left, right = st.columns(2)
    with left:
        chosen = st.selectbox(
            "Benchmark",
            list(labels),
            index=list(labels).index(default) if default else 0,
            key="benchmark",
            bind="query-params",
        )
    with right:
        cost = st.selectbox("Cost", list(BASES), key="cost", bind="query-params")
    latest = max(view.as_of, FIRST_FRONT + timedelta(days=1))
    on = st.slider(
        "The front on",
        FIRST_FRONT,
        latest,
        latest,
        format="D MMM YYYY",
        key="front_on",
        bind="query-params",
        help="Models released by this day, at the prices in force on it.",
    )
    log = st.toggle("Logarithmic cost axis", value=True, key="log_cost", bind="query-params")
    return labels[chosen], cost, min(on, view.as_of), log


def draw(view: View, benchmarks: pl.DataFrame, first_line: Any) -> None:
    """The chart with its controls, what it leaves out, and where the chosen mark comes from."""
    benchmark, cost, on, log = controls(view, benchmarks)
    scores = asking.scores_of(view, benchmark["benchmark_id"], BASES[cost][1])
    models = models_at(view, scores.rows, cost, on)
    front = pareto_front(models, on)
    if front.points.is_empty():
        first_line.info(
            f"No data yet: no model with a score on {benchmark['title']} has a {cost} on {day_in_words(on)}. "
            "Choose another basis of cost, or a later day."
        )
        return
    priced = models.filter(pl.col("cost") > 0).sort("value", descending=True)
    used = priced if BASES[cost][1] == "none" else priced.drop("price_source_id")
    footing = view.footing(used, note=sentences.of_costs(priced, front, BASES[cost][1] == "none"))
    above = st.container()
    selected = st.selectbox(
        "Where a mark comes from: click it, or choose a model",
        priced["model_id"].to_list(),
        index=None,
        key="model",
        bind="query-params",
        placeholder="choose a model",
    )
    scale = Scale(benchmark["title"], benchmark["unit"], BASES[cost][0], log)
    chart = score_against_cost(front, models, scale, footing, selected)
    with first_line.container():
        frame.answer(sentences.of_front(front, models, scale))
    with above:
        say_movement(view, scores.rows, front, cost, benchmark["unit"])
        st.markdown(scores.reading.note)
        show_chart(chart, view, CONTROLS, select_into="model")
    for row in priced.filter(pl.col("model_id") == (selected or "")).iter_rows(named=True):
        show_provenance(row)
    with st.expander(
        f"Unpriced: {frame.counted(front.left_out.height, 'model')} with a score but without this cost"
    ):
        show_table(
            front.left_out.join(models.select("model_id", "title", "value"), on="model_id"), "unpriced"
        )


view = frame.view()
st.title("Capability and cost")
first_line = st.empty()
known = asking.benchmarks(view)
if known.is_empty():
    first_line.info("No data yet: no benchmark is known as of this date.")
else:
    draw(view, known, first_line)
