"""How fast models answer against what they score, or what they cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.amounts import three_digits
from charts.parts.axes import EQUAL_STEPS, dollar_axis, dollars, score_axis
from charts.parts.figure import Captions, Chart, Footing, empty_figure, in_words
from charts.parts.marks import add_models, model_key
from charts.parts.theme import Mode
from charts.speed.by_host import log_ticks

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "speed-against"


def speed_against(models: pl.DataFrame, by_price: bool, title: str, footing: Footing) -> Chart:
    """One mark a model at the median host's speed.

    `models`: model_id, title, organization, open_weights, tokens_per_second, day, and `against` (points of
    the index, or USD per million tokens where `by_price`).
    """
    what = "list price, $ per million tokens (3 input : 1 output)" if by_price else "capability index"
    subtitle = (
        f"Output tokens per second of the median host on the last day that anybody measured, against the "
        f"{what}. {EQUAL_STEPS}"
    )
    drawn = models.with_columns(reported_by=pl.lit("independent"))
    return Chart(
        NAME,
        title,
        f"{title}. {models.height} models.",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn, by_price),
        models,
        "Up is faster. Each mark is the median over the hosts that served the model on its last measured "
        "day; its fastest host may be several times as fast.",
        footing,
    )


def _draw(captions: Captions, models: pl.DataFrame, by_price: bool, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, key=model_key(models, mode))
    add_models(figure, models, "against", "tokens_per_second", _hover(models, by_price), mode)
    places = models["against"].to_list()
    if by_price:
        figure.update_xaxes(**dollar_axis(places, log=True, title="$ per million tokens"))
    else:
        room = 0.05 * (max(places) - min(places) or 1.0)
        figure.update_xaxes(
            **score_axis("points", "Capability index", min(places) - room, max(places) + room)
        )
    speeds = models["tokens_per_second"].to_list()
    figure.update_yaxes(title_text="Tokens per second", **log_ticks(min(speeds), max(speeds)))
    return figure


def _hover(models: pl.DataFrame, by_price: bool) -> list[str]:
    return [
        f"<b>{row['title']}</b><br>{three_digits(row['tokens_per_second'])} tokens/s on "
        f"{in_words(row['day'])}<br>"
        + (f"{dollars(row['against'])} per million tokens" if by_price else f"{row['against']:.0f} points")
        for row in models.iter_rows(named=True)
    ]
