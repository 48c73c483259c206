"""Percent is written one way, wherever a reader meets it."""

from __future__ import annotations

import re

import pytest

from charts.parts.percent import no_break_percent, percent, percent_ticks
from tests.places import ROOT


@pytest.mark.parametrize(
    ("share", "digits", "signed", "text"),
    [
        (0.45, 0, False, "45\u00a0%"),
        (0.333, 1, False, "33.3\u00a0%"),
        (0.2, 0, True, "+20\u00a0%"),
        (-0.2, 0, True, "-20\u00a0%"),
    ],
)
def test_a_fraction_is_told_in_percent(share: float, digits: int, signed: bool, text: str) -> None:
    """A no-break space stands between number and sign."""
    assert percent(share, digits, signed=signed) == text


def test_percent_signs_stay_with_their_numbers() -> None:
    """With a space or without one before it, a sign is written the same; other signs are left alone."""
    assert no_break_percent("90 % interval, 45% of it, by %") == "90\u00a0% interval, 45\u00a0% of it, by %"


def test_ticks_are_few_and_round() -> None:
    """Never more ticks than asked for; what is finer than a percent has a digit more."""
    assert percent_ticks(0.0, 1.0)["ticktext"][-1] == "100\u00a0%"
    assert percent_ticks(-1.0, 0.0, 3)["ticktext"] == ["−100\u00a0%", "−50\u00a0%", "0\u00a0%"]
    assert percent_ticks(0.0, 0.012, 5)["ticktext"] == ["0.0\u00a0%", "0.5\u00a0%", "1.0\u00a0%"]


@pytest.mark.parametrize("folder", ["charts", "pages"])
def test_no_other_percent_format_is_used(folder: str) -> None:
    """Python's own percent format, which has no space, is in no chart and on no page."""
    used = [
        file.name
        for file in (ROOT / folder).glob("*.py")
        if re.search(r":[+]?\.\d%\}", file.read_text("utf-8"))
    ]
    assert used == []


def test_a_minus_is_a_minus_and_a_hyphen_a_hyphen() -> None:
    """Before a number that begins a word; never within a name, a day or an address; nothing is minus zero."""
    set_ = no_break_percent("change +0.8 (-2.9 to +5.1), -$3; GPT-5 of 2026-07-16, /embed/x?at=-1")
    assert set_ == "change +0.8 (\u22122.9 to +5.1), \u2212$3; GPT-5 of 2026-07-16, /embed/x?at=-1"
    assert [percent(share, signed=True) for share in (-0.004, 0.004, -0.03)] == [
        "0\u00a0%",
        "0\u00a0%",
        "-3\u00a0%",
    ]
