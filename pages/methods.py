"""Methods: how each figure is computed, question by question."""

from __future__ import annotations

import streamlit as st

from pages.registry import PAGES, PageEntry, page_of
from pages.shared import frame
from pages.shared.folded import folded
from pages.shared.how_we_know import Listed, by_section, method_text, methods, preamble
from questions.wording import introduced


@st.fragment
def listed(method: Listed, titled: dict[str, PageEntry], *, is_open: bool) -> None:
    """One method, its text and the pages that show it once it is opened."""
    pages = ", ".join(title for title in method.pages if title in titled) or "All pages"
    with folded(
        frame.plain(introduced(pages, method.question)), f"listed-{method.name}", is_open=is_open
    ) as opened:
        if not opened:
            return
        with st.container(horizontal=True):
            for title in method.pages:
                if page := titled.get(title):
                    frame.link(page.question, f"Shown on: {page.title}")
        st.markdown(method_text(method.name))


st.title("Methods")
frame.answer(page_of("methods").line)
st.markdown(preamble())
asked = st.query_params.get("method", "")
known = methods()
if asked and asked not in [method.name for method in known]:
    st.warning(frame.plain(f"There is no method {asked!r}. All that there are stand below."))
titled = {page.title: page for page in PAGES}
for section, of_section in by_section(known).items():
    st.header(section)
    for method in of_section:
        listed(method, titled, is_open=method.name == asked)
