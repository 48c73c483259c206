"""The Pareto front of score and cost, and how far it moved between two dates."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.capability.front_movement import FrontVerdict, _Field, front_movement
from analysis.capability.frontier import Scope
from analysis.capability.pareto import CostBasis, pareto_front, undominated, with_cost

THEN, NOW = date(2024, 12, 31), date(2025, 12, 31)


def priced(*rows: tuple[str, date, float, float | None], stderr: float | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "model_id": name,
                "organization": name[0],
                "released_on": day,
                "value": value,
                "stderr": stderr,
                "open_weights": None,
                "cost": cost,
            }
            for name, day, value, cost in rows
        ],
        schema_overrides={"stderr": pl.Float64, "open_weights": pl.Boolean, "cost": pl.Float64},
    )


OLD = date(2024, 6, 1)
NEW = date(2025, 6, 1)


def test_front_holds_the_undominated_models_by_cost() -> None:
    """On the front is each model that no other equals or betters on both counts; dearer and worse is off."""
    models = priced(
        ("a", OLD, 40, 1), ("b", OLD, 60, 10), ("c", OLD, 39, 2), ("d", OLD, 60, 20), ("e", NEW, 90, 1)
    )
    assert pareto_front(models, THEN).points["model_id"].to_list() == ["a", "b"]
    assert pareto_front(models, NOW).points["model_id"].to_list() == ["e"]


def test_equal_models_share_their_place() -> None:
    """Two models of the same score and cost are both on the front."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 40, 1), ("c", OLD, 40, 2))
    assert pareto_front(models, NOW).points["model_id"].to_list() == ["a", "b"]


def test_unpriced_models_are_listed_never_free() -> None:
    """No cost and a cost of zero both mean not recorded: such a model is named, not put at the left end."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 60, 0), ("c", OLD, 70, None))
    front = pareto_front(models, NOW)
    assert front.points["model_id"].to_list() == ["a"]
    assert front.left_out.rows() == [("b", "unpriced"), ("c", "unpriced")]


def test_models_within_error_of_the_front_are_told_apart_from_those_clearly_behind() -> None:
    """Two points behind with errors of two is within error, twenty behind is not."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 38, 2), ("c", OLD, 20, 2), stderr=2.0)
    front = pareto_front(models, NOW)
    assert front.within_error["model_id"].to_list() == ["b"]


def test_without_known_error_no_model_is_near_the_front() -> None:
    """An unknown error is not taken as a large one."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 39.9, 2))
    assert pareto_front(models, NOW).within_error.is_empty()


def test_undominated_agrees_with_comparing_every_pair() -> None:
    """On random points with many ties the fast rule is the definition."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        cost, value = rng.integers(1, 8, 20).astype(float), rng.integers(1, 8, 20).astype(float)
        beaten = [
            any(
                cost[j] <= cost[i] and value[j] >= value[i] and (cost[j] < cost[i] or value[j] > value[i])
                for j in range(20)
            )
            for i in range(20)
        ]
        np.testing.assert_array_equal(undominated(cost, value), ~np.array(beaten))


def test_cost_bases_read_their_own_columns() -> None:
    """Blended 3:1 unless said otherwise, output only, per task, whole run; zero and missing are null."""
    models = pl.DataFrame(
        {
            "input_usd_per_mtok": [3.0, None],
            "output_usd_per_mtok": [15.0, 60.0],
            "cost_per_task_usd": [0.02, 0.0],
            "cost_of_run_usd": [3.63, None],
        }
    )
    assert with_cost(models, CostBasis.BLENDED_LIST_PRICE)["cost"].to_list() == [6.0, None]
    assert with_cost(models, CostBasis.OUTPUT_LIST_PRICE)["cost"].to_list() == [15.0, 60.0]
    assert with_cost(models, CostBasis.MEASURED_PER_TASK)["cost"].to_list() == [0.02, None]
    assert with_cost(models, CostBasis.MEASURED_RUN)["cost"].to_list() == [3.63, None]


def shifted_front(copies: int = 1) -> pl.DataFrame:
    """The old front gives 10 points a tenfold of cost; the new one 5 points more, or 10^0.5 times cheaper."""
    costs = [0.1, 1.0, 10.0]
    old = [(f"o{i}", OLD, 40.0 + 10 * i, cost) for i, cost in enumerate(costs)]
    new = [(f"n{i}", NEW, 35.0 + 10 * i, 0.01 * 10**i) for i in range(5)]
    return priced(*((f"{name}-{copy}", *rest) for name, *rest in (*old, *new) for copy in range(copies)))


def test_a_shift_of_the_front_is_measured_both_ways() -> None:
    """A front moved up by 5 points at 10 points a tenfold cost costs 10^0.5 times less at equal score."""
    models = shifted_front()
    moved = front_movement(models, models, THEN, NOW, seed=0, draws=50)
    assert moved.points_gained is not None
    assert moved.points_gained.value == pytest.approx(5.0)
    assert moved.cost_ratio is not None
    assert moved.cost_ratio.value == pytest.approx(10**0.5)
    assert moved.costs is not None
    assert (moved.costs.low, moved.costs.high) == pytest.approx((0.1, 10.0))
    assert moved.scores is not None
    assert (moved.scores.low, moved.scores.high) == (40.0, 60.0)
    assert (moved.n_earlier, moved.n_later, moved.n_without_stderr) == (3, 8, 8)


def test_nothing_new_is_no_movement() -> None:
    """Without a new model both measures are nil and the verdict claims nothing."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 60, 10), stderr=1.0)
    still = front_movement(models, models, THEN, NOW, seed=0, draws=50)
    assert still.points_gained is not None
    assert still.points_gained.value == 0.0
    assert still.cost_ratio is not None
    assert still.cost_ratio.value == 1.0
    assert still.verdict is FrontVerdict.NOT_DISTINGUISHABLE


def test_a_price_cut_alone_moves_the_front() -> None:
    """With the costs of each date a halved price is a cost ratio of two at the same score."""
    then = priced(("a", OLD, 40, 1), ("b", OLD, 60, 10))
    now = then.with_columns(pl.col("cost") / 2)
    moved = front_movement(then, now, THEN, NOW, seed=0, draws=50)
    assert moved.cost_ratio is not None
    assert moved.cost_ratio.value == pytest.approx(2.0)


def test_a_dear_new_model_alone_gains_nothing_at_equal_cost() -> None:
    """What only a larger purse can buy is no gain for those who paid the earlier costs."""
    models = priced(("a", OLD, 40, 1), ("b", OLD, 60, 10), ("z", NEW, 90, 1000))
    moved = front_movement(models, models, THEN, NOW, seed=0, draws=20, scope=Scope())
    assert moved.costs is not None
    assert moved.costs.high == pytest.approx(10.0)
    assert moved.points_gained is not None
    assert moved.points_gained.value == pytest.approx(0.0)


def test_fronts_that_share_nothing_are_not_compared() -> None:
    """A later front that is dearer and worse throughout leaves no equal cost and no equal score."""
    moved = front_movement(priced(("a", OLD, 60, 1)), priced(("b", NEW, 50, 5)), THEN, NOW, seed=0, draws=20)
    assert moved.points_gained is None
    assert moved.cost_ratio is None
    assert moved.verdict is FrontVerdict.NOT_COMPARABLE


def test_same_seed_same_interval() -> None:
    """Randomness comes in by the seed alone."""
    models = shifted_front()
    first, again = (front_movement(models, models, THEN, NOW, seed=5, draws=40) for _ in range(2))
    assert first == again
    assert first != front_movement(models, models, THEN, NOW, seed=6, draws=40)


def test_dates_in_the_wrong_order_are_refused() -> None:
    """A movement runs forward in time."""
    with pytest.raises(ValueError, match="must come after"):
        front_movement(shifted_front(), shifted_front(), NOW, THEN, seed=0)


def test_a_date_without_priced_models_is_an_error_in_words() -> None:
    """The error says which date has no front."""
    with pytest.raises(ValueError, match="a cost was released by 2020-01-01"):
        front_movement(shifted_front(), shifted_front(), date(2020, 1, 1), NOW, seed=0)


def noisy_world(rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sixty models under a frontier that rises 10 points a year: as they are, and as they are measured."""
    day = rng.uniform(0, 730, 60).astype(int)
    log_cost = rng.uniform(-2, 3, 60)
    true = 40 + 8 * log_cost + 10 * day / 365 - rng.exponential(10, 60)
    start = date(2024, 1, 1).toordinal()
    days = [date.fromordinal(start + int(number)) for number in day]
    names = [f"m{number:02}" for number in range(60)]
    measured = true + rng.normal(0, 1.5, 60)
    as_is, seen = (
        priced(*zip(names, days, value, np.exp(log_cost), strict=True), stderr=1.5)
        for value in (true, measured)
    )
    return as_is, seen


def test_intervals_cover_the_movement_of_the_true_front() -> None:
    """With noisy scores the 90 % intervals hold the noise-free fronts' movement at least so often."""
    rng = np.random.default_rng(0)
    covered: list[bool] = []
    for seed in range(40):
        as_is, seen = noisy_world(rng)
        truth = front_movement(as_is, as_is, THEN, NOW, seed=seed, draws=1)
        told = front_movement(seen, seen, THEN, NOW, seed=seed, draws=100)
        for true, estimate in (
            (truth.points_gained, told.points_gained),
            (truth.cost_ratio, told.cost_ratio),
        ):
            assert true is not None
            assert estimate is not None
            assert estimate.interval is not None
            covered.append(estimate.interval.holds(true.value))
    assert np.mean(covered) >= 0.90


def test_a_model_that_is_drawn_once_is_there() -> None:
    """Left out are those that the draw of models left out; values move by the noise of their place."""
    field = _Field(np.array([0, 2, 1]), np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0]))
    drawn = field.drawn(np.array([1, 0, 2]), np.array([0.5, 9.0, -1.0]))
    assert drawn.place.tolist() == [0, 2]
    assert drawn.log_cost.tolist() == [1.0, 2.0]
    assert drawn.value.tolist() == [10.5, 19.0]
