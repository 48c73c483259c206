"""The list of models: filters, order, and points per dollar."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.modellist import question
from questions.modellist.question import COLUMNS, QUESTION, SORTED_BY, columns_by, leaders
from questions.overview.question import QUESTION as OVERVIEW
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.homes.small_home import fill
from tests.questions.asked import ask, table, words


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models, one without a price."""
    folder = tmp_path_factory.mktemp("list")
    fill(folder)
    return folder


def test_filters_leave_what_is_known_to_pass(small: Path) -> None:
    """Open weights under a dollar: the one model that is both; it is said in the first line."""
    answer = ask(QUESTION, small, weights="open", price_cap="1")
    assert table(answer, "models")["model_id"].to_list() == ["deepseek-r1"]
    assert answer.first_line.startswith("1 model among open-weight models up to $1")


def test_the_order_is_part_of_the_address(small: Path) -> None:
    """By price the cheapest comes first, and what has none last."""
    ids = table(ask(QUESTION, small, sort="price"), "models")["model_id"].to_list()
    assert ids[0] == "deepseek-r1"
    assert ids[-1] == "quiet-model"


def test_each_price_says_when_it_was_last_confirmed(small: Path) -> None:
    """A model without a price has no such day."""
    rows = table(ask(QUESTION, small), "models").select("price_usd_per_mtok", "last_confirmed_on")
    assert rows["last_confirmed_on"].drop_nulls().len() > 0
    assert rows.filter(
        pl.col("price_usd_per_mtok").is_null() != pl.col("last_confirmed_on").is_null()
    ).is_empty()


def test_points_per_dollar_come_with_their_caveat(growth: Path) -> None:
    """Index over list price; the page says that the index has no zero."""
    answer = ask(QUESTION, growth)
    row = table(answer, "models").drop_nulls("index_per_dollar").row(0, named=True)
    assert row["index_per_dollar"] == pytest.approx(row["index"] / row["price_usd_per_mtok"])
    assert "The index has no zero" in words(answer)


@pytest.fixture(scope="module")
def growth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models with an index, and with prices but for the newest five."""
    folder = tmp_path_factory.mktemp("growth")
    fill_growth(folder)
    return folder


@pytest.mark.parametrize("word", SORTED_BY)
def test_each_order_is_by_its_column_and_then_by_id(growth: Path, word: str) -> None:
    """The best, newest, most or cheapest first, what is not known last."""
    rows = table(ask(QUESTION, growth, sort=word), "models")
    column, falling = SORTED_BY[word]
    assert falling is (word in {"index", "per-dollar", "released", "benchmarks"})
    known = rows.drop_nulls(column)
    assert rows.head(known.height).equals(known)
    ordered = sorted(known.select("model_id", column).iter_rows())
    ordered.sort(key=lambda row: row[1], reverse=falling)
    assert known["model_id"].to_list() == [model_id for model_id, _ in ordered]


def test_each_model_has_its_index_its_price_and_its_kind(growth: Path, small: Path) -> None:
    """The interval, the price of input and output, and its weights in a word."""
    (row,) = table(ask(QUESTION, growth), "models").filter(model_id="model-3").to_dicts()
    assert (row["low"], row["high"]) == pytest.approx((row["index"] - 2, row["index"] + 2))
    assert row["input_usd_per_mtok"] == row["output_usd_per_mtok"] == pytest.approx(26.78, abs=0.01)
    assert row["price_usd_per_mtok"] == pytest.approx(row["input_usd_per_mtok"])
    assert (row["weights"], row["kind_of_model"], row["benchmarks"]) == ("open", None, 2)
    weights = dict(table(ask(QUESTION, small), "models").select("model_id", "weights").iter_rows())
    assert (weights["gpt-5"], weights["deepseek-r1"]) == ("closed", "open")


def test_what_is_not_measured_is_counted_in_the_caveat(growth: Path, small: Path) -> None:
    """Models without an index, and without a price."""
    assert ask(QUESTION, growth).caveat == "0 of them have no index, 5 no list price in force."
    assert "8 of them have no index, 1 no list price in force." in ask(QUESTION, small).caveat


def test_where_no_model_passes_the_filters_are_named(small: Path, tmp_path: Path) -> None:
    """Before the first model none is known at all."""
    assert ask(QUESTION, small, maker="Google", weights="open").first_line.startswith(
        "No data yet: no model is known among Google open-weight models."
    )
    fill(tmp_path, with_rows=False)
    assert ask(QUESTION, tmp_path).first_line == "No data yet: no model is known as of this date."


def test_a_model_with_one_price_and_no_score_is_listed(tmp_path: Path) -> None:
    """One with neither is not."""
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        for name in ("model", "model_alias", "price"):
            row = warehouse.frame(f"SELECT * FROM {name} WHERE {NAMED_BY[name]} = 'o1'")
            for model in ("priced", "neither")[: 1 if name == "price" else 2]:
                own = {
                    column: pl.lit(model) for column in ("model_id", "model_name") if column in row.columns
                }
                warehouse.insert(name, row.with_columns(**own))
        publish(warehouse, tmp_path / "snapshots")
    ids = table(ask(QUESTION, tmp_path), "models")["model_id"].to_list()
    assert "priced" in ids
    assert "neither" not in ids


NAMED_BY = {"model": "model_id", "model_alias": "model_id", "price": "model_name"}


@pytest.mark.parametrize("word", SORTED_BY)
def test_what_the_rows_are_sorted_by_stands_beside_the_names(word: str) -> None:
    """On a telephone few columns are in sight: the answer's are, and none is lost."""
    column = SORTED_BY[word][0]
    shown = columns_by(column)
    assert list(shown)[: 1 + (column != "title")][-1] == column
    assert shown.keys() == COLUMNS.keys()


def test_an_index_stands_before_its_interval_and_a_telephone_shows_both() -> None:
    """The price begins in the 318 pixels that a telephone of 390 has beside the boxes to tick."""
    first = list(columns_by("index").items())[:4]
    assert [name for name, _ in first] == ["title", "index", "interval", "price_usd_per_mtok"]
    assert sum(column.width or 0 for _, column in first[:3]) <= 318 - 15


def test_no_heading_is_cut() -> None:
    """The letters of Streamlit's headings are seven pixels wide on average, beside margins of sixteen."""
    for column in COLUMNS.values():
        assert column.width is None or column.width >= 6.8 * len(column.label) + 16, column.label


def test_the_note_says_where_the_column_stands_that_it_explains(growth: Path) -> None:
    """Points per dollar stand far right, or beside the names where the rows are sorted by them."""
    assert "a column further right" in words(ask(QUESTION, growth))
    assert "a column further right" not in words(ask(QUESTION, growth, sort="per-dollar"))


def test_list_and_overview_tell_as_many_models_apart_from_the_leader(growth: Path) -> None:
    """The same rule and the same words on both pages."""
    listed, told = ask(QUESTION, growth).first_line, words(ask(OVERVIEW, growth))
    count = re.search(r"cannot be told apart from \d+ others?", listed)
    assert count
    assert f"which {count.group()}" in told


def test_filters_leave_none_to_lead(growth: Path) -> None:
    """Rows without an index have no leader."""
    rows = table(ask(QUESTION, growth), "models")
    nobody = rows.with_columns(index=pl.lit(None, pl.Float64))
    assert leaders(nobody, date(2030, 1, 1)).is_empty()
    assert leaders(rows, date(1990, 1, 1)).is_empty()


def test_a_model_that_the_index_lacks_is_told_only_where_it_is_listed(
    growth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note speaks of the rows that pass, not of all models."""
    spoken_of = []
    monkeypatch.setattr(question, "too_new", lambda _view, _beside, among: spoken_of.append(among) or "New.")
    answer = ask(QUESTION, growth)
    assert "New." in answer.caveat
    assert spoken_of[0].to_list() == table(answer, "models")["model_id"].to_list()
