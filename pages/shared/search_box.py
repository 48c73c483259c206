"""The search box on every page: what it finds, as links."""

from __future__ import annotations

from typing import Final

import streamlit as st

from faces.addresses import AS_OF
from pages.registry import page_of
from pages.shared import frame
from questions.search import Found, search
from questions.view import View

_MOST: Final = 8


def search_box() -> None:
    """Ask for words, and list what they find with its kind; pages are named as in the navigation."""
    text = st.text_input(
        "Search",
        key="search",
        placeholder="model, maker, test",
        icon=":material/search:",
    )
    view = frame.view_if_any() if text.strip() else None
    if view is None:
        return
    found = search(view, text, _MOST)
    for item in found:
        _link(item, view)
    if not found:
        st.caption(
            frame.plain("Nothing of this name. Try a model, a maker, a benchmark or a word such as price.")
        )


def _link(item: Found, view: View) -> None:
    """The page of what was found, on the day that is seen also where it opens in a window of its own."""
    page = page_of(item.question)
    day = [(AS_OF, view.as_of.isoformat())] if view.as_of < view.today else []
    name, kind = (page.title, "page") if item.kind == "question" else (item.name, item.kind)
    st.page_link(page.file, label=f"{_literal(name)} :gray[{kind}]", query_params=[*item.controls, *day])


def _literal(name: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_[]:$<>~" else letter for letter in name)
