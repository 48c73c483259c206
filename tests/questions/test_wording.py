"""Rules of wording: what fits into a first line and a caveat."""

from __future__ import annotations

from datetime import date

import pytest

from questions.wording import (
    agreeing,
    as_fit,
    capital,
    counted,
    fitting,
    from_to,
    introduced,
    listed,
    roughly,
    site,
    two_digits,
)

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
    assert [agreeing(number, "stays", "stay") for number in (0, 1, 2)] == ["stay", "stays", "stay"]


@pytest.mark.parametrize(
    ("names", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed_as_a_sentence_has_them(names: list[str], said: str) -> None:
    """The last one after "and", or after another word."""
    assert listed(names) == said
    assert listed(names, "or") == said.replace("and", "or")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.epoch.ai/data?x=1", "epoch.ai"),
        ("https://metr.org/", "metr.org"),
        ("not an address", "not an address"),
    ],
)
def test_an_address_is_called_by_its_host(url: str, name: str) -> None:
    """Without www; what has no host is called by itself."""
    assert site(url) == name


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (0.0, "0", "0"),
        (0.4721, "0.47", "+0.47"),
        (1.9, "1.9", "+1.9"),
        (-23.4, "-23", "-23"),
        (1234.0, "1,200", "+1,200"),
        (0.000012, "0.000012", "+0.000012"),
    ],
)
def test_a_figure_has_the_two_digits_that_mean_something(value: float, plain: str, signed: str) -> None:
    """Never a power of ten; its sign where it is asked for, and nothing has none."""
    assert (two_digits(value), two_digits(value, signed=True)) == (plain, signed)


@pytest.mark.parametrize(
    ("month", "precision", "said"),
    [
        (3, "month", "March 2026"),
        (1, "quarter", "Q1 2026"),
        (3, "quarter", "Q1 2026"),
        (4, "quarter", "Q2 2026"),
        (12, "quarter", "Q4 2026"),
        (3, "year", "2026"),
        (3, "day", None),
        (3, None, None),
    ],
)
def test_a_day_that_stands_for_a_time_is_called_by_it(
    month: int, precision: str | None, said: str | None
) -> None:
    """Month, quarter or year; a day that is meant is none of them."""
    assert roughly(date(2026, month, 1), precision) == said


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2026, 8, 8), "on 8 August 2026"),
        (date(2026, 8, 1), "1 to 8 August 2026"),
        (date(2026, 7, 31), "31 July to 8 August 2026"),
        (date(2025, 8, 1), "1 August 2025 to 8 August 2026"),
    ],
)
def test_a_span_says_no_month_or_year_twice(first: date, said: str) -> None:
    """And one day is on it."""
    assert from_to(first, date(2026, 8, 8)) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [("Sources", "Sources: where?"), ("Is it worth it?", "Is it worth it? where?"), ("Oh!", "Oh! where?")],
)
def test_a_title_with_a_mark_of_its_own_takes_no_colon(title: str, said: str) -> None:
    """Else it would end in two."""
    assert introduced(title, "where?") == said
