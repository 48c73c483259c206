"""Lines break where a reader would break them, and the text stays what it is."""

from __future__ import annotations

import re
from html import unescape

import pytest

from charts.parts.figure import WordsAround
from charts.parts.theme import Mode
from faces.tiles import tiles_html
from faces.unbroken import unbroken
from faces.words_around import footer_html
from questions.answer import Tile, Tiles

WHOLE = re.compile(r'<span class="whole">(.*?)</span>')


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tasks that take people 17.4 h (METR)", ["17.4 h"]),
        ("GPT-4's level, and OSWorld-Verified", ["GPT-4"]),
        ("since 2026-08-01, 5 points and \u22125.2\u00a0%", ["2026-08-01", "5 points", "\u22125.2\u00a0%"]),
        ("$1.2 billion, 3 hosts, 12 tests", ["$1.2 billion"]),
        ("read on 2026-08-01 10:15", ["2026-08-01 10:15"]),
        ("from 14 March 2023 to 26 October, 3 May", ["14 March", "26 October", "3 May"]),
        ("claude-opus-4-20250514 and -5", []),
        ("the index, start = 1; n = 3,095 points. A measure = 2", ["start = 1", "n = 3,095"]),
    ],
)
def test_figures_days_and_short_names_stay_in_one_line(text: str, kept: list[str]) -> None:
    """A figure with its unit, a day, a name with a hyphen; a long id may break."""
    assert [unescape(one) for one in WHOLE.findall(unbroken(text))] == kept


@pytest.mark.parametrize("text", ["GPT-4 <b>17.4 h</b> & 5 %", "a < 3 days & b"])
def test_what_is_copied_is_the_text(text: str) -> None:
    """No letter is added or replaced, and marks of HTML are words."""
    assert unescape(re.sub(r"</?span[^>]*>", "", unbroken(text))) == text
    assert "<b>" not in unbroken(text)


def test_the_footer_of_a_chart_does_not_break_its_days() -> None:
    """Nor the number of its rows."""
    html = footer_html(WordsAround("Title", "", (), "Data to 2 July 2026. n = 3,095 points."))
    assert WHOLE.findall(html) == ["2 July", "n = 3,095"]


def test_tiles_do_not_break_their_figures() -> None:
    """Neither the figure nor the name of a tile."""
    html = tiles_html(Tiles((Tile("GPT-4's level", "17.4 h", "up 3 points"),)), Mode.LIGHT)
    assert WHOLE.findall(html) == ["GPT-4", "17.4 h", "3 points"]
