"""Prices and speeds: proposals for tables that list what models cost and how fast they answer."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import cannot_be_price, is_named, says, slug, speaks_of_price
from ingest.declared.keys import UNITS
from ingest.declared.known_prices import times_off
from ingest.declared.money import USD
from ingest.declared.said_units import contradiction
from ingest.records import MIN_PRICE_USD_PER_MTOK, Kind

_TOO_SMALL: Final = 10 * MIN_PRICE_USD_PER_MTOK
"""A median input price below this is no price of a million tokens."""

_PRICES: Final = ("cache_write", "cached_input", "input", "output")


def prices(seen: Seen, day: Day) -> tuple[list[RecordDraft], str]:
    """The prices of a table, and what could not be known of them; nothing without input or output prices."""
    found = _price_columns(seen)
    if seen.model is None or not {"input", "output"} & set(found):
        return [], ""
    other = {column.currency for column in found.values()} - {None, USD}
    if other:
        code = sorted(str(item) for item in other)[0]
        return [], (
            f'its prices are in {code}: say currency = "{code}" and, for each price, usd = what one {code} is'
        )
    unit, comment = _unit(seen.model, found)
    fields: dict[str, Any] = {"model_name": seen.model.name}
    constants, comments = _seller(seen, fields)
    comments["input_usd_per_mtok"] = comment
    for role, column in found.items():
        field = f"{'cached_input' if role == 'cached_input' else role}_usd_per_mtok"
        fields[field] = {"column": column.name, **unit} if unit else column.name
    if day.field is not None:
        fields["valid_on"] = day.field
    main = found.get("input") or found["output"]
    blank = len(main.texts) < len(seen.model.texts)
    free = any(value <= 0 for value in main.numbers)
    condition = {main.name: {"min": 1e-12}} if free else said_only(seen, main.name)
    if free:
        comments["where"] = "a price of zero is taken as not stated"
    return [RecordDraft(Kind.PRICE, fields, constants, condition if blank or free else {}, comments)], ""


def _price_columns(seen: Seen) -> dict[str, Column]:
    found: dict[str, Column] = {}
    figures = [column for column in seen.columns if column.is_number and not cannot_be_price(column.name)]
    for column in sorted(figures, key=_likelihood):
        role = next((role for role in _PRICES if says(column.name, role)), None)
        priced = speaks_of_price(column.name) or column.currency is not None or _is_bare(column)
        if role is not None and role not in found and priced and _is_mostly_stated(column):
            found[role] = column
    return found


def _is_mostly_stated(column: Column) -> bool:
    """Whether few figures are below zero, as lists write what is priced elsewhere."""
    return 20 * sum(value < 0 for value in column.numbers) <= len(column.numbers)


def _likelihood(column: Column) -> tuple[bool, int]:
    """Columns that speak of prices come first, then those that say something in most rows."""
    return not speaks_of_price(column.name), -len(column.texts)


def _is_bare(column: Column) -> bool:
    """A column that is called `input` alone, without a word on what is counted."""
    return any(is_named(column.name, role) for role in ("input", "output", "cached_input"))


def _seller(seen: Seen, fields: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    assert seen.model is not None
    taken = {seen.model.name}
    provider = seen.text("provider", taken)
    maker = seen.text("organization", taken | {provider.name if provider else ""})
    tier = seen.text("tier", taken)
    constants = {} if tier else {"tier": "standard"}
    if tier is not None:
        fields["tier"] = {"column": tier.name, "default": "standard"}
    if maker is not None:
        fields["organization"] = maker.name
    if provider is not None:
        fields["provider"] = provider.name
        return {**constants, "seller": "reseller"}, {
            "constants": "seller: maker, cloud, host, router, reseller or shown?"
        }
    name = slug(seen.about.host.removeprefix("www.")) or seen.about.name
    constants |= {"provider": name, "seller": "shown"}
    return constants, {
        "constants": "seller: who asks these prices? maker, cloud, host, router, reseller, or nobody (shown)"
    }


def _unit(model: Column, found: dict[str, Column]) -> tuple[dict[str, Any], str]:
    """What the fields must say of their unit: by the names, by known models, or by size."""
    main = found.get("input") or found["output"]
    field = "input_usd_per_mtok" if "input" in found else "output_usd_per_mtok"
    said = contradiction(field, main.name, is_fraction=False)
    if said is not None:
        named = next((unit for unit in UNITS if f'unit = "{unit}"' in said), None)
        return ({"unit": named}, "") if named else ({}, "its name says that it does not count by the token")
    times = _times_off(model, main, field)
    if times is not None:
        for unit in ("per token", "per thousand tokens", "cents"):
            if 1 / 5 < times * UNITS[unit] < 5:
                return {"unit": unit}, "by the prices of known models"
        return {}, ""
    if median(main.numbers) < _TOO_SMALL and max(main.numbers) > 0:
        return {"unit": "per token"}, "by the size of the figures"
    return {}, "taken as USD per million tokens; no known model says so"


def _times_off(model: Column, main: Column, field: str) -> float | None:
    """How many times dearer than their list prices known models are, None where none is known."""
    if len(model.texts) != len(main.texts) or len(main.numbers) != len(main.texts):
        return None
    return times_off(list(zip(model.texts, main.numbers, strict=True)), field)


def speeds(seen: Seen, day: Day) -> list[RecordDraft]:
    """Speeds and waits, where a table has them."""
    if seen.model is None:
        return []
    fields: dict[str, Any] = {"model_name": seen.model.name}
    fast, wait = _first(seen.numbers("speed")), _first(seen.numbers("latency"))
    if fast is None and wait is None:
        return []
    if fast is not None:
        fields["output_tokens_per_second"] = fast.name
    if wait is not None:
        in_ms = contradiction("latency_seconds", wait.name, is_fraction=False) is not None
        fields["latency_seconds"] = {"column": wait.name, "unit": "milliseconds"} if in_ms else wait.name
    provider = seen.text("provider", {seen.model.name})
    constants = {} if provider else {"provider": slug(seen.about.host) or seen.about.name}
    if provider is not None:
        fields["provider"] = provider.name
    if day.field is not None:
        fields["valid_on"] = day.field
    main = fast or wait
    assert main is not None
    where = {main.name: {"min": 1e-12}} if len(main.texts) < len(seen.model.texts) else {}
    comments = {} if provider else {"constants": "provider: who answered?"}
    return [RecordDraft(Kind.SPEED, fields, constants, where, comments)]


def _first(columns: Sequence[Column]) -> Column | None:
    return columns[0] if columns else None
