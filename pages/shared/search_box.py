"""The search box on every page: what it finds, as links."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.registry import page_of
from pages.shared import frame
from questions.search import Found, search

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
        _link(item)
    if not found:
        st.caption(
            frame.plain("Nothing of this name. Try a model, a maker, a benchmark or a word such as price.")
        )


def _link(item: Found) -> None:
    """The page of what was found."""
    is_page = item.kind == "question"
    name, kind = (page_of(item.question).title, "page") if is_page else (item.name, item.kind)
    frame.link(item.question, f"{_literal(name)} :gray[{kind}]", item.controls, with_icon=False)


def _literal(name: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_[]:$<>~" else letter for letter in name)
