"""The method behind a page, in words, as the documentation has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

METHODS: Final = Path(__file__).parents[2] / "docs" / "methods"


def how_we_know(method: str, of: str = "method, assumptions, tests and references") -> None:
    """Show docs/methods/METHOD.md below the page; `of` tells several methods of one page apart."""
    with st.expander(f"How we know: {of}", icon=":material/menu_book:"):
        st.markdown(method_text(method))


def method_text(method: str) -> str:
    """The text of one method, its headings two levels lower than in the file, dollars meaning dollars."""
    text = (METHODS / f"{method}.md").read_text(encoding="utf-8").replace("$", "\\$")
    return "\n".join(f"##{line}" if line.startswith("#") else line for line in text.splitlines())
