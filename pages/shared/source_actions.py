"""What a person may ask for beside one source: run now, pause, resume, another cadence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import polars as pl
import streamlit as st

from pages.shared.widgets import Widgets
from store.ledger import Ledger, Wish

CADENCES: Final = {
    "at the source's own cadence": None,
    "every hour": "1h",
    "every 3 hours": "3h",
    "every 6 hours": "6h",
    "every 12 hours": "12h",
    "every day": "1d",
    "every week": "7d",
    "every 30 days": "30d",
}
"""What is offered, in the words of the schedule.

A list and no field for a line of one's own: a page may not ask the scheduler's parser, and a cadence that it
cannot read would stop all timers when the process starts.
"""

OWN_CADENCE: Final = (
    "A cron line of your own goes into the source's file as its cadence; `hypecurve doctor` says whether it "
    "can be read."
)


def source_actions(widgets: Widgets) -> None:
    """Buttons for the chosen source; whichever process schedules carries the wishes out."""
    source, ledger, now = widgets.controls.source, widgets.view.ledger, datetime.now(UTC)
    if source is None:
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        cadence = st.selectbox(
            "Refresh",
            list(CADENCES),
            key="refresh",
            help=f"Now: {_cadence(widgets, source)} (an interval, or a cron line in UTC). {OWN_CADENCE}",
        )
    with right:
        if st.button("Change cadence", key="wish-cadence", width="stretch"):
            change_cadence(ledger, source, CADENCES[cadence], now)
            st.toast(f"{source} will be refreshed {cadence}.")
    with st.container(horizontal=True):
        for wish in (Wish.RUN, Wish.PAUSE, Wish.RESUME):
            if st.button(wish.value.capitalize(), key=f"wish-{wish.name.lower()}"):
                ledger.ask(source, wish, now)
                st.toast(f"Asked for: {wish.value}, {source}.")
    waiting = ledger.waiting()
    if waiting:
        st.caption(f"Asked for and not begun yet: {', '.join(waiting)}.")


def change_cadence(ledger: Ledger, source_id: str, cadence: str | None, now: datetime) -> None:
    """Keep a person's cadence; the timer is set anew at once, unless the source rests, then on resuming."""
    ledger.set_cadence(source_id, cadence)
    if source_id not in ledger.paused():
        ledger.ask(source_id, Wish.RESUME, now)


def _cadence(widgets: Widgets, source: str) -> str:
    own: str = widgets.view.ask("sources").filter(pl.col("source_id") == source)["cadence"].item()
    return widgets.view.ledger.cadences().get(source, own)
