"""What the overview says of capability and price, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.capability.frontier import BestSoFar
from analysis.capability.told_apart import not_told_apart
from analysis.price.steps import CheapestSteps
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.price_over_time import asked_text
from questions.price.threshold import HEADLINE_SCALE
from questions.trends.words import (
    bend_text,
    called_briefly,
    called_then,
    interval_text,
    is_told,
    named,
    slope_text,
    span_text,
)
from questions.wording import agreeing, capital, counted, fitting

OTHER_CHOICES: Final = (
    "It is the verdict on one index in one pair of windows; what other measures and windows say stands on "
    "Trends and S-curves."
)
WHAT_BRINGS_DATA: Final = "The Sources page says when each source runs next, and can run it now."


def first_line(
    trend: FrontierTrend | None,
    cheapest: CheapestSteps | None,
    *,
    is_old: bool = False,
) -> str:
    """The verdict on AI's capability with its interval and last day of data, and what GPT-4's level costs.

    is_old   whether the newest evidence of capability is too old to speak of the day asked for
    """
    # A price that names no day would be read as one of the day with which the sentence begins.
    names_its_day = is_old and trend is not None and trend.slopes is not None and is_told(trend)
    costs = () if cheapest is None else _level_costs(cheapest, dated_only=names_its_day)
    if trend is None:
        return f"{capital(costs[0])}."
    verdict = _verdict(trend, is_old=is_old)
    # Of a steady climb the pace can be left to the chart: that it climbs is the answer.
    plainly = _verdict(trend, is_old=is_old, plainly=True)
    return fitting(*(f"{plainly}; {cost}." for cost in costs), f"{verdict}.")


def badge(trend: FrontierTrend, *, is_old: bool = False) -> str:
    """The verdict in a few words, with the last day of data; in the past tense where that is too old."""
    until = f"data to {in_words(trend.window.end)}"
    if is_old and is_told(trend):
        return f"{capital(called_then(trend))}; {until}"
    if trend.slopes is None or not is_told(trend):
        return f"Cannot be told; {until}"
    said = {
        TrendVerdict.PLATEAU: "On a plateau",
        TrendVerdict.SLOWING: "Still climbing, slower than before",
        TrendVerdict.ACCELERATING: "Still climbing, faster than before",
        TrendVerdict.STEADY: "Still climbing, no change of pace found",
        TrendVerdict.CLIMBING: "Still climbing",
        TrendVerdict.SATURATED: "At its ceiling",
        TrendVerdict.NOT_DISTINGUISHABLE: "Climbing or standing still, not told apart",
    }[trend.verdict]
    if trend.verdict in (TrendVerdict.SLOWING, TrendVerdict.ACCELERATING) and not trend.surely_rises:
        said = capital(called_briefly(trend))
    return f"{said}; {until}"


def of_leader(best: BestSoFar, models: pl.DataFrame, series: str) -> str:
    """Who leads a series, with the interval that its models have on every page, and how many share its place.

    `models`: those of the series, with model_id, title, low and high (90 %, null where none is known).
    """
    first, *others = best.leaders.iter_rows(named=True)
    leader = models.row(by_predicate=pl.col("model_id") == first["model_id"], named=True)
    words = f"**Who leads.** The best {series} so far is {leader['title']}'s {first['value']:.1f} points"
    if leader["low"] is not None and leader["high"] is not None:
        words += f" ({percent(best.level)} interval {leader['low']:.1f} to {leader['high']:.1f})"
    if others:
        words += f", which {not_told_apart([row['model_id'] for row in others], 0)}"
    return f"{words}."


def cross_check(trend: FrontierTrend, series: str, power: str) -> str:
    """What another series says on the same question, in one sentence; empty where it cannot tell.

    power   what its test would have noticed; empty where that is not known
    """
    if trend.slopes is None or not is_told(trend):
        return ""
    noticed = power or "what its test would have noticed is not known"
    return (
        f"**Cross-check.** The {series} gives {slope_text(trend, trend.slopes.recent)} in "
        f"{span_text(trend)}; verdict: {named(trend.verdict)} ({noticed})."
    )


def unpriced(cheapest: CheapestSteps) -> str:
    """How many models reach the score without a maker's price; empty where all have one."""
    number = len(cheapest.unpriced)
    if not number:
        return ""
    verbs = agreeing(number, "reaches it has", "reach it have")
    return f"{counted(number, 'model')} that {verbs} no maker's price: unpriced, left out"


def freshness(scored_on: date | None, priced_on: date | None, held: Mapping[str, Any]) -> str:
    """The newest score and price that the answer uses, and from how many sources; empty where nothing is.

    `held`: a row of newest_payload.sql, whose own day is that of any table and no evidence.
    """
    days = (("Newest model measured", scored_on), ("prices last confirmed", priced_on))
    newest = ", ".join(f"{name} {in_words(day)}" for name, day in days if day is not None)
    if not newest:
        return ""
    stand = agreeing(held["sources"], "stands", "stand")
    return f"{capital(newest)}. {counted(held['sources'], 'source')} {stand} behind this site."


def _verdict(trend: FrontierTrend, *, is_old: bool, plainly: bool = False) -> str:
    if trend.slopes is None or not is_told(trend):
        models = counted(trend.n_recent, "model")
        few = agreeing(trend.n_recent, "is too few", "are too few")
        return f"It cannot be told whether AI's capability still climbs: {models} in {span_text(trend)} {few}"
    slope, until = trend.slopes.recent, in_words(trend.window.end)
    steady = plainly and trend.verdict is TrendVerdict.STEADY
    bent = f", {bend_text(trend)}" if bend_text(trend) else ""
    if is_old:
        called = f"Up to {until} AI's capability {'climbed' if steady else called_then(trend)}"
        if slope.interval is None:
            return f"{called}: the slope of its index has no interval"
        return f"{called}: {slope.value:+.1f} index points a year{interval_text(trend, slope)}{bent}"
    called = f"AI's capability {'climbs' if steady else called_briefly(trend)}"
    if slope.interval is None:
        return f"{called}: the slope of its index has no interval, data to {until}"
    return f"{called}: {slope.value:+.1f} index points a year{interval_text(trend, slope)}{bent} to {until}"


def _level_costs(cheapest: CheapestSteps, *, dated_only: bool) -> tuple[str, ...]:
    """What the level costs with the day of the price, which is not that of the scores; the fullest first."""
    price = cheapest.steps["price_usd_per_mtok"][-1]
    day = None if cheapest.window is None else in_words(cheapest.window.end)
    if price is None:
        on = "" if day is None else f" on {day}"
        return (f"nothing at GPT-4's {HEADLINE_SCALE} level was on sale at a maker{on}",)
    said = f"GPT-4's {HEADLINE_SCALE} level: {asked_text(cheapest)} per million tokens"
    dated = () if day is None else (f"{said} (maker, {day})", f"{said} ({day})")
    return dated if dated_only else (*dated, f"{said} (maker)")
