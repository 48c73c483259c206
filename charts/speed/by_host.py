"""How fast each host serves each model: one lane a model, a dot a host."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import three_digits
from charts.parts import theme
from charts.parts.axes import gridlines
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.lanes import LEFT, lane_height, name_lanes
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "speed-by-host"
NAMED: Final = ("Cerebras", "Groq")
"""The hosts with a colour and a shape of their own."""

_FEWEST: Final = 2
_MOST: Final = 7
_DECADES: Final = (0.1, 1, 10, 100, 1000)
_TICKS: Final = tuple(
    [round(step * decade, 1) for decade in _DECADES for step in steps] for steps in ((1, 2, 5), (1, 3), (1,))
)
"""The numbers that may stand on an axis, the densest first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The column that is drawn, what its axis is called, and its unit behind a number."""

    column: str
    axis: str
    unit: str


def speed_by_host(hosts: pl.DataFrame, shown: Shown, title: str, day: str, footing: Footing) -> Chart:
    """Lanes in the order of the rows. `hosts`: model_id, title, host and the column shown (above 0)."""
    drawn = hosts.filter(pl.col(shown.column) > 0)
    subtitle = (
        f"{shown.axis}, {day}. Each dot is one host of the model, the bar is the median of the hosts other "
        "than Cerebras and Groq. Logarithmic."
    )
    return Chart(
        NAME,
        title,
        f"{title}. {drawn['model_id'].n_unique()} models, {drawn['host'].n_unique()} hosts.",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn, shown),
        drawn,
        "Compare hosts within a lane only: models differ in size. Load, region and number format differ from "
        "host to host and from hour to hour, and the list states no error.",
        footing,
    )


def host_key(mode: Mode) -> tuple[KeyItem, ...]:
    """Whose dots are whose."""
    looks = [(theme.apart(place, mode), name) for place, name in enumerate(NAMED)]
    return (
        *(KeyItem(look.sign, name, look.colour) for look, name in looks),
        KeyItem("●", "other hosts", theme.grey(mode)),
    )


def host_marks(hosts: Iterable[str], mode: Mode) -> dict[str, list[str]]:
    """Colour and shape of each dot: those of a named host are its own, all others grey circles."""
    others = theme.Apart(theme.grey(mode), "circle", "●")
    named = {name.lower(): theme.apart(place, mode) for place, name in enumerate(NAMED)}
    looks = [named.get(host, others) for host in hosts]
    return {"color": [look.colour for look in looks], "symbol": [look.symbol for look in looks]}


def log_ticks(low: float, high: float) -> dict[str, object]:
    """A logarithmic axis from a little below `low` to a little above `high`, with plain numbers."""
    margin = max(0.08, 0.05 * math.log10(high / low))
    bottom, top = math.log10(low) - margin, math.log10(high) + margin
    within = ([tick for tick in ticks if low / 1.2 <= tick <= high * 1.2] for ticks in _TICKS)
    steps = next((ticks for ticks in within if _FEWEST <= len(ticks) <= _MOST), gridlines(bottom, top))
    return {
        "type": "log",
        "range": [bottom, top],
        "tickvals": steps,
        "ticktext": [f"{tick:,g}" for tick in steps],
    }


def _draw(captions: Captions, hosts: pl.DataFrame, shown: Shown, mode: Mode) -> go.Figure:
    lanes = hosts["model_id"].unique(maintain_order=True).to_list()
    names = dict(hosts.select("model_id", "title").iter_rows())
    key = (*host_key(mode), KeyItem("|", "median of other hosts"))
    room = Room(plot=lane_height(len(lanes)), left=LEFT)
    figure = empty_figure(captions, mode, key=key, room=room)
    named = pl.col("host").is_in([name.lower() for name in NAMED])
    medians = hosts.filter(~named).group_by("model_id").agg(pl.col(shown.column).median())
    figure.add_scatter(
        x=medians[shown.column].to_list(),
        y=[lanes.index(model) for model in medians["model_id"]],
        mode="markers",
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": theme.ink(mode)}},
        hovertemplate=f"median of other hosts: %{{x:,.3~r}} {shown.unit}<extra></extra>",
    )
    for part, size in ((hosts.filter(~named), 7), (hosts.filter(named), 10)):
        figure.add_scatter(
            x=part[shown.column].to_list(),
            y=[lanes.index(model) for model in part["model_id"]],
            mode="markers",
            marker={
                "size": size,
                "opacity": 0.85,
                **host_marks(part["host"], mode),
                "line": {"width": 1, "color": theme.paper(mode)},
            },
            customdata=part["model_id"].to_list(),
            hovertext=[
                f"{names[model]} at {host}: {three_digits(value)} {shown.unit}"
                for model, host, value in part.select("model_id", "host", shown.column).iter_rows()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    name_lanes(figure, [names[model] for model in lanes], mode)
    values = hosts[shown.column].to_list()
    figure.update_xaxes(title_text=shown.axis, **log_ticks(min(values), max(values)))
    return figure
