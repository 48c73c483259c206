"""The ladder: for each level that people know by a model, what the cheapest way to it has cost, as steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.price.steps import CheapestSteps
from charts.parts import theme
from charts.parts.axes import dollar_axis, dollar_range, in_gridlines, money
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.labels import Around, Corner
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.marks import add_labels
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "ladder-of-levels"
_PLOT: Final = 400


@dataclass(frozen=True, slots=True)
class LadderRung:
    """One level: the models that it is known by, and the cheapest way to it (with a step)."""

    names: tuple[str, ...]
    way: CheapestSteps

    @property
    def name(self) -> str:
        """All of them."""
        return ", ".join(self.names)


def ladder_chart(rungs: Sequence[LadderRung], title: str, scale: str, footing: Footing) -> Chart:
    """All rungs from the lowest up, each as steps with its name at the end; all end on one day. Needs one."""
    basis = rungs[0].way.basis.value
    prices = _prices(rungs)
    subtitle = (
        f"Cheapest {basis} among the models that reach each level on {scale}, US dollars per million tokens "
        f"(3 input : 1 output). {in_gridlines(prices)}"
    )
    rows = pl.concat(
        rung.way.steps.select(
            pl.lit(rung.name).alias("level"), pl.lit(rung.way.threshold).alias("score"), pl.all()
        )
        for rung in rungs
    )
    ends = "; ".join(f"{rung.name} {_end_text(rung)}" for rung in rungs)
    until = max(rung.way.window.end for rung in rungs if rung.way.window is not None)
    return Chart(
        NAME,
        title,
        f"{title}. On {in_words(until)}: {ends}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(rungs)),
        rows,
        "Each line is a level, named after well-known models that have it. It begins when the first of these "
        "had a price, falls when a cheaper model comes or a price is cut, and rises when the cheapest is "
        "withdrawn. Levels whose scores differ by less than their errors share a line.",
        footing,
    )


def _prices(rungs: Sequence[LadderRung]) -> list[float]:
    return [price for rung in rungs for price in rung.way.steps["price_usd_per_mtok"].drop_nulls().to_list()]


def _end_text(rung: LadderRung) -> str:
    price = rung.way.steps["price_usd_per_mtok"][-1]
    return "nothing on sale" if price is None else money(price)


def _draw(captions: Captions, rungs: tuple[LadderRung, ...], mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_PLOT, below=BARE_AXIS))
    ends: list[LineEnd] = []
    prices = _prices(rungs)
    first = min(rung.way.steps["valid_on"][0] for rung in rungs)
    last = max(rung.way.window.end for rung in rungs if rung.way.window is not None)
    for place, rung in enumerate(rungs):
        colour = theme.ordered(place, len(rungs), mode)
        _add_line(figure, rung, last, colour)
        known = rung.way.steps.drop_nulls("price_usd_per_mtok")["price_usd_per_mtok"]
        if known.len():
            ends.append(LineEnd(last, float(known[-1]), _short(rung.names), colour))
    axis = dollar_axis(prices, log=True, title="$ per million tokens")
    figure.update_yaxes(**axis)
    figure.update_xaxes(range=[first - timedelta(days=30), last + timedelta(days=10)])
    low, high = (10**exponent for exponent in dollar_range(prices))
    name_line_ends(figure, ends, low, high, mode, log=True, height=_PLOT)
    _name_starts(figure, rungs, (first, last), (low, high), mode)
    return figure


def _name_starts(
    figure: go.Figure,
    rungs: Sequence[LadderRung],
    days: tuple[date, date],
    prices: tuple[float, float],
    mode: Mode,
) -> None:
    """Each line's name and price where it begins, the dearest first: the falls of which the page tells."""
    known = [(rung, rung.way.steps.drop_nulls("price_usd_per_mtok")) for rung in rungs]
    begun = [steps.row(0, named=True) | {"name": _short(rung.names)} for rung, steps in known if steps.height]
    begun.sort(key=lambda row: -row["price_usd_per_mtok"])
    at = [math.log10(row["price_usd_per_mtok"]) for row in begun]
    low, high = (math.log10(price) for price in prices)
    span = (days[1] - days[0]).days
    within = [
        ((row["valid_on"] - days[0]).days / span, (height - low) / (high - low))
        for row, height in zip(begun, at, strict=True)
    ]
    add_labels(
        figure,
        [row["valid_on"] for row in begun],
        at,
        [f"{row['name']}: {money(row['price_usd_per_mtok'])}" for row in begun],
        within,
        mode,
        Around(Corner.UPPER_RIGHT),
    )


def _short(names: tuple[str, ...]) -> str:
    first, *others = names
    return f"{first}, {len(others)} more" if others else first


def _add_line(figure: go.Figure, rung: LadderRung, last: date, colour: str) -> None:
    steps = rung.way.steps
    prices = steps["price_usd_per_mtok"].to_list()
    figure.add_scatter(
        x=[*steps["valid_on"].to_list(), last],
        y=[*prices, prices[-1]],
        mode="lines",
        line={"color": colour, "width": 2, "shape": "hv"},
        connectgaps=False,
        name=rung.name,
        hovertemplate=f"{rung.name}<br>%{{x|%-d %B %Y}}: %{{y:$,.3~f}}<extra></extra>",
    )
