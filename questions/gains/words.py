"""What is said of gains and what they cost, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from analysis.amounts import factor_text
from analysis.gains.budget import BudgetSteps
from analysis.gains.margin import PointPrice
from analysis.gains.recent import RECENT_MONTHS, PriceCourse, recent_prices
from analysis.gains.records import FrontierCost
from analysis.price.steps import PriceBasis
from charts.parts.axes import dollars, money, score_number, score_text
from charts.parts.figure import in_words
from questions.evidence import Evidence
from questions.wording import agreeing, capital, counted, fitting, listed

WOULD_CHANGE: Final = (
    "Scores of models that are known and not measured, a price cut, or prices of makers whose lists nobody "
    "reads."
)
SELLER: Final = {PriceBasis.MAKER: "at makers' list prices", PriceBasis.CHEAPEST_HOST: "at the cheapest host"}


def first_line(
    bought: BudgetSteps,
    before: dict[str, object] | None,
    unit: str,
    basis: PriceBasis,
    rests: Evidence,
    among: str = "",
) -> str:
    """What the middle budget buys, with the score's interval, and how much more than a year before."""
    now = bought.on(rests.ends_on)
    budget = dollars(bought.budget_usd_per_mtok)
    if now is None:
        none = f"{among} none" if among else " no model"
        return f"{rests.when},{none} that was scored is on sale for {budget} per million tokens."
    value = _number(now["value"])
    gained = ""
    if before is not None:
        gained = f", {gain_text(value - _number(before['value']), unit)} a year before"
    band = ""
    if now["low"] is not None and now["high"] is not None:
        low, high = (score_number(_number(now[end]), unit) for end in ("low", "high"))
        band = f" (90\u00a0% interval {low} to {high})"
    said = f"{rests.when}, {budget} per million tokens bought {score_text(value, unit)}"
    return fitting(
        f"{said}{band} {SELLER[basis]}{among}{gained}.",
        f"{said} {SELLER[basis]}{among}{gained}.",
        f"{said}{among}{gained}.",
        f"{said}{among}.",
    )


def gain_text(gain: float, unit: str) -> str:
    """How much more or less than before: "12 points more than"."""
    said = _difference(gain, unit)
    return f"{said} than" if said else "as much as"


def _difference(gain: float, unit: str) -> str:
    """How much more or less, "12 points more"; empty where it rounds to nothing."""
    size = round(100 * abs(gain) if unit == "fraction" else abs(gain))
    points = counted(size, "percentage point" if unit == "fraction" else "point")
    return f"{points} {'more' if gain > 0 else 'less'}" if size else ""


def frontier_title(found: FrontierCost) -> str:
    """Between what the price of the best went of late, and whether it has a trend: never two chosen ends."""
    priced = found.priced
    if priced.height < 2:
        return "What the best model costs is known of too few to compare"
    recent = recent_prices(found)
    span = f"In the {RECENT_MONTHS} months to {found.until:%B %Y}"
    if recent is None:
        return f"{span} no list price of the best model is known"
    low, high = dollars(recent.low_usd_per_mtok), dollars(recent.high_usd_per_mtok)
    went = f"was between {low} and {high}" if low != high else f"was {low}"
    trend = {
        PriceCourse.TOO_FEW: "",
        PriceCourse.NO_TREND: ", without a trend",
        PriceCourse.RISES: " and rose",
        PriceCourse.FALLS: " and fell",
    }[recent.course]
    return f"{span} the best model's list price {went} per million tokens{trend}"


def frontier_doubt(found: FrontierCost) -> str:
    """How many of the best have no known price or one read late, and what a price per token leaves out."""
    without = found.records.height - found.priced["model_id"].n_unique()
    have = agreeing(without, "has", "have")
    said = f"{capital(counted(without, 'model'))} that held the record {have} no known list price. "
    return (
        f"{said if without else ''}{_of_late_readings(found)}A price per token is not a price per task: "
        "models that think before they answer use several times as many tokens. What a task cost was "
        "measured on the page Frontier and cost."
    )


def _of_late_readings(found: FrontierCost) -> str:
    """Whose price is only taken to have held since the launch, as it goes before a sentence; else nothing."""
    late = found.priced.drop_nulls("first_read_on")["title"].unique(maintain_order=True).to_list()
    if not late:
        return ""
    prices, were, are = (
        agreeing(len(late), one, many) for one, many in (("price", "prices"), ("was", "were"), ("is", "are"))
    )
    return (
        f"The list {prices} of {listed(late)} {were} first read more than three months after the launch and "
        f"{are} taken to have held since. "
    )


def budget_title(found: Sequence[BudgetSteps], unit: str, until: date) -> str:
    """What the smallest budget that buys something buys, against what the largest does."""
    bought = [(one, now) for one in found if (now := one.on(until)) is not None]
    if not bought:
        return "What a fixed budget buys"
    (small, less), (large, more) = bought[0], bought[-1]
    gap = _difference(_number(more["value"]) - _number(less["value"]), unit) or "as much"
    buys = f"{dollars(small.budget_usd_per_mtok)} per million tokens buys"
    scored = score_text(_number(less["value"]), unit)
    if small is large:
        return f"Of these budgets only {buys} a model that was scored: {scored}"
    return f"{buys} {scored}; {dollars(large.budget_usd_per_mtok)} buys {gap}"


def budget_doubt(found: Sequence[BudgetSteps], until: date) -> str:
    """Which models these are, so that anybody can check."""
    named = [
        f"{dollars(one.budget_usd_per_mtok)}: {now['title']}"
        for one in found
        if (now := one.on(until)) is not None
    ]
    none = [dollars(one.budget_usd_per_mtok) for one in found if one.on(until) is None]
    buy = agreeing(len(none), "buys", "buy")
    nothing = f" {' and '.join(none)} per million tokens {buy} none that was scored." if none else ""
    who = "these are" if len(named) > 1 else "it is"
    return (
        f"On {in_words(until)} {who} {'; '.join(named)}.{nothing} The best of many scores is somewhat "
        "too high itself, and a budget per token is not one per task."
    )


def point_text(price: PointPrice, unit: str) -> str:
    """What one more point costs at both ends of the front, in words."""
    point = "percentage point" if unit == "fraction" else "point"
    span = f"{100 * price.span:.0f} percentage points" if unit == "fraction" else f"{price.span:.0f} points"
    if price.cheap is None or price.best is None:
        return f"What one more {point} costs cannot be told: the models on sale span less than {span}."
    day = in_words(price.on)
    above, below = (
        "" if pair is None else f"the intervals of {listed(pair)} overlap"
        for pair in (price.cheap_between, price.best_between)
    )
    if above and below:
        return (
            f"What one more {point} cost on {day} cannot be told at either end: above the cheapest model "
            f"{above}, below the best {below}."
        )
    said = f"On {day} one more {point} cost"
    cheap = f"{money(price.cheap)} per million tokens above the cheapest model"
    if above:
        return (
            f"{said} {money(price.best)} per million tokens below the best, over a step of at least {span}; "
            f"above the cheapest model it cannot be told: {above}."
        )
    if below:
        return f"{said} {cheap}, over a step of at least {span}; below the best it cannot be told: {below}."
    ratio = price.best / price.cheap if price.cheap > 0 else None
    times = f", {factor_text(ratio)} times as much" if ratio is not None and ratio > 1 else ""
    return (
        f"{said} {cheap}, and {money(price.best)} below the best{times}; each over a step of at least {span}."
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
