"""How a page shows a chart: with alternative text, its table, its download, its citation and its link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from charts.parts.figure import Chart, words_of
from charts.parts.tags import Finished
from faces.addresses import chart_address, parameters
from faces.citing import bibtex, zipped
from faces.finished import FinishedFigure
from faces.rows import MEDIA_TYPES, RowFormat, citation, file_stem, rows_as
from faces.words_around import alt_beside, film_html, footer_html, heading_html, picture_buttons
from pages.shared import frame
from pages.shared.folded import folded
from pages.shared.tables import show_table
from pages.shared.unseen import was_seen
from pages.shared.widgets import Widgets, set_control
from questions.answer import Drawn, Table
from questions.question import Question
from questions.wording import counted

_ON_EVERY_CHART: Final[dict[str, Any]] = {
    "displaylogo": False,
    "scrollZoom": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}


_BELOW_PIXELS: Final = 160
"""How high that is which goes along with a chart: its footer, and the rest folded."""


def show_chart(
    block: Drawn, widgets: Widgets, level: int = 3, *, is_first: bool = True, is_bare: bool = False
) -> None:
    """Draw the chart between its words, and below it how to read it, its table, downloads and links.

    A click on a mark sets the control `select_into`, which offers the same choice without a mouse. `level` is
    that of its title among the headings of the page. All but the first chart of a page are drawn when they
    come near the window. A bare one comes between its words and without what goes along with it.
    """
    take = partial(_take_click, _key(block.chart), widgets.question, block.select_into)
    address = chart_address(block.chart.name, widgets.view, widgets.controls)
    if block.select_into:
        draw_chart(block.chart, level, take, address)
    elif is_first:
        draw_chart(block.chart, level, address=address)
    else:
        _when_seen(block.chart, widgets, level, address)
        return
    if not is_bare:
        _below(block.chart, widgets)


def draw_chart(
    chart: Chart, level: int = 3, on_select: Callable[[], None] | None = None, address: str = ""
) -> None:
    """The chart between its words, and nothing else; `address` is that of the chart alone, if it has one."""
    finished = chart.finished(frame.mode())
    with _below_heading(finished, level):
        _plot(chart, finished, on_select, address)


@st.fragment
def _when_seen(chart: Chart, widgets: Widgets, level: int, address: str) -> None:
    """The finding at once; the plot, and what goes along with it, once it was seen."""
    finished = chart.finished(frame.mode())
    with _below_heading(finished, level):
        is_seen = was_seen(chart.name, "chart", finished.height + _BELOW_PIXELS)
        if is_seen:
            _plot(chart, finished, address=address)
    if is_seen:
        _below(chart, widgets)


@contextmanager
def _below_heading(finished: Finished, level: int) -> Iterator[None]:
    with st.container(gap="xsmall"):
        st.html(heading_html(words_of(finished.meta), level))
        yield


def _plot(
    chart: Chart, finished: Finished, on_select: Callable[[], None] | None = None, address: str = ""
) -> None:
    st.plotly_chart(
        FinishedFigure(finished),
        theme=None,
        key=_key(chart),
        alt=alt_beside(chart),
        on_select=on_select or "ignore",
        selection_mode="points",
        config=_ON_EVERY_CHART,
    )
    if controls := film_html(finished.meta, address):
        st.html(controls)
    st.html(footer_html(words_of(finished.meta)))


def _key(chart: Chart) -> str:
    return f"chart-{chart.name}"


def page_address(widgets: Widgets) -> str:
    """The address of this page with every control written out, to show the same for ever."""
    return f"{st.context.url or ''}?{parameters(widgets.view.as_of, widgets.controls)}"


def alone_address(chart: Chart, widgets: Widgets) -> str:
    """Where the chart stands alone, whole: a citation, or a page that embeds it, is read elsewhere."""
    here = urlsplit(st.context.url or "")
    server = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{server}{chart_address(chart.name, widgets.view, widgets.controls)}"


@st.fragment
def _below(chart: Chart, widgets: Widgets) -> None:
    """What goes along with a chart; each part is made when it is opened."""
    with st.container(horizontal=True, gap="small"):
        reading = st.popover(
            "How to read this", icon=":material/help:", key=f"read-{chart.name}", on_change="rerun"
        )
        saving = st.popover(
            "Download",
            icon=":material/download:",
            disabled=chart.rows.is_empty(),
            key=f"save-{chart.name}",
            on_change="rerun",
        )
        linking = st.popover("Link", icon=":material/link:", key=f"link-{chart.name}", on_change="rerun")
        if told := frame.report_address(chart.title, page_address(widgets)):
            st.link_button("Report a mistake", told, icon=":material/flag:", type="tertiary")
    if reading.open:
        with reading:
            st.markdown(frame.plain(chart.how_to_read))
    if saving.open:
        with saving:
            _ways_to_save(chart, alone_address(chart, widgets.as_now()))
    if linking.open:
        widgets = widgets.as_now()
        with linking:
            st.caption("This page, as it is set:")
            st.code(page_address(widgets), language=None, wrap_lines=True)
            st.caption("The chart alone, to embed:")
            st.code(alone_address(chart, widgets), language=None, wrap_lines=True)
    with folded(
        f"The table behind it ({counted(chart.rows.height, 'row')})", f"behind-{chart.name}"
    ) as is_open:
        if is_open:
            show_table(Table(chart.name, chart.rows))


def _ways_to_save(chart: Chart, address: str) -> None:
    st.caption("Picture, 1200 pixels wide:")
    st.html(picture_buttons(chart.name, file_stem(chart), address))
    st.caption("Rows:")
    for kind in RowFormat:
        st.download_button(
            kind.value.upper() if kind is not RowFormat.PARQUET else "Parquet",
            partial(rows_as, kind, chart, address),
            f"{file_stem(chart)}.{kind.value}",
            MEDIA_TYPES[kind],
            key=f"{kind.value}-{chart.name}",
            on_click="ignore",
        )
    st.download_button(
        "ZIP with citation",
        partial(zipped, chart, address),
        f"{file_stem(chart)}.zip",
        "application/zip",
        key=f"zip-{chart.name}",
        on_click="ignore",
    )
    st.caption("Please cite (or as BibTeX, below):")
    st.code(citation(chart, address), language=None, wrap_lines=True)
    st.code(bibtex(chart, address), language="bibtex", wrap_lines=True)


def _take_click(chart_key: str, question: Question, control: str) -> None:
    points = st.session_state[chart_key].selection.points
    if points and "customdata" in points[0]:
        data = points[0]["customdata"]
        set_control(question, control, str(data[0] if isinstance(data, list) else data))
