"""Tables for readers, in web pages and in Markdown: no cell moves, none is cut off."""

from __future__ import annotations

import pytest

from ingest.errors import ParseError
from ingest.formats.delimited import delimited_table, table_of_text
from ingest.formats.html_tables import html_tables
from ingest.formats.markdown_tables import markdown_tables
from ingest.formats.table import Table, distinct, joined_header

URL = "https://example.org/board"


def html(inner: str) -> list[Table]:
    page = f"<!doctype html><html><body>{inner}</body></html>"
    return [table.table(URL) for table in html_tables(page.encode(), URL)]


def test_a_cell_that_spans_rows_stands_in_each_of_them() -> None:
    """Two rows of one model are two rows of that model; a span of rows ends with its section."""
    (table,) = html(
        "<table><tr><th>Model</th><th>Set</th><th>Score</th></tr>"
        "<tbody><tr><td rowspan=2>alpha</td><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></tbody>"
        "<tbody><tr><td rowspan=0>beta</td><td>a</td><td>3</td></tr><tr><td>b</td><td>4</td></tr>"
        "</tbody></table>"
    )
    assert table.frame.rows() == [
        ("alpha", "a", "1"),
        ("alpha", "b", "2"),
        ("beta", "a", "3"),
        ("beta", "b", "4"),
    ]
    assert not table.unfit


def test_spans_in_the_middle_keep_the_columns_behind_them() -> None:
    """A cell that hangs down between two others, and one that covers two columns."""
    (table,) = html(
        "<table><tr><th>A</th><th>B</th><th>C</th></tr>"
        "<tr><td>1</td><td rowspan=3>x</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<tr><td>5</td><td>6</td></tr><tr><td colspan=2>7</td><td>8</td></tr></table>"
    )
    assert table.frame.rows() == [("1", "x", "2"), ("3", "x", "4"), ("5", "x", "6"), ("7", "7", "8")]


@pytest.mark.parametrize("section", ["thead", "tbody"])
def test_names_that_stand_above_each_other_are_joined(section: str) -> None:
    """A header of two rows gives "GPQA 2024", whether or not the page has a section of its own for it."""
    (table,) = html(
        f"<table><{section}><tr><th rowspan=2>Model</th><th colspan=2>GPQA</th><th colspan=2>AIME</th></tr>"
        f"<tr><th>2024</th><th>2025</th><th>2024</th><th>2025</th></tr></{section}>"
        "<tbody><tr><td>alpha</td><td>80</td><td>82</td><td>91</td><td>92</td></tr></tbody></table>"
    )
    assert table.frame.columns == ["Model", "GPQA 2024", "GPQA 2025", "AIME 2024", "AIME 2025"]
    assert table.frame.rows() == [("alpha", "80", "82", "91", "92")]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            [["Model", "GPQA", "", "AIME"], ["", "2024", "2025", "2024"]],
            ["Model", "GPQA 2024", "GPQA 2025", "AIME 2024"],
        ),
        ([["GPQA", " "], ["2024", " 2025 "]], ["GPQA 2024", "GPQA 2025"]),
        ([["Model", "Score"], ["Model"]], ["Model", "Score"]),
        ([["a"], ["b", "c"]], ["a b", "a c"]),
        ([["a", "", "b"]], ["a", "", "b"]),
        ([], []),
    ],
)
def test_a_blank_cell_of_an_upper_line_goes_on_with_the_name_to_its_left(
    lines: list[list[str]], names: list[str]
) -> None:
    """A word that stands in both lines is said once; the lowest line says what it says."""
    assert joined_header(lines) == names


def test_a_title_across_the_table_is_no_name() -> None:
    """A first row of names of which one covers all columns is a caption."""
    (table,) = html(
        "<table><tr><th colspan=2>Leaderboard</th></tr><tr><th>Model</th><th>Score</th></tr>"
        "<tr><td>alpha</td><td>1</td></tr></table>"
    )
    assert table.frame.columns == ["Model", "Score"]


def test_a_row_with_more_cells_than_names_is_set_aside() -> None:
    """It is not known which of its cells is which."""
    (table,) = html(
        "<table><tr><th>Model</th><th>Score</th></tr><tr><td>alpha</td><td>1</td><td>2</td></tr>"
        "<tr><td>beta</td><td>3</td></tr><tr><td>gamma</td></tr></table>"
    )
    assert table.frame.rows() == [("beta", "3"), ("gamma", "")]
    assert [(unfit.line, unfit.reason) for unfit in table.unfit] == [
        ("alpha | 1 | 2", "the row has 3 cells, and there are 2 columns")
    ]


def test_a_table_in_a_cell_is_no_row_of_the_outer_one() -> None:
    """It is a table of its own, and its words are not the cell's."""
    outer, inner = html(
        "<table><tr><th>Model</th><th>Note</th></tr><tr><td>alpha<br>one</td><td>see"
        "<table><tr><th>X</th></tr><tr><td>9</td></tr></table></td></tr></table>"
    )
    assert outer.frame.rows() == [("alpha one", "see")]
    assert inner.frame.rows() == [("9",)]


def test_what_stands_raised_adds_no_digit_to_a_figure() -> None:
    """Marks of notes go, a power stays a power (and so no number), the end of an ordinal is part of it."""
    (table,) = html(
        "<table><tr><th>Model<sup>†</sup></th><th>Score</th></tr>"
        "<tr><td>alpha<sup><a href='#n1'>1</a></sup></td><td>81<sup>[2]</sup></td></tr>"
        "<tr><td>29<sup>th</sup></td><td>10<sup>6</sup></td></tr></table>"
    )
    assert table.frame.columns == ["Model", "Score"]
    assert table.frame.rows() == [("alpha", "81"), ("29th", "10^6")]


def test_a_page_without_a_declared_encoding_is_read_right() -> None:
    """lxml alone would take it for Latin-1."""
    body = "<table><tr><th>Modèle</th></tr><tr><td>通用</td></tr></table>"
    assert html_tables(body.encode(), URL)[0].lines == [["Modèle"], ["通用"]]
    assert html_tables(body.replace("è", "e").encode("gbk"), URL, "gbk")[0].lines == [["Modele"], ["通用"]]


def test_spans_without_end_are_refused() -> None:
    """A page of a few kB must not become a table of millions of cells."""
    rows = "<tr>" + "<td colspan=1000 rowspan=60000>x</td>" * 50 + "</tr>" + "<tr></tr>" * 100
    with pytest.raises(ParseError, match="more than"):
        html_tables(f"<table>{rows}</table>".encode(), URL)


def test_markdown_tables_need_no_outer_pipes() -> None:
    """Outer pipes may lack, cells may be empty, pipes may be escaped."""
    (table,) = markdown_tables(
        "Model | GPQA | AIME\n--- | :---: | ---:\nalpha | 1 | 2\n| | 3 | 4 |\nbeta \\| b | | 5\n"
        "**[gamma](https://e.org)** | `6` | 7<br>8\n"
    )
    assert table.frame.rows() == [
        ("alpha", "1", "2"),
        ("", "3", "4"),
        ("beta | b", "", "5"),
        ("gamma", "6", "7 8"),
    ]


def test_a_markdown_row_with_cells_too_many_is_set_aside() -> None:
    """Readers of Markdown cut such cells off."""
    (table,) = markdown_tables("| A | B |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n| 6 |\n")
    assert table.frame.rows() == [("4", "5"), ("6", "")]
    assert [unfit.line for unfit in table.unfit] == ["| 1 | 2 | 3 |"]
    assert "3 cells, and there are 2 columns" in table.unfit[0].reason


def test_a_text_that_nobody_wrote_by_hand_is_not_read_as_markdown() -> None:
    """Beyond 8 MB: no reader of Markdown is fast."""
    with pytest.raises(ParseError, match="longer than 8 MB"):
        markdown_tables("x" * 8_000_001, URL)


def test_pipes_in_code_and_text_make_no_table() -> None:
    """A fence is no table, nor is a line with a pipe."""
    assert markdown_tables("```\n| A | B |\n|---|---|\n| 1 | 2 |\n```\n\na | b\n") == []


def test_thousands_of_columns_of_one_name_take_no_time() -> None:
    """Each gets its number, and none twice."""
    names = distinct(["x"] * 20_000)
    assert names[:3] == ["x", "x 2", "x 3"]
    assert len(set(names)) == 20_000
    assert distinct(["x 2", "x", "x"]) == ["x 2", "x", "x 3"]


def test_thousands_of_torn_quotes_take_no_time() -> None:
    """Lines whose quotes nothing closes are set aside one by one, in one pass."""
    body = "model,score\nalpha,1\n" + '"beta,2\n' * 20_001 + "gamma,3\n"
    table = delimited_table(body.encode(), URL)
    assert table.frame["model"].to_list()[0] == "alpha"
    assert table.unfit


def test_two_lines_of_names_are_joined_in_separated_text() -> None:
    """As a spreadsheet writes merged cells: the upper name only above the first of its columns."""
    table = table_of_text("Model;GPQA;;AIME\n;2024;2025;2024\nalpha;1;2;3\n", URL, ";", header_rows=2)
    assert table.frame.columns == ["Model", "GPQA 2024", "GPQA 2025", "AIME 2024"]
    assert table.frame.rows() == [("alpha", "1", "2", "3")]


def test_a_row_that_may_lack_its_first_cell_is_refused() -> None:
    """GitHub would move its cells to the left, since it takes the pipe for the edge of the table."""
    (table,) = markdown_tables("Model | GPQA | AIME\n--- | --- | ---\nalpha | 1 | 2\n | 3 | 4\n")
    assert table.frame.rows() == [("alpha", "1", "2")]
    assert table.broken == ("| 3 | 4",)


def test_a_cell_across_the_whole_table_is_a_title() -> None:
    """Above the names and between the rows; a cell across a part of it stands in all that it covers."""
    rows = (
        "<tr><td colspan=3>Open models</td></tr><tr><td>alpha</td><td>1</td><td>2</td></tr>"
        "<tr><td>beta</td><td colspan=2>3</td></tr>"
    )
    head = "<tr><th colspan=3>A board</th></tr><tr><th>Model</th><th>GPQA</th><th>AIME</th></tr>"
    (table,) = html_tables(f"<table>{head}{rows}</table>".encode(), URL)
    assert table.table(URL).frame.rows() == [("alpha", "1", "2"), ("beta", "3", "3")]
