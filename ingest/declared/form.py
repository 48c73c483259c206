"""The form of a source that is one TOML file: what its keys are and what they mean, as data.

The texts below are the reference of docs/add_a_source.md and may serve whoever writes such files by machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.records import Kind

FORMATS: Final[Mapping[str, str]] = {
    "json": "JSON; `rows` says where the rows are",
    "jsonl": "one JSON object a line",
    "yaml": "YAML; `rows` says where the rows are",
    "csv": "comma-separated text with a line of column names",
    "tsv": "tab-separated text with a line of column names",
    "parquet": "an Apache Parquet file",
    "xlsx": "an Excel workbook; `table` names the sheet",
    "xls": "an old binary Excel workbook; `table` names the sheet",
    "html": "a table of a web page; `table` picks which, by position or by a word of its header",
    "markdown": "a table of a Markdown text; `table` picks which, by position or by a word of its header",
    "zip": "a ZIP archive of CSV files; `members` picks which",
    "feed": "RSS, Atom or JSON Feed; gives entry_id, title, url, valid_on and excerpt by itself",
    "changelog": "a Markdown text with dated headings; gives the same fields, and model_name",
    "changelog-html": "a web page with dated headings; gives the same fields, and model_name",
}

SELF_NAMED_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "feed": ("entry_id", "title", "url", "valid_on", "excerpt"),
    "changelog": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
    "changelog-html": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
}
"""Columns that already bear the names of our fields, by format, so that nothing needs to be mapped."""

UNITS: Final[Mapping[str, float]] = {
    "percent": 0.01,
    "per token": 1e6,
    "per thousand tokens": 1e3,
    "cents": 0.01,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "milliseconds": 1e-3,
    "hours in minutes": 60.0,
}

SOURCE_KEYS: Final[Mapping[str, str]] = {
    "id": "lower-case words joined by hyphens; the file's name where it is left out",
    "title": "what a reader should call it",
    "homepage": "the page of its makers, https://...",
    "licence": "under which terms its figures may be used",
    "credit": "whom to credit, as printed under charts",
    "url": "one address or a list; {today:%Y-%m-%d}, {yesterday:%Y%m%d} or {today-30d:%Y%m%d} become dates",
    "format": "what the address serves: " + ", ".join(FORMATS),
    "rows": "JMESPath to the list of rows (json, yaml); an object of objects gives its names as column `key`",
    "cadence": 'how often: an interval ("6h", "1d") or a cron line in UTC ("17 */6 * * *")',
    "complete": "true where a row that vanished from a newer copy is gone (default false)",
    "grouped": "true where the addresses belong together and are read together (default false)",
    "shippable": "false where the licence forbids to hand the figures on (default true)",
    "core": "true for sources on which the product rests (default false)",
    "enabled": "false to keep a source off (default true)",
    "key": "name of the environment variable with the key",
    "headers": "table of request headers; {key} stands for the key",
    "paging": "table: next (JMESPath), link (regular expression), or parameter, first, step, last, more",
    "max_megabytes": "a larger answer is refused (default 64)",
    "copies": "ids of the sources whose statements it repeats: together they count as one witness",
    "replay": "further names under which recordings of this source are filed",
    "table": "which table or sheet: its position from 1, or a word of its header, or the sheet's name",
    "header_row": "in which line the column names stand (default 1), or a name that only that line holds",
    "members": 'which files of a ZIP archive, such as "*_scores.csv"',
    "missing": "cells that mean that nothing is said, besides the empty one",
    "unpivot": "table: keep, name, value; turns one column per thing into one row per thing",
    "where": "table of conditions on columns that a row must meet",
}

RECORD_KEYS: Final[Mapping[str, str]] = {
    "from": "only rows whose address or archive member contains this text",
    "rows": "as above, for this kind only",
    "unpivot": "as above, for this kind only",
    "where": "as above, for this kind only",
    "constants": "table of fields that are the same in every row",
}

FIELD_KEYS: Final[Mapping[str, str]] = {
    "column": "name of the column, or a list: the first with a value. Also @url, @as_of, @file, @row, @last",
    "template": 'a text with columns in braces: "{family} {version}"; {new|old}: the first there is',
    "constant": "the same value in every row",
    "unit": "unit of the source's figures: " + ", ".join(UNITS),
    "scale": "number by which figures are multiplied",
    "date": "how dates are written, as in strptime, or unix, unix_ms, decimal_year; one or a list",
    "pattern": "regular expression; its first group, or the whole match, is taken; no match: nothing is said",
    "words": "table from the source's words to ours",
    "missing": "cells of this column that mean that nothing is said",
    "prefix": "text put in front",
    "slug": "true: made an identifier, lower case with hyphens",
    "optional": "true: the column may be absent",
}

CONDITION_KEYS: Final[Mapping[str, str]] = {
    "is": "one of these values",
    "not": "none of these values",
    "matches": "regular expression that is found in it",
    "lacks": "regular expression that is not found in it",
    "min": "at least this number",
    "max": "at most this number",
    "present": "true: not empty; false: empty",
}


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


@dataclass(frozen=True, slots=True)
class Unpivot:
    """One column per thing becomes one row per thing: `name` holds the column's name, `value` its cell."""

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
    unpivot: Unpivot | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TableForm:
    """How bytes become rows."""

    format: str
    rows: str | None = None
    table: str | int | None = None
    header_row: int | str = 1
    members: str = "*.csv"
    missing: tuple[str, ...] = ()


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
    copies: tuple[str, ...] = ()
    replay_ids: tuple[str, ...] = ()
