"""Prices and speeds: proposals for tables that list what models cost and how fast they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import cannot_be_price, is_named, plain_name, says, speaks_of_price
from ingest.declared.keys import UNITS
from ingest.declared.known_prices import times_off
from ingest.declared.money import USD
from ingest.declared.said_units import contradiction
from ingest.formats.slugs import slug
from ingest.records import MIN_PRICE_USD_PER_MTOK, Kind

_TOO_SMALL: Final = 10 * MIN_PRICE_USD_PER_MTOK
"""A median input price below this is no price of a million tokens."""

_TIERS: Final = ("batch", "flex", "priority")
_PRICES: Final = ("cache_write", "cached_input", "input", "output")


def prices(seen: Seen, day: Day) -> tuple[list[RecordDraft], str]:
    """The prices of a table, or why they cannot be told; neither without input or output prices."""
    found = _price_columns(seen)
    if seen.model is None or not {"input", "output"} & set(found):
        return [], ""
    code = currency_of_prices(seen)
    if code is not None and seen.about.usd is None:
        return [], (
            f"its prices are in {code}: say what one {code} is in USD with --usd, or write currency = "
            f'"{code}" and usd = that figure into a form'
        )
    unit, comment = _unit(seen.model, found, seen.about.usd if code else None)
    fields: dict[str, Any] = {"model_name": seen.model.name}
    constants, comments = _seller(seen, fields)
    comments["input_usd_per_mtok"] = comment
    for role, column in found.items():
        field = f"{'cached_input' if role == 'cached_input' else role}_usd_per_mtok"
        rate = {} if code is None else {"usd": seen.about.usd}
        fields[field] = column.as_field(**unit, **rate)
    if day.field is not None:
        fields["valid_on"] = day.field
    main = found.get("input") or found["output"]
    blank = len(main.texts) < len(seen.model.texts)
    free = any(value <= 0 for value in main.numbers)
    condition = {main.name: {"min": 1e-12}} if free and not main.pattern else said_only(seen, main.name)
    if free:
        comments["where"] = "a price of zero is taken as not stated"
    standard = RecordDraft(Kind.PRICE, fields, constants, condition if blank or free else {}, comments)
    return [standard, *_other_tiers(seen, standard, unit)], ""


def _other_tiers(seen: Seen, standard: RecordDraft, unit: Mapping[str, Any]) -> Iterator[RecordDraft]:
    """A table for each tier that has columns of its own, such as `batch input`."""
    if "tier" not in standard.constants:
        return
    shared = {name: said for name, said in standard.fields.items() if not name.endswith("_per_mtok")}
    for tier in _TIERS:
        own = [
            column for column in seen.columns if column.is_number and tier in plain_name(column.name).split()
        ]
        fields = {
            f"{role}_usd_per_mtok": column.as_field(**unit)
            for role in ("input", "output")
            for column in own
            if says(column.name, role)
        }
        if fields:
            condition = said_only(seen, own[0].name)
            yield RecordDraft(
                Kind.PRICE, {**shared, **fields}, {**standard.constants, "tier": tier}, condition
            )


def currency_of_prices(seen: Seen) -> str | None:
    """The currency of a table's prices where it is another one than USD."""
    other = {column.currency for column in _price_columns(seen).values()} - {None, USD}
    return sorted(str(code) for code in other)[0] if other else None


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
    provider = seen.text("provider", taken) or seen.above(taken)
    maker = seen.text("organization", taken | {provider.name if provider else ""})
    tier = seen.wholly("tier", taken)
    if tier is not None and not tier.is_text:
        tier = None
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
    name = slug(seen.about.host.removeprefix("www."), dots=True) or seen.about.name
    constants |= {"provider": name, "seller": "shown"}
    return constants, {
        "constants": "seller: who asks these prices? maker, cloud, host, router, reseller, or nobody (shown)"
    }


def _unit(model: Column, found: dict[str, Column], usd: float | None) -> tuple[dict[str, Any], str]:
    """What the fields must say of their unit: by the names, by known models, or by size.

    `usd` is what one unit of their currency is, where that is no dollar.
    """
    main = found.get("input") or found["output"]
    field = "input_usd_per_mtok" if "input" in found else "output_usd_per_mtok"
    said = contradiction(field, main.spoken, is_fraction=False)
    if said is not None:
        named = next((unit for unit in UNITS if f'unit = "{unit}"' in said), None)
        return ({"unit": named}, "") if named else ({}, "its name says that it does not count by the token")
    times = _times_off(model, main, field)
    if times is not None:
        times *= usd or 1.0
        for unit in ("per token", "per thousand tokens", "cents"):
            if 1 / 5 < times * UNITS[unit] < 5:
                return {"unit": unit}, "by the prices of known models"
        if 1 / 5 < times * UNITS["per token"] * UNITS["cents"] < 5:
            both = {"unit": "per token", "scale": UNITS["cents"]}
            return both, "cents per token, by the prices of known models"
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
        fields["output_tokens_per_second"] = fast.as_field()
    if wait is not None:
        in_ms = contradiction("latency_seconds", wait.spoken, is_fraction=False) is not None
        fields["latency_seconds"] = wait.as_field(**({"unit": "milliseconds"} if in_ms else {}))
    provider = seen.text("provider", {seen.model.name})
    constants = {} if provider else {"provider": slug(seen.about.host, dots=True) or seen.about.name}
    if provider is not None:
        fields["provider"] = provider.name
    if day.field is not None:
        fields["valid_on"] = day.field
    main = fast or wait
    assert main is not None
    where = said_only(seen, main.name) if len(main.texts) < len(seen.model.texts) else {}
    comments = {} if provider else {"constants": "provider: who answered?"}
    return [RecordDraft(Kind.SPEED, fields, constants, where, comments)]


def _first(columns: Sequence[Column]) -> Column | None:
    return columns[0] if columns else None
