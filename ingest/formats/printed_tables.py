"""Tables that are written for readers: in web pages and in Markdown."""

from __future__ import annotations

import re
from typing import Final

import lxml.html
from lxml.etree import LxmlError

from ingest.errors import ParseError

PrintedTable = list[list[str]]
"""Rows of cells; the first row holds the column names."""

_MARKUP: Final = re.compile(r"\*\*|__|`|<[^>]+>")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def html_tables(body: bytes, url: str) -> list[PrintedTable]:
    """All tables of a web page that have a row, in their order; ParseError where the page is unreadable."""
    try:
        page = lxml.html.fromstring(body)
    except (LxmlError, ValueError) as error:
        raise ParseError(f"{url} is not readable as a web page: {error}") from error
    tables = []
    for table in page.iter("table"):
        rows = [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
            for row in table.iter("tr")
        ]
        filled = [row for row in rows if row]
        if filled:
            tables.append(filled)
    return tables


def markdown_tables(text: str) -> list[PrintedTable]:
    """All pipe tables of a Markdown text, without emphasis, links and the line of dashes."""
    tables: list[PrintedTable] = []
    previous = False
    for line in text.splitlines():
        inside = line.strip().startswith("|")
        if inside and not previous:
            tables.append([])
        if inside and not re.fullmatch(r"[\s|:\-]+", line):
            tables[-1].append([_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))])
        previous = inside
    return [table for table in tables if table]


def _plain(cell: str) -> str:
    return _MARKUP.sub("", _LINK.sub(r"\1", cell)).replace("\\|", "|").strip()
