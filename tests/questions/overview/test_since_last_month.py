"""What is said of the month up to the last evidence: what there was, how much more, else the last before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from questions.answer import Entries, Entry, Heading
from questions.news.unread import Readings
from questions.overview import since_last_month as month
from questions.overview.since_last_month import since_last_month
from tests.homes.small_home import fill
from tests.questions.asked import view_of

UNTIL = date(2026, 6, 30)
SCHEMA = {
    "happened_on": pl.Date,
    "kind": pl.String,
    "headline": pl.String,
    "model": pl.String,
    "before": pl.Float64,
    "after": pl.Float64,
    "known_at": pl.Datetime("us", "UTC"),
    "subject": pl.String,
    "by_maker": pl.Boolean,
    "benchmarks": pl.Int64,
}
KINDS = ("leader", "price", "low", "model", "shutdown")
NO_SILENT = pl.DataFrame(schema={"seen_on": pl.Date, "models": pl.Int64})
OLD_NOTICE = datetime(2026, 5, 20, tzinfo=UTC)


def read(*days: tuple[str, int, bool], silent: pl.DataFrame = NO_SILENT) -> Readings:
    """Readings of kinds so many days before the end of June, and whether they say what is new."""
    types = {"kind": pl.String, "read_on": pl.Date, "sources": pl.Int64, "tells": pl.Boolean}
    rows = [(kind, UNTIL - timedelta(days=ago), 1, tells) for kind, ago, tells in days]
    return Readings(pl.DataFrame(rows, schema=types, orient="row"), silent)


EVERY = read(*((kind, 0, True) for kind in KINDS))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose own news do not matter."""
    folder = tmp_path_factory.mktemp("month")
    fill(folder)
    return folder


@pytest.fixture
def told(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The five lines by label, of these news up to the end of June 2026."""

    def lines(
        *news: tuple[int, str, str, str | None, float | None, float | None],
        found: Readings = EVERY,
        known_at: datetime | None = None,
    ) -> dict[str, str]:
        days = [UNTIL - timedelta(days=ago) for ago, *_ in news]
        rows = [
            (day, *rest, known_at or datetime(day.year, day.month, day.day, tzinfo=UTC), "Maker", True, 0)
            for day, (_, *rest) in zip(days, news, strict=True)
        ]
        known = pl.DataFrame(rows, schema=SCHEMA, orient="row")
        monkeypatch.setattr(month, "known_news", lambda _view: (known, ""))
        monkeypatch.setattr(month, "first_day", lambda _known, _days: UNTIL)
        monkeypatch.setattr(month, "readings", lambda _view, _by: found)
        heading, entries, _ = since_last_month(view_of(home))
        assert heading == Heading("In the month to 30 June 2026")
        assert isinstance(entries, Entries)
        assert all(isinstance(entry, Entry) for entry in entries.entries)
        return {entry.label: entry.text for entry in entries.entries}

    return lines


def test_what_never_happened_is_said(told: Any) -> None:
    """And what happened after the last evidence has not happened yet."""
    found = told((-1, "leader", "Later.", None, None, None))
    assert found == dict.fromkeys(
        ("New leader", "Price cuts", "New low of a level", "New models", "Shut-downs"), "None is known."
    )


@pytest.mark.parametrize(
    ("ago", "said"), [(0, "A leads."), (29, "A leads."), (30, "None; the last on 31 May 2026: A leads.")]
)
def test_a_month_has_thirty_days(told: Any, ago: int, said: str) -> None:
    """What is older is told as the last there was."""
    assert told((ago, "leader", "A leads.", None, None, None))["New leader"] == said


def test_more_than_one_is_counted(told: Any) -> None:
    """The newest is told, the others are a number."""
    found = told(
        (1, "low", "Second.", None, None, None),
        (2, "low", "First.", None, None, None),
        (3, "leader", "Alone.", None, None, None),
    )
    assert found["New low of a level"] == "Second. And 1 more."
    assert found["New leader"] == "Alone."


def test_the_largest_cut_is_that_of_the_largest_share(told: Any) -> None:
    """Of 10 to 5 and 100 to 60 dollars the first; a rise, or no change, is no cut."""
    half = (1, "price", "Half.", None, 10.0, 5.0)
    rows = [
        (2, "price", "Forty percent.", None, 100.0, 60.0),
        half,
        (3, "price", "A rise.", None, 1.0, 2.0),
        (3, "price", "The same.", None, 2.0, 2.0),
        (3, "leader", "No price.", None, 100.0, 1.0),
    ]
    assert told(*rows)["Price cuts"] == "2; the largest: Half."
    assert told(half)["Price cuts"] == "Half."


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([None], "1 new model."),
        ([None, None], "2 new models."),
        (["A"], "A."),
        (["A", "B", "A", None], "A and B."),
        (["A", "B", "C"], "A, B and C."),
        (["A", "B", "C", "D"], "4, among them A, B and C."),
    ],
)
def test_the_first_three_models_are_named(told: Any, names: list[str | None], said: str) -> None:
    """One that several sellers show counts once; without names they are counted."""
    assert told(*((1, "model", "New.", name, None, None) for name in names))["New models"] == said


LEADS = (40, "leader", "A leads.", None, None, None)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (read(), "No leaderboard has been read; the last that readings show, on 21 May 2026: A leads."),
        (
            read(("leader", 30, True), ("price", 1, True)),
            "No leaderboard has been read since 31 May 2026; the last that readings show, on 21 May 2026: "
            "A leads.",
        ),
        (
            read(("leader", 4, False)),
            "Unknown: one leaderboard was read on 26 June 2026, but not in the month before; the last that "
            "readings show, on 21 May 2026: A leads.",
        ),
        (
            read(("leader", 4, False), ("leader", 6, False)),
            "Unknown: leaderboards were read from 24 to 26 June 2026, but none of them in the month before; "
            "the last that readings show, on 21 May 2026: A leads.",
        ),
        (
            read(("leader", 4, False), ("leader", 29, True)),
            "None; the last on 21 May 2026: A leads.",
        ),
    ],
    ids=["never", "before the month", "after a gap", "several after gaps", "once in time"],
)
def test_none_is_said_only_of_what_was_read(told: Any, found: Readings, said: str) -> None:
    """What nobody looked at, or only after a gap, is told so, with the last there was."""
    assert told(LEADS, found=found)["New leader"] == said


def test_what_is_known_comes_first(told: Any) -> None:
    """What nobody looked at follows; both keep their order."""
    cut = (3, "price", "A cut.", None, 2.0, 1.0)
    found = told(cut, LEADS, found=read(("leader", 4, False), ("price", 4, True), ("price", 29, True)))
    assert next(iter(found)) == "Price cuts"
    assert [text.startswith(("Unknown", "No ")) for text in found.values()] == [False, *[True] * 4]


def test_a_reason_is_written_out_once(told: Any) -> None:
    """The line after it, of the same lists, refers to it."""
    cuts = [(41, "price", "A cut.", None, 2.0, 1.0), (41, "low", "A low.", None, None, None)]
    found = told(*cuts, LEADS, found=read(("price", 4, False), ("low", 4, False)))
    assert found["Price cuts"].startswith("Unknown: one price list was read on 26 June 2026, but not in the ")
    assert found["New low of a level"].startswith(
        "Unknown for the same reason; the last that readings show, on "
    )


def test_of_a_kind_that_was_neither_read_nor_known_the_first_is_told(told: Any) -> None:
    """That no price list was read, not that no cut is known."""
    assert told(LEADS, found=read())["Price cuts"] == "No price list has been read."


def test_models_first_seen_after_a_gap_are_counted(told: Any) -> None:
    """Beside the new ones, and where there is none; those of other months are not."""
    days = [UNTIL - timedelta(days=ago) for ago in (40, 4)]
    silent = pl.DataFrame({"seen_on": days, "models": [3, 69]})
    found = read(("model", 0, True), silent=silent)
    more = (
        "69 models were first seen on 26 June 2026, in a list that had not been read in the month before: "
        "when they came is not known."
    )
    assert told(LEADS, found=found)["New models"] == f"None is known. {more}"
    new = told((1, "model", "New.", "A", None, None), found=found)
    assert new["New models"] == f"A. {more}"


def test_shut_downs_of_old_notices_are_due_and_no_more(told: Any) -> None:
    """A notice of more than a month before its day is no evidence that it came so."""
    rows = [(1, "shutdown", "Gone.", name, None, None) for name in ("A", "B")]
    found = told(*rows, known_at=OLD_NOTICE)["Shut-downs"]
    assert found == "Due by notices known by 20 May 2026: Maker 2 models (A and B)."
    assert told(*rows)["Shut-downs"] == "Maker 2 models (A and B)."


def test_without_news_there_is_no_month(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither heading nor lines."""
    monkeypatch.setattr(month, "known_news", lambda _view: (pl.DataFrame(schema=SCHEMA), ""))
    assert since_last_month(view_of(home)) == ()
