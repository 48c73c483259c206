"""Pipe tables of Markdown, as GitHub reads them; a row with too many cells is set aside, never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ingest.errors import ParseError
from ingest.formats.table import Table, Unfit, frame_of_lines
from ingest.source import MEGABYTE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_MARKDOWN_BYTES: Final = 8 * MEGABYTE
"""Longer texts are not written by hand, and no Markdown reader is fast."""

_UNESCAPED_PIPE: Final = re.compile(r"(?<!\\)\|")
_QUOTE: Final = re.compile(r"^(?:\s*>)*\s*")
BLANK_OR_EDGE: Final = (
    "the row begins with | and the names do not: whether its first cell is blank cannot be told"
)
_FOOTNOTE: Final = re.compile(r"\s*\[\^[^\]\s]+\]")
"""A reference to a note below: no part of a name or a figure."""
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)


def markdown_parser() -> MarkdownIt:
    """A reader of CommonMark with GitHub's tables."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - for this format only: no other command waits for it

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def parsed_markdown(text: str, where: str) -> list[Token]:
    """The blocks of a Markdown text; raises ParseError where it is too long to be one."""
    if len(text) > MOST_MARKDOWN_BYTES:
        raise ParseError(
            f"{where} is longer than {MOST_MARKDOWN_BYTES // MEGABYTE} MB, too long for Markdown"
        )
    return markdown_parser().parse(text)


def markdown_tables(text: str, where: str = "the text") -> list[Table]:
    """All pipe tables of a Markdown text, without emphasis, links and the line of dashes."""
    tokens = parsed_markdown(text, where)
    lines = text.splitlines()
    tables: list[Table] = []
    opened: int | None = None
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            opened = at
        elif token.type == "table_close" and opened is not None:
            tables.append(_table(tokens[opened:at], lines, where))
            opened = None
    return tables


def _table(tokens: Sequence[Token], lines: Sequence[str], where: str) -> Table:
    header: list[str] = []
    rows: list[list[str]] = []
    unfit: list[Unfit] = []
    cells: list[str] = []
    line = ""
    names_begin_with_pipe = True
    for token in tokens:
        if token.type == "tr_open":
            cells = []
            line = lines[token.map[0]] if token.map else ""
        elif token.type == "inline":
            cells.append(visible_text(token))
        elif token.type == "tr_close" and not header:
            header = cells
            names_begin_with_pipe = _begins_with_pipe(line)
        elif token.type == "tr_close":
            written = _cells_written(line)
            n_written = len(written)
            if any(cell.strip() for cell in written[len(header) :]):
                reason = f"the row has {n_written} cells, and there are {len(header)} columns"
                unfit.append(Unfit(line.strip(), reason))
            elif n_written < len(header) and _begins_with_pipe(line) and not names_begin_with_pipe:
                unfit.append(Unfit(line.strip(), BLANK_OR_EDGE))
            elif cells != header:
                rows.append(cells)
    return Table(where, frame_of_lines(header, rows, where), tuple(unfit))


def _begins_with_pipe(line: str) -> bool:
    return _QUOTE.sub("", line).startswith("|")


def _cells_written(line: str) -> list[str]:
    """The cells of a row as it is written; the parser cuts off those that are too many."""
    inner = _QUOTE.sub("", line).rstrip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return _UNESCAPED_PIPE.split(inner)


def visible_text(inline: Token) -> str:
    """What readers see of a run of text: no emphasis, targets, tags or footnotes; a picture is its words."""
    said: list[str] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline"):
            said.append(_FOOTNOTE.sub("", token.content))
        elif token.type in ("softbreak", "hardbreak") or (
            token.type == "html_inline" and _BREAK.fullmatch(token.content)
        ):
            said.append(" ")
        elif token.type == "image":
            said.append(token.content)
    return " ".join("".join(said).split())
