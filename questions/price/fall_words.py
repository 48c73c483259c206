"""What is said of how a price fell: in all, in parts, lately; a rate only where one line fits."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.amounts import factor_text
from analysis.price.fall import FallVerdict, Part, PriceFall
from analysis.price.steps import PriceBasis
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.price.price_over_time import HARDLY, SOLD_BY
from questions.answer import Column
from questions.wording import from_to

COLUMNS: Final = {
    "stretch": Column("stretch"),
    "change": Column("change"),
    "days": Column("days"),
    "price": Column("price at its beginning → at its end, per million tokens"),
}


def of_fall(fall: PriceFall, basis: PriceBasis) -> str:
    """How the whole fell by its parts, at which rate if one is told, and the last twelve months."""
    return " ".join(filter(None, (_in_all(fall, basis), _by_rate_or_parts(fall), last_year(fall, basis))))


def by_when(fall: PriceFall | None) -> str:
    """By when all of the fall had come, where none can be told since its break; else nothing."""
    if fall is None or len(fall.parts) != 2 or fall.parts[1].between.low >= HARDLY:
        return ""
    return f"all of it by {fall.parts[0].window.end:%B %Y}"


def brief_rate(fall: PriceFall | None) -> str:
    """The rate as the end of a first line, with its interval; empty where no single one is told."""
    if fall is None or fall.rate is None or fall.rate.interval is None:
        return ""
    low, high = fall.rate.interval.low, fall.rate.interval.high
    if high < 1:
        return f": {factor_text(1 / fall.rate.value)} times dearer a year (90 % interval " + (
            f"{factor_text(1 / high)} to {factor_text(1 / low)})"
        )
    return (
        f": {factor_text(fall.rate.value)} times cheaper a year (90 % interval {factor_text(low)} to "
        f"{factor_text(high)})"
    )


def a_year_earlier(fall: PriceFall | None) -> str:
    """What was asked twelve months before, as the end of a first line; empty where nothing was.

    Both ends of what may have been asked, where a cheaper price may have begun before its first reading or
    the error of the score leaves a cheaper model open.
    """
    if fall is None or fall.last_year is None:
        return ""
    least, most = money(fall.last_year.least_from_usd), money(fall.last_year.from_usd)
    return f"; a year earlier {most}" if least == most else f"; a year earlier {least} to {most}"


def last_year(fall: PriceFall, basis: PriceBasis) -> str:
    """What became of the price in the last twelve months; empty where there was none before."""
    if fall.last_year is None:
        return ""
    part, seller = fall.last_year, SOLD_BY[basis]
    until = f"In the twelve months to {in_words(part.window.end)} the cheapest {seller}'s price"
    ends = f"from {money(part.from_usd)} to {money(part.to_usd)}"
    least, most = part.between.low, part.between.high
    if most > HARDLY * least:
        return (
            f"{until} became {_range(least, most)}: {ends} as confirmed, but a cheaper price may have begun "
            "before its first reading or still be asked, and the score itself has an error."
        )
    if part.from_usd == part.to_usd:
        return f"{until} did not change."
    return f"{until} {_changed(part)}, {ends}."


def parts_of(fall: PriceFall) -> pl.DataFrame:
    """One row a stretch: the whole, its parts where it is broken, the last twelve months."""
    named = [("in all", fall.whole)]
    if len(fall.parts) > 1:
        named += [("before the break", fall.parts[0]), ("since the break", fall.parts[1])]
    if fall.last_year is not None:
        named.append(("last twelve months", fall.last_year))
    return pl.DataFrame(
        [
            {
                "stretch": name,
                "change": change_text(part),
                "days": from_to(part.window.start, part.window.end),
                "price": f"{_prices(part.least_from_usd, part.from_usd)} → "
                f"{_prices(part.least_to_usd, part.to_usd)}",
            }
            for name, part in named
        ]
    )


def change_text(part: Part) -> str:
    """How many times cheaper or dearer a stretch ended than it began, as far as its prices tell."""
    least, most = part.between.low, part.between.high
    if least > 1 / HARDLY and most < HARDLY:
        return "hardly changed"
    if factor_text(least) == factor_text(most):
        return _times(part.times_cheaper)
    return _range(least, most)


def _in_all(fall: PriceFall, basis: PriceBasis) -> str:
    whole = fall.whole
    said = (
        f"From {in_words(whole.window.start)} to {in_words(whole.window.end)} the cheapest "
        f"{SOLD_BY[basis]}'s price {_changed(whole)}, {_ends(whole)}."
    )
    if fall.first_read_on is None:
        return said
    read_on = in_words(fall.first_read_on)
    if fall.first_read_on == whole.window.start:
        return (
            f"{said} Its first price was first read on {read_on}; the chart draws it from the launch on, as "
            "if it had held till then."
        )
    return (
        f"{said} That first price was first read on {read_on} and is taken to have held since the launch; if "
        "another was asked before, the fall is another too."
    )


def _by_rate_or_parts(fall: PriceFall) -> str:
    match fall.verdict:
        case FallVerdict.ONE_RATE:
            return f"One line fits it{brief_rate(fall)}."
        case FallVerdict.BROKEN:
            before, since = fall.parts
            return (
                f"Up to {in_words(before.window.end)} it {_changed(before)}; since then {_since(since)}. "
                "A line with one break fits this clearly better than one line, so we "
                "quote no single annual rate."
            )
        case FallVerdict.LATELY_OTHERWISE:
            return "We quote no single annual rate: that of the whole is not that of the last twelve months."
        case FallVerdict.UNDETERMINED:
            return "We quote no single annual rate: these prices leave it undetermined."
        case FallVerdict.TOO_FEW:
            return "We quote no annual rate: there are too few prices."


def _changed(part: Part) -> str:
    """What became of a price as a verb, with both ends of what it may be where they differ to a reader."""
    least, most = part.between.low, part.between.high
    if most <= HARDLY * least:
        least = most = part.times_cheaper
    if least > 1 / HARDLY and most < HARDLY:
        return "hardly changed" if part.from_usd != part.to_usd else "did not change"
    if least >= HARDLY:
        return f"fell by a factor of {_factors(least, most)}"
    if most <= 1 / HARDLY:
        return f"rose by a factor of {_factors(1 / most, 1 / least)}"
    return f"changed by a factor that cannot be told: {_range(least, most)}"


def _since(part: Part) -> str:
    """What became of the price since a break, as a clause: that no change can be told where none can."""
    least, most = part.between.low, part.between.high
    is_open = least < HARDLY and most > 1 / HARDLY and max(most, 1 / least) >= HARDLY
    return f"no change can be told ({_range(least, most)})" if is_open else f"it {_changed(part)}"


def _ends(part: Part) -> str:
    """From which price to which, with both ends of each where a cheaper one may have been asked."""
    first, last = _either(part.least_from_usd, part.from_usd), _either(part.least_to_usd, part.to_usd)
    return f"from {first} to {last}"


def _either(least: float, confirmed: float) -> str:
    if confirmed <= HARDLY * least:
        return money(confirmed)
    return f"between {money(least)} and {money(confirmed)}"


def _factors(least: float, most: float) -> str:
    low, high = factor_text(least), factor_text(most)
    return low if low == high else f"{low} to {high}"


def _prices(least: float, confirmed: float) -> str:
    """The price at one end of a stretch; both ends where a cheaper one may have been asked."""
    return money(confirmed) if confirmed <= HARDLY * least else f"{money(least)} to {money(confirmed)}"


def _range(least: float, most: float) -> str:
    if least >= HARDLY:
        return f"{factor_text(least)} to {factor_text(most)} times cheaper"
    if most <= 1 / HARDLY:
        return f"{factor_text(1 / most)} to {factor_text(1 / least)} times dearer"
    if most < HARDLY:
        return f"up to {_times(least)}, or hardly changed"
    if least > 1 / HARDLY:
        return f"up to {_times(most)}, or hardly changed"
    return f"something between {_times(least)} and {_times(most)}"


def _times(times: float) -> str:
    return f"{factor_text(max(times, 1 / times))} times {'cheaper' if times > 1 else 'dearer'}"
