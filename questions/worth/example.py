"""The worked example: the article's two models on Aider's boards of 2024."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.worth.measured_rows import PRICES_OF_RUN, run_of
from analysis.worth.measured_run import compare_runs
from charts.worth.run_ratios import BoardRatios, run_ratios
from charts.worth.score_difference import score_difference
from questions.answer import Block, Drawn, Heading, Paragraph
from questions.view import View
from questions.worth import example_words as words
from questions.worth.runs import CLAIMED_TOKENS, O1_PREVIEW, SONNET, runs_with_prices

EXAMPLE: Final = (
    ("aider-edit", "Aider code editing", O1_PREVIEW, SONNET),
    ("aider-refactor", "Aider refactoring", O1_PREVIEW, "claude-3-5-sonnet-20241022"),
)
"""The article's pair on Aider's two boards of 2024; each board ran another version of Claude 3.5 Sonnet."""


def example_of(view: View) -> tuple[list[BoardRatios], list[pl.DataFrame]]:
    """The article's pair on the boards that have both, with the rows they rest on."""
    boards, rows = [], []
    for board, title, first, second in EXAMPLE:
        runs = runs_with_prices(view, board)
        pair = {
            row["model_id"]: row
            for row in runs.drop_nulls(PRICES_OF_RUN).iter_rows(named=True)
            if row["model_id"] in (first, second)
        }
        if len(pair) == 2:
            compared = compare_runs(run_of(pair[first]), run_of(pair[second]), CLAIMED_TOKENS)
            boards.append(BoardRatios(title, compared))
            rows.append(runs.filter(pl.col("model_id").is_in([first, second])))
    return boards, rows


def worked_example(view: View) -> tuple[Block, ...]:
    """o1-preview against Claude 3.5 Sonnet: what Aider's boards measured of the article's claim."""
    heading = Heading("The worked example: o1-preview against Claude 3.5 Sonnet")
    boards, rows = example_of(view)
    if not boards:
        return (heading, Paragraph("Neither of Aider's boards of 2024 is known as of this date."))
    compared = [one.compared for one in boards]
    footing = view.footing(
        pl.concat(rows),
        "runs",
        "On code editing the Sonnet of June 2024 (that of October has no recorded cost there), on "
        "refactoring that of October 2024",
    )
    titles = words.example_titles(compared)
    names = ("o1-preview", "Claude 3.5 Sonnet")
    return (
        heading,
        Paragraph(words.of_claim(compared)),
        Paragraph(
            "\n".join(f"- {words.of_example(one.compared, one.board, *_names(one))}" for one in boards)
        ),
        Drawn(run_ratios(boards, *names, titles[0], footing)),
        Drawn(score_difference(boards, *names, titles[1], footing)),
    )


def _names(one: BoardRatios) -> tuple[str, str]:
    month = "June 2024" if one.compared.second == SONNET else "October 2024"
    return "o1-preview", f"Claude 3.5 Sonnet of {month}"
