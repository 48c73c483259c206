"""The entry of the dashboard: navigation, style, the controls that all pages share; then the page itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.registry import PAGES, sections
from pages.shared import frame
from pages.shared.search_box import search_box
from pages.shared.widgets import asked_in_vain

st.set_page_config(page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide")
frame.style()
page = st.navigation(
    {
        section: [
            st.Page(
                entry.file,
                title=entry.title,
                icon=entry.icon,
                url_path=entry.address,
                default=entry is PAGES[0],
            )
            for entry in entries
        ]
        for section, entries in sections().items()
    },
    expanded=True,  # else all pages past the tenth hide behind "View more"
)
st.set_page_config(page_title=f"{page.title} · hypecurve")
with st.sidebar:
    search_box()
frame.sidebar()
for entry in PAGES:
    if entry.title == page.title and not entry.answers:
        for problem in asked_in_vain(entry.takes):
            st.warning(frame.plain(problem))
page.run()
