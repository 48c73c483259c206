"""What is sent of a figure is smaller than what was drawn, and shows the same."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from charts.parts.compact import CLICKS, compact
from charts.parts.theme import HUES as BY_MODE
from charts.parts.theme import Mode

DAYS = [date(2024, 1, 1) + timedelta(days=day) for day in range(200)]

HUES = BY_MODE[Mode.LIGHT]


def sent(figure: go.Figure) -> dict[str, Any]:
    """The figure as it is sent."""
    return compact(json.loads(figure.to_json()))


def marks(**other: Any) -> go.Figure:
    """Two hundred marks in two colours and one shape."""
    colours = [HUES[place % 2] for place in range(200)]
    marker = {"color": colours, "symbol": ["diamond-open"] * 200}
    heights = [place / 7 for place in range(200)]
    ids = [f"model-{place}" for place in range(200)]
    return go.Figure(go.Scatter(x=DAYS, y=heights, marker=marker, customdata=ids, **other))


def test_marks_keep_their_colours_and_shapes() -> None:
    """Each colour is the place of it in a scale that holds exactly those; equal shapes are said once."""
    (trace,) = sent(marks())["data"]
    marker = trace["marker"]
    scale = dict(marker["colorscale"])
    assert [scale[place / marker["cmax"]] for place in marker["color"]] == [HUES[n % 2] for n in range(200)]
    assert (marker["cmin"], marker["showscale"], marker["symbol"]) == (0, False, 102)


def test_what_only_clicks_need_is_sent_only_where_marks_are_clicked_on() -> None:
    """Ids of models; texts that are shown over a mark stay."""
    assert "customdata" not in sent(marks())["data"][0]
    assert len(sent(marks(hovertemplate="%{customdata}"))["data"][0]["customdata"]) == 200
    clicked = marks()
    clicked.update_layout(meta={CLICKS: True})
    assert len(sent(clicked)["data"][0]["customdata"]) == 200


def test_numbers_are_as_fine_as_is_seen() -> None:
    """Six digits, more where the numbers lie close together, and all digits before the point."""
    near = [2024.123456, 2024.123789, 2024.124]
    figure = go.Figure(go.Scatter(x=near, y=[1234567.891, 0.000123456789, None]))
    (trace,) = sent(figure)["data"]
    assert all(
        abs(one - other) < (max(near) - min(near)) / 10_000
        for one, other in zip(trace["x"], near, strict=True)
    )
    assert trace["y"] == [1234568, 0.000123457, None]


def test_a_figure_of_equal_marks_is_several_times_smaller() -> None:
    """Two hundred marks of two colours."""
    figure = marks()
    assert len(json.dumps(sent(figure)["data"])) * 2.5 < len(json.dumps(json.loads(figure.to_json())["data"]))
