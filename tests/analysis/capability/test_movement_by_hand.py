"""The movement of a front against loops over models and draws; frontier, scale and table at borders."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from analysis.capability.front_movement import (
    FrontVerdict,
    _estimate,
    _verdict,
    front_movement,
)
from analysis.capability.frontier import Scope, best_so_far, contenders
from analysis.capability.index_table import eligible_scores
from analysis.capability.pareto import CostBasis, pareto_front
from analysis.capability.scale import EPOCH_ANCHORS, Anchor, Scale, anchor_places, scale_through
from analysis.results import Estimate, Interval
from tests.analysis.capability.test_capability_table import grid
from tests.analysis.capability.test_frontier import field
from tests.analysis.capability.test_pareto import NEW, NOW, OLD, THEN, priced

Model = tuple[str, date, float, float]
MODELS: list[Model] = [
    ("a", OLD, 40.0, 1.0),
    ("b", OLD, 60.0, 10.0),
    ("c", OLD, 55.0, 3.0),
    ("d", NEW, 50.0, 0.5),
    ("e", NEW, 70.0, 8.0),
    ("f", NEW, 72.0, 40.0),
]
ERROR = 2.0


def front(models: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """(log cost, value) of those that none beats, by rising cost; equal ones once."""
    best = [
        one
        for one in models
        if not any(other[0] <= one[0] and other[1] >= one[1] and other != one for other in models)
    ]
    return sorted(set(best))


def read(line: list[tuple[float, float]], at: float) -> float:
    """Straight between points, level beyond both ends."""
    if at <= line[0][0]:
        return line[0][1]
    for (x0, y0), (x1, y1) in pairwise(line):
        if at <= x1:
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
    return line[-1][1]


def moved(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean gain over 101 log costs, mean saving over 101 scores; NaN where nothing is shared."""
    old, new = front(before), front(after)
    costs = max(old[0][0], new[0][0]), old[-1][0]
    scores = old[0][1], min(old[-1][1], new[-1][1])
    by_score = [[(value, cost) for cost, value in line] for line in (old, new)]
    gained, saved = math.nan, math.nan
    if costs[0] <= costs[1]:
        grid_of = [costs[0] + (costs[1] - costs[0]) * step / 100 for step in range(101)]
        gained = sum(read(new, at) - read(old, at) for at in grid_of) / 101
    if scores[0] <= scores[1]:
        grid_of = [scores[0] + (scores[1] - scores[0]) * step / 100 for step in range(101)]
        saved = sum(read(by_score[0], at) - read(by_score[1], at) for at in grid_of) / 101
    return gained, saved


def placed(models: list[Model]) -> list[tuple[float, float]]:
    return [(math.log(cost), value) for _, _, value, cost in models]


def test_gain_and_saving_and_both_intervals_are_those_of_drawn_models() -> None:
    """61 draws of models with replacement, the same at both dates, each moved by its error."""
    rng = np.random.default_rng(7)
    drawn = []
    for _ in range(61):
        times = np.bincount(rng.integers(0, 6, 6), minlength=6)
        noise = rng.normal(0.0, np.full(6, ERROR))
        kept = [
            (name, day, value + noise[place], cost)
            for place, (name, day, value, cost) in enumerate(MODELS)
            if times[place]
        ]
        before = [model for model in kept if model[1] == OLD]
        if before:
            drawn.append(moved(placed(before), placed(kept)))
    gained, saved = moved(placed(MODELS[:3]), placed(MODELS))
    frame = priced(*MODELS, stderr=ERROR)
    found = front_movement(frame, frame, THEN, NOW, seed=7, draws=61)
    assert found.points_gained is not None and found.points_gained.interval is not None
    assert found.cost_ratio is not None and found.cost_ratio.interval is not None
    assert found.points_gained.value == pytest.approx(gained)
    assert found.cost_ratio.value == pytest.approx(math.exp(saved))
    for interval, values, scale in (
        (found.points_gained.interval, [one for one, _ in drawn], float),
        (found.cost_ratio.interval, [other for _, other in drawn], math.exp),
    ):
        told = [value for value in values if not math.isnan(value)]
        assert len(told) >= 0.9 * 61
        low, high = np.percentile(told, [5, 95])
        assert (interval.low, interval.high, interval.level) == pytest.approx((scale(low), scale(high), 0.9))
    assert found.costs == Interval(pytest.approx(1.0), pytest.approx(10.0), level=1.0)  # type: ignore[arg-type]
    assert found.scores is not None
    assert (found.scores.low, found.scores.high, found.scores.level) == (40.0, 60.0, 1.0)
    assert (found.from_on, found.to_on, found.seed) == (THEN, NOW, 7)
    assert found.method == "fronts interpolated in log cost; 61 draws of models and their errors"
    assert (found.n_earlier, found.n_later, found.n_without_stderr) == (3, 6, 0)


@pytest.mark.parametrize(
    ("told", "draws", "interval"), [(9, 10, True), (8, 10, False), (0, 10, False), (10, 10, True)]
)
def test_an_interval_takes_nine_in_ten_draws_with_a_value(told: int, draws: int, interval: bool) -> None:
    """Without one the value stands alone; without a value there is no estimate."""
    sample = np.array([1.0] * told + [np.nan] * (draws - told))
    found = _estimate(1.0, sample, 0.9)
    assert found is not None
    assert (found.value, found.interval is not None) == (1.0, interval)
    assert _estimate(np.nan, sample, 0.9) is None
    assert _estimate(1.0, np.array([]), 0.9) == Estimate(1.0)


@pytest.mark.parametrize(
    ("gained", "saved", "verdict"),
    [
        ((0.1, 1.0), (-1.0, 1.0), FrontVerdict.MOVED),
        ((-1.0, 1.0), (0.1, 1.0), FrontVerdict.MOVED),
        ((-1.0, -0.1), (-1.0, 1.0), FrontVerdict.MOVED),
        ((0.0, 1.0), (-1.0, 0.0), FrontVerdict.NOT_DISTINGUISHABLE),
        (None, (0.1, 1.0), FrontVerdict.MOVED),
        ((0.1, 1.0), None, FrontVerdict.MOVED),
        (None, None, FrontVerdict.NOT_COMPARABLE),
    ],
)
def test_a_front_moved_where_either_interval_leaves_nought_out(
    gained: tuple[float, float] | None, saved: tuple[float, float] | None, verdict: FrontVerdict
) -> None:
    """One that touches it does not; a value without an interval tells nothing."""
    one, other = (None if ends is None else Estimate(0.5, Interval(*ends)) for ends in (gained, saved))
    assert _verdict(one, other) is verdict
    assert _verdict(Estimate(5.0), None) is FrontVerdict.NOT_DISTINGUISHABLE


def test_the_later_error_counts_and_an_unknown_one_is_none() -> None:
    """A model's error of the later date stands for both; those without are counted."""
    then = priced(*MODELS[:3], stderr=1.0)
    now = priced(*MODELS, stderr=None)
    assert front_movement(then, now, THEN, NOW, seed=1, draws=3).n_without_stderr == 6
    assert (
        front_movement(now, priced(*MODELS[:3], stderr=1.0), THEN, NOW, seed=1, draws=3).n_without_stderr == 0
    )
    with pytest.raises(ValueError, match="must come after"):
        front_movement(now, now, NOW, NOW, seed=1)


def test_a_thousand_draws_are_made_unless_asked_otherwise() -> None:
    """Of 90 %."""
    found = front_movement(priced(*MODELS[:2]), priced(*MODELS[:2]), THEN, NOW, seed=1)
    assert "1000 draws" in found.method
    assert found.points_gained is not None and found.points_gained.interval is not None
    assert found.points_gained.interval.level == 0.9


@pytest.mark.parametrize(("gap", "near"), [(1.6448 * 5, True), (1.6450 * 5, False)])
def test_a_model_is_near_the_front_within_the_error_of_the_gap(gap: float, near: bool) -> None:
    """Three and four make five, at 90 %; a dearer one that is better beats nobody."""
    models = priced(("a", OLD, 60.0, 1.0), ("b", OLD, 60.0 - gap, 1.0), ("z", OLD, 99.0, 50.0)).with_columns(
        stderr=pl.Series([3.0, 4.0, 0.1])
    )
    found = pareto_front(models, NOW)
    assert found.within_error["model_id"].to_list() == (["b"] if near else [])
    assert (found.n_models, found.on, found.level) == (3, NOW, 0.9)
    assert found.method == "undominated in value and cost; beaten clearly: gap beyond its 90 % interval"
    assert [basis.is_listed for basis in CostBasis] == [True, True, False, False]


@pytest.mark.parametrize(("gain", "separated"), [(1.6448 * 5, False), (1.6450 * 5, True)])
def test_a_record_is_separated_beyond_the_error_of_its_gain(gain: float, separated: bool) -> None:
    """And tied with the one before it up to there."""
    models = field(
        ("a", "A", date(2024, 1, 1), 40.0, 3.0, None, None),
        ("b", "B", date(2024, 2, 1), 40.0 + gain, 4.0, None, None),
    )
    found = best_so_far(models, NOW)
    assert found.steps["separated"].to_list() == [None, separated]
    assert found.ties["model_id"].to_list() == ([] if separated else ["a"])
    assert (found.n_models, found.on, found.level) == (2, NOW, 0.9)
    assert found.method == "best value by release date; ties: gap within the 90 % interval of a difference"


def test_a_cap_and_a_date_include_their_ends() -> None:
    """A price just at the cap; a release on the very day; a value that is no number is none."""
    models = field(
        ("a", "A", date(2024, 1, 1), 40.0, None, False, 5.0),
        ("b", "B", date(2024, 1, 2), 41.0, None, False, 5.01),
        ("c", "C", date(2024, 1, 3), math.nan, math.nan, False, 1.0),
        ("d", "D", date(2024, 1, 4), 50.0, None, False, 1.0),
    )
    found = contenders(models, date(2024, 1, 3), Scope(open_weights=False, price_cap=5.0))
    assert found.models["model_id"].to_list() == ["a"]
    assert found.left_out.rows() == [("c", "no value")]
    assert contenders(models, NOW, Scope(open_weights=True)).models.is_empty()


def test_equal_values_later_are_no_record_but_a_tie() -> None:
    """On the day on which it is overtaken a step has ended."""
    models = field(
        ("a", "A", date(2024, 1, 1), 40.0, None, None, None),
        ("b", "B", date(2024, 2, 1), 40.0, None, None, None),
        ("c", "C", date(2024, 3, 1), 41.0, None, None, None),
        ("d", "D", date(2024, 3, 1), 40.0, None, None, None),
    )
    found = best_so_far(models, NOW)
    assert found.steps["model_id"].to_list() == ["a", "c"]
    assert found.steps["to_on"].to_list() == [date(2024, 3, 1), None]
    assert found.ties.select("from_on", "model_id").rows() == [(date(2024, 1, 1), "b")]


LEFT_OUT = pl.DataFrame(
    {"kind": ["model", "benchmark"], "name": ["gone", "b"], "reason": ["1 benchmark that counts", "x"]}
)
IDS = pl.Series(["a", "b", "c-2024", "c-2025"])


@pytest.mark.parametrize(
    ("anchors", "message"),
    [
        ((Anchor("a", 1.0), Anchor("a", 2.0)), "two different anchor models"),
        ((Anchor("a", 1.0), Anchor("b", 1.0)), "with different points"),
        (
            (Anchor("a", 1.0), Anchor("gone", 2.0)),
            r"gone is not among the 4 models of the index \(it was left out, as it has 1 benchmark",
        ),
        (
            (Anchor("c", 1.0), Anchor("b", 2.0)),
            r"\(it has no usable score; models with longer names: c-2024, c-2025\): name an anchor that is",
        ),
    ],
)
def test_anchors_that_cannot_carry_a_scale_are_named(anchors: tuple[Anchor, Anchor], message: str) -> None:
    """With the reason, and what may have been meant."""
    with pytest.raises(ValueError, match=message):
        anchor_places(anchors, IDS, LEFT_OUT)


@pytest.mark.parametrize(
    ("latent", "scale"),
    [
        ([1.0, 3.0], Scale(120.0, 10.0)),
        ([3.0, 1.0], None),
        ([1.0, 1.0], None),
        ([-1.0, 4.0], Scale(134.0, 4.0)),
    ],
)
def test_the_scale_puts_both_anchors_on_their_points(latent: list[float], scale: Scale | None) -> None:
    """Points rise with ability; where the fit reverses them, or tells them not apart, there is no scale."""
    anchors = (Anchor("a", 130.0), Anchor("b", 150.0))
    places = anchor_places(anchors, IDS, LEFT_OUT)
    assert places.tolist() == [0, 1]
    found = scale_through(anchors, places, np.array([*latent, 9.0, 9.0]))
    assert (found is None) is (scale is None)
    if found is not None and scale is not None:
        assert (found.offset, found.gain) == pytest.approx((scale.offset, scale.gain))
        assert found.points(np.array(latent)).tolist() == pytest.approx([130.0, 150.0])
    down = scale_through((Anchor("a", 150.0), Anchor("b", 130.0)), places, np.array([3.0, 1.0]))
    assert down is not None
    assert down.gain == pytest.approx(10.0)
    assert [anchor.points for anchor in EPOCH_ANCHORS] == [130.0, 150.0]


@pytest.mark.parametrize(("models", "benchmarks", "kept"), [(5, 4, True), (4, 4, False), (5, 3, False)])
def test_five_models_of_four_benchmarks_are_an_index(models: int, benchmarks: int, kept: bool) -> None:
    """Fewer of either are none, and the message says how many are needed."""
    if kept:
        assert eligible_scores(grid(models, benchmarks)).scores.height == models * benchmarks
        return
    with pytest.raises(ValueError, match="at least 4 benchmarks and each benchmark at least 5 models"):
        eligible_scores(grid(models, benchmarks))


def test_where_less_is_better_the_ceiling_lies_below_chance() -> None:
    """The way is measured from chance all the same; a scale of no width is none."""
    rows = grid(5, 4).with_columns(score=100 - 80 * pl.col("score"), random_baseline=100.0, ceiling=20.0)
    assert eligible_scores(rows).scores["score"].to_list() == pytest.approx(grid(5, 4)["score"].to_list())
    flat = rows.with_columns(
        benchmark_id=pl.lit("flat"), random_baseline=pl.lit(1.0), ceiling=pl.lit(1.0)
    ).unique("model_id")
    left_out = eligible_scores(pl.concat([rows, flat])).left_out
    assert left_out.rows() == [("benchmark", "flat", "no chance level or no ceiling is known")]
