"""Hype against reality: which release drew attention, does it follow capability, and what shape has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.hype.attention import rank_launches
from charts.hype import (
    attention_and_capability,
    attention_over_time,
    buzz,
    launch_ranks,
    other_attention,
    shape_of_hype,
)
from charts.hype.other_attention import Measure
from questions.answer import Answer, Block, Drawn, Heading, Later, Method, Placed, nothing_known
from questions.controls import Choice, Chosen, Option, Switch, control
from questions.hype import words
from questions.hype.against_reality import against_reality
from questions.hype.attention_series import (
    WIKIPEDIA_MONTHLY,
    measures,
    monthly_points,
    subjects,
    wikipedia,
)
from questions.hype.over_time import BASES, bases_to_choose, over_time
from questions.hype.page_buzz import page_buzz, pages_to_choose
from questions.hype.releases import of_launches, of_readers
from questions.question import Question
from questions.series import read_later
from questions.view import View
from questions.wording import as_fit

METHOD: Final = Method("hype")


def measures_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The monthly measures that have points."""
    known = measures(monthly_points(view))
    return [Option(series_id, measure.title) for series_id, measure in known.items()]


@dataclass(frozen=True, slots=True)
class HypeControls:
    """Whose page, from which days on, and which measure; None where the data offer nothing to choose."""

    page: str | None = control("chatgpt", Choice("Wikipedia page", pages_to_choose, near=buzz.NAME))
    base: str | None = control(
        BASES[0].value, Choice("Base, set to 100", bases_to_choose, near="attention over time")
    )
    log_attention: bool = control(
        True, Switch("Logarithmic axis", near=attention_over_time.NAME, only_its_chart=True)
    )
    measure: str | None = control(
        "wikipedia-monthly-chatgpt",
        Choice("Measure of attention", measures_to_choose, near="does attention follow capability"),
    )


def answer(view: View, controls: HypeControls) -> Answer:
    """The ranking of launches, the buzz of releases, then attention over time, its lag and its shape."""
    monthly, points = monthly_points(view), wikipedia(view)
    spread = view.ask("launch_spread", view.known_now)
    ranks, views, known = rank_launches(spread), subjects(points), measures(monthly)
    if not ranks.n and views.is_empty() and not known:
        return nothing_known(words.NO_SERIES, (METHOD,))
    seen = page_buzz(view, views, controls.page) if controls.page else None
    later = read_later(pl.concat([points["known_then"], monthly["known_then"]]))
    caveat, rest = as_fit([later, words.of_untold(seen)])
    return Answer(
        first_line=words.first_line(ranks, seen, view.as_of),
        caveat=caveat,
        rests_on=f"{words.rests_on(ranks, seen)} {rest}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *of_launches(view, ranks, spread),
            *of_readers(view, seen),
            *_over_time(view, views, controls),
            *(against_reality(view, known, controls.measure) if controls.measure else ()),
            *_others(view, known),
            METHOD,
        ),
    )


def _over_time(view: View, views: pl.DataFrame, controls: HypeControls) -> tuple[Block, ...]:
    base = controls.base
    if views.is_empty() or base is None:
        return ()
    drawn = Later(
        lambda: over_time(view, views, base, log=controls.log_attention),
        charts=(attention_over_time.NAME,),
    )
    return (Heading("Attention over time"), Placed("base"), drawn)


def _others(view: View, known: Mapping[str, Measure]) -> tuple[Block, ...]:
    """The measures that are no views of Wikipedia, as trends."""
    others = [one for series_id, one in known.items() if not series_id.startswith(WIKIPEDIA_MONTHLY)]
    if not others:
        return ()
    drawn = other_attention.drawn_measures(others, view.as_of)
    footing = view.footing(pl.concat([one.points for one in drawn]), "months")
    return (Heading("Other measures of attention"), Drawn(other_attention.other_attention(others, footing)))


QUESTION: Final = Question(
    name="hype",
    title="Hype",
    asks="Which release drew attention, does attention follow capability, and what shape has it?",
    answer=answer,
    controls=HypeControls,
    charts=(
        launch_ranks.NAME,
        buzz.NAME,
        attention_over_time.NAME,
        attention_and_capability.NAME,
        shape_of_hype.NAME,
        other_attention.NAME,
    ),
)
