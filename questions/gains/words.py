"""What is said of gains and what they cost, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from analysis.amounts import factor_text
from analysis.gains.budget import BudgetSteps, gain
from analysis.gains.margin import FrontPrice, PointPrice
from analysis.gains.recent import RECENT_MONTHS, PriceCourse, recent_prices
from analysis.gains.records import FrontierCost
from analysis.price.steps import PriceBasis
from analysis.results import Estimate
from charts.parts.axes import dollars, money, score_number, score_text
from charts.parts.figure import in_words
from questions.evidence import Evidence
from questions.wording import agreeing, capital, counted, fitting, listed

WOULD_CHANGE: Final = (
    "Scores of models that are known and not measured, a price cut, or prices of makers whose lists nobody "
    "reads."
)
_AT_LEVEL: Final = "90\u00a0% interval "
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
    band = ""
    if now["low"] is not None and now["high"] is not None:
        low, high = (score_number(_number(now[end]), unit) for end in ("low", "high"))
        band = f" ({_AT_LEVEL}{low} to {high})"
    said = f"{rests.when}, {budget} per million tokens bought {score_text(value, unit)}"
    sold = f"{SELLER[basis]}{among}"
    if before is None:
        return fitting(f"{said}{band} {sold}.", f"{said} {sold}.", f"{said}{among}.")
    gained = gain(now, before)
    point = {"fraction": "percentage point"}.get(unit, "point")
    brief = "" if unit == "points" else point
    return fitting(
        f"{said}{band} {sold}, {in_a_year(gained, unit, point)}.",
        f"{said}{band} {sold}, {in_a_year(gained, unit, brief)}.",
        f"{said} {sold}, {in_a_year(gained, unit, point, _AT_LEVEL)}.",
        f"{said}{among}, {in_a_year(gained, unit, point, _AT_LEVEL)}.",
        f"{said}{among}.",
    )


def in_a_year(gained: Estimate, unit: str, point: str, level: str = "") -> str:
    """How much more or less than a year before: "up 12 points (8 to 16) in a year".

    `point` names what is counted; where it is empty, the sentence has just named it. `level` stands before
    the interval, where the sentence has not named that either.
    """
    size = _size(gained.value, unit)
    if gained.interval is None:
        way = f"{counted(size, point or 'point')} {'more' if gained.value > 0 else 'less'} than"
        return f"{way if size else 'as much as'} a year before"
    if gained.interval.holds(0.0):
        return f"no clear gain in a year{_ends(gained, unit, level)}"
    way = "up" if gained.value > 0 else "down"
    return f"{way} {counted(size, point) if point else size}{_ends(gained, unit, level)} in a year"


def _ends(gained: Estimate, unit: str, level: str) -> str:
    """The interval of a difference in brackets, of its size where its sign is clear."""
    assert gained.interval is not None
    ends = (gained.interval.low, gained.interval.high)
    if ends[1] < 0:
        ends = (-ends[1], -ends[0])
    points = [100 * end if unit == "fraction" else end for end in ends]
    # Below one point a digit more, so that an end beside zero keeps to its side.
    low, high = (f"{end:.1f}" if abs(end) < 0.95 else f"{end:.0f}" for end in points)
    return f" ({level}{low} to {high})"


def _size(gain: float, unit: str) -> int:
    return round(100 * abs(gain) if unit == "fraction" else abs(gain))


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
    if low == high:
        return f"{span} the best model's list price was {low} per million tokens"
    trend = {
        PriceCourse.TOO_FEW: "",
        PriceCourse.NO_TREND: ", with no clear rise or fall",
        PriceCourse.RISES: ", and rose",
        PriceCourse.FALLS: ", and fell",
    }[recent.course]
    least, most = recent.lowest["title"], recent.highest["title"]
    return (
        f"{span} the best model's list price per million tokens was between {low} for {least} and {high} for "
        f"{most}{trend}"
    )


def frontier_doubt(found: FrontierCost) -> str:
    """How many of the best have no known price or one read late, and what a price per token leaves out."""
    without = found.records.height - found.priced["model_id"].n_unique()
    have = agreeing(without, "has", "have")
    said = f"{capital(counted(without, 'model'))} that held the record {have} no known list price. "
    course = _course_text(found)
    without_price = said if without else ""
    return (
        f"{_of_the_last(found)}{course}{without_price}{_of_late_readings(found)}A price per token is not a "
        "price per task: models that think before they answer use several times as many tokens. Measured "
        "costs of a task are on the page Frontier and cost."
    )


def _of_the_last(found: FrontierCost) -> str:
    """Which model is the best at the end and what it costs, as it goes before a sentence."""
    if found.steps.is_empty():
        return ""
    last = found.steps.row(-1, named=True)
    price = last["price_usd_per_mtok"]
    cost = (
        "no list price of it is known"
        if price is None
        else f"its list price was {money(price)} per million tokens"
    )
    return f"The best at the end was {last['title']}; {cost}. "


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


def _course_text(found: FrontierCost) -> str:
    """What a rise, a fall or neither rests on; empty where the prices are too few, or all the same."""
    recent = recent_prices(found)
    if recent is None or recent.low_usd_per_mtok == recent.high_usd_per_mtok:
        return ""
    by_chance = f"these {recent.n} prices, put in a random order, would show as clear a course"
    return {
        PriceCourse.TOO_FEW: "",
        PriceCourse.NO_TREND: f"No clear rise or fall: {by_chance} more often than 1 time in 10 (Kendall's "
        "test); that does not say that the price stays. ",
        PriceCourse.RISES: f"A clear rise: {by_chance} less often than 1 time in 10 (Kendall's test). ",
        PriceCourse.FALLS: f"A clear fall: {by_chance} less often than 1 time in 10 (Kendall's test). ",
    }[recent.course]


def budget_title(found: Sequence[BudgetSteps], unit: str, until: date, scale: str) -> str:
    """What the smallest budget that buys something buys on a scale, against what the largest does."""
    bought = [(one, now) for one in found if (now := one.on(until)) is not None]
    if not bought:
        return "What a fixed budget buys"
    (small, less), (large, more) = bought[0], bought[-1]
    day, least = f"On {in_words(until)}", f"{dollars(small.budget_usd_per_mtok)} per million tokens"
    scored = f"{score_text(_number(less['value']), unit)} on {scale}"
    if small is large:
        return f"{day} of these budgets only {least} bought a model that was scored: {scored}"
    return (
        f"{day} {least} bought {scored}; "
        f"{dollars(large.budget_usd_per_mtok)} bought {_against(gain(more, less), unit)}"
    )


def _against(gained: Estimate, unit: str) -> str:
    """How much more a larger budget buys, with the interval where it is known."""
    size = _size(gained.value, unit)
    points = counted(size, "percentage point" if unit == "fraction" else "point")
    if gained.interval is None:
        return f"{points} more" if size else "as much"
    more = "no clear gain" if gained.interval.holds(0.0) else f"{points} more"
    return f"{more}{_ends(gained, unit, _AT_LEVEL)}"


def budget_doubt(found: Sequence[BudgetSteps], until: date) -> str:
    """Which models these are, so that anybody can check."""
    named = [
        f"for {dollars(one.budget_usd_per_mtok)} it was {now['title']}"
        for one in found
        if (now := one.on(until)) is not None
    ]
    none = [dollars(one.budget_usd_per_mtok) for one in found if one.on(until) is None]
    nothing = f" {' and '.join(none)} per million tokens bought none that was scored." if none else ""
    best = f"On {in_words(until)} the best model {'; '.join(named).replace(' it was', ' was', 1)}."
    return (
        f"{best}{nothing} The best of many scores is somewhat too high itself, and a budget per token is not "
        "one per task."
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


def front_text(front: FrontPrice | None, unit: str) -> str:
    """What a point cost on average from the cheapest model to the best; empty where that is none."""
    if front is None:
        return ""
    cheapest, best = (
        f"{one['title']} with {score_text(one['value'], unit)} for {money(one['price_usd_per_mtok'])}"
        for one in (front.cheapest, front.best)
    )
    point = "percentage point" if unit == "fraction" else "point"
    known = front.a_point.interval
    band = "" if known is None else f" ({_AT_LEVEL}{money(known.low)} to {money(known.high)})"
    return (
        f"On average from the cheapest model on sale on {in_words(front.on)}, {cheapest}, to the best, "
        f"{best}, one more {point} cost {money(front.a_point.value)} per million tokens{band}. The first "
        "points of these may cost far less and the last far more."
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
