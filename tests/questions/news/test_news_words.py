"""What is said of news: counts by kind, late ones, bounded days, entries, and what is told together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from questions.answer import Entry, Link
from questions.news.kinds import COUNTED, KINDS
from questions.news.words import (
    IS_DUE,
    caveat,
    day,
    due,
    entries,
    entry,
    first_line,
    last_of_each_kind,
    more,
    older,
    on_its_day,
    rests_on,
    silence,
    when,
)

ON = date(2026, 8, 8)
SPAN = (date(2026, 8, 1), ON)
ROW: dict[str, Any] = {
    "news_id": "one",
    "kind": "price",
    "happened_on": ON,
    "happened_after": None,
    "about_on": None,
    "known_at": datetime(2026, 8, 8, tzinfo=UTC),
    "is_late": False,
    "headline": "A price fell.",
    "changes": None,
    "evidence": "day stated",
    "organization": "OpenAI",
    "subject": "OpenAI",
    "model": None,
    "model_id": None,
    "source_id": "a",
    "url": None,
    "also_url": None,
    "payload_url": "https://payload.example/",
}
TYPES = {"happened_after": pl.Date, "about_on": pl.Date, "model": pl.String, "model_id": pl.String}


def news(*rows: dict[str, Any]) -> pl.DataFrame:
    """Pieces of news, each with what is given."""
    full = [ROW | {"news_id": f"n{place}"} | row for place, row in enumerate(rows)]
    types = TYPES | {"changes": pl.String, "url": pl.String, "also_url": pl.String}
    return pl.DataFrame(full, schema=pl.DataFrame([ROW], schema_overrides=types).schema)


NOTHING = news()


@pytest.mark.parametrize(
    ("kinds", "days", "said"),
    [
        ({"price": 1}, 7, "In the last seven days with evidence, 1 to 8 August 2026: 1 price change."),
        (
            {"record": 2, "price": 1},
            30,
            "In the last 30 days with evidence, 1 to 8 August 2026: 1 price change and 2 records.",
        ),
        (
            {"price": 1, "record": 2, "horizon": 1, "shutdown": 1, "host-price": 1, "post": 1},
            7,
            "In the last seven days with evidence, 1 to 8 August 2026: 1 price change, 2 records, 1 time "
            "horizon, 1 shut-down, 1 host's price change and more.",
        ),
    ],
)
def test_news_are_counted_by_kind_the_weightiest_first(kinds: dict[str, int], days: int, said: str) -> None:
    """Five kinds at most, and then that there are more."""
    shown = news(*({"kind": kind} for kind, number in kinds.items() for _ in range(number)))
    assert first_line(shown, NOTHING, None, SPAN, days) == said


def test_kinds_are_left_out_until_the_line_has_thirty_words() -> None:
    """That there are more is said."""
    shown = news(*({"kind": kind} for kind in ("leader", "low", "verdict", "model", "price", "record")))
    line = first_line(shown, NOTHING, "A maker with a very long name", SPAN, 7)
    assert line == (
        "In the last seven days with evidence of A maker with a very long name, 1 to 8 August 2026: 1 new "
        "leader and more."
    )


def test_without_news_what_was_due_is_told_else_that_there_is_none() -> None:
    """For the maker that was asked for."""
    plan = news(
        {"known_at": datetime(2026, 7, 1, tzinfo=UTC)}, {"known_at": datetime(2026, 6, 1, tzinfo=UTC)}
    )
    assert first_line(NOTHING, plan, "OpenAI", SPAN, 7) == (
        "2 shut-downs due on 8 August 2026, by notices known by 1 July 2026."
    )
    assert (
        first_line(NOTHING, NOTHING, "OpenAI", SPAN, 7) == "No such news of OpenAI is known as of this date."
    )
    assert first_line(NOTHING, NOTHING, None, SPAN, 7) == "No such news is known as of this date."
    assert due(plan.head(1)).startswith("1 shut-down due on 8 August 2026")
    later = plan.with_columns(happened_on=pl.Series([ON, date(2026, 12, 1)]))
    assert due(later).startswith("2 shut-downs due between 8 August and 1 December 2026, by notices")


@pytest.mark.parametrize(
    ("kind", "known_at", "plan"),
    [
        ("shutdown", datetime(2026, 7, 7, tzinfo=UTC), True),
        ("shutdown", datetime(2026, 7, 8, tzinfo=UTC), False),
        ("price", datetime(2026, 7, 7, tzinfo=UTC), False),
    ],
)
def test_a_notice_of_more_than_31_days_before_is_a_plan(kind: str, known_at: datetime, plan: bool) -> None:
    """Only of shut-downs: what was named a month before or less is news of its day."""
    shown = news({"kind": kind, "known_at": known_at})
    assert shown.select(IS_DUE).item() is plan


def test_late_and_bounded_news_are_counted() -> None:
    """Nothing is said of late ones where there are none."""
    shown = news({"is_late": True}, {"happened_after": date(2026, 8, 1), "source_id": "b"}, {})
    assert caveat(shown) == (
        "1 of 3 became known here later than the day that its source states; it stands on that day."
    )
    assert caveat(shown.filter(~pl.col("is_late"))) == ""
    assert rests_on(shown, NOTHING) == (
        "3 changes from 2 sources; of 1 the day lies between two readings and stands at the later one."
    )
    plan = news({"kind": "shutdown", "known_at": datetime(2026, 7, 1, tzinfo=UTC)})
    assert rests_on(shown, plan).endswith(
        " Apart from these: 1 shut-down due on 8 August 2026, by notices known by 1 July 2026."
    )
    assert rests_on(NOTHING, plan) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 8, 1), date(2026, 8, 15)], "1 to 15 August 2026"),
        ([date(2026, 8, 17), date(2026, 8, 22), date(2026, 10, 31)], "17 to 22 August and 31 October 2026"),
        ([date(2023, 3, 14), date(2026, 8, 8)], "14 March 2023 and 8 August 2026"),
        ([date(2026, month, 1) for month in (1, 3, 5, 7)], "between 1 January and 1 July 2026"),
        ([ON], "on 8 August 2026"),
    ],
)
def test_days_far_apart_are_no_span(days: list[date], said: str) -> None:
    """More than two weeks without evidence part them; where there are many parts only the ends are said."""
    assert when(days) == said


def test_each_kind_has_its_last_day_in_order_of_weight() -> None:
    """Of those that there are."""
    shown = news({"kind": "record"}, {"kind": "price"}, {"kind": "price", "happened_on": date(2026, 7, 1)})
    last = last_of_each_kind(shown).select("kind", "happened_on")
    assert last.rows() == [("Price", ON), ("Record", ON)]
    assert last_of_each_kind(NOTHING).is_empty()
    assert day(ON) == "Saturday, 8 August 2026"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, Entry("Price", "A price fell.", "day stated.", "https://payload.example/", ())),
        (
            {"changes": "From $2 to $1.", "url": "https://page.example/"},
            Entry("Price", "A price fell.", "From $2 to $1. day stated.", "https://page.example/", ()),
        ),
        (
            {"kind": "post", "headline": "Hello"},
            Entry("Post", "OpenAI: Hello", "day stated.", "https://payload.example/", ()),
        ),
        (
            {"kind": "change-log", "headline": "Hello", "organization": None},
            Entry("Change log", "Hello", "day stated.", "https://payload.example/", ()),
        ),
        (
            {"kind": "else", "headline": "Hello"},
            Entry("else", "Hello", "day stated.", "https://payload.example/", ()),
        ),
    ],
    ids=["its payload", "its page", "a post", "nobody's line", "an unknown kind"],
)
def test_an_entry_has_its_kind_its_text_and_its_evidence(given: dict[str, Any], told: Entry) -> None:
    """Posts and lines of change logs name who wrote them; the page cited goes before the payload."""
    assert entry(ROW | given) == told


def test_an_entry_leads_on_from_its_model() -> None:
    """By the ways that are given; nowhere otherwise. Under no heading of its day it names the day."""
    link = Link("models", "all of it", ())
    said = entry(ROW | {"model_id": "m"}, lambda name: (link,) if name == "m" else ())
    assert said.ways == (link,)
    assert entry(ROW | {"model_id": "m"}).ways == ()
    assert on_its_day(ON, said).label == "8 August 2026"


def shut(model: str | None, **more: Any) -> dict[str, Any]:
    """A shut-down of a model by OpenAI on one day."""
    return {
        "kind": "shutdown",
        "model": model,
        "model_id": model,
        "about_on": ON,
        "headline": str(model),
    } | more


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ((shut("A"), shut("B")), ["OpenAI shuts 2 models down, by its notice."]),
        ((shut("A"), shut("B", subject="Google")), ["A", "B"]),
        ((shut("A"), shut("B", about_on=date(2026, 9, 1))), ["A", "B"]),
        ((shut("A"), shut(None)), ["A", "None"]),
        ((shut("A", about_on=None), shut("B", about_on=None)), ["A", "B"]),
        ((shut("A", kind="price"), shut("B", kind="price")), ["A", "B"]),
    ],
    ids=["one seller and day", "two sellers", "two days", "no model", "no day", "no shut-down"],
)
def test_shut_downs_of_one_seller_and_day_are_one_entry(
    rows: tuple[dict[str, Any], ...], texts: list[str]
) -> None:
    """Nothing else is told together."""
    assert [one.text for one in entries(news(*rows))] == texts


def test_what_is_told_together_names_its_models_and_leads_to_none() -> None:
    """They stand in the note."""
    link = Link("models", "all of it", ())
    (both,) = entries(news(shut("A"), shut("B")), lambda name: (link,) if name else ())
    assert both.note == "A, B. day stated."
    assert both.ways == ()


def test_what_is_folded_is_counted() -> None:
    """By kind, and older days as changes."""
    before = {"kind": "price", "happened_on": date(2026, 7, 1)}
    shown = news({"kind": "record"}, before, before)
    assert more(shown) == "2 more price changes and 1 more record"
    assert older(shown, ON) == "2 older changes stand in the table of the chart below."


def test_every_kind_has_its_words() -> None:
    """A name and two numbers, in one order."""
    assert list(KINDS) == list(COUNTED)


@pytest.mark.parametrize(
    ("days", "asked_on", "is_filtered", "said"),
    [
        (7, date(2026, 8, 14), False, ""),
        (7, date(2026, 8, 15), False, "No news is known of the last week"),
        (30, date(2026, 8, 15), False, ""),
        (30, date(2026, 9, 7), True, "No such news is known of the last 30 days"),
    ],
)
def test_that_nothing_is_known_of_the_last_days_is_said(
    days: int, asked_on: date, is_filtered: bool, said: str
) -> None:
    """Whoever asks what happened this week is not told of last month as if it were."""
    assert silence(date(2026, 8, 8), days, asked_on, is_filtered=is_filtered) == said
