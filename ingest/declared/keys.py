"""The keys of a form and what they mean, as data.

The texts below are the reference of docs/add_a_source.md and may serve whoever writes such files by machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORMATS: Final[Mapping[str, str]] = {
    "json": "JSON; `rows` says where the rows are",
    "jsonl": "one JSON object a line",
    "yaml": "YAML; `rows` says where the rows are",
    "javascript": "an object, list or text that a script assigns; `table` is the name that it is assigned to",
    "csv": "separated text with a line of column names; a comma unless `separator` says otherwise",
    "tsv": "tab-separated text with a line of column names",
    "parquet": "an Apache Parquet file",
    "arrow": "an Apache Arrow file (Feather) or stream",
    "sqlite": "an SQLite file; `table` names the table; views are not read",
    "xlsx": "an Excel workbook; `table` names the sheet",
    "xls": "an old binary Excel workbook; `table` names the sheet",
    "html": "a table of a web page; `table` picks which, by position or by a word of its header",
    "markdown": "a table of a Markdown text; `table` picks which, by position or by a word of its header",
    "zip": "a ZIP archive; `members` picks its files, `member_format` says what they are",
    "tar": "a tar archive, also in gzip or zstd; `members` and `member_format` as for zip",
    "feed": "RSS, Atom or JSON Feed; gives entry_id, title, url, valid_on, excerpt and the text `published`",
    "changelog": "a Markdown text with dated headings or bold lines; gives the same fields, and model_name",
    "changelog-html": "a web page with dated headings; gives the same fields, and model_name",
    "changelog-rst": "a reStructuredText with dated headings; gives the same fields, and model_name",
    "changelog-asciidoc": "an AsciiDoc text with dated headings; gives the same fields, and model_name",
}
"""A text or table in gzip or zstd is unpacked by itself, whatever its name."""

MEMBER_FORMATS: Final = tuple(name for name in FORMATS if name not in ("zip", "tar"))

SELF_NAMED_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "feed": ("entry_id", "title", "url", "valid_on", "excerpt"),
    "changelog": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
    "changelog-html": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
    "changelog-rst": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
    "changelog-asciidoc": ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt"),
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
    "url": "one address or a list; {today:%Y-%m-%d}, {yesterday:%Y%m%d}, {today-30d:%Y%m%d} and "
    "{last_month:%Y%m} become dates, {key} the key",
    "fallbacks": "addresses that are asked in this order when no `url` answers, each a text or a table: "
    "url; format and rows, where it serves another format; key, for a {key} in the address",
    "frozen": "since when and why nothing more is added; it is asked once a month",
    "path": "in place of url: a file or folder on this machine, as seen from the folder of this file",
    "format": "what the address serves: " + ", ".join(FORMATS),
    "rows": "JMESPath to the list of rows (json, yaml); an object of objects gives its names as column `key`",
    "parent": "JMESPath to what the rows lie in, or a list from the outermost; gives columns `parent.NAME`",
    "layout": "columns, where an object holds a list or an object for each column (default: rows)",
    "names": "JMESPath to the column names of rows that are lists; else they are named 1, 2, 3",
    "cadence": 'how often: an interval (90m, 6h, 1d, 2w) or a cron line in UTC ("17 */6 * * *")',
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
    "header_rows": "lines of names that stand above each other (default 1); GPQA over 2024 is `GPQA 2024`",
    "separator": 'sign between the cells of csv, such as ";", "|" or "\\t"',
    "encoding": "of the text, such as gbk or cp1251, where neither the bytes nor the server tell it",
    "decimal": '"," where figures are written 1.234,56 (default ".", as in 1,234.56)',
    "currency": "of all figures of money (default USD), such as EUR; see `usd` of a field",
    "date_order": "dmy, mdy or ymd: what dates in figures such as 06/05/2026 mean",
    "members": 'which files of an archive or folder, such as "*_scores.csv"',
    "member_format": "what the files of an archive are (default csv)",
    "missing": "cells that mean that nothing is said, besides the empty one",
    "derive": "table of further columns: a formula such as '{Score} - {Margin}', or what a field may be",
    "unpivot": "table: keep, name, value; turns one column per thing into one row per thing",
    "pivot": "table: keep, name, value; turns rows that hold one figure each into one row with all of them",
    "where": "table of conditions on columns that a row must meet",
}

RECORD_KEYS: Final[Mapping[str, str]] = {
    "from": "only rows whose address or archive member contains this text",
    "rows": "as above, for this kind only",
    "parent": "as above, for this kind only",
    "derive": "as above, for this kind only",
    "unpivot": "as above, for this kind only",
    "pivot": "as above, for this kind only",
    "where": "as above, for this kind only",
    "constants": "table of fields that are the same in every row",
}

FIELD_KEYS: Final[Mapping[str, str]] = {
    "column": "name of the column, or a list: the first with a value. Also @url, @as_of, @file, @row, @last",
    "template": 'a text with columns in braces: "{family} {version}"; {new|old}: the first there is',
    "constant": "the same value in every row",
    "formula": "figures of columns, reckoned: '({Right} + {Half} / 2) / {All}'; see below",
    "unit": "unit of the source's figures: " + ", ".join(UNITS),
    "scale": "number by which figures are multiplied",
    "decimal": "as above, for this column only",
    "currency": "as above, for this column only",
    "usd": "how many USD one unit of the currency is, where figures are in another",
    "date": "how dates are written, as in strptime, or unix, unix_ms, decimal_year, excel; one or a list",
    "pattern": "regular expression; its first group, or the whole match, is taken; no match: nothing is said",
    "words": "table from the source's words to ours",
    "other": "what a word becomes that `words` does not list; without it, the word itself",
    "default": "what a blank cell means",
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
