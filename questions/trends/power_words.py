"""What the test of a bend finds and would have noticed, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from analysis.amounts import surely
from analysis.results import months_after
from analysis.trends.bend_test import FALSE_ALARMS, BendTest
from analysis.trends.power import HALVING, NO_CHANGE, STOP
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import MINIMUM_MODELS, TrendVerdict
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import agreeing, counted


def of_power(power: pl.DataFrame, end: date) -> str:
    """How surely the test would have noticed a change a year, and half a year, before the data end.

    `power`: change, months, noticed, worlds, models, and noticed_monthly where looks every month were
    simulated too. Empty where the frontier does not rise.
    """
    if power.is_empty():
        return (
            "**Power.** A straight line through these models does not rise, so there is no rise of which a "
            "stop could be noticed."
        )
    year, half = in_words(months_after(end, -12)), in_words(months_after(end, -6))
    return " ".join(
        [
            f"**Power.** Had progress stopped on {year}, a year before these data end, this test would have "
            f"noticed with probability {_share(power, STOP, 12)}; had it stopped on {half}, with "
            f"{_share(power, STOP, 6)}. Had the pace halved on those days, with {_share(power, HALVING, 12)} "
            f"and {_share(power, HALVING, 6)}.",
            *_of_looks(power),
            *_of_false_alarms(power),
            f"From {power['worlds'][0]} simulated worlds with the release dates and the shortfalls of "
            f"the {power['models'][0]} models to {in_words(end)}.",
        ]
    )


def power_briefly(power: pl.DataFrame) -> str:
    """How surely a stop of a year before the data end would have been noticed; empty where none can be."""
    if power.is_empty():
        return ""
    return f"a stop a year before these data end would have been noticed with {_share(power, STOP, 12)}"


def power_untold(trend: FrontierTrend) -> str:
    """Why no power stands beside a verdict, and what follows for it."""
    if trend.verdict is TrendVerdict.SATURATED:
        return "**Power.** A test that is used up can notice no stop of AI."
    if trend.slopes is None or trend.n_recent < MINIMUM_MODELS:
        models = counted(trend.n_recent, "recent model")
        few = agreeing(trend.n_recent, "is too few", "are too few")
        return f"**Power.** {models} {few} to notice a stop: none could have been seen here."
    return (
        "**Power.** None: in these windows the earlier slope is not told, so there is nothing that the "
        "recent one could be found slower than. That no change is found does not say that there is none."
    )


def _of_looks(power: pl.DataFrame) -> Iterator[str]:
    if "noticed_monthly" in power.columns:
        yield (
            f"Whoever looks every month and wants at most {percent(FALSE_ALARMS)} false alarms a year "
            f"notices the stop of half a year ago with {_share(power, STOP, 6, 'noticed_monthly')}."
        )


def _of_false_alarms(power: pl.DataFrame) -> Iterator[str]:
    straight = power.filter(change=NO_CHANGE)
    if straight.height:
        yield f"It would have called {percent(straight['noticed'].item())} of straight lines slower, wrongly."


def of_bend(bend: BendTest) -> str:
    """What the test of a downward bend finds, and how often chance brings as much."""
    limit = percent(FALSE_ALARMS)
    if bend.is_noticed:
        return (
            f"**Test of a bend.** The frontier bends downwards {knot_text(bend)} before the data end: of "
            f"straight lines with these dates and this scatter at most {limit} bend as much."
        )
    if bend.bend.months_ago is None:
        return "**Test of a bend.** No line that bends downwards fits better than a straight one."
    return (
        "**Test of a bend.** No bend downwards is found: of straight lines with these dates and this scatter "
        f"{percent(bend.p_value)} bend as much by chance; {limit} or fewer would count."
    )


def knot_text(bend: BendTest) -> str:
    """The interval of the knot that was noticed, such as "6 to 12 months"."""
    if bend.knot_months is None:
        return f"{bend.bend.months_ago} months"
    low, high = bend.knot_months.low, bend.knot_months.high
    return f"{low:.0f} months" if low == high else f"{low:.0f} to {high:.0f} months"


def _share(power: pl.DataFrame, change: str, months: int, looks: str = "noticed") -> str:
    return surely(power.filter(change=change, months=months)[looks].item())
