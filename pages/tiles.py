"""The tiles beside the index on the overview: METR's time horizon, and a measured cost per task."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from charts.parts.axes import dollars, score_text
from pages import asking, frame
from pages.frame import View

HORIZON: Final = "metr-horizon-50-v1.1"
COSTED: Final = "arc-agi-2"

# Above this METR itself calls its horizons unreliable: its tasks are not long enough.
RELIABLE_MINUTES: Final = 16 * 60


def show_tiles(view: View) -> None:
    """Two figures beside the index, each with its model; what is not known is left out."""
    horizons = asking.scores_of(view, HORIZON).dated.sort("value", descending=True)
    costed = asking.scores_of(view, COSTED, "task").rows.filter(pl.col("cost_per_task_usd") > 0)
    best_costed = costed.sort("value", "cost_per_task_usd", descending=[True, False])
    left, right = st.columns(2)
    with left:
        for row in horizons.head(1).iter_rows(named=True):
            st.metric("Longest time horizon at 50 % success (METR 1.1)", score_text(row["value"], "minutes"))
            doubt = (
                " METR calls horizons above 16 hours unreliable." if row["value"] > RELIABLE_MINUTES else ""
            )
            st.caption(f"{row['title']}, {_interval(row['low'], row['high'])}.{doubt}")
    with right:
        for row in best_costed.head(1).iter_rows(named=True):
            price = frame.plain(dollars(row["cost_per_task_usd"]))
            st.metric("Measured cost per task of the best ARC-AGI-2 score", price)
            st.caption(
                f"{row['title']}, which solves {score_text(row['value'], 'fraction')}. A list price is not a "
                "cost; this was measured."
            )


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "no interval published"
    return f"95 % interval {score_text(low, 'minutes')} to {score_text(high, 'minutes')}"
