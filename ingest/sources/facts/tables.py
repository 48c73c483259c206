"""Tables of facts: figures without a machine-readable source, kept by hand, one source address per row.

They are CSV files that come with the bundled data and are never fetched: a payload's address is
"facts:FILE.csv". `_facts.toml` says how each file becomes families of series, or events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import tomli

from ingest.declared.form import Condition, FieldForm, RecordForm, SourceForm, TableForm, Unpivot
from ingest.declared.parse import parse_payloads
from ingest.records import Kind
from ingest.source import Source

PREFIX: Final = "facts:"
"""What the address of a fact table's payload begins with; the file's name follows."""

_PERIOD: Final = r"^(\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2])(?:-\d{2})?)?)(?:$|[^\d])"
"""The beginning of a period: "1999Q1", "2024-05", and the first year of "1980-1989" or "1880s"."""


def _forms(restricted: bool) -> tuple[RecordForm, ...]:
    said = tomli.loads((Path(__file__).parent / "_facts.toml").read_text(encoding="utf-8"))
    forms: list[RecordForm] = []
    for table in said["figures"]:
        if table.get("restricted", False) == restricted:
            forms += [_series(table), _points(table)]
    forms += [_events(table) for table in said["events"] if table.get("restricted", False) == restricted]
    return tuple(forms)


def _series(table: Mapping[str, Any]) -> RecordForm:
    fields = {
        "series_id": FieldForm(template=table["series"], slug=True),
        "title": FieldForm(template=table["title"]),
        "topic": FieldForm(constant=table["topic"]),
        "unit": FieldForm(template=table["unit"]),
    }
    return _form(Kind.SERIES, table, fields)


def _points(table: Mapping[str, Any]) -> RecordForm:
    fields = {
        "series_id": FieldForm(template=table["series"], slug=True),
        "valid_on": FieldForm(columns=(table["on"],), pattern=_PERIOD),
        "value": FieldForm(columns=(table["value"],), scale=table.get("scale", 1.0)),
        "note": FieldForm(template=table.get("note", "{note}")),
        "url": FieldForm(columns=("source_url",)),
    }
    if table.get("bounds", False):
        fields |= {bound: FieldForm(columns=(bound,)) for bound in ("low", "high")}
    return _form(Kind.SERIES_POINT, table, fields)


def _events(table: Mapping[str, Any]) -> RecordForm:
    fields = {name: FieldForm(template=table[name]) for name in ("event_id", "title", "topic", "note")}
    if "organization" in table:
        fields["organization"] = FieldForm(template=table["organization"])
    fields["valid_on"] = FieldForm(columns=(table["on"],))
    fields["url"] = FieldForm(columns=("source_url",))
    return RecordForm(Kind.EVENT, fields, table["file"])


def _form(kind: Kind, table: Mapping[str, Any], fields: Mapping[str, FieldForm]) -> RecordForm:
    unpivot = table.get("unpivot")
    return RecordForm(
        kind=kind,
        fields=fields,
        source_part=table["file"],
        unpivot=Unpivot(tuple(unpivot["keep"]), unpivot["name"], unpivot["value"]) if unpivot else None,
        where=(*_conditions(table.get("where", {})), Condition(table["value"], present=True)),
    )


def _conditions(said: Mapping[str, Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            column,
            one_of=tuple(tests.get("is", ())),
            none_of=tuple(tests.get("not", ())),
            matches=tests.get("matches"),
            lacks=tests.get("lacks"),
            present=tests.get("present"),
        )
        for column, tests in said.items()
    )


def _source(source_id: str, title: str, licence: str, forms: Sequence[RecordForm], shippable: bool) -> Source:
    credit = "the source named in each row"
    table = TableForm(format="csv")
    urls = tuple(dict.fromkeys(f"{PREFIX}{form.source_part}" for form in forms))
    form = SourceForm(source_id, title, "", licence, credit, urls, "365d", table, tuple(forms))
    return Source(
        id=source_id,
        title=title,
        homepage="",
        licence=licence,
        attribution=credit,
        urls=urls,
        cadence="365d",
        kinds=tuple(dict.fromkeys(record.kind for record in forms)),
        parse=partial(parse_payloads, form),
        core=True,
        shippable=shippable,
    )


FACTS: Final = _source(
    "facts",
    "Tables of facts kept by hand",
    "single facts, each with its source",
    _forms(restricted=False),
    shippable=True,
)
RESTRICTED: Final = _source(
    "facts-restricted",
    "Tables of facts that may not be handed on",
    "Ramp does not license its data: private analysis, or derived shares with credit",
    _forms(restricted=True),
    shippable=False,
)
SOURCES: Final = (FACTS, RESTRICTED)
