"""Which snapshot is shown: the newest whose answers are ready, and never a half-prepared one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import faces.current
from config import Settings
from faces.current import Follower, current_snapshot, prepare
from questions.answer import Answer
from questions.cache import AnswerCache
from questions.question import Question
from questions.view import View
from store.snapshot import NoSnapshotError, latest
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
        seen.append(f"{current_snapshot(settings.snapshot_folder).id} while {view.snapshot.id}")

    monkeypatch.setattr(faces.current, "prepare", look_meanwhile)
    first = latest(settings.snapshot_folder)
    assert follower.look()
    second = fill(settings.home, with_rows=False)
    assert current_snapshot(settings.snapshot_folder) == first
    assert follower.look()
    assert current_snapshot(settings.snapshot_folder) == second
    assert seen == [f"{first.id} while {first.id}", f"{first.id} while {second.id}"]
    assert not follower.look()


def test_without_a_follower_the_newest_is_shown(settings: Settings) -> None:
    """Commands and tests read what the pointer names."""
    newest = fill(settings.home, with_rows=False)
    assert current_snapshot(settings.snapshot_folder) == newest


def test_before_the_first_data_there_is_a_sentence(tmp_path: Path) -> None:
    """Nothing was published: the error says which command brings data."""
    with pytest.raises(NoSnapshotError, match="hypecurve"):
        current_snapshot(tmp_path / "snapshots")


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
