"""What the page on the price of a capability says, as pure functions."""

from __future__ import annotations

from analysis.price.basket import ChainedIndex, MatchedBasket
from analysis.price.decline import PriceDecline
from analysis.price.steps import CheapestSteps, PriceBasis
from charts.parts.axes import dollars
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.decline_rates import rate_text


def answer(cheapest: CheapestSteps, capability: str, records: PriceDecline) -> str:
    """The first line: what the capability costs now, how much less than at first, and the rate."""
    assert cheapest.window is not None
    until = in_words(cheapest.window.end)
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return f"As of {until} nothing that reaches {capability} is on sale."
    seller = "maker" if cheapest.basis is PriceBasis.MAKER else "host"
    words = (
        f"As of {until} the cheapest way to {capability} costs {dollars(price)} per million tokens "
        f"(cheapest {seller}, 3 input : 1 output)"
    )
    times = cheapest.times_cheaper
    if times is not None:
        first = cheapest.steps.row(0, named=True)
        than = f"{times:,.0f} times less than" if times >= 1.5 else "about as much as the first price of"
        words += f", {than} {dollars(first['price_usd_per_mtok'])} in {first['valid_on']:%B %Y}"
    return f"{words}. Through the successive cheapest models: {rate_text(records)}."


def both_rates(quantile: PriceDecline, records: PriceDecline) -> str:
    """What each of the two rates measures, and why they differ."""
    return (
        f"**Two rates, two questions.** Through the {records.n} successive cheapest models (Epoch AI's "
        f"convention): {rate_text(records)}. These models are selected for being cheap, so the line can "
        f"only fall. Through the tenth percentile of all {quantile.n} prices of the {quantile.n_models} "
        f"models that reach the score, at launch and at each change: {rate_text(quantile)}. That one also "
        "counts models far above the score, which are launched at higher prices, so it asks whether the "
        "cheap end of what is newly on sale falls."
    )


def unpriced(cheapest: CheapestSteps) -> str:
    """How many models reach the score without a price, which is not a price of zero."""
    number = len(cheapest.unpriced)
    return f"Unpriced: {number} model{'' if number == 1 else 's'} that reach it without such a price"


def would_change(cheapest: CheapestSteps) -> str:
    """What the steps rest on, and what would change them."""
    return (
        f"**What it rests on.** {cheapest.steps.height} steps of {cheapest.n_models} models; a price "
        "holds until it is changed or no longer listed. **What would change it.** A cheaper model at or "
        "above the score, a price change, or a score that is measured again. A list price is not a cost: "
        "a model that writes more tokens costs more per task at the same price."
    )


def same_model(basket: MatchedBasket, chain: ChainedIndex) -> str:
    """What one and the same listing did, with who is missing from the basket."""
    if basket.estimate is None or basket.estimate.interval is None or basket.window is None:
        return (
            f"**Same model, same price?** {basket.verdict.value[0].upper()}{basket.verdict.value[1:]} "
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
        "most prices did not change": "One and the same model hardly changes its price",
        "most became cheaper": "Most listings became cheaper",
        "most became dearer": "Most listings became dearer",
        "some became cheaper, some dearer": "Some listings became cheaper, some dearer",
    }.get(basket.verdict.value, "The price of one and the same model cannot be told")
