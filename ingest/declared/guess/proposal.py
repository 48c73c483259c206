"""From a payload that nobody has seen to the form that takes most of it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ingest.declared.check import FormError
from ingest.declared.form import TableForm
from ingest.declared.guess.by_day import events, facts, series, uses
from ingest.declared.guess.column import columns_of, decimal_of, missing_words
from ingest.declared.guess.drafts import About, Draft, RecordDraft
from ingest.declared.guess.offers import prices, speeds
from ingest.declared.guess.scores import scores
from ingest.declared.guess.seen import Day, Seen
from ingest.declared.guess.shapes import Shape, possible_shapes
from ingest.declared.guess.writing import written
from ingest.declared.parse import source_from_toml
from ingest.errors import ParseError
from ingest.formats.tables import read_tables, served
from ingest.records import Kind, Records, check
from ingest.source import Payload

Make = Callable[[Seen, Day], list[RecordDraft]]

_TEXTS: Final = ("feed", "changelog", "changelog-html", "changelog-rst", "changelog-asciidoc")
_KEYS_OF_A_TABLE: Final = {
    "format": "format", "rows": "rows", "table": "table", "header_row": "header_row", "names": "names",
    "layout": "layout", "separator": "separator", "members": "members",
}  # fmt: skip
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
    """

    kind: Kind
    text: str
    draft: Draft
    taken: int
    refused: int


def proposals(payload: Payload, about: About) -> list[Proposal]:
    """Forms that take at least one row in, the best first, one for each kind of record."""
    best: dict[Kind, Proposal] = {}
    for shape in possible_shapes(payload.body, payload.content_type, payload.url):
        for draft in _drafts(shape, payload, about):
            found = tried(draft, payload)
            if found is not None and (found.kind not in best or _worth(found) > _worth(best[found.kind])):
                best[found.kind] = found
    return sorted(best.values(), key=_worth, reverse=True)


def tried(draft: Draft, payload: Payload) -> Proposal | None:
    """The draft as a form that was tried on the payload; None where it takes nothing in."""
    text = written(draft)
    try:
        records: Records = check(source_from_toml(text, draft.about.name).parse((payload,)))
    except (FormError, ParseError):
        return None
    kind = draft.records[-1].kind
    taken = sum(frame.height for found, frame in records.frames.items() if found is not Kind.SERIES)
    return Proposal(kind, text, draft, taken, records.refused.height) if taken else None


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
    decimal = decimal_of(table.frame)
    if decimal != ".":
        keys["decimal"] = decimal
    missing = missing_words(table.frame)
    if missing:
        keys["missing"] = missing
    seen = Seen.of(about, columns_of(table.frame, decimal), missing)
    for make, not_on in (
        (_priced, _NOT_PRICED_ON),
        (speeds, ()),
        (uses, ()),
        (scores, _NOT_SCORED_ON),
        (facts, ()),
        (series, ()),
        (events, ()),
    ):
        day = seen.day(not_on)
        records = make(seen, day)
        if records:
            yield _draft(about, keys, records, day)


def _priced(seen: Seen, day: Day) -> list[RecordDraft]:
    return prices(seen, day)[0]


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
        reason = prices(seen, Day())[1]
        columns = ", ".join(repr(name) for name in frame.columns[:12])
        found.append(
            f"As {shape.format} it has the columns {columns}. {reason[:1].upper()}{reason[1:]}".strip()
        )
    return " ".join(found)


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
