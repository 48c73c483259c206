"""What the overview says of capability and price, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from analysis.capability.frontier import BestSoFar, critical_value
from analysis.price.decline import PriceDecline, successive_cheapest
from analysis.price.steps import CheapestSteps
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict
from charts.parts.axes import dollars
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.decline_rates import rate_text
from questions.price.words import last_year, since
from questions.trends.words import CALLED_BRIEFLY, CALLED_THEN, interval_text, is_told, slope_text, span_text
from questions.wording import capital, counted, fitting

WHICH_LEVEL: Final = (
    "GPT-4's level is the score of its first version in the runs that are shown, the same on every page; "
    "Epoch AI's study of price trends asked for 33 %, as GPT-4 was measured then."
)
WHAT_BRINGS_DATA: Final = "The Data page says when each source runs next, and can run it now."


def first_line(
    trend: FrontierTrend | None,
    cheapest: CheapestSteps | None,
    *,
    is_old: bool = False,
    price_ended_on: date | None = None,
) -> str:
    """The verdict on AI's capability with its interval and last day of data, and what GPT-4's level costs.

    is_old          whether the newest evidence of capability is too old to speak of the day asked for
    price_ended_on  the day on which prices were last confirmed, where that is too old
    """
    cost = "" if cheapest is None else _level_cost(cheapest, price_ended_on)
    if trend is None:
        return f"{capital(cost)}."
    verdict = _verdict(trend, is_old=is_old)
    if not cost:
        return f"{verdict}."
    # Of a steady climb the pace can be left to the chart: that it climbs is the answer.
    plainly = _verdict(trend, is_old=is_old, plainly=True)
    return fitting(f"{verdict}; {cost}.", f"{plainly}; {cost}.", f"{verdict}.")


def of_leader(best: BestSoFar, titles: Mapping[str, str], series: str) -> str:
    """Who leads a series, with the interval and how many cannot be told apart from it."""
    first, *others = best.leaders.iter_rows(named=True)
    words = f"**Who leads.** The best {series} so far is {titles[first['model_id']]}'s "
    words += f"{first['value']:.1f} points"
    if first["stderr"] is not None:
        half = critical_value(best.level) * first["stderr"]
        words += (
            f" ({percent(best.level)} interval {first['value'] - half:.1f} to {first['value'] + half:.1f})"
        )
    if others:
        words += f", not told apart from {counted(len(others), 'other')}"
    return f"{words}."


def cross_check(trend: FrontierTrend, series: str) -> str:
    """What another series says on the same question, in one sentence; empty where it cannot tell."""
    if trend.slopes is None or not is_told(trend):
        return ""
    return (
        f"**Cross-check.** The {series} gives {slope_text(trend, trend.slopes.recent)} in "
        f"{span_text(trend)}; verdict: {trend.verdict.value}."
    )


def of_price(cheapest: CheapestSteps, capability: str, ended_on: date | None = None) -> str:
    """What a capability costs now, or cost on the day of old evidence, and how much less than at first."""
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return f"Nothing that reaches {capability} is on sale."
    asks = "asks" if ended_on is None else "asked"
    words = f"The cheapest maker of {capability} {asks} {dollars(price)} per million tokens"
    if ended_on is not None:
        words += f" on {in_words(ended_on)}"
    if cheapest.times_cheaper is not None:
        first = cheapest.steps["valid_on"][0]
        words += f", {cheapest.times_cheaper:,.0f} times less than in {first:%B %Y}"
    return f"{words}."


def of_rates(cheapest: CheapestSteps, decline: PriceDecline) -> str:
    """Both rates of a price side by side, each with what it measures."""
    records = successive_cheapest(cheapest)
    through = "the one model" if records.n == 1 else f"the {records.n} successive cheapest models"
    among = (
        "the one model that reaches" if decline.n_models == 1 else f"all {decline.n_models} models that reach"
    )
    return (
        f"Through {through}: {rate_text(records)}{since(records)}. Through the tenth "
        f"percentile of {among} it, dear ones included: {rate_text(decline)}{since(decline)}. The first is "
        "selected to fall; the second asks if the cheap end of what is newly on sale falls. "
        f"{last_year(cheapest)}"
    ).strip()


def unpriced(cheapest: CheapestSteps) -> str:
    """How many models reach the score without a maker's price; empty where all have one."""
    number = len(cheapest.unpriced)
    if not number:
        return ""
    verbs = "reaches it has" if number == 1 else "reach it have"
    return f"{counted(number, 'model')} that {verbs} no maker's price: unpriced, left out"


def freshness(scored_on: date | None, priced_on: date | None, held: Mapping[str, Any]) -> str:
    """The newest score and price that the answer uses, and how much is held; empty where nothing is.

    `held`: a row of newest_payload.sql, whose own day is that of any table and no evidence.
    """
    days = (("Newest model measured", scored_on), ("prices last confirmed", priced_on))
    newest = ", ".join(f"{name} {in_words(day)}" for name, day in days if day is not None)
    if not newest:
        return ""
    return (
        f"{capital(newest)}. {counted(held['rows_held'], 'row')} from "
        f"{counted(held['sources'], 'source')}, {counted(held['payloads'], 'payload')} kept."
    )


def _verdict(trend: FrontierTrend, *, is_old: bool, plainly: bool = False) -> str:
    if trend.slopes is None or not is_told(trend):
        models = counted(trend.n_recent, "model")
        few = "is too few" if trend.n_recent == 1 else "are too few"
        return f"It cannot be told whether AI's capability still climbs: {models} in {span_text(trend)} {few}"
    slope, until = trend.slopes.recent, in_words(trend.window.end)
    steady = plainly and trend.verdict is TrendVerdict.STEADY
    if is_old:
        called = f"Up to {until} AI's capability {'climbed' if steady else CALLED_THEN[trend.verdict]}"
        if slope.interval is None:
            return f"{called}: the slope of its index has no interval"
        return f"{called}: {slope.value:+.1f} index points a year{interval_text(trend, slope)}"
    called = f"AI's capability {'climbs' if steady else CALLED_BRIEFLY[trend.verdict]}"
    if slope.interval is None:
        return f"{called}: the slope of its index has no interval, data to {until}"
    return f"{called}: {slope.value:+.1f} index points a year{interval_text(trend, slope)} to {until}"


def _level_cost(cheapest: CheapestSteps, ended_on: date | None) -> str:
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return "nothing at GPT-4's level is on sale"
    if ended_on is not None:
        return f"GPT-4's level cost {dollars(price)} per million tokens (maker, {ended_on.day} {ended_on:%B})"
    return f"GPT-4's level costs {dollars(price)} per million tokens (maker)"
