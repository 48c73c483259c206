"""Answers: blocks in order, charts by name without making what cannot hold them, each put-off block once."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from charts.parts.figure import Chart, Footing
from charts.parts.theme import Mode
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Folded,
    Heading,
    Later,
    Paragraph,
    chart_named,
    charts_of,
    every_block,
    nothing_known,
)


def chart(name: str) -> Chart:
    """A chart of that name which is never drawn."""
    footing = Footing((), date(2026, 9, 15), 0, "rows", "")

    def undrawn(_mode: Mode) -> go.Figure:
        raise AssertionError(name)

    return Chart(name, name, "", undrawn, pl.DataFrame(), "", footing)


def never() -> tuple[Block, ...]:
    """Blocks that must not be made."""
    raise AssertionError


def test_blocks_inside_others_come_in_order() -> None:
    """Each before what is inside it."""
    inner, last = Heading("inner"), Paragraph("last")
    later = Later(lambda: (inner,))
    folded = Folded("folded", (later,))
    beside = Beside(((inner,), (last, folded)))
    assert list(every_block((beside, last))) == [beside, inner, last, folded, later, inner, last]


def test_what_was_put_off_is_made_once() -> None:
    """Whoever looks again gets the same blocks."""
    made: list[int] = []

    def make() -> tuple[Block, ...]:
        made.append(1)
        return (Heading("made"),)

    later = Later(make, charts=("a",))
    assert not made
    assert not later.is_made
    assert later.blocks is later.blocks
    assert later.is_made
    assert (made, later.charts) == ([1], ("a",))


@pytest.mark.parametrize(
    "holder",
    [
        lambda drawn: drawn,
        lambda drawn: Folded("folded", (Heading("above"), drawn)),
        lambda drawn: Beside(((Heading("left"),), (drawn,))),
        lambda drawn: Later(lambda: (drawn,), charts=("wanted",)),
        lambda drawn: Folded("folded", (Later(lambda: (Beside(((drawn,),)),), charts=("wanted",)),)),
    ],
    ids=["plain", "folded", "beside", "put off", "deep"],
)
def test_a_chart_is_found_wherever_it_stands(holder: object) -> None:
    """Without making what was put off and cannot hold it."""
    wanted = Drawn(chart("wanted"))
    blocks = (
        Later(never, charts=("other",)),
        Drawn(chart("other")),
        holder(wanted),  # type: ignore[operator] # one of the cases
        Later(never, charts=("other",)),
    )
    assert chart_named(Answer("", blocks=blocks), "wanted") is wanted.chart


def test_a_chart_that_is_not_there_is_none() -> None:
    """Also where put-off blocks that may hold it do not."""
    blocks = (Later(lambda: (), charts=("wanted",)), Folded("folded", (Drawn(chart("other")),)))
    assert chart_named(Answer("", blocks=blocks), "wanted") is None


def test_all_charts_come_in_order() -> None:
    """Those that were put off, too."""
    blocks = (Drawn(chart("one")), Heading("between"), Later(lambda: (Drawn(chart("two")),)))
    assert [found.name for found in charts_of(Answer("", blocks=blocks))] == ["one", "two"]


def test_an_answer_is_known_unless_it_says_otherwise() -> None:
    """Without data the first line says what is missing, and its blocks stay."""
    assert Answer("It rose.").known
    missing = nothing_known("no scores.", (Heading("how"),))
    assert (missing.first_line, missing.known) == ("No data yet: no scores.", False)
    assert missing.blocks == (Heading("how"),)
