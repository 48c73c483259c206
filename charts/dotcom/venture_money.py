"""Venture money of the two booms, each tracker in its own colour, each era with its own scope."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.money import VentureMoney
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.stacked_panels import add_panel_heading
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "venture-money"
_EACH: Final = 190
_GAP: Final = 116
_TOTAL: Final = 2 * (_EACH + _GAP)


def venture_money_chart(money: VentureMoney, footing: Footing) -> Chart:
    """Two panels of bars by year: then above, now below; never one axis for both, since the scopes differ."""
    rows = money.years
    title = "Venture money then and now cannot be set against each other: the scopes differ"
    subtitle = (
        "Billion US dollars a year, nominal, as each tracker states it. Each panel has its own scope, years "
        "and axis."
    )
    return Chart(
        NAME,
        title,
        f"{title}. {_span(rows, 'dotcom')} {_span(rows, 'ai')}",
        partial(_draw, Captions(NAME, title, subtitle, footing), money),
        rows,
        "The upper panel counts all sectors in the United States, the lower one AI companies in the world, "
        "so no ratio is made. Trackers of one era differ too, by method and by what they call a deal. "
        "Half-years and quarters are left out.",
        footing,
    )


def _draw(captions: Captions, money: VentureMoney, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=_TOTAL, below=BARE_AXIS))
    for place, (era, scope) in enumerate((("dotcom", money.scope_then), ("ai", money.scope_now))):
        _panel(figure, place, money.years.filter(era=era), scope, mode)
    figure.update_layout(barmode="group", bargap=0.25)
    return figure


def _panel(figure: go.Figure, place: int, part: pl.DataFrame, scope: str, mode: Mode) -> None:
    """The bars of one era, its trackers beside each other, under its scope and their key."""
    top = 1 - (place * (_EACH + _GAP) + 84) / _TOTAL
    trackers = part["tracker"].unique(maintain_order=True).to_list()
    suffix = "" if place == 0 else "2"
    for index, tracker in enumerate(trackers):
        own = part.filter(tracker=tracker).sort("year")
        figure.add_bar(
            x=[str(year) for year in own["year"]],
            y=own["usd_billion"].to_list(),
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            marker={"color": theme.hue(index, mode)},
            text=[f"{amount:.3g}" for amount in own["usd_billion"]],
            textposition="outside",
            textfont={"size": 10, "color": theme.ink(mode)},
            cliponaxis=False,
            hovertemplate=f"{tracker}<br>%{{x}}: %{{y:.3g}} billion USD<extra></extra>",
        )
    marks = "<br>".join(
        f'<span style="color:{theme.hue(index, mode)}">■</span> {tracker}'
        for index, tracker in enumerate(trackers)
    )
    add_panel_heading(figure, f"<b>{scope}</b><br>{marks}", top, mode, size=10, shift=6)
    highest = float(part["usd_billion"].max() or 1.0)  # type: ignore[arg-type]  # a number or null
    figure.update_layout(
        {
            f"yaxis{suffix}": {
                "domain": [top - _EACH / _TOTAL, top],
                "range": [0, highest * 1.2],
                "anchor": f"x{suffix}",
                "nticks": 5,
            },
            f"xaxis{suffix}": {
                "anchor": f"y{suffix}",
                "type": "category",
                "categoryorder": "category ascending",
                "showgrid": False,
            },
        }
    )


def _span(rows: pl.DataFrame, era: str) -> str:
    part = rows.filter(era=era)
    if part.is_empty():
        return f"No whole year is known for {era}."
    first, last, most = part.select(
        first=pl.col("year").min(), last=pl.col("year").max(), most=pl.col("usd_billion").max()
    ).row(0)
    return f"{era}: {first} to {last}, at most {most:.3g} billion USD."
