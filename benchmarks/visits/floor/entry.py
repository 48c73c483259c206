"""Four pages: two with a line of text, two with a chart below it, which a switch changes."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

MARKS = 60


def _line(name: str) -> None:
    st.title(name)
    with st.container(key="answer"):
        st.markdown(f"This is {name}.")


def _chart(name: str) -> None:
    _line(name)
    is_high = st.toggle("Higher", key=f"higher-{name}")
    figure = go.Figure(layout={"height": 470, "meta": {"name": name}})
    figure.add_scatter(x=list(range(MARKS)), y=[place * (2 if is_high else 1) for place in range(MARKS)])
    st.plotly_chart(figure, key=f"chart-{name}")


def empty() -> None:
    """A title and a line."""
    _line("empty")


def empty_too() -> None:
    """Another one, to move to."""
    _line("empty-too")


def plotly() -> None:
    """The same with one chart."""
    _chart("plotly")


def plotly_too() -> None:
    """Another one, to move to."""
    _chart("plotly-too")


st.navigation(
    [
        st.Page(page, title=page.__name__.replace("_", "-"), url_path=page.__name__.replace("_", "-"))
        for page in (empty, empty_too, plotly, plotly_too)
    ]
).run()
