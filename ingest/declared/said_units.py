"""What the name of a column says of its unit, where the form says nothing: "Price per 1K tokens"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ingest.declared.money import currency_in_name

_PER: Final = r"(?:/|\bper\b|\bje\b|\bpro\b|\bpar\b|\bpor\b)\s*(?:1\s?)?"
_TOKEN: Final = r"(?:tok(?:en)?s?)?"
_NEVER_TOKENS: Final = re.compile(
    _PER + r"(?:k|m|mio|thousand|million|1[.,]?000(?:[.,]000)?)?[\s-]*"
    r"(?:char(?:acter)?|sec(?:ond)?|min(?:ute)?|hour|hr|image|request|page|call|query|month|word|zeichen)s?\b"
)
_PER_MILLION: Final = re.compile(
    _PER + rf"(?:mm?|mio\.?|million(?:en)?|1[.,]?000[.,]?000)[\s-]*{_TOKEN}\b|\bmtok"
)
_PER_THOUSAND: Final = re.compile(
    _PER + rf"(?:k|thousand|tausend|1[.,]?000)[\s-]*{_TOKEN}(?![\d.,]*\d)\b|\bktok"
)
_PER_TOKEN: Final = re.compile(_PER + r"tok(?:en)?\b")
_CENTS: Final = re.compile(r"\bcents?\b|¢")
_SIZES: Final[Mapping[str, re.Pattern[str]]] = {
    "billions": re.compile(r"\bbillions?\b|\bmrd\b|\((?:usd |\$ ?)?bn?\)|\bbn\b"),
    "millions": re.compile(r"\bmillions?\b|\bmio\b|\((?:usd |\$ ?)?mm?\)|\bmn\b"),
    "thousands": re.compile(r"\bthousands?\b|\((?:usd |\$ ?)?k\)"),
}
_PERCENT: Final = re.compile(r"%|\bpercent(?:age)?\b|\bpct\b")
_MILLISECONDS: Final = re.compile(r"\bms\b|\bmilliseconds?\b|\bmillis\b")

_COUNTS: Final = frozenset({"parameters", "training_tokens", "tokens", "context_tokens"})
_FRACTIONS: Final = frozenset({"score", "stderr", "low", "high"})


def contradiction(field: str, column: str, *, is_fraction: bool) -> str | None:
    """Why the figures of a column can be no plain figures of a field, as half a sentence; None if they can.

    `is_fraction` says whether the record's figures are fractions of 1. For fields whose unit the form states,
    only the currency is looked at, by `wrong_currency`.
    """
    unit = _unit_in_name(field, " ".join(column.replace("_", " ").split()).lower(), is_fraction=is_fraction)
    if unit is None:
        return None
    if unit == "":
        return f"the column {column!r} does not count by the token, and no unit can make it so"
    return f'the column {column!r} seems to be in {unit}: say unit = "{unit}", or scale = 1 if it is not'


def wrong_currency(field: str, column: str, currency: str) -> str | None:
    """Why a column of money is in another currency than the form says; None if its name says nothing."""
    said = currency_in_name(column) if "usd" in field else None
    return f"the column {column!r} is in {said}, not in {currency}" if said not in (None, currency) else None


def _unit_in_name(field: str, name: str, *, is_fraction: bool) -> str | None:
    """The unit that the name says and that the field does not have; empty where there is none for it."""
    if field.endswith("usd_per_mtok"):
        return _unit_of_price(name)
    if "usd" in field and _CENTS.search(name):
        return "cents"
    if "usd" in field or field in _COUNTS:
        return next((unit for unit, pattern in _SIZES.items() if pattern.search(name)), None)
    if (field == "share" or (field in _FRACTIONS and is_fraction)) and _PERCENT.search(name):
        return "percent"
    return "milliseconds" if "seconds" in field and _MILLISECONDS.search(name) else None


def _unit_of_price(name: str) -> str | None:
    if _NEVER_TOKENS.search(name):
        return ""
    if _CENTS.search(name):
        return "cents"
    if _PER_MILLION.search(name):
        return None
    if _PER_THOUSAND.search(name):
        return "per thousand tokens"
    return "per token" if _PER_TOKEN.search(name) else None
