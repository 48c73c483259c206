"""Temporal truth discovery: the history of one price that costs least disagreement with all witnesses.

Between two days on which anybody began or ceased to say something, the price is one state: a price that some
witness named, or not offered. A witness that says otherwise costs its weight once where it begins to say so
(a slip, or news) and a little more for each day on which it goes on (a lag), ever less the longer it has said
the same: a list that keeps an old price for a year is left behind. A change costs a fixed amount, a jump of
ten times more. Lists that copy each other speak once, and of a list that contradicts itself (one of two names
of a model went stale) the word that it has spoken last counts.
The cheapest sequence is found exactly by dynamic programming (Viterbi) over those stretches of time.

What this takes from the reference: a source is judged by its updates (how often right, how late), copies
are not counted, and the truth is a sequence in time. What it leaves: the full Bayesian model of copying.

References
----------
Dong, Berti-Equille and Srivastava (2009), Truth discovery and copying detection in a dynamic
world, PVLDB 2(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Price = tuple[float | None, float | None]
"""Input and output in USD per million tokens."""

NOT_OFFERED: Final[Price] = (None, None)
SAME_SHARE: Final = 0.02
"""Two prices are the same when input and output differ by less than this share."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What disagreement and change cost; the unit is one undisputed sighting of something new.

    per_day     of a witness that goes on saying otherwise, for the first days; it falls by a factor e in
                `forget_days`, down to `least` of it
    known_first of the first price that a list names: it tells the level, not that anything has changed
    echo        the share of its weight at which a claim counts that only passes a price on
    not_before  of holding a stated price on the days before the day that is stated for it
    """

    change: float = 0.9
    jump: float = 1.5
    not_offered: float = 0.25
    offered_again: float = 0.9
    seen: float = 1.0
    known_first: float = 0.6
    stated: float = 1.6
    not_before: float = 0.8
    announced: float = 0.15
    launch: float = 0.15
    gone: float = 0.3
    echo: float = 0.4
    per_day: float = 1 / 60
    forget_days: float = 180.0
    least: float = 0.1


DEFAULT: Final = Costs()
JUMP: Final = 10.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One witness says one price on the days from `start` to `end` (ordinals, both included).

    `weight` scales all that it costs to disagree; `opening` is what it costs once, at the start, and
    `not_before` what it costs to hold the price just before the start. `per_day` is whether it costs more for
    each further day: a mere bound ("since launch") does not, and dates nothing but its own start.
    """

    start: int
    end: int
    price: Price
    cluster: str
    opening: float
    weight: float = 1.0
    per_day: bool = True
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A price (or NOT_OFFERED) from the day `first` on which it must have begun to the day `last`.

    `after` is the last day on which the price before it was still said, None for the first.
    """

    price: Price
    first: int
    last: int
    after: int | None


def same_price(one: Price, other: Price) -> bool:
    """Whether two prices differ by less than SAME_SHARE; what is not stated is the same as anything."""
    return one == other or (_close(one[0], other[0]) and _close(one[1], other[1]))


def _close(ours: float | None, theirs: float | None) -> bool:
    return ours is None or theirs is None or abs(ours - theirs) <= SAME_SHARE * max(ours, theirs)


def history(claims: Sequence[Claim], costs: Costs = DEFAULT, echoes: Sequence[Claim] = ()) -> list[Run]:
    """The runs of the cheapest history, oldest first; what is not offered at its begin is left out.

    echoes  claims that name no price of their own: those of a price that no claim names do not count

    The order of the claims never shows. Raises ValueError for a claim that ends before it starts.
    """
    if any(claim.end < claim.start for claim in (*claims, *echoes)):
        raise ValueError("a claim ends before it starts")
    if not claims:
        return []
    states = _states(claims)
    known = [echo for echo in echoes if _is_named(echo.price, states)]
    ordered = sorted((*claims, *known), key=_order)
    place = {price: _state_of(price, states) for price in {claim.price for claim in ordered}}
    named = [place[claim.price] for claim in ordered]
    if len(states) == 1:
        return [] if states[0] == NOT_OFFERED else [_only(ordered, states[0])]
    edges = np.unique([day for claim in ordered for day in (claim.start, claim.end + 1)])
    cost = _disagreement(ordered, named, edges, len(states), costs)
    path = _cheapest(cost, _transitions(states, costs))
    return _runs(path, edges, ordered, named, states)


def _order(claim: Claim) -> tuple[object, ...]:
    price = tuple(-1.0 if part is None else part for part in claim.price)
    return (claim.start, claim.end, price, claim.cluster, claim.opening, claim.weight)


def _states(claims: Sequence[Claim]) -> list[Price]:
    """The distinct prices, cheap before dear, complete before partial, then NOT_OFFERED if it is said."""
    prices = sorted(
        {claim.price for claim in claims if claim.price != NOT_OFFERED},
        key=lambda price: (price.count(None), [-1.0 if part is None else part for part in price]),
    )
    states: list[Price] = []
    for price in prices:
        if not any(same_price(price, known) for known in states):
            states.append(price)
    return [*states, NOT_OFFERED] if any(claim.price == NOT_OFFERED for claim in claims) else states


def _is_named(price: Price, states: Sequence[Price]) -> bool:
    return price != NOT_OFFERED and any(state != NOT_OFFERED and same_price(price, state) for state in states)


def _state_of(price: Price, states: Sequence[Price]) -> int:
    if price == NOT_OFFERED:
        return len(states) - 1
    return next(
        place for place, state in enumerate(states) if state != NOT_OFFERED and same_price(price, state)
    )


def _only(claims: Sequence[Claim], price: Price) -> Run:
    return Run(price, claims[0].start, max(claim.end for claim in claims), None)


def _disagreement(
    claims: Sequence[Claim], named: Sequence[int], edges: Ints, n_states: int, costs: Costs
) -> Floats:
    """What each state costs in each stretch: shape (stretches, states)."""
    clusters = sorted({claim.cluster for claim in claims})
    place = {cluster: index for index, cluster in enumerate(clusters)}
    voice = np.zeros((len(clusters), len(edges) - 1, n_states))
    against = np.zeros((len(clusters), len(edges) - 1, n_states))
    for claim, state in zip(claims, named, strict=True):
        row = place[claim.cluster]
        first, last = np.searchsorted(edges, [claim.start, claim.end + 1])
        said = _weights(claim, edges[first : last + 1], costs)
        voice[row, first:last, state] = np.maximum(voice[row, first:last, state], said)
        if claim.not_before and first > 0:
            against[row, first - 1, state] = max(
                against[row, first - 1, state], claim.not_before * claim.weight
            )
    loudest = (voice > 0) & (voice >= voice.max(axis=2, keepdims=True))
    heard = np.where(loudest, voice, 0.0) / np.maximum(loudest.sum(axis=2, keepdims=True), 1)
    return np.asarray((heard.sum(axis=2, keepdims=True) - heard + against).sum(axis=0))


def _weights(claim: Claim, edges: Ints, costs: Costs) -> Floats:
    """What a claim weighs in each stretch that it covers."""
    said = np.zeros(len(edges) - 1)
    if claim.per_day:
        floor = costs.least * np.diff(edges)
        fading = np.exp(-(edges - claim.start) / costs.forget_days)
        said = costs.per_day * np.maximum(floor, costs.forget_days * -np.diff(fading))
    said[0] += claim.opening
    return said * claim.weight


def _transitions(states: Sequence[Price], costs: Costs) -> Floats:
    """What going from one state to another costs: shape (from, to)."""
    change = np.full((len(states), len(states)), costs.change)
    for row, one in enumerate(states):
        for column, other in enumerate(states):
            if row == column:
                change[row, column] = 0.0
            elif NOT_OFFERED in (one, other):
                change[row, column] = costs.offered_again if one == NOT_OFFERED else costs.not_offered
            elif _times(one, other) >= JUMP:
                change[row, column] = costs.change * costs.jump
    return change


def _times(one: Price, other: Price) -> float:
    """How many times the one is the other, in whichever part and direction it is most."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    return max((max(a / b, b / a) for a, b in pairs), default=1.0)


def _cheapest(cost: Floats, change: Floats) -> Ints:
    """The state of each stretch in the cheapest sequence; of equals the first state and the latest change."""
    total = cost[0]
    came_from = np.zeros(cost.shape, dtype=np.int64)
    for stretch in range(1, len(cost)):
        reach = total[:, None] + change
        came_from[stretch] = reach.argmin(axis=0)
        total = reach.min(axis=0) + cost[stretch]
    path = np.zeros(len(cost), dtype=np.int64)
    path[-1] = total.argmin()
    for stretch in range(len(cost) - 1, 0, -1):
        path[stretch - 1] = came_from[stretch, path[stretch]]
    return path


def _confirmed(claim: Claim, begin: int, end: int) -> tuple[int, int] | None:
    """The days from `begin` to `end` that a claim confirms: of a bound its start, or all that lies within."""
    first, last = max(claim.start, begin), min(claim.end, end)
    if first > last:
        return None
    if claim.per_day or (claim.start >= begin and claim.end <= end):
        return first, last
    return (first, first) if claim.start >= begin else None


def _runs(
    path: Ints, edges: Ints, claims: Sequence[Claim], named: Sequence[int], states: Sequence[Price]
) -> list[Run]:
    """Stretches of one state as runs, each cut to the days on which somebody says so."""
    starts = np.flatnonzero(np.r_[True, path[1:] != path[:-1]])
    ends = np.r_[starts[1:], len(path)]
    runs: list[Run] = []
    for begin, end in zip(starts, ends, strict=True):
        state = int(path[begin])
        said = [
            span
            for claim, name in zip(claims, named, strict=True)
            if name == state and (span := _confirmed(claim, int(edges[begin]), int(edges[end]) - 1))
        ]
        if not said:
            continue
        first, last = min(day for day, _ in said), max(day for _, day in said)
        if runs and runs[-1].price == states[state]:
            runs[-1] = replace(runs[-1], last=last)
            continue
        runs.append(Run(states[state], first, last, min(runs[-1].last, first - 1) if runs else None))
    while runs and runs[0].price == NOT_OFFERED:
        runs.pop(0)
    return runs
