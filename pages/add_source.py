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
        st.subheader("What each column means")
        text = form_text.edited(arrived, mapping.choose(proposal))
        checked = trial.show(arrived, text)
        saving.offer(arrived, text, checked)
