"""The fourth step: the form tried on what came, at every change; its rows, and where they land."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import polars as pl
import streamlit as st

from charts.parts.figure import Footing
from charts.sources.landing import landing
from pages.shared import frame
from pages.shared.chart_block import draw_chart
from pipeline import drafting

_TRIED: Final = "adding-tried"
_PREVIEW: Final = 50
_MOST_TOLD: Final = 8


def show(came: drafting.Came, text: str) -> drafting.Checked:
    """What would go in, what would not and why, and what it would change."""
    st.subheader("What would go in")
    checked = _tried(came, text)
    for problem in checked.problems[:_MOST_TOLD]:
        st.error(frame.plain(problem))
    for kind, rows in checked.frames.items():
        said = [name for name in rows.columns if rows[name].null_count() < rows.height]
        st.markdown(f"**{kind.value.replace('_', ' ').capitalize()}: {rows.height:,} rows**")
        days = pl.selectors.date().cast(pl.String)  # else drawn as midnights
        st.dataframe(rows.select(said).head(_PREVIEW).with_columns(days), hide_index=True, height=220)
    for sentence in (*checked.effect.sentences, *checked.notes):
        st.markdown(frame.plain(f"- {sentence}"))
    if checked.open_names:
        named = "; ".join(f"{name}: {' or '.join(near)}?" for name, near in checked.open_names.items())
        st.warning(frame.plain(f"Names that need a decision, by `hypecurve models accept`: {named}"))
    _chart(came, checked.effect.points)
    return checked


def _chart(came: drafting.Came, points: pl.DataFrame) -> None:
    new = points.filter(pl.col("is_new")).drop_nulls("on")
    if new.is_empty():
        return
    most = new.group_by("what").len().sort("len", "what", descending=[True, False])["what"].to_list()
    what = st.selectbox("Drawn", most, key="drawn") if len(most) > 1 else most[0]
    today = datetime.now(UTC).date()
    chart = landing(points, what, Footing((came.about.title,), today, new.height, "points"))
    draw_chart(chart)


def _tried(came: drafting.Came, text: str) -> drafting.Checked:
    """Tried once for each text of a session."""
    key = (came.about.name, came.entry.sha256, sha256(text.encode()).hexdigest())
    kept = st.session_state.get(_TRIED)
    if kept is None or kept[0] != key:
        with st.spinner("Trying the form"):
            kept = (key, drafting.tried(frame.settings(), came, text))
        st.session_state[_TRIED] = kept
    found: drafting.Checked = kept[1]
    return found
