"""Is it worth it: what a call, a solved task and a wait cost, and when the dearer model pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from analysis.worth.measured_rows import cost_per_try, offer_of
from analysis.worth.value import MOST_RETRIES, Offer, TaskProfile, WorthVerdict, offer_values, worth_it
from analysis.worth.value_curve import net_value_curve
from charts.worth.run_ratios import NAME as RATIOS
from charts.worth.score_difference import NAME as SOLVED
from charts.worth.worth import NAME, worth_by_task_value
from questions.answer import Answer, Block, Drawn, Folded, Later, Method, Paragraph, Table, nothing_known
from questions.controls import Choice, Chosen, Number, Several, Span, control
from questions.question import Question
from questions.view import View
from questions.worth import words
from questions.worth.example import worked_example
from questions.worth.runs import (
    BY_BOARD,
    BY_TOKENS,
    CLAIMED_TOKENS,
    MEASURED,
    OWN,
    Compared,
    boards_to_choose,
    cost_bases_to_choose,
    further_to_choose,
    models_to_choose,
    others_to_choose,
    run_named,
    runs_with_prices,
    token_bases_to_choose,
    token_multipliers,
)
from questions.worth.value_table import value_table

SEED: Final = 20241220
MOST_MODELS: Final = 5
_MOST_TOKENS: Final = 10_000_000
_MOST_USD: Final = 1_000_000.0


def _by_tokens(chosen: Chosen) -> bool:
    return bool(chosen["cost_basis"] == BY_TOKENS)


@dataclass(frozen=True, slots=True)
class WorthControls:
    """Two to five measured models, a kind of task, and what a try at it costs."""

    board: str | None = control(None, Choice("Measured on", boards_to_choose))
    first_model: str | None = control(None, Choice("First model", models_to_choose))
    second_model: str | None = control(
        None, Choice("Second model", others_to_choose, help="Another model than the first.")
    )
    further: tuple[str, ...] = control(
        (), Several("Further models", further_to_choose, 0, MOST_MODELS - 2, help="Up to three more.")
    )
    cost_basis: str = control(
        BY_BOARD,
        Choice(
            "Cost of a task",
            cost_bases_to_choose,
            help="Tasks of a board often take many calls: your own tokens mean one call that solves as many.",
        ),
    )
    input_tokens: int = control(
        2000, Number("Input tokens per call", 0, _MOST_TOKENS, 100, applies=_by_tokens)
    )
    cached_tokens: int = control(
        0, Number("Cached input tokens, of these", 0, _MOST_TOKENS, 100, applies=_by_tokens)
    )
    output_tokens: int = control(
        1000, Number("Output tokens as shown", 1, _MOST_TOKENS, 100, applies=_by_tokens)
    )
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
            applies=_by_tokens,
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
            applies=lambda chosen: _by_tokens(chosen) and chosen["token_basis"] == OWN,
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
    by_tokens = controls.cost_basis == BY_TOKENS
    if by_tokens and controls.cached_tokens > controls.input_tokens:
        return Answer(words.too_many_cached(controls.input_tokens), known=False)
    runs = runs_with_prices(view, controls.board)
    chosen = (controls.first_model, controls.second_model, *controls.further)
    rows = tuple(run_named(runs, model_id) for model_id in chosen)
    unknown = [row["title"] for row in rows if row["seconds_per_task"] is None]
    if controls.wage > 0 and 0 < len(unknown) < len(rows):
        return nothing_known(words.no_seconds(" and ".join(unknown), board))
    compared = Compared(board, runs.filter(pl.col("model_id").is_in(chosen)), rows)
    profile = _profile(controls)
    if not by_tokens:
        offers = [offer_of(row, measured_call_usd=cost_per_try(row)) for row in rows]
        return _verdict(view, compared, offers, profile, ())
    multipliers = token_multipliers(rows, controls.token_basis, controls.token_range)
    offers = [offer_of(*pair) for pair in zip(rows, multipliers, strict=True)]
    implied = (Paragraph(words.implied(compared, multipliers)),) if controls.token_basis == MEASURED else ()
    return _verdict(view, compared, offers, profile, implied)


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
    view: View, compared: Compared, offers: Sequence[Offer], profile: TaskProfile, implied: tuple[Block, ...]
) -> Answer:
    """Of two models whether the dearer pays; of more which is best, and how it stands to the next best."""
    values = offer_values(offers, profile, SEED)
    ranked = sorted(zip(values, offers, strict=True), key=lambda one: -one[0].net_value_usd.value)
    best, next_best = (offer for _, offer in ranked[:2])
    worth = worth_it(best, next_best, profile, SEED)
    value = profile.value_of_solved_usd
    by_tokens = any(offer.measured_call_usd is None for offer in offers)
    note = words.prices_note(compared.rows) if by_tokens else words.COSTS_NOTE
    footing = words.counting_tasks(view.footing(compared.runs, "models", note), compared)

    def chart() -> tuple[Block, ...]:
        curve = net_value_curve(best, next_best, profile, SEED)
        return (Drawn(worth_by_task_value(curve, worth, value, compared.names, footing)),)

    if len(offers) == 2:
        first_line = words.first_line(ranked[0][0], worth.verdict, value, compared, by_tokens=by_tokens)
    else:
        is_sure = all(_wins(best, other, profile) for _, other in ranked[1:])
        first_line = words.first_line_of_several(ranked[0][0], is_sure, value, compared, by_tokens=by_tokens)
    return Answer(
        first_line=first_line,
        caveat=words.caveat(compared, view.as_of, first_line),
        rests_on=words.rests_on(worth, compared, profile if by_tokens else None),
        would_change=words.would_change(worth, value, by_tokens=by_tokens),
        blocks=(
            Later(chart, charts=(NAME,), height=420),
            *implied,
            Table("value", value_table(values, compared.names), wraps=True),
            Folded("The runs and list prices behind it", (Table("runs", compared.runs),)),
        ),
    )


def _wins(one: Offer, other: Offer, profile: TaskProfile) -> bool:
    """Whether one model is surely the better buy of two."""
    worth = worth_it(one, other, profile, SEED)
    wins = WorthVerdict.DEARER_PAYS if worth.dearer == one.model_id else WorthVerdict.CHEAPER_PAYS
    return worth.verdict is wins


QUESTION: Final = Question(
    name="worth",
    title="Is it worth it?",
    asks="Which of two to five measured models is worth its price, and how much must a solved task be worth?",
    answer=answer,
    controls=WorthControls,
    charts=(NAME, RATIOS, SOLVED),
    folds="Your models and your kind of task",
)
