"""How deep survivors of the dot-com years fell, and when they set their next record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.market_falls import Fall, FallVerdict
from charts.parts import theme
from charts.parts.axes import span_text
from charts.parts.figure import Captions, Chart, Footing, Room, empty_figure
from charts.parts.lanes import LEFT, lane_height, name_lanes
from charts.parts.percent import percent, percent_ticks
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "falls"
_RIGHT: Final = 128
"""Room for what stands beside the bars, in pixels."""


def falls(found: Mapping[str, Fall], footing: Footing) -> Chart:
    """A bar per series from its peak to its low before the next record, the deepest on top. Needs a fall."""
    rows = fall_rows(found)
    drawn = rows.drop_nulls("depth").sort("depth")
    title = f"The survivors lost {span_text(percent(-drawn['depth'][-1]), percent(-drawn['depth'][0]))}"
    title += _records(drawn)
    subtitle = (
        "Highest close of 1998 to 2001 to the lowest before the next record; month-end closes without "
        "dividends. Only survivors are shown here."
    )
    depths = "; ".join(
        f"{name} {percent(depth)}" for name, depth in drawn.select("name", "depth").iter_rows()
    )
    return Chart(
        NAME,
        title,
        f"{title}. {depths}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), drawn),
        rows,
        "The bar reaches from the peak (0) to the lowest close before the price was above that peak again. "
        "Companies that failed left no series: they stand below as dated facts, so this chart alone would "
        "make the crash look milder than it was.",
        footing,
    )


def _records(drawn: pl.DataFrame) -> str:
    """How long the next records took, of how many, and which had none by when; empty without a record."""
    back, none = drawn.drop_nulls("years_to_record"), drawn.filter(pl.col("years_to_record").is_null())
    if back.is_empty():
        return ""
    soonest, latest = back.select(
        soonest=pl.col("years_to_record").min(), latest=pl.col("years_to_record").max()
    ).row(0)
    took = f"the next record took {span_text(f'{soonest:.1f}', f'{latest:.1f}')} years"
    if none.is_empty():
        return f", and {took}"
    until = "; ".join(
        f"{name} had none by {end:%B %Y}" for name, end in none.select("name", "series_ends_on").iter_rows()
    )
    return f"; for {back.height} of the {drawn.height} {took}; {until}"


def _draw(captions: Captions, drawn: pl.DataFrame, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=lane_height(drawn.height, 36), left=LEFT))
    figure.add_bar(
        x=drawn["depth"].to_list(),
        y=list(range(drawn.height)),
        orientation="h",
        width=0.5,
        marker={"color": theme.grey(mode)},
        hovertext=[
            f"{row['name']}: peak {row['peak_on']}, low {row['trough_on']}, {row['verdict']}"
            for row in drawn.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for lane, row in enumerate(drawn.iter_rows(named=True)):
        figure.add_annotation(
            x=0,
            y=lane,
            xanchor="left",
            align="left",
            text=f"{percent(row['depth'])}<br>{_recovery(row)}",
            showarrow=False,
            xshift=4,
            font={"size": 10, "color": theme.ink(mode)},
        )
    name_lanes(figure, drawn["name"].to_list(), mode)
    figure.update_xaxes(
        title={"text": "from the peak"},
        range=[-1.0, 0.0],
        **percent_ticks(-1.0, 0.0, 3),
    )
    figure.update_layout(margin_r=_RIGHT)
    return figure


def fall_rows(found: Mapping[str, Fall]) -> pl.DataFrame:
    """The falls as a table; null where there was none or it cannot be told."""
    return pl.DataFrame(
        [
            {
                "name": name,
                "peak_on": fall.peak_on,
                "trough_on": fall.trough_on,
                "depth": fall.depth,
                "next_record_on": fall.regained_on,
                "years_to_record": fall.years_to_record,
                "verdict": fall.verdict.value,
                "series_ends_on": fall.window.end if fall.window else None,
            }
            for name, fall in found.items()
        ],
        infer_schema_length=None,
    )


def _recovery(row: Mapping[str, object]) -> str:
    if row["verdict"] == FallVerdict.REGAINED.value:
        return f"record after {row['years_to_record']:.1f} years"
    return f"none by {row['series_ends_on']:%b %Y}"
