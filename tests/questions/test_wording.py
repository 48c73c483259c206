"""Rules of wording: what fits into a first line and a caveat."""

from __future__ import annotations

import pytest

from questions.wording import as_fit, capital, counted, do, fitting

THIRTY = "word " * 29 + "end."
THIRTY_ONE = "word " * 30 + "end."


def test_the_fullest_wording_that_fits_is_taken() -> None:
    """Thirty words fit, thirty-one do not; where none fits the last, shortest one stands."""
    assert fitting(THIRTY, "Short.") == THIRTY
    assert fitting(THIRTY_ONE, "Short.", "Shorter.") == "Short."
    assert fitting(THIRTY_ONE, THIRTY_ONE + " more") == THIRTY_ONE + " more"


def test_a_percent_sign_counts_as_a_word() -> None:
    """A no-break space parts words as any space does, so that every counter counts the same."""
    assert fitting("word " * 28 + "90\u00a0% end.", "Short.") == "Short."


@pytest.mark.parametrize(
    ("notes", "caveat", "rest"),
    [
        ((), "", ""),
        (("", "One."), "One.", ""),
        (("One.", "One.", "Two."), "One. Two.", ""),
        ((THIRTY, "Two."), THIRTY, "Two."),
        ((THIRTY_ONE, "Two."), "Two.", THIRTY_ONE),
    ],
)
def test_notes_fill_the_caveat_and_none_is_lost(notes: tuple[str, ...], caveat: str, rest: str) -> None:
    """Each note is said once: in the caveat while there is room, else apart."""
    assert as_fit(notes) == (caveat, rest)


def test_a_sentence_begins_with_a_capital_and_one_thing_is_singular() -> None:
    """The rest of the words keeps its letters; nothing of nothing stays nothing."""
    assert capital("the METR horizon") == "The METR horizon"
    assert capital("") == ""
    assert (counted(1, "model"), counted(2, "model"), counted(1200, "row")) == (
        "1 model",
        "2 models",
        "1,200 rows",
    )
    assert [do(number, "stay", "stays") for number in (0, 1, 2)] == ["stay", "stays", "stay"]
