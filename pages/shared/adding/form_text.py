"""The form as a text: what was chosen writes it, and whoever likes may write it on by hand."""

from __future__ import annotations

import streamlit as st

from pipeline import drafting


def edited(came: drafting.Came, chosen: str) -> str:
    """The form's text: as chosen, or as edited by hand."""
    with st.expander("The form (TOML)"):
        by_hand = st.toggle(
            "Edit by hand",
            key=f"by-hand-{came.about.name}",
            help="What is chosen above then no longer counts.",
        )
        if not by_hand:
            st.code(chosen, language="toml")
            return chosen
        return st.text_area("Form", value=chosen, height=360, key=f"form-{came.about.name}")
