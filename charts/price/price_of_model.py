"""One model's price as what it is: steps, dashed and hollow where nobody has confirmed it for long."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.amounts import counted
from charts.parts import theme
from charts.parts.axes import DOLLAR_TICKS, dollars
from charts.parts.figure import BARE_AXIS, Captions, Chart, Footing, Room, empty_figure, in_words
from charts.parts.marks import add_steps
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "price-steps"

NOT_CONFIRMED: Final = "not confirmed"
"""The `basis` of a row that says only that nobody has confirmed the price before it for 60 days."""

_COLUMNS: Final = (("output_usd_per_mtok", "output"), ("input_usd_per_mtok", "input"))


def price_steps(
    title_of_model: str, whose: str, maker: str | None, steps: pl.DataFrame, until: date, footing: Footing
) -> Chart:
    """Input and output price of one model as steps from `held_from` to the day it was last confirmed on.

    To `until` where it has ended, or no day of a confirmation is known.

    `whose` names the price ("list price", "price at azure"); the lines have the hue of the `maker`, if it has
    one. `steps`: held_from, input_usd_per_mtok,
    output_usd_per_mtok (null: not asked, or not confirmed, from that day), one row per change; where it is
    known also basis and last_confirmed_on.
    """
    ordered = steps.sort("held_from")
    confirmed_on = last_confirmed(ordered, "output_usd_per_mtok")
    until = min(until, confirmed_on or until)
    title = _finding(title_of_model, whose, ordered)
    subtitle = (
        f"Input and output, {whose}, US dollars per million tokens. Steps: a price holds until the next; "
        "dashed and hollow: confirmed by nobody for 60 days."
    )
    return Chart(
        NAME,
        title,
        f"{title}. {_prices_told(ordered)} from {in_words(ordered['held_from'][0])} to {in_words(until)}"
        f"{', when the newest was last confirmed' if confirmed_on else ''}.",
        partial(_draw, Captions(NAME, title, subtitle, footing), maker, ordered, until),
        ordered,
        "A price holds from the day of a step to the next step, the last to the day on which somebody last "
        "said so; nothing is interpolated. A gap means that the model was not sold there then, which is "
        "neither free nor unchanged. A dashed line means that nobody has said so for 60 days: it may still "
        "be asked.",
        footing,
    )


def last_confirmed(steps: pl.DataFrame, price: str) -> date | None:
    """The day on which the price in force was last confirmed; None where it has ended or nothing is known.

    `steps`: held_from, oldest first, a price by its name, and where known last_confirmed_on.
    """
    if "last_confirmed_on" not in steps.columns or steps[price][-1] is None:
        return None
    last = steps["last_confirmed_on"][-1]
    return last if isinstance(last, date) else None


def _prices_told(steps: pl.DataFrame) -> str:
    """How many prices the line shows; a gap is none."""
    told = steps.filter(pl.any_horizontal(pl.col(column).is_not_null() for column, _ in _COLUMNS)).height
    return counted(told, "price")


def _draw(captions: Captions, maker: str | None, steps: pl.DataFrame, until: date, mode: Mode) -> go.Figure:
    figure = empty_figure(captions, mode, room=Room(plot=300, below=BARE_AXIS))
    days = [*steps["held_from"].to_list(), until]
    hue = theme.colour_of(maker, mode) if maker in theme.ORGANIZATIONS else theme.ink(mode)
    marks: list[tuple[date, float, str]] = []
    for column, word in _COLUMNS:
        prices = steps[column].to_list()
        add_steps(figure, days, [*prices, prices[-1]], mode, hue)
        figure.add_scatter(
            x=days[:-1],
            y=prices,
            mode="markers",
            marker={"color": hue, "size": 6},
            hovertemplate=f"{word} %{{y:$,.4~f}} from %{{x|%-d %B %Y}}<extra></extra>",
        )
        for first, last, price in _unconfirmed(steps, column, until):
            _add_unconfirmed(figure, (first, last), price, word, mode)
        held = [(end, price) for end, price in zip(days[1:], prices, strict=True) if price is not None]
        if held:
            marks.append((*held[-1], f"{word} {dollars(held[-1][1])}"))
    figure.update_yaxes(rangemode="tozero", **DOLLAR_TICKS, title={"text": "$ per million tokens"})
    figure.update_xaxes(range=[days[0] - timedelta(days=15), until + timedelta(days=15)])
    # The first is output, above its line; input goes below, since the two can be the same.
    for (end, price, text), shift in zip(marks, (10, -10), strict=False):
        figure.add_annotation(
            x=end, y=price, text=text, showarrow=False, xanchor="right", yshift=shift, font={"size": 11}
        )
    return figure


def _unconfirmed(steps: pl.DataFrame, column: str, until: date) -> list[tuple[date, date, float]]:
    """From when to when, and at which price, nobody said that it was still asked."""
    if "basis" not in steps.columns:
        return []
    told = steps.with_columns(
        last=pl.col(column).shift(1), ended=pl.col("held_from").shift(-1).fill_null(until)
    ).filter(pl.col("basis") == NOT_CONFIRMED, pl.col("last").is_not_null())
    return list(told.select("held_from", "ended", "last").iter_rows())


def _add_unconfirmed(figure: go.Figure, span: tuple[date, date], price: float, word: str, mode: Mode) -> None:
    grey = theme.grey(mode)
    figure.add_scatter(
        x=list(span),
        y=[price, price],
        mode="lines+markers",
        line={"color": grey, "width": 1.5, "dash": "dash"},
        marker={"color": grey, "size": [7, 0], "symbol": "circle-open"},
        hovertemplate=f"{word} %{{y:$,.4~f}}: confirmed by nobody since %{{x|%-d %B %Y}}<extra></extra>",
    )


def _finding(title: str, whose: str, steps: pl.DataFrame) -> str:
    rows = steps.to_dicts()
    last, outputs = rows[-1], steps["output_usd_per_mtok"].drop_nulls().to_list()
    if last["output_usd_per_mtok"] is None:
        return f"The {whose} of {title} {_ended(last)}"
    if len(set(outputs)) == 1:
        return f"The {whose} of {title} has not changed since {in_words(rows[0]['held_from'])}"
    word = "fell" if outputs[-1] < outputs[0] else "rose"
    if outputs[-1] == outputs[0]:
        return f"The {whose} of {title} is {dollars(outputs[-1])} for output, as at first"
    return f"The {whose} of {title} for output {word} from {dollars(outputs[0])} to {dollars(outputs[-1])}"


def _ended(last: dict[str, Any]) -> str:
    if last.get("basis") == NOT_CONFIRMED and last.get("last_confirmed_on"):
        return f"was last seen on {in_words(last['last_confirmed_on'])}"
    if last.get("basis") == "notice":
        return f"ended with its shut-down on {in_words(last['held_from'])}"
    return f"is asked no longer since {in_words(last['held_from'])}"
