"""The page of S-curves: verdict first, saturation never told as plateau, days of boards never mixed."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.homes.growth_home import BOARD_DAYS, fill_growth, first_board, released
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def rising(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index rises by the same slope all along."""
    folder = tmp_path_factory.mktemp("rising")
    fill_growth(folder)
    return folder


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index stopped rising 18 months before its newest model."""
    folder = tmp_path_factory.mktemp("stopped")
    fill_growth(folder, slope_after=0.0)
    return folder


def test_the_first_line_is_the_verdict_with_interval_models_and_window(
    monkeypatch: pytest.MonkeyPatch, rising: Path
) -> None:
    """A straight line of models is called steady, with both slopes, their intervals and the window."""
    app = open_page(monkeypatch, rising, "trends.py")
    assert not app.exception
    first = app.markdown[0].value
    assert "climbs at a steady pace" in first
    assert "90\u00a0% interval" in first
    assert "models" in first
    assert first.endswith("Verdict: steady.")
    text = words(app)
    assert "What would change it" in text
    assert "With organisations drawn in place of models" in text


def test_an_index_that_stopped_is_a_plateau(monkeypatch: pytest.MonkeyPatch, stopped: Path) -> None:
    """Where the last 18 months bring nothing, the first line says plateau."""
    assert open_page(monkeypatch, stopped, "trends.py").markdown[0].value.endswith("Verdict: plateau.")


def test_a_used_up_test_is_saturated_and_no_plateau(monkeypatch: pytest.MonkeyPatch, stopped: Path) -> None:
    """A bounded benchmark near its ceiling is told as the end of a test, whatever its slope."""
    app = open_page(monkeypatch, stopped, "trends.py", series="one benchmark with a ceiling")
    first = app.markdown[0].value
    assert "GPQA diamond is used up" in first
    assert "Verdict: saturated" in first
    assert "not a plateau of AI" in first
    assert "is on a plateau" not in words(app)


def test_ratings_of_two_days_are_never_in_one_line(monkeypatch: pytest.MonkeyPatch, rising: Path) -> None:
    """Choosing a day of a board leaves only the models measured on that day, and the line names the day."""
    app = open_page(monkeypatch, rising, "trends.py", series="rating of one board on one day")
    assert not app.exception
    assert app.selectbox(key="board_on").options == [day.isoformat() for day in reversed(BOARD_DAYS)]
    assert "rating of 25 June 2026" in app.markdown[0].value
    drawn = next(frame.value for frame in app.dataframe if "released_on" in frame.value)
    second_day = {day for day in released() if not first_board(day)}
    assert len(drawn) > 100
    assert {day.date() for day in pd.to_datetime(drawn["released_on"])} <= second_day


def test_a_line_gets_no_ceiling(monkeypatch: pytest.MonkeyPatch, rising: Path) -> None:
    """On data that rise in a straight line no ceiling is told, and the page says that there is none."""
    text = words(open_page(monkeypatch, rising, "trends.py"))
    assert "No ceiling is drawn: it is not identifiable from these data." in text


def test_the_track_record_shows_misses_and_readings(monkeypatch: pytest.MonkeyPatch, rising: Path) -> None:
    """Past verdicts are listed with their reading, and a miss counts as one."""
    app = open_page(monkeypatch, rising, "trends.py")
    assert "Of 2 past verdicts 1 held, 1 did not" in words(app)
    table = next(frame.value for frame in app.dataframe if "outcome" in frame.value)
    assert set(table["reading"]) == {"released"}
    assert "miss" in set(table["outcome"])


def test_an_unknown_series_is_said_in_words(monkeypatch: pytest.MonkeyPatch, rising: Path) -> None:
    """A series of which nothing is known gives a sentence and no chart."""
    app = open_page(monkeypatch, rising, "trends.py", series="METR's time horizon")
    assert not app.exception
    assert "No data yet" in words(app)


def test_one_measure_has_one_number_on_all_pages(monkeypatch: pytest.MonkeyPatch, rising: Path) -> None:
    """Whatever the day, the overview gives the slope, interval and window of the page of S-curves."""
    for parameters in ({}, {"as_of": "2025-06-30"}):
        overview = open_page(monkeypatch, rising, "overview.py", **parameters).markdown[0].value
        trends = open_page(monkeypatch, rising, "trends.py", **parameters).markdown[0].value
        assert "AI's capability still climbs" in overview
        slope = re.search(
            r"rose ([\d.]+) points a year \(90\u00a0% interval (.*?)\) in (.*?), when", overview
        )
        assert slope is not None
        assert f"+{slope[1]} points a year (90\u00a0% interval {slope[2]}) in {slope[3]} (" in trends
