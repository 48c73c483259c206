"""Which formats and tables unseen bytes may be: what the bytes say comes before what the server says."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from ingest.declared.guess.held import archived, sheets, sqlite_tables
from ingest.declared.guess.paths_to_rows import ways_to_rows
from ingest.errors import ParseError
from ingest.formats.containers import uncompressed
from ingest.formats.encodings import charset_in_markup, charset_of, decode
from ingest.formats.html_tables import html_tables
from ingest.formats.javascript import assigned_in_javascript
from ingest.formats.markdown_tables import markdown_tables
from ingest.formats.texts import is_web_page, json_lines_of_text, json_of_text
from ingest.formats.yaml_texts import yaml_of_text

_MAGIC: Final[Mapping[bytes, str]] = {
    b"PAR1": "parquet",
    b"ARROW1": "arrow",
    b"\xff\xff\xff\xff": "arrow",
    b"SQLite format 3\0": "sqlite",
    b"\xd0\xcf\x11\xe0": "xls",
    b"PK\x03\x04": "xlsx",
}
_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_DATED_HEADING: Final = re.compile(r"(?m)^#{1,4} .*\d|^.*\d.*\n(?:={3,}|-{3,})[ \t]*$")
_ASSIGNED: Final = re.compile(
    r"(?m)^\s*(?:export\s+)?(?:(?:const|let|var)\s+|(?:window|self|globalThis|module)\.)"
    r"([A-Za-z_$][\w$]*)(?:\s*:[^=\n]+)?\s*=\s*(?=[\[{`]|JSON\.parse)"
)
_SCRIPTS: Final = (".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx")
_SEPARATORS: Final = (",", ";", "\t", "|")
_SUFFIXES: Final = {".md": "markdown", ".rst": "changelog-rst", ".adoc": "changelog-asciidoc"}
MOST_TABLES: Final = 12
_MOST_ABOUT: Final = 20
"""So many lines about a table may stand above it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to read bytes as a table: the keys of a form that say so."""

    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """The format."""
        return str(self.keys["format"])

    @property
    def name(self) -> str:
        """What its table is called among those of the payload: a number, a name, a path, or files."""
        words = (self.keys.get(key) for key in ("table", "members", "parent", "rows"))
        return " ".join(str(word) for word in words if word) or "1"


def possible_shapes(body: bytes, content_type: str | None, url: str) -> list[Shape]:
    """Every shape that the bytes may have, the likeliest first; empty where no form reads them."""
    if body.startswith(b"PK\x03\x04") and not (b"xl/workbook" in body or b"[Content_Types].xml" in body):
        return [Shape(keys) for keys in archived(body, url, "zip", _inner)]
    binary = next((name for magic, name in _MAGIC.items() if body.startswith(magic)), None)
    if binary is not None:
        return list(_of_binary(body, binary))
    try:
        plain = uncompressed(body, url)
    except ParseError:
        return []
    if plain[257:262] == b"ustar":
        return [Shape(keys) for keys in archived(body, url, "tar", _inner)]
    return list(_of_plain(plain, content_type, url))


def _of_plain(plain: bytes, content_type: str | None, url: str) -> Iterator[Shape]:
    text = decode(plain, charset_of(content_type)).lstrip("\ufeff")
    if _FEED.search(text[:2000]):
        yield Shape({"format": "feed"})
    elif is_web_page(plain):
        yield from _of_web_page(plain, content_type, url)
    else:
        yield from _of_text(text, url)


def _inner(body: bytes, url: str) -> list[Mapping[str, Any]]:
    return [shape.keys for shape in possible_shapes(body, None, url)]


def _of_binary(body: bytes, form: str) -> Iterator[Shape]:
    held = {"xlsx": sheets, "xls": sheets, "sqlite": sqlite_tables}.get(form)
    if held is None:
        yield Shape({"format": form})
        return
    yield from (Shape({"format": form, **keys}) for keys in held(body))


def _of_text(text: str, url: str) -> Iterator[Shape]:
    start = text.lstrip()[:1]
    if start in ("{", "["):
        yield from _of_json(text, url)
        return
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    if suffix in _SCRIPTS or _ASSIGNED.search(text):
        yield from _of_script(text, url)
    if suffix in _SCRIPTS:
        return
    tables = _markdown(text, url)
    for at in range(1, min(tables, MOST_TABLES) + 1):
        yield Shape({"format": "markdown"} | ({"table": at} if tables > 1 else {}))
    if _DATED_HEADING.search(text) or suffix in (".rst", ".adoc"):
        yield Shape({"format": _SUFFIXES.get(suffix, "changelog").replace("markdown", "changelog")})
    if not tables:
        yield from _of_lines(text)
    if suffix in (".yml", ".yaml") or re.match(r"(?:---|#.*\n|- |\w+:\s)", text):
        yield from _of_yaml(text, url)


def _of_json(text: str, url: str) -> Iterator[Shape]:
    try:
        found = json_of_text(text, url)
    except ParseError:
        try:
            json_lines_of_text(text, url)
        except ParseError:
            return
        yield Shape({"format": "jsonl"})
        return
    if isinstance(found, dict) and str(found.get("version", "")).startswith("https://jsonfeed.org"):
        yield Shape({"format": "feed"})
        return
    for keys in ways_to_rows(found):
        yield Shape({"format": "json", **keys})


def _of_script(text: str, url: str) -> Iterator[Shape]:
    names = list(dict.fromkeys(found[1] for found in _ASSIGNED.finditer(text)))[:MOST_TABLES]
    for name in names or [None]:
        try:
            found = assigned_in_javascript(text, name, url)
        except ParseError:
            continue
        for keys in ways_to_rows(found):
            yield Shape({"format": "javascript"} | ({"table": name} if name else {}) | dict(keys))


def _of_yaml(text: str, url: str) -> Iterator[Shape]:
    try:
        found = yaml_of_text(text, url)
    except ParseError:
        return
    for keys in ways_to_rows(found):
        yield Shape({"format": "yaml", **keys})


def _of_web_page(body: bytes, content_type: str | None, url: str) -> Iterator[Shape]:
    charset = charset_of(content_type) or charset_in_markup(body)
    try:
        tables = len(html_tables(body, url, charset))
    except ParseError:
        tables = 0
    for at in range(1, min(tables, MOST_TABLES) + 1):
        yield Shape({"format": "html"} | ({"table": at} if tables > 1 else {}))
    yield Shape({"format": "changelog-html"})


def _markdown(text: str, url: str) -> int:
    try:
        return len(markdown_tables(text, url))
    except ParseError:
        return 0


def _of_lines(text: str) -> Iterator[Shape]:
    """Separated text: the sign that cuts most lines alike, from the first such line."""
    lines = text.splitlines()[:200]
    found = [(_cut(lines, sign), sign) for sign in _SEPARATORS]
    (same, width, first), sign = max(found, key=lambda item: (item[0][0] * (item[0][1] > 1), item[0][1]))
    if width < 2 or same < 2:
        return
    keys: dict[str, Any] = {"format": "tsv" if sign == "\t" else "csv"}
    if sign not in (",", "\t"):
        keys["separator"] = sign
    if first > 1:
        keys["header_row"] = first
    yield Shape(keys)


def _cut(lines: list[str], sign: str) -> tuple[int, int, int]:
    """How many lines have the commonest number of cells, that number, and the line of the names, from 1."""
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)
    starts: dict[int, list[tuple[int, list[str]]]] = {}
    widths: Counter[int] = Counter()
    before = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
                starts.setdefault(len(row), []).append((before + 1, row))
            before = reader.line_num
    except csv.Error:
        return 0, 0, 1
    if not widths:
        return 0, 0, 1
    width, same = widths.most_common(1)[0]
    return same, width, _line_of_names(starts[width])


def _line_of_names(lines: Sequence[tuple[int, list[str]]]) -> int:
    """The first line; or, below lines about the table with mostly blank cells, the first without any."""
    (at, first), *others = lines
    is_about = bool(first[0].strip()) and 2 * sum(bool(cell.strip()) for cell in first) <= len(first)
    if not is_about:  # a line that begins blank names groups of columns
        return at
    full = (at for at, row in others[:_MOST_ABOUT] if all(cell.strip() for cell in row))
    return next(full, at)
