"""The method behind a page, in words, as the documentation has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

METHODS: Final = Path(__file__).parents[1] / "docs" / "methods"


def how_we_know(method: str) -> None:
    """Show docs/methods/METHOD.md below the page: formulas, assumptions, tests, references."""
    with st.expander("How we know: method, assumptions, tests and references", icon=":material/menu_book:"):
        st.markdown(method_text(method))


def method_text(method: str) -> str:
    """The text of one method, its headings two levels lower than in the file, dollars meaning dollars."""
    text = (METHODS / f"{method}.md").read_text(encoding="utf-8").replace("$", "\\$")
    return "\n".join(f"##{line}" if line.startswith("#") else line for line in text.splitlines())
