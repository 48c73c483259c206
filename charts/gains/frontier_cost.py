"""The best score so far above what its maker asked for it, on one time axis."""

from __future__ import annotations

import math
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from analysis.gains.recent import recent_prices
from analysis.gains.records import FrontierCost
from charts.parts import theme
from charts.parts.axes import dollars, money
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "what-the-best-model-costs"
_EACH: Final = 190
_ROOM: Final = 0.14
"""Above and below the prices, as a share of their span: a line of letters."""


def frontier_cost_chart(found: FrontierCost, scale: str, unit: str, title: str, footing: Footing) -> Chart:
    """Two panels: the best score so far, and the list price of the model that held it.

    `scale` names the measure, `unit` is that of its scores. Needs a record.
    """
    subtitle = (
        f"Above: the best {scale} so far. Below: the list price that its maker asked for that model, US "
        "dollars per million tokens (3 input : 1 output), logarithmic."
    )
    records = found.records
    alt = (
        f"{title}. {records.height} models were the best in turn from {in_words(records['released_on'][0])} "
        f"to {in_words(records['released_on'][-1])}; {found.priced['model_id'].n_unique()} of them have a "
        "list price."
    )
    return Chart(
        NAME,
        title,
        alt,
        partial(_draw, Captions(NAME, title, subtitle, footing), found, scale, unit),
        found.steps,
        "Each step above is a model that beat every one before it. Below it stands what that model cost "
        "while no other was better; a gap means that its maker asked no price that is known. Price per token "
        "is not price per task: a model that thinks longer uses more tokens.",
        footing,
    )


def _draw(captions: Captions, found: FrontierCost, scale: str, unit: str, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=panels_height(2, _EACH), below=BARE_AXIS))
    days = [*found.records["released_on"].to_list(), found.until]
    values = found.records["value"].to_list()
    priced, prices = _held_to_the_end(found)
    ink = theme.ink(mode)
    last = found.priced["price_usd_per_mtok"]
    now = f", {dollars(last[-1])} at the end" if last.len() else ""
    panels = (
        Panel(
            f"Best {scale} so far",
            (
                PanelLine(days, [*values, values[-1]], ink, scale, steps=True),
                PanelLine(days[:-1], values, ink, scale, dots=True),
            ),
            ".0%" if unit == "fraction" else ",~r",
        ),
        Panel(
            f"Its maker's list price{now}",
            (PanelLine(priced, prices, ink, "price", steps=True),),
            "$,~r",
            log=True,
        ),
    )
    draw_panels(figure, panels, mode, each=_EACH)
    _name_the_extremes(figure, found, mode)
    return figure


def _name_the_extremes(figure: go.Figure, found: FrontierCost, mode: Mode) -> None:
    """The models of the title beside their prices: the dearest above its step, the cheapest below."""
    recent = recent_prices(found)
    if recent is None or recent.lowest == recent.highest:
        return
    prices = found.priced["price_usd_per_mtok"]
    low, high = (math.log10(float(str(end))) for end in (prices.min(), prices.max()))
    room = _ROOM * max(high - low, 1.0)
    figure.update_layout(yaxis2_range=[low - room, high + room])
    for row, above in ((recent.highest, True), (recent.lowest, False)):
        figure.add_annotation(
            x=row["valid_on"],
            y=math.log10(row["price_usd_per_mtok"]),
            yref="y2",
            text=f"{row['title']}: {money(row['price_usd_per_mtok'])}",
            showarrow=False,
            # They stand in the newest months, at the right: to their left there is room on a telephone too.
            xanchor="right",
            yanchor="bottom" if above else "top",
            font={"size": 11, "color": theme.ink(mode)},
            bgcolor=theme.see_through(theme.paper(mode), 0.7),
            borderpad=0,
        )


def _held_to_the_end(found: FrontierCost) -> tuple[list[date], list[float | None]]:
    """Days and prices as a line of steps needs them: a price is held to the day on which it ends."""
    days: list[date] = []
    prices: list[float | None] = []
    for day, price in found.steps.select("valid_on", "price_usd_per_mtok").iter_rows():
        if price is None and prices and prices[-1] is not None:
            days.append(day)
            prices.append(prices[-1])
        days.append(day)
        prices.append(price)
    return [*days, found.until], [*prices, prices[-1]]
