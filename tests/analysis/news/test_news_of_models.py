"""News of models: a stated day, a stated month, a first listing; weights, price and index beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.news.models import new_models
from tests.analysis.news.rows import READ, row, said, table


def model(**known: Any) -> dict[str, Any]:
    """A row of news_models.sql: a model of which nothing but its day is known."""
    nothing = ("input_usd_per_mtok", "output_usd_per_mtok", "capability", "low", "high")
    return (
        row(
            released_on=date(2026, 8, 5),
            released_precision="day",
            released_basis="its maker's page",
            is_sighted=False,
            open_weights=False,
            **dict.fromkeys(nothing),
        )
        | known
    )


@pytest.mark.parametrize(
    ("known", "span"),
    [
        ({}, (None, date(2026, 8, 5))),
        ({"released_precision": "month"}, (date(2026, 7, 31), date(2026, 8, 31))),
        (
            {"released_on": date(2024, 2, 9), "released_precision": "month"},
            (date(2024, 1, 31), date(2024, 2, 29)),
        ),
        ({"released_precision": "year"}, None),
        ({"is_sighted": True}, (date(2026, 8, 1), date(2026, 8, 8))),
        ({"is_sighted": True, "read_before": None}, None),
    ],
    ids=["day", "month", "leap month", "year", "first listed", "in the first list"],
)
def test_a_model_is_news_of_the_days_on_which_it_may_have_come(
    known: dict[str, Any], span: tuple[date | None, date] | None
) -> None:
    """A month is all its days, a year is no news, and the first reading of a list says what there was."""
    found = [(item.happened_after, item.happened_on) for item in new_models(table(model(**known)))]
    assert found == ([span] if span else [])


@pytest.mark.parametrize(
    ("known", "changes"),
    [
        ({}, None),
        ({"open_weights": None}, None),
        ({"open_weights": True}, "Open weights."),
        (
            {"input_usd_per_mtok": 0.5, "output_usd_per_mtok": 2.0},
            "First price: $0.50 input and $2 output per million tokens.",
        ),
        ({"capability": 141.26}, "Capability index 141.3."),
        (
            {"capability": 141.26, "low": 140.0, "high": 143.0, "open_weights": True},
            "Open weights. Capability index 141.3 (90 % interval 140.0 to 143.0).",
        ),
    ],
)
def test_what_is_known_of_it_stands_beside(known: dict[str, Any], changes: str | None) -> None:
    """And nothing where nothing is known."""
    assert said(new_models(table(model(**known)))) == [("Quokka released Quokka 2.", changes)]


def test_a_model_that_a_list_shows_for_the_first_time_is_not_called_released() -> None:
    """Nobody has stated its day."""
    (found,) = new_models(table(model(is_sighted=True)))
    assert found.headline == "Quokka 2 by Quokka is listed for the first time."
    assert (found.known_at, found.model_id) == (READ, "quokka-2")
    assert found.evidence == "A list, its maker's page, between 1 August and 8 August 2026"
