"""The method behind a page, in words, as the documentation has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from pages.registry import sections
from pages.shared.folded import folded

METHODS: Final = Path(__file__).parents[2] / "docs" / "methods"
_OTHER: Final = re.compile(r"\]\((\w+)\.md\)")
"""A link from one method to another, as it stands in the files."""

_ROW: Final = re.compile(r"^\| (.+?) \| \[.+?\]\(methods/(\w+)\.md\) \| (.+?) \|$", re.MULTILINE)


@st.fragment
def how_we_know(method: str, of: str = "method, assumptions, tests and references") -> None:
    """Show docs/methods/METHOD.md below the page; `of` tells several methods of one page apart."""
    with folded(f"How we know: {of}", f"method-{method}", ":material/menu_book:") as is_open:
        if is_open:
            st.markdown(method_text(method))


def method_text(method: str) -> str:
    """The text of one method, its headings two levels lower than in the file, dollars meaning dollars.

    Links to other methods lead to the page Methods.
    """
    text = (METHODS / f"{method}.md").read_text(encoding="utf-8").replace("$", "\\$")
    text = _OTHER.sub(r"](/methods?method=\1)", text)
    return "\n".join(f"##{line}" if line.startswith("#") else line for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class Listed:
    """A method as docs/methods.md lists it: its question, the name of its file, the titles of its pages."""

    question: str
    name: str
    pages: tuple[str, ...]


def preamble() -> str:
    """What holds for all methods, as it stands above their list."""
    words, _, _ = _list().partition("\n|")
    return " ".join(words.partition("\n")[2].split())


def methods() -> list[Listed]:
    """All methods, in the order of the list."""
    return [
        Listed(question, name, tuple(pages.split(", "))) for question, name, pages in _ROW.findall(_list())
    ]


def by_section(found: list[Listed]) -> dict[str, list[Listed]]:
    """The methods under the headings of the navigation: each where the last page stands that it counts on.

    Overview shows methods of other pages; what counts on every page belongs to the data.
    """
    places = {page.title: section for section, pages in sections().items() for page in pages}
    ordered: dict[str, list[Listed]] = {section: [] for section in sections() if section}
    for method in found:
        known = [places[title] for title in method.pages if places.get(title)]
        ordered[known[-1] if known else "Data"].append(method)
    return {section: of_section for section, of_section in ordered.items() if of_section}


def _list() -> str:
    return METHODS.with_suffix(".md").read_text(encoding="utf-8")
