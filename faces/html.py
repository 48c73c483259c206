"""Answers and charts as HTML that works without a server: for the static copy, embedding, and `ask`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from charts.parts.axes import NOT_KNOWN
from charts.parts.figure import Chart, words_of
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from faces.addresses import EMBEDDED
from faces.cells import text_rows
from faces.plain_markdown import only_words
from faces.rows import citation, file_stem
from faces.tiles import tiles_html
from faces.unbroken import unbroken
from faces.words_around import alt_beside, film_html, footer_html, heading_html, picture_buttons
from questions.answer import (
    MARKED,
    Answer,
    Beside,
    Block,
    Column,
    Drawn,
    Entries,
    Entry,
    Folded,
    Heading,
    Kind,
    Later,
    Link,
    Method,
    Notice,
    Paragraph,
    Placed,
    Table,
    Tiles,
)
from questions.columns import columns_of

MOST_TABLE_ROWS: Final = 200
"""A longer table shows its first rows; all of them stand in the file beside it."""

PLOTLY: Final = "plotly.min.js"
DRAW: Final = "charts.js"
STYLE: Final = "style.css"
PAGES: Final = "pages.js"
"""What the dashboard's own pages load beside the script of charts."""

NARROW: Final = 36
"""A table of more letters across has no room on a telephone."""

_LINE: Final = 16
_FILM: Final = "film.js"
_CHART_STYLE: Final = "charts.css"
_PAGE_STYLE: Final = "pages.css"
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
        f"<h1>{unbroken(title)}</h1>",
        f'<p class="badge">{escape(answer.badge)}</p>' if answer.badge else "",
        f'<div class="answer">{markdown(answer.first_line)}</div>',
        markdown(answer.caveat),
        markdown(f"**What it rests on.** {answer.rests_on}") if answer.rests_on else "",
        markdown(f"**What would change it.** {answer.would_change}") if answer.would_change else "",
        _blocks(answer.blocks, addresses, mode),
    ]
    inside = "\n".join(filter(None, parts))
    return f"<main>\n{inside}\n</main>"


def chart_body(
    chart: Chart, address: str, addresses: Addresses, mode: Mode = Mode.LIGHT, level: int = 1
) -> str:
    """A chart, its sources and its link; `level` is that of its title among the headings of the page."""
    finished = chart.finished(mode)
    words = words_of(finished.meta)
    figure = json.dumps(json.loads(finished.json), ensure_ascii=False).replace("<", "\\u003c")
    links = " · ".join(f'<a href="{escape(to)}">{escape(name)}</a>' for name, to in addresses(chart).items())
    return (
        f'<figure id="{escape(chart.name)}">\n{heading_html(words, level)}\n'
        f'<div class="plot" role="img" aria-label="{escape(alt_beside(chart))}"></div>\n'
        f'<script type="application/json" class="figure">{figure}</script>\n'
        f"{film_html(finished.meta, address if address.startswith(EMBEDDED) else '')}"
        f"<figcaption>{footer_html(words)}"
        f"<p>{picture_buttons(chart.name, file_stem(chart), address)} {links}</p>"
        f"<details><summary>How to read this, and how to cite it</summary>{markdown(chart.how_to_read)}"
        f"<p>{escape(citation(chart, address))}</p></details></figcaption>\n</figure>"
    )


def markdown(text: str) -> str:
    """Markdown as HTML; tags in it are shown, never obeyed, and addresses of scripts lead nowhere."""
    return str(_MARKDOWN.render(only_words(no_break_percent(text)))) if text else ""


def sentence_page(title: str, sentence: str) -> str:
    """A page that only says what is wrong and where to go."""
    body = f'<main><h1>{escape(title)}</h1>{markdown(sentence)}<p><a href="/">hypecurve</a></p></main>'
    return document(title, body, root="/embed/")


@cache
def asset(name: str) -> bytes:
    """One of the files that pages load. Raises KeyError where there is no such file."""
    if name == PLOTLY:
        return files("plotly").joinpath("package_data", PLOTLY).read_bytes()
    if name == STYLE:
        return (_FOLDER / STYLE).read_bytes() + (_FOLDER / _CHART_STYLE).read_bytes()
    if name == DRAW:
        return (_FOLDER / DRAW).read_bytes() + (_FOLDER / _FILM).read_bytes()
    if name != PAGES:
        raise KeyError(name)
    return (_FOLDER / name).read_bytes()


@cache
def page_style() -> str:
    """The style of charts' words, as everywhere, and what the dashboard's own theme cannot say."""
    return "".join((_FOLDER / name).read_text(encoding="utf-8") for name in (_CHART_STYLE, _PAGE_STYLE))


@cache
def stamp(name: str) -> str:
    """A mark of the file's content, to ask for it by: browsers keep what has another mark apart."""
    return sha256(asset(name)).hexdigest()[:12]


@cache
def packed_asset(name: str) -> bytes:
    """The file, compressed with gzip. Raises KeyError where there is no such file."""
    return gzip.compress(asset(name), mtime=0)


def _blocks(blocks: tuple[Block, ...], addresses: Addresses, mode: Mode, level: int = 2) -> str:
    """All blocks in order; charts below a heading have a title one level lower."""
    parts = []
    for block in blocks:
        level = 3 if isinstance(block, Heading) else level
        parts.append(_block(block, addresses, mode, level))
    return "\n".join(filter(None, parts))


def _block(  # noqa: PLR0911, PLR0912 - one line for each kind
    block: Block, addresses: Addresses, mode: Mode, level: int
) -> str:
    match block:
        case Drawn():
            own = next(iter(addresses(block.chart).values()), "")
            return chart_body(block.chart, own, addresses, mode, level)
        case Table():
            return table_html(block)
        case Entries():
            return f'<ul class="entries">{"".join(_entry(entry) for entry in block.entries)}</ul>'
        case Heading():
            return f"<h2>{unbroken(block.text)}</h2>"
        case Paragraph():
            return markdown(block.text)
        case Notice():
            return f'<div class="notice">{markdown(block.text)}</div>'
        case Tiles():
            return tiles_html(block, mode)
        case Folded():
            inside = _blocks(block.blocks, addresses, mode, level)
            return f"<details><summary>{escape(block.title)}</summary>\n{inside}\n</details>"
        case Beside():
            groups = (f"<div>{_blocks(group, addresses, mode, level)}</div>" for group in block.groups)
            return f'<div class="beside">{"".join(groups)}</div>'
        case Later():
            return _blocks(block.blocks, addresses, mode, level)
        case Method():
            text = (_METHODS / f"{block.name}.md").read_text(encoding="utf-8")
            return (
                f"<details><summary>How we know: {escape(block.of)}</summary>\n{markdown(text)}\n</details>"
            )
        case Link():
            return f'<p><a href="{escape(block.question)}.html">{escape(block.text)}</a></p>'
        case Placed():
            return ""


def _entry(entry: Entry) -> str:
    note = f"<br><small>{unbroken(entry.note)}</small>" if entry.note else ""
    page = "".join(f" {_cell(url)}" for url in (entry.url, *entry.also) if url)
    return f"<li><b>{escape(entry.label)}:</b> {unbroken(entry.text)}{page}{note}</li>\n"


def table_html(table: Table) -> str:
    """All rows of a table that has few, the first of another one; a mark in a cell is just that.

    Where it is wider than the page it scrolls, and the keyboard reaches it. On a telephone each row of a wide
    one stands as a card (charts.css), each cell with its column's name; its roles keep it a table for who
    hears it.
    """
    columns = list(columns_of(table).values())
    head = "".join(map(_table_head, columns))
    texts = list(text_rows(table, MOST_TABLE_ROWS))
    leads = zip(*(_leads(table, column, len(texts)) for column in columns), strict=True)
    rows = "".join(
        f'<tr role="row">{"".join(map(_table_cell, columns, row, to))}</tr>'
        for row, to in zip(texts, leads, strict=True)
    )
    more = table.rows.height - MOST_TABLE_ROWS
    cut = f"<p>{more:,} more rows are left out here.</p>" if more > 0 else ""
    even = " even" if table.is_even else ""
    cards = " cards" if _widest(columns, texts) > NARROW else ""
    return (
        f'<div class="table{cards}{even}" tabindex="0" role="group" aria-label='
        f'"{escape(table.name.replace("-", " "))}"><table id="table-{escape(table.name)}" role="table">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>{cut}'
    )


def _widest(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """Letters that a row takes beside each other, its long cells broken into lines of `_LINE` letters."""
    cells = zip([column.label for column in columns], *rows, strict=True)
    return sum(min(max(map(len, column)), _LINE) for column in cells)


def _table_head(column: Column) -> str:
    least = f' style="min-width:{column.width}px"' if column.width else ""
    return f'<th scope="col" role="columnheader"{least}>{unbroken(column.label)}</th>'


def _leads(table: Table, column: Column, rows: int) -> list[str]:
    """Where the words of each cell lead; empty where they lead nowhere."""
    if not column.leads_to:
        return [""] * rows
    return [to if to and _is_address(to) else "" for to in table.rows[column.leads_to].head(rows)]


def _table_cell(column: Column, text: str, to: str) -> str:
    kinds = {
        "whole": column.kind is not Kind.TEXT,
        "unknown": text == NOT_KNOWN,
        "marked": text.startswith(MARKED),
    }
    classes = " ".join(kind for kind, holds in kinds.items() if holds)
    said = f'<a href="{escape(to)}">{unbroken(no_break_percent(text))}</a>' if to else _cell(text)
    of_class = f' class="{classes}"' if classes else ""
    return f'<td role="cell" data-name="{escape(column.label)}"{of_class}><div>{said}</div></td>'


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and not any(mark in text for mark in " \"'<>")


def _cell(text: str) -> str:
    if _is_address(text):
        return f'<a href="{escape(text)}">open</a>'
    return unbroken(no_break_percent(text))
