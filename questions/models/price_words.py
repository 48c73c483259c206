"""What is said of one model's price, as pure functions."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from analysis.host_names import host_name
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.price.price_of_model import NOT_CONFIRMED
from questions.wording import agreeing

NOT_ASKED: Final = "not asked"

_ASKS: Final = {"list price": "its maker asks", "router": "a router, {}, asks"}


def asked(steps: pl.DataFrame) -> str:
    """Who asks what for a model, or since when nobody does; `steps`: its rows of price_steps.sql."""
    listed = steps.filter("is_list_price")
    if listed.height:
        row = listed.row(0, named=True)
        who = _ASKS.get(row["price_kind"], "the cheapest host, {}, asks").format(host_name(row["provider"]))
        return f"{who} {_both(row)}"
    rows = steps.sort("held_from").to_dicts()
    return _ended(rows) if rows else "unpriced"


def whose(steps: pl.DataFrame) -> str:
    """The price that speaks for a model: its maker's list price, or at whom it is asked."""
    row = steps.row(0, named=True)
    return "list price" if row["price_kind"] == "list price" else f"price at {host_name(row['provider'])}"


def unchanged(title: str, whose: str, steps: pl.DataFrame) -> str:
    """Since when a price is what it is, and until when somebody said so; `steps` has one price alone."""
    first, last = steps.sort("held_from").row(0, named=True), steps.sort("held_from").row(-1, named=True)
    since = f"{in_words(first['held_from'])}{' at the latest' if first['starts_after'] else ''}"
    if _both(last) == NOT_ASKED:
        return f"The {whose} of {title} has not been asked since {since}."
    confirmed = last["last_confirmed_on"]
    until = f", last confirmed on {in_words(confirmed)}" if confirmed else ""
    return f"The {whose} of {title} has been {_both(last)} since {since}{until}."


def of_witnesses(history: pl.DataFrame, whose: str) -> str:
    """Who says so of the newest price, who says otherwise, and over how many steps anybody ever did.

    `history`: rows of price_history_of_model.sql of one seller and tier, oldest first.
    """
    last = history.sort("starts_on").row(-1, named=True)
    says = (
        f"**Who says so.** Of the newest {whose}, {_both(last)}: {listed_titles(last['for_sources'] or [])}"
    )
    against = last["against_sources"] or []
    says += (
        f". Otherwise said meanwhile: {listed_titles(against)}." if against else ". No list says otherwise."
    )
    says += f" It was last confirmed on {in_words(last['last_confirmed_on'])}."
    disputed = history.filter(pl.col("against_sources").list.len() > 0).height
    if history.height > 1 and disputed:
        says += f" Of its {history.height} steps {disputed} {agreeing(disputed, 'is', 'are')} disputed."
    return says


def _ended(rows: list[dict[str, Any]]) -> str:
    last = rows[-1]
    seller = "its maker" if last["price_kind"] == "list price" else host_name(last["provider"])
    before = [row for row in rows if row["input_usd_per_mtok"] is not None]
    if last["basis"] == NOT_CONFIRMED and before:
        return f"{seller} asked {_both(before[-1])}, last seen on {in_words(last['last_confirmed_on'])}"
    if last["basis"] == "notice":
        day = in_words(last["held_from"])
        if not before:
            return f"shut down on {day}, as its maker announced"
        return f"{seller} asked {_both(before[-1])} until the model's announced shut-down on {day}"
    if last["input_usd_per_mtok"] is None:
        return f"no longer sold by {seller} since {in_words(last['held_from'])}"
    return f"{seller} gives it for nothing, as far as price lists say"


def _both(row: dict[str, Any]) -> str:
    if row["input_usd_per_mtok"] is None or row["output_usd_per_mtok"] is None:
        told = row["input_usd_per_mtok"] if row["output_usd_per_mtok"] is None else row["output_usd_per_mtok"]
        return f"{money(told)} per million tokens" if told is not None else NOT_ASKED
    return (
        f"{money(row['input_usd_per_mtok'])} input and {money(row['output_usd_per_mtok'])} output "
        "per million tokens"
    )


def listed_titles(names: list[str]) -> str:
    """Titles of sources, which may hold commas of their own."""
    *first, last = names or ["nobody now"]
    return f"{'; '.join(first)}; and {last}" if first else last
