"""What each model costs and brings, with intervals, as a table of words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl

from analysis.results import Estimate
from analysis.worth.value import OfferValue
from charts.parts.axes import money
from charts.parts.percent import no_break_percent, percent

BREAK_EVEN = "break-even value of a solved task"


def value_table(values: Sequence[OfferValue], names: Mapping[str, str]) -> pl.DataFrame:
    """What a try, a solved task and a wait cost, with intervals: a row per quantity, one column a model.

    Without waits and costs of a failure a task breaks even at what it costs solved, and that row is left out.
    """
    columns = {names[value.model_id]: _column(value) for value in values}
    if all(value.break_even_value_usd == value.cost_per_solved_usd for value in values):
        for column in columns.values():
            del column[BREAK_EVEN]
    return pl.DataFrame({"quantity (90 % interval)": list(next(iter(columns.values())))}).with_columns(
        pl.Series(title, [no_break_percent(cell) for cell in column.values()])
        for title, column in columns.items()
    )


def amount(value: float) -> str:
    """US dollars, where an infinite value of a task means that no value is high enough."""
    return "never" if math.isinf(value) else money(value)


def _column(value: OfferValue) -> dict[str, str]:
    return {
        "cost per try": _short(value.cost_per_call_usd),
        "tasks solved, with retries": _share(value.solved_share),
        "cost per solved task": _short(value.cost_per_solved_usd),
        "time per solved task": _seconds(value.seconds_per_solved),
        "net value per task": _short(value.net_value_usd),
        BREAK_EVEN: _short(value.break_even_value_usd),
        "best of these": f"in {percent(value.share_best)} of draws",
    }


def _short(estimate: Estimate) -> str:
    ends = estimate.interval
    if ends is None or ends.low == ends.high:
        return amount(estimate.value)
    return f"{amount(estimate.value)} ({amount(ends.low)} to {amount(ends.high)})"


def _share(estimate: Estimate) -> str:
    ends = estimate.interval
    told = f" ({percent(ends.low)} to {percent(ends.high)})" if ends else ""
    return f"{percent(estimate.value)}{told}"


def _seconds(estimate: Estimate | None) -> str:
    if estimate is None:
        return "not recorded"
    ends = estimate.interval
    told = f" ({ends.low:.0f} to {ends.high:.0f})" if ends else ""
    return f"{estimate.value:.0f} s{told}"
