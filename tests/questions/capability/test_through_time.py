"""The front through time shows on each day what the chart of that day shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from charts.capability.frontier_through_time import NAME
from questions.answer import charts_of
from questions.capability import through_time
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
    """Asked for all days at once, list prices are those that are in force on each day asked alone.

    Those of makers: the fronts of two days must differ by models and prices, not by whose lists were read.
    """
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
        drawn = rows("score-against-cost", front_on=f"{day}")
        alone = drawn.filter(seller="maker").select("model_id", "value", "cost")
        assert (
            film.filter(on=day)
            .select("model_id", "value", "cost")
            .sort("model_id")
            .equals(alone.sort("model_id"))
        )


@pytest.mark.parametrize("of_hosts", [1, 7], ids=["one model", "all models"])
def test_all_moments_are_at_the_prices_of_one_kind_of_seller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_hosts: int
) -> None:
    """A model that only hosts sell is left out, except where no maker lists a price at all."""
    fill(tmp_path)
    view = View(latest(tmp_path / "snapshots"), TODAY, TODAY, Ledger(tmp_path / "ledger.sqlite"))
    controls, _ = read(ASKED.controls, view, {})

    def film() -> set[str]:
        return next(
            set(c.rows["model_id"]) for c in charts_of(ASKED.answer(view, controls)) if c.name == NAME
        )

    models = sorted(film())
    asked = through_time._prices
    hosted = pl.col("model_id").is_in(models[:of_hosts])
    monkeypatch.setattr(
        through_time,
        "_prices",
        lambda *given: {
            day: rows.with_columns(is_makers=~hosted & pl.col("is_makers"))
            for day, rows in asked(*given).items()
        },
    )
    assert film() == set(models if of_hosts == len(models) else models[of_hosts:])
