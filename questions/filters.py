"""The filters that readers keep over pages: maker, weights, price cap, reasoning.

A question that can be asked of some models only takes them by inheriting its controls from `ModelFilters`,
or from `KindOfModel` where it asks for prices itself; it asks `kept` or `passing` for what stays, and says
`scope` in its first line. Pages keep what was chosen, and say where a question does not take it (see
pages/shared/widgets.py); addresses, routes and commands take them as they take every control.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.price.blend import blended_price
from charts.parts.axes import dollars
from questions.controls import Choice, Chosen, Option, control
from questions.offers import price_steps, with_list_prices
from questions.view import View

SHARED: Final = {
    "maker": "maker",
    "weights": "weights",
    "reasoning": "reasoning",
    "price_cap": "list price",
}
"""What readers keep over pages, by the name of the control: any question may have one of them for itself."""

FILTERS: Final = "filters"
"""The place of the filters' widgets, which pages fold together."""

OPEN: Final = "open"
REASONING: Final = "yes"
CAPS: Final = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""What can be asked for as the highest blended list price, in US dollars per million tokens."""


def makers_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The makers of models known now, those of most models first."""
    makers = view.ask("models", view.known_now).drop_nulls("organization").group_by("organization").len()
    names = makers.sort("len", "organization", descending=[True, False])["organization"]
    return [Option(name, name) for name in names]


@dataclass(frozen=True, slots=True)
class KindOfModel:
    """Which models a question is asked of, whatever they cost; all of them where nothing is chosen."""

    maker: str | None = control(None, Choice("Maker", makers_to_choose, near=FILTERS, optional=True))
    weights: str | None = control(
        None,
        Choice(
            "Weights",
            (Option(OPEN, "open weights"), Option("closed", "closed weights")),
            near=FILTERS,
            optional=True,
        ),
    )
    reasoning: str | None = control(
        None,
        Choice(
            "Reasoning",
            (Option(REASONING, "reasoning models"), Option("no", "others")),
            help="As the makers and price lists say; of many models it is not known.",
            near=FILTERS,
            optional=True,
        ),
    )


@dataclass(frozen=True, slots=True)
class ModelFilters(KindOfModel):
    """Which models a question is asked of; all of them where nothing is chosen."""

    price_cap: str | None = control(
        None,
        Choice(
            "List price at most",
            tuple(Option(f"{cap:g}", f"{dollars(cap)} per million tokens") for cap in CAPS),
            help="Three input tokens to one of output. A model without a list price is left out.",
            near=FILTERS,
            optional=True,
        ),
    )


def kept(rows: pl.DataFrame, filters: KindOfModel) -> pl.DataFrame:
    """The rows that pass: what is not known of a model never passes a filter that asks for it.

    `rows`: organization, open_weights, reasoning, input_usd_per_mtok, output_usd_per_mtok (list prices).
    """
    asked: list[pl.Expr] = []
    if filters.maker:
        asked.append(pl.col("organization") == filters.maker)
    if filters.weights:
        asked.append(pl.col("open_weights") == (filters.weights == OPEN))
    if filters.reasoning:
        asked.append(pl.col("reasoning") == (filters.reasoning == REASONING))
    if cap := price_cap_of(filters):
        asked.append(blended_price() <= cap)
    return rows.filter(*asked)


def price_cap_of(filters: KindOfModel) -> float | None:
    """The highest price asked for, where the question takes one and the reader named one."""
    return float(filters.price_cap) if isinstance(filters, ModelFilters) and filters.price_cap else None


def chosen_filters(filters: KindOfModel) -> tuple[str | None, ...]:
    """What was chosen, as a key by which results are kept."""
    return tuple(getattr(filters, name, None) for name in SHARED)


def passing(view: View, filters: KindOfModel) -> frozenset[str] | None:
    """The model_ids of the models that pass; None where nothing is chosen, so that all do."""
    if not any(chosen_filters(filters)):
        return None
    models = with_list_prices(view.ask("models", view.known_now), price_steps(view, view.as_of))
    return frozenset(kept(models, filters)["model_id"])


def only(rows: pl.DataFrame, model_ids: frozenset[str] | None) -> pl.DataFrame:
    """The rows of these models; all rows for None. `rows`: model_id."""
    return rows if model_ids is None else rows.filter(pl.col("model_id").is_in(list(model_ids)))


def scope(filters: KindOfModel) -> str:
    """Of which models it is asked, as it goes on in a sentence: " among open-weight models up to $1"."""
    kinds = {OPEN: "open-weight ", "closed": "closed "}.get(filters.weights or "", "")
    kinds += {REASONING: "reasoning ", "no": "non-reasoning "}.get(filters.reasoning or "", "")
    maker = f"{filters.maker} " if filters.maker else ""
    most = price_cap_of(filters)
    cap = f" up to {dollars(most)}" if most else ""
    return f" among {maker}{kinds}models{cap}" if maker or kinds or cap else ""


def scope_note(filters: KindOfModel) -> str:
    """The same for the foot of a chart, which may stand alone; empty where all models were asked."""
    among = scope(filters)
    return f"Asked{among} only" if among else ""
