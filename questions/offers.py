"""Prices as several questions ask for them, as of a view's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from analysis.price.offers import offers as offers  # noqa: PLC0414 - one place to import from
from charts.parts.figure import in_words
from questions.view import View

_PRICE_COLUMNS: Final = {
    "held_from": "price_held_from",
    "seller": "seller",
    "provider": "provider",
    "source_id": "price_source_id",
    "observed_at": "price_observed_at",
    "url": "price_url",
    "payload_url": "price_payload_url",
    "payload_sha256": "price_payload_sha256",
}


def price_steps(view: View, on: date) -> pl.DataFrame:
    """All steps of list prices up to a day (see price_steps.sql)."""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    return view.ask("price_steps", replace(by, on=on))


def last_priced_day(view: View, on: date, *, hosts: bool = False) -> date:
    """The last day, not after `on`, of which enough sellers' prices were confirmed to speak; else `on`.

    A list that was last read long ago says nothing of today: what rests on list prices answers for this day,
    and says so.
    """
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    column = "last_confirmed_day_of_hosts" if hosts else "last_confirmed_day"
    day: date | None = view.ask("last_confirmed_day", replace(by, on=on))[column].item()
    return on if day is None else day


def last_read_day(view: View, on: date) -> date:
    """The last day, not after `on`, of which makers' prices speak and by which one was still read; else `on`.

    After the last reading prices only expire one by one, which looks as if what they were asked for had gone.
    """
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    read: date | None = view.ask("last_confirmed_day", replace(by, on=on))["last_reading_on"].item()
    priced = last_priced_day(view, on)
    return priced if read is None else min(priced, read)


def of_read_day(read_on: date, on: date) -> str:
    """That list prices are those of the last reading, where that was on an earlier day; else nothing."""
    if read_on >= on:
        return ""
    return f"List prices are those of {in_words(read_on)}, when one was last read."


def of_priced_day(priced_on: date, on: date) -> str:
    """That list prices are those of an earlier day, where they are; else nothing."""
    if priced_on >= on:
        return ""
    return f"List prices are those of {in_words(priced_on)}; later most were not confirmed for 60 days."


def with_list_prices(scores: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """The scores with each model's list price in force, null where it has none, and where that was read."""
    listed = steps.filter("is_list_price").select(
        "model_id",
        "input_usd_per_mtok",
        "output_usd_per_mtok",
        *(pl.col(name).alias(label) for name, label in _PRICE_COLUMNS.items()),
    )
    return scores.join(listed, on="model_id", how="left")
