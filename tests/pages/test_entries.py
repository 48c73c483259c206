"""Entries of a page: words of the data are words, and a link says where it leads."""

from __future__ import annotations

from datetime import date

import pytest

from faces.html import answer_body
from faces.text import answer_text
from pages.shared.entries import line
from questions.answer import Answer, Entries, Entry, Link
from questions.news.question import QUESTION


def test_a_link_is_called_after_the_site_that_it_leads_to() -> None:
    """Not "page", of which a screen reader hears nothing."""
    said = line(Entry("Post", "It is here", url="https://www.openai.com/index/it"))
    assert r"[openai\.com](https://www.openai.com/index/it)" in said
    assert "[page]" not in said


def test_a_second_page_that_says_so_stands_beside_the_first() -> None:
    """Both by their sites, and as addresses in a terminal and in HTML."""
    entry = Entry("Software", "A 1.2", url="https://a.example/1", also=("https://b.example/2",))
    assert r"[a\.example](https://a.example/1) · [b\.example](https://b.example/2)" in line(entry)
    answer = Answer("It is.", blocks=(Entries("news", (entry,)),))
    assert 'href="https://b.example/2"' in answer_body("News", answer)
    assert "https://b.example/2" in answer_text(QUESTION, answer)


def test_a_way_to_another_page_keeps_a_past_day() -> None:
    """It opens in a tab of its own, which knows nothing of the day that its reader had chosen."""
    entry = Entry("New model", "A", ways=(Link("models", "A", (("find", "a"),)),))
    assert "(/models?find=a&as_of=2025-06-01)" in line(entry, date(2025, 6, 1))
    assert "(/models?find=a)" in line(entry)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/x y", None])
def test_what_is_no_address_is_no_link(url: str | None) -> None:
    """Whatever a source states."""
    assert "](" not in line(Entry("Post", "It is here", url=url))
