"""What the question of the price of a capability says, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analysis.price.basket import BasketVerdict, ChainedIndex, MatchedBasket
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.fall import PriceFall
from analysis.price.steps import CheapestSteps, PriceBasis
from charts.parts.axes import money, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.decline_rates import rate_text
from charts.price.price_over_time import SOLD_BY, asked_text, less_in_all
from questions.evidence import Evidence
from questions.price.fall_words import a_year_earlier, brief_rate
from questions.price.threshold import Capability
from questions.view import KnownBy
from questions.wording import agreeing, capital, counted, fitting

WOULD_CHANGE: Final = (
    "A cheaper model at or above the score, a price change, or a score that is measured again. A list price "
    "is not a cost: a model that writes more tokens costs more per task at the same price."
)
WHICH_LEVEL: Final = (
    "GPT-4's GPQA level is the score of its first version in the runs that are shown, the same on every "
    "page; Epoch AI's study of price trends asked for 33 %, as GPT-4 was measured then. Gains against cost "
    "reads its level on the capability index, which other models reach."
)

OF_ALL_MODELS: Final = (
    "What follows is not filtered: Epoch AI's thresholds, the same listings and what is bought are of all "
    "models."
)

_TOLD: Final = (PriceVerdict.FALLING, PriceVerdict.RISING, PriceVerdict.NO_CHANGE_TOLD)
"""Verdicts of rates whose interval is narrow enough to speak of a rate."""


def first_line(
    cheapest: CheapestSteps, capability: Capability, fall: PriceFall | None, rests: Evidence
) -> str:
    """What the capability costs at whom, how much less than at first, and the rate where one fits.

    Where no single rate does, the price of a year earlier stands there as far as there is room. Of old
    evidence it says what the capability cost on the day on which that was last confirmed.
    """
    price, seller = cheapest.steps["price_usd_per_mtok"][-1], SOLD_BY[cheapest.basis]
    if price is None:
        verb = "was" if rests.is_old else "is"
        return f"{rests.on_day} nothing that reaches {capability.words} {verb} on sale at a {seller}."
    cost = f"{'cost' if rests.is_old else 'costs'} {asked_text(cheapest)} per million tokens"
    fall_in_all = less_in_all(cheapest)
    rate, earlier = brief_rate(fall), a_year_earlier(fall)
    lead, at = f"{rests.on_day} {capability.briefly} {cost}", f"at a {seller}'s list price"
    return fitting(
        f"{lead} at the cheapest {seller}'s list price{fall_in_all}{rate or earlier}.",
        f"{lead} {at}{fall_in_all}{rate or earlier}.",
        f"{lead} {at}{fall_in_all}{rate}.",
        f"{lead} {at}{rate}.",
        f"{rests.on_day} this score {cost} {at}{rate}.",
    )


def rests_on(cheapest: CheapestSteps) -> str:
    """The steps, the models that they are chosen from, and whose prices they are."""
    return (
        f"{counted(cheapest.steps.height, 'step')} of {counted(cheapest.n_models, 'model')}; a price holds "
        "until it is changed, no longer listed, or confirmed by nobody for 60 days. Prices are those of the "
        f"cheapest {SOLD_BY[cheapest.basis]} (3 input : 1 output)."
    )


def of_spread(capability: Capability, price: float | None, ends: tuple[float | None, float | None]) -> str:
    """What the price would be if the score were as low or as high as its error leaves open."""
    known = f"The score itself is {within_error(capability)}"
    if set(ends) == {price}:
        return f"{known}; the cheapest price is the same at both ends."
    least, most = map(price_text, ends)
    return f"{known}: at the lower end the cheapest price is {least}, at the upper end {most}."


def within_error(capability: Capability) -> str:
    """Within what the score of a capability is known, as it goes on with a sentence. Needs its `spread`."""
    assert capability.spread is not None
    low, high = (score_text(end, capability.unit) for end in (capability.spread.low, capability.spread.high))
    return f"known only within its error, {low} to {high} (90 %)"


def price_text(price: float | None) -> str:
    """A price, or that nothing is on sale."""
    return "nothing on sale" if price is None else money(price)


def of_newly_asked(quantile: PriceDecline, basis: PriceBasis) -> str:
    """Whether the cheap end of new list prices falls, over the months that have prices enough."""
    if quantile.window is None:
        return f"No year has {SOLD_BY[basis]}s' prices enough to say so."
    return (
        f"Through the tenth percentile of {quantile.n} new list prices of {SOLD_BY[basis]}s from "
        f"{quantile.window.start:%B %Y} to {quantile.window.end:%B %Y}, at launch and at each change, of "
        f"the {quantile.n_models} models that reach the score: {rate_text(quantile)}. Models far above the "
        "score are among them, so this is another question than what the score costs at the cheapest."
    )


def unpriced(cheapest: CheapestSteps) -> str:
    """How many models reach the score without a price, which is not a price of zero."""
    number = len(cheapest.unpriced)
    reach = agreeing(number, "reaches", "reach")
    return f"Unpriced: {counted(number, 'model')} that {reach} it without such a price"


def of_reference(declines: Iterable[PriceDecline]) -> str:
    """How many of Epoch AI's thresholds have a rate that can be told, up to when, and whose prices."""
    known = list(declines)
    told = sum(decline.verdict in _TOLD for decline in known)
    last = max((decline.window.end for decline in known if decline.window), default=None)
    until = f" to {last:%B %Y}" if last else ""
    return (
        f"Of Epoch AI's {counted(len(known), 'threshold')}, with prices of makers and hosts{until}, {told} "
        "have a rate that can be told within a factor of 30"
    )


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
        f"**Same model, same price?** Of {basket.n} listings of makers and hosts that are in every one of "
        f"{basket.n_versions} versions from {in_words(basket.window.start)} to "
        f"{in_words(basket.window.end)}, "
        f"{_kept(basket) or 'none'} kept their price, {basket.n_up or 'none'} rose and "
        f"{basket.n_down or 'none'} fell: their median price {_moved(basket.median_ratio)}, "
        f"their geometric mean changed by {_change(basket.estimate.value)} (90 % interval {_change(low)} to "
        f"{_change(high)}). "
    )
    if chain.change_per_year is not None:
        words += (
            "Another sample, chained month to month with later listings included: "
            f"{percent(chain.change_per_year, signed=True)} a year. "
        )
    vanished = basket.n_at_start - basket.n
    return (
        f"{words}{vanished} of the {basket.n_at_start} listings priced at the start are not in the "
        "basket, because they vanished or lacked a price at some point."
    )


def _change(ratio: float | None) -> str:
    """A ratio of two prices as a change in percent."""
    return percent((ratio or 1.0) - 1, signed=True)


def _moved(ratio: float | None) -> str:
    """What a ratio of two prices says, where none that shows in whole percent is said in words."""
    change = _change(ratio)
    return "did not change" if change == percent(0.0, signed=True) else f"changed by {change}"


def _kept(basket: MatchedBasket) -> int:
    """How many listings of a basket kept their price."""
    return basket.n - basket.n_up - basket.n_down


def same_model_title(basket: MatchedBasket, chain: ChainedIndex) -> str:
    """The finding of the chart of the same listings: how many kept their price, and what the mean did."""
    if basket.verdict is BasketVerdict.CANNOT_BE_TOLD or basket.share_unchanged is None:
        return "The price of the same listings of makers and hosts cannot be told"
    kept = (
        f"{_kept(basket)} of the {counted(basket.n, 'listing')} of makers and hosts that "
        "are in every version kept their price"
    )
    if chain.estimate is None:
        return kept
    change = chain.estimate.value - 1
    if percent(abs(change)) == percent(0.0):
        moved = "ended where it began"
    else:
        moved = f"{'rose' if change > 0 else 'fell'} by {percent(abs(change))}"
    return f"{kept}. Of all listings, later ones included, the mean price, chained, {moved}"
