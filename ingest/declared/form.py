"""The form of a source that is one TOML file, once it is read and valid; `keys` says what its parts mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ingest.records import Kind


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How one field of a record comes out of a row; see FIELD_KEYS."""

    columns: tuple[str, ...] = ()
    template: str | None = None
    constant: str | None = None
    scale: float = 1.0
    dates: tuple[str, ...] = ()
    pattern: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None
    default: str | None = None
    formula: str | None = None
    decimal: str | None = None
    currency: str | None = None
    usd: float | None = None
    has_unit: bool = False
    missing: tuple[str, ...] = ()
    prefix: str = ""
    slug: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column's cell must be for a row to be taken; see CONDITION_KEYS."""

    column: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    matches: str | None = None
    lacks: str | None = None
    least: float | None = None
    most: float | None = None
    present: bool | None = None
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Unpivot:
    """One column per thing becomes one row per thing: `name` holds the column's name, `value` its cell."""

    keep: tuple[str, ...]
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Pivot:
    """Rows of one figure each become one row for each `keep`: `name` says which column `value` fills."""

    keep: tuple[str, ...]
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Paging:
    """How further pages are found: by a link in the answer, or by counting a parameter up.

    `next` is a JMESPath into JSON; `link` a regular expression whose first group is the address of the file
    in a web page that itself holds no rows; `more` a JMESPath that is true while pages follow.
    """

    next: str | None = None
    link: str | None = None
    parameter: str | None = None
    first: int = 1
    step: int = 1
    last: int = 100
    more: str | None = None


@dataclass(frozen=True, slots=True)
class RecordForm:
    """Which rows become records of one kind, and how."""

    kind: Kind
    fields: Mapping[str, FieldForm]
    source_part: str | None = None
    rows: str | None = None
    parents: tuple[str, ...] | None = None
    derived: Mapping[str, FieldForm] = field(default_factory=dict)
    unpivot: Unpivot | None = None
    pivot: Pivot | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TableForm:
    """How bytes become rows."""

    format: str
    rows: str | None = None
    table: str | int | None = None
    header_row: int | str = 1
    header_rows: int = 1
    members: str = "*.csv"
    member_format: str = "csv"
    missing: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    layout: str = "rows"
    names: str | None = None
    separator: str | None = None
    encoding: str | None = None
    decimal: str = "."
    currency: str = "USD"
    date_order: str | None = None


@dataclass(frozen=True, slots=True)
class FallbackForm:
    """An address that stands in for the others; what it serves in another shape is said here."""

    url: str
    format: str | None = None
    rows: str | None = None
    key_env: str | None = None


@dataclass(frozen=True, slots=True)
class SourceForm:
    """A whole valid form."""

    id: str
    title: str
    homepage: str
    licence: str
    credit: str
    urls: tuple[str, ...]
    cadence: str
    table: TableForm
    records: tuple[RecordForm, ...]
    paging: Paging | None = None
    complete: bool = False
    grouped: bool = False
    shippable: bool = True
    core: bool = False
    enabled: bool = True
    key_env: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    max_megabytes: int = 64
    path: str | None = None
    copies: tuple[str, ...] = ()
    replay_ids: tuple[str, ...] = ()
    fallbacks: tuple[FallbackForm, ...] = ()
    frozen: str | None = None

    def table_at(self, url: str) -> TableForm:
        """How the bytes of an address become rows: a fallback may serve another format."""
        for fallback in self.fallbacks:
            if fallback.url == url and fallback.format is not None:
                return replace(self.table, format=fallback.format, rows=fallback.rows, parents=())
        return self.table
