"""What the question on the data wall says, as pure functions: sentences with their intervals."""

from __future__ import annotations

from datetime import date
from typing import Final

from analysis.amounts import large_amount
from analysis.datawall.crossing import SetGrowth, WallForecast, WallVerdict
from analysis.results import Estimate
from charts.datawall.crossing_years import year_text
from charts.datawall.data_wall import tokens_in_words
from charts.parts.figure import in_words
from charts.parts.percent import percent

NOTHING: Final = "no sizes of training sets, or no ranges of the stock of text, are known as of this date."
OF_GROWTH: Final = "The growth rests on the sets of the paper only"
EACH_ASSUMPTION: Final = "How much each assumption moves the year"
OWN_ASSUMPTIONS: Final = "Your assumptions"
PAPER: Final = "The paper of June 2024"
WOULD_CHANGE: Final = (
    "Another growth of training sets above all, then the stock, which is known to a factor of ten only."
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
    return f"The largest training set would need all public human text in {year}, {basis}."


def meeting(forecast: WallForecast) -> str:
    """When the largest training set meets the stock, in one clause without its interval."""
    if forecast.estimate is None:
        return {
            WallVerdict.NONE_IN_SIGHT: "Training sets do not meet the stock of human text in this century",
        }.get(forecast.verdict, "When training sets meet the stock of human text cannot be told")
    return (
        "If sets keep growing so, the largest equals the stock of public human text around "
        f"{forecast.estimate.value:.0f}"
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
        f"{of_growth(forecast.growth)}. Private, synthetic and other than text data are outside it."
    )


def of_growth(growth: SetGrowth) -> str:
    """Growth of training sets with its interval, number and window."""
    if growth.estimate is None or growth.window is None:
        return f"no growth that can be told: {growth.n} sets are too few"
    return (
        f"{growth.n} training sets of {growth.window.start.year} to {growth.window.end.year} that grew "
        f"{_orders(growth.estimate)}"
    )


def of_newer(forecast: WallForecast) -> str:
    """The newer sets as a fit of their own."""
    growth = forecast.growth
    if growth.estimate is None:
        return f"The newer sets are {growth.n}: too few for a fit of their own."
    year = (
        f"which alone would give {year_text(forecast.estimate, with_level=True)}"
        if forecast.estimate
        else "which gives no year"
    )
    return (
        f"**The {growth.n} newer and larger sets, fitted on their own**, grew {_orders(growth.estimate)}, "
        f"{year}. They were picked for being known, so they are drawn but never pooled with those of the "
        "paper."
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
