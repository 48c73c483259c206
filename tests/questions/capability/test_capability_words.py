"""What the question of capability says of results: costs that are not the maker's own are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from analysis.capability.pareto import CostBasis, pareto_front
from questions.capability.words import (
    first_line,
    of_costs,
    of_lapsed,
    of_moving,
    of_publication,
    rests_on,
    unpriced,
)
from questions.scores import Scores
from questions.view import KnownBy

ON = date(2026, 1, 1)
LISTED = CostBasis.BLENDED_LIST_PRICE
KNOWN = KnownBy(datetime(2026, 1, 1, tzinfo=UTC), ON)

MODELS = pl.DataFrame(
    {
        "model_id": ["a", "b", "c"],
        "value": [0.9, 0.8, 0.7],
        "cost": [10.0, 1.0, None],
        "released_on": [date(2025, 1, 1)] * 3,
        "seller": ["maker", "reseller", None],
        "organization": ["A", "B", "C"],
        "stderr": [0.01, 0.01, 0.01],
        "open_weights": [False, True, True],
    }
)


def titled(*values: float) -> pl.DataFrame:
    """The first models with these scores, with titles and without intervals."""
    return MODELS.head(len(values)).with_columns(
        value=pl.Series(values),
        title=pl.col("model_id").str.to_uppercase(),
        low=pl.lit(None, pl.Float64),
        high=pl.lit(None, pl.Float64),
    )


def test_a_price_at_a_host_is_no_makers_price() -> None:
    """Of two priced models one is sold by hosts only; the third has no cost at all."""
    front = pareto_front(MODELS, date(2026, 1, 1))
    priced = MODELS.filter(pl.col("cost") > 0)
    said = of_costs(priced, front, is_listed=True)
    assert said == "Left out: 1 model without such a cost; 1 at a host's price, since their maker lists none"
    assert of_costs(priced, front, is_listed=False) == "Left out: 1 model without such a cost"


@pytest.mark.parametrize(
    ("unpriced", "led", "near"),
    [
        (0.7, "led GPQA with", "; B came near for $1"),
        (0.9, "led GPQA with", "; B came near for $1"),
        (0.91, "led the priced models on GPQA with", ""),
    ],
)
def test_who_is_outdone_by_a_model_without_a_price_leads_the_priced(
    unpriced: float, led: str, near: str
) -> None:
    """As high is not higher; the runner-up is named where it comes near for less and there is room."""
    models = MODELS.with_columns(
        value=pl.Series([0.9, 0.89, unpriced]),
        title=pl.col("model_id").str.to_uppercase(),
        low=pl.Series([0.88, None, None]),
        high=pl.Series([0.92, None, None]),
    )
    said = first_line(pareto_front(models, date(2026, 1, 1)), models, "GPQA", "fraction", "On 1 May", LISTED)
    assert said == (
        f"On 1 May A {led} 90.0\u00a0% (90 % interval 88.0\u00a0% to 92.0\u00a0%) at $10 per million "
        f"tokens{near}."
    )


@pytest.mark.parametrize(
    ("values", "low", "high", "said"),
    [
        (
            (0.9, 0.5),
            0.88,
            0.92,
            "On 1 May A led GPQA with 90.0\u00a0% (90 % interval 88.0\u00a0% to 92.0\u00a0%) at $10 per "
            "million tokens.",
        ),
        ((0.9, 0.5), None, 0.92, "On 1 May A led GPQA with 90.0\u00a0% at $10 per million tokens."),
        ((0.9, 0.5), 0.88, None, "On 1 May A led GPQA with 90.0\u00a0% at $10 per million tokens."),
    ],
)
def test_the_best_has_its_interval_where_both_ends_are_known(
    values: tuple[float, float], low: float | None, high: float | None, said: str
) -> None:
    """And no runner-up where none comes near."""
    best = pl.col("value") == values[0]
    models = titled(*values).with_columns(
        low=pl.when(best).then(pl.lit(low, pl.Float64)), high=pl.when(best).then(pl.lit(high, pl.Float64))
    )
    assert first_line(pareto_front(models, ON), models, "GPQA", "fraction", "On 1 May", LISTED) == said


@pytest.mark.parametrize(
    ("highs", "said"),
    [
        ((0.87, 0.86), "at $10 per million tokens."),
        ((0.88, 0.86), "tokens; another ties with it within the intervals."),
        ((0.91, 0.89), "tokens; 2 others tie with it within the intervals."),
        ((None, 0.89), "tokens; another ties with it within the intervals."),
    ],
)
def test_who_may_be_as_good_as_the_best_is_counted(highs: tuple[float | None, float], said: str) -> None:
    """A lead within the intervals is no lead that can be told; where one is not known, nobody counts it.

    Nor is a model without a price counted: it is among the priced that the title of the chart counts too.
    """
    models = titled(0.9, 0.8, 0.7).with_columns(
        low=pl.Series([0.88, 0.7, 0.6]),
        high=pl.Series([0.92, *highs], dtype=pl.Float64),
        cost=pl.Series([10.0, 1.0, 0.5]),
    )
    line = first_line(pareto_front(models, ON), models, "GPQA", "fraction", "On 1 May", LISTED)
    assert line.endswith(said)
    untold = models.with_columns(low=pl.lit(None, pl.Float64))
    unpriced = models.with_columns(cost=pl.Series([10.0, None, None], dtype=pl.Float64))
    assert " tie" not in first_line(pareto_front(unpriced, ON), unpriced, "GPQA", "fraction", "On", LISTED)
    assert " tie" not in first_line(pareto_front(untold, ON), untold, "GPQA", "fraction", "On 1 May", LISTED)


@pytest.mark.parametrize(
    ("basis", "per"),
    [
        (CostBasis.BLENDED_LIST_PRICE, "$10 per million tokens"),
        (CostBasis.OUTPUT_LIST_PRICE, "$10 per million output tokens"),
        (CostBasis.MEASURED_RUN, "$10 for the run"),
        (CostBasis.MEASURED_PER_TASK, "$10 per task"),
    ],
)
def test_an_interval_has_its_level_and_a_cost_its_unit(basis: CostBasis, per: str) -> None:
    """Of ratings too: scores have intervals of one coverage."""
    models = titled(1400.0, 1200.0).with_columns(low=1390.0, high=pl.Series([1410.0, 1210.0]))
    line = first_line(pareto_front(models, ON), models, "the arena", "points", "On 1 May", basis)
    assert line == (
        f"On 1 May A led the arena with 1,400.0 points (90 % interval 1,390.0 to 1,410.0) at {per}."
    )


def test_what_the_front_rests_on_is_counted() -> None:
    """Models with score and cost, those on the front, and the newest release where one is known."""
    models = titled(0.9, 0.8)
    front = pareto_front(models, ON)
    assert rests_on(front, models, False) == (
        "2 models with a score and this cost, the newest released on 1 January 2025; 2 are on the front. "
        "Left out: 0 models without such a cost."
    )
    undated = models.with_columns(released_on=pl.lit(None, pl.Date))
    assert rests_on(front, undated, False).startswith("2 models with a score and this cost; 2 are on")


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (0, "Unpriced: 0 models with a score but without this cost"),
        (1, "Unpriced: 1 model with a score but without this cost"),
        (2, "Unpriced: 2 models with a score but without this cost"),
    ],
)
def test_models_without_a_cost_are_counted_in_the_right_number(left_out: int, said: str) -> None:
    """The same number stands in the notes."""
    costs = [1.0] + [None] * left_out
    models = pl.concat([MODELS.head(1)] * len(costs)).with_columns(
        model_id=pl.Series([f"m{place}" for place in range(len(costs))]),
        cost=pl.Series(costs, dtype=pl.Float64),
    )
    front = pareto_front(models, ON)
    assert unpriced(front) == said
    assert of_costs(models.head(1), front, is_listed=False) == (
        f"Left out: {left_out} model{'' if left_out == 1 else 's'} without such a cost"
    )


@pytest.mark.parametrize(
    ("moving", "said"),
    [
        ((False,), ""),
        (
            (True, False),
            "1 score stands under a moving name, so that the version is not known, and is left out.",
        ),
        (
            (True, True),
            "2 scores stand under a moving name, so that the version is not known, and are left out.",
        ),
    ],
)
def test_scores_under_a_moving_name_are_counted(moving: tuple[bool, ...], said: str) -> None:
    """Nothing is said where there are none."""
    assert of_moving(Scores(pl.DataFrame({"is_moving": moving}), KNOWN)) == said


@pytest.mark.parametrize(
    ("benchmark", "said"),
    [
        ({"published_on": date(2024, 1, 5), "publication_is_stated": True}, ""),
        ({"published_on": None, "publication_is_stated": False}, ""),
        (
            {"published_on": date(2024, 1, 5), "publication_is_stated": False},
            "No source dates this benchmark: it is shown from its first score on, 5 January 2024.",
        ),
    ],
)
def test_a_benchmark_that_nobody_dates_is_shown_from_its_first_score(
    benchmark: dict[str, object], said: str
) -> None:
    """Nothing is said of one that a source dates."""
    assert of_publication(benchmark) == said


def test_models_whose_price_ran_out_are_counted() -> None:
    """Those priced before and not now; nothing where all still are."""
    before, now = (pl.DataFrame({"model_id": names}) for names in (["a", "b", "c"], ["c", "d"]))
    assert of_lapsed(before, now, date(2026, 9, 26)) == (
        "2 models that had a price on 26 September 2026 count as unpriced: theirs is no longer confirmed."
    )
    assert of_lapsed(now, now, date(2026, 9, 26)) == ""
    assert of_lapsed(before.head(1), now, date(2026, 9, 26)) == (
        "1 model that had a price on 26 September 2026 counts as unpriced: its price is no longer confirmed."
    )


def test_one_model_is_told_in_the_singular() -> None:
    """Where all the others have no such cost."""
    models = titled(0.9)
    assert rests_on(pareto_front(models, ON), models, False).startswith(
        "1 model with a score and this cost, the newest released on 1 January 2025; 1 is on the front."
    )
