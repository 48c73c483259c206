"""About: what hypecurve is, where it began, whose data it stands on, and how to report a mistake."""

from __future__ import annotations

import streamlit as st

from pages.registry import page_of
from pages.shared import frame
from questions.view import View


def door(question: str, label: str) -> None:
    """A link to a page."""
    page = page_of(question)
    st.page_link(page.file, label=label, icon=page.icon)


def credited(view: View) -> None:
    """Whom to thank for the data, with the licence of each, folded."""
    credits = view.ask("credits").sort("title")
    with st.expander("Credits, source by source"):
        lines = (
            f"- [{frame.plain(row['title'])}]({row['homepage']}): {frame.plain(row['attribution'])}; "
            f"licence: {frame.plain(row['licence'])}"
            for row in credits.iter_rows(named=True)
        )
        st.markdown("\n".join(lines))


seen = frame.view_if_any()
st.title("About")
frame.answer(page_of("about").line)
st.markdown(
    "hypecurve takes in public figures on models, scores, prices and attention on a schedule, and keeps "
    "each with its source and the day it became known. The answers are computed from them: with an interval "
    "where the noise is known, and with the words *cannot be told* where the data do not decide."
)
door("methods", "How each figure is computed")
st.header("Where it began")
st.markdown(
    "With an article of 20 December 2024, whose title and author are not recorded here. It argued that AI "
    "progresses in S-curves: new models such as o1 cost far more and are only incrementally better, training "
    "data is running out, and venture money flows as in 1999. Its claims are listed on Claims, each checked "
    "by data, then and now."
)
door("claims", "What became of its claims")
st.header("Whose data")
st.markdown("The figures come from public sources, each under its own licence.")
if seen:
    credited(seen)
door("sources", "How fresh each source is")
st.header("Something is wrong?")
told = frame.report_address("hypecurve", st.context.url or "")
if told:
    st.markdown("Say so, please. Beside each chart is the same button; it fills in which chart you mean.")
    st.link_button("Report a mistake", told, icon=":material/flag:")
else:
    st.markdown(frame.whom_to_tell())
st.header("Licence")
st.markdown(f"The code is free software under the Apache License 2.0. This is release {frame.version()}.")
door("export_api", "Take the data with you")
