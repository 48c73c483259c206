"""Price of a capability: what it costs to buy a score that was once the frontier, and how fast that falls."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.price.basket import ChainedIndex, MatchedBasket, chained_index, matched_basket
from analysis.price.decline import PriceDecline, record_declines, successive_cheapest
from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps
from charts.price.decline_rates import NamedRate, decline_rates
from charts.price.price_over_time import price_of_capability
from charts.price.same_model_price import same_model_price
from pages import asking, frame, price_words
from pages.chart_block import show_chart
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.price_choice import Capability, chosen_capability
from pages.price_rate import SEED, decline_of
from pages.tables import show_table
from store.snapshot import end_of

CONTROLS: Final = ("measure", "threshold", "seller", "log_price")
FIRST_BASKET: Final = date(2023, 10, 1)


@st.cache_data(show_spinner=False, max_entries=20)
def basket_of(listings: pl.DataFrame, start: date, end: date) -> tuple[MatchedBasket, ChainedIndex]:
    """The basket of the same listings and their chained index, computed once per span."""
    return matched_basket(listings, start, end, seed=SEED), chained_index(listings, start, end)


def offers(view: View, basis: PriceBasis) -> tuple[pl.DataFrame, str]:
    """Priced steps as `cheapest_steps` takes them, and how a past date was read."""
    if basis is PriceBasis.MAKER:
        return asking.offers(asking.price_steps(view, view.as_of)), ""
    reading = view.reading(view.ask("price_reach")["first_observed_at"].item())
    return asking.offers(view.ask("price_steps_of_hosts", as_of=reading.instant, on=view.as_of)), reading.note


def show_steps(view: View, capability: Capability, cheapest: CheapestSteps, used: pl.DataFrame) -> None:
    """The steps, and the models that reach the score without a price."""
    log = st.toggle("Logarithmic price axis", value=True, key="log_price", bind="query-params")
    note = price_words.unpriced(cheapest) if cheapest.unpriced else ""
    titles = asking.titles(capability.scores)
    footing = view.footing(used.select("source_id"), "price steps", note)
    chart = price_of_capability(cheapest, capability.words, titles, footing, log=log)
    show_chart(chart, view, CONTROLS)
    with st.expander(price_words.unpriced(cheapest)):
        reach = capability.scores.filter(pl.col("model_id").is_in(list(cheapest.unpriced)))
        show_table(reach.select("model_id", "title", "organization", "released_on", "value"), "unpriced")


def show_rates(
    view: View, capability: Capability, cheapest: CheapestSteps, records: PriceDecline, used: pl.DataFrame
) -> None:
    """Both rates side by side; `used` are the priced steps behind them."""
    quantile = decline_of(cheapest.changes)
    st.subheader("How fast it falls")
    st.markdown(frame.plain(price_words.both_rates(quantile, records)))
    rates = [
        NamedRate("Successive cheapest models", records),
        NamedRate("Tenth percentile of all prices", quantile),
    ]
    chart = decline_rates(
        "decline-rates",
        rates,
        f"Two rates of the price of {capability.words}",
        "90 % intervals.",
        view.footing(used.select("source_id"), "price steps"),
    )
    show_chart(chart, view, CONTROLS)
    st.markdown(frame.plain(price_words.would_change(cheapest)))


def show_reference(view: View) -> None:
    """Epoch AI's factors for its own thresholds, computed anew from its prices."""
    known = view.ask("price_records_of_epoch", as_of=end_of(view.today))
    reading = view.reading(min(known["observed_at"].to_list(), default=None))
    prices = view.ask("price_records_of_epoch", as_of=reading.instant).filter(
        pl.col("valid_on") <= view.as_of
    )
    if prices.is_empty():
        return
    declines = record_declines(prices)
    told = sum("undetermined" not in decline.verdict.value for decline in declines.values())
    st.subheader("For reference: Epoch AI's thresholds")
    rates = [NamedRate(f"{bench}, {model}", decline, True) for (bench, model), decline in declines.items()]
    title = f"Of Epoch AI's {len(rates)} thresholds {told} have a rate that can be told within a factor 30"
    footing = view.footing(prices, "successive cheapest prices")
    with st.expander(title):
        st.markdown(reading.note.replace("models", "prices"))
        chart = decline_rates(
            "epoch-decline-rates",
            rates,
            title,
            "Each benchmark at the score of the model named.",
            footing,
        )
        show_chart(chart, view)


@st.fragment
def show_same_model(view: View) -> None:
    """What one and the same model's listing did, beside what the capability did."""
    st.subheader("The same model")
    with st.skeleton(height=420):
        listings = view.ask("price_listings")
    versions = sorted(set(listings["seen_on"].to_list()))
    if len(versions) < 2:
        st.markdown("Fewer than two dated versions of a price file are known as of this date.")
        return
    starts = [day.isoformat() for day in versions[:-1]]
    first = FIRST_BASKET.isoformat()
    start = st.select_slider(
        "Listings followed from",
        starts,
        value=first if first in starts else starts[0],
        key="basket_from",
        bind="query-params",
    )
    with st.skeleton(height=380):
        basket, chain = basket_of(listings, date.fromisoformat(start), versions[-1])
    st.markdown(frame.plain(price_words.same_model(basket, chain)))
    if chain.estimate is None:
        return
    footing = view.footing(
        listings.filter(pl.col("seen_on") >= date.fromisoformat(start)), "prices in versions"
    )
    chart = same_model_price(chain, price_words.same_model_title(basket), footing)
    show_chart(chart, view, ("basket_from",))


def draw(view: View, capability: Capability, first_line: Any) -> None:
    """First line, steps and rates of the chosen capability."""
    priced, note = offers(view, capability.basis)
    scores = capability.scores.select("model_id", score="value")
    cheapest = cheapest_steps(priced, scores, capability.threshold, view.as_of, capability.basis)
    if cheapest.window is None:
        first_line.info(
            f"No data yet: no model that reaches {capability.words} has a {capability.basis.value}."
        )
        return
    records = successive_cheapest(cheapest)
    with first_line.container():
        frame.answer(price_words.answer(cheapest, capability.words, records))
        st.markdown(" ".join(filter(None, dict.fromkeys([capability.note, note]))))
    used = priced.filter(pl.col("model_id").is_in(cheapest.changes["model_id"].unique().implode()))
    show_steps(view, capability, cheapest, used)
    show_rates(view, capability, cheapest, records, used)


view = frame.view()
st.title("Price of a capability")
first_line = st.empty()
capability = chosen_capability(view)
if capability is None:
    first_line.info("No data yet: no well-known model has a score as of this date.")
else:
    draw(view, capability, first_line)
show_reference(view)
show_same_model(view)
how_we_know("price")
