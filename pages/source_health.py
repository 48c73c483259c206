"""How every source stands, and what a person may ask for: run now, pause, resume, another cadence."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl
import streamlit as st

from charts.parts.figure import in_words
from pages import frame
from pages.frame import View
from pages.source_states import SourceState, states
from pages.tables import INSTANT, show_table
from store.ledger import Ledger, Wish

LOOK_AGAIN_SECONDS: Final = 5
RUNS_READ: Final = 5_000
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

MEANINGS: Final = (
    "Fresh: the last run went well and the next is not due. Due: its time has come, or it has never run "
    "here. Late: its time passed more than ten minutes ago. Failing: the last run failed, and the error "
    "says why. A back-fill never makes a source fresh."
)
COLUMNS: Final[dict[str, Any]] = {
    "state": st.column_config.TextColumn("state", width=75),
    "source_id": st.column_config.TextColumn("source", width=150),
    "last_success_at": st.column_config.DatetimeColumn("last success", format=INSTANT, width=130),
    "last_new_at": st.column_config.DatetimeColumn("last new data", format=INSTANT, width=130),
    "next_run_at": st.column_config.DatetimeColumn("next run", format=INSTANT, width=130),
    "rows_held": st.column_config.NumberColumn("rows held", format="localized", width=85),
    "last_error": st.column_config.TextColumn("error of the last run", width=215),
    "last_as_of": st.column_config.DatetimeColumn("data up to", format="YYYY-MM-DD"),
    "rows_added": "rows added by the last run",
    "rows_refused": "refused by the last run",
    "retries": "retries",
    "last_seconds": st.column_config.NumberColumn("took", format="%.1f s"),
    "cadence": "cadence (UTC)",
    "title": "what it is",
    "licence": "licence",
    "homepage": st.column_config.LinkColumn("homepage", display_text="open"),
}


def first_line(table: pl.DataFrame, now: datetime) -> str:
    """How many sources are in which state."""
    counts = dict(table.group_by("state").len().iter_rows())
    told = [f"{counts[state.value]} {_words(state)}" for state in SourceState if state.value in counts]
    return f"On {in_words(now.date())} at {now:%H:%M} UTC, of {table.height} sources: {', '.join(told)}."


def _words(state: SourceState) -> str:
    return "in need of a key" if state is SourceState.NEEDS_KEY else state.value


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def show_sources(view: View, ledger: Ledger) -> None:
    """All sources with their states, and the buttons; looks again by itself."""
    now = datetime.now(UTC)
    table = states(view.ask("sources"), ledger.health(), ledger.runs(limit=RUNS_READ), os.environ, now)
    frame.answer(first_line(table, now))
    frame.freshness(view)
    wanted = st.pills(
        "State",
        [state.value for state in SourceState],
        selection_mode="multi",
        key="state",
        bind="query-params",
        help=MEANINGS,
    )
    shown = table.filter(pl.col("state").is_in(wanted)) if wanted else table
    show_table(shown.select(list(COLUMNS)), "sources", COLUMNS)
    show_requests(table, ledger, now)


def show_requests(table: pl.DataFrame, ledger: Ledger, now: datetime) -> None:
    """Ask for a run, a pause, a resumption or a cadence; whichever process schedules carries it out."""
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Source", table["source_id"].to_list(), key="source", bind="query-params")
    row = table.row(by_predicate=pl.col("source_id") == chosen, named=True)
    with middle:
        cadence = st.selectbox(
            "Refresh",
            list(CADENCES),
            key="refresh",
            bind="query-params",
            help=f"Now: {row['cadence']} (an interval, or a cron line in UTC). {OWN_CADENCE}",
        )
    with right:
        if st.button("Change cadence", key="wish-cadence", width="stretch"):
            change_cadence(ledger, chosen, CADENCES[cadence], now)
            st.toast(f"{chosen} will be refreshed {cadence}.")
    with st.container(horizontal=True):
        for wish in (Wish.RUN, Wish.PAUSE, Wish.RESUME):
            if st.button(wish.value.capitalize(), key=f"wish-{wish.name.lower()}"):
                ledger.ask(chosen, wish, now)
                st.toast(f"Asked for: {wish.value}, {chosen}.")
    waiting = ledger.waiting()
    if waiting:
        st.caption(f"Asked for and not begun yet: {', '.join(waiting)}.")
    if row["last_error"]:
        st.error(row["last_error"], icon=":material/error:")
    runs = ledger.runs(chosen, limit=20)
    if runs.is_empty():
        st.caption(f"{chosen} has not run on this machine yet.")
        return
    many = frame.counted(runs.height, "run") if runs.height > 1 else "run"
    with st.expander(f"The last {many} of {chosen}"):
        show_table(runs.drop("source_id"), "runs")


def change_cadence(ledger: Ledger, source_id: str, cadence: str | None, now: datetime) -> None:
    """Keep a person's cadence; the timer is set anew at once, unless the source rests, then on resuming."""
    ledger.set_cadence(source_id, cadence)
    if source_id not in ledger.paused():
        ledger.ask(source_id, Wish.RESUME, now)
