"""The page of sources: what a person asks for goes into the ledger, and the page shows what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.source_actions import CADENCES
from questions.sources.words import WHAT_REFRESHES
from store.ledger import Action, Ledger
from tests.homes.small_home import PRICES, SCORES, fill
from tests.places import ROOT

PAGE = ROOT / "pages" / "sources.py"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, since these tests write."""
    fill(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    monkeypatch.setattr("pages.shared.frame.operator", lambda: True)
    return tmp_path


def opened(**parameters: str) -> AppTest:
    """The page after its first run, with these parameters in its address."""
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def states(app: AppTest) -> dict[str, str]:
    """The state of each source in the table."""
    rows = next(frame.value for frame in app.dataframe if "state" in frame.value)
    return dict(zip(rows["source_id"], rows["state"], strict=True))


@pytest.mark.parametrize(("key", "action"), [("action-run", "run now"), ("action-pause", "pause")])
def test_buttons_leave_a_request_in_the_ledger(home: Path, key: str, action: str) -> None:
    """A button asks through the ledger, so that whichever process schedules carries it out."""
    app = opened()
    app.selectbox(key="sources.source").set_value(PRICES).run()
    app.button(key=key).click().run()
    assert not app.exception
    ledger = Ledger(home / "ledger.sqlite")
    assert [(request.source_id, request.action) for request in ledger.take_requests(datetime.now(UTC))] == [
        (PRICES, action)
    ]


def test_readers_are_not_offered_what_only_the_operator_may_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is not the operator sees the states, no button that changes them, and where to sign in."""
    monkeypatch.undo()
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    app = opened(source=PRICES)
    assert not app.exception
    assert PRICES in states(app)
    assert not [button.key for button in app.button if "action" in str(button.key)]
    assert any("/operator" in caption.value for caption in app.caption)
    assert WHAT_REFRESHES not in [caption.value for caption in app.caption]
    assert "`hypecurve " not in " ".join(element.value for element in [*app.info, *app.markdown])


def test_an_operator_is_told_what_would_refresh(home: Path) -> None:
    """Where nothing does: a command is of no use to who only reads."""
    assert WHAT_REFRESHES in [caption.value for caption in opened().caption]


def test_a_pause_shows_in_the_table(home: Path) -> None:
    """The state changes at the next look, and the address keeps the chosen source."""
    app = opened(source=SCORES)
    assert states(app)[SCORES] == "fresh"
    app.button(key="action-pause").click().run()
    assert states(app.run())[SCORES] == "paused"
    assert app.query_params["source"] == SCORES


def test_a_cadence_can_be_changed_and_given_back(home: Path) -> None:
    """The page keeps a person's cadence in the ledger and asks the scheduler to set the timer anew."""
    app = opened(source=PRICES)
    app.selectbox(key="refresh").set_value("every 6 hours").run()
    app.button(key="action-cadence").click().run()
    ledger = Ledger(home / "ledger.sqlite")
    assert ledger.cadences() == {PRICES: "6h"}
    assert [request.action.value for request in ledger.take_requests(datetime.now(UTC))] == [
        "another cadence"
    ]
    rows = next(frame.value for frame in app.run().dataframe if "state" in frame.value)
    assert dict(zip(rows["source_id"], rows["cadence"], strict=True))[PRICES] == "6h"
    assert "Now: 6h" in app.selectbox(key="refresh").help
    app.selectbox(key="refresh").set_value("at its own cadence").run()
    app.button(key="action-cadence").click().run()
    assert ledger.cadences() == {}


def test_a_cadence_fits_its_field() -> None:
    """Beside the field for another one and its button, in a window of 1,024 pixels."""
    assert max(map(len, CADENCES)) <= 20


def test_any_cadence_can_be_typed_and_is_checked(home: Path) -> None:
    """A cron line shows its next three times; a slip is told at once, and cannot be kept."""
    app = opened(source=PRICES)
    app.text_input(key="cadence").set_value("0 3 * * 1").run()
    assert any("Mon" in caption.value and caption.value.count("03:00") == 3 for caption in app.caption)
    app.button(key="action-cadence").click().run()
    assert Ledger(home / "ledger.sqlite").cadences() == {PRICES: "0 3 * * 1"}
    app.text_input(key="cadence").set_value("every other day").run()
    assert "is no cadence" in app.error[0].value
    assert app.button(key="action-cadence").disabled


def test_changing_the_cadence_of_a_resting_source_does_not_wake_it(tmp_path: Path) -> None:
    """A paused source keeps its pause; the new cadence counts when it is resumed."""
    ledger, now = Ledger(tmp_path / "ledger.sqlite"), datetime.now(UTC)
    ledger.ask(PRICES, Action.PAUSE, now)
    ledger.set_cadence(PRICES, "1d", now)
    assert PRICES in ledger.paused()
    assert ledger.cadences() == {PRICES: "1d"}


def test_the_states_shown_are_bound_to_the_address(home: Path) -> None:
    """A link to the failing sources shows those and no other."""
    assert list(states(opened(state="failing"))) == [PRICES]


def test_wishes_that_nobody_has_taken_are_told(home: Path) -> None:
    """Until a process schedules, the page says what waits."""
    Ledger(home / "ledger.sqlite").ask(PRICES, Action.RUN, datetime.now(UTC))
    assert f"Asked for and not begun yet: {PRICES}." in [caption.value for caption in opened().caption]


def test_without_sources_there_is_nothing_to_ask_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home whose tables are empty has words and no buttons."""
    fill(tmp_path, with_rows=False)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "No data yet" in app.info[0].value
    assert not app.button
