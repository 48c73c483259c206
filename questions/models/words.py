"""What the question of models says of one model, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from charts.parts.figure import in_words
from questions.benchmarks.known import is_part
from questions.models.price_words import asked
from questions.models.tables import Place
from questions.wording import agreeing, capital, counted, fitting, listed, roughly

_SEEN_IN: Final = {
    "leaderboard first seen": "on a leaderboard",
    "price listing first seen": "in a price list",
}
"""Where a model was seen first, by the basis of a day that is no release; a dated list says itself when."""

WOULD_CHANGE: Final = (
    "A new score, another price, an announcement, or a name that is found to mean this model."
)
OF_SCORES: Final = (
    "One row per benchmark: an independent measurement before the vendor's own, of ratings the newest, of "
    "all others the best over settings, which is somewhat too high itself. The interval is that of the score "
    "alone; a dash says that no error of it is known."
)


def first_line(
    model: Mapping[str, Any], steps: pl.DataFrame, place: Place | None, newest: date | None
) -> str:
    """What it costs, how capable it is with its interval, and to which day its data reach.

    The ranks that the interval leaves open are left to the description where there is no room for them.
    """
    said = f"{model['title']}: {asked(steps)}"
    until = f"; data to {in_words(newest)}" if newest else ""
    if place is None:
        return fitting(f"{said}{until}.", f"{said}.")
    index = f"; capability index {place.value:.1f}{_interval(place)}"
    rank = f", {_rank(place)}" if place.low is not None else ""
    return fitting(f"{said}{index}{rank}{until}.", f"{said}{index}{until}.", f"{said}{index}.", f"{said}.")


def description(model: Mapping[str, Any], place: Place | None) -> str:
    """What the first line leaves out: who made it, whether its weights are open, when it came, its rank."""
    weights = {True: "open weights", False: "closed weights", None: "weights not known"}[
        model["open_weights"]
    ]
    maker = model["organization"] or "Maker not known"
    said = f"{maker}, {weights}, {released(model)}."
    if place is None or place.low is None:
        return said
    return f"{said} In the capability index it has {_rank(place)} of {counted(place.of, 'model')}."


def released(model: Mapping[str, Any]) -> str:
    """The release day with its precision and what it rests on; a first sight of it is no release."""
    day = model["released_on"]
    if day is None:
        return "release day not known"
    seen_in = _SEEN_IN.get(str(model["released_basis"]).removeprefix("dated "))
    if seen_in:
        return f"release day not known (first seen {seen_in} on {in_words(day)})"
    said = roughly(day, model["released_precision"]) or in_words(day)
    return f"released {said} ({model['released_basis']})"


def rests_on(
    measured_on: pl.Series,
    scores: pl.DataFrame,
    prices: pl.DataFrame,
    announcements: int,
    newest: date | None,
) -> str:
    """How many statements of which kinds, of how many sources, and the day of the newest."""
    sources = pl.concat([scores["source_id"], prices["source_id"]]).n_unique()
    until = f" up to {in_words(newest)}" if newest else ""
    parts = sum(is_part(name) for name in measured_on)
    places = [
        *([counted(measured_on.len() - parts, "benchmark")] if parts < measured_on.len() else []),
        *([_parts(parts)] if parts else []),
    ]
    on = f" on {listed(places)}" if scores.height else ""
    known = [
        f"{_or_none(scores.height, 'score')}{on}",
        _or_none(prices.height, "stated price"),
        _or_none(announcements, "announcement"),
    ]
    whose = f"; scores and prices of {counted(sources, 'source')}{until}" if sources else ""
    return f"{capital(listed(known))}{whose}."


def of_parts(number: int) -> str:
    """What stands behind the line below the table of scores."""
    repeats = agreeing(number, "repeats", "repeat")
    return f"{_parts(number)}, which {repeats} what the whole says by language, field or kind of task"


def _parts(number: int) -> str:
    return f"{number:,} {agreeing(number, 'part of a board', 'parts of boards')}"


def _or_none(number: int, thing: str) -> str:
    return counted(number, thing) if number else f"no {thing}"


def not_measured(place: Place | None, left_out: pl.DataFrame) -> str:
    """What is known but not measured, with the reason where one is noted: a model without an index."""
    if place:
        return ""
    why = "".join(f": {reason}" for reason in left_out["reason"].head(1))
    return f"It has no place in the capability index{why}."


def _interval(place: Place) -> str:
    if place.low is None or place.high is None:
        return ""
    if place.low == place.high:
        return " (fixed: it sets the scale)"
    return f" (90 % interval {place.low:.1f} to {place.high:.1f})"


def _rank(place: Place) -> str:
    return f"rank {place.best}" if place.best == place.worst else f"rank {place.best} to {place.worst}"
