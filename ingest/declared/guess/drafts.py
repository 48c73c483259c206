"""What a proposal is made of: a form in parts, each with what a person should know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from ingest.records import Kind

DESCRIBES: Final[Mapping[Kind, str]] = {Kind.SERIES: "series_id", Kind.BENCHMARK: "benchmark_id"}
"""Tables of a form that say what figures of other tables are of, by a field of both."""

_MOST_SHOWN: Final = 5
"""So many columns of a table are named in a line."""


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
    usd       what one unit of the currency of its prices is in USD, where a person has said it
    table     which of several tables a person means, as `TableFound.name` calls it; "" for the likeliest
    """

    name: str
    url: str = ""
    path: str = ""
    title: str = ""
    host: str = ""
    usd: float | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class TableFound:
    """One of the tables that a payload holds: what it is called, how long it is, and what its columns are."""

    name: str
    rows: int
    columns: tuple[str, ...]

    def told(self) -> str:
        """The table in a line."""
        shown = ", ".join(self.columns[:_MOST_SHOWN]) + (", …" if len(self.columns) > _MOST_SHOWN else "")
        return f"{self.name} ({self.rows:,} {'row' if self.rows == 1 else 'rows'}: {shown})"


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole form before it is written; `said` is what could not be known, for a person."""

    about: About
    keys: Mapping[str, Any]
    records: tuple[RecordDraft, ...]
    cadence: str = "1d"
    said: tuple[str, ...] = ()


def column_of(said: Any) -> str:
    """The column that a field of a draft is read from; empty for one that is made up of several."""
    found = said.get("column", "") if isinstance(said, Mapping) else said
    return str(found[0] if isinstance(found, list) else found)


def json_of(draft: Draft) -> dict[str, Any]:
    """A draft as plain values, for another process."""
    return {**asdict(draft), "records": [asdict(record) for record in draft.records]}


def draft_of(said: Mapping[str, Any]) -> Draft:
    """The draft that `json_of` wrote."""
    records = tuple(
        RecordDraft(Kind(item["kind"]), item["fields"], item["constants"], item["where"], item["comments"])
        for item in said["records"]
    )
    return Draft(About(**said["about"]), said["keys"], records, said["cadence"], tuple(said["said"]))
