"""What is folded costs nothing until it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def folded(title: str, key: str, icon: str | None = None, *, is_open: bool = False) -> Iterator[bool]:
    """An expander, and whether it is open: only then its content is to be made. `is_open`: from the first.

    In a fragment, opening it draws that alone; else the whole page is drawn again.
    """
    expander = st.expander(title, is_open, key=key, icon=icon, on_change="rerun")
    with expander:
        yield bool(expander.open)
