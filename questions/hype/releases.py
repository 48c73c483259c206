"""The part of the question on hype that asks about releases: which made a stir, for which readers came."""

from __future__ import annotations

import polars as pl

from analysis.hype.attention import LaunchRanks
from charts.hype.buzz import buzz_chart
from charts.hype.launch_ranks import launch_ranks
from charts.parts.figure import in_words
from questions.answer import Block, Drawn, Heading, Paragraph
from questions.hype import words
from questions.hype.page_buzz import PageBuzz
from questions.view import View


def of_launches(view: View, ranks: LaunchRanks, spread: pl.DataFrame) -> tuple[Block, ...]:
    """The ranking of launches on Hacker News. `spread`: see launch_spread.sql."""
    if not ranks.n:
        return ()
    chart = launch_ranks(ranks, spread, view.footing(spread, "launches"))
    unranked = (Paragraph(words.of_unranked(ranks)),) if ranks.unranked else ()
    return (Heading("Which launch caused a stir?"), Drawn(chart), *unranked)


def of_readers(view: View, seen: PageBuzz | None) -> tuple[Block, ...]:
    """Buzz of the releases of one maker on one page."""
    if seen is None:
        return ()
    note = f"Days recorded: {in_words(seen.starts_on)} to {in_words(seen.ends_on)}"
    chart = buzz_chart(seen.buzzes, seen.page, view.footing(seen.daily, "days", note))
    highest = (Paragraph(words.of_peak(seen.page, seen.highest)),) if seen.highest else ()
    return (
        Heading("Did readers come for the release?"),
        Drawn(chart),
        Paragraph(words.of_buzzes(seen)),
        *highest,
    )
