"""Texts for readers, in Markdown, HTML, reStructuredText or AsciiDoc, as headings, points and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from ingest.errors import ParseError
from ingest.formats.html_tables import parsed_page
from ingest.formats.markdown_tables import parsed_markdown, visible_text
from ingest.source import MEGABYTE

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_RST_BYTES: Final = 2 * MEGABYTE
"""docutils reads about 300 kB a second."""

_ANCHOR: Final = re.compile(r"\s*\{#([\w-]+)\}\s*$")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_MARKS: Final = ("strong", "b", "em", "i")
_NOT_TEXT: Final = ("nav", "footer", "aside", "script", "style", "template")
_RST: Final = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "_disable_config": True,
    "doctitle_xform": False,  # else the only section below a title is none
    "line_length_limit": 100_000,
}


class Part(Enum):
    """What a block of prose is."""

    HEADING = "heading"
    POINT = "point"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a point of a list with all below it, or a paragraph.

    level     1 to 6, of a heading
    lines     its text as it is broken into lines, without marks
    codes     what is set as code in it, such as the names of models
    anchor    what an address may end on to lead here, where the text says so
    is_marked whether all of it is set in bold or italics, as a heading is where a text has none
    """

    part: Part
    lines: tuple[str, ...]
    codes: tuple[str, ...] = ()
    level: int = 0
    anchor: str | None = None
    is_marked: bool = False

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(self.lines)


def markdown_blocks(text: str, where: str) -> Iterator[Block]:
    """The blocks of a Markdown text, in order; those inside a point belong to it."""
    held: list[Token] = []
    depth = 0
    heading: Token | None = None
    for token in parsed_markdown(text, where):
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
            if depth == 0:
                yield _of_tokens(Part.POINT, held)
                held = []
        elif token.type == "heading_open":
            heading = token
        elif token.type == "inline" and depth:
            held.append(token)
        elif token.type == "inline" and heading is not None:
            yield _heading(token, int(heading.tag[1]))
            heading = None
        elif token.type == "inline":
            yield from _paragraph(token)


def _paragraph(token: Token) -> Iterator[Block]:
    """A paragraph; where its first line is all in bold or italics, that line and the rest."""
    whole = _of_tokens(Part.TEXT, [token])
    if not _begins_marked(token):
        yield whole
        return
    yield Block(Part.TEXT, whole.lines[:1], is_marked=True)
    if whole.lines[1:]:
        yield Block(Part.TEXT, whole.lines[1:], whole.codes)


def _begins_marked(inline: Token) -> bool:
    depth = 0
    has_words = False
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            break
        if child.type in ("strong_open", "em_open"):
            depth += 1
        elif child.type in ("strong_close", "em_close"):
            depth -= 1
        elif child.content.strip(" :"):
            if depth == 0:
                return False
            has_words = True
    return has_words


def _heading(token: Token, level: int) -> Block:
    said = visible_text(token)
    anchor = _ANCHOR.search(said)
    plain = _ANCHOR.sub("", said)
    return Block(Part.HEADING, (plain,), _codes([token]), level, anchor[1] if anchor else None)


def _of_tokens(part: Part, tokens: Sequence[Token]) -> Block:
    lines = [line for token in tokens for line in _visible_lines(token)]
    return Block(part, tuple(line for line in lines if line), _codes(tokens))


def _visible_lines(inline: Token) -> list[str]:
    from markdown_it.token import Token  # noqa: PLC0415 - for this format only: no other command waits for it

    lines: list[list[Token]] = [[]]
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            lines.append([])
        else:
            lines[-1].append(child)
    return [visible_text(Token("inline", "", 0, children=line)) for line in lines]


def _codes(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(
        child.content for token in tokens for child in token.children or () if child.type == "code_inline"
    )


def html_blocks(body: bytes, where: str, charset: str | None = None) -> Iterator[Block]:
    """The blocks of a web page, in order, without its navigation."""
    page = parsed_page(body, where, charset)
    for element in page.iter(*_HEADINGS, "li", "p"):
        if any(above.tag in ("li", *_NOT_TEXT) for above in element.iterancestors()):
            continue
        text = re.sub(r"\s+([,.;:])(?=\s|$)", r"\1", " ".join(" ".join(element.itertext()).split()))
        codes = tuple(code.text_content() for code in element.iter("code"))
        if not text:
            continue
        if element.tag in _HEADINGS:
            title = re.sub(r"\s*[¶#\u200b]+\s*$", "", " ".join(element.text_content().split()))
            yield Block(Part.HEADING, (title,), codes, int(element.tag[1]), element.get("id"))
        else:
            part = Part.POINT if element.tag == "li" else Part.TEXT
            marked = part is Part.TEXT and _is_marked(element)
            yield Block(part, (text,), codes, is_marked=marked)


def _is_marked(paragraph: Any) -> bool:
    """Whether all words of a paragraph of HTML stand in bold or italics."""
    said = " ".join(paragraph.itertext()).split()
    marked = [word for mark in paragraph if mark.tag in _MARKS for word in " ".join(mark.itertext()).split()]
    return bool(said) and [word for word in said if word != ":"] == marked


def rst_blocks(text: str, where: str) -> Iterator[Block]:
    """The blocks of a reStructuredText; nothing that it names is included or run."""
    if len(text) > MOST_RST_BYTES:
        raise ParseError(f"{where} is longer than {MOST_RST_BYTES // MEGABYTE} MB, too long for this format")
    import docutils  # noqa: PLC0415 - for this format only: no other command waits for it
    from docutils.core import publish_doctree  # noqa: PLC0415 - as above

    try:
        tree = publish_doctree(text, settings_overrides=_RST)
    except (docutils.ApplicationError, RecursionError, ValueError) as error:
        raise ParseError(f"{where} is not readable as reStructuredText: {error}") from error
    yield from _rst_children(tree, 0)


def _rst_children(parent: Any, level: int) -> Iterator[Block]:
    import docutils.nodes  # noqa: PLC0415 - for this format only: no other command waits for it

    for node in parent.children:
        match node:
            case docutils.nodes.title():
                yield Block(Part.HEADING, (_rst_text(node),), _rst_codes(node), level)
            case docutils.nodes.section():
                yield from _rst_children(node, level + 1)
            case docutils.nodes.bullet_list() | docutils.nodes.enumerated_list():
                for point in node.children:
                    yield Block(Part.POINT, (_rst_text(point),), _rst_codes(point))
            case docutils.nodes.paragraph():
                marks = (docutils.nodes.strong, docutils.nodes.emphasis)
                marked = len(node.children) == 1 and isinstance(node.children[0], marks)
                yield Block(Part.TEXT, (_rst_text(node),), _rst_codes(node), is_marked=marked)
            case docutils.nodes.block_quote() | docutils.nodes.definition_list():
                yield from _rst_children(node, level)
            case docutils.nodes.definition_list_item() | docutils.nodes.definition():
                yield from _rst_children(node, level)
            case _:
                continue


def _rst_text(node: Any) -> str:
    return " ".join(node.astext().split())


def _rst_codes(node: Any) -> tuple[str, ...]:
    import docutils.nodes  # noqa: PLC0415 - for this format only: no other command waits for it

    return tuple(found.astext() for found in node.findall(docutils.nodes.literal))


def asciidoc_blocks(text: str, where: str) -> Iterator[Block]:
    """The blocks of an AsciiDoc text: its headings, points and links are written in Markdown's way first."""
    yield from markdown_blocks("\n".join(_as_markdown(line) for line in text.splitlines()), where)


def _as_markdown(line: str) -> str:
    heading = re.match(r"^(={1,6})\s+(\S.*)$", line)
    if heading:
        anchor = re.sub(r"^\[\[([\w-]+)\]\]\s*", "", heading[2])
        return f"{'#' * len(heading[1])} {_links(anchor)}"
    point = re.match(r"^\s*(\*{1,5}|\.{1,5}|-)\s+(.*)$", line)
    if point:
        depth = 0 if point[1] == "-" else len(point[1]) - 1
        return f"{'  ' * depth}- {_links(point[2])}"
    if re.match(r"^(?::[\w-]+:|//|\[\[?[\w#.,=\" -]+\]?\]\s*$|\+$)", line):
        return ""
    return _links(line)


def _links(text: str) -> str:
    """`link:https://e.org[words]` and `https://e.org[words]` as their words."""
    return re.sub(r"(?:link:|xref:|<<)?https?://[^\s\[\]]+\[([^\]]*)\]", r"\1", text)
