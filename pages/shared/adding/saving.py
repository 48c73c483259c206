"""The last step: the form is taken along, or saved and fetched by the operator."""

from __future__ import annotations

from typing import Final

import streamlit as st

from errors import ExpectedError
from pages.shared import frame
from pages.shared.source_actions import FOR_OPERATORS
from pipeline import drafting

_SAVED: Final = "adding-saved"


def offer(came: drafting.Came, text: str, checked: drafting.Checked) -> None:
    """Buttons to download the form, and to save it where the operator asks."""
    st.subheader("Keep it")
    name = came.about.name
    with st.container(horizontal=True):
        st.download_button("Download the form", text, f"{name}.toml", "application/toml", on_click="ignore")
        if frame.operator():
            nothing = not checked.frames
            if st.button("Save and take in", type="primary", disabled=nothing, key="save"):
                _save(came, text)
        else:
            st.caption(FOR_OPERATORS)
    if checked.frames and checked.problems:
        st.caption("It can be saved as it is; what does not fit stands in quarantine with its reason.")
    if st.session_state.get(_SAVED) == name:
        st.success(f"{name} is saved and will be taken in at once; the page Sources shows how it stands.")


def _save(came: drafting.Came, text: str) -> None:
    try:
        drafting.save(frame.settings(), came, text)
    except ExpectedError as error:
        st.error(frame.plain(str(error)))
        return
    st.session_state[_SAVED] = came.about.name
