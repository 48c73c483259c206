"""Add a source: from an address or a file to a form that takes it in, seen before anything is stored."""

from __future__ import annotations

import streamlit as st

from pages.registry import page_of
from pages.shared import frame
from pages.shared.adding import came, form_text, mapping, reading, saving, trial

st.title("Add a source")
frame.answer(page_of("add_source").line)
st.markdown("Nothing is stored before you save. Guesses can be changed, and doubtful guesses are flagged.")
arrived = came.ask()
if arrived is not None:
    proposal = reading.choose(arrived)
    if proposal is not None:
        # Each step in a place of its own: what follows it does not move, nor stand twice for a moment, where
        # it says more or less than before.
        with st.container():
            st.subheader("What each column means")
            text = form_text.edited(arrived, mapping.choose(proposal))
        with st.container():
            checked = trial.show(arrived, text)
        with st.container():
            saving.offer(arrived, text, checked)
