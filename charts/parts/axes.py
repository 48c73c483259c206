"""Axes with real units: dollars, minutes and hours, shares; logarithmic ones say what a gridline is worth."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from charts.parts.percent import percent, percent_ticks

EACH_GRIDLINE: Final = "Logarithmic: each gridline is 10x."
"""The plain sentence that goes with a logarithmic axis of dollars, into the subtitle."""

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


def dollars(amount: float) -> str:
    """An amount as a price tag: $0.05, $1.25, $15, $1,200."""
    if amount == 0:
        return "$0"
    if abs(amount) < 0.01:
        return f"${_plain(amount, 1)}"
    if abs(amount) >= 100:
        return f"${amount:,.0f}"
    return f"${amount:.2f}".removesuffix(".00")


def money(amount: float) -> str:
    """An amount of either sign with two digits that mean something: $0.021, -$0.28, $1,200."""
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    return f"{sign}${_plain(size, 2)}" if 0 < size < 0.1 else f"{sign}{dollars(size)}"


def _plain(amount: float, digits: int) -> str:
    """A small amount with so many digits that mean something, never as a power of ten: 0.00002."""
    return f"{Decimal(f'{amount:.{digits}g}').normalize():f}"


def dollar_axis(values: Iterable[float], *, log: bool, title: str) -> dict[str, object]:
    """An axis of US dollars, cheaper on the left; logarithmic with one tick for each power of ten, or linear.

    `values` are those drawn: they set the range. Zero and below have no place on a logarithmic axis.
    """
    drawn = [value for value in values if value > 0]
    if not log or not drawn:
        return {"type": "linear", "title": {"text": title}, "tickprefix": "$", "rangemode": "tozero"}
    low, high = math.log10(min(drawn)), math.log10(max(drawn))
    powers = [10.0**power for power in range(math.floor(low), math.ceil(high) + 1)]
    return {
        "type": "log",
        "title": {"text": title},
        "tickvals": powers,
        "ticktext": [dollars(power) for power in powers],
        "range": [low - 0.15, high + 0.25],
        "minor": {"ticks": ""},
    }


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
        scale |= {"type": "log", "range": [math.log10(low) - 0.2, math.log10(high) + 0.2]}
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


def score_number(score: float, unit: str) -> str:
    """A score as in `score_text`, where points go without saying."""
    return f"{score:,.1f}" if unit == "points" else score_text(score, unit)


def score_text(score: float, unit: str) -> str:
    """A score with its unit, for labels and sentences."""
    if unit == "fraction":
        return percent(score, 1)
    if unit == "usd":
        return dollars(score)
    if unit == "minutes":
        return f"{score:.0f} min" if score < 120 else f"{score / 60:.1f} h"
    return f"{score:,.1f} {unit}"
