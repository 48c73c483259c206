"""The page on the data wall: the crossing year, and what the reader moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.judged_home import fill_judged
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with twelve training sets that grow by half an order of magnitude a year."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


def test_first_line_is_the_crossing_year_with_its_interval(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Two orders of magnitude at half an order a year are about four years after 2024."""
    app = open_page(monkeypatch, home, "datawall.py")
    assert not app.exception
    first = app.markdown[0].value
    assert "whole stock of public human text in 2028.0 (80\u00a0% interval" in first
    assert "if training sets grow as they did" in first


def test_faster_growth_is_an_earlier_crossing_and_said_to_be_the_readers(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """At one order of magnitude a year it is two years, under the reader's assumptions."""
    first = open_page(monkeypatch, home, "datawall.py", growth="1.0").markdown[0].value
    assert "in 2026.0 (80\u00a0% interval" in first
    assert "under your assumptions" in first


def test_newer_sets_that_are_too_few_get_no_fit(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Without newer sets the page says that they are too few."""
    assert "too few for a fit of their own" in words(open_page(monkeypatch, home, "datawall.py"))


def test_before_any_training_set_the_page_says_so(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """With a date on which too few sets were published no year is given."""
    first = open_page(monkeypatch, home, "datawall.py", as_of="2020-01-01").markdown[0].value
    assert "cannot be told: too few training sets" in first
