"""The tables of a form that map records: from TOML to `RecordForm`, with what is wrong told by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ingest.declared.form import Condition, FieldForm, Pivot, RecordForm, TableForm, Unpivot
from ingest.declared.keys import (
    CONDITION_KEYS,
    FIELD_KEYS,
    RECORD_KEYS,
    SELF_NAMED_COLUMNS,
    SOURCE_KEYS,
    UNITS,
)
from ingest.declared.money import CODES, USD
from ingest.declared.reader import FormReader, as_text, nearest
from ingest.records import SCHEMAS, Kind, allowed_words

KINDS: Final = {kind.value: kind for kind in Kind}
_NATURAL_DEFAULTS: Final[Mapping[tuple[Kind, str], str]] = {
    (Kind.SCORE, "setting"): "",
    (Kind.SPEED, "setting"): "",
}
"""What a field is where a form leaves it out or a cell is blank: no setting stated is the empty setting."""

_IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9.\-]*")
_IDENTIFIERS: Final = ("benchmark_id", "series_id")
_READ_FROM: Final = ("column", "template", "constant", "formula")


def record_forms(reader: FormReader, how: TableForm) -> tuple[RecordForm, ...]:
    """The kinds of records that a form maps, each with what holds for all of them."""
    found = []
    for name, kind in KINDS.items():
        said = reader.table.get(name, [])
        many = isinstance(said, list)
        for position, table in enumerate(said if many else [said]):
            keys = (name, position) if many else (name,)
            if not isinstance(table, dict):
                reader.wrong(f"{name!r} must be a table: [{name}]", name)
                continue
            found.append(_record_form(reader.inner(table, *keys), kind, how))
    if not found:
        reader.wrong(
            "no kind of record is mapped; add a table such as [score]; there are: " + ", ".join(KINDS)
        )
    shared = _record_shape(reader, how)
    return tuple(
        replace(
            record,
            where=shared.where + record.where,
            unpivot=record.unpivot or (None if record.pivot else shared.unpivot),
            pivot=record.pivot or (None if record.unpivot else shared.pivot),
            derived={**shared.derived, **record.derived},
        )
        for record in found
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a form says of rows, for all kinds or for one."""

    where: tuple[Condition, ...]
    unpivot: Unpivot | None
    pivot: Pivot | None
    derived: Mapping[str, FieldForm]


def _record_shape(reader: FormReader, how: TableForm) -> _Shape:
    if "pivot" in reader.table and "unpivot" in reader.table:
        reader.wrong("'pivot' and 'unpivot' are each other's contrary: one of them is too many", "pivot")
    unpivot, pivot = _turned(reader, "unpivot"), _turned(reader, "pivot")
    return _Shape(
        _conditions(reader, how),
        Unpivot(*unpivot) if unpivot else None,
        Pivot(*pivot) if pivot else None,
        _derived(reader, how),
    )


def _record_form(reader: FormReader, kind: Kind, how: TableForm) -> RecordForm:
    schema = SCHEMAS[kind].columns()
    reader.only([*schema, *RECORD_KEYS], f"a {kind.value} record")
    constants = reader.words("constants")
    inner = reader.inner(constants, "constants")
    inner.only(schema, f"a {kind.value} record")
    fields = {name: FieldForm(constant=value) for name, value in constants.items()}
    for name, value in constants.items():
        _check_word(inner, kind, name, value, name)
    for name in reader.table:
        if name in schema:
            fields[name] = _field_form(reader, name, how, kind)
    for (filled_kind, name), value in _NATURAL_DEFAULTS.items():
        if filled_kind is kind:
            said = fields.setdefault(name, FieldForm(constant=value))
            fields[name] = replace(said, default=value) if said.default is None else said
    for name in SELF_NAMED_COLUMNS.get(how.format, ()):
        # a fallback in another format may lack it
        fields.setdefault(name, FieldForm(columns=(name,), optional=name in schema and schema[name].nullable))
    for name, column in schema.items():
        if not column.nullable and name not in fields:
            reader.wrong(f"a {kind.value} record needs {name!r}: name its column, or give it under constants")
    shape = _record_shape(reader, how)
    return RecordForm(
        kind=kind,
        fields=fields,
        source_part=reader.maybe_text("from"),
        rows=reader.path_to_rows("rows"),
        parents=reader.paths("parent") if "parent" in reader.table else None,
        derived=shape.derived,
        unpivot=shape.unpivot,
        pivot=shape.pivot,
        where=shape.where,
    )


def _check_word(reader: FormReader, kind: Kind, name: str, value: str, *keys: str) -> None:
    """Note a word that no record of this kind may hold, at its line."""
    allowed = allowed_words(kind, name)
    if allowed and value not in allowed:
        reader.wrong(f"{name!r} cannot be {value!r}; {nearest(value, allowed)}", *keys)
    if name in _IDENTIFIERS and not _IDENTIFIER.fullmatch(value):
        reader.wrong(f"{name!r} must be an identifier (a-z, 0-9, dots and hyphens), not {value!r}", *keys)


def _field_form(reader: FormReader, name: str, how: TableForm, kind: Kind | None = None) -> FieldForm:
    """One field of a record, or (without a kind) one derived column."""
    said = reader.table[name]
    if isinstance(said, str):
        return _plain_column(reader, name, said, how, kind)
    if isinstance(said, list):
        return FieldForm(columns=reader.texts(name))
    if not isinstance(said, dict):
        reader.wrong(f"{name!r} must name a column in quotes; a fixed value belongs under constants", name)
        return FieldForm()
    inner = reader.inner(said, name)
    inner.only(FIELD_KEYS, f"the field {name!r}")
    if sum(key in said for key in _READ_FROM) != 1:
        inner.wrong(f"the field {name!r} needs exactly one of {', '.join(map(repr, _READ_FROM))}")
    field = FieldForm(
        columns=inner.texts("column"),
        template=inner.maybe_text("template"),
        constant=as_text(said["constant"]) if "constant" in said else None,
        formula=inner.formula("formula"),
        scale=_scale(inner),
        has_unit="unit" in said or "scale" in said,
        decimal=inner.one_of("decimal", (".", ",")),
        currency=inner.one_of("currency", CODES),
        usd=inner.maybe_number("usd"),
        dates=inner.texts("date"),
        pattern=inner.pattern("pattern"),
        words=inner.words("words"),
        other=inner.maybe_text("other"),
        default=inner.text("default", "") if "default" in said else None,
        missing=inner.texts("missing"),
        prefix=inner.text("prefix", ""),
        slug=inner.flag("slug", False),
        optional=inner.flag("optional", False),
    )
    if kind is not None:
        _check_values(inner, kind, name, field, how)
    return field


def _plain_column(reader: FormReader, name: str, said: str, how: TableForm, kind: Kind | None) -> FieldForm:
    if kind is None:  # a derived column that is a text is a formula
        return FieldForm(formula=reader.formula(name))
    field = FieldForm(columns=(said,))
    _check_money(reader, name, field, how)
    return field


def _check_values(reader: FormReader, kind: Kind, name: str, field: FieldForm, how: TableForm) -> None:
    """What the form itself puts into a field must be what the field may hold."""
    for key, values in (
        ("words", field.words.values()),
        ("other", [field.other]),
        ("default", [field.default]),
        ("constant", [field.constant]),
    ):
        for value in values:
            if value:
                _check_word(reader, kind, name, value, key)
    if field.other is not None and not field.words:
        reader.wrong("'other' needs 'words': it is what a word becomes that they do not list", "other")
    _check_money(reader, name, field, how)


def _check_money(reader: FormReader, name: str, field: FieldForm, how: TableForm) -> None:
    currency = field.currency or how.currency
    if "usd" in name and currency != USD and field.usd is None:
        reader.wrong(
            f"the field {name!r} is in USD, and its figures are in {currency}: say what one {currency} is, "
            "such as usd = 1.08, or leave the field out",
            *([] if field.currency else [name]),
        )


def _scale(reader: FormReader) -> float:
    unit = reader.maybe_text("unit")
    if unit is not None and unit not in UNITS:
        reader.wrong(f"'unit' cannot be {unit!r}; {nearest(unit, UNITS)}", "unit")
    return reader.number("scale", 1.0) * UNITS.get(unit or "", 1.0)


def _derived(reader: FormReader, how: TableForm) -> dict[str, FieldForm]:
    said = reader.table.get("derive", {})
    if not isinstance(said, dict):
        reader.wrong(f"'derive' must be a {SOURCE_KEYS['derive']}", "derive")
        return {}
    inner = reader.inner(said, "derive")
    return {name: _field_form(inner, name, how) for name in said}


def _turned(reader: FormReader, key: str) -> tuple[tuple[str, ...], str, str] | None:
    said = reader.table.get(key)
    if said is None:
        return None
    if not isinstance(said, dict):
        reader.wrong(f"{key!r} must be a {SOURCE_KEYS[key]}", key)
        return None
    inner = reader.inner(said, key)
    inner.only(["keep", "name", "value"], key)
    if key == "pivot":
        for needed in ("keep", "name", "value"):
            if needed not in said:
                inner.wrong(f"pivot needs {needed!r}")
    return inner.texts("keep"), inner.text("name", "name"), inner.text("value", "value")


def _conditions(reader: FormReader, how: TableForm) -> tuple[Condition, ...]:
    said = reader.table.get("where", {})
    if not isinstance(said, dict):
        reader.wrong(f"'where' must be a {SOURCE_KEYS['where']}", "where")
        return ()
    inner = reader.inner(said, "where")
    return tuple(_condition(inner, column, how) for column in said)


def _condition(reader: FormReader, column: str, how: TableForm) -> Condition:
    said = reader.table[column]
    if not isinstance(said, dict):
        return Condition(column, one_of=reader.texts(column))
    inner = reader.inner(said, column)
    inner.only(CONDITION_KEYS, "a condition")
    return Condition(
        column,
        one_of=inner.texts("is"),
        none_of=inner.texts("not"),
        matches=inner.pattern("matches"),
        lacks=inner.pattern("lacks"),
        least=inner.maybe_number("min"),
        most=inner.maybe_number("max"),
        present=inner.flag("present", True) if "present" in said else None,
        decimal=how.decimal,
    )
