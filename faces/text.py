"""Answers as plain text: for a terminal, a mail, a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from charts.parts.figure import Chart
from faces.cells import headings, text_rows
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Entries,
    Folded,
    Heading,
    Later,
    Method,
    Notice,
    Paragraph,
    Table,
    Tiles,
)
from questions.question import Question

MOST_ROWS: Final = 40
_WIDEST: Final = 60


def answer_text(question: Question, answer: Answer) -> str:
    """The whole answer; computes what was put off."""
    lines = [question.title, "=" * len(question.title), ""]
    lines += [answer.badge, ""] if answer.badge else []
    lines += [answer.first_line]
    lines += [answer.caveat] if answer.caveat else []
    for name, said in (("What it rests on", answer.rests_on), ("What would change it", answer.would_change)):
        lines += ["", f"{name}: {said}"] if said else []
    return "\n".join([*lines, *_blocks(question, answer.blocks)]) + "\n"


def chart_text(chart: Chart) -> str:
    """A chart in words, with its rows."""
    rows = Table(chart.name, chart.rows)
    return "\n".join([chart.title, chart.footing.text(), "", *table_lines(rows, most=None)]) + "\n"


def table_lines(table: Table, most: int | None = MOST_ROWS) -> Iterator[str]:
    """The table in columns that stand below each other, its first rows at the most."""
    rows = [list(headings(table)), *text_rows(table, most)]
    widths = [min(max(len(row[place]) for row in rows), _WIDEST) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    if most is not None and table.rows.height > most:
        yield f"({table.rows.height - most:,} more rows: --format json)"


def _blocks(question: Question, blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from _block(question, block)


def _block(question: Question, block: Block) -> Iterator[str]:  # noqa: PLR0912 - one line for each kind
    match block:
        case Heading():
            yield from ("", block.text, "-" * len(block.text))
        case Paragraph() | Notice():
            yield from ("", block.text)
        case Table():
            yield from ("", *table_lines(block))
        case Drawn():
            yield from ("", f"[{block.chart.title}]", block.chart.alt)
            yield f"Rows: hypecurve ask {question.name} --chart {block.chart.name} --format csv"
        case Tiles():
            yield from ("", *(f"{tile.label}: {tile.value}. {tile.note}".rstrip() for tile in block.tiles))
        case Entries():
            for entry in block.entries:
                yield f"  {entry.label}: {entry.text}"
                yield from (f"    {said}" for said in (entry.note, entry.url, *entry.also) if said)
        case Folded():
            yield from ("", block.title)
            yield from _blocks(question, block.blocks)
        case Later():
            yield from _blocks(question, block.blocks)
        case Beside():
            for group in block.groups:
                yield from _blocks(question, group)
        case Method():
            yield from ("", f"How we know: docs/methods/{block.name}.md")
        case _:
            pass
