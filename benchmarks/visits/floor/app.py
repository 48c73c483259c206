"""Streamlit as it comes, to hold our pages against: an empty page and one with a bare Plotly chart, twice."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "entry.py")
