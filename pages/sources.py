"""Data: where every figure comes from, how fresh it is, what was refused; run or pause a source.

More than an answer, since it is the one page on which a person can do something: the buttons stand beside the
chosen source, and the page looks every few seconds whether a run, a request or the clock changed the states.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from pages.shared import frame
from pages.shared.face import show
from pages.shared.source_actions import source_actions
from questions.sources.question import QUESTION
from store.ledger import Ledger

LOOK_AGAIN_SECONDS: Final = 5
_SHOWN: Final = "ledger_shown"
_DRAWN_NOW: Final = "ledger_drawn_now"


def standing(ledger: Ledger) -> tuple[object, ...]:
    """What the states depend on: runs, plans and requests, and the minute, since what is due becomes late."""
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    return (minute, ledger.waiting(), ledger.health().rows())


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def look_again(ledger: Ledger) -> None:
    """Draw the page again once it shows what is no longer so; never in the run that has just drawn it."""
    drawn_now = st.session_state.pop(_DRAWN_NOW, False)
    if not drawn_now and st.session_state.get(_SHOWN) != standing(ledger):
        st.rerun()


ledger = frame.view().ledger
st.session_state[_SHOWN], st.session_state[_DRAWN_NOW] = standing(ledger), True
show(QUESTION, {"source": source_actions})
look_again(ledger)
