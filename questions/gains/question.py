"""Gains against cost: what better costs, what each level came to cost, and what a budget buys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import polars as pl

from analysis.gains.budget import BudgetSteps, best_for_budgets, in_force
from analysis.gains.margin import SPAN_POINTS, SPAN_SHARE, price_of_a_point, price_over_the_front
from analysis.gains.records import FrontierCost, frontier_cost
from analysis.price.steps import lowest_prices
from charts.gains import budgets, ladder
from charts.gains import frontier_cost as best_model
from questions.answer import Answer, Block, Drawn, Heading, Later, Method, Paragraph, nothing_known
from questions.controls import Choice, Option, control
from questions.evidence import Evidence, of_prices, of_scores
from questions.filters import KindOfModel, chosen_filters, scope, scope_note
from questions.gains import words
from questions.gains.levels import ladder_blocks
from questions.kept import kept
from questions.price.cheapest import Priced, all_priced
from questions.price.threshold import (
    SELLERS,
    Capability,
    among,
    ladder_of,
    measures_to_choose,
)
from questions.question import Question
from questions.trends.series import OWN_INDEX
from questions.unlisted import of_benchmark
from questions.view import View
from questions.wording import as_fit

BUDGETS: Final = (0.1, 1.0, 10.0)
"""USD per million tokens, 3 input : 1 output."""

_MIDDLE: Final = 1
_YEAR: Final = timedelta(days=365)
_SELLERS: Final = tuple(Option(word, basis.value) for word, basis in SELLERS.items())
_SCORES: Final = (
    "model_id",
    "title",
    "organization",
    "released_on",
    "open_weights",
    "value",
    "stderr",
    "low",
    "high",
)


@dataclass(frozen=True, slots=True)
class GainsControls(KindOfModel):
    """On which scale gains are read, and who sells."""

    measure: str = control(OWN_INDEX, Choice("Measured by", measures_to_choose))
    seller: str = control("maker", Choice("Sold by", _SELLERS))


@dataclass(frozen=True, slots=True)
class _Gains:
    """All that the answer is made of: `named` are the levels on all scores, `levels` on those asked of."""

    scale: str
    models: pl.DataFrame
    unit: str
    named: tuple[Capability, ...]
    levels: tuple[Capability, ...]
    priced: Priced
    frontier: FrontierCost
    prices: pl.DataFrame
    budgets: tuple[BudgetSteps, ...]
    rests: Evidence
    note: str


def answer(view: View, controls: GainsControls) -> Answer:
    """What the best costs, what each level costs, what budgets buy, and what one more point costs."""
    found = kept(
        view,
        "gains",
        (controls.measure, controls.seller, chosen_filters(controls)),
        lambda: _gains(view, controls),
    )
    if found is None:
        return nothing_known(
            f"{scope(controls)} no model with a score on this measure has a price as of this date.".strip(),
            (Method("gains"),),
        )
    middle = found.budgets[_MIDDLE]
    basis = SELLERS[controls.seller]
    ended = of_benchmark(view, controls.measure)
    caveat, more = as_fit((ended, found.rests.caveat, *found.levels[-1].notes, found.priced.note))
    return Answer(
        first_line=words.first_line(
            middle, middle.on(found.rests.ends_on - _YEAR), found.unit, basis, found.rests, scope(controls)
        ),
        caveat=caveat,
        rests_on=f"{found.models.height} models with a score on {_on(found)}, prices up to "
        f"{found.priced.until:%-d %B %Y}. {more}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_budgets(view, found),
            Heading("What the best model costs"),
            *_best(view, found),
            Heading("What each level costs"),
            Later(lambda: _ladder(view, found), charts=(ladder.NAME,)),
            Heading("What one more point costs"),
            Paragraph(_of_a_point(found)),
            Method("gains"),
        ),
    )


def _gains(view: View, controls: GainsControls) -> _Gains | None:
    measure, seller = controls.measure, controls.seller
    every = ladder_of(view, measure, seller)
    if not every:
        return None
    basis = SELLERS[seller]
    scale = every[0].label
    levels = tuple(among(view, level, controls) for level in every)
    models = levels[0].scores.select(_SCORES).filter(pl.col("value").is_not_null())
    priced = all_priced(view, basis)
    used = priced.steps.filter(pl.col("model_id").is_in(models["model_id"].implode()))
    rests = of_prices(of_scores(view, levels[0].scores, view.as_of), used)
    # One day for all that the page tells, so that no price is told of two: the last on which it may speak.
    until = min(priced.until, rests.ends_on)
    priced, rests = replace(priced, until=until), replace(rests, asked_on=until, newest_on=until)
    prices = lowest_prices(models, priced.steps, priced.until, basis)
    bought = best_for_budgets(models, prices, BUDGETS, priced.until)
    if not any(one.steps.height for one in bought):
        return None
    makers = priced if seller == "maker" else all_priced(view, SELLERS["maker"])
    frontier = frontier_cost(models, makers.steps, priced.until)
    note = ". ".join(filter(None, (priced.note.rstrip("."), scope_note(controls))))
    return _Gains(scale, models, levels[0].unit, every, levels, priced, frontier, prices, bought, rests, note)


def _on(found: _Gains) -> str:
    """The scale as a sentence names it."""
    return f"the {found.scale}" if found.levels[0].measure == OWN_INDEX else found.scale


def _budgets(view: View, found: _Gains) -> tuple[Block, ...]:
    named = {one["model_id"] for steps in found.budgets for one in steps.steps.iter_rows(named=True)}
    used = found.priced.steps.filter(pl.col("model_id").is_in([name for name in named if name]))
    footing = view.footing(used, "price steps", found.note, found.priced.until, found.levels[0].scores)
    title = words.budget_title(found.budgets, found.unit, found.priced.until, _on(found))
    shown = tuple(one for one in found.budgets if one.steps.height)
    best = found.frontier.records
    chart = budgets.budgets_chart(shown, best, found.scale, found.unit, title, footing)
    return (Drawn(chart), Paragraph(words.budget_doubt(found.budgets, found.priced.until)))


def _best(view: View, found: _Gains) -> tuple[Block, ...]:
    used = found.priced.steps.filter(pl.col("model_id").is_in(found.frontier.records["model_id"].implode()))
    footing = view.footing(used, "price steps", found.note, found.priced.until, found.levels[0].scores)
    title = words.frontier_title(found.frontier)
    chart = best_model.frontier_cost_chart(found.frontier, found.scale, found.unit, title, footing)
    return (Drawn(chart), Paragraph(words.frontier_doubt(found.frontier)))


def _ladder(view: View, found: _Gains) -> tuple[Block, ...]:
    return ladder_blocks(view, found.named, found.levels, found.priced.until, found.note)


def _of_a_point(found: _Gains) -> str:
    """What one more point cost at both ends of the front, and on average over all of it."""
    is_share = found.unit == "fraction"
    there = (found.models, in_force(found.prices), found.priced.until)
    ends = price_of_a_point(*there, SPAN_SHARE if is_share else SPAN_POINTS)
    whole = price_over_the_front(*there, 100.0 if is_share else 1.0)
    return " ".join(filter(None, (words.front_text(whole, found.unit), words.point_text(ends, found.unit))))


QUESTION: Final = Question(
    name="gains",
    title="Gains against cost",
    asks="What does better cost: the best model, each level, a fixed budget, one more point?",
    answer=answer,
    controls=GainsControls,
    charts=(budgets.NAME, best_model.NAME, ladder.NAME),
)
