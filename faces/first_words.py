"""What a page begins with, in the document itself: to be read while scripts are on their way, or without.

pages.js takes it away as soon as Streamlit has drawn the same words; without scripts it says why no more
comes.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from charts.parts import theme
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode
from questions.answer import Answer
from questions.question import Question

_WITHOUT_SCRIPTS: Final = (
    '<noscript><p class="asks">The rest of this page is drawn by scripts, which do not run here. What it '
    'shows can be had as data: <a href="/api/">/api/</a>.</p></noscript>'
)
_STYLE: Final = Path(__file__).parent / "assets" / "first-words.css"


def first_words(question: Question, answer: Answer | None) -> str:
    """Title, what is asked, badge and first line as HTML; the first two alone where no answer is at hand."""
    said = [(question.purpose, "purpose")] if question.purpose else [(question.asks, "asks")]
    if answer is not None and answer.known:
        said += [(answer.badge, "badge"), (answer.first_line, "line")]
    return _written([(question.title, "title"), *said])


def title_and_line(title: str, line: str) -> str:
    """The first words of a page that answers no question."""
    return _written([(title, "title"), (line, "line")])


def _written(said: list[tuple[str, str]]) -> str:
    lines = "".join(f'<p class="{kind}">{escape(no_break_percent(text))}</p>' for text, kind in said if text)
    return f'<style>{_style()}</style><div id="first-words"><div>{lines}{_WITHOUT_SCRIPTS}</div></div>'


@cache
def _style() -> str:
    light, dark = (theme.css_variables(mode) for mode in (Mode.LIGHT, Mode.DARK))
    return (
        f"#first-words {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ #first-words {{ {dark} }} }}\n"
        f"{_STYLE.read_text(encoding='utf-8')}"
    )
