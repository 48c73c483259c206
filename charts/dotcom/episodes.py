"""What followed earlier episodes of dear and fast-risen markets, one mark per episode."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from analysis.dotcom.base_rates import BaseRate, EpisodeRule, Outcome
from charts.parts import theme
from charts.parts.axes import change_axis, span_text
from charts.parts.figure import Captions, Chart, Footing, KeyItem, Room, empty_figure
from charts.parts.line_ends import spread
from charts.parts.percent import percent
from charts.parts.theme import Mode

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME: Final = "episodes"
_HEIGHT: Final = 360
_TICK: Final = 0.08
"""Half of a median's tick, in columns."""


def episodes(base: BaseRate, footing: Footing) -> Chart:
    """Real price change after each episode by horizon, with the medians of episodes and of all months."""
    title = finding(base)
    rule = base.rule
    subtitle = (
        f"S&P 500, real price (no dividends) after the first month of episodes with {like(rule)}. "
        "Each episode counts once."
    )
    return Chart(
        NAME,
        title,
        f"{title}. {base.n} episodes in {base.n_months} qualifying months.",
        partial(_draw, Captions(NAME, title, subtitle, footing), base),
        episode_rows(base),
        "The sample is the episodes, not the months: windows of neighbouring months overlap and are no "
        "independent cases, so nothing here has a p-value. From the smallest to the largest is an interval "
        "of the median at the level 1 - 2^(1-n), if the episodes are independent. The grey tick is of all "
        "months, also without an interval. With so few episodes, what followed them is a list, not a law.",
        footing,
    )


def _draw(captions: Captions, base: BaseRate, mode: Mode) -> go.Figure:
    key = (
        KeyItem("●", "one episode, by the year it began", theme.accent(mode)),
        KeyItem("━", "median of the episodes"),
        KeyItem("━", "median of all months with a CAPE", theme.grey(mode)),
    )
    figure = empty_figure(captions, mode, key=key, room=Room(plot=_HEIGHT))
    places = list(range(len(base.outcomes)))
    low, high = _limits(base)
    for place in range(len(base.episodes)):
        _add_course(figure, base, place, mode)
    for place, outcome in zip(places, base.outcomes, strict=True):
        _add_medians(figure, place, outcome, mode)
        _add_words(figure, base, place, (high - low) / _HEIGHT, mode)
    figure.add_hline(y=0, line={"color": theme.ink(mode), "width": 1})
    figure.update_xaxes(
        tickvals=places,
        ticktext=[f"{outcome.horizon_months} months<br>n = {outcome.n}" for outcome in base.outcomes],
        range=[-0.2, len(places) - 0.15],
        fixedrange=True,
    )
    figure.update_yaxes(**change_axis(low, high, "real price change"))
    return figure


def episode_rows(base: BaseRate) -> pl.DataFrame:
    """One row per episode: its months, and the real price change after each horizon (null = not yet)."""
    rows = [
        {
            "first_month": episode.first_on,
            "last_month": episode.last_on,
            "months": episode.months,
            "may_go_on": episode.is_open,
        }
        | {f"after_{outcome.horizon_months}_months": outcome.changes[place] for outcome in base.outcomes}
        for place, episode in enumerate(base.episodes)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def like(rule: EpisodeRule) -> str:
    """What makes a month one of an episode, in words."""
    return (
        f"a CAPE of at least {rule.cape_at_least:g} and a real rise of at least "
        f"{percent(rule.real_rise_at_least)} in {rule.rise_months // 12} years"
    )


def finding(base: BaseRate) -> str:
    """What followed at the longest horizon, with the range and the number of episodes."""
    last = base.outcomes[-1]
    known = [change for change in last.changes if change is not None]
    years = last.horizon_months // 12
    if last.estimate is None or last.estimate.interval is None:
        return f"What follows after {years} years cannot be told: {len(known)} episodes, 3 are needed"
    interval = last.estimate.interval
    return (
        f"{years} years after {last.n} markets with {like(base.rule)} the real price had "
        f"changed by {span_text(_changed(interval.low), _changed(interval.high))}, "
        f"median {_changed(last.estimate.value)}"
    )


def _limits(base: BaseRate) -> tuple[float, float]:
    changes = [change for outcome in base.outcomes for change in outcome.changes if change is not None]
    low, high = min([*changes, -0.1]), max([*changes, 0.1])
    return low - 0.06 * (high - low), high + 0.06 * (high - low)


def _add_course(figure: go.Figure, base: BaseRate, place: int, mode: Mode) -> None:
    """One episode from horizon to horizon, as far as it is known."""
    known = [
        (at, change)
        for at, outcome in enumerate(base.outcomes)
        if (change := outcome.changes[place]) is not None
    ]
    if known:
        figure.add_scatter(
            x=[at for at, _ in known],
            y=[change for _, change in known],
            mode="lines+markers",
            line={"width": 1, "color": theme.faint(theme.accent(mode), 0.5, mode)},
            marker={"size": 9, "color": theme.accent(mode)},
            hoverinfo="skip",
        )


def _add_words(figure: go.Figure, base: BaseRate, at: int, per_pixel: float, mode: Mode) -> None:
    """The change of each episode beside its mark, with its year where it is known no longer than that.

    Words begin where the ticks of the medians end, so that neither covers the other.
    """
    later = [outcome.changes for outcome in base.outcomes[at + 1 :]]
    known = sorted(
        (change, episode.first_on.year, any(changes[place] is not None for changes in later))
        for place, (episode, change) in enumerate(zip(base.episodes, base.outcomes[at].changes, strict=True))
        if change is not None
    )
    shifts = spread([change / per_pixel for change, _, _ in known])
    for (change, year, goes_on), shift in zip(known, shifts, strict=True):
        figure.add_annotation(
            x=at + _TICK,
            y=change,
            text=_changed(change) if goes_on else f"{year}: {_changed(change)}",
            showarrow=False,
            xanchor="left",
            yanchor="middle",
            xshift=4,
            yshift=shift,
            font={"size": 11, "color": theme.ink(mode)},
            bgcolor=theme.see_through(theme.paper(mode), 0.7),
            borderpad=0,
        )


def _add_medians(figure: go.Figure, at: int, outcome: Outcome, mode: Mode) -> None:
    """Ticks across the column of a horizon."""
    episodes_median = outcome.estimate.value if outcome.estimate else None
    for of, median, colour in (
        ("all months", outcome.all_months_median, theme.grey(mode)),
        ("the episodes", episodes_median, theme.ink(mode)),
    ):
        if median is not None:
            figure.add_scatter(
                x=[at - _TICK, at + _TICK],
                y=[median] * 2,
                mode="lines",
                line={"color": colour, "width": 3},
                hovertemplate=f"median of {of} {_changed(median)}<extra></extra>",
            )


def _changed(change: float) -> str:
    return percent(change, signed=True)
