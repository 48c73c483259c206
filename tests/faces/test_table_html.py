"""Tables in HTML: as cards on a telephone where they are wide, and tables for who hears them."""

from __future__ import annotations

from datetime import date

import polars as pl

from faces.html import page_style, table_html
from questions.answer import MARKED, Column, Kind, Table

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


def test_words_lead_to_the_page_that_says_so() -> None:
    """By the column of addresses, which has no column of its own; what is no address leads nowhere."""
    columns = {"test": Column("test", leads_to="url")}
    for url, link in (
        ("https://one.example", '<a href="https://one.example">OSWorld</a>'),
        ("by hand", "OSWorld"),
    ):
        html = table_html(Table("tests", ROWS.with_columns(url=pl.lit(url)), columns, wraps=True))
        assert f"<div>{link}</div>" in html
        assert "open</a>" not in html


def test_cards_leave_out_what_is_not_known() -> None:
    """A cell that only holds a dash is marked for the style of cards, which hides it; the table keeps it."""
    html = table_html(Table("tests", ROWS.with_columns(best=pl.lit(None, pl.String)), COLUMNS, wraps=True))
    assert 'data-name="best &amp; by whom" class="unknown"><div>–</div>' in html
    assert ".table.cards td.unknown:not(:first-child) { display: none; }" in page_style()


def test_a_marked_cell_stands_out() -> None:
    """By a class beside its mark, which all faces show."""
    html = table_html(Table("tests", ROWS.with_columns(best=pl.lit(f"{MARKED}held")), COLUMNS, wraps=True))
    assert 'class="marked"><div>▸ held</div>' in html


def test_a_column_is_at_least_as_wide_as_it_asks_for() -> None:
    """Where the words of others would press it together."""
    html = table_html(Table("tests", ROWS, {"test": Column("test", width=130)}, wraps=True))
    assert '<th scope="col" role="columnheader" style="min-width:130px">' in html


def test_even_tables_have_columns_of_one_width() -> None:
    """The page's style sets them so; others take the width that their words need."""
    assert 'class="table cards even"' in table_html(Table("tests", ROWS, COLUMNS, wraps=True, is_even=True))
    assert ".table.even table { table-layout: fixed;" in page_style()
