"""One way to name the unit of a price wherever a reader sees it: "$ per million tokens"."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from analysis.capability.pareto import CostBasis
from charts.parts.figure import Chart
from charts.parts.theme import Mode
from questions.answer import Column
from questions.modellist.question import COLUMNS
from questions.models.prices import HISTORY
from tests.charts.every_chart import EVERY

OTHERWISE = re.compile(r"\bUSD\b|\$ ?(/|per) ?Mtok")


@pytest.mark.parametrize("example", EVERY.values(), ids=[function.__name__ for function in EVERY])
def test_no_axis_names_it_otherwise(example: Callable[[], Chart]) -> None:
    """Neither by the currency's code nor by a unit of our own."""
    layout = example().draw(Mode.LIGHT).layout.to_plotly_json()
    titles = [
        axis["title"].get("text", "") for name, axis in layout.items() if "axis" in name and "title" in axis
    ]
    assert [title for title in titles if OTHERWISE.search(title)] == []


@pytest.mark.parametrize("columns", [COLUMNS, HISTORY], ids=["list", "history"])
def test_no_column_names_it_otherwise(columns: dict[str, Column]) -> None:
    """A heading is read alone."""
    prices = [column.label for name, column in columns.items() if name.endswith("_usd_per_mtok")]
    assert prices
    assert all(label.endswith("$ per million tokens") for label in prices)


def test_no_cost_names_it_otherwise() -> None:
    """The choices of what a score stands against."""
    assert [basis.value for basis in CostBasis if OTHERWISE.search(basis.value)] == []
