"""Tables of an answer as Streamlit shows them; of a long one the first rows, all of it when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from charts.parts.axes import NOT_KNOWN
from charts.parts.percent import no_break_percent
from faces.cells import cell_text
from faces.html import table_html
from pages.shared import frame
from pages.shared.unseen import was_seen
from questions.answer import Column, Kind, Table
from questions.columns import SHARES, columns_of, naming, of_fractions
from questions.wording import counted

_MOST_BESIDE: Final = 5
_ROW_PIXELS, _ROWS_IN_SIGHT = 35, 10
"""How high a table comes to be: so high a row, and so many of them before it scrolls."""

_HIGHEST_TO_CHOOSE: Final = 560
"""How high a table comes to be in which rows are chosen, at the most."""

MOST_AT_ONCE: Final = 200
"""A table of more rows than this is searched and cut short where it lies, not in the reader's browser."""

_NARROW, _UNPINNED = 150, 220
"""Pixels of names that leave room beside them on a telephone, and from which Streamlit pins none there.

It pins at most 60 % of the window: names of the second width go away there as the reader goes sideways.
"""

_SHORT: Final = 20
"""Letters of a name that the first width shows."""

_LETTER, _BESIDE_A_LABEL = 7, 16
"""Pixels of a letter of a column's label on average, and those to the left and right of it."""

INSTANT: Final = "YYYY-MM-DD HH:mm"


def show_table(table: Table) -> None:
    """Show all rows; what the table does not say of its columns follows from their names and types."""
    columns = columns_of(table)
    if table.wraps:
        st.html(table_html(table))
        return
    if table.rows.height > MOST_AT_ONCE:
        _long(table, columns)
    else:
        _rows(table, in_percent(table.rows), columns, f"table-{table.name}")


@st.fragment
def show_table_when_seen(table: Table) -> None:
    """The same once the reader comes to it."""
    height = _ROW_PIXELS * (min(table.rows.height, _ROWS_IN_SIGHT) + 1)
    if was_seen(f"table-{table.name}", "table", height):
        show_table(table)


@st.fragment
def _long(table: Table, columns: Mapping[str, Column]) -> None:
    """The first rows, with a box that searches all of them, a switch that shows all, and all as a file."""
    show_all, save_all = whole_words(table)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Find in this table", key=f"find-{table.name}", icon=":material/search:")
        is_whole = st.toggle(show_all, key=f"all-{table.name}")
        st.download_button(
            save_all,
            partial(as_csv, table.rows, columns),
            f"{table.name}.csv",
            "text/csv",
            key=f"csv-of-{table.name}",
            on_click="ignore",
        )
    found = with_words(in_percent(table.rows), words, columns)
    shown = found if is_whole else found.head(MOST_AT_ONCE)
    _rows(table, shown, columns, f"table-{table.name}-{is_whole}-{words}")
    if shown.height < found.height:
        st.caption(
            f"The first {shown.height:,} of {counted(found.height, 'row')}. A click on a heading sorts the "
            "rows shown; show all to sort all."
        )
    elif words.strip():
        st.caption(f"{counted(found.height, 'row')} with these words.")


def whole_words(table: Table) -> tuple[str, str]:
    """What the switch that shows all rows at hand and the button that saves them say."""
    here = f"{table.rows.height:,}"
    if table.of > table.rows.height:
        return f"Show {here} of {table.of:,} rows", f"{here} rows as CSV"
    return f"Show all {here} rows", "All rows as CSV"


def with_words(rows: pl.DataFrame, words: str, columns: Iterable[str]) -> pl.DataFrame:
    """The rows in which every word stands somewhere, in small or large letters, among the columns shown."""
    texts = [pl.col(name) for name in columns if rows.schema[name] == pl.String]
    wanted = words.lower().split()
    if not texts or not wanted:
        return rows
    whole = pl.concat_str(texts, separator=" ", ignore_nulls=True).str.to_lowercase()
    return rows.filter(whole.str.contains(word, literal=True) for word in wanted)


def as_csv(rows: pl.DataFrame, columns: Iterable[str]) -> bytes:
    """The columns that are shown as a file for spreadsheets, what a list holds in one cell."""
    shown = rows.select(list(columns))
    lists = [name for name, kind in shown.schema.items() if isinstance(kind, pl.List)]
    joined = (pl.col(name).cast(pl.List(pl.String)).list.join(", ") for name in lists)
    return shown.with_columns(joined).write_csv().encode()


def _rows(table: Table, rows: pl.DataFrame, columns: Mapping[str, Column], key: str) -> None:
    """These rows of a table (fractions in percent), without the columns that nobody sees."""
    about: dict[str, Any] = {
        "hide_index": True,
        "key": key,
        "column_config": column_formats(columns, rows),
        "column_order": list(columns),
        "placeholder": NOT_KNOWN,
    }
    set_ = as_set(rows.select(list(columns)))
    sent = with_minus(set_, columns)
    if table.leads_to is None:
        st.dataframe(sent, **about)
        return
    ways = st.container(horizontal=True)
    chosen = st.dataframe(
        sent, on_select="rerun", selection_mode="multi-row", height=height_to_choose(set_), **about
    )
    with ways:
        _lead_on(rows[chosen["selection"]["rows"]], table.leads_to)


def as_set(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their words as all others are set: a minus is a minus. Ids and addresses stay."""
    words = [
        name
        for name, kind in rows.schema.items()
        if kind == pl.String and not name.endswith(("_id", "url", "sha256"))
    ]
    return rows.with_columns(
        pl.col(name).map_elements(no_break_percent, return_dtype=pl.String) for name in words
    )


def height_to_choose(rows: pl.DataFrame) -> int:
    """How high a table is in which rows are chosen: as its rows, their heading and its border, or less."""
    return min(_HIGHEST_TO_CHOOSE, _ROW_PIXELS * (rows.height + 1) + 3)


def _lead_on(rows: pl.DataFrame, leads_to: tuple[str, str, str, str]) -> None:
    """Links for the chosen rows: one model, or several beside each other."""
    one, find, several, models = leads_to
    ids = rows["model_id"].to_list()
    if len(ids) == 1:
        frame.link(one, f"All of {rows['title'][0]}", [(find, ids[0])])
        st.caption("Choose another to compare the two.")
    elif 1 < len(ids) <= _MOST_BESIDE:
        frame.link(several, f"Compare {len(ids)} models", [(models, name) for name in ids])
    elif ids:
        st.caption(f"{len(ids)} are chosen; {_MOST_BESIDE} can stand beside each other.")


def column_formats(columns: Mapping[str, Column], rows: pl.DataFrame) -> dict[str, Any]:
    """How each column is shown: links to open, days, instants to the minute, fractions as percent.

    That which says whose a row is stands first and stays there when the table is scrolled sideways.
    """
    below = below_zero(rows.select(list(columns)))
    formats = {
        name: _written(column) if name in below else _format(column) for name, column in columns.items()
    }
    if whose := naming(columns):
        formats[whose]["pinned"] = True
        wanted = columns[whose].width or (_UNPINNED if _longest(rows[whose]) > _SHORT else _NARROW)
        formats[whose]["width"] = wanted if wanted <= _NARROW else max(wanted, _UNPINNED)
    return formats


def with_minus(rows: pl.DataFrame, columns: Mapping[str, Column]) -> Any:
    """The rows as they are sent; where figures are below zero, with words to show for each of their columns.

    Streamlit's own formats write a hyphen, but it shows the words of a pandas Styler, which it brings along.
    The figures stay beside the words: by them the rows are sorted.
    """
    below = below_zero(rows)
    if not below:
        return rows
    words = {name: partial(_said, columns[name]) for name in below}
    return rows.to_pandas(use_pyarrow_extension_array=True).style.format(words, na_rep=NOT_KNOWN)


def below_zero(rows: pl.DataFrame) -> list[str]:
    """The columns of numbers of which one is below zero; none of a table too long to write all out."""
    if rows.height > MOST_AT_ONCE:
        return []
    numbers = [name for name, kind in rows.schema.items() if kind.is_numeric()]
    return [name for name in numbers if (rows[name] < 0).any()]


def _said(column: Column, value: float) -> str:
    """A figure of a column that shows percent as parts of a hundred, as other faces write it."""
    return no_break_percent(cell_text(column, value))


def _longest(names: pl.Series) -> int:
    """Letters of the longest of some names; 0 where they are no texts."""
    return max(map(len, names.drop_nulls()), default=0) if names.dtype == pl.String else 0


def in_percent(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with fractions times a hundred, as the formats of such columns expect them."""
    if not of_fractions(rows):
        return rows
    return rows.with_columns(pl.col(name) * 100 for name in SHARES if name in rows.columns)


def _written(column: Column) -> Any:
    """A column whose figures come with the words to show: only where none is set are these shown."""
    return st.column_config.NumberColumn(label=column.label, width=_width(column))


def _width(column: Column) -> int | None:
    """The width that a column states, or what its label needs where that is more: a grid cuts the rest."""
    needed = len(column.label) * _LETTER + _BESIDE_A_LABEL
    return None if column.width is None else max(column.width, needed)


def _number_format(column: Column) -> str | None:
    if column.decimals is not None:
        return f"%.{column.decimals}f"
    return f"%.{column.digits}g" if column.digits else None


def _format(column: Column) -> Any:  # noqa: PLR0911 - one line for each kind
    about: dict[str, Any] = {"label": column.label, "width": _width(column)}
    match column.kind:
        case Kind.LINK:
            return st.column_config.LinkColumn(
                **about | {"width": _width(column) or "small"}, display_text="open"
            )
        case Kind.DAY:
            return st.column_config.DateColumn(**about, format="YYYY-MM-DD")
        case Kind.INSTANT:
            return st.column_config.DatetimeColumn(**about, format=INSTANT)
        case Kind.PERCENT:
            return st.column_config.NumberColumn(**about, format="%.1f\u00a0%%")
        case Kind.DOLLARS:
            return st.column_config.NumberColumn(**about, format=f"%.{column.digits or 4}g")
        case Kind.NUMBER:
            return st.column_config.NumberColumn(**about, format=_number_format(column))
        case Kind.TEXT:
            return st.column_config.Column(**about)
