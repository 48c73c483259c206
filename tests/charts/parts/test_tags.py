"""Names from outside in a figure are drawn as they are written."""

from __future__ import annotations

import json
from datetime import date

import plotly.graph_objects as go
import polars as pl

from charts.parts.figure import Chart, Footing
from charts.parts.theme import Mode
from faces.finished import FinishedFigure

EVIL = "<a href='https://evil.example'>GPT</a><script>x</script>"


def test_a_figure_is_drawn_once_for_each_ground() -> None:
    """However often it is shown; what is sent is what it draws, with the words around it and its height."""
    drawn: list[Mode] = []

    def draw(mode: Mode) -> go.Figure:
        drawn.append(mode)
        return go.Figure(go.Scatter(x=[1], y=[2]), {"height": 300, "meta": {"title": "Found"}})

    chart = Chart("x", "x", "x", draw, pl.DataFrame(), "", Footing((), date(2026, 1, 1), 0))
    finished = [chart.finished(mode) for mode in (*Mode, *Mode)]
    assert drawn == list(Mode)
    assert (finished[0].meta["title"], finished[0].height) == ("Found", 300)
    assert FinishedFigure(finished[0]).to_dict() == json.loads(chart.draw(Mode.LIGHT).to_json())


def test_only_our_own_tags_are_tags() -> None:
    """Links and scripts in names, hover texts and notes are text; our bold type and breaks stay."""

    def draw(_mode: Mode) -> go.Figure:
        figure = go.Figure(go.Scatter(x=[1], y=[1], name=EVIL, hovertext=[f"<b>{EVIL}</b>", "plain"]))
        return figure.add_annotation(text=f"{EVIL}<br>below")

    chart = Chart("x", "x", "x", draw, pl.DataFrame(), "", Footing((), date(2026, 1, 1), 0))
    figure = chart.draw(Mode.LIGHT)
    said = [figure.data[0].name, *figure.data[0].hovertext, figure.layout.annotations[0].text]
    assert not any("<a" in text or "<script" in text for text in said)
    assert said[1].startswith("<b>&lt;a href")
    assert said[3].endswith("<br>below")


def test_words_in_a_figure_are_set_as_everywhere() -> None:
    """A minus is a minus in labels and hover texts; the format of a template stays what it is."""

    def draw(_mode: Mode) -> go.Figure:
        trace = go.Scatter(x=[1], y=[1], hovertext=["fell by -3 %"], hovertemplate="%{y:.0%}<extra></extra>")
        return go.Figure(trace).add_annotation(text="-$0.28")

    figure = Chart("x", "x", "x", draw, pl.DataFrame(), "", Footing((), date(2026, 1, 1), 0)).draw(Mode.LIGHT)
    assert list(figure.data[0].hovertext) == ["fell by \u22123\u00a0%"]
    assert figure.data[0].hovertemplate == "%{y:.0%}<extra></extra>"
    assert figure.layout.annotations[0].text == "\u2212$0.28"
