"""Dates as people write them: zones, halves of a day, orders, languages, and where a text is none."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.formats.dates import precision_of, read_date, utc_day
from ingest.formats.month_names import is_weekday, month_of
from ingest.formats.written_dates import LONGEST, is_ambiguous, written_date


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("00:30 +0100", 3),
        ("00:30 +1:30", 3),
        ("01:30 +01:30", 4),
        ("01:29 +01:30", 3),
        ("23:30 -0030", 5),
        ("23:29 -0030", 4),
        ("23:30 -01", 5),
        ("09:00 +15", 3),
        ("09:00 +16", None),
        ("23:30 EST", 5),
        ("18:59 EST", 4),
        ("19:00 EST", 5),
        ("19:00 CST", 5),
        ("17:00 PST", 5),
        ("16:00 PST", 5),
        ("15:59 PST", 4),
        ("16:59 PDT", 4),
        ("17:00 PDT", 5),
        ("00:59 CET", 3),
        ("01:00 CET", 4),
        ("01:59 CEST", 3),
        ("08:59 JST", 3),
        ("09:00 JST", 4),
        ("23:59 UTC", 4),
        ("10:00 XYZ", None),
        ("24:00", None),
        ("10:60", None),
        ("10:00:60", 4),
        ("10:00:61", None),
        ("12:30 am UTC", 4),
        ("12:00 pm UTC", 4),
        ("13:00 pm", None),
        ("0:00 am", None),
        ("11:30 p.m. EST", 5),
        ("1:00 am CET", 4),
        ("12:59 am CET", 3),
        ("14h30", 4),
    ],
)
def test_an_instant_is_its_day_in_utc(time: str, day: int | None) -> None:
    """A zone that is not known, or an hour that no clock shows, makes the text no date."""
    found = written_date(f"4 May 2026 {time}")
    assert (found.on if found else None) == (date(2026, 5, day) if day else None)
    assert found is None or found.precision == "day"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("13/05/2026", None, "2026-05-13"),
        ("05/13/2026", None, "2026-05-13"),
        ("12/12/2026", None, "2026-12-12"),
        ("12/11/2026", None, None),
        ("13/13/2026", None, None),
        ("12.11.2026", None, "2026-11-12"),
        ("12/11/2026", "dmy", "2026-11-12"),
        ("12/11/2026", "mdy", "2026-12-11"),
        ("12/11/26", None, None),
        ("12/11/26", "dmy", "2026-11-12"),
        ("26/11/12", "ymd", "2026-11-12"),
        ("12/11/2026", "ymd", None),
        ("2026/5/4", "dmy", "2026-05-04"),
        ("32/01/2026", "dmy", None),
    ],
)
def test_figures_are_read_where_one_day_is_meant_or_the_order_is_known(
    text: str, order: str | None, day: str | None
) -> None:
    """Points are German; a year of two figures needs an order."""
    found = written_date(text, order)
    assert (found.on.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "precision", "day"),
    [
        ("Q1 2026", "quarter", "2026-01-01"),
        ("2026 Q2", "quarter", "2026-04-01"),
        ("cy2026-q3", "quarter", "2026-07-01"),
        ("Q4/2026", "quarter", "2026-10-01"),
        ("12/2026", "month", "2026-12-01"),
        ("2026年5月", "month", "2026-05-01"),
        ("2026年5月4日(月)", "day", "2026-05-04"),
        ("2026年5月4日 soon", None, None),
        ("2026-W01-1", "day", "2025-12-29"),
        ("20260504", "day", "2026-05-04"),
        ("18991231", None, None),
        ("May 2026", "month", "2026-05-01"),
        ("2026 May 4", "day", "2026-05-04"),
        ("4 May '26", "day", "2026-05-04"),
        ("May 4 26", None, None),
        ("4 May 6", None, None),
        ("Tuesday, May 4th, 2026", "day", "2026-05-04"),
        ("the 4th of May 2026", "day", "2026-05-04"),
        ("May June 2026", None, None),
        ("4 5 May 2026", None, None),
        ("2026", None, None),
        ("May 2026 10:00", None, None),
    ],
)
def test_how_exact_a_date_is_stays_known(text: str, precision: str | None, day: str | None) -> None:
    """The first day of a month or quarter; what says more or less than one date is none."""
    found = written_date(text)
    assert (found.precision if found else None) == precision
    assert (found.on.isoformat() if found else None) == day


def test_a_text_of_a_hundred_characters_may_be_a_date() -> None:
    """A longer one is none."""
    assert LONGEST == 100
    assert written_date("4 May 2026".rjust(100)) is not None
    assert written_date("4 May 2026".rjust(101)) is None


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("05/06/2026", True), ("05/13/2026", False), ("05/05/2026", False), ("soon", False)],
)
def test_a_date_is_ambiguous_where_both_orders_give_one(text: str, ambiguous: bool) -> None:
    """And the two are different."""
    assert is_ambiguous(text) is ambiguous


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("May", 5),
        ("sept.", 9),
        ("Dez", 12),
        ("août", 8),
        ("январь", 1),
        ("srpen", 8),
        ("srp", None),
        ("lis", None),
        ("day", None),
    ],
)
def test_a_month_has_one_meaning_over_all_languages(word: str, month: int | None) -> None:
    """A word that is another month in another language is none."""
    assert month_of(word) == month


@pytest.mark.parametrize(
    ("word", "is_one"), [("Mon", True), ("Dienstag", True), ("ven.", True), ("May", False)]
)
def test_weekdays_are_known_in_many_languages(word: str, is_one: bool) -> None:
    """Whole or abbreviated."""
    assert is_weekday(word) is is_one


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("61", "excel", "1900-03-01"),
        ("60.9", "excel", None),
        ("61", "excel_1904", "1904-03-02"),
        ("0", "unix", "1970-01-01"),
        ("86399", "unix", "1970-01-01"),
        ("86400", "unix", "1970-01-02"),
        ("86400000", "unix_ms", "1970-01-02"),
        ("2022.0", "decimal_year", "2022-01-01"),
        ("2022.99", "decimal_year", "2022-12-01"),
        ("2022.084", "decimal_year", "2022-02-01"),
        ("2026-05-04T23:30-0100", "%Y-%m-%dT%H:%M%z", "2026-05-05"),
        ("x", "unix", None),
    ],
)
def test_a_form_of_dates_is_read_to_the_day(text: str, form: str, day: str | None) -> None:
    """Seconds, days of spreadsheets, parts of a year, and what `strptime` reads."""
    found = read_date(text, (form,))
    assert (found.on.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("form", "precision"),
    [
        ("unix", "day"),
        ("excel", "day"),
        ("%d.%m.%Y", "day"),
        ("%B %Y", "month"),
        ("%Y", "year"),
        ("%j %Y", "day"),
    ],
)
def test_a_form_says_how_exact_it_is(form: str, precision: str) -> None:
    """By the finest of its parts."""
    assert precision_of(form) == precision


@pytest.mark.parametrize(("text", "day"), [("4 May 2026", date(2026, 5, 4)), ("May 2026", None), ("x", None)])
def test_only_a_whole_day_is_one(text: str, day: date | None) -> None:
    """Of a month none is made up."""
    assert utc_day(text) == day
