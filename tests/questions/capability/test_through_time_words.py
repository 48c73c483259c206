"""What is said beside the front as it plays: the best, a round score below it, and a year before."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.capability.front_through_time import Moment
from questions.capability.through_time_words import cheaper_before, moment, title

THEN, NOW = date(2025, 6, 30), date(2026, 6, 30)


def front(on: date, *marks: tuple[str, float, float]) -> Moment:
    """A front of models by rising cost and value."""
    names = ["title", "value", "cost"]
    models = pl.DataFrame(list(marks), names, orient="row")
    return Moment(on, models.with_columns(model_id="title", on_front=pl.lit(value=True)))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (
            front(THEN, ("A", 0.5, 10.0)),
            front(NOW, ("B", 0.5, 2.0), ("C", 0.9, 20.0)),
            "50.0\u00a0% on GPQA, the best in June 2025, cost $10 then and $2 in June 2026",
        ),
        (
            front(THEN, ("A", 0.5, 10.0)),
            front(NOW, ("B", 0.6, 10.0), ("C", 0.9, 20.0)),
            "The best priced score on GPQA went from 50.0\u00a0% in June 2025 to 90.0\u00a0% in June 2026",
        ),
        (
            front(THEN, ("A", 0.5, 10.0)),
            front(NOW, ("B", 0.4, 1.0)),
            "The best priced score on GPQA went from 50.0\u00a0% in June 2025 to 40.0\u00a0% in June 2026",
        ),
        (
            front(THEN, ("A", 0.5, 10.0)),
            front(NOW, ("A", 0.5, 10.0)),
            "The best priced score on GPQA was 50.0\u00a0% in June 2025 and in June 2026",
        ),
    ],
    ids=["cheaper", "as dear", "no longer reached", "the same"],
)
def test_the_title_says_what_the_first_best_costs_where_it_got_cheaper(
    first: Moment, last: Moment, said: str
) -> None:
    """Else how far the best score went."""
    assert title(first, last, "GPQA", "fraction") == said


@pytest.mark.parametrize(
    ("last", "before", "said"),
    [
        (front(NOW, ("B", 0.5, 2.0)), None, ""),
        (front(NOW, ("B", 0.5, 2.0)), front(THEN, ("C", 0.6, 2.0)), ""),
        (front(NOW, ("B", 0.5, 2.0)), front(THEN, ("C", 0.4, 1.0)), ""),
        (
            front(NOW, ("B", 0.5, 2.0)),
            front(THEN, ("C", 0.6, 1.0)),
            "In June 2025 C reached the level of June 2025 for $1, less than any model did in June 2026: by "
            "then no such price of it was known.",
        ),
        (
            front(NOW, ("B", 0.5, 2.0), ("C", 0.6, 3.0)),
            front(THEN, ("C", 0.6, 1.0)),
            "In June 2025 C reached the level of June 2025 for $1, less than any model did in June 2026: by "
            "then it cost $3.",
        ),
    ],
    ids=["no year before", "as cheap", "below the level", "gone", "dearer"],
)
def test_who_reached_the_level_for_less_a_year_before_is_named(
    last: Moment, before: Moment | None, said: str
) -> None:
    """Where the dashed line lies left of what the title says."""
    assert cheaper_before(front(THEN, ("A", 0.5, 10.0)), last, before) == said


BEST = "30 June 2026: the best priced model on GPQA is C, 90.0\u00a0% for $20."


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (
            front(NOW, ("A", 0.7, 1.0), ("B", 0.8, 2.0), ("C", 0.9, 20.0)),
            None,
            f"{BEST} 80\u00a0% or more: $2, B.",
        ),
        (front(NOW, ("A", 0.79, 1.0), ("C", 0.9, 20.0)), None, BEST),
        (
            front(NOW, ("A", 0.79, 1.0), ("C", 0.9, 20.0)),
            front(THEN, ("A", 0.79, 5.0)),
            f"{BEST} The best of twelve months before, 79.0\u00a0%, cost $5 then and $1 on this day.",
        ),
        (
            front(NOW, ("C", 0.9, 20.0)),
            front(THEN, ("D", 0.95, 50.0)),
            f"{BEST} The best of twelve months before, 95.0\u00a0%, has no price known on this day.",
        ),
    ],
    ids=["a round score", "only the best reaches it", "a year before", "no priced model reaches it"],
)
def test_a_moment_has_its_best_a_round_score_and_the_best_of_a_year_before(
    now: Moment, before: Moment | None, said: str
) -> None:
    """The round score lies below the best, and another model than the best reaches it."""
    assert moment(now, before, "GPQA", "fraction") == said


def test_only_shares_have_round_scores() -> None:
    """Below one half none is told either."""
    now = front(NOW, ("A", 0.8, 1.0), ("C", 140.0, 20.0))
    assert moment(now, None, "the index", "points") == (
        "30 June 2026: the best priced model on the index is C, 140.0 points for $20."
    )
    low = front(NOW, ("A", 0.3, 1.0), ("C", 0.5, 20.0))
    assert moment(low, None, "GPQA", "fraction").endswith("50.0\u00a0% for $20.")
