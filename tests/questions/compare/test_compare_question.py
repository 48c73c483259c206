"""Compare: models by name, values with what is level and what is missing, one sentence."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from questions.answer import charts_of
from questions.compare.compared import models_to_compare
from questions.compare.question import QUESTION
from questions.controls import ControlError, must_read
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.small_home import fill
from tests.questions.asked import ask, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models with two benchmarks; one has no price."""
    folder = tmp_path_factory.mktemp("compare")
    fill(folder)
    return folder


def test_names_ids_and_commas_name_the_models(home: Path) -> None:
    """Addresses repeat the control, commands join names by commas; a name and an id mean the same."""
    view = view_of(home)
    by_id = must_read(QUESTION.controls, view, {"models": ["gpt-5", "claude-2"]})
    assert must_read(QUESTION.controls, view, {"models": ["GPT-5, Claude 2"]}) == by_id
    with pytest.raises(ControlError, match="2 to 5 values"):
        must_read(QUESTION.controls, view, {"models": ["gpt-5"]})


def test_one_sentence_says_who_scores_higher_and_who_costs_more(home: Path) -> None:
    """Whatever the order in which they were named."""
    for models in ("gpt-5,gpt-4-0314", "gpt-4-0314,gpt-5"):
        line = ask(QUESTION, home, models=models).first_line
        assert line.startswith("GPT-5 scores higher than GPT-4 on 2 of 2")
        assert "GPT-4 costs 21 times as much by list price" in line


def test_best_level_and_missing_stand_in_the_table(home: Path) -> None:
    """The first of a benchmark is named, who is within its noise too; a price that nobody knows is said."""
    answer = ask(QUESTION, home, models="gpt-4-0314,claude-2,quiet-model")
    shared = {row["measure"]: row for row in table(answer, "shared").to_dicts()}
    assert shared["GPQA diamond"]["Quiet model"].endswith(", first")
    assert "first" not in shared["GPQA diamond"]["Claude 2"]
    costs = table(answer, "costs")["Quiet model"].to_list()
    assert "no list price known" in costs
    assert "Quiet model has no place in the index, list price or measured speed" in words(answer)


def test_the_chart_holds_each_measure_that_somebody_has(home: Path) -> None:
    """Small multiples of what is known; nobody's speed is drawn where nobody measured it."""
    (measures, prices) = charts_of(ask(QUESTION, home, models="gpt-5,o1"))
    assert set(measures.rows["measure"]) == {"price"}
    assert set(prices.rows["model_id"]) == {"gpt-5", "o1"}


def test_a_model_with_a_score_or_a_price_can_be_compared(tmp_path: Path) -> None:
    """One of both is enough, and names that two share stand with their ids."""
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        rows = {
            name: warehouse.frame(f"SELECT * FROM {name} WHERE {condition}")
            for name, condition in {
                "model": "model_id = 'o1'",
                "model_alias": "model_id = 'o1'",
                "score": "model_name = 'o1' AND benchmark_id = 'gpqa-diamond'",
                "price": "model_name = 'o1'",
            }.items()
        }
        for model, other in (("scored", "score"), ("priced", "price"), ("neither", "model_alias")):
            named = {
                "title": "Quiet Model" if model == "scored" else model,
                "model_id": model,
                "model_name": model,
            }
            for table in dict.fromkeys(("model", "model_alias", other)):
                own = {
                    column: pl.lit(value) for column, value in named.items() if column in rows[table].columns
                }
                warehouse.insert(table, rows[table].with_columns(**own))
        publish(warehouse, tmp_path / "snapshots")
    offered = {option.value: option.label for option in models_to_compare(view_of(tmp_path), {})}
    assert offered["scored"] == "Quiet Model (scored)"
    assert offered["quiet-model"] == "Quiet model (quiet-model)"
    assert (offered["priced"], offered["o1"]) == ("priced", "o1")
    assert "neither" not in offered
