"""The Pareto front of score and cost at the end of each month: what was there, what was new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from analysis.capability.frontier import contenders
from analysis.capability.pareto import undominated


@dataclass(frozen=True, slots=True)
class Moment:
    """One day of the front.

    `models`: all priced models by then, the columns of the input, by rising cost and value, with `on_front`
    and `newcomer` (on the front, and not priced at the moment before; never at the first).
    """

    on: date
    models: pl.DataFrame

    @property
    def front(self) -> pl.DataFrame:
        """The models that no other beats on both, by rising cost and value."""
        return self.models.filter("on_front")

    def cheapest(self, value: float) -> dict[str, Any] | None:
        """The cheapest model that reaches a value; None where none does."""
        reached = self.front.filter(pl.col("value") >= value)
        return reached.row(0, named=True) if reached.height else None


def month_ends(first: date, last: date) -> tuple[date, ...]:
    """The last days of all months from that of `first` on, up to `last`, which ends the row itself."""
    ends = []
    day = first
    while (end := _end_of_month(day)) < last:
        ends.append(end)
        day = end + timedelta(days=1)
    return (*ends, last)


def moments(fields: Iterable[tuple[date, pl.DataFrame]]) -> tuple[Moment, ...]:
    """The front on each day, days on which no model has a cost left out.

    `fields`: days in order, each with the models as for `pareto_front`, at the costs in force on it. Raises
    ValueError on missing columns.
    """
    found: list[Moment] = []
    for on, models in fields:
        priced = contenders(models, on, needs_cost=True).models.sort("cost", "value", "model_id")
        if priced.is_empty():
            continue
        on_front = undominated(priced["cost"].to_numpy(), priced["value"].to_numpy())
        before = found[-1].models["model_id"].to_list() if found else priced["model_id"].to_list()
        found.append(
            Moment(
                on,
                priced.with_columns(on_front=pl.Series(on_front)).with_columns(
                    newcomer=pl.col("on_front") & ~pl.col("model_id").is_in(before)
                ),
            )
        )
    return tuple(found)


def twelve_months_before(row: Sequence[Moment], place: int) -> Moment | None:
    """The moment of the same month a year before; None where there is none."""
    on = row[place].on
    wanted = (on.year - 1, on.month)
    return next((one for one in row[:place] if (one.on.year, one.on.month) == wanted), None)


def _end_of_month(day: date) -> date:
    first_of_next = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)
