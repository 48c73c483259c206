"""Score against cost month by month: the figure shows the last moment, its `meta.film` holds all of them.

film.js plays it: the places of the models are sent once, each moment sends which are there at which cost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.capability.front_through_time import Moment
from charts.capability.score_against_cost import Scale, axis_title, value_range
from charts.parts import theme
from charts.parts.axes import dollar_axis, in_gridlines, money, score_axis, score_text
from charts.parts.figure import Captions, Chart, Footing, KeyItem, empty_figure, in_words
from charts.parts.marks import model_key
from charts.parts.tags import own_tags
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "frontier-through-time"

_LARGEST: Final = 8
"""How many releases the reader can go to by name: those that raised the best score most."""

_ROWS: Final = (
    "on",
    "model_id",
    "title",
    "organization",
    "released_on",
    "open_weights",
    "value",
    "unit",
    "cost",
    "on_front",
    "newcomer",
    "source_id",
    "price_source_id",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A moment with the front of twelve months before it (None: there is none) and its line of words."""

    moment: Moment
    before: pl.DataFrame | None
    text: str


def frontier_through_time(
    said: Sequence[Said], title: str, scale: Scale, footing: Footing, selected: str | None = None
) -> Chart:
    """The front at each moment, in order and never empty.

    `said`: models with the columns of `Moment.models` and title, unit, source_id, price_source_id,
    reported_by.
    """
    first, last = said[0].moment, said[-1].moment
    shown = f"{scale.measure} against {scale.basis.value}, month by month"
    each = f" {in_gridlines(_costs(said))}" if scale.log else ""
    subtitle = (
        f"{shown}, {in_words(first.on)} to {in_words(last.on)}. Line: models that no other beats on both; "
        f"dashed: the same twelve months before.{each}"
    )
    rows = pl.concat([one.moment.models.with_columns(on=pl.lit(one.moment.on)).select(_ROWS) for one in said])
    return Chart(
        name=NAME,
        title=title,
        alt=f"{shown}, {len(said)} moments. {title}. {said[-1].text}",
        draw=partial(_draw, Captions(NAME, title, subtitle, footing), tuple(said), scale, selected),
        rows=rows,
        how_to_read=(
            "Play it, go by a month, or move the slider: each moment shows the models released by then at "
            "the prices in force on that day. Up is better, left is cheaper, and the axes stay as they are. "
            "Names stand at models that are new on the front and at both its ends. Scores are those known "
            "now, also where a model was measured later; a price that was first read some months after a "
            "launch counts from the launch. The front can fall back: a model leaves when it is no longer "
            "sold, or when nobody has confirmed its price for 60 days. A list price is not what a task costs."
        ),
        footing=footing,
    )


def _costs(said: Sequence[Said]) -> list[float]:
    return [cost for one in said for cost in one.moment.models["cost"]]


def _draw(
    captions: Captions, said: tuple[Said, ...], scale: Scale, selected: str | None, mode: Mode
) -> go.Figure:
    models = pl.concat([one.moment.models for one in said]).unique("model_id", keep="last").sort("model_id")
    dearest = _costs(said)
    ghost = KeyItem("╌", "front twelve months before", theme.grey(mode))
    figure = empty_figure(captions, mode, key=(*model_key(models, mode), ghost))
    film = _film(said, models, scale, selected, mode)
    _add_traces(figure, film, models, mode)
    _add_first_level(figure, said, mode)
    places = [math.log10(cost) for cost in dearest] if scale.log else dearest
    ends = [min(places) - 0.4, max(places) + 0.15] if scale.log else [0.0, 1.05 * max(places)]
    figure.update_xaxes(
        **dollar_axis(dearest, log=scale.log, title=axis_title(scale.basis)) | {"range": ends}
    )
    figure.update_yaxes(**score_axis(scale.unit, scale.measure, *value_range(models)))
    meta = dict(figure.layout.meta)
    figure.update_layout(meta=meta | {"film": film})
    return figure


def _film(
    said: tuple[Said, ...], models: pl.DataFrame, scale: Scale, selected: str | None, mode: Mode
) -> dict[str, Any]:
    place = {model_id: at for at, model_id in enumerate(models["model_id"])}
    dearest = max(cost for one in said for cost in one.moment.models["cost"])
    return {
        "titles": [own_tags(title) for title in models["title"]],
        "values": models["value"].to_list(),
        "scores": [score_text(value, scale.unit) for value in models["value"]],
        "chosen": place.get(selected or "", -1),
        "log": scale.log,
        "label": {"colour": theme.ink(mode), "ground": theme.see_through(theme.paper(mode), 0.7)},
        "moments": [
            {
                "month": f"{one.moment.on:%Y-%m}",
                "name": f"{one.moment.on:%B %Y}",
                "text": one.text,
                "there": [place[name] for name in one.moment.models["model_id"]],
                "costs": [float(f"{cost:.6g}") for cost in one.moment.models["cost"]],
                "front": _line(one.moment.front, dearest),
                "before": [[], []] if one.before is None else _line(one.before, dearest),
                "named": [place[name] for name in _named(one.moment)],
            }
            for one in said
        ],
        "large": _large(said),
    }


def _named(moment: Moment) -> list[str]:
    """The models whose names stand in a moment, the last first in want of room: newcomers, and both ends.

    So the front has names also in a month in which nothing came, as the last one that readers see first.
    """
    newcomers = moment.models.filter("newcomer")["model_id"].to_list()
    ends = [moment.front["model_id"][place] for place in (0, -1)]
    return [*(name for name in newcomers if name not in ends), *dict.fromkeys(ends)]


def _line(front: pl.DataFrame, dearest: float) -> list[list[float]]:
    """Costs and values of a front as far as the dearest model of all moments: more money buys no less."""
    costs, values = front["cost"].to_list(), front["value"].to_list()
    return [[float(f"{cost:.6g}") for cost in (*costs, dearest)], [*values, values[-1]]]


def _large(said: tuple[Said, ...]) -> list[dict[str, Any]]:
    """The moments at which the best score rose most, in order, by the name of the model that raised it."""
    best = [one.moment.front.row(-1, named=True) for one in said]
    rises = [
        (best[at]["value"] - best[at - 1]["value"], at)
        for at in range(1, len(best))
        if best[at]["value"] > best[at - 1]["value"]
    ]
    chosen = sorted(at for _, at in sorted(rises, reverse=True)[:_LARGEST])
    return [{"at": at, "name": _release(best[at]["title"], said[at].moment.on)} for at in chosen]


def _release(title: str, on: date) -> str:
    return f"{on:%B %Y}: {title.removesuffix(f' ({on:%b %Y})')}"


def _add_traces(figure: go.Figure, film: dict[str, Any], models: pl.DataFrame, mode: Mode) -> None:
    """The last moment, in the order that film.js counts on: front before, front, models, chosen model."""
    last = film["moments"][-1]
    for line, colour, dash in (("before", theme.grey(mode), "dash"), ("front", theme.ink(mode), "solid")):
        xs, ys = last[line]
        style = {"color": colour, "width": 1.5, "shape": "hv", "dash": dash}
        figure.add_scatter(x=xs, y=ys, mode="lines", line=style, hoverinfo="skip")
    there = dict(zip(last["there"], last["costs"], strict=True))
    figure.add_scatter(
        x=[there.get(at) for at in range(models.height)],
        y=film["values"],
        mode="markers",
        marker={
            "color": [theme.colour_of(name, mode) for name in models["organization"]],
            "symbol": [
                theme.symbol_of(weights, reporter == "vendor")
                for weights, reporter in models.select("open_weights", "reported_by").iter_rows()
            ],
            "size": 8,
            "line": {"width": 1, "color": theme.paper(mode)},
        },
        customdata=[
            [title, score, in_words(day)]
            for title, score, day in zip(film["titles"], film["scores"], models["released_on"], strict=True)
        ],
        hovertemplate=(
            "<b>%{customdata[0]}</b><br>%{customdata[1]} for $%{x:.3~g}<br>released %{customdata[2]}"
            "<extra></extra>"
        ),
    )
    chosen = film["chosen"]
    figure.add_scatter(
        x=[there.get(chosen)],
        y=[film["values"][chosen] if chosen in there else None],
        mode="markers",
        marker={"symbol": "circle-open", "size": 17, "color": theme.ink(mode), "line": {"width": 2}},
        hoverinfo="skip",
    )


def _add_first_level(figure: go.Figure, said: tuple[Said, ...], mode: Mode) -> None:
    """From what the first best score cost to what it costs at the end, where it has become cheaper.

    It stands in all moments: film.js leaves the traces after its own as they are.
    """
    first, last = said[0].moment, said[-1].moment
    began = first.front.row(-1, named=True)
    now = last.cheapest(began["value"])
    if now is None or now["cost"] >= began["cost"]:
        return
    figure.add_scatter(
        x=[now["cost"], began["cost"]],
        y=[began["value"]] * 2,
        mode="lines+markers+text",
        line={"color": theme.grey(mode), "width": 1},
        marker={"symbol": "line-ns-open", "size": 9, "color": theme.grey(mode)},
        text=["", f"{money(began['cost'])} ({first.on:%b %Y}) → {money(now['cost'])}"],
        textposition="bottom left",
        textfont={"size": 11, "color": theme.ink(mode)},
        hoverinfo="skip",
    )
