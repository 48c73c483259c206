"""What is said of what is bought at which price, and of what computing costs."""

from __future__ import annotations

import polars as pl

from analysis.price.bought import DEAR, Bought, PriceClass
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.parts.percent import percent


def of_bought(found: Bought) -> str:
    """Which share of spending and of tokens dear and cheap models took, on which gateway and days."""
    shares = {row["price_class"]: row for row in found.classes.iter_rows(named=True)}
    dear, cheap = shares.get(PriceClass.DEAR.value), shares.get(PriceClass.CHEAP.value)
    told = [
        f"models whose token cost {than} the average took {percent(row['spending'])} of spending on "
        f"{percent(row['tokens'])} of tokens"
        for than, row in ((f"at least {DEAR:g} times", dear), (f"at most {1 / DEAR:g} times", cheap))
        if row is not None
    ]
    days = f"from {in_words(found.first_on)} to {in_words(found.last_on)}"
    said = "; ".join(told) or "no model cost twice the average token, or half of it"
    return f"**What is bought**, on Vercel's gateway {days}: {said}. One gateway is not the market."


def of_rent(weeks: pl.DataFrame) -> str:
    """How the rent of an H100 has moved a year. `weeks`: valid_on and value (USD an hour), oldest first."""
    first, last = weeks.row(0, named=True), weeks.row(-1, named=True)
    years = (last["valid_on"] - first["valid_on"]).days / 365.25
    a_year = (last["value"] / first["value"]) ** (1 / years) - 1
    moved = f"{'rose' if a_year > 0 else 'fell'} by {percent(abs(a_year))} a year"
    if percent(abs(a_year)) == percent(0.0):
        moved = "hardly moved"
    then, now = (f"{money(row['value'])} an hour" for row in (first, last))
    return (
        f"**What computing costs**: the median rent of one H100 on demand went from {then} in the week of "
        f"{in_words(first['valid_on'])} to {now} in that of {in_words(last['valid_on'])}: it {moved}. "
        "Where tokens get cheaper faster than that, the rent of a GPU is not "
        "the only reason."
    )
