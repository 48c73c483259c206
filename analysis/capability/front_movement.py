"""How far the Pareto front of score and cost moved between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.capability.frontier import EVERY_MODEL, Scope, contenders
from analysis.capability.pareto import undominated
from analysis.results import Estimate, Floats, Interval

_GRID = 101
_LEAST_SHARE_OF_DRAWS = 0.9


class FrontVerdict(Enum):
    """What can be said of the front at two dates."""

    MOVED = "moved"
    NOT_DISTINGUISHABLE = "not distinguishable"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class FrontMovement:
    """How far the front moved between two dates.

    `points_gained` at equal cost, `cost_ratio` (earlier cost over later) at equal score. Each is None
    where the two fronts share no cost, or no score; `costs` and `scores` are the ranges that they are
    averaged over. `n_without_stderr` models count as measured without error in the draws.
    """

    points_gained: Estimate | None
    cost_ratio: Estimate | None
    costs: Interval | None
    scores: Interval | None
    n_earlier: int
    n_later: int
    n_without_stderr: int
    from_on: date
    to_on: date
    verdict: FrontVerdict
    seed: int
    method: str


@dataclass(frozen=True, slots=True)
class _Field:
    """Models of one date: their places in the joint list of both dates, log cost and value, all (n,)."""

    place: NDArray[np.intp]
    log_cost: Floats
    value: Floats

    def drawn(self, times: NDArray[np.intp], noise: Floats) -> _Field:
        """The field with each model there or not, as drawn, and its value moved by its noise."""
        inside = times[self.place] > 0
        return _Field(self.place[inside], self.log_cost[inside], (self.value + noise[self.place])[inside])


@dataclass(frozen=True, slots=True)
class _Movement:
    """Points gained and log cost saved (NaN: nothing shared), and the ranges they are averaged over."""

    gained: float
    saved: float
    costs: Interval
    scores: Interval


def front_movement(
    earlier: pl.DataFrame,
    later: pl.DataFrame,
    from_on: date,
    to_on: date,
    seed: int,
    scope: Scope = EVERY_MODEL,
    draws: int = 1000,
    level: float = 0.90,
) -> FrontMovement:
    """Points gained at equal cost and cost ratio at equal score between the fronts of two dates.

    `earlier` and `later` are frames as for `pareto_front`, with the costs in force at each date (the same
    frame twice where costs do not change). Between its points a front is interpolated in log cost; beyond
    its dearest model it stays level, and a score below its cheapest model's is had at that model's cost
    (more money never buys less). Points gained are averaged over log cost, from the dearer of the two
    cheapest models to the earlier front's dearest; the cost ratio is the geometric mean over the scores of
    the earlier front.

    Intervals: percentile bootstrap. Each draw resamples the models, the same at both dates, and moves each
    value by its standard error. As a resampled front never lies outside the one that it comes from, they are
    wide rather than narrow. Raises ValueError when a date has no priced model or the dates are not in order.

    References: Deprins, Simar and Tulkens, Measuring labor-efficiency in post offices, 1984 (free disposal);
    Simar and Wilson, Sensitivity analysis of efficiency scores, Management Science 44, 1998 (bootstrap of
    fronts).
    """
    if from_on >= to_on:
        raise ValueError(f"the later date ({to_on}) must come after the earlier ({from_on})")
    before, after = _priced(earlier, from_on, scope), _priced(later, to_on, scope)
    listed = _listed(before, after)
    fields = _field(before, listed), _field(after, listed)
    found = _movement(*fields)
    error = listed["stderr"].fill_null(0.0).to_numpy()
    sample = _sample(fields, error, draws, np.random.default_rng(seed))
    gained, saved = _estimate(found.gained, sample[:, 0], level), _estimate(found.saved, sample[:, 1], level)
    return FrontMovement(
        points_gained=gained,
        cost_ratio=None if saved is None else _exponential(saved),
        costs=None if gained is None else found.costs,
        scores=None if saved is None else found.scores,
        n_earlier=before.height,
        n_later=after.height,
        n_without_stderr=listed["stderr"].null_count(),
        from_on=from_on,
        to_on=to_on,
        verdict=_verdict(gained, saved),
        seed=seed,
        method=f"fronts interpolated in log cost; {draws} draws of models and their errors",
    )


def _priced(models: pl.DataFrame, on: date, scope: Scope) -> pl.DataFrame:
    priced = contenders(models, on, scope, needs_cost=True).models
    if priced.is_empty():
        raise ValueError(f"no model with a value and a cost was released by {on} within {scope}")
    return priced


def _listed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """All models of either date with their standard error, the later frame's where both have one."""
    both = pl.concat([after.select("model_id", "stderr"), before.select("model_id", "stderr")])
    return both.unique("model_id", keep="first", maintain_order=True).sort("model_id")


def _field(models: pl.DataFrame, listed: pl.DataFrame) -> _Field:
    place = listed["model_id"].search_sorted(models["model_id"]).to_numpy().astype(np.intp)
    return _Field(place, np.log(models["cost"].to_numpy()), models["value"].to_numpy())


def _movement(before: _Field, after: _Field) -> _Movement:
    old_cost, old_value = _front(before)
    new_cost, new_value = _front(after)
    log_costs = float(max(old_cost[0], new_cost[0])), float(old_cost[-1])
    scores = float(old_value[0]), float(min(old_value[-1], new_value[-1]))
    cost, score = np.linspace(*log_costs, _GRID), np.linspace(*scores, _GRID)
    gain = np.interp(cost, new_cost, new_value) - np.interp(cost, old_cost, old_value)
    saving = np.interp(score, old_value, old_cost) - np.interp(score, new_value, new_cost)
    return _Movement(
        gained=float(gain.mean()) if log_costs[0] <= log_costs[1] else np.nan,
        saved=float(saving.mean()) if scores[0] <= scores[1] else np.nan,
        costs=Interval(float(np.exp(log_costs[0])), float(np.exp(log_costs[1])), level=1.0),
        scores=Interval(scores[0], scores[1], level=1.0),
    )


def _front(field: _Field) -> tuple[Floats, Floats]:
    """Log cost and value of the front, by rising cost; equal points once, as interpolation needs."""
    front = undominated(field.log_cost, field.value)
    cost, first = np.unique(field.log_cost[front], return_index=True)
    return cost, field.value[front][first]


def _sample(
    fields: tuple[_Field, _Field], stderr: Floats, draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Points gained and log cost saved of each draw, shape (draws, 2); NaN where nothing is shared."""
    n = len(stderr)
    sample = np.full((draws, 2), np.nan)
    for row in sample:
        times = np.bincount(rng.integers(0, n, n), minlength=n)
        noise = rng.normal(0.0, stderr)
        before, after = (field.drawn(times, noise) for field in fields)
        if len(before.place) and len(after.place):
            drawn = _movement(before, after)
            row[:] = drawn.gained, drawn.saved
    return sample


def _estimate(value: float, sample: Floats, level: float) -> Estimate | None:
    """None where there is no value; no interval where one draw in ten or more has none."""
    if np.isnan(value):
        return None
    told = sample[np.isfinite(sample)]
    if len(told) == 0 or len(told) < _LEAST_SHARE_OF_DRAWS * len(sample):
        return Estimate(value)
    low, high = np.percentile(told, [50 * (1 - level), 50 * (1 + level)])
    return Estimate(value, Interval(float(low), float(high), level))


def _exponential(log: Estimate) -> Estimate:
    interval = log.interval
    if interval is not None:
        interval = Interval(float(np.exp(interval.low)), float(np.exp(interval.high)), interval.level)
    return Estimate(float(np.exp(log.value)), interval)


def _verdict(gained: Estimate | None, saved: Estimate | None) -> FrontVerdict:
    """Moved, if either interval lies above no movement."""
    if gained is None and saved is None:
        return FrontVerdict.NOT_COMPARABLE
    told = [estimate.interval for estimate in (gained, saved) if estimate is not None]
    if any(interval is not None and (interval.low > 0 or interval.high < 0) for interval in told):
        return FrontVerdict.MOVED
    return FrontVerdict.NOT_DISTINGUISHABLE
