"""What the page on the data wall says, as pure functions: sentences with their intervals."""

from __future__ import annotations

from datetime import date

from analysis.datawall.crossing import SetGrowth, WallForecast, WallVerdict
from analysis.results import Estimate
from charts.datawall.crossing_years import year_text
from charts.datawall.data_wall import amount_in_words, tokens_in_words
from charts.parts.figure import in_words
from charts.parts.percent import percent


def meeting(forecast: WallForecast) -> str:
    """When the largest training set meets the stock, in one clause without its interval."""
    if forecast.estimate is None:
        return {
            WallVerdict.NONE_IN_SIGHT: "Training sets do not meet the stock of human text in this century",
        }.get(forecast.verdict, "When training sets meet the stock of human text cannot be told")
    return (
        f"The largest training set equals the stock of public human text around {forecast.estimate.value:.0f}"
    )


def answer(forecast: WallForecast, own: bool, as_of: date) -> str:
    """The first line: the crossing year with its interval, and what it rests on."""
    if forecast.estimate is None:
        return f"As of {in_words(as_of)}: {meeting(forecast)}: {forecast.verdict.value}."
    window = forecast.window
    past = f"from {window.start.year} to {window.end.year}" if window else "before"
    basis = "under your assumptions" if own else f"if training sets grow as they did {past}"
    never = f" In {percent(forecast.never)} of draws it never does." if forecast.never >= 0.005 else ""
    return (
        f"As of {in_words(as_of)} the largest training set would equal the whole stock of public human text "
        f"in {year_text(forecast.estimate, with_level=True)}, {basis}.{never}"
    )


def rests_on(forecast: WallForecast) -> str:
    """The stock and the growth behind the year, and what would change it."""
    return (
        f"It rests on a stock of {_tokens(forecast.stock_tokens)} at the start of 2024, and on "
        f"{of_growth(forecast.growth)}. What would change it: another growth of training sets above all, "
        "then the stock, which is known to a factor of ten only. Private, synthetic and other than text "
        "data are outside it."
    )


def of_growth(growth: SetGrowth) -> str:
    """Growth of training sets with its interval, number and window."""
    if growth.estimate is None or growth.window is None:
        return f"no growth that can be told: {growth.n} sets are too few"
    return (
        f"{growth.n} training sets of {growth.window.start.year} to {growth.window.end.year} that grew "
        f"{_orders(growth.estimate)}"
    )


def of_newer(growth: SetGrowth, forecast: WallForecast) -> str:
    """The newer sets as a fit of their own."""
    if growth.estimate is None:
        return f"The newer sets are {growth.n}: too few for a fit of their own."
    year = (
        f"which alone would give {year_text(forecast.estimate)}"
        if forecast.estimate
        else "which gives no year"
    )
    return (
        f"**The {growth.n} newer and larger sets, fitted on their own**, grew "
        f"{_orders(growth.estimate)}, {year}. They were picked for being known, so they are drawn but "
        "never pooled with the 80."
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
    low, high = amount_in_words(estimate.interval.low), amount_in_words(estimate.interval.high)
    return f"{words} (90 % interval {low} to {high})"
