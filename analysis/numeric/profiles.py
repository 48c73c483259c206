"""Profile-likelihood intervals of a fitted curve's parameters, all ends sought in step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.numeric.batch_fit import best_of, fit_batch
from analysis.numeric.curve_fit import FittedCurve, Series
from analysis.numeric.curve_starts import starts_for
from analysis.results import Floats, Interval

LEVEL = 0.90
WIDENING = 1.6
MOST_STEPS_OUT = 60
MOST_ROUNDS = 60
MOST_VALLEYS = 5

PLACE_TOLERANCE = 1e-7
RISE_TOLERANCE = 1e-8
"""Relative tolerances of the end of an interval, and of the rise of the profile there."""

LOWER = 1e-6
"""Share by which a rise must be lower to count as that of another valley."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """The ends that are sought: of which parameter, shape (B,), and below (-1) or above (1), shape (B,)."""

    fit: FittedCurve
    series: Series
    index: NDArray[np.intp]
    direction: Floats

    def take(self, rows: NDArray[np.intp]) -> _Sides:
        return _Sides(self.fit, self.series, self.index[rows], self.direction[rows])


@dataclass(frozen=True, slots=True)
class _Profile:
    """One point on each profile: places (B,), best parameters there (B, p), sums of squares (B,)."""

    place: Floats
    parameters: Floats
    residual_ss: Floats

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> _Profile:
        return _Profile(self.place[rows], self.parameters[rows], self.residual_ss[rows])

    def put(self, rows: NDArray[np.intp], other: _Profile) -> None:
        self.place[rows], self.parameters[rows] = other.place, other.parameters
        self.residual_ss[rows] = other.residual_ss


def profile_intervals(
    fit: FittedCurve, series: Series, parameters: tuple[str, ...], level: float = LEVEL
) -> tuple[Interval, ...]:
    """Profile-likelihood intervals of parameters, in their order, with all ends sought as one batch.

    A parameter is moved away from its estimate, all others re-fitted, until the sum of squares has grown by
    the factor 1 + t^2 / (n - p), t being Student's quantile. An end at which the data still do not object is
    infinite.

    References: Bates and Watts (1988), Nonlinear Regression Analysis, chapter 6.
    """
    freedom = fit.n - fit.box.free
    highest = fit.residual_ss * (1 + float(stats.t.ppf(0.5 + level / 2, freedom)) ** 2 / freedom)
    index = np.repeat([fit.curve.index(parameter) for parameter in parameters], 2)
    ends = _ends(_Sides(fit, series, index, np.tile([-1.0, 1.0], len(parameters))), highest)
    return tuple(Interval(float(low), float(high), level) for low, high in ends.reshape(-1, 2))


def _ends(sides: _Sides, highest: float) -> Floats:
    """Where each profile crosses `highest`, shape (B,), or infinity where it never does.

    A crossing is followed along one valley of the sum of squares. If a fit from afresh finds a lower valley
    there, that place lies inside, and the search goes on from it.
    """
    inside, outside, crossed = _bracketed(sides, highest)
    # Where a perfect fit has no room to grow the crossing is where it stands.
    ends = np.where(crossed, inside.place, sides.direction * np.inf)
    sought = np.flatnonzero(crossed & (inside.residual_ss < highest))
    for _ in range(MOST_VALLEYS):
        if not len(sought):
            break
        asked = sides.take(sought)
        found = _crossing(asked, inside.take(sought), outside.take(sought), highest)
        ends[sought] = found.place
        afresh = _profile(asked, found.place, _starts_afresh(asked))
        lower = _rise(asked, afresh.residual_ss) < (1 - LOWER) * _rise(asked, np.array(highest))
        sought = sought[lower]
        inside.put(sought, afresh.take(lower))
    return ends


def _bracketed(sides: _Sides, highest: float) -> tuple[_Profile, _Profile, NDArray[np.bool_]]:
    """The last places inside, the first outside, and whether there were such, from steps that widen.

    The steps go from the estimate outwards until the profile exceeds `highest` or meets the wall of the box.
    """
    fit, index, direction = sides.fit, sides.index, sides.direction
    size = len(index)
    centre = fit.parameters[index]
    wall = np.where(direction < 0, fit.box.low[index], fit.box.high[index])
    distance = np.array([_first_distance(fit, sides.series, int(each)) for each in index])
    inside = _Profile(centre.copy(), np.tile(fit.parameters, (size, 1)), np.full(size, fit.residual_ss))
    outside, crossed, going = inside.take(np.arange(size)), np.zeros(size, bool), np.arange(size)
    for _ in range(MOST_STEPS_OUT):
        if not len(going):
            break
        ahead = centre[going] + direction[going] * distance[going]
        at_wall = direction[going] * (ahead - wall[going]) >= 0
        ahead = np.where(at_wall, wall[going], ahead)
        asked = sides.take(going)
        starts = np.concatenate([inside.parameters[going][:, None], _starts_afresh(asked)], axis=1)
        tried = _profile(asked, ahead, starts)
        beyond = tried.residual_ss > highest
        crossed[going] = beyond
        outside.put(going[beyond], tried.take(beyond))
        on = ~beyond & ~at_wall
        going = going[on]
        inside.put(going, tried.take(on))
        distance[going] *= WIDENING
    return inside, outside, crossed


def _crossing(sides: _Sides, inside: _Profile, outside: _Profile, highest: float) -> _Profile:
    """Where each profile crosses `highest` between two places, by regula falsi on its rise.

    References: Anderson and Bjoerck (1973), A new high order method of regula falsi type for computing a root
    of an equation, BIT 13.
    """
    target = float(_rise(sides, np.array(highest)))
    close = PLACE_TOLERANCE * np.maximum(1.0, np.abs(outside.place))
    going, found = np.arange(len(close)), outside.take(np.arange(len(close)))
    kept, newest = inside, outside
    at_kept, at_newest = (_rise(sides, end.residual_ss) - target for end in (inside, outside))
    for _ in range(MOST_ROUNDS):
        if not len(going):
            break
        share = at_newest / (at_newest - at_kept)
        between = newest.parameters + share[:, None] * (kept.parameters - newest.parameters)
        starts = np.stack([between, kept.parameters, newest.parameters], axis=1)
        place = newest.place + share * (kept.place - newest.place)
        tried = _profile(sides.take(going), place, starts)
        at_tried = _rise(sides, tried.residual_ss) - target
        passed = np.sign(at_tried) != np.sign(at_newest)
        # An end that is kept twice counts less, or it would be kept for ever.
        less = 1.0 - at_tried / at_newest
        at_kept = np.where(passed, at_newest, np.where(less > 0, less, 0.5) * at_kept)
        kept.put(np.flatnonzero(passed), newest.take(passed))
        newest, at_newest = tried, at_tried
        found.put(going, newest)
        more = (np.abs(newest.place - kept.place) > close[going]) & (
            np.abs(at_newest) > RISE_TOLERANCE * target
        )
        going, kept, at_kept = going[more], kept.take(more), at_kept[more]
        newest, at_newest = newest.take(more), at_newest[more]
    return found


def _rise(sides: _Sides, residual_ss: Floats) -> Floats:
    """Root of the growth of the sum of squares, nearly linear in the parameter: crossings are soon found."""
    growth = residual_ss - sides.fit.residual_ss
    return np.asarray(np.sign(growth) * np.sqrt(np.abs(growth)))


def _profile(sides: _Sides, place: Floats, starts: Floats) -> _Profile:
    """The best fits with each parameter held at its place, shape (B,), from starts of shape (B, s, p)."""
    fit, series, (rows, tried, parameters) = sides.fit, sides.series, starts.shape
    low, high = np.tile(fit.box.low, (rows, 1)), np.tile(fit.box.high, (rows, 1))
    low[np.arange(rows), sides.index] = high[np.arange(rows), sides.index] = place
    low, high = np.repeat(low, tried, axis=0), np.repeat(high, tried, axis=0)
    flat = starts.reshape(-1, parameters)
    found = fit_batch(fit.curve, series.time, series.values, series.weights, flat, low, high)
    best = best_of(found, rows)
    return _Profile(place, best.parameters, best.residual_ss)


def _starts_afresh(sides: _Sides) -> Floats:
    """The estimate and the starts read off the data, the same for every side, shape (B, s, p)."""
    fit, series = sides.fit, sides.series
    starts = np.vstack([fit.parameters, starts_for(fit.curve, series.time, series.values, fit.box)])
    return np.broadcast_to(starts, (len(sides.index), *starts.shape))


def _first_distance(fit: FittedCurve, series: Series, index: int) -> float:
    """The parameter's linear standard error, or a hundredth of its size where the data say nothing of it."""
    free = fit.box.low < fit.box.high
    slopes = fit.curve.jacobian(series.time, fit.parameters)[:, free] * np.sqrt(series.weights)[:, None]
    scale = np.linalg.norm(slopes, axis=0)
    fallback = 0.01 * max(abs(float(fit.parameters[index])), 1.0)
    if not free[index] or not (scale > 0).all() or fit.residual_ss <= 0:
        return fallback
    variances = np.diag(np.linalg.pinv((slopes / scale).T @ (slopes / scale))) / scale**2
    position = int(free[:index].sum())
    error = float(np.sqrt(variances[position] * fit.residual_ss / (fit.n - fit.box.free)))
    return error if np.isfinite(error) and error > 0 else fallback
