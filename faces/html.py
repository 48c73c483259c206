"""Answers and charts as HTML that works without a server: for the static copy, embedding, and `ask`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from charts.parts.figure import Chart
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from faces.cells import headings, text_rows
from faces.rows import citation
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Folded,
    Heading,
    Later,
    Link,
    Method,
    Notice,
    Paragraph,
    Placed,
    Table,
    Tile,
    Tiles,
)

MOST_TABLE_ROWS: Final = 200
"""A longer table shows its first rows; all of them stand in the file beside it."""

PLOTLY: Final = "plotly.min.js"
DRAW: Final = "draw.js"
STYLE: Final = "style.css"
_FOLDER: Final = Path(__file__).parent / "assets"
_METHODS: Final = Path(__file__).parents[1] / "docs" / "methods"
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")

Addresses = Callable[[Chart], dict[str, str]]
"""The files or routes that hold a chart's rows, by what to call them; first the chart's own address."""


def document(title: str, body: str, mode: Mode = Mode.LIGHT, root: str = "") -> str:
    """A whole page; `root` is where the script and style files are, relative to it."""
    return (
        "<!doctype html>\n"
        f'<html lang="en" data-theme="{mode.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{root}{STYLE}">\n</head>\n<body>\n{body}\n'
        f'<script src="{root}{PLOTLY}"></script>\n<script src="{root}{DRAW}"></script>\n</body>\n</html>\n'
    )


def standalone(title: str, body: str, mode: Mode = Mode.LIGHT) -> str:
    """A whole page in one file, script and style inside it."""
    style, draw = (asset(name).decode() for name in (STYLE, DRAW))
    plotly = asset(PLOTLY).decode().replace("</script", "<\\/script")
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>{style}</style>'
    return (
        f'<!doctype html>\n<html lang="en" data-theme="{mode.value}">\n<head>\n{head}\n</head>\n'
        f"<body>\n{body}\n"
        f"<script>{plotly}</script>\n<script>{draw}</script>\n</body>\n</html>\n"
    )


def no_addresses(_chart: Chart) -> dict[str, str]:
    """Where the rows are when they are nowhere but in the page."""
    return {}


def answer_body(
    title: str, answer: Answer, addresses: Addresses = no_addresses, mode: Mode = Mode.LIGHT
) -> str:
    """First lines and all blocks; computes what was put off."""
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<div class="answer">{markdown(answer.first_line)}</div>',
        markdown(answer.caveat),
        markdown(f"**What it rests on.** {answer.rests_on}") if answer.rests_on else "",
        markdown(f"**What would change it.** {answer.would_change}") if answer.would_change else "",
        _blocks(answer.blocks, addresses, mode),
    ]
    inside = "\n".join(filter(None, parts))
    return f"<main>\n{inside}\n</main>"


def chart_body(chart: Chart, address: str, addresses: Addresses, mode: Mode = Mode.LIGHT) -> str:
    """A chart, its sources and its link."""
    figure = json.dumps(json.loads(chart.draw(mode).to_json()), ensure_ascii=False).replace("<", "\\u003c")
    links = " · ".join(f'<a href="{escape(to)}">{escape(name)}</a>' for name, to in addresses(chart).items())
    return (
        f'<figure id="{escape(chart.name)}">\n'
        f'<div class="plot" role="img" aria-label="{escape(chart.alt)}"></div>\n'
        f'<script type="application/json" class="figure">{figure}</script>\n'
        f"<figcaption><p>{escape(chart.footing.text())}</p><p>{links}</p>"
        f"<details><summary>How to read this, and how to cite it</summary>{markdown(chart.how_to_read)}"
        f"<p>{escape(citation(chart, address))}</p></details></figcaption>\n</figure>"
    )


def markdown(text: str) -> str:
    """Markdown as HTML; tags in it are shown, never obeyed, and addresses of scripts lead nowhere."""
    return str(_MARKDOWN.render(no_break_percent(text))) if text else ""


def sentence_page(title: str, sentence: str) -> str:
    """A page that only says what is wrong and where to go."""
    body = f'<main><h1>{escape(title)}</h1>{markdown(sentence)}<p><a href="/">hypecurve</a></p></main>'
    return document(title, body, root="/embed/")


@cache
def asset(name: str) -> bytes:
    """One of the files that pages load. Raises KeyError where there is no such file."""
    if name == PLOTLY:
        return files("plotly").joinpath("package_data", PLOTLY).read_bytes()
    if name not in (DRAW, STYLE):
        raise KeyError(name)
    return (_FOLDER / name).read_bytes()


@cache
def packed_asset(name: str) -> bytes:
    """The file, compressed with gzip. Raises KeyError where there is no such file."""
    return gzip.compress(asset(name), mtime=0)


def _blocks(blocks: tuple[Block, ...], addresses: Addresses, mode: Mode) -> str:
    return "\n".join(filter(None, (_block(block, addresses, mode) for block in blocks)))


def _block(block: Block, addresses: Addresses, mode: Mode) -> str:  # noqa: PLR0911 - one line for each kind
    match block:
        case Drawn():
            own = next(iter(addresses(block.chart).values()), "")
            return chart_body(block.chart, own, addresses, mode)
        case Table():
            return _table(block)
        case Heading():
            return f"<h2>{escape(block.text)}</h2>"
        case Paragraph():
            return markdown(block.text)
        case Notice():
            return f'<div class="notice">{markdown(block.text)}</div>'
        case Tiles():
            return f'<div class="tiles">{"".join(_tile(tile) for tile in block.tiles)}</div>'
        case Folded():
            inside = _blocks(block.blocks, addresses, mode)
            return f"<details><summary>{escape(block.title)}</summary>\n{inside}\n</details>"
        case Beside():
            groups = (f"<div>{_blocks(group, addresses, mode)}</div>" for group in block.groups)
            return f'<div class="beside">{"".join(groups)}</div>'
        case Later():
            return _blocks(block.blocks, addresses, mode)
        case Method():
            text = (_METHODS / f"{block.name}.md").read_text(encoding="utf-8")
            return (
                f"<details><summary>How we know: {escape(block.of)}</summary>\n{markdown(text)}\n</details>"
            )
        case Link():
            return f'<p><a href="{escape(block.question)}.html">{escape(block.text)}</a></p>'
        case Placed():
            return ""


def _tile(tile: Tile) -> str:
    value, note = no_break_percent(tile.value), no_break_percent(tile.note)
    return (
        f'<div class="tile"><p>{escape(tile.label)}</p><p class="value">{escape(value)}</p>'
        f"<p>{escape(note)}</p></div>"
    )


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in headings(table))
    rows = (
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>"
        for row in text_rows(table, MOST_TABLE_ROWS)
    )
    more = table.rows.height - MOST_TABLE_ROWS
    cut = f"<p>{more:,} more rows are left out here.</p>" if more > 0 else ""
    return (
        f'<div class="table"><table id="table-{escape(table.name)}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div>{cut}"
    )


def _cell(text: str) -> str:
    if text.startswith(("https://", "http://")) and not any(mark in text for mark in " \"'<>"):
        return f'<a href="{escape(text)}">open</a>'
    return escape(text)
