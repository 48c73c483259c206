"""How a page shows a chart: with alternative text, its table, its download, its citation and its link."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from charts.parts.figure import Chart
from faces.addresses import chart_address, parameters
from faces.rows import MEDIA_TYPES, RowFormat, citation, file_stem, rows_as
from pages.shared import frame
from pages.shared.tables import show_table
from pages.shared.widgets import Widgets, set_control
from questions.answer import Drawn, Table
from questions.question import Question
from questions.wording import counted

_ON_EVERY_CHART: Final[dict[str, Any]] = {
    "displaylogo": False,
    "scrollZoom": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "modeBarButtonsToAdd": ["toImageSVG"],
}


def show_chart(block: Drawn, widgets: Widgets) -> None:
    """Draw the chart and, below it, how to read it, its table, downloads with citation, and its links.

    A click on a mark sets the control `select_into`, which offers the same choice without a mouse.
    """
    chart, key = block.chart, f"chart-{block.chart.name}"
    take = partial(_take_click, key, widgets.question, block.select_into)
    st.plotly_chart(
        chart.draw(frame.mode()),
        theme=None,
        key=key,
        alt=chart.alt,
        on_select=take if block.select_into else "ignore",
        selection_mode="points",
        config=_ON_EVERY_CHART | {"toImageButtonOptions": {"filename": file_stem(chart), "scale": 2}},
    )
    _below(chart, widgets)


def page_address(widgets: Widgets) -> str:
    """The address of this page with every control written out, to show the same for ever."""
    return f"{st.context.url or ''}?{parameters(widgets.view.as_of, widgets.controls)}"


def _below(chart: Chart, widgets: Widgets) -> None:
    address = chart_address(chart.name, widgets.view, widgets.controls)
    with st.container(horizontal=True, gap="small"):
        with st.popover("How to read this", icon=":material/help:"):
            st.markdown(frame.plain(chart.how_to_read))
        with st.popover("Download", icon=":material/download:", disabled=chart.rows.is_empty()):
            for kind in RowFormat:
                st.download_button(
                    kind.value.upper() if kind is not RowFormat.PARQUET else "Parquet",
                    partial(rows_as, kind, chart, address),
                    f"{file_stem(chart)}.{kind.value}",
                    MEDIA_TYPES[kind],
                    key=f"{kind.value}-{chart.name}",
                    on_click="ignore",
                )
            st.caption("Please cite:")
            st.code(citation(chart, address), language=None, wrap_lines=True)
        with st.popover("Link", icon=":material/link:"):
            st.caption("This page, as it is set:")
            st.code(page_address(widgets), language=None, wrap_lines=True)
            st.caption("The chart alone, to embed:")
            st.code(address, language=None, wrap_lines=True)
    with st.expander(f"The table behind it ({counted(chart.rows.height, 'row')})"):
        show_table(Table(chart.name, chart.rows))


def _take_click(chart_key: str, question: Question, control: str) -> None:
    points = st.session_state[chart_key].selection.points
    if points and "customdata" in points[0]:
        data = points[0]["customdata"]
        set_control(question, control, str(data[0] if isinstance(data, list) else data))
