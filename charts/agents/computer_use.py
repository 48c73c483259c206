"""Computer use then and now: OSWorld and its successors, each a series of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from charts.parts import theme
from charts.parts.axes import share_axis
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.line_ends import LineEnd, name_line_ends
from charts.parts.marks import vendor_key
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "computer-use"
PEOPLE_SAT: Final = "OSWorld"
"""The test of which it is known what people solve: the original, not its successors."""

MOST: Final = 5
"""Tests that are drawn: as many as there are shapes."""

_PLOT: Final = 340
_BY_THE_VENDOR: Final = ("self-reported", "vendor")


@dataclass(frozen=True, slots=True)
class Shares:
    """One test: its name, and shares solved (`day`, `value`, `system`, `reported_by`) in order of days."""

    name: str
    rows: pl.DataFrame


def computer_use_chart(tests: Sequence[Shares], people: float | None, title: str, footing: Footing) -> Chart:
    """One line of records for each test, all shares as dots, and the share that people solve where known."""
    subtitle = (
        "Share of tasks on a real desktop that was solved. OSWorld and OSWorld-Verified by the day of the "
        "statement, OSWorld 2 by the model's release. Three tests: never one line."
    )
    rows = pl.concat(test.rows.with_columns(test=pl.lit(test.name)) for test in tests)
    told = "; ".join(f"{test.name} {percent(_best(test.rows))}" for test in tests)
    return Chart(
        NAME,
        title,
        f"{title}. The best: {told}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), tuple(tests), people),
        rows,
        "Each dot is what somebody stated for one system, most often its maker; steps are the best so far. "
        "OSWorld-Verified has the tasks of OSWorld mended, OSWorld 2 is new and harder. Systems "
        "differ in how "
        "many steps they may take, and nobody measured all of them alike.",
        footing,
    )


def _best(rows: pl.DataFrame) -> float:
    value = rows["value"].max()
    assert isinstance(value, float)
    return value


def _draw(captions: Captions, tests: tuple[Shares, ...], people: float | None, mode: Mode) -> go.Figure:
    reporters = {name for test in tests for name in test.rows["reported_by"]}
    key = vendor_key() if reporters & set(_BY_THE_VENDOR) else ()
    figure = empty_figure(captions, mode, key=key, room=Room(plot=_PLOT, below=BARE_AXIS))
    days = [day for test in tests for day in test.rows["day"].to_list()]
    first, last = min(days), max(days)
    edge = timedelta(days=max(10, (last - first).days // 40))
    ends: list[LineEnd] = []
    for place, test in enumerate(tests):
        look = theme.apart(place, mode)
        colour = look.colour
        best = test.rows["value"].cum_max().to_list()
        figure.add_scatter(
            x=test.rows["day"].to_list(),
            y=best,
            mode="lines",
            line={"color": colour, "width": 2, "shape": "hv"},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=test.rows["day"].to_list(),
            y=test.rows["value"].to_list(),
            mode="markers",
            marker={
                "color": colour,
                "size": 8,
                "symbol": [
                    f"{look.symbol}-open" if name in _BY_THE_VENDOR else look.symbol
                    for name in test.rows["reported_by"]
                ],
            },
            hovertext=[
                f"<b>{row['system']}</b>, {test.name}<br>{percent(row['value'], 1)} on {in_words(row['day'])}"
                for row in test.rows.iter_rows(named=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        # From where nobody measured it any more, a thin line leads to its name.
        figure.add_scatter(
            x=[test.rows["day"][-1], last + edge],
            y=[best[-1]] * 2,
            mode="lines",
            line={"color": theme.faint(colour, 0.6, mode), "width": 1, "dash": "dot"},
            hoverinfo="skip",
        )
        ends.append(LineEnd(last + edge, best[-1], test.name, colour))
    if people is not None:
        original = [day for test in tests if test.name == PEOPLE_SAT for day in test.rows["day"].to_list()]
        until = max(original, default=last)
        figure.add_scatter(
            x=[first, until],
            y=[people, people],
            mode="lines",
            line={"color": theme.grey(mode), "width": 1},
            hoverinfo="skip",
        )
        ends.append(LineEnd(until, people, f"people on {PEOPLE_SAT}", theme.grey(mode)))
    figure.update_yaxes(**share_axis("Share solved", 0.0, 1.0))
    figure.update_xaxes(range=[first - edge, last + edge], type="date", nticks=4, tickangle=0)
    name_line_ends(figure, ends, 0.0, 1.0, mode, log=False, height=_PLOT)
    return figure
