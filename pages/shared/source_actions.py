"""What the operator may ask for beside one source: run now, pause, resume, another cadence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import polars as pl
import streamlit as st

from pages.shared import frame
from pages.shared.widgets import Widgets
from questions.sources.health import who_refreshes
from questions.sources.words import WHAT_REFRESHES
from store.cadence import CadenceError, next_times
from store.ledger import Action

OWN: Final = "at its own cadence"
CADENCES: Final = {
    OWN: None,
    "every hour": "1h",
    "every 3 hours": "3h",
    "every 6 hours": "6h",
    "every 12 hours": "12h",
    "every day": "1d",
    "every week": "7d",
    "every 30 days": "30d",
}
"""What is offered, in the words of the schedule; anything else can be typed."""

TYPED: Final = "An interval such as 90m, 6h, 2w, or a cron line in UTC such as 17 */6 * * *."
NEXT_SHOWN: Final = 3

FOR_OPERATORS: Final = (
    "Running, pausing and adding sources is for the operator of this server: [sign in](/operator)."
)


def source_actions(widgets: Widgets) -> None:
    """Buttons for the chosen source; whichever process schedules carries the requests out."""
    source, ledger, now = widgets.controls.source, widgets.view.ledger, datetime.now(UTC)
    if source is None:
        return
    if not frame.operator():
        st.caption(FOR_OPERATORS)
        return
    if not any(well for well, _ in who_refreshes(ledger, now)):
        st.caption(WHAT_REFRESHES)
    own = _own_cadence(widgets, source)
    now_kept = ledger.cadences().get(source, own)
    left, middle, right = st.columns([3, 3, 2], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Refresh", list(CADENCES), key="refresh", help=f"Now: {now_kept}.")
    with middle:
        typed = st.text_input(
            "or as you write it", key="cadence", placeholder="90m or 17 */6 * * *", help=TYPED
        )
    cadence = typed.strip() or CADENCES[chosen]
    problem = _told(cadence or own, now)
    with right:
        if st.button("Change cadence", key="action-cadence", width="stretch", disabled=problem):
            ledger.set_cadence(source, cadence, now)
            st.toast(f"{source} will be refreshed {typed.strip() or chosen}.")
    with st.container(horizontal=True):
        for action in (Action.RUN, Action.PAUSE, Action.RESUME):
            if st.button(action.value.capitalize(), key=f"action-{action.name.lower()}"):
                ledger.ask(source, action, now)
                st.toast(f"Asked for: {action.value}, {source}.")
    waiting = ledger.waiting()
    if waiting:
        st.caption(f"Asked for and not begun yet: {', '.join(waiting)}.")


def _told(cadence: str, now: datetime) -> bool:
    """Say when a cadence would run next, or why it is none; whether it is none."""
    try:
        times = next_times(cadence, now, NEXT_SHOWN)
    except CadenceError as error:
        st.error(str(error))
        return True
    st.caption(f"From now: {', '.join(f'{at:%a %d %b %H:%M}' for at in times) or 'never'} (UTC)")
    return not times


def _own_cadence(widgets: Widgets, source: str) -> str:
    own: str = widgets.view.ask("sources").filter(pl.col("source_id") == source)["cadence"].item()
    return own
