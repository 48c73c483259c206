"""From a payload that nobody has seen to the form that takes most of it in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import polars as pl

from ingest.declared.check import FormError
from ingest.declared.form import TableForm
from ingest.declared.guess.by_day import events, facts, series, uses
from ingest.declared.guess.column import columns_of, decimal_of, missing_words
from ingest.declared.guess.drafts import (
    DESCRIBES,
    About,
    Draft,
    RecordDraft,
    TableFound,
    column_of,
    draft_of,
    json_of,
)
from ingest.declared.guess.margins import with_margins
from ingest.declared.guess.names import where_names_stand
from ingest.declared.guess.offers import currency_of_prices, prices, speeds
from ingest.declared.guess.scores import scores
from ingest.declared.guess.seen import Day, Seen
from ingest.declared.guess.shapes import Shape, possible_shapes
from ingest.declared.guess.turned import turned
from ingest.declared.guess.wide_series import wide_series
from ingest.declared.guess.words import says_input_or_output, speaks_of_price
from ingest.declared.guess.writing import written
from ingest.declared.parse import source_from_toml
from ingest.errors import ParseError
from ingest.formats.tables import read_tables, served
from ingest.records import CONTRADICTS, Kind, Records, check
from ingest.source import Payload

ROWS_SHOWN: Final = 20
"""So many rows of the table are shown to a person."""

Make = Callable[[Seen, Day], list[RecordDraft]]

_CLEARLY: Final = 1.15
"""By so much a later table must be worth more than an earlier one, to be read in its place."""

_TEXTS: Final = ("feed", "changelog", "changelog-html", "changelog-rst", "changelog-asciidoc")
_PRINTED: Final = ("csv", "tsv", "xlsx", "xls")
_KEYS_OF_A_TABLE: Final = {
    "format": "format", "rows": "rows", "table": "table", "header_row": "header_row", "names": "names",
    "header_rows": "header_rows", "layout": "layout", "separator": "separator", "members": "members",
    "member_format": "member_format",
}  # fmt: skip
_LONGEST_REASON: Final = 300
_SUMS: Final = re.compile(
    r"(?:the )?(?:average|avg\.?|mean|median|total|sum|overall|all models)", re.IGNORECASE
)
"""Rows of a board that are no model."""

_NOT_SCORED_ON: Final = ("release", "cutoff", "knowledge", "founded")
_NOT_PRICED_ON: Final = ("release", "cutoff", "knowledge", "created")
_WEIGHT: Final[Mapping[Kind, float]] = {
    Kind.PRICE: 6.0,
    Kind.SPEED: 5.0,
    Kind.USAGE: 4.5,
    Kind.SCORE: 4.0,
    Kind.RELEASE: 3.0,
    Kind.MODEL_FACT: 2.0,
    Kind.SERIES_POINT: 3.0,
    Kind.EVENT: 1.0,
}
"""How much a kind is preferred where a table could be read as several."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form for a payload, and what it takes in.

    kind     what its rows mainly say
    text     the TOML
    taken    how many rows go in
    refused  how many do not
    columns  of the table that its rows come from, before anything is mapped
    rows     the first of that table's rows
    """

    kind: Kind
    text: str
    draft: Draft
    taken: int
    refused: int
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for another process."""
        return {
            "kind": self.kind.value, "text": self.text, "draft": json_of(self.draft), "taken": self.taken,
            "refused": self.refused, "columns": self.columns, "rows": self.rows,
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        rows = tuple(tuple(row) for row in said["rows"])
        draft, columns = draft_of(said["draft"]), tuple(said["columns"])
        return cls(Kind(said["kind"]), said["text"], draft, said["taken"], said["refused"], columns, rows)

    @property
    def table(self) -> str:
        """What the table that its rows come from is called among those of the payload."""
        return Shape(self.draft.keys).name


def tables_found(payload: Payload) -> list[TableFound]:
    """The tables that a payload holds, in the order in which they are tried."""
    found: dict[str, TableFound] = {}
    for shape in possible_shapes(payload.body, payload.content_type, payload.url):
        if shape.format in _TEXTS:
            continue
        try:
            frame = read_tables(served(payload), _table_form(shape.keys))[0].frame
        except ParseError:
            continue
        if frame.height >= 1 and frame.width >= 2:
            found.setdefault(shape.name, TableFound(shape.name, frame.height, tuple(frame.columns)))
    return list(found.values())


def proposals(payload: Payload, about: About) -> list[Proposal]:
    """Forms that take at least one row in, the best first, one for each kind of record.

    Where a person has said which table is meant, only of that.
    """
    best: dict[Kind, Proposal] = {}
    for shape in possible_shapes(payload.body, payload.content_type, payload.url):
        if about.table and shape.name != about.table:
            continue
        own: dict[Kind, Proposal] = {}
        for found in filter(None, (tried(draft, payload) for draft in _drafts(shape, payload, about))):
            if found.kind not in own or _worth(found) > _worth(own[found.kind]):
                own[found.kind] = found
        for kind, found in own.items():  # who writes several tables writes the one that matters first
            if kind not in best or _worth(found) > _CLEARLY * _worth(best[kind]):
                best[kind] = found
    return [_with_table(found, payload) for found in sorted(best.values(), key=_worth, reverse=True)]


def _with_table(found: Proposal, payload: Payload) -> Proposal:
    frame = table_of(found.draft.keys, payload)
    return replace(found, columns=tuple(frame.columns), rows=tuple(frame.head(ROWS_SHOWN).iter_rows()))


def table_of(keys: Mapping[str, Any], payload: Payload) -> pl.DataFrame:
    """The table that the keys of a form find, as texts. Raises ParseError."""
    frame = read_tables(served(payload), _table_form(keys))[0].frame
    turned_by = keys.get("unpivot")
    if turned_by is None:
        return frame
    return frame.unpivot(
        index=turned_by["keep"], variable_name=turned_by["name"], value_name=turned_by["value"]
    )


def tried(draft: Draft, payload: Payload) -> Proposal | None:
    """The draft as a form that was tried on the payload; None where it takes nothing in."""
    text = written(draft)
    try:
        records: Records = check(source_from_toml(text, draft.about.name).parse((payload,)))
    except (FormError, ParseError):
        return None
    kind = draft.records[-1].kind
    taken = sum(frame.height for found, frame in records.frames.items() if found not in DESCRIBES)
    repeated = sum(count for found, count in records.repeated.items() if found not in DESCRIBES)
    contradictions = sum(reason.startswith(CONTRADICTS) for reason in records.refused["reason"])
    if not taken or taken < records.refused.height or taken < repeated or taken <= 2 * contradictions:
        return None  # what mostly contradicts or repeats itself is of another kind
    return Proposal(kind, text, draft, taken, records.refused.height)


def _worth(found: Proposal) -> float:
    """Rows count by the share that goes in and, little, by their number; kinds by how sure they are."""
    share = found.taken / (found.taken + found.refused)
    size: float = min(found.taken, 1000) ** 0.25
    names = found.draft.records[-1].fields
    return _WEIGHT.get(found.kind, 1.0) * share * share * size * (1 + 0.05 * len(names))


def _drafts(shape: Shape, payload: Payload, about: About) -> Iterator[Draft]:
    if shape.format in _TEXTS:
        yield _of_texts(shape, about)
        return
    try:
        table = read_tables(served(payload), _table_form(shape.keys))[0]
    except ParseError:
        return
    if table.frame.height < 1 or table.frame.width < 2:
        return
    keys: dict[str, Any] = dict(shape.keys)
    names = where_names_stand(table.frame) if shape.format in _PRINTED else {}
    if names:
        keys |= names
        try:
            table = read_tables(served(payload), _table_form(keys))[0]
        except ParseError:
            return
    decimal = decimal_of(table.frame, str(keys.get("separator", ",")))
    if decimal != ".":
        keys["decimal"] = decimal
    missing = missing_words(table.frame)
    if missing:
        keys["missing"] = missing
    seen = Seen.of(about, columns_of(table.frame, decimal), missing)
    on_its_side = turned(table.frame, about, decimal, seen.missing)
    if on_its_side is not None:
        key, records = on_its_side
        yield _draft(about, {**keys, **key}, records, Day())
    priced, why_not = prices(seen, seen.day(_NOT_PRICED_ON))
    if why_not:
        return  # what it is is known: it is not to be read as something else
    code = currency_of_prices(seen)
    rest = seen
    if priced:
        used = {column_of(said) for record in priced for said in record.fields.values()}
        others = [column for column in seen.columns if column.name not in used or not column.is_number]
        rest = replace(seen, columns=tuple(others))
        own = {**keys, "currency": code} if code else keys
        draft = _draft(about, own, _without_sums(seen, priced), seen.day(_NOT_PRICED_ON))
        yield replace(draft, said=(*draft.said, *_left_out(table.frame.columns, used)))
    for make, not_on in (
        (speeds, ()),
        (uses, ()),
        (scores, _NOT_SCORED_ON),
        (facts, ()),
        (series, ()),
        (events, ()),
    ):
        day = seen.day(not_on)
        for key, records in _made(make, rest if make is scores else seen, day, table.frame.columns):
            yield _draft(about, {**keys, **key}, _without_sums(seen, records), day)


def _made(
    make: Make, seen: Seen, day: Day, columns: Sequence[str]
) -> Iterator[tuple[Mapping[str, Any], list[RecordDraft]]]:
    """What a table gives as it is, and turned or with columns reckoned first, each with its key."""
    records = make(seen, day)
    if records:
        yield {}, records
    reshaped = None
    if make is scores:
        reshaped = with_margins(seen, records, columns)
    elif make is series:
        reshaped = wide_series(seen, day, columns)
    if reshaped is not None:
        yield reshaped


def currency_asked(payload: Payload, about: About) -> str:
    """The currency of prices that get no form until a person says what it is worth; empty without."""
    if about.usd is not None:
        return ""
    tables = (Seen.of(about, columns_of(frame, decimal_of(frame))) for frame in _frames(payload, about))
    return next(filter(None, map(currency_of_prices, tables)), "")


def _frames(payload: Payload, about: About) -> Iterator[pl.DataFrame]:
    """The tables that a payload may be read as, or of those the one that is meant."""
    for shape in possible_shapes(payload.body, payload.content_type, payload.url):
        if shape.format in _TEXTS or about.table not in ("", shape.name):
            continue
        try:
            yield read_tables(served(payload), _table_form(shape.keys))[0].frame
        except ParseError:
            continue


def told(payload: Payload, about: About) -> str:
    """What kept a payload from becoming a form, as far as can be said."""
    shapes = possible_shapes(payload.body, payload.content_type, payload.url)
    if not shapes:
        return "It is of no format that a form reads."
    found: list[str] = []
    for shape in shapes[:3]:
        try:
            frame = read_tables(served(payload), _table_form(shape.keys))[0].frame
        except ParseError as error:
            found.append(str(error))
            continue
        seen = Seen.of(about, columns_of(frame, decimal_of(frame)))
        reason = prices(seen, Day())[1] or _tried_in_vain(shape, payload, about)
        columns = ", ".join(repr(name) for name in frame.columns[:12])
        if not reason and seen.model is not None:
            reason = (
                f"{seen.model.name!r} may name models; if the same model stands in many rows, say which one "
                "is meant (`where`, `setting`), or let a Python source reckon with them"
            )
        found.append(
            f"As {shape.format} it has the columns {columns}. {reason[:1].upper()}{reason[1:]}".strip()
        )
    return " ".join(found)


def _tried_in_vain(shape: Shape, payload: Payload, about: About) -> str:
    """What kept the first form that was tried from taking anything in; empty where none was tried."""
    for draft in _drafts(shape, payload, about):
        kind = draft.records[-1].kind.value.replace("_", " ")
        try:
            records = check(source_from_toml(written(draft), about.name).parse((payload,)))
        except (FormError, ParseError) as error:
            return f"as {kind} rows: {str(error)[:_LONGEST_REASON]}"
        if records.refused.height:
            reason = records.refused["reason"].value_counts(sort=True)["reason"][0]
            return f"as {kind} rows, most go to quarantine: {reason[:_LONGEST_REASON]}"
    return ""


def _left_out(columns: Sequence[str], used: Collection[str]) -> Iterator[str]:
    """A sentence on columns that seem to hold prices and are not taken in, where there are some."""
    left = [
        name for name in columns if name not in used and speaks_of_price(name) and says_input_or_output(name)
    ]
    if left:
        yield f"not taken in, though their names speak of prices: {', '.join(map(repr, left))}"


def _without_sums(seen: Seen, records: list[RecordDraft]) -> list[RecordDraft]:
    """The tables of records without the rows that only add up or average the others."""
    model = seen.model
    sums = sorted({text for text in model.texts if _SUMS.fullmatch(text)}) if model else []
    if model is None or not sums:
        return records
    return [
        replace(record, where={**record.where, model.name: {"not": sums}})
        if record.fields.get("model_name") == model.name
        else record
        for record in records
    ]


def _draft(about: About, keys: dict[str, Any], records: list[RecordDraft], day: Day) -> Draft:
    ordered = {**keys, "date_order": day.order} if day.order else keys
    said = (day.said,) if day.said else ()
    return Draft(about, ordered, tuple(records), said=said)


def _of_texts(shape: Shape, about: About) -> Draft:
    constants = {"kind": "post"} if shape.format == "feed" else {}
    record = RecordDraft(Kind.RELEASE, constants=constants)
    return Draft(about, shape.keys, (record,), cadence="6h")


def _table_form(keys: Mapping[str, Any]) -> TableForm:
    form = TableForm(
        **{_KEYS_OF_A_TABLE[key]: value for key, value in keys.items() if key in _KEYS_OF_A_TABLE}
    )
    parent = keys.get("parent")
    return replace(form, parents=(parent,) if isinstance(parent, str) else tuple(parent or ()))
