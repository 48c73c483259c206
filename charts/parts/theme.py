"""What colour, shape and fill mean on every chart, and the light and dark templates.

For whoever writes a chart:

- Colour means organisation, the same on all pages: `colour_of("OpenAI", mode)`. Five makers have a hue, all
  others are grey. What is no organisation never has a maker's hue: one thing is `accent(mode)`, beside `ink`
  and `grey`; several that have an order (levels, budgets, periods) go from pale to strong (`ordered`);
  several without one (tests, hosts, curves) differ in colour and shape at once (`apart`).
- Shape means weights: `symbol_of(open_weights, hollow)`. Hollow means reported by the vendor itself.
- Never a colour code outside this module. Text is `ink(mode)`, never a hue: labels stand beside their mark.
- Solid is observed, `FITTED` (dashes) is fitted, `projection_fill(mode)` shades what is projected.
- `mode` is the last argument of whatever draws, and of nothing else: a chart holds no light or dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


class Mode(StrEnum):
    """Which of the two grounds the reader has chosen."""

    LIGHT = "light"
    DARK = "dark"


ORGANIZATIONS: Final = ("OpenAI", "Anthropic", "Google", "DeepSeek", "Alibaba")
"""The makers with a hue of their own: those that stand on the fronts most often."""

HUES: Final[Mapping[Mode, tuple[str, ...]]] = {
    Mode.LIGHT: ("#0072B2", "#D55E00", "#007A5A", "#8A5A00", "#AA4499"),
    Mode.DARK: ("#0087D3", "#F0843A", "#00946D", "#B37500", "#BE5EAE"),
}
"""Theirs, in the same order: the same hues by ground, also for colour-blind readers.

On white each keeps a contrast of 3:1; on the dark ground, where thin lines are harder to see, of 4.5:1.
"""

_PALE_TO_STRONG: Final = {"light": ("#9A8AD0", "#38198A"), "dark": ("#8775C8", "#CDBFFB")}
"""A hue that no maker has, by ground."""

_ACCENT: Final = {"light": "#5F45B0", "dark": "#A993EA"}

_WINE: Final = {"light": "#9B1B3B", "dark": "#F08CA0"}
"""A second hue that no maker has, beside ink and the accent."""

_SHAPES: Final = (("▲", "triangle-up"), ("★", "star"), ("✚", "cross"), ("▼", "triangle-down"), ("✖", "x"))
"""Mark in a key and Plotly's name: none of the shapes that tell open from closed weights."""

_IN_THE_DARK: Final = {"light": 1.0, "dark": 1.6}

FITTED: Final = "dash"
TITLE_SIZE: Final = 18
TEXT_SIZE: Final = 12


@dataclass(frozen=True, slots=True)
class Apart:
    """How one of several things without an order is drawn: `sign` stands for `symbol` in a key."""

    colour: str
    symbol: str
    sign: str


@dataclass(frozen=True, slots=True)
class _Ground:
    paper: str
    ink: str
    faint_ink: str
    grey: str
    grid: str
    link: str
    wash: str
    side: str


_GROUNDS: Final[Mapping[Mode, _Ground]] = {
    Mode.LIGHT: _Ground(
        "#FFFFFF", "#1F2328", "#57606A", "#8A9099", "#E4E7EB", "#0A58A8", "#DCEBF7", "#F4F5F7"
    ),
    Mode.DARK: _Ground(
        "#14161A", "#E8EAED", "#A8AFB8", "#767D87", "#2B2F36", "#79B8FF", "#16324A", "#1E2126"
    ),
}


def paper(mode: Mode) -> str:
    """The ground of page and chart."""
    return _GROUNDS[mode].paper


def ink(mode: Mode) -> str:
    """Text and the lines that carry the message."""
    return _GROUNDS[mode].ink


def faint_ink(mode: Mode) -> str:
    """Subtitles, footers and axis labels."""
    return _GROUNDS[mode].faint_ink


def link(mode: Mode) -> str:
    """What leads elsewhere, in the words around charts."""
    return _GROUNDS[mode].link


def wash(mode: Mode) -> str:
    """The ground of what is set off: a verdict."""
    return _GROUNDS[mode].wash


def side(mode: Mode) -> str:
    """The ground of the navigation beside a page."""
    return _GROUNDS[mode].side


def grid(mode: Mode) -> str:
    """The lines across the plot at its ticks."""
    return _GROUNDS[mode].grid


def grey(mode: Mode) -> str:
    """Whatever is there for comparison only."""
    return _GROUNDS[mode].grey


def accent(mode: Mode) -> str:
    """What a chart is about where that is no maker: a hue that no maker has."""
    return _ACCENT[mode]


def ordered(place: int, count: int, mode: Mode) -> str:
    """The colour of the `place`-th of `count` things that are no makers: the later, the stronger."""
    ends = [_channels(colour) for colour in _PALE_TO_STRONG[mode]]
    share = place / max(count - 1, 1) if count > 1 else 1.0
    return "#" + "".join(f"{round(low + share * (high - low)):02X}" for low, high in zip(*ends, strict=True))


def apart(place: int, mode: Mode) -> Apart:
    """How the `place`-th of several things is drawn that are no makers and have no order.

    Fifteen are told apart; neighbours differ in colour and in shape.
    """
    colours = (ink(mode), accent(mode), _WINE[mode])
    sign, symbol = _SHAPES[place % len(_SHAPES)]
    return Apart(colours[place % len(colours)], symbol, sign)


def colour_of(organization: str | None, mode: Mode) -> str:
    """The colour of an organisation, fixed over all pages; grey for those without a hue."""
    return dict(zip(ORGANIZATIONS, HUES[mode], strict=True)).get(organization or "", grey(mode))


def on_colour(colour: str, mode: Mode) -> str:
    """A figure on a mark of such a colour: makers' marks are dark on white, and light on the dark ground."""
    return ink(mode) if mode is Mode.LIGHT and colour == grey(mode) else paper(mode)


def symbol_of(open_weights: bool | None, hollow: bool = False) -> str:
    """Plotly's marker: diamond for open weights, circle closed, square not known; hollow: vendor-reported."""
    shape = {True: "diamond", False: "circle", None: "square"}[open_weights]
    return f"{shape}-open" if hollow else shape


def css_variables(mode: Mode) -> str:
    """The ground and its inks as the declarations by which all style sheets of pages name them."""
    named = {
        "paper": paper(mode),
        "ink": ink(mode),
        "faint": faint_ink(mode),
        "line": grid(mode),
        "link": link(mode),
        "badge": wash(mode),
        "side": side(mode),
    }
    return " ".join(f"--{name}: {colour};" for name, colour in named.items())


def see_through(colour: str, opacity: float) -> str:
    """A colour of this palette as rgba, for bands."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def faint(colour: str, opacity: float, mode: Mode) -> str:
    """An interval or a band behind its mark: as far from the ground in the dark as `opacity` is in the light.

    The hues are dark, so on the dark ground they vanish sooner.
    """
    return see_through(colour, min(1.0, opacity * _IN_THE_DARK[mode]))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def projection_fill(mode: Mode) -> str:
    """The shade behind all that is projected, not observed."""
    return see_through(grey(mode), 0.14)


def template(mode: Mode) -> dict[str, Any]:
    """Fonts, ground, grid and axes of every figure."""
    ground = _GROUNDS[mode]
    title = {"font": {"color": ground.faint_ink, "size": TEXT_SIZE}}
    axis = {
        "gridcolor": ground.grid,
        "linecolor": ground.grey,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": ground.grey,
        "tickfont": {"color": ground.faint_ink, "size": TEXT_SIZE},
        "title": title,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": TEXT_SIZE, "color": ground.ink},
            "paper_bgcolor": ground.paper,
            "plot_bgcolor": ground.paper,
            "colorway": [accent(mode)],
            "hoverlabel": {
                "bgcolor": ground.paper,
                "bordercolor": ground.grey,
                "font": {"color": ground.ink},
            },
            "hovermode": "closest",
            "dragmode": "pan",
            "showlegend": False,
            "xaxis": {**axis, "showline": True},
            # Without a distance Plotly writes the title over tick labels as wide as "100%".
            "yaxis": {**axis, "ticks": "", "title": {**title, "standoff": 5}},
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ground.grey, "activecolor": ground.ink},
        }
    }
