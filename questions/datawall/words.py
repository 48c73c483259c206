"""What the question on the data wall says, as pure functions: sentences with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.amounts import factor_text, large_amount, year_in_words
from analysis.datawall.crossing import (
    MINIMUM_SETS,
    MINIMUM_SPAN_YEARS,
    SetGrowth,
    WallForecast,
    WallVerdict,
)
from analysis.results import Estimate
from charts.datawall.crossing_years import Scenario, year_text
from charts.datawall.data_wall import tokens_in_words
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.wording import agreeing, capital, counted

NOTHING: Final = "no sizes of training sets, or no ranges of the stock of text, are known as of this date."
OF_GROWTH: Final = "The growth rests on the sets of the paper only"
EACH_ASSUMPTION: Final = "How much each assumption moves the year"
OWN_ASSUMPTIONS: Final = "Your assumptions"
PAPER: Final = "The paper of June 2024"
OVER_TRAINED: Final = (
    "Over-trained 5 times: a model reads 5 times as many tokens per parameter as models did in early 2024, "
    "so that at equal compute its set is larger."
)
UNITS: Final = (
    "The paper's sizes are words, taken as 0.8 tokens each; the chart's table says in what each newer set is "
    "counted."
)
_TOLD_FROM: Final = 0.005
"""A share of draws below this is none in whole percent."""


def first_line(forecast: WallForecast, as_of: date, *, own: bool) -> str:
    """The crossing year with its interval, what it rests on, and the day of the last training set.

    `own`: the reader moved an assumption.
    """
    if forecast.estimate is None:
        return _no_year(forecast, as_of, own=own)
    until = in_words(forecast.window.end) if forecast.window else in_words(as_of)
    basis = (
        f"under your assumptions (training sets up to {until})"
        if own
        else f"if sets grow as they did up to {until}"
    )
    year = year_text(forecast.estimate, with_level=True)
    need = "already have needed" if _is_past(forecast.estimate, as_of) else "need"
    return f"The largest training set would {need} all public human text in {year}, {basis}."


def _is_past(estimate: Estimate, as_of: date) -> bool:
    """Whether a crossing lies before the day of the answer."""
    return estimate.value < as_of.year + (as_of.timetuple().tm_yday - 1) / 365.25


def would_change(forecast: WallForecast) -> str:
    """What the year hangs on, with how well the stock is known."""
    head = "Another growth of training sets above all, then the stock"
    interval = forecast.stock_tokens.interval
    if interval is None:
        return f"{head}."
    factor = factor_text(interval.high / interval.low)
    return f"{head}: the ends of its {percent(interval.level)} interval lie a factor of {factor} apart."


def of_largest(sets: pl.DataFrame, stock: Estimate) -> str:
    """The largest set known, of which month and what is counted in it, and its share of the stock.

    `sets`: see training_sets.sql; there must be one.
    """
    largest = sets.sort("tokens", "published_on", descending=[True, False]).row(0, named=True)
    kind = largest["counted_in"].removeprefix("tokens").removeprefix(", ")
    details = "; ".join(filter(None, (kind, largest["note"])))
    of = f" ({details})" if details else ""
    share = _share(largest["tokens"] / stock.value)
    interval = stock.interval
    ends = (
        f" ({percent(interval.level)} interval {_share(largest['tokens'] / interval.high)} to "
        f"{_share(largest['tokens'] / interval.low)})"
        if interval
        else ""
    )
    return (
        f"**The largest set known** is that of {largest['title']} ({largest['published_on']:%B %Y}): "
        f"{tokens_in_words(largest['tokens'])}{of}, {share} of the stock at the start of 2024{ends}."
    )


def of_past(compared: Sequence[Scenario], as_of: date) -> str:
    """Which assumptions give a middle year that is past, each with its interval; empty where none does.

    Half of the draws lie later than the middle one, so that the interval says whether the wall may be ahead.
    """
    past = [
        f"{one.name}, {year_text(one.estimate, with_level=True)}"
        for one in compared
        if one.computed_here and one.estimate and _is_past(one.estimate, as_of)
    ]
    return f"The middle year lies before {in_words(as_of)} under: {'; '.join(past)}." if past else ""


def across(compared: Sequence[Scenario]) -> str:
    """From which middle year to which the assumptions move it, and of how many there is none."""
    ours = [one.estimate for one in compared if one.computed_here]
    years = sorted(estimate.value for estimate in ours if estimate)
    if not years:
        return EACH_ASSUMPTION
    none = len(ours) - len(years)
    without = f"; under {none} of {len(ours)} there is none in this century" if none else ""
    first, last = year_in_words(years[0]), year_in_words(years[-1])
    if first == last:
        return f"The middle year is {first}, whichever assumption is made{without}"
    return f"The middle year moves with the assumption, from {first} to {last}{without}"


def meeting(forecast: WallForecast, as_of: date) -> str:
    """When the largest training set meets the stock, in one clause without its interval."""
    if forecast.estimate is None:
        return {
            WallVerdict.NONE_IN_SIGHT: "Training sets do not meet the stock of human text in this century",
        }.get(forecast.verdict, "When training sets meet the stock of human text cannot be told")
    year = f"{forecast.estimate.value:.0f}"
    if _is_past(forecast.estimate, as_of):
        return (
            "Had training sets grown as assumed, the largest would have equalled the stock of public human "
            f"text around {year}"
        )
    return (
        "If training sets grow as assumed, the largest will equal the stock of public human text around "
        f"{year}"
    )


def of_never(forecast: WallForecast) -> str:
    """In how many draws there is no crossing; empty where there are none, or where no year is given."""
    if forecast.estimate is None or forecast.never is None or forecast.never < _TOLD_FROM:
        return ""
    return f"In {percent(forecast.never)} of draws training sets never meet the stock in this century."


def rests_on(forecast: WallForecast) -> str:
    """The stock and the growth behind the year, and what is left out."""
    return (
        f"A stock of {_tokens(forecast.stock_tokens)} at the start of 2024, and "
        f"{of_growth(forecast.growth)}. Private and synthetic data, and anything but text, are outside it."
    )


def of_growth(growth: SetGrowth) -> str:
    """Growth of training sets with its interval, number and window."""
    if growth.estimate is None or growth.window is None:
        return f"a growth that cannot be told from {counted(growth.n, 'set')}"
    return (
        f"{growth.n} training sets of {growth.window.start.year} to {growth.window.end.year} that grew "
        f"{_orders(growth.estimate)}"
    )


def of_newer(forecast: WallForecast) -> str:
    """The newer sets as a fit of their own."""
    growth = forecast.growth
    if growth.window is None:
        return "No newer set is known that is not among those of the paper."
    span = f"{growth.window.start:%B %Y} to {growth.window.end:%B %Y}"
    if growth.estimate is None:
        return (
            f"**{capital(counted(growth.n, 'newer set'))} of {span}**, not among those of the paper, "
            f"{agreeing(growth.n, 'is', 'are')} drawn but not fitted: a fit takes at least {MINIMUM_SETS} "
            f"sets over at least {MINIMUM_SPAN_YEARS:g} years. {UNITS}"
        )
    year = (
        f"which alone would give {year_text(forecast.estimate, with_level=True)}"
        if forecast.estimate
        else "which gives no year"
    )
    return (
        f"**The {growth.n} newer sets of {span}, fitted on their own**, grew {_orders(growth.estimate)}, "
        f"{year}. They were picked for being known, so they are drawn but never pooled with those of the "
        f"paper. {UNITS}"
    )


def _no_year(forecast: WallForecast, as_of: date, *, own: bool) -> str:
    if forecast.verdict is WallVerdict.CANNOT_BE_TOLD:
        return (
            f"As of {in_words(as_of)} it cannot be told when training sets meet the stock of public human "
            f"text: {forecast.growth.n} training sets are too few."
        )
    basis = "under your assumptions" if own else "if they grow as they did"
    return (
        f"As of {in_words(as_of)} training sets do not meet the stock of public human text in this century "
        f"in most draws, {basis}."
    )


def _share(share: float) -> str:
    return percent(share, 0 if share >= 0.1 else 1)


def _orders(estimate: Estimate) -> str:
    words = f"by a factor of {10**estimate.value:.1f} a year"
    if estimate.interval is None:
        return words
    low, high = estimate.interval.low, estimate.interval.high
    orders = f"{estimate.value:.2f} orders of magnitude"
    return f"{words} (95 % interval {10**low:.1f} to {10**high:.1f}; {orders})"


def _tokens(estimate: Estimate) -> str:
    words = tokens_in_words(estimate.value)
    if estimate.interval is None:
        return words
    low, high = (large_amount(end, 2) for end in (estimate.interval.low, estimate.interval.high))
    return f"{words} (90 % interval {low} to {high})"
