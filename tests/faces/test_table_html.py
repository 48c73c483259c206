"""Tables in HTML: as cards on a telephone where they are wide, and tables for who hears them."""

from __future__ import annotations

from datetime import date

import polars as pl

from faces.html import page_style, table_html
from questions.answer import Column, Kind, Table

COLUMNS = {
    "test": Column("test"),
    "asks": Column("what it asks"),
    "on": Column("stated on", Kind.DAY),
    "best": Column("best & by whom"),
}
ROWS = pl.DataFrame(
    {
        "test": ["OSWorld"],
        "asks": ["tasks on a desktop with office programs"],
        "on": [date(2026, 8, 1)],
        "best": ["72 %, by a model"],
    }
)


def test_each_cell_says_its_column() -> None:
    """A card shows the names of columns beside cells; roles keep rows and columns where CSS lays blocks."""
    html = table_html(Table("tests", ROWS, COLUMNS, wraps=True))
    assert 'class="table cards"' in html
    assert html.count('role="columnheader"') == html.count('role="cell"') == len(COLUMNS)
    assert 'data-name="best &amp; by whom"' in html
    assert html.count('role="row"') == 2


def test_a_narrow_table_stays_a_table() -> None:
    """One that has room on a telephone is read fastest as it is."""
    narrow = {name: COLUMNS[name] for name in ("test", "on")}
    assert 'class="table"' in table_html(Table("tests", ROWS, narrow, wraps=True))


def test_days_and_figures_stay_in_one_line() -> None:
    """By their column, whatever they look like."""
    assert 'data-name="stated on" class="whole"' in table_html(Table("tests", ROWS, COLUMNS))


def test_even_tables_have_columns_of_one_width() -> None:
    """The page's style sets them so; others take the width that their words need."""
    assert 'class="table cards even"' in table_html(Table("tests", ROWS, COLUMNS, wraps=True, is_even=True))
    assert ".table.even table { table-layout: fixed;" in page_style()
