"""The page on hype: the answer first, cannot be told where so, the same in the address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.series_home import fill_series
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where one release drew five times the views, and one came before its window was over."""
    folder = tmp_path_factory.mktemp("attention")
    fill_series(folder)
    return folder


def test_first_line_names_the_launch_and_the_release_that_stood_out(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """The largest stir and the buzz stand in the first line, with what cannot be told."""
    app = open_page(monkeypatch, home, "hype.py")
    assert not app.exception
    first = app.markdown[0].value
    assert "Big model made the largest stir of 2 launches counted on Hacker News: 890 points" in first
    assert "only Big model of the 1 releases that can be told" in first
    assert "1 more cannot be told" in first


def test_a_release_without_a_full_window_gets_no_number(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The late release stands in the table with its reason and without an estimate."""
    app = open_page(monkeypatch, home, "hype.py")
    table = next(frame.value for frame in app.dataframe if "excess_share" in frame.value)
    late = table[table["release"] == "Late model"].iloc[0]
    assert late["verdict"].startswith("cannot be told")
    assert late["excess_share"] != late["excess_share"]


def test_every_series_looked_at_is_listed_with_its_verdicts(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Lag and shape are shown for all series, not only for the chosen one."""
    app = open_page(monkeypatch, home, "hype.py")
    for column in ("verdict on the lag", "verdict on the shape"):
        table = next(frame.value for frame in app.dataframe if column in frame.value)
        assert len(table) == 2


def test_months_with_few_headlines_are_left_out(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A share of three headlines is no share: 47 of the 48 months of Slashdot remain."""
    app = open_page(monkeypatch, home, "hype.py")
    table = next(frame.value for frame in app.dataframe if "verdict on the shape" in frame.value)
    months = dict(zip(table["attention"], table["months"], strict=True))
    assert months["Slashdot, share of AI headlines"] == 47


def test_a_base_without_a_record_is_said_in_words(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """With a base before the first recorded day there is a sentence in place of the chart."""
    app = open_page(monkeypatch, home, "hype.py", base="February to April 2023 (the first months)")
    assert not app.exception
    assert "No page has a record on this base" in words(app)


def test_a_past_date_shows_what_had_been_counted_by_then(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Before the spike the release is not there, and the page says that the figures are of today."""
    app = open_page(monkeypatch, home, "hype.py", as_of="2025-05-01")
    text = words(app)
    assert "Big model" not in text
    assert "as they are known now" in text
