"""Which series of attention are known, and what is told of one page from its views."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from charts.hype.attention_over_time import PageLabel
from questions.hype import attention_series
from questions.hype.attention_series import MEASURES, label_of, measures, monthly_points, subjects, wikipedia
from questions.hype.page_buzz import _highest

DAY = date(2026, 1, 1)


def test_a_page_that_is_not_known_goes_by_its_own_words() -> None:
    """And has no maker."""
    assert label_of("claude") == PageLabel("Claude", "Anthropic")
    assert label_of("nobody") == PageLabel("nobody", None)


def test_measures_with_points_stand_in_their_order() -> None:
    """Each with its own points; those without any are left out."""
    later, first = (list(MEASURES)[place] for place in (3, 0))
    points = pl.DataFrame({"series_id": [later, first, later, "else"], "value": [1.0, 2.0, 3.0, 4.0]})
    found = measures(points)
    assert list(found) == [first, later]
    assert found[later].points["value"].to_list() == [1.0, 3.0]
    assert (found[later].title, found[later].tickformat, found[later].caveat) == MEASURES[later]


def test_the_titles_of_a_moved_article_are_added_up() -> None:
    """By cadence and day; other articles stay as they are."""
    rows = [
        ("claude-ai", "daily", DAY, 1.0),
        ("claude-language-model", "daily", DAY, 2.0),
        ("claude", "daily", DAY, 4.0),
        ("claude", "weekly", DAY, 8.0),
        ("grok", "daily", DAY, 16.0),
        ("claude", "daily", DAY - timedelta(days=1), 32.0),
    ]
    views = pl.DataFrame(rows, ["page", "cadence", "valid_on", "value"], orient="row")
    found = subjects(views.with_columns(source_id=pl.lit("facts")))
    assert found.select("page", "cadence", "valid_on", "value").rows() == [
        ("claude", "daily", DAY - timedelta(days=1), 32.0),
        ("claude", "daily", DAY, 7.0),
        ("claude", "weekly", DAY, 8.0),
        ("grok", "daily", DAY, 16.0),
    ]


@pytest.mark.parametrize(("spikes", "highest"), [((5.0, 9.0), "B"), ((9.0, 5.0), "A")])
def test_the_highest_day_is_that_of_the_release_that_drew_most(
    spikes: tuple[float, float], highest: str
) -> None:
    """Against the four weeks before each; none of no release."""
    days = [DAY + timedelta(days=place) for place in range(160)]
    releases = {"A": days[40], "B": days[100]}
    views = [
        next((spike for spike, on in zip(spikes, releases.values(), strict=True) if on == day), 1.0)
        for day in days
    ]
    daily = pl.DataFrame({"valid_on": days, "value": views})
    released = pl.DataFrame({"name": list(releases), "released_on": list(releases.values())})
    found = _highest(daily, released)
    assert found is not None
    assert (found.release, found.released_on, found.peak_on) == (
        highest,
        releases[highest],
        releases[highest],
    )
    assert (found.peak.peak, found.peak.base) == (9.0, 1.0)
    assert _highest(daily, released.clear()) is None


def test_shares_of_fewer_than_a_hundred_headlines_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point whose note counts no headlines stays."""
    notes = ["99 headlines", "100 headlines", "another note", None]
    points = pl.DataFrame({"note": notes, "value": [1.0, 2.0, 3.0, 4.0]})
    asked: list[tuple[str, ...]] = []

    def known(_view: object, *names: str) -> pl.DataFrame:
        asked.append(names)
        return points

    monkeypatch.setattr(attention_series, "series", known)
    assert monthly_points(None)["value"].to_list() == [2.0, 3.0, 4.0]  # type: ignore[arg-type]
    assert asked == [tuple(MEASURES)]


def test_the_id_of_a_series_tells_its_span_and_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may have hyphens; what is no count of views has neither."""
    names = ["wikipedia-daily-gpt-4", "wikipedia-monthly-chatgpt", "wikipedia-other"]
    points = pl.DataFrame({"series_id": names})
    monkeypatch.setattr(attention_series, "series", lambda *_given: points)
    assert wikipedia(None).select("cadence", "page").rows() == [  # type: ignore[arg-type]
        ("daily", "gpt-4"),
        ("monthly", "chatgpt"),
        (None, None),
    ]


def test_names_of_measures_begin_with_a_capital() -> None:
    """The map writes Weibo, and so do headings that begin with a measure."""
    assert all(name[0].isupper() for name, _, _ in MEASURES.values())
