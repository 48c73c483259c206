"""The question of sources: states, errors, runs, and what was refused, doubted or not explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer, Folded, Notice
from questions.controls import ControlError, must_read, written
from questions.sources.question import QUESTION, STATES, SourcesControls, answer_at
from questions.sources.states import SourceState
from questions.sources.words import first_line
from questions.wording import MOST_WORDS
from store.ledger import Action, Ledger, Status
from store.warehouse import Loaded
from tests.homes.small_home import KEYED, POSTS, PRICES, SCORES, fill
from tests.questions.asked import ask, headings, table, view_of, words

NOW = datetime(2026, 7, 17, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with four sources, a refused row and a doubted price."""
    folder = tmp_path_factory.mktemp("sources")
    fill(folder)
    return folder


def at(home: Path, environment: dict[str, str] | None = None, **given: str) -> Answer:
    """The answer at `NOW` with these keys in the environment."""
    view = view_of(home)
    words_given = {name: [word] for name, word in given.items()}
    return answer_at(view, must_read(SourcesControls, view, words_given), NOW, environment or {})


def states_of(answer: Answer) -> dict[str, str]:
    """The state of each source that is listed."""
    return dict(table(answer, "sources").select("source_id", "state").iter_rows())


def test_the_first_line_counts_sources_at_an_instant(home: Path) -> None:
    """The instant stands in front; each state that a source has stands below with its number."""
    said = at(home)
    assert said.first_line == (
        "On 17 July 2026, 12:00 UTC, 2 of 4 declared sources stand behind this site with data; 1 was "
        "refreshed on this machine; 1 failing."
    )
    assert said.caveat.startswith("Newest data: scores 17 July 2026, makers' prices ")
    assert said.rests_on.startswith(
        "By state: 1 fresh, 1 failing, 1 needing a key, 1 not yet fetched. "
        "32 rows from 2 sources, 2 payloads kept, and the runs on this machine."
    )
    assert "A back-fill never makes a source fresh." in said.rests_on


def test_the_first_line_is_short_with_sources_in_every_state() -> None:
    """All states fit into thirty words."""
    states = [state.value for state in SourceState]
    frame = pl.DataFrame({"state": states, "payloads": 1, "last_success_at": NOW})
    for day in (NOW.date(), date(2024, 12, 1)):
        assert len(first_line(frame, NOW, day).split()) <= MOST_WORDS


def test_every_source_has_its_state_and_error(home: Path) -> None:
    """Trouble comes first; an error stands there in words; a key in the environment lifts the need."""
    said = at(home)
    assert list(states_of(said).items()) == [
        (PRICES, "failing"),
        (KEYED, "needs a key"),
        (POSTS, "not yet fetched"),
        (SCORES, "fresh"),
    ]
    assert "The server said 503, three times." in table(said, "sources")["last_error"].to_list()
    assert states_of(at(home, {"SOME_KEY_NOBODY_HAS": "x"}))[KEYED] == "not yet fetched"


def test_each_source_names_the_address_that_answered_last(home: Path) -> None:
    """Whether it was its own or one that stands in for it; nothing where none ever answered."""
    rows = table(at(home), "sources").select("source_id", "answered_by").iter_rows()
    answered = dict(rows)
    assert str(answered[SCORES]).startswith("https://")
    assert answered[POSTS] is None


@pytest.mark.parametrize("word", ["needs-a-key", "needs a key"])
def test_the_states_can_be_filtered(home: Path, word: str) -> None:
    """Only sources in the chosen state are listed; the first line counts all of them all the same."""
    said = at(home, state=word)
    assert list(states_of(said)) == [KEYED]
    assert "of 4 declared sources" in said.first_line


def test_every_state_can_be_chosen() -> None:
    """The closed list of states and the control agree."""
    assert set(STATES.values()) == set(SourceState)


def test_one_source_shows_its_error_and_its_runs(home: Path) -> None:
    """The chosen source's last error and runs; what has never run here is told so."""
    failing = at(home, source=PRICES)
    assert Notice(f"{PRICES}: The server said 503, three times.") in failing.blocks
    assert table(failing, "runs")["status"].to_list() == ["failed"]
    titles = [block.title for block in failing.blocks if isinstance(block, Folded)]
    assert titles == [f"The last run of {PRICES}"]
    assert f"{POSTS} has not run on this machine yet." in words(at(home, source=POSTS))


def test_of_many_runs_the_newest_are_shown(tmp_path: Path) -> None:
    """Twenty at the most, counted in the title."""
    fill(tmp_path)
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for place in range(24):
        run = ledger.start(SCORES, "schedule", NOW + timedelta(hours=place))
        ledger.finish(run, Status.UNCHANGED, NOW + timedelta(hours=place), Loaded())
    said = at(tmp_path, source=SCORES)
    assert f"The last 20 runs of {SCORES}" in words(said)
    assert table(said, "runs")["status"].to_list() == ["unchanged"] * 20


def test_the_ledger_is_read_at_each_asking(tmp_path: Path) -> None:
    """A request of a person shows at once; the snapshot needs no new publishing."""
    fill(tmp_path)
    assert QUESTION.live
    assert states_of(at(tmp_path))[SCORES] == "fresh"
    Ledger(tmp_path / "ledger.sqlite").ask(SCORES, Action.PAUSE, NOW)
    assert states_of(at(tmp_path))[SCORES] == "paused"


def test_a_persons_cadence_comes_before_the_sources_own(tmp_path: Path) -> None:
    """The table says what holds."""
    fill(tmp_path)
    Ledger(tmp_path / "ledger.sqlite").set_cadence(PRICES, "6h", NOW)
    cadences = dict(table(at(tmp_path), "sources").select("source_id", "cadence").iter_rows())
    assert (cadences[PRICES], cadences[SCORES]) == ("6h", "1d")


def test_what_is_not_believed_is_shown_with_its_reason(home: Path) -> None:
    """Quarantined rows and doubted prices stand there, each with the reason and its payload."""
    said = at(home)
    assert headings(said) == [
        "What changed suddenly",
        "Quarantine: rows that were refused",
        "Prices that are doubted",
        "Sightings that are doubted",
        "Names that no rule explains",
        "Disk space",
    ]
    assert "Kept out, with the reason: 1 row that failed a schema or sanity check." in words(said)
    assert table(said, "reasons").select("source_id", "reason", "rows").rows() == [
        (PRICES, "some price is stated", 1)
    ]
    assert table(said, "refused")["payload_sha256"].to_list() == ["b" * 64]
    assert table(said, "doubts")["reason"].to_list() == [
        "a jump of ten times or more that no other source confirms"
    ]
    assert "Every name with a score or a price is explained." in words(said)
    assert "came with the code" not in words(said)


def test_only_a_source_with_refused_rows_can_be_chosen_for_them(home: Path) -> None:
    """The sentence names those that there are."""
    with pytest.raises(ControlError, match=f"refused_from = '{SCORES}' cannot be used; it takes {PRICES}"):
        at(home, refused_from=SCORES)


def test_shipped_rows_are_not_told_as_faultless(tmp_path: Path) -> None:
    """Where all rows came with the code, an empty quarantine is no proof of clean payloads."""
    fill(tmp_path, shipped=True)
    text = words(at(tmp_path))
    assert "2 payloads came with the code as accepted rows only" in text
    assert "No payload was read on this machine yet" in text
    assert "refused_from" not in dict(written(must_read(SourcesControls, view_of(tmp_path), {})))


def test_a_past_date_knows_no_later_refusals(home: Path) -> None:
    """What was refused or doubted after the day is not shown; the states are always those of now."""
    view = view_of(home, "2026-07-01")
    said = answer_at(view, must_read(SourcesControls, view, {}), NOW, {})
    assert "No payload was read on this machine yet" in words(said)
    assert "No price is doubted as of this date." in words(said)
    assert states_of(said)[SCORES] == "fresh"


def test_without_sources_there_is_nothing_to_tell(tmp_path: Path) -> None:
    """A home whose tables are empty: said in the first line, and no control has a value."""
    fill(tmp_path, with_rows=False)
    none = ask(QUESTION, tmp_path)
    assert not none.known
    assert none.first_line == "No data yet: no source is described in this snapshot."
    assert written(must_read(SourcesControls, view_of(tmp_path), {})) == ()


def test_the_order_of_sources_to_choose_does_not_move_with_their_states(home: Path, tmp_path: Path) -> None:
    """The address of the chosen source means the same, however its neighbours fare."""
    view = view_of(home)
    assert must_read(SourcesControls, view, {}).source == KEYED
    untouched = replace(view, ledger=Ledger(tmp_path / "ledger.sqlite"))
    assert must_read(SourcesControls, untouched, {}).source == KEYED
