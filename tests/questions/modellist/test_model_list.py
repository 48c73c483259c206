"""The list of models: filters, order, and points per dollar."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.modellist.question import QUESTION
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


def test_points_per_dollar_come_with_their_caveat(tmp_path: Path) -> None:
    """Index over list price; the page says that the index has no zero."""
    fill_growth(tmp_path)
    answer = ask(QUESTION, tmp_path)
    row = table(answer, "models").drop_nulls("index_per_dollar").row(0, named=True)
    assert row["index_per_dollar"] == pytest.approx(row["index"] / row["price_usd_per_mtok"])
    assert "The index has no zero" in words(answer)
