"""The cheapest way to a capability as what it is: steps, each labelled with the model that set it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import factor_text
from analysis.price.steps import CheapestSteps, PriceBasis
from charts.parts import theme
from charts.parts.axes import dollar_axis, dollars, in_gridlines, money
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, KeyItem, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.marks import add_labels, add_steps
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

CHEAPEST_WAY: Final = "price-of-capability"

SOLD_BY: Final = {PriceBasis.MAKER: "maker", PriceBasis.CHEAPEST_HOST: "host"}
"""Who is meant by a price, as sentences say it: the maker itself, or whoever sells it for least."""

HARDLY: Final = 1.05
"""Factor below which two prices are the same to a reader."""
TIMES_LESS: Final = 1.5
"""Factor from which a price is so many times another."""

_BELOW, _ABOVE = 0.3, 0.25
"""Room for labels below the lowest and above the highest price, in powers of ten."""


def price_of_capability(
    cheapest: CheapestSteps,
    capability: str,
    titles: Mapping[str, str],
    footing: Footing,
    *,
    log: bool = True,
    name: str = CHEAPEST_WAY,
) -> Chart:
    """The cheapest price of a capability as steps, each labelled with the model that set it.

    `capability` names the score with its value, `titles` models by model_id. Needs a step.
    """
    steps = cheapest.steps.with_columns(
        title=pl.col("model_id").replace_strict(dict(titles), default=pl.col("model_id"))
    )
    assert cheapest.window is not None
    until = cheapest.window.end
    title = price_found(cheapest, capability)
    prices = steps["price_usd_per_mtok"].drop_nulls()
    subtitle = (
        f"Price of the cheapest {SOLD_BY[cheapest.basis]} among models that reach it, US dollars per "
        f"million tokens (3 input : 1 output).{' ' + in_gridlines(prices) if log else ''}"
    )
    return Chart(
        name,
        title,
        f"{title}. {steps.height} steps from {in_words(steps['valid_on'][0])} to {in_words(until)}.",
        partial(
            _draw_cheapest,
            Captions(name, title, subtitle, footing),
            steps,
            until,
            lower_price(cheapest),
            log,
        ),
        steps,
        f"At each date the line shows the lowest price of a {SOLD_BY[cheapest.basis]} among all models whose "
        "score reaches the threshold. It falls when a cheaper model comes out or a price is cut, and rises "
        "when the cheapest is withdrawn, or nobody has confirmed it for 60 days. A hollow mark at the "
        "end is the lowest price that may be asked, too: it is not confirmed for that day.",
        footing,
    )


def _draw_cheapest(
    captions: Captions, steps: pl.DataFrame, until: date, least: float | None, log: bool, mode: Mode
) -> go.Figure:
    days, prices = [*steps["valid_on"].to_list(), until], steps["price_usd_per_mtok"].to_list()
    key = () if least is None else (_hollow(least, prices[-1]),)
    figure = empty_figure(captions, mode, key=key, room=Room(below=BARE_AXIS))
    add_steps(figure, days, [*prices, prices[-1]], mode)
    priced = steps.drop_nulls("price_usd_per_mtok")
    figure.add_scatter(
        x=priced["valid_on"].to_list(),
        y=priced["price_usd_per_mtok"].to_list(),
        mode="markers",
        marker={"color": theme.ink(mode), "size": 8},
        customdata=priced["model_id"].to_list(),
        hovertext=[
            f"<b>{row['title']}</b><br>{dollars(row['price_usd_per_mtok'])} "
            f"from {in_words(row['valid_on'])}<br>{row['provider']}"
            for row in priced.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    span = (days[0] - timedelta(days=30), until + timedelta(days=30))
    drawn = priced["price_usd_per_mtok"].to_list()
    if least is not None:
        _bracket(figure, until, prices[-1], least, mode)
        drawn.append(least)
    axis = dollar_axis(drawn, log=log, title="$ per million tokens")
    if log:
        axis |= {"range": [math.log10(min(drawn)) - _BELOW, math.log10(max(drawn)) + _ABOVE]}
    figure.update_yaxes(**axis)
    figure.update_xaxes(range=list(span))
    _label_steps(figure, with_prices(priced), span, (min(drawn), max(drawn)), log, mode)
    return figure


def _hollow(least: float, price: float) -> KeyItem:
    return KeyItem("○", f"{money(least)} may be asked; {money(price)} is confirmed")


def _bracket(figure: go.Figure, until: date, price: float, least: float, mode: Mode) -> None:
    """At the end, from the price that is known down to the lowest that may be asked."""
    figure.add_scatter(
        x=[until, until],
        y=[price, least],
        mode="lines+markers",
        line={"color": theme.faint(theme.grey(mode), 0.6, mode), "width": 5},
        marker={
            "color": theme.ink(mode),
            "size": [0, 9],
            "symbol": "circle-open",
            "line": {"width": 2, "color": theme.ink(mode)},
        },
        hovertemplate="may be asked, but is not confirmed: %{y:$,.4~f}<extra></extra>",
    )


def with_prices(priced: pl.DataFrame) -> pl.DataFrame:
    """The steps with the first and the last price behind their titles.

    Whether the last is confirmed stands in the key: a longer label would cross the steps on a telephone.
    """
    prices = [money(price) for price in priced["price_usd_per_mtok"]]
    ends = {0, priced.height - 1}
    named = [
        f"{title}, {prices[place]}" if place in ends else title for place, title in enumerate(priced["title"])
    ]
    return priced.with_columns(title=pl.Series(named, dtype=pl.String))


def _label_steps(
    figure: go.Figure,
    priced: pl.DataFrame,
    span: tuple[date, date],
    drawn: tuple[float, float],
    log: bool,
    mode: Mode,
) -> None:
    heights = [math.log10(price) if log else price for price in priced["price_usd_per_mtok"]]
    least, most = drawn
    low, high = (math.log10(least) - _BELOW, math.log10(most) + _ABOVE) if log else (0.0, most * 1.05)
    rows = list(zip(priced["valid_on"].to_list(), heights, priced["title"].to_list(), strict=True))

    def within(day: date, height: float) -> tuple[float, float]:
        return (day - span[0]) / (span[1] - span[0]), (height - low) / (high - low)

    line = [within(day, height) for day, height in [*((d, h) for d, h, _ in rows), (span[1], heights[-1])]]
    rows = [rows[-1], *rows[:-1]]
    add_labels(
        figure,
        [day for day, _, _ in rows],
        [height for _, height, _ in rows],
        [text for _, _, text in rows],
        [within(day, height) for day, height, _ in rows],
        mode,
        Around(
            Corner.UPPER_RIGHT,
            line,
        ),
    )


def price_found(cheapest: CheapestSteps, capability: str) -> str:
    """Who asked what for a capability on the last day that is known, and how much less than at first."""
    assert cheapest.window is not None
    seller, day = SOLD_BY[cheapest.basis], in_words(cheapest.window.end)
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return f"On {day} nothing that reaches {capability} was on sale at a {seller}"
    asked = f"On {day} {capability} cost {asked_text(cheapest)} per million tokens at the cheapest {seller}"
    return f"{asked}{less_in_all(cheapest)}"


def asked_text(cheapest: CheapestSteps) -> str:
    """The last price that is known; both ends where a cheaper one that nobody confirms may still be asked."""
    price, least = cheapest.steps["price_usd_per_mtok"][-1], lower_price(cheapest)
    return money(price) if least is None else f"{money(least)} to {money(price)}"


def least_asked(cheapest: CheapestSteps) -> float:
    """The lowest price that may be asked at the end; the last one where no other may be."""
    price: float = cheapest.steps["price_usd_per_mtok"][-1]
    return price if cheapest.window is None else cheapest.least_on(cheapest.window.end) or price


def lower_price(cheapest: CheapestSteps) -> float | None:
    """The lowest price that may be asked at the end, where it is another one than is known."""
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None or price <= HARDLY * least_asked(cheapest):
        return None
    return least_asked(cheapest)


def less_in_all(cheapest: CheapestSteps) -> str:
    """`less_than_at_first` as it goes on with a sentence; empty where that is not known."""
    said = less_than_at_first(cheapest)
    return f", {said}" if said else ""


def less_than_at_first(cheapest: CheapestSteps) -> str:
    """How much less than at first, "429 times less than in July 2023"; empty where that is not known.

    A first price that is only taken to have held since a launch counts from the month in which it was first
    read; where another was the lowest by then, it says when that was.
    """
    fell = _how_much_less(cheapest)
    if not fell or cheapest.window is None:
        return ""
    if cheapest.dated_from != cheapest.window.start:
        return f"{fell} in {cheapest.dated_from:%B %Y}"
    return f"{fell} in {cheapest.window.start:%B %Y}{read_later(cheapest)}"


def _how_much_less(cheapest: CheapestSteps) -> str:
    times = cheapest.times_cheaper
    if times is None:
        return ""
    most = times * cheapest.steps["price_usd_per_mtok"][-1] / least_asked(cheapest)
    said = times_less(times)
    if most > HARDLY * times >= HARDLY * TIMES_LESS:
        said = f"{factor_text(times)} to {times_less(most)}"
    return said


def read_later(cheapest: CheapestSteps) -> str:
    """When a first price that is only taken to have held since a launch was first read; else nothing."""
    read_on = cheapest.first_read_on
    return "" if read_on is None else f" (price first read in {read_on:%B %Y})"


def times_less(times: float) -> str:
    """A fall in all as it goes before its first month: 429 times less than, about as much as."""
    if times >= TIMES_LESS:
        return f"{factor_text(times)} times less than"
    return f"{factor_text(1 / times)} times as much as" if times <= 1 / TIMES_LESS else "about as much as"
