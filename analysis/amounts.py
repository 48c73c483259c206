"""Amounts as people read them, the same in sentences, labels and tables: dollars, percent, scores, days."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NO_BREAK: Final = "\u00a0"
"""A space that keeps a number and its sign on one line."""


ALMOST_ALL: Final = 0.99
"""A share of simulated worlds beyond which only "more than" is said."""


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


def percent(share: float, digits: int = 0, *, signed: bool = False) -> str:
    """A fraction as percent: 0.45 is "45 %"; `signed` puts a plus before what is above zero."""
    rounded = round(100 * share, digits) + 0.0  # a zero that came from below is without a sign
    number = f"{rounded:{'+' if signed and rounded else ''}.{digits}f}"
    return f"{number}{NO_BREAK}%"


def surely(share: float) -> str:
    """A share of simulated worlds as percent; what is almost all of them is told as "more than 99 %"."""
    return f"more than {percent(ALMOST_ALL)}" if share > ALMOST_ALL else percent(share)


def factor_text(times: float) -> str:
    """A factor with the two digits that mean something, never as a power of ten: 0.61, 9.5, 26, 429."""
    if times >= 1e6:
        return "over a million"
    return f"{times:,.0f}" if times >= 99.5 else _plain(times, 2)


def three_digits(value: float) -> str:
    """A figure with three digits that mean something, or all before the point: 0.52, 20.3, 1,487."""
    return f"{value:,.0f}" if abs(value) >= 99.95 else f"{value:.3g}"


def large_amount(amount: float, digits: int = 3) -> str:
    """A large number as people say it, with so many digits that mean something: 1.2 billion, 900 million.

    Below a million it is written out.
    """
    if amount < 1e6:
        return f"{amount:,.0f}"
    rounded = float(f"{amount:.{digits}g}")
    sizes = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
    size, word = next(pair for pair in sizes if rounded >= pair[0])
    return f"{rounded / size:,g} {word}"


def score_number(score: float, unit: str) -> str:
    """A score as in `score_text`, where points go without saying."""
    return f"{score:,.1f}" if unit == "points" else score_text(score, unit)


def score_text(score: float, unit: str) -> str:
    """A score with its unit (fraction, points, minutes, usd, nats), for labels and sentences."""
    if unit == "fraction":
        return percent(score, 1)
    if unit == "usd":
        return dollars(score)
    if unit == "minutes":
        return f"{score:.0f} min" if score < 120 else f"{score / 60:.1f} h"
    return f"{score:,.1f} {unit}"


def plus_minus(stderr: float | None, unit: str) -> str:
    """A standard error as "± 4.8 points", of a share in percentage points; empty where none is known.

    An error of zero is none that is known: that of a share of all or of none is not zero, its formula is.
    """
    if not stderr:
        return ""
    return f"± {100 * stderr:.1f} points" if unit == "fraction" else f"± {score_number(stderr, unit)}"


def counted(number: int, thing: str) -> str:
    """A number with its thing in the singular or plural: 1 model, 2 models."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def in_words(day: date) -> str:
    """A date as people write it: 1 July 2026."""
    return f"{day.day} {day:%B %Y}"


def from_to(first: date, last: date) -> str:
    """A span of days that says no month or year twice: 1 to 8 August 2026; one day: on 8 August 2026."""
    if first == last:
        return f"on {in_words(last)}"
    if first.year != last.year:
        return f"{in_words(first)} to {in_words(last)}"
    began = f"{first:%-d}" if first.month == last.month else f"{first:%-d %B}"
    return f"{began} to {in_words(last)}"


def capital(words: str) -> str:
    """The words with a capital first letter, as they begin a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def year_in_words(year: float) -> str:
    """A year with a fraction as people say it: early 2029, mid-2029, late 2029."""
    whole, part = divmod(round(year, 1), 1)
    if part < 1 / 3:
        return f"early {whole:.0f}"
    return f"mid-{whole:.0f}" if part < 2 / 3 else f"late {whole:.0f}"


def _plain(amount: float, digits: int) -> str:
    """A small amount with so many digits that mean something, never as a power of ten: 0.00002."""
    exact = Decimal(f"{amount:.12g}")
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    # A half goes up, whether the price came as 0.0875 or as the sum of its parts, a hair above or below it.
    return f"{exact.quantize(step, ROUND_HALF_UP).normalize():f}"
