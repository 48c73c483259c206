"""Hype against reality: attention above, capability below, on one time axis, and the lag between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.hype.lag import LagResult, LagVerdict
from charts.parts import theme
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels, panels_height
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "attention-and-capability"


def attention_and_capability(
    attention: pl.DataFrame,
    measure: str,
    tickformat: str,
    capability: pl.DataFrame,
    lag: LagResult,
    footing: Footing,
) -> Chart:
    """Two panels: a monthly series of attention, and the best published index so far.

    `attention`: valid_on (first of the month), value. `capability`: valid_on, value (index points).
    """
    title = f"{measure}: {finding(lag)}"
    shown = attention.sort("valid_on").upsample("valid_on", every="1mo")
    subtitle = (
        "Above: attention, by month. Below: best capability index so far (Epoch), points, by month. The lag "
        "is sought between monthly changes, never between levels: two rising levels nearly always correlate."
    )
    captions = Captions(NAME, title, subtitle, footing)
    rows = attention.select("valid_on", attention="value").join(
        capability.select("valid_on", capability="value"), on="valid_on", how="full", coalesce=True
    )
    return Chart(
        NAME,
        title,
        f"{title}. {measure} from {shown['valid_on'][0]:%B %Y} to {shown['valid_on'][-1]:%B %Y}, and the "
        f"best index so far up to {capability['value'][-1]:.1f} points.",
        partial(_draw, captions, shown, measure, tickformat, capability),
        rows.sort("valid_on"),
        "Look whether the upper line moves in the months in which the lower one steps up. The lower line "
        "joins records; it is used only for when they moved, and no trend is drawn through it. A lag is said "
        "only if the best correlation's interval, which allows for having tried thirteen lags, excludes "
        "zero, and only with 36 months in common at all lags.",
        footing,
    )


def _draw(
    captions: Captions,
    attention: pl.DataFrame,
    measure: str,
    tickformat: str,
    capability: pl.DataFrame,
    mode: Mode,
) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=panels_height(2), below=BARE_AXIS))
    days, values = attention["valid_on"].to_list(), attention["value"].to_list()
    best_days, best = capability["valid_on"].to_list(), capability["value"].to_list()
    above = PanelLine(days, values, theme.accent(mode), measure)
    below = PanelLine(best_days, best, theme.ink(mode), "best so far", steps=True)
    panels = (
        Panel(f"Attention: {measure}", (above,), tickformat, from_zero=True),
        Panel("Capability: best index so far, points", (below,)),
    )
    draw_panels(figure, panels, mode)
    return figure


def finding(lag: LagResult) -> str:
    """What the lag says, in one sentence."""
    if lag.verdict is LagVerdict.CANNOT_BE_TOLD or lag.correlation is None:
        return f"a lag cannot be told, {lag.n} months in common with the index, 36 needed"
    interval = lag.correlation.interval
    spread = f" (90 % interval {interval.low:.2f} to {interval.high:.2f})" if interval else ""
    months = lag.estimate.interval if lag.estimate else None
    if lag.estimate is None or months is None:
        return (
            "no lag between it and capability can be told from chance; the best correlation is "
            f"{lag.correlation.value:.2f}{spread}"
        )
    return (
        f"{lag.verdict.value}, by {abs(lag.estimate.value):.0f} months (90 % interval "
        f"{months.low:.0f} to {months.high:.0f}); the correlation is {lag.correlation.value:.2f}{spread}"
    )
