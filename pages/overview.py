"""Overview: the newest state of capability and price on one page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl
import streamlit as st

from analysis.frontier import best_so_far
from analysis.price import PriceDecline, quantile_decline
from analysis.price_steps import cheapest_steps
from analysis.trend import FrontierTrend, frontier_trend
from charts.capability_over_time import capability_over_time
from charts.figure import in_words
from charts.price_over_time import price_of_capability
from charts.releases import release_timeline
from pages import asking, frame, sentences
from pages.chart_block import show_chart
from pages.frame import View
from pages.tables import show_table
from pages.tiles import show_tiles

# GPT-4's score on GPQA Diamond, the threshold of Epoch's study of price trends.
GPT4_SCORE: Final = 0.33

CAPABILITY: Final = "GPT-4's GPQA Diamond score (33 %)"
NEWEST_POSTS: Final = 12


@st.cache_data(show_spinner=False, max_entries=50)
def trend_of(models: pl.DataFrame, as_of: date) -> FrontierTrend:
    """The trend of the index, computed once per set of models."""
    return frontier_trend(models, as_of)


@st.cache_data(show_spinner=False, max_entries=50)
def decline_of(changes: pl.DataFrame) -> PriceDecline:
    """The rate of the price, computed once per set of price changes."""
    return quantile_decline(changes)


def capability(view: View) -> str:
    """Draw the published index; returns what it says in one sentence."""
    scores = asking.scores_of(view, asking.INDEX)
    models = scores.dated.with_columns(cost=pl.lit(None, pl.Float64))
    if models.is_empty():
        return ""
    best, trend = best_so_far(models, view.as_of), trend_of(models, view.as_of)
    st.subheader("Capability so far")
    st.markdown(frame.plain(f"{sentences.of_trend(trend)} {scores.reading.note}"))
    footing = view.footing(models, note="Models without a stated release day are left out")
    show_tiles(view)
    show_chart(
        capability_over_time(best, models, "Epoch Capabilities Index", "points", footing, view.mode), view
    )
    return sentences.of_index(best, asking.titles(models), trend)


def cheapest_way(view: View) -> str:
    """Draw the cheapest way to GPT-4's GPQA Diamond score; returns what it says in one sentence."""
    scores = asking.scores_of(view, "gpqa-diamond")
    offers = asking.offers(asking.price_steps(view, view.as_of))
    cheapest = cheapest_steps(offers, scores.rows.select("model_id", score="value"), GPT4_SCORE, view.as_of)
    if cheapest.window is None:
        return ""
    used = offers.filter(pl.col("model_id").is_in(cheapest.changes["model_id"].unique().implode()))
    note = f"{len(cheapest.unpriced)} models that reach it have no maker's price: unpriced, left out"
    st.subheader("What a given capability costs")
    st.markdown(f"{sentences.of_rates(cheapest, decline_of(cheapest.changes))} {scores.reading.note}")
    show_chart(
        price_of_capability(
            cheapest,
            CAPABILITY,
            asking.titles(scores.rows),
            view.footing(used.select("source_id"), "price steps", note if cheapest.unpriced else ""),
            view.mode,
        ),
        view,
    )
    return sentences.of_price(cheapest, CAPABILITY)


def releases(view: View) -> None:
    """The newest models, and the makers' newest statements."""
    since = view.as_of - timedelta(days=365)
    models = view.ask("new_models", since=since)
    st.subheader("Newest releases")
    if models.is_empty():
        frame.nothing_yet("no model is known to have been released in the year before this date.")
        return
    show_chart(release_timeline(models, since, view.as_of, view.footing(models), view.mode), view)
    posts = view.ask("posts", most=NEWEST_POSTS)
    st.markdown("**The makers' newest posts and change-log entries**")
    show_table(posts.select("stated_on", "organization", "title", "url"), "posts")


view = frame.view()
st.title("Is AI still climbing, and what does each gain cost?")
first_line = st.container()
said = [sentence for sentence in (capability(view), cheapest_way(view)) if sentence]
releases(view)
with first_line:
    if said:
        frame.answer(f"As of {in_words(view.as_of)} {'; '.join(said)}.")
    else:
        frame.nothing_yet("no scores and no prices are known as of this date.")
    frame.freshness(view)
    st.page_link("data.py", label="Where the figures come from", icon=":material/database:")
