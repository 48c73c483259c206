"""`hypecurve ask` and `hypecurve export`: the answers of the pages as text, files and a static copy."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from faces.asking import Asked

REST = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""The controls of a question are options that only the question knows."""


class AnswerFormat(StrEnum):
    """How an answer, or the rows of a chart, are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"


commands = typer.Typer()


@commands.command(context_settings=REST)
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to ask; without it, all questions are listed.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="As known on this day (default: today).")] = "",
    output: Annotated[
        AnswerFormat, typer.Option("--format", help="How to write it; csv and parquet give rows.")
    ] = AnswerFormat.TEXT,
    chart: Annotated[str, typer.Option(help="Only this chart: its rows, or as html its picture.")] = "",
    help_: Annotated[bool, typer.Option("--help", help="Show the controls of the question.")] = False,
) -> None:
    """Ask one question of the published data.

    It gives the answer of its page, or the rows of its charts. The controls of the page are options here:
    --NAME VALUE. `hypecurve ask QUESTION --help` lists them.
    """
    from commands.opening import opened
    from config import load_settings
    from faces.asking import ask as ask_question

    settings = load_settings()
    opened(settings)
    if not question:
        _list_questions()
        return
    words = _words(context.args) | ({"as_of": [as_of]} if as_of else {})
    asked = ask_question(settings, question, {} if help_ else words)
    if help_:
        _show_controls(asked)
    else:
        _write(asked, output, chart)


@commands.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; an earlier copy there is replaced.")],
    as_of: Annotated[str, typer.Option("--as-of", help="As known on this day (default: today).")] = "",
) -> None:
    """Write a static copy of all pages.

    They work without a server, with all rows as CSV and JSON beside them.
    """
    from commands.opening import opened
    from config import load_settings
    from faces.current import current_view
    from faces.export import export as write_copy

    settings = load_settings()
    opened(settings)
    done = write_copy(folder.absolute(), current_view(settings, as_of or None))
    said = f"{done.pages} pages, {done.charts} charts, {done.size_bytes / 1e6:.1f} MB in {done.folder}"
    sys.stdout.write(said + "\n")


def _words(arguments: Sequence[str]) -> dict[str, list[str]]:
    """`--name value` and `--name=value` as words by name; a name may stand several times."""
    found: dict[str, list[str]] = {}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--") or len(option) == 2:
            _refuse(f"{option!r} is no option; a control is written --NAME VALUE.")
        name, equals, value = option.removeprefix("--").partition("=")
        if not equals:
            if not rest:
                _refuse(f"--{name} needs a value.")
            value = rest.pop(0)
        found.setdefault(name.replace("-", "_"), []).append(value)
    return found


def _refuse(sentence: str) -> NoReturn:
    raise typer.BadParameter(sentence)


def _list_questions() -> None:
    from questions.registry import all_questions

    for item in all_questions().values():
        sys.stdout.write(f"{item.name:<12} {item.asks}\n")
    sys.stdout.write("\nhypecurve ask QUESTION --help lists what can be chosen.\n")


def _show_controls(asked: Asked) -> None:
    from faces.describe import control_lines

    sys.stdout.write(f"{asked.question.name}: {asked.question.asks}\n\n")
    for name, label, takes, default in control_lines(asked.question, asked.view):
        sys.stdout.write(f"--{name.replace('_', '-')}  {label}: {takes}. Default: {default}.\n")
    charts = ", ".join(asked.question.charts) or "none"
    sys.stdout.write(f"--as-of  A day as YYYY-MM-DD. Default: today.\n\nCharts: {charts}\n")


def _write(asked: Asked, output: AnswerFormat, chart: str) -> None:
    if chart or output in (AnswerFormat.CSV, AnswerFormat.PARQUET):
        _write_chart(asked, output, chart or _only_chart(asked))
    else:
        _write_answer(asked, output)


def _only_chart(asked: Asked) -> str:
    from questions.answer import charts_of

    drawn = [chart.name for chart in charts_of(asked.answer())]
    if len(drawn) != 1:
        there = ", ".join(drawn) or "none"
        _refuse(f"say which chart with --chart NAME; {asked.question.name} draws {there}.")
    return drawn[0]


def _write_chart(asked: Asked, output: AnswerFormat, name: str) -> None:
    from faces.addresses import chart_address, rows_address
    from faces.rows import RowFormat, rows_as

    if name not in asked.question.charts:
        _refuse(f"{asked.question.name} has no chart {name!r}; it has {', '.join(asked.question.charts)}.")
    chart, address = asked.chart(name), chart_address(name, asked.view, asked.controls)
    if output is AnswerFormat.TEXT:
        from faces.text import chart_text

        sys.stdout.write(chart_text(chart))
    elif output is AnswerFormat.HTML:
        from faces.html import chart_body, standalone

        rows = {"rows as CSV": rows_address(name, "csv", asked.view, asked.controls)}
        sys.stdout.write(
            standalone(chart.title, f"<main>{chart_body(chart, address, lambda _: rows)}</main>")
        )
    else:
        sys.stdout.buffer.write(rows_as(RowFormat(output.value), chart, address))


def _write_answer(asked: Asked, output: AnswerFormat) -> None:
    answer = asked.answer()
    if output is AnswerFormat.TEXT:
        from faces.text import answer_text

        sys.stdout.write(answer_text(asked.question, answer))
    elif output is AnswerFormat.HTML:
        from faces.html import answer_body, standalone

        sys.stdout.write(standalone(asked.question.title, answer_body(asked.question.title, answer)))
    else:
        import json

        from faces.documents import answer_document

        document = answer_document(asked.question, asked.view, asked.controls, answer)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
