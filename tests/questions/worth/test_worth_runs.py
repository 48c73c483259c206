"""The runs of a board with prices: what was asked on their day, how models are called, what can be chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.results import Interval
from analysis.worth.measured_rows import AS_WRITTEN
from questions.view import View
from questions.worth.runs import (
    _choice_of_today,
    _with_prices_of_run,
    boards_to_choose,
    further_to_choose,
    models_to_choose,
    names_of,
    others_to_choose,
    run_named,
    runs_with_prices,
    token_bases_to_choose,
    token_multipliers,
)
from tests.homes.judged_home import O1_PREVIEW, SONNET, fill_judged
from tests.questions.asked import view_of

DAY = date(2024, 6, 1)
STEPS = pl.DataFrame(
    {
        "model_id": ["a", "a", "a", "b"],
        "held_from": [date(2024, 3, 1), DAY, date(2024, 9, 1), date(2024, 3, 1)],
        "starts_after": [date(2024, 2, 1), date(2024, 4, 1), None, None],
        "input_usd_per_mtok": [3.0, 2.0, None, 9.0],
        "output_usd_per_mtok": [30.0, 20.0, None, 90.0],
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two measured runs on one board, both models with a list price."""
    folder = tmp_path_factory.mktemp("runs")
    fill_judged(folder)
    return folder


@pytest.fixture
def view(home: Path) -> View:
    """The home as of today."""
    return view_of(home)


@pytest.mark.parametrize(
    ("run_on", "price"),
    [
        (date(2024, 1, 31), None),
        (date(2024, 2, 1), 3.0),
        (date(2024, 5, 31), 3.0),
        (DAY, 2.0),
        (date(2024, 12, 1), 2.0),
    ],
    ids=["before all", "not yet offered the day before", "the first", "a cut", "after its end"],
)
def test_a_run_has_the_price_of_its_day(run_on: date, price: float | None) -> None:
    """The first may have held since the model was not yet offered, a later one begins on its own day."""
    runs = pl.DataFrame(
        {"model_id": ["a"], "run_on": [run_on], "observed_at": [datetime(2026, 1, 1, tzinfo=UTC)]}
    )
    found = _with_prices_of_run(runs, STEPS)
    assert found["run_input_usd_per_mtok"].to_list() == [price]
    assert found["run_output_usd_per_mtok"].to_list() == [None if price is None else 10 * price]
    assert found.columns[:3] == runs.columns


def test_a_run_without_a_day_is_of_the_day_on_which_it_was_seen() -> None:
    """And has no other model's price."""
    seen = [datetime(2024, 7, 1, tzinfo=UTC)] * 2
    runs = pl.DataFrame(
        {"model_id": ["a", "b"], "run_on": [None, None], "observed_at": seen},
        schema_overrides={"run_on": pl.Date},
    )
    found = dict(_with_prices_of_run(runs, STEPS).select("model_id", "run_input_usd_per_mtok").iter_rows())
    assert found == {"a": 2.0, "b": 9.0}


def test_models_of_one_title_are_told_apart_by_their_ids() -> None:
    """Only those; each run is found by its model."""
    runs = pl.DataFrame(
        {"model_id": ["a", "b", "c"], "title": ["Same", "Same", "Other"], "share": [0.1, 0.2, 0.3]}
    )
    assert names_of(runs) == {"a": "Same (a)", "b": "Same (b)", "c": "Other"}
    assert run_named(runs, "b")["share"] == 0.2


def test_runs_stand_with_list_price_and_that_of_their_day(view: View) -> None:
    """The newest model at the top; another board has none."""
    runs = runs_with_prices(view, "aider-edit")
    assert runs["model_id"].to_list() == [O1_PREVIEW, SONNET]
    assert runs["input_usd_per_mtok"].to_list() == runs["run_input_usd_per_mtok"].to_list() == [15.0, 3.0]
    assert runs_with_prices(view, "aider-refactor").is_empty()


def test_a_board_is_as_new_as_the_second_of_its_models(view: View) -> None:
    """Two that are still sold make a choice of today; a board without two is of no day."""
    assert _choice_of_today(view, "aider-edit") == date(2024, 6, 20)
    assert _choice_of_today(view, "aider-refactor") == date.min
    assert [option.value for option in boards_to_choose(view, {})] == ["aider-edit"]


def test_each_model_can_be_chosen_once(view: View) -> None:
    """The second is another than the first, a further one another than both; without a board none."""
    chosen = {"board": "aider-edit", "first_model": O1_PREVIEW, "second_model": SONNET}
    assert [option.value for option in models_to_choose(view, chosen)] == [O1_PREVIEW, SONNET]
    assert [option.value for option in others_to_choose(view, chosen)] == [SONNET]
    assert list(further_to_choose(view, chosen)) == []
    assert models_to_choose(view, {"board": None}) == ()


def test_token_bases_are_those_that_the_runs_allow(view: View) -> None:
    """Measured where all costs are known, one's own where one of them reasons, as shown always."""
    chosen = {"board": "aider-edit", "first_model": O1_PREVIEW, "second_model": SONNET, "further": ()}
    assert [option.value for option in token_bases_to_choose(view, chosen)] == ["measured", "own", "shown"]
    plain = token_bases_to_choose(view, chosen | {"first_model": SONNET})
    assert "own" not in [option.value for option in plain]
    for missing in ("first_model", "second_model"):
        assert token_bases_to_choose(view, chosen | {missing: None}) == ()


def test_tokens_are_measured_or_as_shown(view: View) -> None:
    """Measured: the most sparing bills what it shows; where a cost is not known all do."""
    rows = list(runs_with_prices(view, "aider-edit").iter_rows(named=True))
    dear, sparing = token_multipliers(rows, "measured", (2.0, 10.0))
    assert sparing == AS_WRITTEN
    assert (round(dear.low, 1), round(dear.high, 1)) == (3.5, 4.4)
    unknown = [rows[0] | {"cost_usd": None}, rows[1]]
    for known, basis in ((rows, "shown"), (unknown, "measured")):
        assert token_multipliers(known, basis, (2.0, 10.0)) == (AS_WRITTEN, AS_WRITTEN)
    assert token_multipliers(rows, "own", (3.0, 4.0)) == (Interval(3.0, 4.0, level=1.0), AS_WRITTEN)
