"""The second step: what came as a table, and as what its rows are read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from pages.shared import frame
from pipeline import drafting

_GUESSED: Final = "adding-guessed"


def choose(came: drafting.Came) -> drafting.Proposal | None:
    """The proposal that a person picks; None, with the reason, where there is none."""
    guessed = _guessed(came, "")
    table = _table(came, guessed) if len(guessed.tables) > 1 else ""
    guessed = _guessed(came, table)
    if guessed.currency:
        usd = st.number_input(
            f"What one {guessed.currency} is in USD",
            min_value=0.0,
            value=None,
            format="%.4f",
            key=f"usd-{came.entry.sha256}",
        )
        guessed = _guessed(came, table, usd) if usd else guessed
    if not guessed.proposals:
        st.warning(frame.plain(f"No table of models, figures or dates was found. {guessed.reason}"))
        return None
    place = st.selectbox(
        "Its rows are",
        range(len(guessed.proposals)),
        format_func=lambda at: _called(guessed.proposals[at]),
        key=f"reading-{came.entry.sha256}-{guessed.proposals[0].table}",
    )
    proposal = guessed.proposals[place]
    with st.expander("The table as it came", expanded=True):
        st.dataframe(drafting.table_of(proposal), hide_index=True, height=220)
    return proposal


def _table(came: drafting.Came, guessed: drafting.Guessed) -> str:
    """Which of several tables is meant: the likeliest until a person says another."""
    names = [table.name for table in guessed.tables]
    likeliest = guessed.proposals[0].table if guessed.proposals else names[0]
    return st.selectbox(
        f"There are {len(names)} tables in it. Read",
        names,
        index=names.index(likeliest) if likeliest in names else 0,
        format_func=lambda name: next(table.told() for table in guessed.tables if table.name == name),
        key=f"table-{came.entry.sha256}",
    )


def _called(proposal: drafting.Proposal) -> str:
    refused = f", {proposal.refused:,} in quarantine" if proposal.refused else ""
    return f"{drafting.kind_of(proposal)}: {proposal.taken:,} rows{refused}"


def _guessed(came: drafting.Came, table: str, usd: float | None = None) -> drafting.Guessed:
    """Guessed once for each table of a payload, and each rate, in a session."""
    of = (came.about, came.entry.sha256)
    kept: dict[tuple[str, float | None], drafting.Guessed]
    last, kept = st.session_state.get(_GUESSED, (None, {}))
    if last != of:
        kept = {}
    if (table, usd) not in kept:
        with st.spinner("Looking for tables"):
            asked = replace(came, about=replace(came.about, usd=usd))
            kept[table, usd] = drafting.guess(frame.settings(), asked, table)
        st.session_state[_GUESSED] = (of, kept)
    return kept[table, usd]
