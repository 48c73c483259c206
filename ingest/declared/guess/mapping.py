"""What a person may choose in a draft: which column fills which field, units, fixed words, which tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ingest.declared.guess.drafts import DESCRIBES, Draft, RecordDraft, column_of
from ingest.records import SCHEMAS, allowed_words, columns

_OF_THE_MACHINE: Final = ("valid_precision",)
_NEVER_A_COLUMN: Final = ("unit", "reported_by", "seller", "tier", "topic", "kind")
"""Fields that a table seldom states: a word that holds for all rows fills them."""


_BLANK_BY_ITSELF: Final = ("setting",)
"""Fields that say nothing where a form leaves them out."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind of record, as a draft fills it.

    column    the column that fills it, "" for none
    constant  the word that fills it in every row, "" for none
    needed    whether a row without it is no record
    words     the words that it may hold, none where any
    is_figure whether it holds a number, and so may have a unit
    unit      the unit that the draft says
    """

    name: str
    column: str = ""
    constant: str = ""
    needed: bool = False
    words: tuple[str, ...] = ()
    is_figure: bool = False
    unit: str = ""

    @property
    def is_fixed(self) -> bool:
        """Whether one word fills it in every row."""
        return bool(self.constant) or (self.name in _NEVER_A_COLUMN and not self.column)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a field: a column with its unit, or a word for every row; neither: nothing."""

    column: str = ""
    unit: str = ""
    constant: str = ""


def tables_of(draft: Draft) -> dict[int, str]:
    """The tables of records that may be left out, by position, as a person would call them."""
    same = [at for at, record in enumerate(draft.records) if record.kind not in DESCRIBES]
    return {at: _called(draft.records[at]) for at in same} if len(same) > 1 else {}


def fields_of(draft: Draft, kept: Sequence[int] = ()) -> list[Field]:
    """The fields of the draft's kind of record: of its one table, or those that all its tables fill alike."""
    records = _mapped(draft, kept)
    first, *others = records
    alike = {
        name
        for name in columns(first.kind)
        if name not in _OF_THE_MACHINE
        and all(
            (one.fields.get(name), one.constants.get(name))
            == (first.fields.get(name), first.constants.get(name))
            for one in others
        )
    }
    found = [_field(first, name) for name in columns(first.kind) if name in alike]
    return sorted(found, key=lambda field: not (field.needed or field.column or field.constant))


def chosen(draft: Draft, choices: Mapping[str, Choice], kept: Sequence[int] = ()) -> Draft:
    """The draft with what a person chose, and without the tables that were not kept."""
    mapped = {id(record) for record in _mapped(draft, kept)}
    left_out = set(tables_of(draft)) - set(kept) if kept else set()
    gone = {_of(draft.records[at]) for at in left_out}
    records = [
        _with(record, choices) if id(record) in mapped else _following(record, choices)
        for at, record in enumerate(draft.records)
        if at not in left_out and not (record.kind in DESCRIBES and _of(record) in gone)
    ]
    return replace(draft, records=tuple(records))


def _of(record: RecordDraft) -> str | None:
    """The one series or benchmark that a table is of; None where a column names it, or there is none."""
    return next(filter(None, map(record.constants.get, DESCRIBES.values())), None)


def _following(record: RecordDraft, choices: Mapping[str, Choice]) -> RecordDraft:
    """What describes a series or a benchmark, with the name and the unit that were chosen for its figures."""
    if record.kind not in DESCRIBES:
        return record
    asked = {name: choices[name].constant for name in (DESCRIBES[record.kind], "unit") if name in choices}
    new = {name: word for name, word in asked.items() if word and name in record.constants}
    return replace(record, constants={**record.constants, **new})


def _mapped(draft: Draft, kept: Sequence[int]) -> list[RecordDraft]:
    records = [draft.records[at] for at in kept] if kept else list(draft.records)
    kind = records[-1].kind
    return [record for record in records if record.kind is kind]


def _called(record: RecordDraft) -> str:
    column = next(
        (column_of(value) for name, value in record.fields.items() if name in ("score", "value")), ""
    )
    return _of(record) or column or record.kind.value


def _field(record: RecordDraft, name: str) -> Field:
    said = record.fields.get(name, "")
    schema = SCHEMAS[record.kind].columns()[name]
    return Field(
        name,
        column=column_of(said),
        constant=str(record.constants.get(name, "")),
        needed=not schema.nullable and name not in _BLANK_BY_ITSELF,
        words=allowed_words(record.kind, name),
        is_figure=schema.dtype.is_numeric(),
        unit=str(said.get("unit", "")) if isinstance(said, Mapping) else "",
    )


def _with(record: RecordDraft, choices: Mapping[str, Choice]) -> RecordDraft:
    fields, constants, where = dict(record.fields), dict(record.constants), dict(record.where)
    for name, choice in choices.items():
        before = fields.pop(name, None)
        constants.pop(name, None)
        if choice.constant:
            constants[name] = choice.constant
        elif choice.column:
            if before is not None and column_of(before) != choice.column and column_of(before) in where:
                where[choice.column] = where.pop(column_of(before))
            fields[name] = _said(before, choice)
        elif before is not None and not column_of(before):
            fields[name] = before  # reckoned, or made up of several columns: nobody could choose it
        elif before is not None:
            where.pop(column_of(before), None)
    return replace(record, fields=fields, constants=constants, where=where)


def _said(before: Any, choice: Choice) -> Any:
    """The field as it was said, where that still holds; else the column, with its unit."""
    if isinstance(before, Mapping):
        gone = ("column", "unit") if column_of(before) == choice.column else ("column", "unit", "pattern")
        kept = {key: value for key, value in before.items() if key not in gone}
        if choice.unit:
            kept.pop("scale", None)
            kept["unit"] = choice.unit
        return {"column": choice.column, **kept} if kept else choice.column
    return {"column": choice.column, "unit": choice.unit} if choice.unit else choice.column
