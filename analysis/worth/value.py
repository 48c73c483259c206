"""Is it worth it: what a call, a solved task and a wait cost, and from what value of a task on it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.special import betaincinv

from analysis.price.blend import blended
from analysis.results import Estimate, Floats, Interval

SECONDS_PER_HOUR = 3600.0
TOKENS_PER_PRICE = 1e6
MOST_RETRIES = 20
"""Tries count as independent; so many failures in a row say that they are not."""


@dataclass(frozen=True, slots=True)
class ListPrice:
    """USD per million tokens; without a price of its own, cached input costs what input costs."""

    input_usd_per_mtok: float
    output_usd_per_mtok: float
    cached_usd_per_mtok: float | None = None

    def __post_init__(self) -> None:
        for price in (self.input_usd_per_mtok, self.output_usd_per_mtok):
            if not price > 0:
                raise ValueError(f"a list price of {price} USD is not a price: zero means not recorded")

    @property
    def blended_usd_per_mtok(self) -> float:
        """Input and output price in one."""
        return blended(self.input_usd_per_mtok, self.output_usd_per_mtok)


@dataclass(frozen=True, slots=True)
class TaskProfile:
    """One kind of task as its owner sees it.

    Tokens are of one call: `cached_tokens` of the `input_tokens` are read from the cache; `output_tokens` is
    the visible answer, without reasoning. A failed task is tried again up to `retries` times. Values in USD:
    of a solved task, of a failure that remains after all tries, and an hour of the person who waits.
    """

    input_tokens: float
    output_tokens: float
    value_of_solved_usd: float
    cached_tokens: float = 0.0
    retries: int = 0
    cost_of_failure_usd: float = 0.0
    wage_usd_per_hour: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.cached_tokens <= self.input_tokens:
            raise ValueError(f"{self.cached_tokens:g} cached of {self.input_tokens:g} input tokens cannot be")
        if not 0 <= self.retries <= MOST_RETRIES:
            raise ValueError(f"a task is tried again 0 to {MOST_RETRIES} times, not {self.retries}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A model with what was measured of it: `solved` of `tried` tasks like the reader's.

    `token_multiplier` is billed output over visible output (1 without reasoning), `seconds_per_call` may be
    unknown; both are ranges, of no width where they were measured. `source` says where the figures are from.
    `measured_call_usd` is what a try cost where the share was measured; without it a try costs what the
    profile's tokens cost at the list price.
    """

    model_id: str
    price: ListPrice
    solved: int
    tried: int
    token_multiplier: Interval
    seconds_per_call: Interval | None
    source: str
    measured_call_usd: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.solved <= self.tried or self.tried == 0:
            raise ValueError(f"{self.model_id}: {self.solved} of {self.tried} tasks solved is no measurement")
        for name, span in (("token multiplier", self.token_multiplier), ("seconds", self.seconds_per_call)):
            if span is not None and not 0 < span.low <= span.high:
                raise ValueError(f"{self.model_id}: the {name} must be a range above 0, not {span}")
        if self.measured_call_usd is not None and not self.measured_call_usd > 0:
            raise ValueError(f"{self.model_id}: a try that cost {self.measured_call_usd} USD is not recorded")


@dataclass(frozen=True, slots=True)
class OfferValue:
    """What one model costs and brings, with intervals; all USD but `solved_share` (0..1) and seconds.

    `cost_per_solved_usd` and `seconds_per_solved` share out failed tries over solved tasks;
    `net_value_usd` is per task, after waiting and failures; `break_even_value_usd` is the value of a solved
    task at which it is nil. Seconds, and so waiting, are left out where unknown. `share_best` is the share of
    draws in which no other offer has a higher net value.
    """

    model_id: str
    cost_per_call_usd: Estimate
    solved_share: Estimate
    cost_per_solved_usd: Estimate
    seconds_per_solved: Estimate | None
    net_value_usd: Estimate
    break_even_value_usd: Estimate
    share_best: float
    source: str


class WorthVerdict(Enum):
    """Which of two models is the better buy for a task profile."""

    DEARER_PAYS = "the dearer model pays"
    CHEAPER_PAYS = "the cheaper model pays"
    CANNOT_BE_TOLD = "cannot be told"


@dataclass(frozen=True, slots=True)
class WorthIt:
    """The dearer of two models against the cheaper, by their cost per task with tries and waiting.

    `extra_cost_usd` and `extra_solved` (share of tasks) are dearer less cheaper. From `pays_from_usd` on, the
    value of a solved task makes the dearer model the better buy: infinite where it does not solve more, so an
    infinite upper end says that it may never pay. `share_never` is the share of draws in which it does not.
    """

    dearer: str
    cheaper: str
    extra_cost_usd: Estimate
    extra_solved: Estimate
    extra_net_value_usd: Estimate
    pays_from_usd: Estimate
    share_never: float
    verdict: WorthVerdict
    seed: int
    method: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One offer under one profile, each field of shape (draws,), or (1,) for the point estimate."""

    call_usd: Floats
    tries: Floats
    solved: Floats
    waiting_usd: Floats
    seconds: Floats | None

    @property
    def task_usd(self) -> Floats:
        return self.tries * (self.call_usd + self.waiting_usd)

    def net(self, profile: TaskProfile) -> Floats:
        failure = (1 - self.solved) * profile.cost_of_failure_usd
        return self.solved * profile.value_of_solved_usd - failure - self.task_usd

    def break_even(self, profile: TaskProfile) -> Floats:
        return _ratio(self.task_usd + (1 - self.solved) * profile.cost_of_failure_usd, self.solved)


def offer_values(
    offers: Sequence[Offer], profile: TaskProfile, seed: int, draws: int = 4000, level: float = 0.90
) -> tuple[OfferValue, ...]:
    """Cost, success, waiting and net value of each offer for one task profile, in the order of the offers.

    Tries count as independent, which flatters retries: a task that is hard stays hard. Intervals by Monte
    Carlo: the share solved from its Jeffreys posterior, ranges log-uniform between their ends.

    Raises ValueError when waiting has a wage and the seconds are known of some offers only.

    Reference: Brown, Cai and DasGupta, Interval estimation for a binomial proportion, Statistical Science 16,
    2001 (Jeffreys interval).
    """
    _demand_seconds(offers, profile)
    drawn = [_drawn(offer, profile, _stream(offer, seed), draws) for offer in offers]
    net = np.array([outcome.net(profile) for outcome in drawn])
    best = (net == net.max(axis=0)).mean(axis=1)
    return tuple(
        _value(offer, profile, outcome, float(share), level)
        for offer, outcome, share in zip(offers, drawn, best, strict=True)
    )


def worth_it(
    first: Offer, second: Offer, profile: TaskProfile, seed: int, draws: int = 4000, level: float = 0.90
) -> WorthIt:
    """Whether the dearer of two models pays for a task profile, and from what value of a solved task on.

    Method and assumptions as in `offer_values`; the order in which the two are given does not matter. The
    verdict is told only where the interval of the difference in net value excludes 0.
    """
    _demand_seconds((first, second), profile)
    points = [_point(offer, profile) for offer in (first, second)]
    drawn = [_drawn(offer, profile, _stream(offer, seed), draws) for offer in (first, second)]
    order = _dearer_first((first, second), points)
    dear, cheap = (points[place] for place in order)
    dear_drawn, cheap_drawn = (drawn[place] for place in order)
    net = _estimate(
        dear.net(profile) - cheap.net(profile), dear_drawn.net(profile) - cheap_drawn.net(profile), level
    )
    threshold = _pays_from(dear_drawn, cheap_drawn, profile)
    return WorthIt(
        dearer=(first, second)[order[0]].model_id,
        cheaper=(first, second)[order[1]].model_id,
        extra_cost_usd=_estimate(
            dear.task_usd - cheap.task_usd, dear_drawn.task_usd - cheap_drawn.task_usd, level
        ),
        extra_solved=_estimate(dear.solved - cheap.solved, dear_drawn.solved - cheap_drawn.solved, level),
        extra_net_value_usd=net,
        pays_from_usd=_estimate(_pays_from(dear, cheap, profile), threshold, level),
        share_never=float(np.isinf(threshold).mean()),
        verdict=_verdict(net),
        seed=seed,
        method=f"expected value of one task, {draws} draws of success, token multiplier and seconds",
    )


def _demand_seconds(offers: Sequence[Offer], profile: TaskProfile) -> None:
    unknown = [offer.model_id for offer in offers if offer.seconds_per_call is None]
    if profile.wage_usd_per_hour > 0 and 0 < len(unknown) < len(offers):
        raise ValueError(f"the seconds of {', '.join(unknown)} are unknown: give them, or set the wage to 0")


def _stream(offer: Offer, seed: int) -> np.random.Generator:
    """One stream of random numbers for each model: neither order nor other offers move its draws."""
    return np.random.default_rng((seed, *offer.model_id.encode()))


def _dearer_first(offers: tuple[Offer, Offer], points: Sequence[_Outcome]) -> tuple[int, int]:
    """Places of the dearer and the cheaper per task; where both cost alike, in the order of their names."""
    costs = [(float(point.task_usd[0]), offer.model_id) for offer, point in zip(offers, points, strict=True)]
    return (0, 1) if costs[0] > costs[1] else (1, 0)


def _point(offer: Offer, profile: TaskProfile) -> _Outcome:
    """At the share solved as measured and the geometric middle of each range."""
    seconds = None if offer.seconds_per_call is None else _middle(offer.seconds_per_call)
    share = np.array([offer.solved / offer.tried])
    return _outcome(offer, profile, share, _middle(offer.token_multiplier), seconds)


def _drawn(offer: Offer, profile: TaskProfile, rng: np.random.Generator, draws: int) -> _Outcome:
    # By the inverse distribution, so that of two models with the same draws who solved more stays ahead.
    share = betaincinv(offer.solved + 0.5, offer.tried - offer.solved + 0.5, rng.uniform(size=draws))
    multiplier = _log_uniform(offer.token_multiplier, rng, draws)
    seconds = None if offer.seconds_per_call is None else _log_uniform(offer.seconds_per_call, rng, draws)
    return _outcome(offer, profile, share, multiplier, seconds)


def _outcome(
    offer: Offer, profile: TaskProfile, share: Floats, multiplier: Floats, seconds: Floats | None
) -> _Outcome:
    waiting = (
        np.zeros_like(share) if seconds is None else seconds * profile.wage_usd_per_hour / SECONDS_PER_HOUR
    )
    return _Outcome(
        call_usd=_call_usd(offer, profile, share, multiplier),
        tries=_tries(share, profile.retries),
        solved=1 - (1 - share) ** (profile.retries + 1),
        waiting_usd=waiting,
        seconds=seconds,
    )


def _call_usd(offer: Offer, profile: TaskProfile, share: Floats, multiplier: Floats) -> Floats:
    """What a try costs: as measured, the same in every draw, or by its tokens and their list price."""
    if offer.measured_call_usd is not None:
        return np.full_like(share, offer.measured_call_usd)
    price = offer.price
    cached = price.input_usd_per_mtok if price.cached_usd_per_mtok is None else price.cached_usd_per_mtok
    fresh = profile.input_tokens - profile.cached_tokens
    read = fresh * price.input_usd_per_mtok + profile.cached_tokens * cached
    written = profile.output_tokens * multiplier * price.output_usd_per_mtok
    return np.asarray((read + written) / TOKENS_PER_PRICE)


def _tries(share: Floats, retries: int) -> Floats:
    """Expected number of tries until solved or given up, 1 + q + ... + q^retries with q the share failed."""
    tries = np.ones_like(share)
    for _ in range(retries):
        tries = 1 + (1 - share) * tries
    return tries


def _middle(span: Interval) -> Floats:
    return np.array([np.sqrt(span.low * span.high)])


def _log_uniform(span: Interval, rng: np.random.Generator, draws: int) -> Floats:
    return np.exp(rng.uniform(np.log(span.low), np.log(span.high), draws))


def _ratio(above: Floats, below: Floats) -> Floats:
    """The quotient; infinite where nothing is solved."""
    quotient = np.full(above.shape, np.inf)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient


def _pays_from(dear: _Outcome, cheap: _Outcome, profile: TaskProfile) -> Floats:
    """Value of a solved task from which on the dearer pays: never below 0, infinite if it solves no more."""
    more_solved = dear.solved - cheap.solved
    value = _ratio(dear.task_usd - cheap.task_usd, more_solved) - profile.cost_of_failure_usd
    return np.asarray(np.where(more_solved > 0, np.maximum(value, 0.0), np.inf), dtype=np.float64)


def _estimate(value: Floats, sample: Floats, level: float) -> Estimate:
    """Percentiles are values of the sample, so that an infinite draw makes no other end infinite.

    The interval reaches to its estimate: of none or all tasks solved every draw lies on one side of it.
    """
    ends = [50 * (1 - level), 50 * (1 + level)]
    low, high = np.percentile(sample, ends, method="inverted_cdf")
    point = float(value[0])
    return Estimate(point, Interval(min(float(low), point), max(float(high), point), level))


def _value(offer: Offer, profile: TaskProfile, drawn: _Outcome, best: float, level: float) -> OfferValue:
    point = _point(offer, profile)
    seconds = None
    if point.seconds is not None and drawn.seconds is not None:
        seconds = _estimate(
            _ratio(point.tries * point.seconds, point.solved),
            _ratio(drawn.tries * drawn.seconds, drawn.solved),
            level,
        )
    return OfferValue(
        model_id=offer.model_id,
        cost_per_call_usd=_estimate(point.call_usd, drawn.call_usd, level),
        solved_share=_estimate(point.solved, drawn.solved, level),
        cost_per_solved_usd=_estimate(
            _ratio(point.tries * point.call_usd, point.solved),
            _ratio(drawn.tries * drawn.call_usd, drawn.solved),
            level,
        ),
        seconds_per_solved=seconds,
        net_value_usd=_estimate(point.net(profile), drawn.net(profile), level),
        break_even_value_usd=_estimate(point.break_even(profile), drawn.break_even(profile), level),
        share_best=best,
        source=offer.source,
    )


def _verdict(net: Estimate) -> WorthVerdict:
    if net.interval is not None and net.interval.low > 0:
        return WorthVerdict.DEARER_PAYS
    if net.interval is not None and net.interval.high < 0:
        return WorthVerdict.CHEAPER_PAYS
    return WorthVerdict.CANNOT_BE_TOLD
