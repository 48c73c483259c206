"""Is it worth it: what a call, a solved task and a wait cost, and when the dearer model pays."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.worth.measured_rows import AS_WRITTEN, offer_of
from analysis.worth.value import Offer, TaskProfile, offer_values, worth_it
from analysis.worth.value_curve import net_value_curve
from charts.worth.worth import worth_by_task_value
from pages import asking, frame, value_words
from pages.chart_block import show_chart
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.tables import show_table
from pages.value_controls import CONTROLS, chosen_models, runs_with_prices, task_profile, token_multiplier
from pages.value_example import worked_example

SEED: Final = 20241220


@st.cache_data(show_spinner=False, max_entries=50)
def curve_of(first: Offer, second: Offer, profile: TaskProfile) -> pl.DataFrame:
    """The curve over values of a task, computed once per pair and profile."""
    return net_value_curve(first, second, profile, SEED)


def calculator(view: View, boards: dict[str, dict[str, Any]], first_line: Any) -> None:
    """Controls, table and chart of the chosen pair; its verdict goes into the first line."""
    label = st.selectbox("Measured on", list(boards), key="board", bind="query-params")
    runs = runs_with_prices(view, boards[label]["benchmark_id"])
    if runs.height < 2:
        first_line.info(f"No data yet: fewer than two models on {label} have a list price.")
        return
    first, second = chosen_models(runs)
    if first["model_id"] == second["model_id"]:
        first_line.info("Choose two different models to compare.")
        return
    profile = task_profile()
    offers = offer_of(first, token_multiplier(first, second)), offer_of(second, AS_WRITTEN)
    unknown = [row["title"] for row in (first, second) if row["seconds_per_task"] is None]
    if profile.wage_usd_per_hour > 0 and len(unknown) == 1:
        first_line.info(f"The seconds of {unknown[0]} were not recorded on {label}: set the wage to 0.")
        return
    names = {row["model_id"]: row["title"] for row in (first, second)}
    worth = worth_it(*offers, profile, SEED)
    with first_line.container():
        frame.answer(value_words.answer(worth, profile.value_of_solved_usd, names, view.as_of))
        st.markdown(frame.plain(value_words.would_change(worth, profile.value_of_solved_usd)))
    table = value_words.value_table(offer_values(offers, profile, SEED), names)
    # A static table breaks its lines, so that both models are seen on a narrow screen.
    st.table(table.with_columns(pl.all().str.replace_all("$", "\\$", literal=True)), hide_index=True)
    pair = runs.filter(pl.col("model_id").is_in(list(names)))
    with st.skeleton(height=420):
        curve = curve_of(*offers, profile)
    footing = view.footing(pair, "models", value_words.prices_note((first, second)))
    show_chart(
        worth_by_task_value(curve, worth, profile.value_of_solved_usd, names, footing),
        view,
        CONTROLS,
    )
    with st.expander("The runs and list prices behind it"):
        show_table(pair, "runs")


view = frame.view()
st.title("Is it worth it?")
first_line = st.empty()
known = view.ask("boards_with_runs")
if known.is_empty():
    first_line.info("No data yet: no board whose runs have a measured cost is known as of this date.")
else:
    calculator(view, asking.benchmark_labels(known, 2), first_line)
    worked_example(view)
how_we_know("value")
