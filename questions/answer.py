"""An answer as every face shows it: first line, caveat, what it rests on, and blocks in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Final

import polars as pl

from charts.parts.figure import Chart

MARKED: Final = "▸ "
"""Begins a cell that stands out among those of its row."""


class Kind(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DOLLARS = "dollars"
    DAY = "day"
    INSTANT = "instant"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a table is headed and shown.

    width     in pixels; of a table that wraps the least
    digits    significant ones
    decimals  behind the point, where all rows are to have as many
    leads_to  the column of the rows that holds the address to which words of a table that wraps lead
    """

    label: str
    kind: Kind = Kind.TEXT
    digits: int | None = None
    width: int | None = None
    decimals: int | None = None
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in Markdown; a dollar sign means dollars."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Says that something is not there, and what would bring it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for people to read. Without `columns` each is shown by its name and type (see columns.py).

    With `columns` only these are shown, in this order. A table that `wraps`, one of few rows and long words,
    shows all its columns on a narrow screen, too. Of a table that leads somewhere a page lets rows be chosen:
    one leads to a question by a control of it, several to another one (question, control, question, control),
    each by its model_id. `of` says how many rows there are where these are only the first of them. Those
    that are even have columns of one width after the first: where several stand below each other, so do their
    columns.
    """

    name: str
    rows: pl.DataFrame
    columns: Mapping[str, Column] = field(default_factory=dict)
    wraps: bool = False
    leads_to: tuple[str, str, str, str] | None = None
    of: int = 0
    is_even: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart; a click on a mark puts its customdata into the control `select_into`."""

    chart: Chart
    select_into: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name and a note below it.

    trace  what led to it, oldest first, for a small line beside it; heights only, on a scale that suits it
    about  what it means, for who does not know it
    """

    label: str
    value: str
    note: str = ""
    trace: tuple[float, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Figures beside each other."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks behind a line that opens them."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened or was found: words of data, never Markdown.

    label  what sort of thing
    text   one sentence
    note   what it changes, how it is known
    url    the page that says so; none leads to nothing
    ways   to other questions of what it names
    also   further pages that say so
    """

    label: str
    text: str
    note: str = ""
    url: str | None = None
    ways: tuple[Link, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """Things below each other, each with its label, its note and its page."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Groups of blocks next to each other where there is room."""

    groups: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Method:
    """docs/methods/NAME.md; `of` tells several methods of one answer apart."""

    name: str
    of: str = "method, assumptions, tests and references"


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to another question, as its controls are set by pairs of name and word."""

    question: str
    text: str
    controls: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the widget of a control stands when it belongs neither above all nor beside a chart."""

    control: str


class Later:
    """Blocks that are computed when they are first looked at, once; `charts` names those that may be in it.

    `height` in pixels is what a page keeps free meanwhile.
    """

    def __init__(
        self, make: Callable[[], tuple[Block, ...]], charts: tuple[str, ...] = (), height: int = 380
    ) -> None:
        self._make = make
        self._made: tuple[Block, ...] | None = None
        # functools.cached_property of Python 3.11 has one lock for all instances.
        self._turn = Lock()
        self.charts = charts
        self.height = height

    @property
    def is_made(self) -> bool:
        """Whether somebody has looked at them."""
        return self._made is not None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks."""
        with self._turn:
            if self._made is None:
                self._made = self._make()
            return self._made


Block = (
    Heading
    | Paragraph
    | Notice
    | Table
    | Entries
    | Drawn
    | Tiles
    | Folded
    | Beside
    | Method
    | Link
    | Placed
    | Later
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the data say to a question.

    first_line     the answer, its interval, the day its data end: at most 30 words
    caveat         what is known but not measured, or how a past date is read: at most 30 words, or empty
    rests_on       the newest evidence, n, what is left out
    would_change   what would change the answer
    blocks         charts, tables, paragraphs, in order
    badge          the verdict in a few words with the day the data end, for pages that are met first
    known          False where nothing is known as of the date: the first line says what is missing
    """

    first_line: str
    caveat: str = ""
    rests_on: str = ""
    would_change: str = ""
    blocks: tuple[Block, ...] = ()
    badge: str = ""
    known: bool = True


def nothing_known(what: str, blocks: tuple[Block, ...] = ()) -> Answer:
    """The answer where there are no data: what is missing, in words."""
    return Answer(f"No data yet: {what}", blocks=blocks, known=False)


def every_block(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in order, those inside others too; computes what was put off."""
    for block in blocks:
        yield block
        match block:
            case Folded() | Later():
                yield from every_block(block.blocks)
            case Beside():
                for group in block.groups:
                    yield from every_block(group)
            case _:
                pass


def charts_of(answer: Answer) -> Iterator[Chart]:
    """All charts of an answer in order; computes what was put off."""
    return (block.chart for block in every_block(answer.blocks) if isinstance(block, Drawn))


def chart_named(answer: Answer, name: str) -> Chart | None:
    """One chart of an answer, computing only the put-off blocks that may hold it; None where none is."""
    return _found(answer.blocks, name)


def _found(blocks: tuple[Block, ...], name: str) -> Chart | None:
    for block in blocks:
        inside: tuple[tuple[Block, ...], ...] = ()
        match block:
            case Drawn() if block.chart.name == name:
                return block.chart
            case Later() if name in block.charts:
                inside = (block.blocks,)
            case Folded():
                inside = (block.blocks,)
            case Beside():
                inside = block.groups
            case _:
                pass
        for group in inside:
            chart = _found(group, name)
            if chart is not None:
                return chart
    return None
