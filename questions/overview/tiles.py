"""The four figures of the overview: pace of capability, agents' time, a level's price, lag of open models."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from analysis.capability.frontier import BestSoFar
from analysis.claims.open_models import DAYS_PER_MONTH, lag_months
from analysis.price.fall import PriceFall
from analysis.price.steps import CheapestSteps
from analysis.results import Interval, months_before
from analysis.trends.horizon import SINCE, record_doubling_time
from analysis.trends.trend import FrontierTrend
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.price.price_over_time import TIMES_LESS, least_asked, less_than_at_first
from questions.answer import Tile, Tiles
from questions.price.fall_words import by_when
from questions.price.threshold import HEADLINE_SCALE
from questions.trends.series import GrowthSeries, horizon
from questions.trends.trend import trend_of
from questions.trends.words import is_told
from questions.view import View
from questions.wording import counted

OPEN_LAG: Final = "open-models-follow-closely"
"""The claim whose figure is how far open models are behind."""

_INDEX: Final = (
    "One scale for many benchmarks, so that models that took different tests can be compared: who solves "
    "harder tasks stands higher. The points have no unit; {best:.0f} is the best so far."
)
_HORIZON: Final = (
    "METR times how long skilled people take for tasks that a model then does right in half of the tries. "
    "The tile says in how many months that length doubles."
)
_LINE: Final = "The line is the fitted frontier: how steeply it ends is this number."
_LEVEL: Final = (
    "The lowest list price of a maker whose model scores at least as high as GPT-4 of March 2023 on GPQA, "
    "three input tokens to one of output. A list price has no interval; what the error of GPT-4's score "
    "does to it stands on Falling price."
)
_LAG: Final = (
    "How many months earlier a closed model had first reached what the best model with open weights reached "
    "on that day, by the capability index."
)


def tiles(
    view: View,
    trend: FrontierTrend | None,
    best: BestSoFar | None,
    cheapest: CheapestSteps | None,
    fall: PriceFall | None = None,
) -> tuple[Tiles, ...]:
    """What is known of the four; none where nothing is. `fall` is that of the cheapest price."""
    found = (*_pace(trend, best), *_doubling(view), *_price(cheapest, by_when(fall)), *_lag(view))
    return (Tiles(found),) if found else ()


def _pace(trend: FrontierTrend | None, best: BestSoFar | None) -> Iterator[Tile]:
    if trend is None or trend.slopes is None or best is None:
        return
    slope, label = trend.slopes.recent, "Capability index, points a year"
    records = tuple(best.steps.sort("from_on")["value"].to_list())
    about = _INDEX.format(best=records[-1])
    if not is_told(trend):
        yield Tile(label, "not known", f"{counted(trend.n_recent, 'model')} cannot tell it", records, about)
        return
    yield Tile(
        label,
        f"{slope.value:+.1f}",
        f"{_ends(slope.interval, 1)}, to {in_words(trend.window.end)}",
        _fitted(trend),
        f"{about} {_LINE}",
    )


def _fitted(trend: FrontierTrend) -> tuple[float, ...]:
    """The fitted frontier month by month, on the scale on which it is straight: it ends with its slope."""
    months = pl.date_range(trend.window.start, trend.window.end, "1mo", eager=True)
    heights = trend.measure.scaled(trend.frontier_on(months))
    return tuple(heights[~np.isnan(heights)].tolist())


def _doubling(view: View) -> Iterator[Tile]:
    series = horizon(view, "50")
    if series is None:
        return
    trend = trend_of(view, series)
    if trend.slopes is None:
        return
    slope, label = trend.slopes.recent, "Agents' task length (METR) doubles in"
    longest = series.models.sort("released_on")["value"].cum_max().unique(maintain_order=True)
    trace = tuple(math.log2(minutes) for minutes in longest)
    if slope.interval is None or slope.interval.low <= 0:
        yield Tile(label, "not known", f"{counted(trend.n, 'model')} cannot tell it", trace, _HORIZON)
        return
    months = Interval(12 / slope.interval.high, 12 / slope.interval.low, slope.interval.level)
    few = "" if is_told(trend) else f"{counted(trend.n_recent, 'model')}, too few for a verdict; "
    wider = _by_makers(trend, months)
    note = f"{few}{_ends(wider or months, 1)}, to {in_words(trend.window.end)}"
    which = f" The interval draws makers; with models drawn it is {_span(months)}." if wider else ""
    shown = f"{12 / slope.value:.1f}"
    edge = _at_an_end(shown, wider or months)
    about = f"{_HORIZON} {_LINE}{edge}{which}{_by_record_setters(series)}"
    yield Tile(label, f"{shown} months", note, _fitted(trend), about)


def _by_makers(trend: FrontierTrend, months: Interval) -> Interval | None:
    """The interval with organisations drawn in place of models, where it is the wider one; else None."""
    drawn = trend.clustered.recent.interval if trend.clustered else None
    if drawn is None or drawn.low <= 0:
        return None
    found = Interval(12 / drawn.high, 12 / drawn.low, months.level)
    return found if found.high - found.low > months.high - months.low else None


def _at_an_end(shown: str, interval: Interval) -> str:
    """What it means that the figure, as it is shown, is an end of its interval; else nothing."""
    for end, other in ((interval.low, "longer"), (interval.high, "shorter")):
        if f"{end:.1f}" == shown:
            return f" It is an end of its interval: nearly all draws of the models give a {other} time."
    return ""


def _span(interval: Interval) -> str:
    return f"{interval.low:.1f} to {interval.high:.1f}"


def _by_record_setters(series: GrowthSeries) -> str:
    """What METR's own convention gives, where it gives a doubling; else nothing."""
    found = record_doubling_time(series.models)
    if found.days is None:
        return ""
    months, interval = found.days.value / DAYS_PER_MONTH, found.days.interval
    ends = ""
    if interval is not None:
        said = Interval(interval.low / DAYS_PER_MONTH, interval.high / DAYS_PER_MONTH, interval.level)
        ends = f" ({_ends(said, 1)})"
    return (
        f" METR's own convention, a line through the {found.n} models that set a record since "
        f"{SINCE.year}, gives {months:.1f} months{ends}."
    )


def _price(cheapest: CheapestSteps | None, until: str) -> Iterator[Tile]:
    if cheapest is None or cheapest.window is None:
        return
    price = cheapest.steps["price_usd_per_mtok"][-1]
    if price is None:
        return
    known = cheapest.steps["price_usd_per_mtok"].drop_nulls()
    times = cheapest.times_cheaper
    said = ", ".join(filter(None, (less_than_at_first(cheapest), until)))
    fell = f"{said}; " if times and times >= TIMES_LESS else ""
    day = in_words(cheapest.window.end)
    yield Tile(
        f"GPT-4's {HEADLINE_SCALE} level, per million tokens",
        money(price),
        f"{fell}list price of {day}{_maybe_less(cheapest, price)}",
        tuple(math.log10(one) for one in known if one > 0),
        _LEVEL,
    )


def _maybe_less(cheapest: CheapestSteps, price: float) -> str:
    """That a lower price may still be asked, though nobody has confirmed it lately; else nothing."""
    least = money(least_asked(cheapest))
    return "" if least == money(price) else f"; {least} may still be asked"


def _lag(view: View) -> Iterator[Tile]:
    """As the claims judge it, so that one measure has one number; only by the newest data."""
    claims = view.ask("claims")
    rows = claims.filter(pl.col("claim_id") == OPEN_LAG).drop_nulls("now_value").to_dicts()
    if not rows or view.as_of < min(rows[0]["as_of"], view.today):
        return
    row = rows[0]
    known = row["now_low"] is not None and row["now_high"] is not None
    interval = Interval(row["now_low"], row["now_high"], 0.9) if known else None
    day = row["now_observed_on"]
    note = _ends(interval, 0) if day is None else f"{_ends(interval, 0)}, on {in_words(day)}"
    lags = (*_lags(view, day or view.as_of), row["now_value"])
    yield Tile("Open models are behind by", f"{row['now_value']:.0f} months", note, lags, _LAG)


def _lags(view: View, last: date) -> tuple[float, ...]:
    """The lag in every third month of the three years before a day, by the models released by then."""
    known = view.ask("index_for_trend").drop_nulls(["open_weights", "value"])
    found = []
    for back in range(36, 0, -3):
        day = months_before(last, back)
        opened, closed = (
            known.filter(pl.col("released_on") <= day, pl.col("open_weights") == flag)
            for flag in (True, False)
        )
        if opened.height and closed.height:
            found.append(lag_months(closed, opened["value"].max(), day)[0])  # type: ignore[arg-type]  # numbers
    return tuple(found)


def _ends(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return "no interval known"
    return f"{percent(interval.level)} interval {interval.low:.{digits}f} to {interval.high:.{digits}f}"
