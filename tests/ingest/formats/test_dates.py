"""Dates as sources write them keep their precision."""

from __future__ import annotations

import pytest

from ingest.formats.dates import read_date


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2026-05-31", (), ("2026-05-31", "day")),
        ("2026-5", (), ("2026-05-01", "month")),
        ("2026Q2", (), ("2026-04-01", "quarter")),
        ("Q4 2026", (), ("2026-10-01", "quarter")),
        ("CY2025 Q3", (), ("2025-07-01", "quarter")),
        ("FY2025 Q3", (), None),
        *[
            (span, (), None)
            for span in ("H1 2026", "1H26", "FY2026", "FY 26", "Spring 2026", "W27 2026", "2026-W27")
        ],
        *[(span, (), None) for span in ("mid-2026", "early May 2026", "2025/26", "Q5 2026", "2Q26")],
        ("2026", (), ("2026-01-01", "year")),
        ("2026-05-31T23:30:00-04:00", (), ("2026-06-01", "day")),
        ("2026-05-31 10:00", (), ("2026-05-31", "day")),
        ("31.05.2026", ("%d.%m.%Y",), ("2026-05-31", "day")),
        ("10/1/99", ("%Y-%m-%d", "%m/%d/%y"), ("1999-10-01", "day")),
        ("May 2026", ("%B %Y",), ("2026-05-01", "month")),
        ("1780000000", ("unix",), ("2026-05-28", "day")),
        ("1780000000000", ("unix_ms",), ("2026-05-28", "day")),
        ("1871.7916666667", ("decimal_year",), ("1871-10-01", "month")),
        ("2026-02-30", (), None),
        ("soon", (), None),
        ("5 May", ("%Y",), None),
        ("1e99", ("unix",), None),
    ],
)
def test_a_date_is_read_with_its_precision(
    text: str, formats: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    """The first day of a month, quarter or year is said to be that; other spans of time are no dates."""
    found = read_date(text, formats)
    assert (None if found is None else (found.on.isoformat(), found.precision)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/6/29 15:07:41", "2026-06-29"),
        ("2026.6.5", "2026-06-05"),
        ("2026-W21-1", "2026-05-18"),
        ("20260504", "2026-05-04"),
        ("2026年5月25日 10:00", "2026-05-25"),
        ("2026년 5월 25일", "2026-05-25"),
        ("06.05.2026 10:00", "2026-05-06"),
        ("13/05/2026", "2026-05-13"),
        ("05/13/2026", "2026-05-13"),
        ("4. Mai 2026", "2026-05-04"),
        ("Montag, 4. Mai 2026", "2026-05-04"),
        ("1er mai 2026", "2026-05-01"),
        ("4 de mayo de 2026", "2026-05-04"),
        ("4 maggio 2026", "2026-05-04"),
        ("4 мая 2026 г.", "2026-05-04"),
        ("May 4th, 2026 at 11:30 PM PST", "2026-05-05"),
        ("Mon, 04 May 26 23:30:00 -0500", "2026-05-05"),
        ("Mon May  4 10:00:00 UTC 2026", "2026-05-04"),
        ("Mon May 04 2026 10:00:00 GMT+0200 (Central European Summer Time)", "2026-05-04"),
    ],
)
def test_a_written_date_is_read_where_one_day_can_be_meant(text: str, expected: str) -> None:
    """Years first, other languages, weeks, zones: each part is taken from the text, none from today."""
    found = read_date(text)
    assert found is not None
    assert (found.on.isoformat(), found.precision) == (expected, "day")


@pytest.mark.parametrize(
    "text",
    [
        "06/05/2026",
        "06-05-2026",
        "06.05.26",
        "2026-W21",
        "5 May",
        "May 5",
        "10:00",
        "12:00 2026",
        "1.2.0",
        "2026-13-01",
        "2026-05-04T10:00:00 XYZ",
        "2026-05-04 25:00",
        "srp 4 2026",
        "version 5 of May 2026",
        "yesterday",
        "3 days ago",
        "9" * 5000,
        "1" * 90,
    ],
)
def test_what_may_mean_two_days_or_none_is_no_date(text: str) -> None:
    """Never this month, never day for month, never a part filled in."""
    assert read_date(text) is None


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-05-06"), ("mdy", "2026-06-05")])
def test_the_declared_order_decides(order: str, day: str) -> None:
    """German and US figures are read as the form declares them, with two digits of the year too."""
    for text in ("06/05/2026", "06-05-2026 10:00", "06/05/26"):
        found = read_date(text, order=order)
        assert found is not None and found.on.isoformat() == day


@pytest.mark.parametrize(
    ("text", "month"), [("May 2026", "2026-05"), ("2026年5月", "2026-05"), ("05/2026", "2026-05")]
)
def test_a_month_stays_a_month(text: str, month: str) -> None:
    """No day is made up for it."""
    found = read_date(text)
    assert found is not None
    assert (found.on.isoformat()[:7], found.precision) == (month, "month")
