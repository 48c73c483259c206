"""Models: find one, and see its scores, its price steps, its releases and the sources of all of it."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from charts.parts.axes import dollars
from charts.parts.figure import in_words
from charts.price.price_over_time import price_steps
from pages import asking, frame
from pages.chart_block import show_chart
from pages.frame import Reading, View
from pages.model_tables import (
    SCORES,
    SELLERS,
    headline_scores,
    newest_of_sellers,
    place_in_index,
    setting_once,
)
from pages.price_conflicts import conflict
from pages.tables import show_table

CONTROLS: Final = ("find", "maker")


def released_in_words(model: dict[str, Any]) -> str:
    """The release day with its precision and what it rests on."""
    day = model["released_on"]
    if day is None:
        return "release day not known"
    said = {"day": in_words(day), "month": f"{day:%B %Y}", "year": f"{day:%Y}"}[
        model["released_precision"] or "day"
    ]
    return f"released {said} ({model['released_basis']})"


def first_line(model: dict[str, Any], steps: pl.DataFrame) -> str:
    """What the model is, when it came and what it costs."""
    listed = steps.filter("is_list_price")
    price = "unpriced" if steps.is_empty() else "no longer on the price list that we follow for it"
    if listed.height:
        row = listed.row(0, named=True)
        price = (
            f"list price {dollars(row['input_usd_per_mtok'])} input and "
            f"{dollars(row['output_usd_per_mtok'])} output per million tokens ({row['seller']})"
        )
    weights = {True: "open weights", False: "closed weights", None: "weights not known"}[
        model["open_weights"]
    ]
    maker = model["organization"] or "maker not known"
    return f"{model['title']}: {maker}, {weights}, {released_in_words(model)}, {price}."


def choose(models: pl.DataFrame) -> dict[str, Any] | None:
    """The model that the reader picked, first narrowed to a maker if wanted."""
    left, right = st.columns([1, 2])
    with left:
        makers = models.drop_nulls("organization").group_by("organization").len().sort("len", descending=True)
        maker = st.selectbox(
            "Maker",
            makers["organization"].to_list(),
            index=None,
            placeholder="all makers",
            key="maker",
            bind="query-params",
        )
    listed = models.filter(pl.col("organization") == maker) if maker else models
    with right:
        chosen = st.selectbox(
            "Model", listed["model_id"].to_list(), key="find", bind="query-params", help="Type to search."
        )
    return next(listed.filter(pl.col("model_id") == chosen).iter_rows(named=True), None)


def show_prices(view: View, model: dict[str, Any], steps: pl.DataFrame) -> None:
    """The steps of its list price, and what all sellers ask."""
    st.subheader("Price")
    if steps.height:
        speaking = steps.filter("is_list_price") if steps["is_list_price"].any() else steps.sort("held_from")
        chain = speaking.tail(1).select("source_id", "model_name", "provider")
        own = steps.join(chain, on=chain.columns)
        show_chart(
            price_steps(model["title"], own, view.as_of, view.footing(own, "price steps")),
            view,
            CONTROLS,
        )
    asked = view.ask("prices_of_model", model=model["model_id"])
    if asked.is_empty():
        st.info("No data yet: no source states a price of this model.")
    else:
        newest = newest_of_sellers(asked)
        sellers = frame.counted(newest["provider"].n_unique(), "seller")
        st.markdown(
            f"**What {sellers} last asked**, US dollars per million tokens; the newest statement of each. "
            + frame.plain(conflict(asked))
        )
        show_table(newest, "sellers", SELLERS)
        with st.expander(f"All {frame.counted(asked.height, 'statement')}, of all sources"):
            show_table(asked, "statements")


def show_scores(scores: pl.DataFrame) -> None:
    """The headline score of each benchmark; every setting and source is one click away."""
    headline = headline_scores(scores)
    st.subheader(f"Scores on {frame.counted(headline.height, 'benchmark')}")
    if headline.is_empty():
        st.info("No data yet: no score of this model.")
        return
    st.markdown(
        "One row a benchmark: an independent measurement before the vendor's own, of ratings the newest, of "
        "all others the best over settings."
    )
    show_table(headline, "scores", SCORES)
    with st.expander(f"All {frame.counted(scores.height, 'statement')}, every setting and source"):
        show_table(scores, "all-scores")


def show_section(heading: str, rows: pl.DataFrame, nothing: str) -> None:
    """A heading with its table, or a sentence that there is none."""
    st.subheader(heading)
    if rows.is_empty():
        st.info(f"No data yet: {nothing}")
    else:
        show_table(rows, heading.split(maxsplit=1)[0].lower())


def show_model(view: View, reading: Reading, model: dict[str, Any]) -> None:
    """All that is known of one model."""
    model_id = model["model_id"]
    steps = asking.price_steps(view, view.as_of).filter(pl.col("model_id") == model_id)
    index = view.ask("index_for_trend")
    frame.answer(f"{first_line(model, steps)} {place_in_index(index, model_id)}")
    st.caption(f"As of {in_words(view.as_of)}. {reading.note}")
    scores = view.ask("scores_of_model", model=model_id, as_of=reading.instant)
    show_scores(scores.with_columns(pl.col("setting").map_elements(setting_once, return_dtype=pl.String)))
    show_prices(view, model, steps)
    show_section("Announcements", view.ask("releases_of_model", model=model_id), "no post names this model.")
    evidence = view.ask("release_evidence_of_model", model=model_id)
    show_section("What its release day rests on", evidence, "nothing dates this model.")
    show_section("Names and sources", view.ask("names_of_model", model=model_id), "no source names it.")


view = frame.view()
st.title("Models")
reading = view.reading(view.ask("score_reach")["first_observed_at"].item())
known = view.ask("models", as_of=reading.instant, released_by=reading.released_by)
if known.is_empty():
    frame.nothing_yet("no model is known as of this date.")
elif picked := choose(known):
    show_model(view, reading, picked)
