"""What is not in sight yet costs nothing: its place is kept free until it comes near the window."""

from __future__ import annotations

from typing import Final

import streamlit as st

_SEEN: Final = "seen"

REST: Final = "rest"
"""The place of all that stands below a page's first chart: pages.js presses its button once that is drawn."""


def forget_seen() -> None:
    """On coming to a page nothing of it has been seen yet."""
    st.session_state[_SEEN] = set()


def somebody_presses() -> bool:
    """Whether a browser looks at the page, whose pages.js presses the buttons of what was not seen yet."""
    return bool(st.context.headers)


def was_seen(name: str, what: str, height: int) -> bool:
    """Whether the reader has come to this place, `height` pixels high; `what` is there to be drawn.

    Until then a button stands in it, which pages.js presses. To be asked within a fragment of its own.
    """
    if name in st.session_state.setdefault(_SEEN, set()):
        return True
    with st.container(key=f"unseen-{name}", height=height, border=False):
        st.button(f"Draw the {what}", key=f"see-{name}", on_click=_see, args=(name,))
    return False


def _see(name: str) -> None:
    st.session_state.setdefault(_SEEN, set()).add(name)
