"""Export and API: rows, answers, charts and news as data, with addresses that work as they stand."""

from __future__ import annotations

import streamlit as st

from pages.registry import page_of
from pages.shared import frame, ways_out
from questions.wording import introduced

st.title("Export and API")
frame.answer(page_of("export_api").line)
st.markdown(
    "An address takes the same controls as its page: set up a page, press **Link** below a chart, and append "
    "its part from the question mark on to an address below. The sources' licences differ."
)
ways_out.sources_link()
st.header("Addresses")
st.markdown(ways_out.addresses())
st.header("Every question and chart")
for title, question in ways_out.in_navigation():
    with st.expander(introduced(title, frame.plain(question.asks))):
        st.markdown(ways_out.of_question(question))
st.header("From the command line")
st.code(ways_out.commands(st.context.url or ""), language="bash", wrap_lines=True)
