"""Marks that several charts share, and their key: models, whiskers, steps, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from charts.parts import theme
from charts.parts.figure import KeyItem
from charts.parts.labels import Around, Place, place_labels
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go


RELEASED = "<br>released %{x|%-d %B %Y}"
"""Of marks that stand at their release days, in Plotly's template of hover texts."""


def organization_key(organizations: Iterable[str | None], mode: Mode) -> tuple[KeyItem, ...]:
    """Whose colour is whose, for those present."""
    present = set(organizations)
    named = [name for name in theme.ORGANIZATIONS if name in present]
    marks = [KeyItem("●", name, theme.colour_of(name, mode)) for name in named]
    others = [KeyItem("●", "others", theme.grey(mode))] if present - set(named) else []
    return (*marks, *others)


def shape_key(open_weights: Iterable[bool | None], *, vendor: bool = False) -> tuple[KeyItem, ...]:
    """What the shapes mean, for those present."""
    present = set(open_weights)
    words = {
        False: KeyItem("●", "closed weights"),
        True: KeyItem("◆", "open weights"),
        None: KeyItem("■", "weights not known"),
    }
    marks = [item for state, item in words.items() if state in present]
    return (*marks, *(vendor_key() if vendor else ()))


def vendor_key() -> tuple[KeyItem, ...]:
    """What hollow marks mean."""
    return (KeyItem("○", "hollow: reported by the vendor"),)


def model_key(models: pl.DataFrame, mode: Mode) -> tuple[KeyItem, ...]:
    """What colours and shapes of `add_models` mean, for the makers and weights present.

    `models`: organization, open_weights, reported_by.
    """
    vendor = "vendor" in models["reported_by"]
    return (
        *organization_key(models["organization"], mode),
        *shape_key(models["open_weights"], vendor=vendor),
    )


def add_whiskers(figure: go.Figure, rows: pl.DataFrame, x: str, low: str, high: str, mode: Mode) -> None:
    """Vertical intervals for the rows that have one, behind the marks; one shape for each colour.

    As a trace each interval would be an element of its own: a chart of some hundred takes much longer.
    """
    known = rows.filter(pl.col(low).is_not_null() & pl.col(high).is_not_null())
    colours = [theme.colour_of(organization, mode) for organization in known["organization"]]
    hued = known.with_columns(colour=pl.Series(colours, dtype=pl.String))
    for (colour,), part in hued.group_by("colour", maintain_order=True):
        ends = part.select(x, low, high).iter_rows()
        figure.add_shape(
            type="path",
            path=" ".join(f"M{place},{a}L{place},{b}" for place, a, b in ends),
            line={"color": theme.faint(str(colour), 0.45, mode), "width": 1.5},
            layer="below",
        )


def add_steps(
    figure: go.Figure, x: Sequence[object], y: Sequence[float | None], mode: Mode, colour: str = ""
) -> None:
    """A line of steps, solid because it is observed; a null ends the step before it and leaves a gap.

    In ink, unless it is one maker's and has its `colour`.
    """
    places: list[object] = []
    heights: list[float | None] = []
    before: float | None = None
    for place, height in zip(x, y, strict=True):
        if height is None and before is not None:
            places.append(place)
            heights.append(before)
        places.append(place)
        heights.append(height)
        before = height
    figure.add_scatter(
        x=places,
        y=heights,
        mode="lines",
        line={"color": colour or theme.ink(mode), "width": 1.5, "shape": "hv"},
        connectgaps=False,
        hoverinfo="skip",
    )


def add_models(
    figure: go.Figure,
    rows: pl.DataFrame,
    x: str,
    y: str,
    hover: Sequence[str],
    mode: Mode,
    *,
    size: int = 8,
    below: str = "",
) -> None:
    """One mark per row, by organisation and weights, hollow when the vendor reports; customdata: model_id.

    `rows`: x, y, model_id, title, organization, open_weights, reported_by. `hover`: one text per row; `below`
    it stands what all have in common, as Plotly's template of hover texts.
    """
    marked = rows.with_columns(hover=pl.Series(hover, dtype=pl.String))
    hued = pl.col("organization").is_in(list(theme.ORGANIZATIONS)).fill_null(value=False)
    for part in (marked.filter(~hued), marked.filter(hued)):
        figure.add_scatter(
            x=part[x].to_list(),
            y=part[y].to_list(),
            mode="markers",
            marker={
                "color": [theme.colour_of(name, mode) for name in part["organization"]],
                "symbol": [
                    theme.symbol_of(weights, reporter == "vendor")
                    for weights, reporter in part.select("open_weights", "reported_by").iter_rows()
                ],
                "size": size,
                "line": {"width": 1, "color": theme.paper(mode)},
            },
            customdata=part["model_id"].to_list(),
            hovertext=part["hover"].to_list(),
            hovertemplate=f"%{{hovertext}}{below}<extra></extra>",
            selected={"marker": {"opacity": 1.0}},
            unselected={"marker": {"opacity": 1.0}},
        )


def add_labels(
    figure: go.Figure,
    xs: Sequence[object],
    ys: Sequence[float],
    texts: Sequence[str],
    within: Sequence[tuple[float, float]],
    mode: Mode,
    around: Around,
) -> list[Place | None]:
    """Direct labels beside their marks, in ink, the first first; what would cover another is left out.

    `within` says where each mark is in the plot, 0..1 from left to right and from bottom to top, and `around`
    what is beside them, in the same measure. On a logarithmic axis x or y is what Plotly asks of annotations
    there: the exponent. Gives the place of each, None where it is left out.
    """
    places = place_labels(within, texts, around)
    for x, y, text, place in zip(xs, ys, texts, places, strict=True):
        if place is not None:
            figure.add_annotation(
                x=x,
                y=y,
                text=text,
                showarrow=False,
                xanchor=place.anchor,
                yanchor="middle",
                xshift={"left": 8, "right": -8, "center": 0}[place.anchor],
                yshift=place.shift,
                font={"size": 11, "color": theme.ink(mode)},
                bgcolor=theme.see_through(theme.paper(mode), 0.7),
                borderpad=0,
            )
    return places
