"""A finished figure in fewer bytes that shows the same: equal marks said once, numbers as fine as is seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

CLICKS: Final = "clicks"
"""What the `meta` of a figure holds whose marks are clicked on: only there all keep their `customdata`."""

_STEPS: Final = 10_000
"""Into so many steps the span of a list of numbers is divided at least: ten for each pixel of a wide plot."""
_SIGNIFICANT: Final = 6
"""So many digits each number keeps, more than any hover text shows of it."""

_SYMBOLS: Final[Mapping[str, int]] = {
    "circle": 0,
    "circle-open": 100,
    "square": 1,
    "square-open": 101,
    "diamond": 2,
    "diamond-open": 102,
}
"""Plotly's own numbers of its markers."""


def compact(figure: dict[str, Any]) -> dict[str, Any]:
    """The same figure, as plain data, smaller."""
    keeps = CLICKS in (figure["layout"].get("meta") or {})
    return {
        "data": [_trace(trace, keeps_customdata=keeps) for trace in figure["data"]],
        "layout": {
            name: value if name == "template" else _shortened(value)
            for name, value in figure["layout"].items()
        },
    }


def _trace(trace: Mapping[str, Any], *, keeps_customdata: bool) -> dict[str, Any]:
    said = {name: _shortened(value) for name, value in trace.items()}
    if not keeps_customdata and "%{customdata" not in str(trace.get("hovertemplate")):
        said.pop("customdata", None)
    if trace.get("type") == "scatter" and "marker" in said:
        said["marker"] = _marker(said["marker"])
    return said


def _marker(marker: Mapping[str, Any]) -> dict[str, Any]:
    colours, symbols = marker.get("color"), marker.get("symbol")
    said = dict(marker)
    if isinstance(colours, list) and all(isinstance(colour, str) for colour in colours):
        said |= _by_number(colours)
    if isinstance(symbols, list):
        numbers = [_SYMBOLS.get(symbol, symbol) for symbol in symbols]
        said["symbol"] = numbers[0] if len(set(numbers)) == 1 else numbers
    return said


def _by_number(colours: Sequence[str]) -> dict[str, Any]:
    """One colour where all are equal; else the place of each in a scale of those that there are."""
    palette = list(dict.fromkeys(colours))
    if len(palette) <= 1:
        return {"color": palette[0]} if palette else {}
    last = len(palette) - 1
    return {
        "color": [palette.index(colour) for colour in colours],
        "colorscale": [[place / last, colour] for place, colour in enumerate(palette)],
        "cmin": 0,
        "cmax": last,
        "showscale": False,
    }


def _shortened(value: Any) -> Any:
    """Whatever a figure holds, with the numbers of its lists rounded."""
    if isinstance(value, Mapping):
        return {name: _shortened(one) for name, one in value.items()}
    if not isinstance(value, list | tuple):
        return value
    numbers = [one for one in value if isinstance(one, float) and math.isfinite(one)]
    if not numbers:
        return [_shortened(one) for one in value]
    span = max(numbers) - min(numbers)
    finest = math.ceil(math.log10(_STEPS / span)) if span else 0
    return [_rounded(one, finest) if isinstance(one, float) else _shortened(one) for one in value]


def _rounded(number: float, finest: int) -> float | int:
    """To six digits, to `finest` decimals if those are more, and never past the point."""
    if not number or not math.isfinite(number):
        return number
    digits = max(_SIGNIFICANT - 1 - math.floor(math.log10(abs(number))), finest, 0)
    short = round(number, digits)
    return int(short) if short.is_integer() and abs(short) < 2**53 else short
