"""Axes with real units: dollars, minutes and hours, shares; logarithmic ones say what a gridline is worth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from analysis.amounts import dollars as dollars  # noqa: PLC0414 - one place to import from
from analysis.amounts import factor_text
from analysis.amounts import money as money  # noqa: PLC0414 - one place to import from
from analysis.amounts import score_number as score_number  # noqa: PLC0414 - one place to import from
from analysis.amounts import score_text as score_text  # noqa: PLC0414 - one place to import from
from charts.parts.percent import percent_ticks

NOT_KNOWN: Final = "–"
"""What stands in a cell of which nothing is known, in all tables; sentences and lanes say "not known"."""

_EACH_GRIDLINE: Final = "Logarithmic: each gridline is 10x."
EQUAL_STEPS: Final = "Logarithmic: equal steps are equal factors."
"""The plain sentences that go with logarithmic axes, into the subtitle."""

_STEPS: Final = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0))
"""What a gridline may be of a power of ten, the coarsest first."""
_FEWEST: Final = 2
_LEAST_ROOM: Final = 0.15

DOLLAR_TICKS: Final[Mapping[str, object]] = {
    "tickformat": "$,.0f",
    "tickformatstops": [
        {"dtickrange": [None, 0.009], "value": "$,.3f"},
        {"dtickrange": [0.009, 0.9], "value": "$,.2f"},
    ],
}
"""Ticks of a linear axis of dollars: cents where its steps are smaller than a dollar."""

_MOST_CHANGES: Final = 8

_UNITS: Final = {"points": "points", "minutes": "minutes", "nats": "nats"}

_DURATIONS: Final = (
    (1 / 60, "1 s"),
    (0.1, "6 s"),
    (1.0, "1 min"),
    (10.0, "10 min"),
    (60.0, "1 h"),
    (480.0, "8 h"),
    (1440.0, "1 day"),
    (10080.0, "1 week"),
    (43800.0, "1 month"),
)


def factor_label(times: float) -> str:
    """A factor as labels, ticks and tables write it, the number first, also below one: 26x, 4.4x, 0.25x."""
    return f"{factor_text(times)}x"


def span_text(low: str, high: str) -> str:
    """A span of two figures as they are written; where they are written alike, one figure."""
    return low if low == high else f"{low} to {high}"


def factor_span(low: float, high: float) -> str:
    """From one factor to another, without their sign: 3.5 to 4.4."""
    return f"{factor_text(low)} to {factor_text(high)}"


def gridlines(low: float, high: float) -> list[float]:
    """Where a logarithmic axis from `low` to `high` (powers of ten) has gridlines: two of them at least.

    One for each power of ten; where there is room for one or none, at steps between; last, evenly apart.
    """
    powers = range(math.floor(low), math.ceil(high) + 1)
    for steps in _STEPS:
        lines = [step * 10.0**power for power in powers for step in steps]
        inside = [line for line in lines if low <= math.log10(line) <= high]
        if len(inside) >= _FEWEST:
            return inside
    begin, end = 10.0**low, 10.0**high
    if not begin < end:
        return [begin]
    finest = 10.0 ** math.floor(math.log10((end - begin) / (_FEWEST + 1)))
    evenly = (_even(begin, end, step * finest) for step in (5, 2, 1))
    return next(lines for lines in evenly if len(lines) >= _FEWEST)


def _even(begin: float, end: float, step: float) -> list[float]:
    places = range(math.ceil(begin / step), math.floor(end / step) + 1)
    return [float(f"{place * step:.12g}") for place in places]


def in_gridlines(values: Iterable[float]) -> str:
    """The plain sentence that goes with a logarithmic `dollar_axis` of these values, into the subtitle."""
    drawn = [value for value in values if value > 0]
    lines = _lines_of(drawn) if drawn else []
    return _EACH_GRIDLINE if all(math.log10(line).is_integer() for line in lines) else EQUAL_STEPS


def dollar_axis(values: Iterable[float], *, log: bool, title: str) -> dict[str, object]:
    """An axis of US dollars, cheaper on the left; logarithmic with gridlines that are labelled, or linear.

    `values` are those drawn: they set the range. Zero and below have no place on a logarithmic axis.
    """
    drawn = [value for value in values if value > 0]
    if not log or not drawn:
        return {"type": "linear", "title": {"text": title}, "rangemode": "tozero", **DOLLAR_TICKS}
    lines = _lines_of(drawn)
    return {
        "type": "log",
        "title": {"text": title},
        "tickvals": lines,
        "ticktext": [dollars(line) for line in lines],
        "range": list(dollar_range(drawn)),
        "minor": {"ticks": ""},
    }


def _lines_of(prices: list[float]) -> list[float]:
    """The gridlines that any range of these prices shows: none leaves them less room than this."""
    return gridlines(math.log10(min(prices)) - _LEAST_ROOM, math.log10(max(prices)) + _LEAST_ROOM)


def dollar_range(prices: Iterable[float]) -> tuple[float, float]:
    """The range of a logarithmic `dollar_axis` of these prices (all above zero), in powers of ten."""
    drawn = list(prices)
    return math.log10(min(drawn)) - _LEAST_ROOM, math.log10(max(drawn)) + 0.25


def duration_axis(minutes: Iterable[float], *, log: bool, title: str) -> dict[str, object]:
    """An axis of durations given in minutes, with ticks at 1 min, 1 h, 1 day; logarithmic or linear."""
    drawn = [value for value in minutes if value > 0]
    if not drawn:
        return {"title": {"text": title}}
    low, high = min(drawn), max(drawn)
    ticks = [(at, text) for at, text in _DURATIONS if low / 3 <= at <= high * 3]
    if not log:
        ticks = [(at, text) for at, text in ticks if at >= high / 20]
    scale: dict[str, object] = {
        "title": {"text": title},
        "tickvals": [at for at, _ in ticks],
        "ticktext": [text for _, text in ticks],
    }
    if log:
        ends = math.log10(low) - 0.2, math.log10(high) + 0.2
        if sum(ends[0] <= math.log10(at) <= ends[1] for at, _ in ticks) < _FEWEST:
            lines = gridlines(*ends)
            scale |= {"tickvals": lines, "ticktext": [score_number(at, "minutes") for at in lines]}
        scale |= {"type": "log", "range": list(ends)}
    else:
        scale |= {"type": "linear", "rangemode": "tozero"}
    return scale


def share_axis(title: str, low: float, high: float) -> dict[str, object]:
    """An axis of fractions 0..1, shown as percent; the range may reach a little beyond them."""
    ticks = percent_ticks(max(low, 0.0), min(high, 1.0))
    return {"title": {"text": title}, "range": [low, high]} | ticks


def change_axis(low: float, high: float, title: str, most: int = _MOST_CHANGES) -> dict[str, object]:
    """An axis of changes given as fractions, shown as signed percent; no change is 0, without a sign.

    `most` is the number of ticks that there is room for.
    """
    ticks = percent_ticks(low, high, most, signed=True)
    return {"title": {"text": title}, "range": [low, high], "tickangle": 0} | ticks


def score_axis(unit: str, title: str, low: float, high: float) -> dict[str, object]:
    """The axis of a benchmark's score in its unit (fraction, points, minutes, usd, nats), low to high."""
    if unit == "fraction":
        return share_axis(title, low, high)
    if unit == "usd":
        words: dict[str, object] = {"title": {"text": f"{title}, US dollars"}, "tickprefix": "$"}
    else:
        words = {"title": {"text": f"{title}, {_UNITS[unit]}"}}
    return words | {"range": [low, high]}
