"""Data: where every figure comes from, how fresh it is, what was refused; run or pause a source."""

from __future__ import annotations

import streamlit as st

from pages import frame
from pages.refusals import show_doubted_prices, show_quarantine, show_unresolved
from pages.source_health import show_sources
from store.ledger import Ledger

view = frame.view()
st.title("Data")
if view.ask("sources").is_empty():
    frame.nothing_yet("no source is described in this snapshot.")
else:
    show_sources(view, Ledger(view.settings.ledger_file))
    show_quarantine(view)
    show_doubted_prices(view)
    show_unresolved(view)
