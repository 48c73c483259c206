"""The front through time shows on each day what the chart of that day shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from charts.capability.frontier_through_time import NAME
from questions.answer import charts_of
from questions.controls import read
from questions.registry import question_named
from questions.view import View
from store.ledger import Ledger
from store.snapshot import latest
from tests.homes.growth_home import fill_growth
from tests.homes.small_home import fill

TODAY = datetime.now(UTC).date()
ASKED = question_named("capability")


@pytest.mark.parametrize("fill_home", [fill, fill_growth])
def test_each_moment_has_the_models_and_costs_of_the_chart_of_its_day(
    tmp_path: Path, fill_home: Callable[[Path], object]
) -> None:
    """Asked for all days at once, list prices are those that are in force on each day asked alone."""
    fill_home(tmp_path)
    view = View(latest(tmp_path / "snapshots"), TODAY, TODAY, Ledger(tmp_path / "ledger.sqlite"))

    def rows(name: str, **words: str) -> pl.DataFrame:
        controls, problems = read(ASKED.controls, view, {key: [word] for key, word in words.items()})
        assert problems == ()
        return next(chart.rows for chart in charts_of(ASKED.answer(view, controls)) if chart.name == name)

    film = rows(NAME)
    days = film["on"].unique().sort()
    assert days.len() > 30
    for day in days.gather_every(5):
        alone = rows("score-against-cost", front_on=f"{day}").select("model_id", "value", "cost")
        assert (
            film.filter(on=day)
            .select("model_id", "value", "cost")
            .sort("model_id")
            .equals(alone.sort("model_id"))
        )
