"""The page on worth: its answer, what the reader moves, the worked example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.judged_home import fill_judged
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two measured runs on one board."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


def test_first_line_is_the_verdict_with_its_intervals(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """On 106 against 103 of 133 tasks it cannot be told, and from what value on it would pay is said."""
    app = open_page(monkeypatch, home, "value.py")
    assert not app.exception
    first = app.markdown[0].value
    assert first.startswith("As of ")
    assert "at \\$20 per solved task it cannot be told whether o1-preview is worth its extra cost" in first
    assert "pays from a value of \\$10.86 (90\u00a0% interval \\$2.33 to never) on" in first


def test_a_costly_wait_makes_the_slow_model_the_worse_buy(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """With 60 USD an hour for who waits, a task worth 1 USD goes to the faster and cheaper model."""
    app = open_page(monkeypatch, home, "value.py", wage="60", task_value="1")
    assert "at \\$1 per solved task Claude 3.5 Sonnet (Jun 2024) is the better buy" in app.markdown[0].value


def test_the_readers_own_token_range_replaces_the_measured_one(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Choosing one's own range opens the slider at the article's 2 to 10 times, and the extra cost widens."""
    app = open_page(monkeypatch, home, "value.py", token_basis="my own range")
    assert app.slider(key="token_range").value == (2.0, 10.0)
    assert "It costs \\$0.28 (90\u00a0% interval \\$0.14 to \\$0.56)" in app.markdown[0].value


def test_the_worked_example_gives_the_articles_figures(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """17.6 times the cost, 3.5 to 4.4 times the tokens, 4.6 times the time, scores not told apart."""
    text = words(open_page(monkeypatch, home, "value.py"))
    assert "17.6 times as much a run as Claude 3.5 Sonnet of June 2024" in text
    assert "implies 3.5 to 4.4 times the tokens, and took 4.6 times as long" in text
    assert "Score: not distinguishable" in text
    assert "1 of 1 lie within" in text


def test_the_same_model_twice_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A model is not compared with itself."""
    app = open_page(monkeypatch, home, "value.py", second_model="o1-preview")
    assert not app.exception
    assert "Choose two different models" in words(app)
