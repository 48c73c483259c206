"""Prices: the list price of each model beside its scores, and the last day of which prices can speak."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from questions.offers import (
    last_priced_day,
    last_read_day,
    of_priced_day,
    of_read_day,
    price_steps,
    with_list_prices,
)
from questions.view import View
from tests.homes.small_home import fill
from tests.questions.asked import view_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models, seven of them with a price; that of GPT-5 fell to half in March 2026."""
    folder = tmp_path_factory.mktemp("offers")
    fill(folder)
    return folder


def test_a_score_has_the_list_price_in_force(home: Path) -> None:
    """The newest by the day; a model without a price keeps its row and has none."""
    scores = pl.DataFrame({"model_id": ["gpt-5", "quiet-model"]})
    for on, price in ((date(2026, 2, 28), 3.5), (date(2026, 3, 1), 1.75)):
        found = with_list_prices(scores, price_steps(view_of(home), on))
        assert found["model_id"].to_list() == ["gpt-5", "quiet-model"]
        assert found["input_usd_per_mtok"].to_list() == [price, None]
    assert {"price_source_id", "price_held_from", "seller", "price_url"} <= set(found.columns)


def test_prices_answer_for_the_day_where_no_other_is_known(home: Path) -> None:
    """Of makers and of hosts."""
    day = date(2026, 9, 15)
    for hosts in (False, True):
        assert isinstance(last_priced_day(view_of(home), day, hosts=hosts), date)
        assert last_priced_day(view_of(home), day, hosts=hosts) <= day


@pytest.mark.parametrize(
    ("priced_on", "said"),
    [
        (
            date(2026, 9, 14),
            "List prices are those of 14 September 2026; later most were not confirmed for 60 days.",
        ),
        (date(2026, 9, 15), ""),
        (date(2026, 9, 16), ""),
    ],
)
def test_prices_of_an_earlier_day_are_said_to_be(priced_on: date, said: str) -> None:
    """Of the day itself nothing is said."""
    assert of_priced_day(priced_on, date(2026, 9, 15)) == said


@pytest.mark.parametrize(
    ("read_on", "priced_on", "expected"),
    [
        (date(2026, 8, 20), date(2026, 9, 15), date(2026, 8, 20)),
        (date(2026, 9, 20), date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 8, 20), date(2026, 8, 1), date(2026, 8, 1)),
        (None, date(2026, 8, 1), date(2026, 8, 1)),
        (None, None, date(2026, 9, 15)),
    ],
)
def test_after_the_last_reading_prices_are_those_of_its_day(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    read_on: date | None,
    priced_on: date | None,
    expected: date,
) -> None:
    """Never later than the day of which enough prices speak; the day itself where nothing is known."""
    told = pl.DataFrame({"last_confirmed_day": [priced_on], "last_reading_on": [read_on]})
    asked = View.ask

    def ask(view: View, query: str, *given: Any, **parameters: Any) -> pl.DataFrame:
        return told if query == "last_confirmed_day" else asked(view, query, *given, **parameters)

    monkeypatch.setattr(View, "ask", ask)
    assert last_read_day(view_of(home), date(2026, 9, 15)) == expected


def test_prices_of_the_last_reading_are_said_to_be() -> None:
    """Of the day itself nothing is said."""
    day = date(2026, 9, 15)
    assert of_read_day(date(2026, 9, 14), day) == (
        "List prices are those of 14 September 2026, when one was last read."
    )
    assert of_read_day(day, day) == ""
