"""The list of models: what each scores and costs, by maker, weights, price and reasoning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.capability.frontier import best_so_far
from analysis.price.blend import blended_price
from questions.answer import Answer, Column, Kind, Link, Paragraph, Table, nothing_known
from questions.compare.compared import known_models, told_models
from questions.controls import Choice, Option, control
from questions.filters import ModelFilters, kept, scope
from questions.modellist import words
from questions.offers import last_priced_day, of_priced_day, price_steps
from questions.question import Question
from questions.trends.choices import too_new
from questions.trends.series import error_of_interval, index_note
from questions.view import View
from questions.wording import as_fit

SORTED_BY: Final = {
    "index": ("index", True),
    "per-dollar": ("index_per_dollar", True),
    "price": ("price_usd_per_mtok", False),
    "released": ("released_on", True),
    "benchmarks": ("benchmarks", True),
    "name": ("title", False),
}
COLUMNS: Final = {
    "title": Column("model", width=130),
    "index": Column("index", Kind.NUMBER, width=54, decimals=1),
    "interval": Column("90 % interval", width=116),
    "price_usd_per_mtok": Column("$ per million tokens", Kind.NUMBER, digits=3, width=160),
    "organization": Column("maker", width=105),
    "released_on": Column("released or first seen", Kind.DAY, width=170),
    "weights": Column("weights", width=75),
    "kind_of_model": Column("reasoning", width=90),
    "index_per_dollar": Column("index points per $", Kind.NUMBER, digits=3, width=145),
    "input_usd_per_mtok": Column("input, $ per million tokens", Kind.NUMBER, digits=3, width=205),
    "output_usd_per_mtok": Column("output, $ per million tokens", Kind.NUMBER, digits=3, width=215),
    "last_confirmed_on": Column("price last confirmed", Kind.DAY, width=160),
    "benchmarks": Column("benchmarks", Kind.NUMBER, width=100),
    "model_id": Column("model id"),
}


@dataclass(frozen=True, slots=True)
class ModelListControls(ModelFilters):
    """Which models are listed, and in which order."""

    sort: str = control(
        "index",
        Choice(
            "Sorted by",
            (
                Option("index", "capability index"),
                Option("per-dollar", "index points per dollar"),
                Option("price", "list price, lowest first"),
                Option("released", "release, newest first"),
                Option("benchmarks", "number of benchmarks"),
                Option("name", "name"),
            ),
        ),
    )


def answer(view: View, controls: ModelListControls) -> Answer:
    """Every model that passes, with its index, price and facts."""
    rows = listed(view)
    if rows.is_empty():
        return nothing_known("no model is known as of this date.")
    rows = kept(rows, controls)
    column, falling = SORTED_BY[controls.sort]
    rows = rows.sort(column, "model_id", descending=[falling, False], nulls_last=True)
    among = scope(controls)
    if rows.is_empty():
        return nothing_known(f"no model is known{among}. {words.UNKNOWN}")
    by = known_models(view)[1]
    priced_on = last_priced_day(view, view.as_of)
    lacking = words.caveat(rows)
    notes = [by.note, index_note(view), lacking, too_new(view, lacking, rows["model_id"])]
    caveat, rest = as_fit([*notes, of_priced_day(priced_on, view.as_of)])
    return Answer(
        first_line=words.first_line(rows, leaders(rows, view.as_of), among, _newest(view)),
        caveat=caveat,
        rests_on=f"{words.RESTS_ON} {words.UNKNOWN} {rest}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            Paragraph("Choose up to five rows to compare them, or one to see all that is known of it."),
            Table("models", rows, columns_by(column), leads_to=("models", "find", "compare", "models")),
            Paragraph(words.per_dollar(is_in_sight=controls.sort == "per-dollar")),
            Link("capability", "The same as a chart: score against cost"),
        ),
    )


def columns_by(sorted_by: str) -> dict[str, Column]:
    """The columns, that by which the rows are sorted beside the name: a telephone shows three or four."""
    first = {name: COLUMNS[name] for name in ("title", sorted_by)}
    return first | COLUMNS


def listed(view: View) -> pl.DataFrame:
    """The models that have a score or a price, each with its index and its list price in force.

    In force on the last day on which enough prices were confirmed.
    """
    index = view.ask("index_for_trend").select("model_id", "low", "high")
    prices = price_steps(view, last_priced_day(view, view.as_of)).filter("is_list_price")
    return (
        told_models(view)
        .join(index, on="model_id", how="left")
        .join(
            prices.select(
                "model_id", "input_usd_per_mtok", "output_usd_per_mtok", "last_confirmed_on"
            ).unique("model_id", keep="first"),
            on="model_id",
            how="left",
        )
        .with_columns(
            price_usd_per_mtok=blended_price(),
            weights=pl.col("open_weights").replace_strict(
                {True: "open", False: "closed"}, default=None, return_dtype=pl.String
            ),
            kind_of_model=pl.when("reasoning").then(pl.lit("yes")),
            interval=pl.struct("low", "high").map_elements(words.interval, return_dtype=pl.String),
        )
        .with_columns(index_per_dollar=pl.col("index") / pl.col("price_usd_per_mtok"))
    )


def leaders(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """The rows of all that share the first place on the index, the best first; none where none has one."""
    placed = rows.drop_nulls(["index", "released_on"]).select(
        "model_id",
        "organization",
        "released_on",
        "open_weights",
        value="index",
        stderr=error_of_interval(),
        cost=pl.lit(None, pl.Float64),
    )
    if placed.filter(pl.col("released_on") <= on).is_empty():
        return rows.clear()
    first = best_so_far(placed, on).leaders.select("model_id")
    return first.join(rows, on="model_id", how="left", maintain_order="left")


def _newest(view: View) -> date | None:
    """The day on which the newest score of any model in the index was first seen."""
    seen = view.ask("index_seen")["last_observed_at"].item()
    return min(seen.date(), view.as_of) if seen else None


QUESTION: Final = Question(
    name="modellist",
    title="All models",
    asks="Which models are there, what does each score and cost, and which match a filter?",
    answer=answer,
    controls=ModelListControls,
)
