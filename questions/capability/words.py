"""What the question of capability and cost says of its results, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from analysis.capability.pareto import CostBasis, ParetoFront
from charts.capability.score_against_cost import PER, level_with, nearly_as_good
from charts.parts.axes import money, score_number, score_text
from charts.parts.figure import in_words as day_in_words
from questions.scores import Scores
from questions.wording import agreeing, counted, fitting

WOULD_CHANGE: Final = (
    "A model that is better at its price or cheaper at its score, a changed price, or a score measured again."
)


def first_line(
    front: ParetoFront, models: pl.DataFrame, benchmark: str, unit: str, when: str, basis: CostBasis
) -> str:
    """Who scores highest of the priced models with its interval, and who comes near for less.

    A model without a price that scores higher is not passed over: then it is the priced models that are led.
    Those whose intervals reach the best's are counted among the priced, as in the title of the chart.

    `when` names the last day of which the scores and prices speak, as it begins a sentence; `benchmark` goes
    on with the scope of the filters; `basis` says of what a cost is.
    """
    best = front.points.row(-1, named=True)
    names = dict(models.select("model_id", "title").iter_rows())
    score = f"{score_text(best['value'], unit)}{_interval(models, best['model_id'], unit)}"
    outdone = (models["value"] > best["value"]).any()
    led = "led the priced models on" if outdone else "led"
    at = f" at {money(best['cost'])}{PER[basis]}"
    said = f"{when} {names[best['model_id']]} {led} {benchmark} with {score}"
    priced = models.filter(~pl.col("model_id").is_in(front.left_out["model_id"].implode()))
    level, near = level_with(priced, best["model_id"]), nearly_as_good(front, unit)
    tie = agreeing(level, "another ties with it", f"{level} others tie with it")
    others = f"; {tie} within the intervals" if level else ""
    briefly = f"; {tie}" if level else ""
    cheaper = "" if near is None else f"; {names[near['model_id']]} came near for {money(near['cost'])}"
    return fitting(
        f"{said}{at}{others}{cheaper}.",
        f"{said}{at}{briefly}{cheaper}.",
        f"{said}{at}{others}.",
        f"{said}{at}{briefly}.",
        f"{said}{at}.",
    )


def of_publication(benchmark: Mapping[str, object]) -> str:
    """That no source dates the benchmark and since when it is taken to be there; empty where one does."""
    first = benchmark["published_on"]
    if benchmark["publication_is_stated"] or not isinstance(first, date):
        return ""
    return f"No source dates this benchmark: it is shown from its first score on, {day_in_words(first)}."


def rests_on(front: ParetoFront, priced: pl.DataFrame, listed: bool) -> str:
    """How many models, how many of them on the front, how many are left out."""
    newest = priced["released_on"].max()
    until = f", the newest released on {day_in_words(newest)}" if isinstance(newest, date) else ""
    return (
        f"{counted(priced.height, 'model')} with a score and this cost{until}; {front.points.height} "
        f"{agreeing(front.points.height, 'is', 'are')} on the front. "
        f"{of_costs(priced, front, listed)}."
    )


def of_moving(scores: Scores) -> str:
    """How many scores stand under a name that moved from version to version; empty where none does."""
    moving = scores.rows.filter("is_moving").height
    if not moving:
        return ""
    stand, are = agreeing(moving, "score stands", "scores stand"), agreeing(moving, "is", "are")
    return f"{moving} {stand} under a moving name, so that the version is not known, and {are} left out."


def of_lapsed(before: pl.DataFrame, now: pl.DataFrame, earlier_on: date) -> str:
    """How many models had a price some time earlier and none that is still confirmed; empty where none.

    `before`, `now`: the priced models of both days.
    """
    lapsed = before.filter(~pl.col("model_id").is_in(now["model_id"].implode())).height
    if not lapsed:
        return ""
    have = agreeing(lapsed, "model that had a price", "models that had a price")
    count, own = agreeing(lapsed, "counts", "count"), agreeing(lapsed, "its price", "theirs")
    when = f"on {day_in_words(earlier_on)}"
    return f"{lapsed} {have} {when} {count} as unpriced: {own} is no longer confirmed."


def of_costs(priced: pl.DataFrame, front: ParetoFront, is_listed: bool) -> str:
    """Which models have no cost, and how many list prices are not their maker's own.

    `priced`: one row per model with a cost, and the seller of its list price.
    """
    left_out = front.left_out.height
    words = f"Left out: {counted(left_out, 'model')} without such a cost"
    hosted = priced.filter(pl.col("seller") != "maker").height if is_listed else 0
    return f"{words}; {hosted} at a host's price, since their maker lists none" if hosted else words


def no_front(benchmark: str, cost: str, on: date) -> str:
    """Why there is nothing to show, and what to do."""
    return (
        f"no model with a score on {benchmark} has a {cost} on {day_in_words(on)}. Choose another basis of "
        "cost, or another day."
    )


def unpriced(front: ParetoFront) -> str:
    """How many models have a score and no cost."""
    left_out = front.left_out.height
    return f"Unpriced: {counted(left_out, 'model')} with a score but without this cost"


def _interval(models: pl.DataFrame, model_id: str, unit: str) -> str:
    row = models.row(by_predicate=pl.col("model_id") == model_id, named=True)
    if row["low"] is None or row["high"] is None:
        return ""
    low, high = (score_number(row[end], unit) for end in ("low", "high"))
    return f" (90 % interval {low} to {high})"
