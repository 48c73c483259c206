"""Names below the first line: of a sheet or a page with lines about the table above it, or in two lines."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ingest.declared.guess.names import where_names_stand


def sheet(first: str, *lines: str) -> pl.DataFrame:
    """A table read with the names of its first line, cells parted by bars, nameless columns numbered."""
    names = [name or f"column {at}" for at, name in enumerate(first.split("|"), start=1)]
    rows = [[cell or None for cell in line.split("|")] for line in lines]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


DATA = ("gpt-5.2|81|90|x", "gemini-3|80|91|y")


@pytest.mark.parametrize(
    ("first", "lines", "keys"),
    [
        pytest.param("Model|A|B|C", DATA, {}, id="the first line names all"),
        pytest.param("Board|||", ("Model|A|B|C", *DATA), {"header_row": "Model"}, id="a title above"),
        pytest.param("Board|||", ("Model|A|B|C", DATA[0]), {"header_row": "Model"}, id="one row"),
        pytest.param(
            "Board|||", ("as of May|||", "Model|A|B|C", *DATA), {"header_row": "Model"}, id="two lines above"
        ),
        pytest.param(
            "Board|May||", ("n|||", "Model|A|B|C", *DATA), {"header_row": "Model"}, id="half nameless"
        ),
        pytest.param("Model|A|B|", ("n|||", "x|1|2|3", *DATA), {}, id="one column without a name"),
        pytest.param("Board|||", ("n|||", "gpt-5.2|81|90|", "gemini-3|80|91|"), {}, id="no line is full"),
        pytest.param("Model|||", ("n|||", "Model|A|B|C", *DATA), {}, id="the word names a column above"),
        pytest.param(
            "Board|||", ("n|||", "Model|A|B|C", *DATA, "x|1|2|Model"), {}, id="the word stands in two lines"
        ),
        pytest.param("Model|A||B", ("|1|2|1", *DATA), {"header_rows": 2}, id="the second line goes on"),
        pytest.param("Model|A||B", ("|1||1", *DATA), {}, id="the second line leaves one without"),
        pytest.param("|A||B", ("Model|1|2|1", *DATA), {"header_rows": 2}, id="groups above"),
        pytest.param("|A||B|C|D", ("1|1|2|1|3|4", "2|5|4|3|2|1"), {}, id="a number is no name of a column"),
        pytest.param("|A|B|C", ("Model|1|2|1", *DATA), {}, id="numbers of rows"),
        pytest.param("Board|||", ("Model|A|B|C",), {}, id="names and nothing below"),
    ],
)
def test_the_line_of_the_names_is_told(first: str, lines: tuple[str, ...], keys: dict[str, Any]) -> None:
    """By a word of that line, which must tell it from all others, or by how many lines hold names."""
    assert where_names_stand(sheet(first, *lines)) == keys


@pytest.mark.parametrize(("above", "keys"), [(19, {"header_row": "Model"}), (20, {})])
def test_names_are_looked_for_in_twenty_lines(above: int, keys: dict[str, Any]) -> None:
    """A table that begins further down is left to a person."""
    notes = [f"note {at}|||" for at in range(above)]
    assert where_names_stand(sheet("Board|||", *notes, "Model|A|B|C", *DATA)) == keys
