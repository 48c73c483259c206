"""Bounds and starting points of a growth curve, read off the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.numeric.curves import BROKEN_LINE, EXPONENTIAL, GOMPERTZ, LINE, Curve
from analysis.results import Floats

FARTHEST_CEILING = 50.0
"""Ranges of the data above which no ceiling is sought: a curve that far from bending is an exponential."""

FARTHEST_MIDPOINT = 5.0
"""Spans of the data before and after which no midpoint is sought."""

CEILINGS_TRIED = (0.05, 0.5, 3.0)
FLOORS_TRIED = (0.05, 1.0)


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds of the parameters, each shape (p,); equal ends fix a parameter."""

    low: Floats
    high: Floats

    @property
    def free(self) -> int:
        """Number of parameters that may move."""
        return int((self.low < self.high).sum())


def box_for(
    curve: Curve, time: Floats, values: Floats, floor: float | None = None, ceiling: float | None = None
) -> Box:
    """Bounds of a curve's parameters for the data, shape (n,); a known floor or ceiling is fixed.

    The exponential rises from the known floor, else from 0 (a straight line of the logarithm); a floor of its
    own would make it a line with a slight bend, whatever the data.
    """
    low, high = values.min(), values.max()
    span, reach = np.ptp(time), max(float(high - low), 1e-9)
    if curve is BROKEN_LINE:
        # A break needs points on both sides: none is sought outside the middle four fifths.
        edges = np.quantile(time, [0.1, 0.9])
        return Box(np.array([edges[0], *[-np.inf] * 3]), np.array([edges[1], *[np.inf] * 3]))
    if curve is LINE:
        return Box(np.full(2, -np.inf), np.full(2, np.inf))
    if curve is EXPONENTIAL:
        base = 0.0 if floor is None else floor
        return Box(np.array([base, -np.inf, -np.inf]), np.array([base, np.inf, np.inf]))
    bottom = (low - 10 * reach, high) if floor is None else (floor, floor)
    top = (low + 0.5 * reach, high + FARTHEST_CEILING * reach) if ceiling is None else (ceiling, ceiling)
    middle = (time.min() - FARTHEST_MIDPOINT * span, time.max() + FARTHEST_MIDPOINT * span)
    rate = (0.01 / span, 100.0 / span)
    ends = np.array([bottom, top, middle, rate])
    return Box(ends[:, 0], ends[:, 1])


def starts_for(curve: Curve, time: Floats, values: Floats, box: Box) -> Floats:
    """Starting points, shape (s, p), inside the box."""
    if curve is LINE:
        return _line(time, values)[None]
    if curve is EXPONENTIAL:
        risen = values - box.low[0]
        smallest = max(1e-3 * float(np.abs(risen).max()), 1e-12)
        return np.concatenate([box.low[:1], _line(time, np.log(np.maximum(risen, smallest)))])[None]
    if curve is BROKEN_LINE:
        return np.array(
            [_broken_line(time, values, knot) for knot in np.linspace(box.low[0], box.high[0], 8)]
        )
    return np.clip(_growth_starts(curve, time, values, box), box.low, box.high)


def _line(time: Floats, values: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(np.column_stack([np.ones_like(time), time]), values, rcond=None)[0])


def _broken_line(time: Floats, values: Floats, knot: float) -> Floats:
    since = time - knot
    design = np.column_stack([np.ones_like(time), np.minimum(since, 0), np.maximum(since, 0)])
    return np.concatenate([[knot], np.linalg.lstsq(design, values, rcond=None)[0]])


def _growth_starts(curve: Curve, time: Floats, values: Floats, box: Box) -> Floats:
    """For each floor and ceiling tried, the straight line through the shares of the way, straightened."""
    low, high = values.min(), values.max()
    reach = max(float(high - low), 1e-9)
    floors = [box.low[0]] if box.low[0] == box.high[0] else [low - share * reach for share in FLOORS_TRIED]
    ceilings = (
        [box.low[1]] if box.low[1] == box.high[1] else [high + share * reach for share in CEILINGS_TRIED]
    )
    return np.array([_straightened(curve, time, values, a, b) for a in floors for b in ceilings])


def _straightened(curve: Curve, time: Floats, values: Floats, floor: float, ceiling: float) -> Floats:
    share = np.clip((values - floor) / (ceiling - floor), 0.01, 0.99)
    straight = -np.log(-np.log(share)) if curve is GOMPERTZ else np.log(share / (1 - share))
    level, rate = _line(time, straight)
    rate = max(float(rate), 0.05 / max(float(np.ptp(time)), 1e-9))
    return np.array([floor, ceiling, -level / rate, rate])
