"""The page on claims: counts of verdicts, each claim with both sides, links, sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.claims import CLAIMS
from pages.registry import PAGES
from tests.homes.judged_home import fill_judged
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two judged claims."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


def test_first_line_counts_the_verdicts(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The counts are those of the deciding side: then for a state of affairs, now for a course of things."""
    app = open_page(monkeypatch, home, "claims.py")
    assert not app.exception
    assert "of 2 claims of the article of December 2024: 1 held and 1 did not hold" in app.markdown[0].value


def test_each_claim_shows_both_sides_with_intervals(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Value, interval, number of figures and how the past was read stand on each side."""
    app = open_page(monkeypatch, home, "claims.py")
    assert [metric.label for metric in app.metric][:2] == ["In December 2024: held", "Now: held"]
    assert app.metric[0].value == "4x"
    text = words(app)
    assert "90\u00a0% interval 3x to 5x; n = 7" in text
    assert "by what had been released or dated by then, observed later" in text
    assert f"payload SHA-256 `{'c' * 64}`" in text


def test_verdicts_can_be_filtered(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Only claims with the chosen verdict are listed."""
    text = words(open_page(monkeypatch, home, "claims.py", verdicts="held"))
    assert "1. The old one is cheaper." in text
    assert "2. Data run out." not in text


def test_before_the_article_there_is_nothing_to_judge(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A date before 20 December 2024 is answered in words."""
    app = open_page(monkeypatch, home, "claims.py", as_of="2024-06-01")
    assert not app.exception
    assert "The article is of 20 December 2024" in words(app)


def test_every_claim_links_to_a_page_that_is_there() -> None:
    """The page that a claim names is the address of a page of the dashboard."""
    addresses = {page.address for page in PAGES}
    assert {definition.page for definition in CLAIMS} <= addresses
