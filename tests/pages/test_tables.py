"""A long table sends its first rows; all of it can be searched, seen and taken along."""

from __future__ import annotations

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.tables import (
    MOST_AT_ONCE,
    as_csv,
    as_set,
    below_zero,
    column_formats,
    height_to_choose,
    whole_words,
    with_minus,
    with_words,
)
from questions.answer import Column, Kind, Table

MANY = 250


def page() -> None:
    """A page with a table of 250 models, of which one column is shown to nobody."""
    import polars as pl  # noqa: PLC0415 - the script of a page stands by itself

    from pages.shared.tables import show_table  # noqa: PLC0415
    from questions.answer import Column, Kind, Table  # noqa: PLC0415

    rows = pl.DataFrame(
        {"title": [f"Model {place:03}" for place in range(250)], "maker": ["Acme", "Zeta"] * 125}
    )
    rows = rows.with_columns(index=pl.int_range(pl.len()), unseen=pl.lit("x" * 50))
    columns = {"title": Column("model"), "maker": Column("maker"), "index": Column("index", Kind.NUMBER)}
    show_table(Table("models", rows, columns))


def test_only_the_first_rows_and_the_columns_shown_are_sent() -> None:
    """And it is said how many there are."""
    app = AppTest.from_function(page, default_timeout=60).run()
    assert app.dataframe[0].value.shape == (MOST_AT_ONCE, 3)
    assert app.caption[0].value.startswith(f"The first {MOST_AT_ONCE} of {MANY} rows.")


def test_a_search_goes_through_all_rows() -> None:
    """Words in any order, in small or large letters, wherever they stand."""
    app = AppTest.from_function(page, default_timeout=60).run()
    app.text_input[0].set_value("zeta 249").run()
    assert app.dataframe[0].value["title"].tolist() == ["Model 249"]
    assert app.caption[0].value == "1 row with these words."


def test_all_rows_come_when_asked_for() -> None:
    """Then a click on a heading sorts all of them."""
    app = AppTest.from_function(page, default_timeout=60).run()
    app.toggle[0].set_value(True).run()
    assert app.dataframe[0].value.shape == (MANY, 3)
    assert not app.caption


def test_words_are_sought_in_the_columns_that_are_shown() -> None:
    """A dot is a dot; what nobody sees is not found."""
    rows = pl.DataFrame({"title": ["GPT-4.1", "GPT-401", None], "hidden": ["a", "b", "GPT-4.1"]})
    assert with_words(rows, "gpt-4.1", ["title"])["title"].to_list() == ["GPT-4.1"]
    assert with_words(rows, " ", ["title"]).height == 3


def test_words_in_cells_are_set_as_everywhere() -> None:
    """A minus is a minus; what an id or an address holds stays as it is."""
    rows = pl.DataFrame({"error": ["-1.3 points", None], "model_id": ["a -1", "b"], "value": [-1.0, 2.0]})
    set_ = as_set(rows)
    assert set_["error"].to_list() == ["\u22121.3 points", None]
    assert set_.select("model_id", "value").equals(rows.select("model_id", "value"))


def test_a_table_to_choose_from_is_as_high_as_its_few_rows() -> None:
    """And not higher than a screen for many."""
    rows = pl.DataFrame({"title": ["A"] * 40})
    assert height_to_choose(rows.head(2)) < height_to_choose(rows.head(3)) < 150
    assert height_to_choose(rows) == height_to_choose(rows.head(30)) == 560


def test_all_rows_can_be_taken_along() -> None:
    """With the columns that are shown; the parts of a list stand in one cell."""
    rows = pl.DataFrame({"title": ["A", "B"], "places": [[1, 2], []], "hidden": [1, 2]})
    assert as_csv(rows, ["title", "places"]) == b'title,places\nA,"1, 2"\nB,""\n'


TELEPHONE = 358
"""Pixels across which a table has at 390."""


@pytest.mark.parametrize(
    ("column", "name"),
    [(Column("model", width=200), "A"), (Column("model"), "A name of thirty-three letters, it is")],
)
def test_wide_names_are_not_pinned_on_a_telephone(column: Column, name: str) -> None:
    """Streamlit pins nothing that takes more than 60 % of the room: what a row says can be scrolled to."""
    formats = column_formats({"title": column}, pl.DataFrame({"title": [name]}))
    assert formats["title"]["pinned"]
    assert formats["title"]["width"] > 0.6 * TELEPHONE


@pytest.mark.parametrize("column", [Column("model", width=140), Column("model")])
def test_narrow_names_leave_room_beside_them(column: Column) -> None:
    """They stay in sight, on less than half of a telephone."""
    formats = column_formats({"title": column}, pl.DataFrame({"title": ["GPT-4"]}))
    assert formats["title"]["pinned"]
    assert formats["title"]["width"] < 0.45 * TELEPHONE


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER, Kind.DAY, Kind.LINK])
@pytest.mark.parametrize(("width", "shown"), [(60, 16 + 7 * 20), (200, 200)])
def test_a_label_is_never_wider_than_its_column(kind: Kind, width: int, shown: int) -> None:
    """A grid cuts what is too long, and of "months ahead, up to" leaves half."""
    formats = column_formats(
        {"ahead": Column("twenty letters of it", kind, width=width)}, pl.DataFrame({"ahead": [1]})
    )
    assert formats["ahead"]["width"] == shown


def test_the_label_of_a_column_with_figures_below_zero_is_whole_too() -> None:
    """Such a column is written by another way."""
    column = Column("twenty letters of it", Kind.NUMBER, width=60)
    assert column_formats({"mean": column}, pl.DataFrame({"mean": [-1.0]}))["mean"]["width"] == 156


def test_figures_below_zero_have_a_minus() -> None:
    """As prose has it, while the figures stay figures, by which the rows are sorted."""
    columns = {
        "name": Column("name"),
        "change": Column("change", Kind.PERCENT),
        "n": Column("n", Kind.NUMBER),
    }
    rows = pl.DataFrame({"name": ["a", None], "change": [-12.5, None], "n": [3, 4]})
    sent = with_minus(rows, columns)
    shown = pl.from_pandas(sent.data)
    assert shown.equals(rows)
    html = sent.to_html()
    assert "\u221212.5\u00a0%" in html
    assert "-12.5" not in html
    assert column_formats(columns, rows)["change"]["type_config"].get("format") is None
    assert with_minus(rows.select("n"), columns).equals(rows.select("n"))


def test_a_long_table_is_sent_as_it_is() -> None:
    """Words for each of thousands of figures would take seconds."""
    rows = pl.DataFrame({"change": [-1.0] * (MOST_AT_ONCE + 1)})
    assert below_zero(rows) == []
    assert below_zero(rows.head(2)) == ["change"]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (0, ("Show all 500 rows", "All rows as CSV")),
        (500, ("Show all 500 rows", "All rows as CSV")),
        (5272, ("Show 500 of 5,272 rows", "500 rows as CSV")),
    ],
)
def test_rows_of_a_part_are_not_called_all(of: int, said: tuple[str, str]) -> None:
    """A table that holds the newest rows alone says of how many."""
    assert whole_words(Table("rows", pl.DataFrame({"a": range(500)}), of=of)) == said
