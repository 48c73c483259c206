"""Posts, change logs, versions of software, notices of shut-down, and the verdict of a month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from analysis.news.notes import notes, notices, verdict_changes
from tests.analysis.news.rows import READ, READ_BEFORE, row, said, table


def note(kind: str, **known: Any) -> dict[str, Any]:
    """A row of news_notes.sql."""
    return row(kind=kind, valid_on=date(2026, 8, 4), page="https://q.example/", models=[]) | known


@pytest.mark.parametrize(
    ("known", "headline"),
    [
        ({"kind": "post"}, "Quokka 2"),
        ({"kind": "changelog"}, "Quokka 2"),
        ({"kind": "software", "source_title": "Releases of quokka-sdk"}, "quokka-sdk: Quokka 2"),
        ({"kind": "software", "source_title": "Quokka changelog (feed)"}, "Quokka: Quokka 2"),
        ({"kind": "software", "source_title": None}, "list: Quokka 2"),
    ],
)
def test_a_number_of_a_version_says_of_what(known: dict[str, Any], headline: str) -> None:
    """A post and a change log speak for themselves."""
    (found,) = notes(table(note(**known)))
    assert found.headline == headline
    assert (found.happened_after, found.happened_on) == (None, date(2026, 8, 4))


@pytest.mark.parametrize(
    ("models", "changes"),
    [
        ([], None),
        (["A"], "Names A."),
        (["A", "B", "C", "D"], "Names A, B, C, D."),
        (["A", "B", "C", "D", "E"], "Names A, B, C, D and 1 more."),
    ],
)
def test_four_models_are_named_and_the_rest_counted(models: list[str], changes: str | None) -> None:
    """A post that names none says nothing of it."""
    assert said(notes(table(note("post", models=models)))) == [("Quokka 2", changes)]


def notice(**known: Any) -> dict[str, Any]:
    """A row of news_notices.sql: OpenAI's own, of 20 July for 1 September."""
    return (
        row(
            seller="Quokka",
            maker="Quokka",
            announced_on=date(2026, 7, 20),
            shuts_down_on=date(2026, 9, 1),
            is_of_others=False,
        )
        | known
    )


ANNOUNCED = "Quokka announced that it shuts Quokka 2 down on 1 September 2026."
DAY = "Quokka shuts Quokka 2 down, by its notice."


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ([{}], [(ANNOUNCED, None, date(2026, 7, 20)), (DAY, None, date(2026, 9, 1))]),
        ([{"announced_on": date(2026, 9, 1)}], [(DAY, None, date(2026, 9, 1))]),
        ([{"announced_on": date(2026, 9, 2)}], [(DAY, None, date(2026, 9, 1))]),
        (
            [{"announced_on": date(2026, 7, 25)}, {}],
            [(ANNOUNCED, None, date(2026, 7, 20)), (DAY, None, date(2026, 9, 1))],
        ),
        (
            [{"is_of_others": True}],
            [(ANNOUNCED, date(2026, 8, 1), date(2026, 8, 8)), (DAY, None, date(2026, 9, 1))],
        ),
        ([{"is_of_others": True, "read_before": None}], [(DAY, None, date(2026, 9, 1))]),
        (
            [{"is_of_others": True, "shuts_down_on": date(2026, 8, 8)}],
            [(DAY, None, date(2026, 8, 8))],
        ),
    ],
    ids=["own", "on the day", "after the day", "twice", "told by others", "in the first list", "too late"],
)
def test_a_notice_is_news_when_announced_and_on_its_day(
    rows: list[dict[str, Any]], days: list[tuple[str, date | None, date]]
) -> None:
    """An announcement before the day, of the earliest word of the seller; else between two readings."""
    items = list(notices(table(*(notice(**known) for known in rows))))
    assert [(item.headline, item.happened_after, item.happened_on) for item in items] == days
    assert {item.about_on for item in items} == {rows[0].get("shuts_down_on", date(2026, 9, 1))}


@pytest.mark.parametrize(
    ("maker", "changes", "organization"),
    [("Quokka", None, "Quokka"), ("Numbat", "Made by Numbat.", "Numbat"), (None, None, "Quokka")],
)
def test_a_seller_that_is_not_the_maker_names_it(
    maker: str | None, changes: str | None, organization: str
) -> None:
    """The news are of the maker's model, and of the seller that ends it."""
    for item in notices(table(notice(maker=maker))):
        assert (item.changes, item.organization, item.subject) == (changes, organization, "Quokka")


def month(as_of: date, verdict: str, **known: Any) -> dict[str, Any]:
    """A row of news_verdicts.sql."""
    slope = {"recent": 8.25, "recent_low": 6.0, "recent_high": 10.5}
    return {"series_id": "index", "as_of": as_of, "verdict": verdict, **slope} | known


def test_a_changed_verdict_is_news_of_its_month() -> None:
    """Between two month ends of one series, with the slope that changed it."""
    months = [
        month(date(2026, 7, 31), "slowing", recent=9.0),
        month(date(2026, 6, 30), "steady"),
        month(date(2026, 5, 31), "steady"),
        month(date(2026, 8, 31), "slowing", series_id="other"),
    ]
    (found,) = verdict_changes(table(*months))
    assert found.headline == "The verdict on AI's climb changed from steady to slowing."
    assert (found.happened_after, found.happened_on) == (date(2026, 6, 30), date(2026, 7, 31))
    assert found.known_at == datetime(2026, 7, 31, 23, 59, 59, tzinfo=UTC)
    assert (found.before, found.after) == (8.25, 9.0)
    assert found.changes is not None
    assert found.changes.startswith(
        "The slope of its latest window is +9.0 points a year (90\u00a0% interval 6.0 to 10.5). "
    )


@pytest.mark.parametrize(
    ("known", "changes"),
    [
        ({"recent": None, "recent_low": None}, None),
        ({"recent_low": None, "recent": -1.0}, "The slope of its latest window is -1.0 points a year. "),
    ],
)
def test_a_slope_that_is_not_known_is_not_told(known: dict[str, Any], changes: str | None) -> None:
    """Nor its interval."""
    rows = table(month(date(2026, 6, 30), "steady"), month(date(2026, 7, 31), "too early to tell", **known))
    (found,) = verdict_changes(rows)
    assert (found.changes or "").startswith(changes or "")
    assert (found.changes is None) is (changes is None)


def test_every_note_has_its_list() -> None:
    """The evidence names the source, and when its list was read stands with it."""
    (found,) = notes(table(note("post")))
    assert (found.known_at, found.is_late) == (READ, False)
    (first,) = notes(table(note("post", read_before=None)))
    assert first.is_late
    assert READ_BEFORE < READ
