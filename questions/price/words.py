"""What the question of the price of a capability says, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analysis.price.basket import BasketVerdict, ChainedIndex, MatchedBasket
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.steps import CheapestSteps, PriceBasis
from analysis.results import months_before
from charts.parts.axes import dollars
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.decline_rates import factor_text, rate_text, times_text
from questions.evidence import Evidence
from questions.price.threshold import Capability
from questions.view import KnownBy
from questions.wording import capital, counted, fitting

WOULD_CHANGE: Final = (
    "A cheaper model at or above the score, a price change, or a score that is measured again. A list price "
    "is not a cost: a model that writes more tokens costs more per task at the same price."
)
_SOLD_BY: Final = {PriceBasis.MAKER: "maker", PriceBasis.CHEAPEST_HOST: "host"}
_HARDLY: Final = 1.05
"""Below this factor, either way, a price hardly changed."""

_TOLD: Final = (PriceVerdict.FALLING, PriceVerdict.RISING, PriceVerdict.NO_CHANGE_TOLD)
"""Verdicts of rates whose interval is narrow enough to speak of a rate."""


def first_line(
    cheapest: CheapestSteps, capability: Capability, records: PriceDecline, rests: Evidence
) -> str:
    """What the capability costs, how much less than at first, and the rate with its interval.

    Of old evidence it says what the capability cost, up to the day on which that was confirmed. The fall
    since the first price is left out where 30 words do not hold it.
    """
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        verb = "was" if rests.is_old else "is"
        return f"{rests.when} nothing that reaches {capability.words} {verb} on sale."
    seller = _SOLD_BY[cheapest.basis]
    cost = f"{'cost' if rests.is_old else 'costs'} {dollars(price)} per million tokens"
    rate = _brief_rate(records)
    times = cheapest.times_cheaper
    fall = "" if times is None else f", {_times_less(times)} initially"
    return fitting(
        f"{rests.when} {capability.briefly} {cost} at the cheapest {seller}{fall}{rate}.",
        f"{rests.when} {capability.briefly} {cost} ({seller}){fall}{rate}.",
        f"{rests.when} {capability.briefly} {cost} ({seller}){rate}.",
        f"{rests.when} this score {cost} ({seller}){rate}.",
    )


def rests_on(cheapest: CheapestSteps, records: PriceDecline) -> str:
    """The first price, the steps, whose prices they are, and what the rate goes through."""
    parts = [
        f"{counted(cheapest.steps.height, 'step')} of {counted(cheapest.n_models, 'model')}; a price holds "
        "until it is changed or no longer listed. "
        f"Prices are those of the cheapest {_SOLD_BY[cheapest.basis]} (3 input : 1 output); the rate goes "
        f"through {_records(records)}."
    ]
    if cheapest.times_cheaper is not None:
        first = cheapest.steps.row(0, named=True)
        parts.insert(
            0,
            f"The price is {_times_less(cheapest.times_cheaper)} {dollars(first['price_usd_per_mtok'])} in "
            f"{first['valid_on']:%B %Y}.",
        )
    return " ".join([*parts, last_year(cheapest)]).strip()


def last_year(cheapest: CheapestSteps) -> str:
    """How much cheaper it became in the last twelve months alone; empty where that is not known.

    A fall over all years is no rate of today: most of it may be long ago.
    """
    if cheapest.window is None:
        return ""
    times = _in_a_year(cheapest)
    if times is None:
        return ""
    return f"In the twelve months to {in_words(cheapest.window.end)} it became {_changed(times)}."


def since(decline: PriceDecline) -> str:
    """The prices that a rate goes through, by their first and last month; empty where there are none."""
    if decline.window is None:
        return ""
    return f", {decline.window.start:%B %Y} to {decline.window.end:%B %Y}"


def both_rates(quantile: PriceDecline, records: PriceDecline) -> str:
    """What each of the two rates measures, over which months, and why they differ."""
    return (
        f"**Two rates, two questions.** Through {_records(records)} (Epoch AI's "
        f"convention): {rate_text(records)}{since(records)}. These models are selected for being cheap, so "
        f"the line can only fall. Through the tenth percentile of all {quantile.n} prices of the "
        f"{quantile.n_models} models that reach the score, at launch and at each change: "
        f"{rate_text(quantile)}{since(quantile)}. That one also counts models far above the score, which are "
        "launched at higher prices, so it asks whether the cheap end of what is newly on sale falls."
    )


def unpriced(cheapest: CheapestSteps) -> str:
    """How many models reach the score without a price, which is not a price of zero."""
    return f"Unpriced: {counted(len(cheapest.unpriced), 'model')} that reach it without such a price"


def of_reference(declines: Iterable[PriceDecline]) -> str:
    """How many of Epoch AI's thresholds have a rate that can be told."""
    verdicts = [decline.verdict for decline in declines]
    told = sum(verdict in _TOLD for verdict in verdicts)
    thresholds = counted(len(verdicts), "threshold")
    return f"Of Epoch AI's {thresholds} {told} have a rate that can be told within a factor 30"


def of_known(by: KnownBy) -> str:
    """How prices of a past date are read where the archive does not reach back; empty where it does."""
    if by.in_time:
        return ""
    return (
        f"The archive does not reach back to {in_words(by.on)}: this shows the prices in force "
        "by then, as they are known now."
    )


def same_model(basket: MatchedBasket, chain: ChainedIndex) -> str:
    """What one and the same listing did, with who is missing from the basket."""
    if basket.estimate is None or basket.estimate.interval is None or basket.window is None:
        return (
            f"**Same model, same price?** {capital(basket.verdict.value)} "
            f"({basket.n} of {basket.n_at_start})."
        )
    low, high = basket.estimate.interval.low, basket.estimate.interval.high
    words = (
        f"**Same model, same price?** Of {basket.n} listings that are in every one of {basket.n_versions} "
        f"versions from {in_words(basket.window.start)} to {in_words(basket.window.end)}, "
        f"{percent(basket.share_unchanged or 0)} kept their price, {basket.n_up} rose and "
        f"{basket.n_down} fell: median ratio {basket.median_ratio:.2f}, geometric mean "
        f"{basket.estimate.value:.2f} (90 % interval {low:.2f} to {high:.2f}). "
    )
    if chain.change_per_year is not None:
        words += (
            "Chained month to month, later listings included: "
            f"{percent(chain.change_per_year, signed=True)} a year. "
        )
    vanished = basket.n_at_start - basket.n
    return (
        f"{words}{vanished} of the {basket.n_at_start} listings priced at the start are not in the "
        "basket, because they vanished or lacked a price at some point."
    )


def same_model_title(basket: MatchedBasket) -> str:
    """The finding of the chart of one and the same listing."""
    return {
        BasketVerdict.MOSTLY_UNCHANGED: "One and the same model hardly changes its price",
        BasketVerdict.MOSTLY_CHEAPER: "Most listings became cheaper",
        BasketVerdict.MOSTLY_DEARER: "Most listings became dearer",
        BasketVerdict.MIXED: "Some listings became cheaper, some dearer",
        BasketVerdict.CANNOT_BE_TOLD: "The price of one and the same model cannot be told",
    }[basket.verdict]


def _records(records: PriceDecline) -> str:
    if records.n == 1:
        return "the one cheapest model there was"
    return f"the {records.n} successive cheapest models"


def _in_a_year(cheapest: CheapestSteps) -> float | None:
    if cheapest.window is None:
        return None
    return cheapest.times_cheaper_since(months_before(cheapest.window.end, 12))


def _changed(times: float) -> str:
    if 1 / _HARDLY < times < _HARDLY:
        return "hardly cheaper or dearer"
    return f"{factor_text(max(times, 1 / times))} times {'cheaper' if times > 1 else 'dearer'}"


def _times_less(times: float) -> str:
    return f"{times:,.0f} times less than" if times >= 1.5 else "about as much as"


def _brief_rate(decline: PriceDecline) -> str:
    """The rate as the end of a first line, with its interval."""
    if decline.estimate is None or decline.estimate.interval is None:
        return "; too few prices for a rate"
    value, low, high = decline.estimate.value, decline.estimate.interval.low, decline.estimate.interval.high
    match decline.verdict:
        case PriceVerdict.FALLING:
            ends = f"{factor_text(low)} to {factor_text(high)}"
            return f": {times_text(value)} a year (90 % interval {ends})"
        case PriceVerdict.RISING:
            ends = f"{factor_text(1 / high)} to {factor_text(1 / low)}"
            return f": {times_text(value)} a year (90 % interval {ends})"
        case PriceVerdict.FALLING_RATE_UNDETERMINED:
            return f", falling by {factor_text(low)} to {factor_text(high)} times a year (90 % interval)"
        case _:
            ends = f"{times_text(low)} to {times_text(high)}"
            return f"; no rate is told (90 % interval {ends} a year)"
