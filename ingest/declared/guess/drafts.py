"""What a proposal is made of: a form in parts, each with what a person should know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.records import Kind


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A table of the form: its fields (a column's name, or a table of keys), and comments by field."""

    kind: Kind
    fields: Mapping[str, Any] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What stands at the head of a form: where it comes from and how often it is asked.

    name      the id of the source, after which what has no name of its own is called
    url/path  the address or the file; one of them is empty
    """

    name: str
    url: str = ""
    path: str = ""
    title: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole form before it is written; `said` is what could not be known, for a person."""

    about: About
    keys: Mapping[str, Any]
    records: tuple[RecordDraft, ...]
    cadence: str = "1d"
    said: tuple[str, ...] = ()
