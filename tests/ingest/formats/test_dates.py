"""Dates as sources write them keep their precision."""

from __future__ import annotations

import pytest

from ingest.formats.dates import read_date


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2026-05-31", (), ("2026-05-31", "day")),
        ("2026-5", (), ("2026-05-01", "month")),
        ("2026Q2", (), ("2026-04-01", "month")),
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
    """A day, a month, a quarter's first month, a year; instants are their UTC day; others are no dates."""
    found = read_date(text, formats)
    assert (None if found is None else (found.on.isoformat(), found.precision)) == expected
