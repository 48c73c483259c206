"""Answers and charts as JSON documents: what `ask --format json`, the routes and the static copy give."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from analysis.plain_values import plain
from charts.parts.figure import Chart
from faces.addresses import chart_address, rows_address
from faces.rows import RowFormat, citation
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Entries,
    Folded,
    Heading,
    Later,
    Link,
    Method,
    Notice,
    Paragraph,
    Placed,
    Table,
    Tiles,
)
from questions.controls import written
from questions.question import Question
from questions.view import View

Document = dict[str, Any]


def answer_document(question: Question, view: View, controls: object, answer: Answer) -> Document:
    """The whole answer; computes what was put off."""
    return {
        "question": question.name,
        "title": question.title,
        "as_of": view.as_of.isoformat(),
        "controls": controls_document(controls),
        "known": answer.known,
        "badge": answer.badge,
        "first_line": answer.first_line,
        "caveat": answer.caveat,
        "rests_on": answer.rests_on,
        "would_change": answer.would_change,
        "blocks": _documents(answer.blocks, view, controls),
    }


def controls_document(controls: object) -> Document:
    """Every control that has a value, by name; of several values a list."""
    found: Document = {}
    for name, word in written(controls):
        found[name] = word if name not in found else [*_listed(found[name]), word]
    return found


def chart_document(chart: Chart, view: View, controls: object) -> Document:
    """A chart without its picture: words, sources and exactly its rows."""
    address = chart_address(chart.name, view, controls)
    return {
        "kind": "chart",
        "name": chart.name,
        "title": chart.title,
        "alt": chart.alt,
        "how_to_read": chart.how_to_read,
        "footing": chart.footing.text(),
        "citation": citation(chart, address),
        "address": address,
        "rows_as": {kind.value: rows_address(chart.name, kind.value, view, controls) for kind in RowFormat},
        "columns": chart.rows.columns,
        "rows": plain(chart.rows),
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _documents(blocks: tuple[Block, ...], view: View, controls: object) -> list[Document]:
    found: list[Document] = []
    for block in blocks:
        if isinstance(block, Later):
            found += _documents(block.blocks, view, controls)
        elif not isinstance(block, Placed):
            found.append(_document(block, view, controls))
    return found


def _document(block: Block, view: View, controls: object) -> Document:  # noqa: PLR0911 - one line for each kind
    match block:
        case Drawn():
            return chart_document(block.chart, view, controls)
        case Table():
            columns = block.rows.columns
            return {"kind": "table", "name": block.name, "columns": columns, "rows": plain(block.rows)}
        case Entries():
            entries = [asdict(entry) for entry in block.entries]
            return {"kind": "entries", "name": block.name, "entries": entries}
        case Folded():
            return {
                "kind": "folded",
                "title": block.title,
                "blocks": _documents(block.blocks, view, controls),
            }
        case Beside():
            groups = [_documents(group, view, controls) for group in block.groups]
            return {"kind": "beside", "groups": groups}
        case Tiles():
            return {"kind": "tiles", "tiles": [plain(tile) for tile in block.tiles]}
        case Heading() | Paragraph() | Notice():
            return {"kind": type(block).__name__.lower(), "text": block.text}
        case Method():
            return {"kind": "method", "name": block.name}
        case Link():
            controls = [list(pair) for pair in block.controls]
            return {"kind": "link", "question": block.question, "text": block.text, "controls": controls}
        case Later() | Placed():
            raise TypeError(f"{type(block).__name__} has no document of its own")
