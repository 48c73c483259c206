"""Entries of a page: words of the data are words, and a link says where it leads."""

from __future__ import annotations

import pytest

from pages.shared.entries import line
from questions.answer import Entry


def test_a_link_is_called_after_the_site_that_it_leads_to() -> None:
    """Not "page", of which a screen reader hears nothing."""
    said = line(Entry("Post", "It is here", url="https://www.openai.com/index/it"))
    assert r"[openai\.com](https://www.openai.com/index/it)" in said
    assert "[page]" not in said


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/x y", None])
def test_what_is_no_address_is_no_link(url: str | None) -> None:
    """Whatever a source states."""
    assert "](" not in line(Entry("Post", "It is here", url=url))
