"""What every chart shares: the frozen `Chart`, the words around it, and a figure that is yet empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import in_words as in_words  # noqa: PLC0414 - one place to import from
from charts.parts import theme
from charts.parts.percent import no_break_percent
from charts.parts.tags import Finished, OwnTags
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

TOOLBAR: Final = 30
"""Room above the plot, in pixels: the toolbar stands there, on nothing."""

BARE_AXIS: Final = 38
"""Room below the plot for the ticks of an x axis without a title, in pixels."""


@dataclass(frozen=True, slots=True)
class Room:
    """Heights of the plot and of the x axis `below` it, and width of the y axis on its `left`, in pixels."""

    plot: int = 380
    left: int = 62
    below: int = 60


USUAL_ROOM: Final = Room()


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One entry of a key: its mark, what it means, and the colour of the mark (that of the text if empty)."""

    mark: str
    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Footing:
    """What stands below a chart: whose data (with licence), up to which day and known when, how many rows.

    `data_to` is the last day of which the rows know; None where they name none.
    """

    sources: tuple[str, ...]
    as_of: date
    n: int
    counted: str = "models"
    note: str = ""
    data_to: date | None = None

    @property
    def when(self) -> str:
        """Up to which day the data reach, and as known when: old data are never told as of today."""
        if self.data_to is None or self.data_to >= self.as_of:
            return f"as of {in_words(self.as_of)}"
        return f"data to {in_words(self.data_to)}, as known on {in_words(self.as_of)}"

    def text(self) -> str:
        """The footer in words."""
        parts = [
            f"Sources: {'; '.join(self.sources) or 'none'}",
            f"{self.when[0].upper()}{self.when[1:]}",
            f"n = {self.n:,} {self.counted.removesuffix('s') if self.n == 1 else self.counted}",
        ]
        return ". ".join([". ".join(parts), *filter(None, [self.note])]) + "."


@dataclass(frozen=True, slots=True)
class Captions:
    """The words around a plot: title and subtitle above it, footing below; `name` is the chart's own."""

    name: str
    title: str
    subtitle: str
    footing: Footing


@dataclass(frozen=True, slots=True)
class WordsAround:
    """The words of one drawn figure: title, subtitle and key above it, footer below."""

    title: str
    subtitle: str
    key: tuple[KeyItem, ...]
    footer: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding with its rows, and how to draw them.

    name         fixed word for keys and file names
    title        the finding, one sentence
    alt          the takeaway for who cannot see it
    draw         makes the figure: the same marks in both modes, each in its colours
    rows         exactly the rows that are drawn, for table and download
    how_to_read  one short paragraph
    """

    name: str
    title: str
    alt: str
    draw: Callable[[Mode], go.Figure]
    rows: pl.DataFrame
    how_to_read: str
    footing: Footing

    def __post_init__(self) -> None:
        """Whatever stands in a name, it is drawn as it is written."""
        if not isinstance(self.draw, OwnTags):
            object.__setattr__(self, "draw", OwnTags(self.draw))

    def finished(self, mode: Mode) -> Finished:
        """The figure as it is sent, made once for each mode."""
        assert isinstance(self.draw, OwnTags)
        return self.draw.finished(mode)


def empty_figure(
    captions: Captions, mode: Mode, *, key: Sequence[KeyItem] = (), room: Room = USUAL_ROOM
) -> go.Figure:
    """A figure without marks yet, and without words: these stand around it, as text that wraps.

    Its `meta` holds them, so that whoever shows the figure, or makes a picture of it, has them at hand: name,
    title, subtitle, key and footer.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - rows and words need none of it

    words = {
        "name": captions.name,
        "title": no_break_percent(captions.title),
        "subtitle": no_break_percent(captions.subtitle),
        "key": [asdict(item) for item in key],
        "footer": no_break_percent(captions.footing.text()),
    }
    return go.Figure(
        layout={
            "template": theme.template(mode),
            "margin": {"t": TOOLBAR, "b": room.below, "l": room.left, "r": 16, "autoexpand": False},
            "height": TOOLBAR + room.plot + room.below,
            "uirevision": captions.name,
            "meta": words,
        }
    )


def words_around(figure: go.Figure) -> WordsAround:
    """What stands around a figure that `empty_figure` began."""
    return words_of(figure.layout.meta)


def words_of(meta: Mapping[str, Any]) -> WordsAround:
    """The same from the `meta` of such a figure."""
    return WordsAround(
        meta["title"], meta["subtitle"], tuple(KeyItem(**item) for item in meta["key"]), meta["footer"]
    )
