"""A piece of news: between which days it happened, whether it is late, and that each is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from analysis.news.item import NewsKind, When, as_table, between, identity, is_late, told
from tests.analysis.news.rows import READ, READ_BEFORE, row

ITEM = told(
    NewsKind.MODEL,
    row(),
    When(None, READ.date()),
    ("quokka-2",),
    ("Quokka released Quokka 2.", ""),
    basis="a page",
)


@pytest.mark.parametrize(("days", "is_news"), [(1, True), (31, True), (32, False)])
def test_a_list_that_was_not_read_for_a_month_says_what_is(days: int, is_news: bool) -> None:
    """Thirty-one days lie between two monthly readings; after more nobody knows what is new."""
    before = READ - timedelta(days=days)
    assert between(before, READ) == (When(before.date(), READ.date()) if is_news else None)


@pytest.mark.parametrize(
    ("read_before", "not_before", "when"),
    [
        (None, None, None),
        (READ_BEFORE, date(2026, 8, 5), When(date(2026, 8, 4), READ.date())),
        (READ_BEFORE, date(2026, 7, 5), When(date(2026, 8, 1), READ.date())),
        (READ_BEFORE, date(2026, 8, 9), When(date(2026, 8, 7), READ.date())),
        (datetime(2026, 8, 8, 1, tzinfo=UTC), None, When(date(2026, 8, 7), READ.date())),
        (datetime(2026, 1, 1, tzinfo=UTC), date(2026, 8, 1), When(date(2026, 7, 31), READ.date())),
    ],
    ids=["first reading", "model is newer", "model is older", "model is to come", "same day", "long unread"],
)
def test_news_lie_between_two_readings_and_not_before_the_model(
    read_before: datetime | None, not_before: date | None, when: When | None
) -> None:
    """The first reading says what is; a span is never empty."""
    assert between(read_before, READ.replace(hour=12), not_before) == when


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(None, date(2026, 8, 8)), "day stated"),
        (When(date(2026, 8, 7), date(2026, 8, 8)), "seen on the day"),
        (When(date(2026, 8, 6), date(2026, 8, 8)), "between 6 August and 8 August 2026"),
        (When(date(2025, 12, 30), date(2026, 1, 2)), "between 30 December 2025 and 2 January 2026"),
    ],
)
def test_how_a_day_is_known_is_said(when: When, words: str) -> None:
    """A year is said once where both days lie in it."""
    assert when.words == words


@pytest.mark.parametrize(
    ("happened_on", "read_before", "late"),
    [
        (date(2026, 7, 8), READ_BEFORE, False),
        (date(2026, 7, 7), READ_BEFORE, True),
        (date(2026, 9, 8), READ_BEFORE, False),
        (date(2026, 8, 8), None, True),
    ],
)
def test_what_came_in_a_month_after_its_day_is_late(
    happened_on: date, read_before: datetime | None, late: bool
) -> None:
    """So is all that the first reading of a list says: nobody is told of it as new."""
    assert is_late(When(None, happened_on), READ, read_before) is late
    found = told(NewsKind.POST, row(read_before=read_before), When(None, happened_on), ("a",), ("A", None))
    assert found.is_late is late


def test_an_item_says_what_it_rests_on() -> None:
    """The source's name, how it is known and which day; no empty words."""
    assert (ITEM.evidence, ITEM.changes) == ("A list, a page, day stated", None)
    unnamed = told(NewsKind.MODEL, row(source_title=None), When(None, READ.date()), ("x",), ("X", "more"))
    assert (unnamed.evidence, unnamed.changes) == ("list, day stated", "more")
    assert (ITEM.source_id, ITEM.payload_sha256, ITEM.organization) == ("list", "a" * 64, "Quokka")


def test_a_happening_is_the_same_whatever_the_type_of_its_words() -> None:
    """A date from a table and its text are one; another kind is another happening."""
    assert identity(NewsKind.MODEL, "a", date(2026, 1, 1)) == identity(NewsKind.MODEL, "a", "2026-01-01")
    assert identity(NewsKind.MODEL, "a") != identity(NewsKind.PRICE, "a")
    assert identity(NewsKind.MODEL, "a", "b") != identity(NewsKind.MODEL, "ab")


def test_of_one_happening_the_first_word_stands() -> None:
    """Whatever the order in which lists are read; the table is in the order of days."""
    later = replace(ITEM, known_at=READ + timedelta(days=9), url="https://later.example/")
    other = replace(ITEM, news_id="other", happened_on=READ_BEFORE.date())
    for items in ([ITEM, later, other], [later, other, ITEM]):
        rows = as_table(items)
        assert rows["news_id"].to_list() == ["other", ITEM.news_id]
        assert rows["url"].to_list() == [None, None]
    assert as_table([]).is_empty()
