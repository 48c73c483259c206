"""Which snapshot is shown: the newest whose answers are ready, and never a half-prepared one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import chain, repeat
from pathlib import Path

import pytest

import faces.current
from config import Settings
from faces.current import Follower, current_snapshot, prepare
from questions.answer import Answer
from questions.cache import AnswerCache
from questions.question import Question
from questions.registry import all_questions
from questions.view import View
from store.snapshot import NoSnapshotError
from store.store import store_of
from tests.homes.small_home import fill


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with one snapshot."""
    fill(tmp_path)
    return Settings(home=tmp_path)


@pytest.fixture
def follower(settings: Settings) -> Iterator[Follower]:
    """A follower that looks only when it is told to."""
    one = Follower(settings, AnswerCache())
    yield one
    one.stop()


def test_the_first_snapshot_is_shown_at_once_and_newer_ones_when_ready(
    settings: Settings, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the answers of a new snapshot are computed, the old one is shown."""
    seen: list[str] = []

    def look_meanwhile(_questions: object, view: View, _answers: object) -> None:
        seen.append(f"{current_snapshot(settings).id} while {view.snapshot.id}")

    monkeypatch.setattr(faces.current, "prepare", look_meanwhile)
    first = store_of(settings).latest()
    assert follower.look()
    second = fill(settings.home, with_rows=False)
    assert current_snapshot(settings) == first
    assert follower.look()
    assert current_snapshot(settings) == second
    assert seen == [f"{first.id} while {first.id}", f"{first.id} while {second.id}"]
    assert not follower.look()


def test_without_a_follower_the_newest_is_shown(settings: Settings) -> None:
    """Commands and tests read what the pointer names."""
    newest = fill(settings.home, with_rows=False)
    assert current_snapshot(settings) == newest


def test_before_the_first_data_there_is_a_sentence(tmp_path: Path) -> None:
    """Nothing was published: the error says which command brings data."""
    with pytest.raises(NoSnapshotError, match="hypecurve"):
        current_snapshot(Settings(home=tmp_path))


def test_a_question_that_fails_costs_the_others_nothing(settings: Settings) -> None:
    """Answers ahead of readers: the second question is ready though the first one broke."""
    asked: list[str] = []

    def breaks(_view: View, _controls: object) -> Answer:
        raise ZeroDivisionError

    def holds(_view: View, _controls: object) -> Answer:
        asked.append("told")
        return Answer("told")

    view = faces.current.current_view(settings)
    answers = AnswerCache()
    good = Question("good", "Good", "Good?", holds)
    prepare([Question("bad", "Bad", "Bad?", breaks), good], view, answers)
    answers.answer(good, view, good.controls())
    assert asked == ["told"]


def test_the_front_page_is_answered_first_and_the_others_in_order(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the port answers the first of those named; then these in order, then all that were not named."""
    asked: list[list[str]] = []
    monkeypatch.setattr(
        faces.current, "prepare", lambda questions, *_: asked.append([one.name for one in questions])
    )
    follower = Follower(settings, AnswerCache(), first=["overview", "news"])
    follower.prepare_front()
    follower.look()
    follower.stop()
    assert asked[0] == ["overview"]
    assert asked[1][:2] == ["overview", "news"]
    assert sorted(asked[1]) == list(all_questions())


def test_what_rests_on_old_snapshots_is_let_go(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three snapshots in turn the first one's answers are forgotten: memory does not grow."""
    monkeypatch.setattr(faces.current, "prepare", lambda *_: None)
    asked: list[str] = []

    def answered(view: View, _controls: object) -> Answer:
        asked.append(view.snapshot.id)
        return Answer("told")

    answers, question = AnswerCache(), Question("one", "One", "One?", answered)
    follower = Follower(settings, answers)
    views = []
    for number in range(3):
        if number:
            fill(settings.home, with_rows=False)
        follower.look()
        views.append(faces.current.current_view(settings))
        answers.answer(question, views[-1], question.controls())
    follower.stop()
    asked.clear()
    for view in views:
        answers.answer(question, view, question.controls())
    assert asked == [views[0].snapshot.id]


def test_what_is_shown_stays_readable_while_many_newer_ones_come(
    settings: Settings, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow machine: five are published while the answers of one are made, and somebody opens each."""
    shown = store_of(settings).latest()
    sql = "SELECT count(*) AS n FROM model"
    models = shown.select(sql)["n"][0]
    read: list[int] = []

    def slowly(_questions: object, view: View, _answers: object) -> None:
        for _ in range(5):
            fill(settings.home, with_rows=False)
            store_of(settings).latest().select(sql)
        assert not view.snapshot.file.exists()
        read.extend(one.select(sql)["n"][0] for one in (current_snapshot(settings), view.snapshot))

    monkeypatch.setattr(faces.current, "prepare", lambda *_: None)
    follower.look()
    fill(settings.home, with_rows=False)
    monkeypatch.setattr(faces.current, "prepare", slowly)
    follower.look()
    assert read == [models, models]
    assert models > 0


def test_what_was_answered_on_earlier_days_is_let_go(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a new snapshot: each day's answers are made ahead, and those of two days before go."""
    prepared: list[date] = []
    monkeypatch.setattr(
        faces.current, "prepare", lambda _questions, view, _answers: prepared.append(view.today)
    )
    asked: list[date] = []

    def answered(view: View, _controls: object) -> Answer:
        asked.append(view.today)
        return Answer("told")

    answers, question = AnswerCache(), Question("one", "One", "One?", answered)
    days = [date(2026, 3, day) for day in (1, 2, 3)]
    clock = chain.from_iterable(repeat(datetime.combine(day, time(1), tzinfo=UTC), 2) for day in days)
    follower, snapshot = Follower(settings, answers, lambda: next(clock)), store_of(settings).latest()
    views = [View(snapshot, day, day, store_of(settings).ledger()) for day in days]
    for view in views:
        assert follower.look()
        assert not follower.look()
        answers.answer(question, view, question.controls())
    assert prepared == days
    asked.clear()
    for view in views:
        answers.answer(question, view, question.controls())
    assert asked == days[:1]
