"""Every page through AppTest: no exception, the answer first, the controls, words where data are missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES
from tests.homes.small_home import fill
from tests.places import ROOT

ENTRY = ROOT / "pages" / "navigation.py"
TIMEOUT_SECONDS = 60


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> object:
    """Open a page of a home; gives the AppTest after its first run."""

    def open_page(home: Path, file: str, **parameters: str) -> AppTest:
        monkeypatch.setenv("HYPECURVE_HOME", str(home))
        app = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        app = app.switch_page(file)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def words(app: AppTest) -> str:
    """All text of a page."""
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.title])


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_every_page_draws_on_a_small_home(visit, filled_home: Path, file: str) -> None:
    """Whatever page is opened, it draws without an exception and says something under its title."""
    app = visit(filled_home, file)
    assert not app.exception
    assert app.title
    assert len(words(app)) > 100


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_every_page_says_in_words_that_there_is_no_data(visit, empty_home: Path, file: str) -> None:
    """With empty tables no page breaks: each says that there is no data yet."""
    app = visit(empty_home, file)
    assert not app.exception
    assert "No data yet" in words(app)


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_every_page_explains_a_home_without_any_snapshot(visit, tmp_path: Path, file: str) -> None:
    """Before anything was published every page says which command brings data."""
    app = visit(tmp_path, file)
    assert not app.exception
    assert "hypecurve" in words(app)


def test_the_front_of_a_past_day_uses_the_prices_of_that_day(visit, filled_home: Path) -> None:
    """With the slider before GPT-5's price cut, its cost is the launch price; after it, the lower one."""
    app = visit(filled_home, "capability.py", model="gpt-5")
    assert "\\$1.75" in " ".join(metric.value for metric in app.metric)
    app.slider(key="capability.front_on").set_value(date(2025, 12, 1)).run()
    assert "\\$3.50" in " ".join(metric.value for metric in app.metric)
    app.slider(key="capability.front_on").set_value(date(2025, 2, 1)).run()
    assert "o1 led" in words(app)


def test_a_chosen_mark_leads_to_its_sources(visit, filled_home: Path) -> None:
    """For the chosen model score and price each show source address, payload hash and date."""
    text = words(visit(filled_home, "capability.py", model="gpt-5"))
    for expected in (
        "https://scores.example/gpt-5",
        "https://scores.example/benchmark_data.zip",
        "https://prices.example/gpt-5",
        "a" * 64,
        "b" * 64,
        "17 July 2026",
    ):
        assert expected in text


def test_models_without_a_price_are_listed_not_dropped(visit, filled_home: Path) -> None:
    """A model that has a score but no price stands in the list of unpriced models."""
    app = visit(filled_home, "capability.py")
    assert any("Unpriced: 1 model" in expander.label for expander in app.expander)
    assert any("Quiet model" in frame.value.to_string() for frame in app.dataframe if "reason" in frame.value)


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_no_page_breaks_on_a_date_before_everything(visit, filled_home: Path, file: str) -> None:
    """As of a day before the first model and the first price every page still draws."""
    assert not visit(filled_home, file, as_of="2021-05-01").exception


def test_a_front_later_than_the_as_of_date_is_cut_to_it(visit, filled_home: Path) -> None:
    """An address that asks for a front after the as-of date gets that of the as-of date."""
    app = visit(filled_home, "capability.py", as_of="2025-03-01", front_on="2026-06-01")
    assert not app.exception
    assert re.search(r"Up to \d+ \w+ 202[45] \S+.* led GPQA diamond", words(app))


def test_a_basis_of_cost_that_nobody_measured_is_said_in_words(visit, filled_home: Path) -> None:
    """Choosing a measured cost where none was measured gives a sentence, not an empty chart."""
    app = visit(filled_home, "capability.py", cost="measured cost per task")
    assert not app.exception
    assert "No data yet: no model with a score on GPQA diamond has a measured cost per task" in words(app)


def test_a_new_snapshot_is_picked_up_without_a_restart(visit, tmp_path: Path) -> None:
    """After a publishing by another process the next run of the page shows the new data."""
    fill(tmp_path, with_rows=False)
    app = visit(tmp_path, "models.py")
    assert "No data yet" in words(app)
    fill(tmp_path)
    assert "Claude 2: Anthropic" in words(app.run())
