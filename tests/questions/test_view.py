"""What a question sees: the day asked for, what was known by then, and whom a chart credits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from questions.view import AsOfError, KnownBy, View, as_of_date, credits_in_words, forget_rows
from tests.homes.small_home import PRICES, SCORES, fill
from tests.questions.asked import TODAY, view_of

EDGE = datetime(2026, 7, 17, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three sources that credit their makers."""
    folder = tmp_path_factory.mktemp("view")
    fill(folder)
    return folder


@pytest.fixture
def view(home: Path) -> View:
    """The home as of 17 July 2026."""
    return view_of(home, "2026-07-17")


@pytest.mark.parametrize(("text", "day"), [(None, TODAY), ("", TODAY), ("2020-01-01", date(2020, 1, 1))])
def test_a_day_from_2020_to_today_can_be_asked_for(text: str | None, day: date) -> None:
    """Today where none is named, the first day and today included."""
    assert as_of_date(text, TODAY) == day
    assert as_of_date(TODAY.isoformat(), TODAY) == TODAY


@pytest.mark.parametrize("text", ["2019-12-31", "2026-09-16", "yesterday", "2026-02-30"])
def test_another_day_is_refused_with_those_that_can_be(text: str) -> None:
    """Before the first, after today, or no day at all."""
    with pytest.raises(AsOfError) as error:
        as_of_date(text, TODAY)
    assert str(error.value) == (
        f"as_of = {text!r} is no day that can be asked for; write a day from 2020-01-01 to 2026-09-15 as "
        "YYYY-MM-DD."
    )


def test_what_was_known_then_is_what_had_been_observed_by_the_end_of_the_day(view: View) -> None:
    """What is known now is read of the same day; its note says that it is not in time."""
    assert view.known_then.on == view.known_now.on == view.as_of
    assert view.known_then.instant < view.known_now.instant
    assert (view.known_then.in_time, view.known_now.in_time) == (True, False)
    assert view.known_then.note == ""
    assert view.known_now.note_on("prices") == (
        "The archive does not reach back to 17 July 2026: shown are prices released by then, with figures "
        "known "
        "now."
    )
    assert "shown are models released" in view.known_now.note


def test_the_archive_reaches_back_to_the_first_that_it_saw(view: View) -> None:
    """To the instant itself; where nothing was ever seen there is nothing to fall back to."""
    end = view.known_then.instant
    assert view.known_since(end) == view.known_then
    assert view.known_since(end + timedelta(microseconds=1)) == view.known_now
    assert view.known_since(None) == view.known_then


def test_a_chart_credits_the_sources_of_its_rows(view: View) -> None:
    """Of scores and of prices, each once; how many rows and of which day stands there."""
    rows = pl.DataFrame({"source_id": [SCORES, SCORES], "price_source_id": [PRICES, None]})
    footing = view.footing(rows, "runs", "A note")
    assert footing.sources == (f"Makers of {SCORES} and Makers of {PRICES} (licence of each: CC-BY-4.0)",)
    assert (footing.as_of, footing.n, footing.counted, footing.note) == (view.as_of, 2, "runs", "A note")
    alone = view.footing(rows.drop("price_source_id")).sources
    assert alone == (f"Makers of {SCORES} (licence: CC-BY-4.0)",)
    assert view.footing(pl.DataFrame({"model_id": ["a"]})).sources == ()
    witnessed = pl.DataFrame({"source_id": [SCORES, SCORES], "for_sources": [[SCORES, PRICES], None]})
    assert view.footing(witnessed).sources == footing.sources
    scores, prices = rows.select("source_id"), rows.select("price_source_id").head(1)
    both = view.footing(prices, beside=scores)
    assert (both.sources, both.n) == (footing.sources, 1), "what a chart rests on beside its rows is credited"


def test_old_data_are_told_by_their_own_day(view: View) -> None:
    """In the footer of a chart: until when it reaches, at most until a day that is given, and known when."""
    rows = pl.DataFrame({"source_id": [SCORES], "observed_at": [datetime(2026, 7, 1, tzinfo=UTC)]})
    told = "Data to 1 July 2026, as known on 17 July 2026. n = 1 model."
    assert told in view.footing(rows).text()
    assert "As of 17 July 2026" in view.footing(rows, until=date(2026, 6, 30)).text()
    today = rows.with_columns(observed_at=pl.lit(EDGE))
    assert "As of 17 July 2026" in view.footing(today).text()


def test_the_same_rows_are_asked_once_until_they_are_let_go(view: View, home: Path) -> None:
    """By snapshot and folder; another folder's are kept, and so are those of the snapshots to keep."""
    kept = view.ask("sources")
    folder = view.snapshot.file.parent
    forget_rows(folder, frozenset({view.snapshot.id}))
    forget_rows(home / "elsewhere", frozenset())
    assert view.ask("sources") is kept
    forget_rows(folder, frozenset())
    assert view.ask("sources") is not kept


def test_another_day_asks_anew(view: View) -> None:
    """Parameters are part of what was asked; lists count by what they hold."""
    first = view.ask("series_points", series=["a%", "b%"], now=EDGE)
    assert view.ask("series_points", series=["a%", "b%"], now=EDGE) is first
    assert view.ask("series_points", series=["a%"], now=EDGE) is not first
    earlier = KnownBy(view.known_then.instant - timedelta(days=1), view.as_of)
    assert view.ask("sources", earlier) is not view.ask("sources")
    assert replace(view, as_of=date(2026, 1, 1)).ask("sources") is not view.ask("sources")


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], ()),
        ([("Epoch AI", "CC-BY-4.0")], ("Epoch AI (licence: CC-BY-4.0)",)),
        ([("Epoch AI, CC BY 4.0", "CC-BY-4.0")], ("Epoch AI, CC BY 4.0",)),
        ([("A", "MIT"), ("A", "MIT")], ("A (licence: MIT)",)),
        ([("A", "MIT"), ("B", "MIT"), ("C", "MIT")], ("A, B and C (licence of each: MIT)",)),
        ([("A", "MIT"), ("B", "CC0"), ("C", "MIT")], ("A and C (licence of each: MIT)", "B (licence: CC0)")),
        ([("Epoch", "MIT"), ("Epoch AI", "MIT")], ("Epoch AI (licence: MIT)",)),
        ([("Epoch", "MIT"), ("Epoch AI", "CC0")], ("Epoch (licence: MIT)", "Epoch AI (licence: CC0)")),
        ([("Epoch", "MIT"), ("epoch", "MIT")], ("Epoch and epoch (licence of each: MIT)",)),
        ([("Epoch, MIT", "MIT"), ("Epoch AI, MIT", "MIT")], ("Epoch AI, MIT",)),
        (
            [("By hand", "single facts, each its own"), ("Others", "single facts of others")],
            ("facts collected by hand, each row of the table with its source",),
        ),
    ],
    ids=[
        "none",
        "licence told",
        "licence in the name",
        "twice the same",
        "three of one licence",
        "two licences",
        "a beginning",
        "a beginning of another licence",
        "as long",
        "a beginning with its licence",
        "single facts",
    ],
)
def test_each_credit_is_told_once(pairs: list[tuple[str, str]], words: tuple[str, ...]) -> None:
    """One licence for all who give it; what only begins another credit of the licence is left out."""
    assert credits_in_words(pairs) == words
