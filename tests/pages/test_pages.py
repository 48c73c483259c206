"""Every page through AppTest: no exception, the answer first, the controls, words where data are missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES
from pages.source_health import change_cadence
from store.ledger import Ledger, Wish
from tests.homes.small_home import KEYED, PRICES, SCORES, fill
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


def test_overview_answers_first(visit, filled_home: Path) -> None:
    """With too few models for a verdict the first line says so; it names the price of GPT-4's score."""
    app = visit(filled_home, "overview.py")
    first = app.markdown[0].value
    assert "it cannot be told whether AI's capability still climbs" in first
    assert "\\$0.90 per million tokens, 42 times less than in March 2023" in first
    assert "GPT-5's 150.0 points" in words(app)


def test_overview_of_a_past_date_falls_back_to_what_had_been_released(visit, filled_home: Path) -> None:
    """Where the archive does not reach back, the page shows the models released by then and says so."""
    app = visit(filled_home, "overview.py", as_of="2024-12-20")
    text = words(app)
    assert "o1's 142.0 points" in text
    assert "The archive does not reach back to 20 December 2024" in text


def test_the_front_of_a_past_day_uses_the_prices_of_that_day(visit, filled_home: Path) -> None:
    """With the slider before GPT-5's price cut, its cost is the launch price; after it, the lower one."""
    app = visit(filled_home, "capability.py", model="gpt-5")
    assert "\\$1.75" in " ".join(metric.value for metric in app.metric)
    app.slider(key="front_on").set_value(date(2025, 12, 1)).run()
    assert "\\$3.50" in " ".join(metric.value for metric in app.metric)
    app.slider(key="front_on").set_value(date(2025, 2, 1)).run()
    assert "o1 scores highest" in words(app)


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
    assert "On 1 March 2025" in words(app)


def test_a_basis_of_cost_that_nobody_measured_is_said_in_words(visit, filled_home: Path) -> None:
    """Choosing a measured cost where none was measured gives a sentence, not an empty chart."""
    app = visit(filled_home, "capability.py", cost="measured cost per task")
    assert not app.exception
    assert "No data yet: no model with a score on GPQA diamond has a measured cost per task" in words(app)


def test_a_model_shows_scores_price_steps_and_releases(visit, filled_home: Path) -> None:
    """The page of a model says what it costs and lists its scores and announcements."""
    app = visit(filled_home, "models.py", find="gpt-5")
    assert "GPT-5: OpenAI, closed weights, released 7 August 2025 (change log), list price \\$1.75" in words(
        app
    )
    tables = " ".join(frame.value.to_string() for frame in app.dataframe)
    assert "GPT-5 is here" in tables
    assert "GPQA diamond" in tables


def test_titles_lose_the_seller_and_the_setting(visit, filled_home: Path) -> None:
    """A maker before a colon or an effort in brackets belongs to the listing, not to the model's name."""
    text = words(visit(filled_home, "models.py", find="o1"))
    assert "o1: OpenAI" in text
    assert "(high)" not in text


def test_data_page_shows_the_state_of_every_source(visit, filled_home: Path) -> None:
    """Each source has one of the six states; an error stands there in words."""
    app = visit(filled_home, "data.py")
    table = next(frame.value for frame in app.dataframe if "state" in frame.value)
    states = dict(zip(table["source_id"], table["state"], strict=True))
    assert states[SCORES] == "fresh"
    assert states[PRICES] == "failing"
    assert states[KEYED] == "needs a key"
    assert "The server said 503, three times." in table.to_string()


@pytest.mark.parametrize(("key", "wish"), [("wish-run", "run now"), ("wish-pause", "pause")])
def test_buttons_leave_a_wish_in_the_ledger(visit, tmp_path: Path, key: str, wish: str) -> None:
    """A button asks through the ledger, so that whichever process schedules carries it out."""
    fill(tmp_path)
    app = visit(tmp_path, "data.py")
    app.selectbox(key="source").set_value(PRICES).run()
    app.button(key=key).click().run()
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert [(request.source_id, request.wish) for request in ledger.take_requests(datetime.now(UTC))] == [
        (PRICES, wish)
    ]


def test_a_new_snapshot_is_picked_up_without_a_restart(visit, tmp_path: Path) -> None:
    """After a publishing by another process the next run of the page shows the new data."""
    fill(tmp_path, with_rows=False)
    app = visit(tmp_path, "models.py")
    assert "No data yet" in words(app)
    fill(tmp_path)
    assert "Claude 2: Anthropic" in words(app.run())


def test_a_cadence_can_be_changed_and_given_back(visit, tmp_path: Path) -> None:
    """The page keeps a person's cadence in the ledger and asks the scheduler to set the timer anew."""
    fill(tmp_path)
    app = visit(tmp_path, "data.py", source=PRICES, refresh="every 6 hours")
    app.button(key="wish-cadence").click().run()
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger.cadences() == {PRICES: "6h"}
    assert [request.wish.value for request in ledger.take_requests(datetime.now(UTC))] == ["resume"]
    table = next(frame.value for frame in app.run().dataframe if "state" in frame.value)
    assert dict(zip(table["source_id"], table["cadence"], strict=True))[PRICES] == "6h"
    app.selectbox(key="refresh").set_value("at the source's own cadence").run()
    app.button(key="wish-cadence").click().run()
    assert ledger.cadences() == {}


def test_changing_the_cadence_of_a_resting_source_does_not_wake_it(tmp_path: Path) -> None:
    """A paused source keeps its pause; the new cadence counts when it is resumed."""
    ledger, now = Ledger(tmp_path / "ledger.sqlite"), datetime.now(UTC)
    ledger.ask(PRICES, Wish.PAUSE, now)
    change_cadence(ledger, PRICES, "1d", now)
    assert PRICES in ledger.paused()
    assert ledger.cadences() == {PRICES: "1d"}


def test_what_is_not_believed_is_shown_with_its_reason(visit, filled_home: Path) -> None:
    """Quarantined rows and doubted prices stand on the data page, each with the reason."""
    app = visit(filled_home, "data.py")
    tables = [frame.value for frame in app.dataframe]
    assert any("some price is stated" in table.to_string() for table in tables if "row" in table)
    doubted = next(table for table in tables if "reason" in table and "provider" in table)
    assert doubted["reason"].to_list() == ["a jump of ten times or more that no other source confirms"]


def test_shipped_rows_are_not_told_as_faultless(visit, tmp_path: Path) -> None:
    """Where all rows came with the code, an empty quarantine is no proof of clean payloads."""
    fill(tmp_path, shipped=True)
    text = words(visit(tmp_path, "data.py"))
    assert "2 payloads came with the code as accepted rows only" in text
    assert "No payload was read on this machine yet" in text


def test_the_states_shown_are_bound_to_the_address(visit, filled_home: Path) -> None:
    """A link to the failing sources shows those and no other."""
    app = visit(filled_home, "data.py", state="failing")
    table = next(frame.value for frame in app.dataframe if "state" in frame.value)
    assert table["source_id"].to_list() == [PRICES]
