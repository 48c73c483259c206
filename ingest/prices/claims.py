"""What a claim is: one list says one price from one day to another, and how that is known.

seen       on its days the list was read, or dated its own reading (a commit, a day of observation)
stated     the list names the first day and gives a page of the maker (or host) for it
announced  the first day lay ahead when it was said, and no later reading has repeated it
launch     "since launch", with no day of its own: a bound, never a day
gone       the list has the model no longer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import polars as pl


class Known(StrEnum):
    """How a claim is known."""

    SEEN = "seen"
    STATED = "stated"
    ANNOUNCED = "announced"
    LAUNCH = "launch"
    GONE = "gone"


CLAIM: Final = pl.Schema(
    [
        ("model_id", pl.String),
        ("provider", pl.String),
        ("tier", pl.String),
        ("source_id", pl.String),
        ("model_name", pl.String),
        ("known", pl.String),
        ("input_usd_per_mtok", pl.Float64),
        ("output_usd_per_mtok", pl.Float64),
        ("cached_input_usd_per_mtok", pl.Float64),
        ("from_on", pl.Date),
        ("to_on", pl.Date),
        ("is_first", pl.Boolean),
        ("still_said", pl.Boolean),
        ("before_on", pl.Date),
        ("is_new_list", pl.Boolean),
        ("observed_at", pl.Datetime("us", "UTC")),
        ("url", pl.String),
        ("payload_sha256", pl.String),
    ]
)
"""`is_first`: the list had no price of it before. `before_on`: the list was read on that day and said
otherwise, or did not have the model. `still_said`: the newest reading of the list says so. `is_new_list`: the
list began of late."""

GROUP: Final = ["model_id", "provider", "tier"]
CHAIN: Final = ["source_id", "model_name", "provider", "tier"]
PRICES: Final = ("input_usd_per_mtok", "output_usd_per_mtok", "cached_input_usd_per_mtok")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands among those of its list, as the columns of CLAIM say it."""

    is_first: bool
    still_said: bool
    before_on: date | None = None


def claim(row: Mapping[str, Any], known: Known, from_on: date, to_on: date, place: Place) -> dict[str, Any]:
    """A row of CLAIM of a statement, from one day to another (both included)."""
    kept = (*GROUP, *CHAIN[:2], *PRICES, "observed_at", "url", "payload_sha256")
    return {
        **{name: row[name] for name in kept},
        "known": known.value,
        "from_on": from_on,
        "to_on": max(to_on, from_on),
        "is_first": place.is_first,
        "still_said": place.still_said,
        "before_on": place.before_on,
    }


def said(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What a statement says of the price, without its link and the price of cached input."""
    return (row["gone"], row["input_usd_per_mtok"], row["output_usd_per_mtok"])
