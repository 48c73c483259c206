"""Compare: models by name, values with what is level and what is missing, one sentence."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from questions.answer import Folded, Table, charts_of, every_block
from questions.compare.compared import _headlines, _names, models_to_compare
from questions.compare.question import QUESTION
from questions.controls import ControlError, must_read
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.agents_home import fill_agents
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
        assert line.startswith("GPT-5 beats GPT-4 on 1 of 1 benchmark; ")
        assert "GPT-4 costs 21 times as much by list price" in line


def test_best_level_and_missing_stand_in_the_table(home: Path) -> None:
    """The first of a benchmark is named, who is within its noise too; a price that nobody knows is said."""
    answer = ask(QUESTION, home, models="gpt-4-0314,claude-2,quiet-model")
    shared = {row["measure"]: row for row in table(answer, "shared").to_dicts()}
    assert shared["GPQA diamond"]["Quiet model"].endswith(", first")
    assert "first" not in shared["GPQA diamond"]["Claude 2"]
    costs = table(answer, "costs")["Quiet model"].to_list()
    assert "no list price known" in costs
    lacks = "Quiet model has no place in the index (137.0 on Epoch's index), list price or measured speed"
    assert lacks in words(answer)


def test_the_chart_holds_each_measure_that_somebody_has(home: Path) -> None:
    """Small multiples of what is known; nobody's speed is drawn where nobody measured it."""
    (measures, prices) = charts_of(ask(QUESTION, home, models="gpt-5,o1"))
    assert set(measures.rows["measure"]) == {"price"}
    assert set(prices.rows["model_id"]) == {"gpt-5", "o1"}
    assert {"for_sources", "against_sources"} <= set(prices.rows.columns)  # the footer credits all witnesses
    assert "**Disputed prices.** No list says otherwise" in words(ask(QUESTION, home, models="gpt-5,o1"))


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
    assert list(charts_of(ask(QUESTION, tmp_path, models="scored,quiet-model"))) == []


def test_where_one_has_a_price_its_history_stands_alone(home: Path) -> None:
    """Of two with prices both are drawn; where all is shared nothing stands behind a line."""
    answer = ask(QUESTION, home, models="gpt-5,quiet-model")
    assert answer.first_line == (
        "GPT-5 beats Quiet model on 1 of 1 benchmark; Quiet model has no list price; data to 17 July 2026."
    )
    assert [chart.title for chart in charts_of(answer)] == [
        "GPT-5, Quiet model side by side",
        "List prices: GPT-5 from $3.50 to $1.75",
    ]
    assert [chart.title for chart in charts_of(ask(QUESTION, home, models="gpt-5,o1"))][-1] == (
        "List prices: GPT-5 from $3.50 to $1.75; o1 $26 throughout"
    )
    assert not any(isinstance(block, Folded) for block in answer.blocks)


def test_before_two_models_are_known_nothing_is_compared(home: Path) -> None:
    """On the day of the first."""
    none = ask(QUESTION, home, as_of="2023-05-01")
    assert none.first_line == "No data yet: fewer than two models are known as of this date."


def test_benchmarks_that_one_alone_has_stand_behind_a_line(tmp_path: Path) -> None:
    """Counted; what both have stands open, and measured costs where both have them."""
    fill_agents(tmp_path)
    answer = ask(QUESTION, tmp_path, models="model-60,model-3")
    assert [block.title for block in answer.blocks if isinstance(block, Folded)] == [
        "5 benchmarks that only one of them has"
    ]
    assert table(answer, "shared")["measure"].to_list() == ["GPQA diamond"]
    assert "capability index" not in table(answer, "alone")["measure"].to_list()
    assert table(answer, "index").height == 1
    assert "**Missing.** Model 60 has no measured speed." in words(answer)
    assert answer.rests_on.startswith(
        "7 headline scores up to 25 June 2026, 1 benchmark shared by several; 2 list prices; "
        "2 runs of measured cost."
    )
    usual = ask(QUESTION, tmp_path)
    assert usual.first_line.startswith("Model 215 and Model 208 tie on 1 of 1 benchmark; ")
    assert [block.title for block in usual.blocks if isinstance(block, Folded)] == [
        "1 benchmark that only one of them has"
    ]


def test_parts_of_a_board_are_left_to_the_whole() -> None:
    """Where it is there; style control is a board of its own, and an index is no test beside others."""
    ids = [
        "arena-text",
        "arena-text-coding",
        "arena-text-style-control",
        "livebench-2025-coding",
        "arena-textual",
        "epoch-eci",
    ]
    kept = _headlines(pl.DataFrame({"benchmark_id": ids}))["benchmark_id"].to_list()
    assert kept == ["arena-text", "arena-text-style-control", "livebench-2025-coding", "arena-textual"]


def test_models_of_one_name_are_told_apart_by_their_ids() -> None:
    """Others go by their names."""
    rows = {"a": {"title": "Quokka"}, "b": {"title": "Quokka"}, "c": {"title": "Other"}}
    assert _names(rows, ["c", "a", "b"]) == {"c": "Other", "a": "a", "b": "b"}
    assert _names(rows, ["c", "a"]) == {"c": "Other", "a": "Quokka"}


def test_the_columns_of_all_tables_stand_below_each_other(home: Path) -> None:
    """One table's models are the next one's."""
    answer = ask(QUESTION, home, models="gpt-5,o1")
    tables = [block for block in every_block(answer.blocks) if isinstance(block, Table)]
    assert len(tables) > 2
    assert all(block.is_even for block in tables)
