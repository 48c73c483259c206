"""The glossary: terms that a text uses, as readers write them."""

from __future__ import annotations

import pytest

from questions.glossary import TERMS, explained


@pytest.mark.parametrize("text", ["The Frontier rose", "frontiers", "a frontier."])
def test_a_term_is_explained_wherever_a_word_begins_with_it(text: str) -> None:
    """In any case; the meaning ends with a full stop."""
    assert explained(text) == f"**frontier**: {TERMS['frontier']}."


@pytest.mark.parametrize("text", ["", "nothing of the field", "afrontier"])
def test_a_text_without_terms_explains_nothing(text: str) -> None:
    """Within a word there is no term."""
    assert explained(text) == ""


def test_several_terms_stand_below_each_other() -> None:
    """In the order of the list; a no-break space is a space."""
    said = explained("CAPE against the 90\u00a0% interval")
    assert [line.split("**")[1] for line in said.split("\n\n")] == ["90 % interval", "CAPE"]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("GPT-5 was the better buy: best in 96\u00a0% of draws.", "of draws"),
        ("+2.2 log-odds a year", "log-odds"),
    ],
)
def test_what_only_statisticians_say_on_first_lines_is_explained(text: str, term: str) -> None:
    """How sure a purchase is, and the unit of a bounded score's slope."""
    assert explained(text) == f"**{term}**: {TERMS[term]}."
    assert "draws" not in explained("A release that draws attention")
