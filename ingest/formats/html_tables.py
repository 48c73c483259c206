"""Tables of web pages, laid out as browsers lay them out: a cell that spans stands in all it covers.

Follows "Forming a table" of the HTML standard (https://html.spec.whatwg.org/multipage/tables.html), so that
no cell moves into another column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ingest.errors import ParseError
from ingest.formats.encodings import charset_in_markup, decode
from ingest.formats.table import Table, Unfit, frame_of_lines, joined_header

MOST_CELLS: Final = 2_000_000
"""A table of more cells, spans written out, is no table of figures."""

_WIDEST_SPAN: Final = 1000
_LONGEST_SPAN: Final = 65_534
_SECTIONS: Final = ("thead", "tbody", "tfoot")
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "table"})
_APART: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "dd", "dt", "tr", "td", "th"})


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """The lines of a table as cells, spans written out, and how many of the first hold the names."""

    lines: list[list[str]]
    names: int

    def header(self, rows: int | None = None) -> list[str]:
        """One name a column, of all lines of names."""
        chosen = self.lines[: rows or self.names]
        return chosen[0] if len(chosen) == 1 else joined_header(chosen)

    def table(self, name: str, rows: int | None = None) -> Table:
        """The lines below the names; one with more cells than there are names is set aside."""
        header = self.header(rows)
        width = len(header)
        below = [line for line in self.lines[rows or self.names :] if any(line) and line != header]
        fitting = [[*line, *[""] * (width - len(line))] for line in below if not any(line[width:])]
        unfit = tuple(
            Unfit(" | ".join(line), f"the row has {len(line)} cells, and there are {width} columns")
            for line in below
            if any(line[width:])
        )
        return Table(name, frame_of_lines(header, [line[:width] for line in fitting], name), unfit)


def html_tables(body: bytes, url: str, charset: str | None = None) -> list[HtmlTable]:
    """All tables of a web page that have a row, in their order; ParseError where the page is unreadable."""
    page = parsed_page(body, url, charset)
    laid_out = (_laid_out(table, url) for table in page.iter("table"))
    return [table for table in laid_out if table.lines]


def parsed_page(body: bytes, url: str, charset: str | None = None) -> Any:
    """The page as a tree, read in its true encoding; raises ParseError where there is none."""
    import lxml.html  # noqa: PLC0415 - for this format only: no other command waits for it
    from lxml.etree import LxmlError  # noqa: PLC0415 - as above

    text = decode(body, charset or charset_in_markup(body))
    try:
        return lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError) as error:
        raise ParseError(f"{url} is not readable as a web page: {error}") from error


def _laid_out(table: Any, url: str) -> HtmlTable:
    lines: list[list[str]] = []
    rows: list[Any] = []
    n_head = 0
    cells = 0
    for is_head, group in _groups(table):
        hanging: dict[int, tuple[int, str]] = {}
        for position, row in enumerate(group):
            line, hanging = _line(row, hanging, len(group) - position)
            cells += len(line)
            if cells > MOST_CELLS:
                raise ParseError(f"{url} has a table of more than {MOST_CELLS:,} cells")
            if any(cell is not None for cell in line):
                lines.append([cell or "" for cell in line])
                rows.append(row)
                n_head += is_head and len(lines) == n_head + 1
    names = n_head or _n_rows_of_names(rows)
    titles = [
        at for at, row in enumerate(rows) if (at >= names or names > 1) and _is_title(row, len(lines[at]))
    ]
    kept = [line for at, line in enumerate(lines) if at not in titles]
    return HtmlTable(kept, max(names - sum(at < names for at in titles), 1))


def _is_title(row: Any, width: int) -> bool:
    """Whether a row is one cell across several columns: the title of the table, or of a group of rows."""
    return width > 1 and len(list(row.iterchildren("td", "th"))) == 1 and len(_spanned(row)) == width


def _spanned(row: Any) -> list[str]:
    """The text of a row's own cells, once for each column that they span."""
    return [
        cell_text(cell)
        for cell in row.iterchildren("td", "th")
        for _ in range(_span(cell, "colspan", _WIDEST_SPAN) or 1)
    ]


def _n_rows_of_names(rows: Sequence[Any]) -> int:
    """How many rows at the top hold names only; a further one counts where a cell above it spans."""
    count = 0
    for row in rows:
        if not _is_all_names(row):
            break
        count += 1
        if not any(
            _span(cell, "colspan", 2) != 1 or _span(cell, "rowspan", 2) != 1
            for cell in row.iterchildren("td", "th")
        ):
            break
    return count


def _groups(table: Any) -> Iterator[tuple[bool, list[Any]]]:
    """The table's own rows (not those of tables inside it), by section, as (is the head, rows)."""
    loose: list[Any] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in _SECTIONS:
            if loose:
                yield False, loose
                loose = []
            yield child.tag == "thead", [row for row in child if row.tag == "tr"]
    if loose:
        yield False, loose


def _line(
    row: Any, hanging: dict[int, tuple[int, str]], rows_left: int
) -> tuple[list[str | None], dict[int, tuple[int, str]]]:
    """A row's cells by column with those that hang down from above, and what hangs down further.

    `hanging` is, by column, for how many more rows a cell goes on, and its text.
    """
    line: list[str | None] = []
    below: dict[int, tuple[int, str]] = {}

    def put(text: str, rows: int) -> None:
        if rows > 1:
            below[len(line)] = (rows - 1, text)
        line.append(text)

    def fill() -> None:
        while len(line) in hanging:
            rows, text = hanging[len(line)]
            put(text, rows)

    for cell in row.iterchildren("td", "th"):
        fill()
        text = cell_text(cell)
        rows = _span(cell, "rowspan", _LONGEST_SPAN) or rows_left
        for _ in range(_span(cell, "colspan", _WIDEST_SPAN) or 1):
            put(text, min(rows, rows_left))
    for column in sorted(at for at in hanging if at >= len(line)):
        line += [None] * (column - len(line))
        rows, text = hanging[column]
        put(text, rows)
    return line, below


def _span(cell: Any, name: str, most: int) -> int:
    """How many rows or columns a cell covers; 0 for what HTML says of `rowspan="0"`: to the end."""
    said = (cell.get(name) or "1").strip()
    return min(int(said), most) if said[:6].isdecimal() and len(said) <= 6 else 1


def _is_all_names(row: Any) -> bool:
    cells = [cell.tag for cell in row.iterchildren("td", "th")]
    return bool(cells) and all(tag == "th" for tag in cells)


def cell_text(cell: Any) -> str:
    """What a reader sees of a cell; a table inside it is a table of its own."""
    return " ".join("".join(_seen(cell)).split())


def _seen(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "sup":
            yield _raised(child)
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            apart = " " if child.tag in _APART else ""
            yield apart
            yield from _seen(child)
            yield apart
        yield child.tail or ""


def _raised(element: Any) -> str:
    """What stands raised: the mark of a note goes, a power stays one, so that no figure gains a digit."""
    text = "".join(_seen(element)).strip()
    is_note = element.find(".//a") is not None or not re.search(r"[^\W_]", text) or text[:1] == "["
    if is_note:
        return ""
    return f"^{text}" if any(sign.isdigit() for sign in text) else text
