"""The picture by which a link to a page is previewed: title, first line, a small drawing of the lead chart.

Made without a browser: the marks of the chart's own figure, on its own axes, without their numbers.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from numbers import Real
from typing import Any, Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from charts.parts import theme
from charts.parts.figure import Chart
from charts.parts.theme import Mode

WIDTH, HEIGHT = 1200, 630
"""What services that preview links expect."""

_EDGE: Final = 64
_TITLE, _WORDS, _SMALL = 54, 34, 24
_LETTERS: Final = 60
"""Of a first line on one line."""

_BOTTOM: Final = 560
Points = Sequence[tuple[float, float]]


def card(title: str, first_line: str, footer: str, chart: Chart | None) -> bytes:
    """The picture as PNG, 1200 by 630."""
    image = Image.new("RGB", (WIDTH, HEIGHT), theme.paper(Mode.LIGHT))
    pen = ImageDraw.Draw(image)
    below = _write(pen, [title], 48, _TITLE, theme.ink(Mode.LIGHT)) + 10
    below = _write(
        pen,
        textwrap.wrap(first_line, _LETTERS, break_on_hyphens=False)[:5],
        below,
        _WORDS,
        theme.ink(Mode.LIGHT),
    )
    _write(pen, [footer], HEIGHT - _EDGE + 8, _SMALL, theme.faint_ink(Mode.LIGHT))
    if chart is not None:
        _draw(pen, chart, below + 24)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, lines: Sequence[str], top: int, size: int, colour: str) -> int:
    """Write the lines below each other; returns where they end."""
    font = ImageFont.load_default(size)
    for line in lines:
        pen.text((_EDGE, top), line.replace("\u00a0", " "), font=font, fill=colour)
        top += round(size * 1.3)
    return top


def _draw(pen: ImageDraw.ImageDraw, chart: Chart, top: int) -> None:
    """The marks of the figure's first pair of axes, scaled to what room there is."""
    figure = chart.draw(Mode.LIGHT).to_plotly_json()
    traces = [trace for trace in figure["data"] if trace.get("yaxis", "y") == "y"]
    drawn = [(trace, list(_runs(trace, figure["layout"]))) for trace in traces]
    every = [point for _, runs in drawn for run in runs for point in run]
    if not every:
        return
    (left, right), (low, high) = ((min(ends), max(ends)) for ends in zip(*every, strict=True))
    across, up = (right - left) or 1.0, (high - low) or 1.0

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x, y = (point[0] - left) / across, (point[1] - low) / up
        return _EDGE + x * (WIDTH - 2 * _EDGE), _BOTTOM - y * (_BOTTOM - top)

    for trace, runs in drawn:
        _mark(pen, trace, [[place(point) for point in run] for run in runs])


def _mark(pen: ImageDraw.ImageDraw, trace: dict[str, Any], runs: list[list[tuple[float, float]]]) -> None:
    mode, line = trace.get("mode", "markers"), trace.get("line", {})
    if "lines" in mode and trace.get("fill") is None:
        for run in runs:
            path = _stepped(run) if line.get("shape") == "hv" else run
            pen.line(path, fill=_colour(line.get("color")), width=4, joint="curve")
    if "markers" in mode:
        colours = trace.get("marker", {}).get("color")
        places = [place for run in runs for place in run]
        each = colours if isinstance(colours, list | tuple) else [colours] * len(places)
        for (x, y), colour in zip(places, each, strict=False):
            pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=_colour(colour))


def _stepped(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Level until the next point, then up or down: what is a step is never drawn as a slope."""
    path = run[:1]
    for (_, before), (x, y) in pairwise(run):
        path += [(x, before), (x, y)]
    return path


def _runs(trace: dict[str, Any], layout: dict[str, Any]) -> Iterator[Points]:
    """The points of a trace, apart wherever it has a gap."""
    xs, ys = trace.get("x"), trace.get("y")
    if xs is None or ys is None:
        return
    run: list[tuple[float, float]] = []
    for x, y in zip(_placed(xs), _placed(ys), strict=False):
        across, up = _number(x, layout.get("xaxis", {})), _number(y, layout.get("yaxis", {}))
        if across is not None and up is not None:
            run.append((across, up))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _placed(values: Sequence[Any]) -> list[Any]:
    """The values of an axis; names stand beside each other in the order in which they come."""
    names = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    return [names.index(value) if isinstance(value, str) else value for value in values]


def _number(value: Any, axis: dict[str, Any]) -> float | None:
    """Where a value stands on its axis; None where it has no place on it."""
    match value:
        case datetime():
            return value.timestamp() / 86_400
        case date():
            return float(value.toordinal())
        case Real() if math.isfinite(float(value)):
            number = float(value)
            if axis.get("type") != "log":
                return number
            return math.log10(number) if number > 0 else None
        case _:
            return None


def _colour(said: Any) -> tuple[int, ...]:
    """A colour of a figure as Pillow takes it; a transparent one as it looks on the ground."""
    if not isinstance(said, str):
        return ImageColor.getrgb(theme.grey(Mode.LIGHT))
    if said.startswith("rgba("):
        *parts, opacity = (float(part) for part in said[5:-1].split(","))
        return tuple(round(255 - (255 - part) * opacity) for part in parts)
    return ImageColor.getrgb(said)
