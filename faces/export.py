"""The static copy: every question at its default controls as a page that works without a server."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from charts.parts.figure import Chart, in_words
from errors import ExpectedError
from faces.addresses import chart_address
from faces.asking import Asked
from faces.documents import answer_document
from faces.html import DRAW, PLOTLY, STYLE, answer_body, asset, document
from faces.rows import RowFormat, csv_of, rows_as
from questions.answer import Answer, Table, charts_of, every_block
from questions.controls import read
from questions.question import Question
from questions.registry import all_questions
from questions.view import View

MARK: Final = "hypecurve-export.json"
"""The file by which a folder is known as an earlier copy, which may be replaced."""

_KINDS: Final = (RowFormat.CSV, RowFormat.JSON)


class ExportError(ExpectedError):
    """A folder that cannot be written to as a static copy; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What a static copy holds."""

    folder: Path
    pages: int
    charts: int
    size_bytes: int


def export(folder: Path, view: View) -> Exported:
    """Write the copy into a folder, in place of an earlier one; a failed export leaves that as it was.

    Raises ExportError where the folder holds anything else.
    """
    _must_be_ours(folder)
    fresh = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    pages, charts = [], 0
    for question in all_questions().values():
        controls, _ = read(question.controls, view, {})
        asked = Asked(question, view, controls)
        answer = asked.answer()
        _write_page(fresh, asked, answer)
        charts += _write_rows(fresh, asked, answer)
        pages.append((question, answer))
    _write_index(fresh, view, pages)
    _put_in_place(fresh, folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Exported(folder, len(pages), charts, size)


def _must_be_ours(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).exists())):
        raise ExportError(
            f"{folder} holds something else than an earlier copy. Name a new or empty folder, since a copy "
            "replaces all that is in it."
        )


def _write_page(folder: Path, asked: Asked, answer: Answer) -> None:
    def addresses(chart: Chart) -> dict[str, str]:
        return {f"rows as {kind.value.upper()}": f"rows/{chart.name}.{kind}" for kind in _KINDS}

    date_line = f'<p><a href="index.html">hypecurve</a>, as of {in_words(asked.view.as_of)}</p>'
    body = date_line + answer_body(asked.question.title, answer, addresses)
    _write(folder / f"{asked.question.name}.html", document(asked.question.title, body))


def _write_rows(folder: Path, asked: Asked, answer: Answer) -> int:
    charts = list(charts_of(answer))
    for chart in charts:
        address = chart_address(chart.name, asked.view, asked.controls)
        for kind in _KINDS:
            _write(folder / "rows" / f"{chart.name}.{kind}", rows_as(kind, chart, address))
    for table in (block for block in every_block(answer.blocks) if isinstance(block, Table)):
        _write(folder / "tables" / f"{asked.question.name}-{table.name}.csv", csv_of(table.rows))
    said = answer_document(asked.question, asked.view, asked.controls, answer)
    _write(folder / "answers" / f"{asked.question.name}.json", json.dumps(said, ensure_ascii=False))
    return len(charts)


def _write_index(folder: Path, view: View, pages: Iterable[tuple[Question, Answer]]) -> None:
    items = "\n".join(
        f'<li><a href="{question.name}.html">{escape(question.title)}</a><br>{escape(answer.first_line)}</li>'
        for question, answer in pages
    )
    body = (
        "<main><h1>hypecurve</h1><p>Is AI still climbing, is it flattening, and what does each gain cost? "
        f"As of {in_words(view.as_of)}.</p><ul>{items}</ul></main>"
    )
    _write(folder / "index.html", document("hypecurve", body))
    for name in (PLOTLY, DRAW, STYLE):
        _write(folder / name, asset(name))
    about = {"as_of": view.as_of.isoformat(), "snapshot": view.snapshot.id}
    _write(folder / MARK, json.dumps(about))


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Swap the folders, so that a reader never meets half a copy for longer than two renames take."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
