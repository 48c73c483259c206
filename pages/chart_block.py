"""How a chart is shown: with alternative text, its table, its download, its citation and its link."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from charts.parts.figure import Chart, in_words
from pages import frame
from pages.frame import View
from pages.tables import show_table

_ON_EVERY_CHART: Final[dict[str, Any]] = {
    "displaylogo": False,
    "scrollZoom": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "modeBarButtonsToAdd": ["toImageSVG"],
}


def show_chart(
    chart: Chart, view: View, controls: Sequence[str] = (), *, select_into: str | None = None
) -> None:
    """Draw the chart and, below it, how to read it, its table, downloads with citation, and its link.

    `controls` are the keys of the widgets that shape it. A click on a mark puts its customdata into the
    widget with the key `select_into`, which offers the same choice without a mouse.
    """
    key = f"chart-{chart.name}"
    st.plotly_chart(
        chart.draw(view.mode),
        theme=None,
        key=key,
        alt=chart.alt,
        on_select=partial(_take_click, key, select_into) if select_into else "ignore",
        selection_mode="points",
        config=_ON_EVERY_CHART | {"toImageButtonOptions": {"filename": _file_stem(chart), "scale": 2}},
    )
    _below(chart, permalink(view, controls))


def permalink(view: View, controls: Sequence[str]) -> str:
    """The address of this view with every control of the chart written out, to show the same for ever.

    Controls of the rest of the page are in it where the reader has set them: the address holds no others.
    """
    rest = {key: st.query_params.get_all(key) for key in st.query_params}
    chosen = {key: st.session_state.get(key) for key in controls}
    values = rest | {frame.AS_OF: view.as_of} | chosen
    return f"{st.context.url or ''}?{address_parameters(values)}"


def address_parameters(values: Mapping[str, object]) -> str:
    """Values of widgets as the query part of an address, in the form in which the widgets read them."""
    pairs: list[tuple[str, str]] = []
    for key, value in values.items():
        if value is None:
            continue
        several = value if isinstance(value, list | tuple) else [value]
        pairs += [(key, _address_word(item)) for item in several]
    return urlencode(pairs)


def citation(chart: Chart, link: str) -> str:
    """How to cite the chart and the data behind it."""
    sources = "; ".join(chart.footing.sources)
    return f'hypecurve, "{chart.title}", as of {in_words(chart.footing.as_of)}. Data: {sources}. {link}'


def parquet_of(rows: pl.DataFrame, cited: str) -> bytes:
    """The rows as Parquet; the citation goes along in the file's metadata."""
    file = io.BytesIO()
    rows.write_parquet(file, metadata={"citation": cited})
    return file.getvalue()


def csv_of(rows: pl.DataFrame) -> str:
    """The rows as CSV; lists are joined by semicolons."""
    nested = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    return rows.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in nested
    ).write_csv()


def _below(chart: Chart, link: str) -> None:
    cited = citation(chart, link)
    with st.container(horizontal=True, gap="small"):
        with st.popover("How to read this", icon=":material/help:"):
            st.markdown(frame.plain(chart.how_to_read))
        with st.popover("Download", icon=":material/download:", disabled=chart.rows.is_empty()):
            st.download_button(
                "CSV",
                lambda: csv_of(chart.rows),
                f"{_file_stem(chart)}.csv",
                "text/csv",
                key=f"csv-{chart.name}",
                on_click="ignore",
            )
            st.download_button(
                "Parquet",
                lambda: parquet_of(chart.rows, cited),
                f"{_file_stem(chart)}.parquet",
                "application/vnd.apache.parquet",
                key=f"parquet-{chart.name}",
                on_click="ignore",
            )
            st.caption("Please cite:")
            st.code(cited, language=None, wrap_lines=True)
        with st.popover("Link", icon=":material/link:"):
            st.code(link, language=None, wrap_lines=True)
    with st.expander(f"The table behind it ({frame.counted(chart.rows.height, 'row')})"):
        show_table(chart.rows, chart.name)


def _take_click(chart_key: str, widget_key: str) -> None:
    points = st.session_state[chart_key].selection.points
    if points and "customdata" in points[0]:
        data = points[0]["customdata"]
        st.session_state[widget_key] = str(data[0] if isinstance(data, list) else data)


def _address_word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _file_stem(chart: Chart) -> str:
    return f"hypecurve-{chart.name}-{chart.footing.as_of.isoformat()}"
