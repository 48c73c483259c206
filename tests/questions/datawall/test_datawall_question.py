"""The question on the data wall: the crossing year first, and what the reader moves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.datawall.inputs import WallChoices
from questions.answer import Answer, Later, chart_named, charts_of
from questions.controls import ControlError, must_read, written
from questions.datawall.controls import WallControls, choices_of
from questions.datawall.forecast import wall_data
from questions.datawall.question import QUESTION
from store.snapshot import publish
from store.warehouse import Warehouse, open_warehouse
from tests.homes.judged_home import fill_judged
from tests.homes.small_home import fill
from tests.questions.asked import ask, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with twelve training sets that grow by half an order of magnitude a year."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_first_line_is_the_crossing_year_with_its_interval(answer: Answer) -> None:
    """Two orders of magnitude at half an order a year are about four years after 2024."""
    assert "all public human text in early 2028 (80\u00a0% interval 20" in answer.first_line
    assert answer.first_line.endswith("if sets grow as they did up to 1 January 2023.")


def test_faster_growth_is_an_earlier_crossing_and_said_to_be_the_readers(home: Path) -> None:
    """At one order of magnitude a year it is two years, under the reader's assumptions."""
    first = ask(QUESTION, home, growth="1.0").first_line
    assert "in early 2026 (80\u00a0% interval" in first
    assert "under your assumptions (training sets up to 1 January 2023)" in first


def test_the_stock_and_the_growth_behind_it_are_told(answer: Answer) -> None:
    """Both have intervals, n and window; what is outside is named, and what would change it."""
    assert "trillion tokens (90 % interval" in answer.rests_on
    assert "12 training sets of 2012 to 2023 that grew by a factor of 3.2 a year" in answer.rests_on
    assert "synthetic" in answer.rests_on
    assert answer.would_change.startswith("Another growth of training sets above all")


def test_without_newer_sets_that_is_said(answer: Answer) -> None:
    """Nothing of a fit that has no sets."""
    assert "No newer set is known that is not among those of the paper." in words(answer)


def test_a_set_that_the_paper_holds_too_counts_once(tmp_path: Path) -> None:
    """By its day and its name, also where the paper adds to the name in brackets."""
    fill_judged(tmp_path)
    kept_by_hand = [("Set 3", date(2015, 1, 1)), ("set 1", date(2015, 1, 1)), ("set 4", date(2016, 1, 1))]
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("model_fact", _named_in_brackets(warehouse))
        for number, (name, day) in enumerate(kept_by_hand):
            known = {"series_id": f"training-set-{number}", "title": f"Size of the training set of {name}"}
            known |= {"unit": "words", "valid_on": day, "value": 1e9}
            for table_name in ("series", "series_point"):
                like = warehouse.frame(f"SELECT * FROM {table_name} WHERE series_id = 'datawall-0-lower'")
                own = {column: pl.lit(known[column]) for column in known if column in like.columns}
                warehouse.insert(table_name, like.with_columns(**own))
        publish(warehouse, tmp_path / "snapshots")
    data = wall_data(view_of(tmp_path))
    assert data is not None
    assert data.of("newer")["title"].to_list() == ["set 1"]
    assert data.of("newer").select("tokens", "counted_in").row(0) == (0.8e9, "words, 0.8 tokens each")
    assert data.of("paper").height == 13


def _named_in_brackets(warehouse: Warehouse) -> pl.DataFrame:
    like = warehouse.frame("SELECT * FROM model_fact WHERE model_name = 'set 3'")
    return like.with_columns(model_name=pl.lit("set 4 (large)"), valid_on=pl.lit(date(2016, 1, 1)))


def test_every_assumption_has_its_year(answer: Answer) -> None:
    """The stated variants stand beside the history; the reader's own only where they differ."""
    rows = _years(answer)
    assert rows["assumption"].to_list() == [
        "History of training sets only",
        "The stock does not grow",
        "Half of the draws follow training compute",
        "Over-trained 5 times",
        "Over-trained 100 times",
    ]
    assert rows["year"].null_count() == 0


def test_the_readers_assumptions_stand_first_where_they_differ(home: Path) -> None:
    """Their year in the chart is that of the first line."""
    rows = _years(ask(QUESTION, home, growth="1.0"))
    assert rows["assumption"][0] == "Your assumptions"
    assert f"{rows['year'][0]:.1f}" == "2026.0"


@pytest.mark.parametrize(
    ("given", "later"),
    [
        ({"stock": "10"}, True),
        ({"stock": "0.1"}, False),
        ({"over_training": "100"}, False),
        ({"epochs": "16"}, True),
    ],
)
def test_each_control_moves_the_year_its_way(home: Path, given: dict[str, str], later: bool) -> None:
    """More text, or more readings, is later; more tokens per parameter is earlier."""
    moved, usual = (_years(ask(QUESTION, home, **words))["year"][0] for words in (given, {}))
    assert (moved > usual) is later


def test_controls_become_the_choices_of_the_forecast() -> None:
    """Each control is one choice; the defaults are the history of training sets alone."""
    assert choices_of(WallControls()) == WallChoices()
    moved = WallControls("2", "0.3", "10", "4", 0.5, False)
    assert choices_of(moved) == WallChoices(2.0, False, 0.3, 10.0, 4.0, 0.5)


@pytest.mark.parametrize(
    ("given", "value"), [({"epochs": "as drawn"}, "as-drawn"), ({"growth": "history"}, "history")]
)
def test_words_of_older_links_are_understood(home: Path, given: dict[str, str], value: str) -> None:
    """Addresses held the words that readers saw."""
    controls = must_read(QUESTION.controls, view_of(home), {name: [word] for name, word in given.items()})
    assert value in dict(written(controls)).values()


@pytest.mark.parametrize("given", [{"compute": "1.1"}, {"compute": "-0.1"}, {"epochs": "0"}, {"stock": "0"}])
def test_impossible_assumptions_are_refused_in_words(home: Path, given: dict[str, str]) -> None:
    """No share beyond one, no text read less than once, no stock of nothing."""
    with pytest.raises(ControlError, match="cannot be used; it takes"):
        ask(QUESTION, home, **given)


def test_before_enough_training_sets_no_year_is_given(home: Path) -> None:
    """With a date on which too few sets were published the first line says how many."""
    first = ask(QUESTION, home, as_of="2020-01-01").first_line
    assert first == (
        "As of 1 January 2020 it cannot be told when training sets meet the stock of public human text: "
        "9 training sets are too few."
    )


def test_a_past_date_is_read_with_what_is_known_now(home: Path) -> None:
    """Sets were first seen in July 2024: before, those released by then are shown, and that is said."""
    caveat = ask(QUESTION, home, as_of="2023-06-30").caveat
    assert caveat.startswith(
        "The archive does not reach back to 30 June 2023: shown are training sets released"
    )


def test_sets_known_before_the_ranges_are_read_with_the_ranges_of_now(tmp_path: Path) -> None:
    """Between the day of the sets and that of the ranges there is an answer, and its caveat."""
    fill_judged(tmp_path, ranges_on=datetime(2025, 7, 1, tzinfo=UTC))
    answer = ask(QUESTION, tmp_path, as_of="2025-01-01")
    assert "in early 2028" in answer.first_line
    assert answer.caveat.startswith("The archive does not reach back to 1 January 2025")


def test_without_sets_the_question_says_so(tmp_path: Path) -> None:
    """A home without training sets has no answer."""
    fill(tmp_path)
    answer = ask(QUESTION, tmp_path)
    assert not answer.known
    assert answer.first_line.startswith("No data yet: no sizes of training sets")


def test_the_variants_are_put_off(answer: Answer) -> None:
    """The crossing and its chart are there before the other forecasts; the ranges stand behind a line."""
    put_off = [name for block in answer.blocks if isinstance(block, Later) for name in block.charts]
    assert put_off == ["crossing-years"]
    assert [chart.name for chart in charts_of(answer)] == ["data-wall", "crossing-years"]
    assert table(answer, "parameters").height == 8


def test_what_the_paper_published_stands_last(tmp_path: Path) -> None:
    """With its own interval, where its year is among the ranges."""
    fill_judged(tmp_path)
    published = {"value": 2028.0, "low": 2026.0, "high": 2032.0, "series_id": "datawall-published"}
    title = "year when the largest training sets equal the stock (published)"
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        for name in ("series", "series_point"):
            like = warehouse.frame(f"SELECT * FROM {name} WHERE series_id = 'datawall-0-lower'")
            known = published | {"title": title}
            own = {column: pl.lit(known[column]) for column in known if column in like.columns}
            warehouse.insert(name, like.with_columns(**own))
        publish(warehouse, tmp_path / "snapshots")
    last = _years(ask(QUESTION, tmp_path)).row(-1, named=True)
    assert (last["assumption"], last["year"]) == ("The paper of June 2024", 2028.0)
    assert (last["low"], last["high"]) == (2026.0, 2032.0)


def _years(answer: Answer) -> pl.DataFrame:
    chart = chart_named(answer, "crossing-years")
    assert chart is not None
    return chart.rows
