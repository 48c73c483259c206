"""Capability and cost: who is best at which price, at any past date, on any benchmark."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from analysis.capability.front_movement import front_movement
from analysis.capability.pareto import CostBasis, ParetoFront, pareto_front, with_cost
from analysis.results import months_before
from charts.capability.score_against_cost import Scale, score_against_cost
from questions import evidence
from questions.answer import Answer, Block, Drawn, Folded, Later, Paragraph, Placed, Table, nothing_known
from questions.capability import movement_words, words
from questions.capability.provenance import provenance
from questions.capability.through_time import FIRST_FRONT, through_time
from questions.controls import Choice, Chosen, Day, Option, Switch, control
from questions.filters import ModelFilters, kept, scope, scope_note
from questions.offers import last_read_day, of_read_day, price_steps, with_list_prices
from questions.question import Question
from questions.scores import (
    DEFAULT_BENCHMARK,
    Scores,
    benchmark_named,
    benchmarks,
    offered_benchmarks,
    scores_of,
)
from questions.unlisted import of_benchmark
from questions.view import View
from questions.wording import as_fit

BASES: Final = {
    "blended-list-price": ("blended list price", CostBasis.BLENDED_LIST_PRICE, "none"),
    "output-list-price": ("output list price", CostBasis.OUTPUT_LIST_PRICE, "none"),
    "cost-of-run": ("measured cost of the run", CostBasis.MEASURED_RUN, "run"),
    "cost-per-task": ("measured cost per task", CostBasis.MEASURED_PER_TASK, "task"),
}
"""The name of each basis of cost, what it is, and which scores it prefers."""

_A_MONTH: Final = timedelta(days=30)


def models_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The models that have a mark on the chart."""
    if not chosen["benchmark"] or benchmarks(view).is_empty():
        return ()
    scores = _scores(view, chosen["benchmark"], chosen["cost"])
    on = _day(view, chosen["cost"], chosen["front_on"])
    models = _priced(kept(_models_at(view, scores, chosen["cost"], on), _filters(chosen)))
    return tuple(Option(*row) for row in models.select("model_id", "title").iter_rows())


@dataclass(frozen=True, slots=True)
class CapabilityControls(ModelFilters):
    """What shapes the front of score and cost."""

    benchmark: str = control(DEFAULT_BENCHMARK, Choice("Benchmark", offered_benchmarks))
    cost: str = control(
        "blended-list-price", Choice("Cost", [Option(name, said) for name, (said, _, _) in BASES.items()])
    )
    front_on: date | None = control(
        None,
        Day("The front on", FIRST_FRONT, help="Models released by this day, at the prices in force on it."),
    )
    log_cost: bool = control(
        True, Switch("Logarithmic cost axis", near="score-against-cost", only_its_chart=True)
    )
    model: str | None = control(
        None,
        Choice(
            "Where a mark comes from: click it, or choose a model",
            models_to_choose,
            optional=True,
            near="provenance",
        ),
    )


def answer(view: View, controls: CapabilityControls) -> Answer:
    """The front of score and cost on a day, its movement in a year, and what the chosen mark rests on."""
    if benchmarks(view).is_empty():
        return nothing_known("no benchmark is known as of this date.")
    benchmark = benchmark_named(view, controls.benchmark)
    said, basis, _ = BASES[controls.cost]
    assert controls.front_on is not None
    asked = min(controls.front_on, view.as_of)
    scores = _scores(view, controls.benchmark, controls.cost)
    day = _day(view, controls.cost, asked)
    on = _until(view, scores, controls, day)
    models = kept(_models_at(view, scores, controls.cost, on), controls)
    front = pareto_front(models, on)
    title, unit = str(benchmark["title"]), str(benchmark["unit"])
    among = scope(controls)
    if front.points.is_empty():
        return nothing_known(words.no_front(f"{title}{among}", said, day))
    priced = _priced(models)
    listed = basis.is_listed
    used = priced if listed else priced.drop("price_source_id")
    notes = filter(None, (words.of_costs(priced, front, listed), scope_note(controls)))
    footing = view.footing(used, note=". ".join(notes))
    earlier = on - _A_MONTH
    rests = _evidence(view, scores, models, priced, on, asked, listed=listed)
    ended = of_benchmark(view, controls.benchmark)
    read = of_read_day(on, asked) if listed else ""
    caveat, more = as_fit((ended, rests.caveat, read, scores.known_by.note))
    scale = Scale(title, unit, basis, controls.log_cost)
    chart = score_against_cost(front, models, scale, footing, controls.model)
    return Answer(
        first_line=words.first_line(front, models, f"{title}{among}", unit, rests.on_day, basis),
        caveat=caveat,
        rests_on=" ".join(
            filter(
                None,
                (
                    words.rests_on(front, priced, listed),
                    words.of_lapsed(
                        _priced(kept(_models_at(view, scores, controls.cost, earlier), controls)),
                        priced,
                        earlier,
                    )
                    if listed
                    else "",
                    words.of_moving(scores),
                    words.of_publication(benchmark),
                    more,
                ),
            )
        ),
        would_change=words.WOULD_CHANGE,
        blocks=(
            Drawn(chart, select_into="model"),
            Placed("model"),
            *_chosen_mark(priced, controls.model),
            Later(lambda: _movement(view, scores, front, controls, unit), height=40),
            through_time(view, scores, on, scale, controls, controls.model),
            *_unpriced(front, models),
        ),
    )


def _day(view: View, cost: str, asked: date) -> date:
    """The day of the front: of list prices none after the last on which one was read."""
    return last_read_day(view, asked) if BASES[cost][1].is_listed else asked


def _until(view: View, scores: Scores, controls: CapabilityControls, on: date) -> date:
    """That day; of costs that were measured none after the last of the evidence: none is known to stand."""
    if BASES[controls.cost][1].is_listed:
        return on
    models = kept(_models_at(view, scores, controls.cost, on), controls)
    return evidence.of_scores(view, models, on, scores.known_by).ends_on


def _filters(chosen: Chosen) -> ModelFilters:
    return ModelFilters(*(chosen[item.name] for item in dataclasses.fields(ModelFilters)))


def _scores(view: View, benchmark: str, cost: str) -> Scores:
    return scores_of(view, benchmark, BASES[cost][2])


def _models_at(view: View, scores: Scores, cost: str, on: date) -> pl.DataFrame:
    """The models released by a day, with their cost on it."""
    rows = with_list_prices(scores.in_time, price_steps(view, on))
    return with_cost(rows.filter(pl.col("released_on") <= on), BASES[cost][1])


def _evidence(
    view: View,
    scores: Scores,
    models: pl.DataFrame,
    priced: pl.DataFrame,
    on: date,
    asked: date,
    *,
    listed: bool,
) -> evidence.Evidence:
    """That of the scores, and of the list prices where these are the cost.

    Newer models are counted to the day that was asked for, as on other pages, not to that of the prices.
    """
    newer = evidence.of_scores(view, models, asked, scores.known_by)
    measured = dataclasses.replace(
        evidence.of_scores(view, models, on, scores.known_by), newer=newer.newer, unscored=newer.unscored
    )
    if not listed:
        return measured
    steps = price_steps(view, on).filter("is_list_price")
    used = steps.filter(pl.col("model_id").is_in(priced["model_id"].implode()))
    return evidence.earlier(measured, evidence.of_prices(measured, used))


def _priced(models: pl.DataFrame) -> pl.DataFrame:
    return models.filter(pl.col("cost") > 0).sort("value", descending=True)


def _chosen_mark(priced: pl.DataFrame, model: str | None) -> tuple[Block, ...]:
    rows = priced.filter(pl.col("model_id") == (model or "")).iter_rows(named=True)
    return tuple(block for row in rows for block in provenance(row))


def _movement(
    view: View, scores: Scores, front: ParetoFront, controls: CapabilityControls, unit: str
) -> tuple[Block, ...]:
    """How far the front moved in the twelve months before its day, where there was a front then.

    Hosts' prices are read on other days than makers', so that a front with both moves when one list is late:
    list prices are compared among makers.
    """
    start = months_before(front.on, 12)
    scale = 100.0 if unit == "fraction" else 1.0
    of_makers = BASES[controls.cost][1].is_listed
    earlier, later = (
        kept(_models_at(view, scores, controls.cost, day), controls)
        .filter(pl.lit(not of_makers) | (pl.col("seller") == "maker"))
        .with_columns(pl.col("value", "stderr") * scale)
        for day in (start, front.on)
    )
    if any(
        pareto_front(models, day).points.is_empty() for models, day in ((earlier, start), (later, front.on))
    ):
        return ()
    moved = front_movement(earlier, later, start, front.on, seed=0, draws=300)
    told = movement_words.of_movement(
        moved, "percentage points" if unit == "fraction" else unit, of_makers=of_makers
    )
    return (Paragraph(told),)


def _unpriced(front: ParetoFront, models: pl.DataFrame) -> tuple[Block, ...]:
    """The models without this cost; nothing where all have one."""
    if front.left_out.is_empty():
        return ()
    rows = front.left_out.join(
        models.select("model_id", "title", "value"), on="model_id", maintain_order="left"
    )
    return (Folded(words.unpriced(front), (Table("unpriced", rows),)),)


QUESTION: Final = Question(
    name="capability",
    title="Frontier and cost",
    asks="Who is best at which price, on any benchmark and at any past date?",
    answer=answer,
    controls=CapabilityControls,
    charts=("score-against-cost", "frontier-through-time"),
)
