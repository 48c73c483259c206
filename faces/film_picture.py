"""A film (a figure whose `meta.film` holds moments, see film.js) as an animated GIF, made without a browser.

It plays once, in about twelve seconds, and stands still at its last moment: nothing moves on for ever before
a reader's eyes. Title, key, day, what the moment says, sources and link are part of every frame.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from PIL import Image, ImageColor, ImageDraw

from charts.parts import theme
from charts.parts.figure import Chart
from charts.parts.theme import Mode
from errors import ExpectedError
from faces.film_labels import place_name
from faces.pen import EDGE, FINER, SYMBOLS, WIDTH, Line, Pen, Point, line_height, set_in_lines, wide
from questions.bounded import Bounded

SECONDS: Final = 12.0
LAST_SECONDS: Final = 4.0
MOST_MOMENTS: Final = 120
"""A film of more moments shows every second, third ... of them, and the last."""

KEPT: Final = 4
"""So many films are kept, of about a megabyte each."""

_LEFT, _RIGHT = 110, WIDTH - EDGE
_PLOT: Final = 440
_AXIS: Final = 54
_SAYS: Final = 3
"""Lines that there is room for below the plot, of what a moment says."""

_NAMED_FOR: Final = 3
"""Moments for which a newcomer's name stays."""

_SHADES: Final = 5
"""Steps from the ground to each colour, for soft edges."""

_films: Final[Bounded[tuple[str, Mode], bytes]] = Bounded(KEPT)


class NoFilmError(ExpectedError):
    """A chart that does not play; the message says so."""


def film_kept(chart: Chart, address: str, mode: Mode, tag: str) -> bytes:
    """The film of a chart, made once for each entity tag. Raises NoFilmError."""
    return _films.result((f"{tag} {chart.name} {address}", mode), lambda: film(chart, address, mode))


def film(chart: Chart, address: str, mode: Mode) -> bytes:
    """The GIF of a chart that plays. Raises NoFilmError for any other chart."""
    figure = chart.draw(mode).to_plotly_json()
    told = figure["layout"]["meta"].get("film")
    if not told:
        raise NoFilmError(f"{chart.name} does not play: only a chart that does has a film.")
    stage = _Stage(figure, told, address, mode)
    shown = _shown(len(told["moments"]))
    still = stage.ground()
    palette = _palette(mode)
    few = [stage.frame(still, at).quantize(palette=palette, dither=Image.Dither.NONE) for at in shown]
    each = round(1000 * SECONDS / len(few))
    file = io.BytesIO()
    few[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=few[1:],
        duration=[each] * (len(few) - 1) + [round(1000 * LAST_SECONDS)],
        disposal=1,
        optimize=False,
    )
    return file.getvalue()


def _shown(moments: int) -> list[int]:
    step = math.ceil(moments / MOST_MOMENTS)
    return [*range(0, moments - 1, step), moments - 1]


def _palette(mode: Mode) -> Image.Image:
    """The colours of charts and their way from the ground, the same in all frames: nothing flickers."""
    ground = ImageColor.getrgb(theme.paper(mode))
    grid = ImageColor.getrgb(theme.grid(mode))
    colours = (theme.ink(mode), theme.faint_ink(mode), theme.grey(mode), *theme.HUES[mode])
    mixed = [
        round(low + (high - low) * step / _SHADES)
        for colour in colours
        for step in range(1, _SHADES + 1)
        for low, high in zip(ground, ImageColor.getrgb(colour), strict=False)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([*ground, *grid, *mixed])
    return image


@dataclass(frozen=True)
class _Stage:
    """What all frames of a film share: where its parts stand, from top to bottom."""

    figure: Mapping[str, Any]
    film: Mapping[str, Any]
    address: str
    mode: Mode

    @cached_property
    def _heading(self) -> tuple[list[Line], float]:
        meta, ink, faint = self.figure["layout"]["meta"], theme.ink(self.mode), theme.faint_ink(self.mode)
        title, below = set_in_lines(meta["title"], 24, 28, ink)
        subtitle, below = set_in_lines(meta["subtitle"], below + 2, 17, faint)
        return [*title, *subtitle], below + 8

    @cached_property
    def _key(self) -> list[tuple[float, float, Mapping[str, str]]]:
        """Where each item of the key stands, and the item."""
        x, top, items = float(EDGE), self._heading[1], []
        for item in self.figure["layout"]["meta"]["key"]:
            width = wide(item["text"], 16)
            if x + width + 24 > _RIGHT:
                x, top = float(EDGE), top + 24
            items.append((x, top, item))
            x += width + 44
        return items

    @property
    def _top(self) -> float:
        return max((top for _, top, _ in self._key), default=self._heading[1]) + 66

    @property
    def _bottom(self) -> float:
        return self._top + _PLOT

    @cached_property
    def _footing(self) -> tuple[list[Line], float]:
        faint = theme.faint_ink(self.mode)
        top = self._bottom + _AXIS + _SAYS * line_height(19) + 8
        footer, below = set_in_lines(self.figure["layout"]["meta"]["footer"], top, 13, faint)
        address, below = set_in_lines(self.address, below, 13, faint)
        return [*footer, *address], below + 20

    def ground(self) -> Image.Image:
        """Words, key, axes and grid: what stays."""
        size = (WIDTH * FINER, round(self._footing[1]) * FINER)
        image = Image.new("RGB", size, theme.paper(self.mode))
        pen = Pen(ImageDraw.Draw(image))
        for line in (*self._heading[0], *self._footing[0]):
            pen.line(line)
        for x, top, item in self._key:
            self._key_item(pen, x, top, item)
        self._axes(pen)
        return image

    def frame(self, ground: Image.Image, at: int) -> Image.Image:
        """One moment on the ground."""
        image = ground.copy()
        pen = Pen(ImageDraw.Draw(image))
        moment = self.film["moments"][at]
        ink, grey = theme.ink(self.mode), theme.grey(self.mode)
        pen.dashed(self._steps(moment["before"]), grey)
        pen.path(self._steps(moment["front"]), ink)
        costs = dict(zip(moment["there"], moment["costs"], strict=True))
        places = {model: self._place(cost, self.film["values"][model]) for model, cost in costs.items()}
        marker = self.figure["data"][2]["marker"]
        for model, place in places.items():
            pen.mark(place, marker["symbol"][model], marker["color"][model], theme.paper(self.mode))
        if self.film["chosen"] in places:
            pen.ring(places[self.film["chosen"]], ink)
        self._names(pen, at, places)
        pen.text(_RIGHT - wide(moment["name"], 34), self._bottom - 52, moment["name"], 34, ink)
        for line in set_in_lines(moment["text"], self._bottom + _AXIS, 19, ink)[0][:_SAYS]:
            pen.line(line)
        return image.reduce(FINER)

    def _names(self, pen: Pen, at: int, places: Mapping[int, Point]) -> None:
        """The names of a moment, and of newcomers just before, led to where they stand apart."""
        taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in places.values()]
        moments = self.film["moments"][max(0, at - _NAMED_FOR + 1) : at + 1]
        within = (_LEFT, self._top - 22, _RIGHT, self._bottom)
        newest = (model for moment in reversed(moments) for model in reversed(moment["named"]))
        for model in dict.fromkeys(newest):
            if model not in places:
                continue
            name = self.film["titles"][model].replace("&lt;", "<")
            found = place_name(places[model], wide(name, 16), taken, within)
            if found is None:
                continue
            if found.leader:
                pen.path(found.leader, theme.faint_ink(self.mode), 1)
            pen.text(*found.box[:2], name, 16, theme.ink(self.mode))
            taken.append(found.box)

    def _key_item(self, pen: Pen, x: float, top: float, item: Mapping[str, str]) -> None:
        colour = item["colour"] or theme.ink(self.mode)
        middle = (x + 8, top + 10)
        match item["mark"]:
            case "●" | "◆" | "■" | "○":
                pen.mark(middle, SYMBOLS[item["mark"]], colour, theme.paper(self.mode))
            case _:
                pen.dashed([(x - 9, top + 10), (x + 18, top + 10)], colour)
        pen.text(x + 22, top, item["text"], 16, theme.ink(self.mode))

    def _axes(self, pen: Pen) -> None:
        faint, grid = theme.faint_ink(self.mode), theme.grid(self.mode)
        across, up = self.figure["layout"]["xaxis"], self.figure["layout"]["yaxis"]
        for value, said in _ticks(across):
            x, _ = self._place(value, up["range"][0])
            if _LEFT <= x <= _RIGHT:
                pen.path([(x, self._top), (x, self._bottom)], grid, 1)
                pen.text(x - wide(said, 15) / 2, self._bottom + 6, said, 15, faint)
        for value, said in _ticks(up):
            _, y = self._place(10 ** across["range"][0] if self.film["log"] else across["range"][0], value)
            if self._top <= y <= self._bottom:
                pen.path([(_LEFT, y), (_RIGHT, y)], grid, 1)
                pen.text(_LEFT - 12 - wide(said, 15), y - 9, said, 15, faint)
        pen.path([(_LEFT, self._bottom), (_RIGHT, self._bottom)], theme.grey(self.mode), 1)
        said = across["title"]["text"]
        pen.text((_LEFT + _RIGHT - wide(said, 15)) / 2, self._bottom + 26, said, 15, faint)
        pen.text(EDGE, self._top - 24, up["title"]["text"], 15, faint)

    def _steps(self, line: Sequence[Sequence[float]]) -> list[Point]:
        """Level until the next point, then up or down."""
        points = [self._place(cost, value) for cost, value in zip(*line, strict=True)]
        path = points[:1]
        for (_, before), (x, y) in pairwise(points):
            path += [(x, before), (x, y)]
        return path

    def _place(self, cost: float, value: float) -> Point:
        (left, right), (low, high) = (self.figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
        across = math.log10(cost) if self.film["log"] else cost
        return (
            _LEFT + (across - left) / (right - left) * (_RIGHT - _LEFT),
            self._bottom - (value - low) / (high - low) * (self._bottom - self._top),
        )


def _ticks(axis: Mapping[str, Any]) -> list[tuple[float, str]]:
    """The ticks that the axis writes out; of an axis that leaves them to Plotly five, evenly."""
    if "tickvals" in axis:
        return list(zip(axis["tickvals"], axis["ticktext"], strict=True))
    low, high = axis["range"]
    values = [low + (high - low) * part / 4 for part in range(5)]
    return [(value, f"{axis.get('tickprefix', '')}{value:,.3g}") for value in values]
