"""The hype map: attention beside capability, price, use and money, technology by technology."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import polars as pl

from analysis.claims.evaluate import THEN
from analysis.hypemap.parting import Pair, rises, widest
from charts.hypemap.row_panels import panels_name
from charts.hypemap.sparklines import NAME, Sparkline, hype_map
from charts.parts.figure import Chart, in_words
from questions.answer import (
    Answer,
    Block,
    Drawn,
    Heading,
    Link,
    Method,
    Paragraph,
    Table,
    nothing_known,
)
from questions.controls import NoControls
from questions.hypemap import words
from questions.hypemap.opened import best_so_far, opened
from questions.hypemap.rows import Row, rows_of
from questions.hypemap.technologies import TECHNOLOGIES
from questions.question import Question
from questions.reach import reaching
from questions.series import read_later
from questions.view import View
from questions.wording import as_fit

FRESH: Final = timedelta(days=183)
"""Attention that ended longer ago says nothing of now, so it is in no first line."""

AGENTS: Final = "agents"
_METHOD: Final = Method("hypemap")


def answer(view: View, _controls: NoControls) -> Answer:
    """Where attention and capability part company most, the map, then and now, and what is not known."""
    every = rows_of(view)
    rows = [row for row in every if row.stands]
    if not rows:
        return nothing_known(words.NOTHING, (*_missing(every), _METHOD))
    pairs = _pairs(view, rows)
    paired = [row for row in rows if row.technology.name in {pair.name for pair in pairs}]
    later = read_later(pl.concat([row.attention.points["known_then"] for row in rows if row.attention]))
    notes = (row.capability.note for row in rows if row.capability)
    caveat, rest = as_fit((words.CAVEAT, later, *notes))
    rows_in_words = pl.DataFrame([words.table_row(row) for row in rows])
    return Answer(
        first_line=words.first_line(widest(pairs), paired or rows, len(every)),
        caveat=caveat,
        rests_on=f"{len(rows)} of {len(every)} technologies have attention and one other column here. "
        f"Changes of attention compare twelve months with the same months a year before. {rest}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            Drawn(_chart(view, rows)),
            _directions(rows_in_words),
            *((Paragraph(words.of_phases(rows_in_words)),) if words.of_phases(rows_in_words) else ()),
            *_cost_use_money(rows_in_words),
            *_of_power(rows),
            *(opened(view, row) for row in rows),
            *_then_and_now(view, every),
            *_missing(every),
            Link("hype", "Which release drew attention, and what shape it has: Hype"),
            Link("agents", "What agents solve, and at what cost: Agents"),
            _METHOD,
        ),
    )


def _directions(rows: pl.DataFrame) -> Table:
    columns = words.direction(rows)
    return Table("hype-map-rows", rows.drop(words.DIRECTION.keys() - columns), columns, wraps=True)


def _cost_use_money(rows: pl.DataFrame) -> tuple[Table, ...]:
    known = words.cost_use_money(rows)
    return (Table("cost-use-money", known, words.COST_USE_MONEY, wraps=True),) if known.height else ()


def _of_power(rows: Sequence[Row]) -> tuple[Block, ...]:
    """What a verdict is worth, where how surely its test would have noticed stands with a row."""
    is_tried = any(row.capability is not None and row.trend is not None for row in rows)
    return (Paragraph(words.POWER),) if is_tried else ()


def _pairs(view: View, rows: Sequence[Row]) -> list[Pair]:
    return [
        Pair(row.technology.name, row.attention.change, rises(row.trend))
        for row in rows
        if row.attention is not None
        and row.attention.change is not None
        and row.trend is not None
        and view.as_of - row.attention.until <= FRESH
    ]


def _chart(view: View, rows: Sequence[Row]) -> Chart:
    shown = [
        Sparkline(
            row.technology.name,
            row.attention.points.select("valid_on", "value"),
            row.attention.measure.tickformat,
            best_so_far(row.capability),
            row.technology.test if row.capability else "",
            row.capability.unit if row.capability else "",
            words.counted_in(row.attention),
        )
        for row in rows
        if row.attention is not None
    ]
    used = [reaching(row.attention.points, view.as_of) for row in rows if row.attention]
    used += [reaching(row.capability.models, view.as_of) for row in rows if row.capability]
    return hype_map(shown, words.chart_title(rows), view.footing(pl.concat(used), "months and models"))


def _then_and_now(view: View, rows: Sequence[Row]) -> tuple[Block, ...]:
    """What works, and whether it is the time of agents: on the day of the article, and since."""
    then = THEN.date()
    if view.as_of <= then:
        return ()
    found = [one for row in rows if (one := words.then_row(row, then))]
    if not found:
        return ()
    agents = next((row for row in rows if row.technology.key == AGENTS), None)
    return (
        Heading(f"Then ({in_words(then)}) and since"),
        Table("then-and-now", pl.DataFrame(found), words.THEN_AND_NOW, wraps=True),
        Paragraph(words.works_text(rows, then)),
        Paragraph(words.agents_text(agents, then)),
    )


def _missing(rows: Sequence[Row]) -> tuple[Block, ...]:
    left = [
        {
            "technology": row.technology.name,
            "missing": ", ".join(row.missing) if row.known else words.EVERYTHING,
            "known": ", ".join(row.known) or words.NO_DATA,
        }
        for row in rows
        if not row.stands
    ]
    if not left:
        return ()
    return (
        Heading("What is missing, and why"),
        Paragraph(words.missing_text(rows)),
        Table("not-enough-data", pl.DataFrame(left), words.MISSING, wraps=True),
        Link("speed", "Fast inference, Groq and Cerebras: Speed"),
        Link("price", "What each level costs: Falling price"),
        Link("gains", "What better costs: Gains against cost"),
    )


QUESTION: Final = Question(
    name="hypemap",
    title="The hype map",
    asks="Where do attention and capability part company, technology by technology?",
    answer=answer,
    charts=(NAME, *(panels_name(one.key) for one in TECHNOLOGIES)),
)
