"""Days in workbooks: read where a cell's number format or the form says date, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.declared.guess.drafts import About
from ingest.declared.guess.proposal import proposals
from ingest.declared.parse import source_from_toml
from ingest.formats.dates import read_date
from ingest.records import Kind, Records, check
from ingest.source import Payload
from tests.workbooks import DAY, ISO_DAY, Cell, workbook

FORM = """
title = "Own"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Own"
url = "https://example.org/own.xlsx"
cadence = "1d"
format = "xlsx"

[series]
constants = { series_id = "own", title = "Own", topic = "data", unit = "things" }

[series_point]
valid_on = %s
value = "Value"
constants = { series_id = "own" }
"""


def payload(rows: list[list[Cell]], *, since_1904: bool = False) -> Payload:
    """A workbook as it was served."""
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    body = workbook(rows, since_1904=since_1904)
    return Payload("own", "https://example.org/own.xlsx", as_of, "0" * 64, body)


def taken(rows: list[list[Cell]], valid_on: str = '"Day"', *, since_1904: bool = False) -> Records:
    """What a form takes in of a workbook, by how it says that days are written."""
    source = source_from_toml(FORM % valid_on, "own")
    return check(source.parse((payload(rows, since_1904=since_1904),)))


def days(records: Records) -> list[date]:
    """The days of the points."""
    return records.frames[Kind.SERIES_POINT]["valid_on"].to_list()


def test_a_cell_whose_format_says_date_is_one() -> None:
    """Excel's own format or a written one, with a time of day or not; the book says from when it counts."""
    rows: list[list[Cell]] = [["Day", "Value"], [(45000, DAY), 1], [(45031.75, ISO_DAY), 2]]
    assert days(taken(rows)) == [date(2023, 3, 15), date(2023, 4, 15)]
    assert days(taken(rows, since_1904=True)) == [date(2027, 3, 16), date(2027, 4, 16)]


def test_a_bare_number_is_a_date_only_where_the_form_says_so() -> None:
    """Else it is refused: it may be anything."""
    rows: list[list[Cell]] = [["Day", "Value"], [45000, 1], [45031, 2]]
    said = '{ column = "Day", date = "excel" }'
    assert days(taken(rows, said)) == [date(2023, 3, 15), date(2023, 4, 15)]
    assert days(taken(rows, '{ column = "Day", date = "excel_1904" }')) == [
        date(2027, 3, 16),
        date(2027, 4, 16),
    ]
    unsaid = taken(rows)
    assert days(unsaid) == []
    assert unsaid.refused.height == 2


def test_a_bare_number_is_never_proposed_as_a_date() -> None:
    """Even in a column that is called so."""
    rows: list[list[Cell]] = [["Date", "Value"], *[[45000 + 31 * at, at] for at in range(8)]]
    about = About("own", "https://example.org/own.xlsx", title="Own", host="example.org")
    assert [found for found in proposals(payload(rows), about) if "excel" in found.text] == []
    assert [found for found in proposals(payload(rows), about) if found.kind is Kind.SERIES_POINT] == []
    dated: list[list[Cell]] = [["Date", "Value"], *[[(45000 + 31 * at, DAY), at] for at in range(8)]]
    assert proposals(payload(dated), about)[0].kind is Kind.SERIES_POINT


@pytest.mark.parametrize("text", ["60", "0", "-1", "x", "", "99999999", "nan", "inf"])
def test_what_no_spreadsheet_counts_is_no_day(text: str) -> None:
    """Days before March 1900, which Excel counts wrongly, among it."""
    assert read_date(text, ("excel",)) is None


def test_days_are_counted_as_excel_does() -> None:
    """1 March 1900 is day 61, a time of day is a fraction."""
    told = [read_date(text, ("excel",)) for text in ("61", "45000", "45000.999")]
    assert [found.on for found in told if found] == [date(1900, 3, 1), date(2023, 3, 15), date(2023, 3, 15)]
