"""The frame around all pages: the snapshot and the date they are seen as of, style, and words in Markdown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import streamlit as st

from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from config import load_settings
from faces.addresses import AS_OF
from faces.current import current_snapshot, current_view
from questions.view import FIRST_DAY, AsOfError, View, as_of_date
from questions.wording import counted
from store.snapshot import NoSnapshotError

FOLLOW_SECONDS: Final = 15
_AS_OF_PROBLEM: Final = "as_of_problem"
_NARROW_TEXT: Final = """
<style>
@media (max-width: 640px) {
  .js-plotly-plot .gtitle, .js-plotly-plot .annotation[data-index="2"] { display: none; }
  .js-plotly-plot .annotation[data-index="0"], .js-plotly-plot .annotation[data-index="1"] {
    opacity: 1 !important; }
  .js-plotly-plot .annotation:not([data-index="0"]) .annotation-text { font-size: 9px !important; }
  .js-plotly-plot .xtitle, .js-plotly-plot .ytitle { font-size: 10px !important; }
  .js-plotly-plot .xtick text, .js-plotly-plot .ytick text { font-size: 10px !important; }
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
}
.st-key-answer p { font-size: 1.2rem; line-height: 1.5; }
.stMainBlockContainer { max-width: 1120px; padding-top: 3.2rem; }
</style>
"""


def view() -> View:
    """What the page now drawn sees. Stops the page with a sentence where nothing was published yet."""
    chosen: date | None = st.session_state.get(AS_OF)
    try:
        seen = current_view(load_settings(), chosen.isoformat() if chosen else None)
    except NoSnapshotError as error:
        st.info(str(error))
        st.stop()
    if problem := st.session_state.pop(_AS_OF_PROBLEM, None):
        st.warning(problem)
    return seen


def mode() -> Mode:
    """Light or dark, as the reader's theme is."""
    return Mode.DARK if st.context.theme.type == "dark" else Mode.LIGHT


def style() -> None:
    """What the theme cannot say: letters in charts shrink on narrow screens."""
    st.html(_NARROW_TEXT)


def sidebar() -> None:
    """The control that all pages share, and which data they show."""
    _check_address()
    with st.sidebar:
        st.date_input(
            "As known on",
            value="today",
            min_value=FIRST_DAY,
            max_value="today",
            format="YYYY-MM-DD",
            key=AS_OF,
            bind="query-params",
            help="See every page as it would have looked on a past date.",
        )
        _follow()


def _check_address() -> None:
    """Note what is wrong with the date in the address, which the widget would drop without a word."""
    asked = st.query_params.get(AS_OF)
    try:
        as_of_date(asked, datetime.now(UTC).date())
    except AsOfError as error:
        st.session_state[_AS_OF_PROBLEM] = f"{error} This is today."


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow() -> None:
    """Pick up a new snapshot without a restart: when the pointer has moved, the whole page is drawn again."""
    try:
        snapshot = current_snapshot(load_settings().snapshot_folder)
    except NoSnapshotError:
        return
    seen = st.session_state.setdefault("snapshot_shown", snapshot.id)
    if seen != snapshot.id:
        st.session_state["snapshot_shown"] = snapshot.id
        st.rerun()
    st.caption(f"Data published {ago(snapshot.published_at, datetime.now(UTC))} (no. {int(snapshot.id)}).")


def answer(sentence: str) -> None:
    """Say the first line of a page, larger than the rest: what the reader came for, computed."""
    with st.container(key="answer"):
        st.markdown(plain(sentence))


def plain(text: str) -> str:
    """Text for Markdown whose dollar signs mean dollars, and whose percent signs stay with their numbers."""
    return no_break_percent(text).replace("$", "\\$")


def ago(instant: datetime | None, now: datetime) -> str:
    """How long ago, in the coarsest unit that says enough; "never" for None."""
    if instant is None:
        return "never"
    passed = now - instant
    if passed < timedelta(minutes=2):
        return "just now"
    for span, word in (
        (timedelta(days=1), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        if passed >= span:
            return f"{counted(passed // span, word)} ago"
    return "just now"
