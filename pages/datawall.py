"""Data wall: when the largest training set would need all public human text."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.datawall.crossing import WallForecast, crossing_year, growth_of_sets
from analysis.datawall.inputs import WallChoices, wall_inputs
from analysis.results import Estimate, Interval
from charts.datawall.crossing_years import Scenario, crossing_years
from charts.datawall.data_wall import data_wall
from pages import datawall_words, frame
from pages.chart_block import show_chart
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.tables import show_table
from store.snapshot import end_of

HISTORY, DRAWN = "history", "as drawn"
FACTORS: Final = ("0.1", "0.2", "0.5", "1", "2", "5", "10")
GROWTHS: Final = (HISTORY, "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.8", "1.0")
OVER_TRAINING: Final = ("1", "2", "5", "10", "20", "50", "100")
EPOCHS: Final = (DRAWN, "1", "2", "3", "4", "6", "10", "16")
CONTROLS: Final = ("stock", "stock_grows", "growth", "over_training", "epochs", "compute")
PUBLISHED_YEAR: Final = "year when the largest training sets equal the stock"

# Assumptions that the methods page states with their figures.
VARIANTS: Final = {
    "History of training sets only": WallChoices(),
    "The stock does not grow": WallChoices(stock_grows=False),
    "Half of the draws follow training compute": WallChoices(compute_weight=0.5),
    "Over-trained 5 times": WallChoices(over_training=5.0),
    "Over-trained 100 times": WallChoices(over_training=100.0),
}


@st.cache_data(show_spinner=False, max_entries=100)
def forecast_of(sets: pl.DataFrame, parameters: pl.DataFrame, choices: WallChoices) -> WallForecast:
    """The crossing, computed once per sets, ranges and choices."""
    return crossing_year(sets, wall_inputs(parameters), choices)


def choices_of_reader() -> WallChoices:
    """What the reader moves; the defaults are those of the history-only forecast."""
    left, middle, right = st.columns(3)
    with left:
        stock = _slider("Stock of text, times the estimate", FACTORS, "1", "stock", "")
        grows = st.toggle(
            "The stock grows, as the web did", value=True, key="stock_grows", bind="query-params"
        )
    with middle:
        growth = _slider(
            "Growth of training sets, orders of magnitude a year",
            GROWTHS,
            HISTORY,
            "growth",
            "0.3 is a doubling every year; history draws from the growth of the 80 sets.",
        )
        epochs = _slider(
            "Times that a text is read",
            EPOCHS,
            DRAWN,
            "epochs",
            "Reading a text again is worth less each time. As drawn: a gain of 2 to 5 times, as the paper "
            "has it.",
        )
    with right:
        over = _slider(
            "Over-training, times the tokens per parameter",
            OVER_TRAINING,
            "1",
            "over_training",
            "At equal compute a set grows with the square root of tokens per parameter.",
        )
        compute = st.slider(
            "Share of draws that follow training compute",
            0.0,
            1.0,
            0.0,
            0.1,
            format="percent",
            key="compute",
            bind="query-params",
        )
    return WallChoices(
        stock_factor=float(stock),
        stock_grows=grows,
        growth_orders_per_year=None if growth == HISTORY else float(growth),
        over_training=float(over),
        epochs=None if epochs == DRAWN else float(epochs),
        compute_weight=compute,
    )


def _slider(label: str, options: tuple[str, ...], value: str, key: str, note: str) -> str:
    return st.select_slider(label, options, value=value, key=key, bind="query-params", help=note or None)


def scenarios(sets: pl.DataFrame, parameters: pl.DataFrame, own: WallForecast | None) -> list[Scenario]:
    """The stated variants, the reader's own where it differs, and what the paper published."""
    found = [
        Scenario(name, forecast_of(sets, parameters, choices).estimate) for name, choices in VARIANTS.items()
    ]
    mine = [Scenario("Your assumptions", own.estimate)] if own else []
    published = [
        Scenario(
            "The paper of June 2024", Estimate(row["value"], Interval(row["low"], row["high"], 0.80)), False
        )
        for row in parameters.filter(quantity=PUBLISHED_YEAR).iter_rows(named=True)
    ]
    return [*mine, *found, *published]


def draw(view: View, sets: pl.DataFrame, parameters: pl.DataFrame, note: str, first_line: Any) -> None:
    """Controls, the crossing, its variants, and the newer sets as a fit of their own."""
    choices = choices_of_reader()
    paper, newer = sets.filter(collection="paper"), sets.filter(collection="newer")
    with st.skeleton(height=480):
        forecast = forecast_of(paper, parameters, choices)
        recent, recent_growth = forecast_of(newer, parameters, choices), growth_of_sets(newer)
        compared = scenarios(paper, parameters, forecast if choices != WallChoices() else None)
    with first_line.container():
        frame.answer(datawall_words.answer(forecast, choices != WallChoices(), view.as_of))
        st.markdown(datawall_words.rests_on(forecast))
        st.markdown(note)
    footing = view.footing(sets, "training sets", "The growth rests on the sets of the paper only")
    show_chart(data_wall(forecast, sets, datawall_words.meeting(forecast), footing), view, CONTROLS)
    st.markdown(datawall_words.of_newer(recent_growth, recent))
    title = "How much each assumption moves the year"
    show_chart(crossing_years(compared, title, footing), view, CONTROLS)
    with st.expander("The ranges that the stock is drawn from"):
        show_table(parameters, "parameters")


view = frame.view()
st.title("Data wall")
first_line = st.empty()
newest = end_of(view.today)
reading = view.reading(view.ask("training_sets", as_of=newest)["observed_at"].max())
sets = view.ask("training_sets", as_of=reading.instant).filter(pl.col("published_on") <= view.as_of)
parameters = view.ask("datawall_parameters", as_of=reading.instant)
if sets.is_empty() or parameters.is_empty():
    first_line.info("No data yet: no sizes of training sets are known as of this date.")
else:
    draw(view, sets, parameters, reading.note.replace("models", "training sets"), first_line)
how_we_know("datawall")
