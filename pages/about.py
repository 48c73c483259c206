"""About: what hypecurve is and cannot tell, where it began, whose data it uses, how to cite and correct."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from charts.parts.figure import in_words
from pages.registry import page_of
from pages.shared import frame
from questions.sources.words import reach
from questions.view import View


def door(question: str, label: str) -> None:
    """A link to a page."""
    frame.link(question, label)


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


def reaching(view: View) -> str:
    """Up to when each kind of data reaches, since none of it is of the day on which it is read."""
    return reach(view.ask("newest_by_kind").row(0, named=True))


def cited(view: View | None, page: str) -> str:
    """How to cite the whole; `page` is an address of this copy."""
    at = urlsplit(page)
    known = f", as known on {in_words(view.as_of)}" if view else ""
    where = f" {at.scheme}://{at.netloc}/" if at.netloc else ""
    return f"hypecurve, release {frame.version()}{known}.{where}"


seen = frame.view_if_any()
st.title("About")
frame.answer(page_of("about").line)
st.markdown(
    "hypecurve takes in public figures on models, scores, prices and attention on a schedule, and keeps "
    "each with its source and the day it became known. The answers are computed from them: with an interval "
    "where the noise is known, and with the words *cannot be told* where the data do not decide."
)
door("methods", "How each figure is computed")
st.header("What it cannot tell")
st.markdown(
    "- **What a model does for you.** Scores are of public tests, which makers know and may train for. Those "
    "that makers report of themselves are marked as such.\n"
    "- **How things stand today.** Every source ends some day, often weeks or months ago; an answer names "
    f"the day up to which its data reach. {reaching(seen) if seen else ''}\n"
    "- **Where AI will end.** A test that ends at 100\u00a0% says nothing of AI, and no ceiling can be known "
    "before a rise has bent.\n"
    "- **What a task costs you.** A list price is not a cost: models differ in how many tokens they use. A "
    "cost is told only where it was measured.\n"
    "- **What markets will do.** Two booms are two cases, and no score is made of them.\n"
    "- **More than its sources know.** Some figures were collected by hand, a few from pages that repeat "
    "what others counted. Each row names the page that it was read from."
)
st.header("Where it began")
st.markdown(
    "With an article of 20 December 2024, whose title and author are not recorded here. It argued that AI "
    "progresses in S-curves: new models such as o1 cost far more and are only incrementally better, training "
    "data is running out, and venture money flows as in 1999. Its claims are listed on Claims, each checked "
    "by data, then and now, by a rule that stands beside it."
)
door("claims", "What became of its claims")
st.header("Whose data")
st.markdown("The figures come from public sources, each under its own licence.")
if seen:
    credited(seen)
door("sources", "How fresh each source is")
st.header("How to cite it")
st.markdown(
    "Below each chart **Download** has its citation in words and as BibTeX, with its sources, and **Link** "
    "an address that keeps every choice. Give the day with the figure: **As known on** shows any page as it "
    "stood on that day, so that others can find your figure again. The whole is cited as:"
)
st.code(cited(seen, st.context.url or ""), language=None, wrap_lines=True)
st.header("Something is wrong?")
told = frame.report_address("hypecurve", st.context.url or "")
if told:
    st.markdown("Say so, please. Beside each chart is the same button; it fills in which chart you mean.")
    st.link_button("Report a mistake", told, icon=":material/flag:")
else:
    st.markdown(frame.whom_to_tell())
st.markdown(
    "Nothing is overwritten: a figure that its source corrects is kept beside the new one, and both can be "
    "seen with **As known on**."
)
st.header("Who makes it, and its licence")
st.markdown(
    "The code names no author. It is free software under the Apache License 2.0, so that anyone may read, "
    f"run and change it; this is release {frame.version()}. Whether its data may be handed on depends on the "
    "licence of each source."
)
door("export_api", "Take the data with you")
