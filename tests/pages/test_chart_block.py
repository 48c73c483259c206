"""What goes along with a chart: exactly its rows, its citation, its link."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import NoReturn

import polars as pl
import pytest

from charts.parts.figure import Chart, Footing
from charts.parts.theme import Mode
from faces.rows import citation, csv_of, parquet_of
from pages.shared.frame import ago, plain
from pages.shared.tables import column_formats
from questions.answer import Table
from questions.columns import columns_of
from questions.view import credits_in_words
from questions.wording import counted

ROWS = pl.DataFrame({"model_id": ["a", "b"], "value": [0.5, None], "said_by": [["x", "y"], []]})


def chart() -> Chart:
    footing = Footing(("Epoch AI, CC BY 4.0",), date(2026, 7, 1), 2)
    return Chart("a-chart", "A leads", "A leads.", _never_drawn, ROWS, "Look.", footing)


def _never_drawn(mode: Mode) -> NoReturn:
    raise AssertionError(f"a table, a file and a citation need no figure, and not a {mode} one")


def test_downloads_hold_exactly_the_rows() -> None:
    """CSV and Parquet give back the rows that were drawn, the Parquet file with its citation."""
    file = parquet_of(ROWS, "cite me")
    assert pl.read_parquet(io.BytesIO(file)).equals(ROWS)
    assert pl.read_parquet_metadata(io.BytesIO(file))["citation"] == "cite me"
    read = pl.read_csv(io.StringIO(csv_of(ROWS)))
    assert read["model_id"].to_list() == ["a", "b"]
    assert read["value"].to_list() == [0.5, None]
    assert read["said_by"][0] == "x; y"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+2", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_no_text_of_a_download_acts_as_a_formula(text: str) -> None:
    """A spreadsheet shows it; numbers below zero stay numbers."""
    rows = pl.DataFrame({"title": [text, "plain"], "change": [-1.5, 2.0]})
    read = pl.read_csv(io.StringIO(csv_of(rows)))
    assert read["title"].to_list() == [f"'{text}", "plain"]
    assert read["change"].to_list() == [-1.5, 2.0]


def test_a_citation_names_finding_date_sources_and_link() -> None:
    """Whoever cites a chart can find it and its data again."""
    cited = citation(chart(), "http://localhost:8501/?as_of=2026-07-01")
    for part in ("A leads", "1 July 2026", "Epoch AI, CC BY 4.0", "http://localhost:8501/?as_of=2026-07-01"):
        assert part in cited


def test_dollar_signs_are_no_formulas() -> None:
    """Prices in Markdown stay prices."""
    assert plain("from $1 to $2") == "from \\$1 to \\$2"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=1, minutes=30), "1 hour ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_ages_are_told_in_the_coarsest_unit(passed: timedelta, words: str) -> None:
    """Minutes, hours or days, whichever says enough."""
    now = datetime(2026, 7, 1, tzinfo=UTC)
    assert ago(now - passed, now) == words
    assert ago(None, now) == "never"


def test_counts_agree_with_their_things() -> None:
    """One row, two rows, none."""
    assert [counted(number, "row") for number in (0, 1, 2000)] == ["0 rows", "1 row", "2,000 rows"]


def test_tables_show_days_as_days_and_addresses_as_links() -> None:
    """The type of a column decides how it is shown; names are words."""
    rows = pl.DataFrame(
        {"released_on": [date(2026, 7, 1)], "payload_url": ["https://a.example"], "title": ["A"]}
    )
    formats = column_formats(columns_of(Table("rows", rows)), rows)
    assert formats["released_on"]["type_config"]["type"] == "date"
    assert formats["payload_url"]["type_config"]["type"] == "link"
    assert formats["payload_url"]["label"] == "payload"
    assert formats["title"]["label"] == "title"
    assert [name for name, shown in formats.items() if shown["pinned"]] == ["title"]


def test_nobody_is_credited_twice() -> None:
    """A credit that only begins another of the same licence says nothing more; the licence is named once."""
    hub = "Epoch AI, 'AI Benchmarking Hub', CC BY 4.0"
    longer = "Epoch AI, 'AI Benchmarking Hub', epoch.ai/benchmarks, CC BY 4.0"
    pairs = [("Epoch AI", "CC-BY-4.0"), (hub, "CC-BY-4.0"), (longer, "CC-BY-4.0"), ("Epoch AI", "MIT")]
    assert credits_in_words(pairs) == (longer, "Epoch AI (licence: MIT)")
    feeds = [("A", "its own"), ("B", "MIT"), ("C", "its own"), ("D, MIT", "MIT"), ("E", "its own")]
    assert credits_in_words(feeds) == ("A, C and E (licence of each: its own)", "B (licence: MIT)", "D, MIT")
    assert credits_in_words([("the source named in each row", "single facts, each with its source")]) == (
        "facts collected by hand, each row of the table with its source",
    )
