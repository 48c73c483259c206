"""Overview: the newest state of capability and price on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl
import streamlit as st

from analysis.capability.frontier import best_so_far
from analysis.price.steps import cheapest_steps
from charts.capability.capability_over_time import capability_over_time
from charts.models.releases import release_timeline
from charts.parts.figure import in_words
from charts.price.price_over_time import price_of_capability
from pages import asking, frame, growth_series, sentences, trend_words
from pages.chart_block import show_chart
from pages.frame import View
from pages.growth_series import GrowthSeries
from pages.growth_trend import trend_of
from pages.price_rate import decline_of
from pages.tables import show_table
from pages.tiles import show_tiles

# GPT-4's score on GPQA Diamond, the threshold of Epoch's study of price trends.
GPT4_SCORE: Final = 0.33

CAPABILITY: Final = "a GPQA Diamond score of 33 % (GPT-4's in Epoch AI's study)"
NEWEST_POSTS: Final = 12


def capability(view: View) -> str:
    """Draw the capability index; returns the verdict on it, which is the first line of the dashboard."""
    series = growth_series.index(view) or growth_series.published_index(view)
    if series is None:
        return ""
    trend = trend_of(series, view.as_of)
    models = series.models.with_columns(cost=pl.lit(None, pl.Float64))
    recent = models.filter(pl.col("released_on") >= trend.window.start)
    models = recent if recent.height else models
    best = best_so_far(models, view.as_of)
    st.subheader("Capability so far")
    show_tiles(view)
    since = in_words(trend.window.start)
    footing = view.footing(
        models, note=f"Models released since {since}, where the windows of the verdict begin"
    )
    show_chart(capability_over_time(best, models, series.name, "points", footing), view)
    leader = sentences.of_leader(best, asking.titles(models), series.name)
    said = [f"{leader} {series.note}", trend_words.evidence(trend), *_published(view, series)]
    st.markdown(frame.plain("\n\n".join(said)))
    st.page_link(
        "trends.py", label="Does it bend? Curves, ceilings, track record", icon=":material/trending_up:"
    )
    return trend_words.headline(trend, series.name, view.as_of)


def _published(view: View, series: GrowthSeries) -> list[str]:
    """What Epoch's published index says, where it is not itself the series."""
    published = growth_series.published_index(view)
    if published is None or published.name == series.name:
        return []
    return [trend_words.cross_check(trend_of(published, view.as_of), published.name)]


def cheapest_way(view: View) -> str:
    """Draw the cheapest way to GPT-4's GPQA Diamond score; returns what it says in one sentence."""
    scores = asking.scores_of(view, "gpqa-diamond")
    models = scores.dated
    offers = asking.offers(asking.price_steps(view, view.as_of))
    cheapest = cheapest_steps(offers, models.select("model_id", score="value"), GPT4_SCORE, view.as_of)
    if cheapest.window is None:
        return ""
    used = offers.filter(pl.col("model_id").is_in(cheapest.changes["model_id"].unique().implode()))
    note = f"{len(cheapest.unpriced)} models that reach it have no maker's price: unpriced, left out"
    st.subheader("What a given capability costs")
    rates = sentences.of_rates(cheapest, decline_of(cheapest.changes))
    st.markdown(frame.plain(f"{rates} {scores.reading.note}"))
    show_chart(
        price_of_capability(
            cheapest,
            CAPABILITY,
            asking.titles(models),
            view.footing(used.select("source_id"), "price steps", note if cheapest.unpriced else ""),
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
    show_chart(release_timeline(models, since, view.as_of, view.footing(models)), view)
    posts = view.ask("posts", most=NEWEST_POSTS)
    st.markdown("**The makers' newest posts and change-log entries**")
    show_table(posts.select("stated_on", "organization", "title", "url"), "posts")


view = frame.view()
st.title("Is AI still climbing, and what does each gain cost?")
first_line = st.container()
said = [sentence for sentence in (capability(view), cheapest_way(view)) if sentence]
with first_line:
    if said:
        frame.answer(" ".join(said))
    else:
        frame.nothing_yet("no scores and no prices are known as of this date.")
    frame.freshness(view)
    st.page_link("data.py", label="Where the figures come from", icon=":material/database:")
releases(view)
