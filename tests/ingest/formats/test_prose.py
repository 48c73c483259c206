"""Prose in four markups as blocks: headings, points, paragraphs, what is code in them or set in bold."""

from __future__ import annotations

import pytest

from ingest.errors import ParseError
from ingest.formats.prose import (
    MOST_RST_BYTES,
    Block,
    Part,
    asciidoc_blocks,
    html_blocks,
    markdown_blocks,
    rst_blocks,
)


def markdown(text: str) -> list[Block]:
    return list(markdown_blocks(text, "x.md"))


def html(text: str) -> list[Block]:
    return list(html_blocks(f"<html><body>{text}</body></html>".encode(), "x.html", "utf-8"))


def test_headings_of_markdown_have_a_level_and_may_name_their_anchor() -> None:
    """The anchor is no part of the text; what is code in it is told."""
    assert markdown("# One\n\n### Two `x` {#two}\n\nOld\n---\n") == [
        Block(Part.HEADING, ("One",), level=1),
        Block(Part.HEADING, ("Two x",), ("x",), 3, "two"),
        Block(Part.HEADING, ("Old",), level=2),
    ]


def test_a_point_holds_all_that_lies_in_it() -> None:
    """Points within points, and their paragraphs; after it the text goes on."""
    found = markdown("- one `a`\n  more\n  - two `b`\n\n    three\n- four\n\nfive\n")
    assert found == [
        Block(Part.POINT, ("one a", "more", "two b", "three"), ("a", "b")),
        Block(Part.POINT, ("four",)),
        Block(Part.TEXT, ("five",)),
    ]
    assert found[0].text == "one a more two b three"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("**May 4**", [(("May 4",), True)]),
        ("*May 4*:", [(("May 4:",), True)]),
        ("**May** *4*", [(("May 4",), True)]),
        ("**May 4** more", [(("May 4 more",), False)]),
        ("more **May 4**", [(("more May 4",), False)]),
        ("**May 4**\nmore\nstill", [(("May 4",), True), (("more", "still"), False)]),
        ("plain\n**May 4**", [(("plain", "May 4"), False)]),
    ],
)
def test_a_first_line_all_in_bold_is_a_block_of_its_own(
    text: str, blocks: list[tuple[tuple[str, ...], bool]]
) -> None:
    """As a heading is where a text has none."""
    found = markdown(text)
    assert [(block.lines, block.is_marked) for block in found] == blocks
    assert {block.part for block in found} == {Part.TEXT}


def test_blocks_of_a_page_are_without_its_navigation() -> None:
    """A paragraph in a point belongs to it; marks at the end of a heading go, blanks before a comma too."""
    found = html(
        '<nav><p>menu</p></nav><h2 id="a">One <code>x</code> ¶</h2><ul><li>'
        "<p>two <code>y</code> , too</p></li></ul>"
        "<p><strong>May 4</strong>:</p><p><b>May</b> 5</p><p> </p><footer><p>end</p></footer>"
    )
    assert found == [
        Block(Part.HEADING, ("One x",), ("x",), 2, "a"),
        Block(Part.POINT, ("two y, too",), ("y",)),
        Block(Part.TEXT, ("May 4:",), is_marked=True),
        Block(Part.TEXT, ("May 5",)),
    ]


RST = """
One
===

Two ``x``
---------

- three ``y``

  more
- four

1. five

*May 4*

May *5*

    quoted

term
    meaning

.. note:: left out
"""


def test_restructured_text_has_sections_lists_and_quotes() -> None:
    """A directive says nothing that is ours."""
    assert list(rst_blocks(RST, "x.rst")) == [
        Block(Part.HEADING, ("One",), level=1),
        Block(Part.HEADING, ("Two x",), ("x",), 2),
        Block(Part.POINT, ("three y more",), ("y",)),
        Block(Part.POINT, ("four",)),
        Block(Part.POINT, ("five",)),
        Block(Part.TEXT, ("May 4",), is_marked=True),
        Block(Part.TEXT, ("May 5",)),
        Block(Part.TEXT, ("quoted",)),
        Block(Part.TEXT, ("meaning",)),
    ]
    with pytest.raises(ParseError, match="is longer than 2 MB, too long for this format"):
        list(rst_blocks("x" * (MOST_RST_BYTES + 1), "x.rst"))


def test_asciidoc_is_read_as_markdown() -> None:
    """Headings, points by depth, links as their words; what only says how it is set goes."""
    text = (
        "= One\n:toc:\n\n== [[two]] Two\n\n* three https://e.org[link] `x`\n** four\n- five\n\n// aside\n"
        "[source]\nsix link:https://e.org[here].\n"
    )
    assert list(asciidoc_blocks(text, "x.adoc")) == [
        Block(Part.HEADING, ("One",), level=1),
        Block(Part.HEADING, ("Two",), level=2),
        Block(Part.POINT, ("three link x", "four"), ("x",)),
        Block(Part.POINT, ("five",)),
        Block(Part.TEXT, ("six here.",)),
    ]
    assert next(asciidoc_blocks("====== Six\n", "x")).level == 6
