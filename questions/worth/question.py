"""Is it worth it: what a call, a solved task and a wait cost, and when the dearer model pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from analysis.worth.measured_rows import offer_of
from analysis.worth.value import MOST_RETRIES, Offer, TaskProfile, offer_values, worth_it
from analysis.worth.value_curve import net_value_curve
from charts.worth.run_ratios import NAME as RATIOS
from charts.worth.score_difference import NAME as SOLVED
from charts.worth.worth import NAME, worth_by_task_value
from questions.answer import Answer, Block, Drawn, Folded, Later, Method, Paragraph, Table, nothing_known
from questions.controls import Choice, Number, Span, control
from questions.question import Question
from questions.view import View
from questions.worth import words
from questions.worth.example import worked_example
from questions.worth.runs import (
    CLAIMED_TOKENS,
    MEASURED,
    OWN,
    Pair,
    boards_to_choose,
    models_to_choose,
    others_to_choose,
    run_named,
    runs_with_prices,
    token_bases_to_choose,
    token_multipliers,
)
from questions.worth.value_table import value_table

SEED: Final = 20241220
_MOST_TOKENS: Final = 10_000_000
_MOST_USD: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class WorthControls:
    """Two measured models, a kind of task, and the tokens of reasoning."""

    board: str | None = control(None, Choice("Measured on", boards_to_choose))
    first_model: str | None = control(None, Choice("First model", models_to_choose))
    second_model: str | None = control(
        None, Choice("Second model", others_to_choose, help="Another model than the first.")
    )
    input_tokens: int = control(2000, Number("Input tokens per call", 0, _MOST_TOKENS, 100))
    cached_tokens: int = control(0, Number("of which cached", 0, _MOST_TOKENS, 100))
    output_tokens: int = control(1000, Number("Output tokens as shown", 1, _MOST_TOKENS, 100))
    retries: int = control(0, Number("Retries after a failure", 0, MOST_RETRIES, 1))
    task_value: float = control(20.0, Number("Value of a solved task, $", 0.0, _MOST_USD, 1.0))
    failure_cost: float = control(0.0, Number("Cost of a failure, $", 0.0, _MOST_USD, 1.0))
    wage: float = control(0.0, Number("Wage of the person who waits, $ per hour", 0.0, 10_000.0, 1.0))
    token_basis: str = control(
        MEASURED,
        Choice(
            "Output tokens billed",
            token_bases_to_choose,
            help="One's own range is for models that reason: they bill tokens that they do not show.",
        ),
    )
    token_range: tuple[float, float] = control(
        (CLAIMED_TOKENS.low, CLAIMED_TOKENS.high),
        Span(
            "times the tokens shown, of a model that reasons",
            0.5,
            20.0,
            0.5,
            help="Default: the range that the article of December 2024 claims for reasoning models.",
            applies=lambda chosen: chosen["token_basis"] == OWN,
        ),
    )


def answer(view: View, controls: WorthControls) -> Answer:
    """Whether the dearer model pays, its arithmetic, and the article's own example."""
    said = _answer(view, controls)
    example = () if controls.board is None else worked_example(view)
    return replace(said, blocks=(*said.blocks, *example, Method("value")))


def _answer(view: View, controls: WorthControls) -> Answer:
    if controls.board is None:
        return nothing_known("no board whose runs have a measured cost is known as of this date.")
    board = next(item.label for item in boards_to_choose(view, {}) if item.value == controls.board)
    if controls.first_model is None or controls.second_model is None:
        return nothing_known(f"fewer than two models on {board} have a list price.")
    if controls.cached_tokens > controls.input_tokens:
        return Answer(words.too_many_cached(controls.input_tokens), known=False)
    runs = runs_with_prices(view, controls.board)
    rows = run_named(runs, controls.first_model), run_named(runs, controls.second_model)
    unknown = [row["title"] for row in rows if row["seconds_per_task"] is None]
    if controls.wage > 0 and len(unknown) == 1:
        return nothing_known(words.no_seconds(unknown[0], board))
    multipliers = token_multipliers(*rows, controls.token_basis, controls.token_range)
    offers = offer_of(rows[0], multipliers[0]), offer_of(rows[1], multipliers[1])
    pair = Pair(board, runs.filter(pl.col("model_id").is_in([row["model_id"] for row in rows])), rows)
    implied = (Paragraph(words.implied(pair, multipliers)),) if controls.token_basis == MEASURED else ()
    return _verdict(view, pair, offers, _profile(controls), implied)


def _profile(controls: WorthControls) -> TaskProfile:
    """The reader's kind of task."""
    return TaskProfile(
        input_tokens=controls.input_tokens,
        output_tokens=controls.output_tokens,
        value_of_solved_usd=controls.task_value,
        cached_tokens=controls.cached_tokens,
        retries=controls.retries,
        cost_of_failure_usd=controls.failure_cost,
        wage_usd_per_hour=controls.wage,
    )


def _verdict(
    view: View, pair: Pair, offers: tuple[Offer, Offer], profile: TaskProfile, implied: tuple[Block, ...]
) -> Answer:
    worth = worth_it(*offers, profile, SEED)
    value = profile.value_of_solved_usd
    footing = view.footing(pair.runs, "models", words.prices_note(pair.rows))

    def chart() -> tuple[Block, ...]:
        curve = net_value_curve(*offers, profile, SEED)
        return (Drawn(worth_by_task_value(curve, worth, value, pair.names, footing)),)

    return Answer(
        first_line=words.first_line(worth, value, pair),
        caveat=words.caveat(pair, view.as_of),
        rests_on=words.rests_on(worth, pair),
        would_change=words.would_change(worth, value),
        blocks=(
            *implied,
            Table("value", value_table(offer_values(offers, profile, SEED), pair.names), wraps=True),
            Later(chart, charts=(NAME,), height=420),
            Folded("The runs and list prices behind it", (Table("runs", pair.runs),)),
        ),
    )


QUESTION: Final = Question(
    name="worth",
    title="Is it worth it?",
    asks="Does the dearer of two measured models pay for my kind of task, and from what value of a task on?",
    answer=answer,
    controls=WorthControls,
    charts=(NAME, RATIOS, SOLVED),
)
