"""Data: where every figure comes from, how fresh it is, what was refused; run or pause a source."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

import polars as pl
import streamlit as st

from pages import frame
from pages.frame import View
from pages.source_states import SourceState, states
from pages.tables import show_table
from store.ledger import Ledger, Wish

LOOK_AGAIN_SECONDS: Final = 5
RUNS_READ: Final = 5_000
MOST_REFUSED: Final = 500
ICONS: Final = {
    SourceState.FRESH: ":material/check_circle:",
    SourceState.DUE: ":material/schedule:",
    SourceState.LATE: ":material/hourglass_bottom:",
    SourceState.FAILING: ":material/error:",
    SourceState.PAUSED: ":material/pause_circle:",
    SourceState.NEEDS_KEY: ":material/key:",
}
INSTANT: Final = "YYYY-MM-DD HH:mm"
COLUMNS: Final = {
    "state": "state",
    "source_id": "source",
    "title": "title",
    "last_success_at": st.column_config.DatetimeColumn("last success", format=INSTANT),
    "last_new_at": st.column_config.DatetimeColumn("last new data", format=INSTANT),
    "next_run_at": st.column_config.DatetimeColumn("next run", format=INSTANT),
    "last_as_of": st.column_config.DatetimeColumn("data up to", format="YYYY-MM-DD"),
    "last_seconds": st.column_config.NumberColumn("took", format="%.1f s"),
    "rows_added": "rows added",
    "rows_refused": "refused",
    "retries": "retries",
    "last_error": st.column_config.TextColumn("error", width="large"),
    "rows_held": "rows held",
    "cadence": "cadence (UTC)",
    "licence": "licence",
    "homepage": st.column_config.LinkColumn("homepage", display_text="open"),
}


def first_line(table: pl.DataFrame) -> str:
    """How many sources are in which state."""
    counts = dict(table.group_by("state").len().iter_rows())
    told = [f"{counts[state.value]} {_words(state)}" for state in SourceState if state.value in counts]
    return f"{table.height} sources: {', '.join(told)}."


def _words(state: SourceState) -> str:
    return "in need of a key" if state is SourceState.NEEDS_KEY else state.value


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def show_sources(view: View, ledger: Ledger) -> None:
    """All sources with their states, and the buttons; looks again by itself."""
    now = datetime.now(UTC)
    table = states(view.ask("sources"), ledger.health(), ledger.runs(limit=RUNS_READ), os.environ, now)
    frame.answer(first_line(table))
    frame.freshness(view)
    wanted = st.pills(
        "State",
        [state.value for state in SourceState],
        selection_mode="multi",
        key="state",
        bind="query-params",
        format_func=lambda value: f"{ICONS[SourceState(value)]} {value}",
    )
    shown = table.filter(pl.col("state").is_in(wanted)) if wanted else table
    show_table(shown.select(list(COLUMNS)), "sources", COLUMNS)
    show_buttons(table["source_id"].to_list(), ledger, now)


def show_buttons(source_ids: list[str], ledger: Ledger, now: datetime) -> None:
    """Ask for a run, a pause or a resumption; whichever process schedules carries it out."""
    chosen = st.selectbox("Source", source_ids, key="source", bind="query-params")
    with st.container(horizontal=True):
        for wish in (Wish.RUN, Wish.PAUSE, Wish.RESUME):
            if st.button(wish.value.capitalize(), key=f"wish-{wish.name.lower()}"):
                ledger.ask(chosen, wish, now)
                st.toast(f"Asked for: {wish.value}, {chosen}.")
    waiting = ledger.waiting()
    if waiting:
        st.caption(f"Asked for and not begun yet: {', '.join(waiting)}.")
    runs = ledger.runs(chosen, limit=20)
    with st.expander(f"The last {frame.counted(runs.height, 'run')} of {chosen}"):
        show_table(runs, "runs")


def show_quarantine(view: View) -> None:
    """What was refused and why."""
    st.subheader("Quarantine")
    reasons = view.ask("quarantine_reasons", source="")
    if reasons.is_empty():
        st.info("Nothing was refused: every row of every payload held to its schema.")
        return
    st.markdown(
        f"Kept out, with the reason: {frame.counted(reasons['rows'].sum(), 'row')} that broke their schema."
    )
    show_table(reasons, "reasons")
    source = st.selectbox(
        "Rows refused from",
        reasons["source_id"].unique().sort().to_list(),
        key="refused_from",
        bind="query-params",
    )
    show_table(view.ask("quarantine", source=source, most=MOST_REFUSED), "refused")


view = frame.view()
st.title("Data")
if view.ask("sources").is_empty():
    frame.nothing_yet("no source is described in this snapshot.")
else:
    show_sources(view, Ledger(view.settings.ledger_file))
    show_quarantine(view)
