"""Amounts as people read them: digits that mean something, never a power of ten."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.amounts import (
    capital,
    dollars,
    factor_text,
    in_words,
    large_amount,
    money,
    percent,
    plus_minus,
    score_number,
    score_text,
    surely,
    three_digits,
    year_in_words,
)


@pytest.mark.parametrize(
    ("amount", "digits", "said"),
    [
        (1.2e9, 3, "1.2 billion"),
        (9e8, 3, "900 million"),
        (9.996e8, 3, "1 billion"),
        (9.994e8, 3, "999 million"),
        (9.96e8, 2, "1 billion"),
        (3.23e14, 2, "320 trillion"),
        (1.2e15, 2, "1,200 trillion"),
        (999_999.0, 3, "999,999"),
        (54_321.0, 3, "54,321"),
    ],
)
def test_a_large_amount_is_of_the_size_that_people_say(amount: float, digits: int, said: str) -> None:
    """Never 1,200 million, nor 1,000 million for what rounds to a billion."""
    assert large_amount(amount, digits) == said


@pytest.mark.parametrize(
    ("amount", "tag", "exact"),
    [
        (0.0, "$0", "$0"),
        (1200.4, "$1,200", "$1,200"),
        (100.0, "$100", "$100"),
        (99.99, "$99.99", "$99.99"),
        (15.0, "$15", "$15"),
        (1.25, "$1.25", "$1.25"),
        (0.5, "$0.50", "$0.50"),
        (0.1, "$0.10", "$0.10"),
        (0.125, "$0.12", "$0.12"),
        (0.0875, "$0.09", "$0.088"),
        (0.08749999999999999, "$0.09", "$0.088"),
        (0.01, "$0.01", "$0.01"),
        (0.0099, "$0.01", "$0.0099"),
        (0.00002, "$0.00002", "$0.00002"),
    ],
)
def test_a_price_is_written_as_on_a_tag_and_with_two_digits_where_it_is_small(
    amount: float, tag: str, exact: str
) -> None:
    """A sum of parts that lies a hair below a half is rounded as the half; money has a sign."""
    assert (dollars(amount), money(amount)) == (tag, exact)
    assert money(-amount) == (f"-{exact}" if amount else exact)


@given(st.integers(1, 9999), st.integers(-7, -5))
def test_small_amounts_have_two_digits_rounded_half_up(digits: int, power: int) -> None:
    """By the decimal module: a half goes up, as a person rounds it."""
    amount = Decimal(digits).scaleb(power)
    rounded = Context(prec=2, rounding=ROUND_HALF_UP).create_decimal(amount)
    assert money(float(amount)) == f"${rounded.normalize():f}" if amount < Decimal("0.0995") else True


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (0.611, "0.61"),
        (1.0, "1"),
        (1.96, "2"),
        (9.5, "9.5"),
        (9.96, "10"),
        (99.4, "99"),
        (99.6, "100"),
        (429.4, "429"),
        (12345.0, "12,345"),
        (999_999.0, "999,999"),
        (1e6, "over a million"),
        (0.00001, "0.00001"),
    ],
)
def test_a_factor_has_two_digits_that_mean_something(times: float, said: str) -> None:
    """From a hundred on all of them."""
    assert factor_text(times) == said


@given(st.floats(1e-6, 9e5))
def test_no_factor_is_written_as_a_power_of_ten(times: float) -> None:
    """And none is off by more than a twentieth."""
    said = factor_text(times)
    assert "e" not in said
    assert float(said.replace(",", "")) == pytest.approx(times, rel=0.05)


@pytest.mark.parametrize(
    ("share", "digits", "signed", "said"),
    [
        (0.45, 0, False, "45\u00a0%"),
        (0.4567, 1, False, "45.7\u00a0%"),
        (0.02, 0, True, "+2\u00a0%"),
        (-0.02, 0, True, "-2\u00a0%"),
        (-0.004, 0, True, "0\u00a0%"),
        (-0.004, 0, False, "0\u00a0%"),
        (0.004, 0, True, "0\u00a0%"),
    ],
)
def test_a_share_is_percent_and_zero_has_no_sign(share: float, digits: int, signed: bool, said: str) -> None:
    """What rounds to nothing neither rose nor fell."""
    assert percent(share, digits, signed=signed) == said


@pytest.mark.parametrize(
    ("score", "unit", "text", "number"),
    [
        (0.8125, "fraction", "81.2\u00a0%", "81.2\u00a0%"),
        (1450.0, "points", "1,450.0 points", "1,450.0"),
        (119.4, "minutes", "119 min", "119 min"),
        (120.0, "minutes", "2.0 h", "2.0 h"),
        (3.5, "usd", "$3.50", "$3.50"),
        (1.25, "nats", "1.2 nats", "1.2 nats"),
    ],
)
def test_a_score_is_written_with_its_unit(score: float, unit: str, text: str, number: str) -> None:
    """Two hours are hours; points go without saying in a number."""
    assert (score_text(score, unit), score_number(score, unit)) == (text, number)


@pytest.mark.parametrize(
    ("value", "said"), [(1494.4, "1,494"), (99.95, "100"), (99.94, "99.9"), (20.26, "20.3"), (0.5, "0.5")]
)
def test_three_digits_are_never_a_power_of_ten(value: float, said: str) -> None:
    """From a hundred on all digits before the point stand there."""
    assert three_digits(value) == said


def test_a_day_is_written_without_a_zero_before_it() -> None:
    """As people write it."""
    assert in_words(date(2026, 7, 1)) == "1 July 2026"


@pytest.mark.parametrize(
    ("stderr", "unit", "said"),
    [
        (0.048, "fraction", "± 4.8 points"),
        (3.6, "points", "± 3.6"),
        (0.0, "fraction", ""),
        (None, "points", ""),
    ],
)
def test_an_error_of_zero_is_not_known(stderr: float | None, unit: str, said: str) -> None:
    """All of 45 tasks solved leave the share uncertain, though p(1 - p) is zero there."""
    assert plus_minus(stderr, unit) == said


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2029.0, "early 2029"),
        (2029.3, "early 2029"),
        (2029.4, "mid-2029"),
        (2029.7, "late 2029"),
        (2029.96, "early 2030"),
    ],
)
def test_a_year_with_a_fraction_is_said_by_its_third(year: float, said: str) -> None:
    """Four months each; what rounds up to a year is its beginning."""
    assert year_in_words(year) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0\u00a0%"),
        (0.984, "98\u00a0%"),
        (0.99, "99\u00a0%"),
        (0.991, "more than 99\u00a0%"),
        (1.0, "more than 99\u00a0%"),
    ],
)
def test_no_simulation_is_sure_of_all_worlds(share: float, said: str) -> None:
    """What held in each of a few hundred worlds holds in more than 99 %, and 99 % itself is a number."""
    assert surely(share) == said


@pytest.mark.parametrize(
    ("words", "said"), [("", ""), ("a", "A"), ("the price", "The price"), ("GPQA rose", "GPQA rose")]
)
def test_a_sentence_begins_with_a_capital(words: str, said: str) -> None:
    """And nothing else of it changes."""
    assert capital(words) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (-1200.0, "$-1,200"),
        (-0.005, "$-0.005"),
        (0.0996, "$0.10"),
        (0.1, "$0.10"),
        (100.5, "$100"),
        (99.5, "$99.50"),
    ],
)
def test_the_size_of_an_amount_says_how_many_digits(amount: float, said: str) -> None:
    """Whichever its sign; from a hundred on there are no cents."""
    assert dollars(amount) == said


def test_negative_figures_have_as_many_digits_as_positive_ones() -> None:
    """A fall is written as a rise; a factor from 99.5 on is whole."""
    assert (three_digits(-1494.4), three_digits(-99.94)) == ("-1,494", "-99.9")
    assert (factor_text(99.5), factor_text(99.49)) == ("100", "99")
