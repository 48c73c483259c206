"""The words in the document itself: those of the address that was asked, or none."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from charts.parts.percent import no_break_percent
from config import Settings
from faces.asking import Words, ask
from faces.page_head import Head, head_of


@pytest.fixture
def settings(home: Path) -> Settings:
    """The settings of the small home."""
    return Settings(home=home)


def head(settings: Settings, name: str, words: Words, line: str = "") -> Head:
    """The head of a question's page."""
    return head_of(name, "A title", settings, (), line, words)


@pytest.mark.parametrize("words", [{}, {"as_of": ["2025-06-01"]}, {"weights": ["open"]}])
def test_the_first_words_are_those_of_the_address(settings: Settings, words: Words) -> None:
    """The first line as of the day and with the filters of the link, also in its preview."""
    answer = ask(settings, "capability", words).answer()
    found = head(settings, "capability", words)
    assert f'<p class="line">{escape(no_break_percent(answer.first_line))}</p>' in found.words
    assert found.description == answer.first_line
    assert all(f"{name}={values[0]}" in found.card for name, values in words.items())


def test_without_scripts_it_is_said_why_no_more_comes(settings: Settings) -> None:
    """The words cover what Streamlit itself says then."""
    found = head(settings, "capability", {}).words
    told = found.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "drawn by scripts" in told and 'href="/api/"' in told


def test_days_and_filters_have_words_of_their_own(settings: Settings) -> None:
    """Else the test above could not tell whose words stand there."""
    asked: list[Words] = [{}, {"as_of": ["2025-06-01"]}, {"weights": ["open"]}]
    assert len({ask(settings, "capability", words).answer().first_line for words in asked}) == len(asked)


@pytest.mark.parametrize(
    "words", [{"as_of": ["soon"]}, {"weights": ["perhaps"]}, {"as_of": ["2025-06-02"]}], ids=str
)
def test_without_an_answer_at_hand_there_is_the_title_alone(settings: Settings, words: Words) -> None:
    """Nobody waits for one here, and what the address says in vain is the page's to tell."""
    found = head(settings, "capability", words)
    assert '<p class="title">Frontier and cost</p>' in found.words
    assert 'class="line"' not in found.words


def test_a_page_that_answers_nothing_has_its_own_words(settings: Settings) -> None:
    """Its card is that of the front page's question; its words and its description are its own."""
    ask(settings, "overview", {}).answer()
    found = head(settings, "overview", {"name": ["something"]}, line="What it lets do.")
    assert '<p class="title">A title</p><p class="line">What it lets do.</p>' in found.words
    assert found.description == "What it lets do."


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ({}, ""),
        ({"as_of": ["2025-06-01"], "weights": ["open"]}, "?as_of=2025-06-01&weights=open"),
        ({"weights": ["open"], "utm_source": ["mail"], "embed": ["true"]}, "?weights=open"),
    ],
    ids=str,
)
def test_a_preview_is_kept_by_what_its_link_asks(settings: Settings, words: Words, asks: str) -> None:
    """Else a link to a day would show the preview of the page as it is met first; other words say nothing."""
    assert head(settings, "capability", words).asks == asks
    assert head(settings, "overview", words, line="What it lets do.").asks == ""
