"""Dates inside model names: every form is read, and what is no date is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.spelling.model_names import tokens_of
from ingest.identity.spelling.name_dates import date_of, find_date

FORMS = [
    ("gpt-4o-2024-08-06", "2024-08-06"),
    ("claude-3-5-sonnet-20241022", "2024-10-22"),
    ("doubao-seed-1-6-250615", "2025-06-15"),
    ("amazon-nova-experimental-chat-26-01-10", "2026-01-10"),
    ("command-r-08-2024", "2024-08"),
    ("mistral-large-2407", "2024-07"),
    ("codestral 25.01", "2025-01"),
    ("gpt-4o (aug '24)", "2024-08"),
    ("gpt-4o (august 2024)", "2024-08"),
    ("step-1o-turbo-202506", "2025-06"),
    ("deepseek-v3-0324", "0324"),
    ("gemini-2.5-pro-exp-03-25", "03-25"),
    ("gpt-4 turbo (older v1106)", "1106"),
    ("deepseek r1 (05/28)", "05/28"),
]


@pytest.mark.parametrize(("name", "label"), FORMS)
def test_form_is_read(name: str, label: str) -> None:
    """A date in any of the forms is found, and labelled as precisely as the name says."""
    span = find_date(tokens_of(name))
    assert span is not None
    assert span.found.label == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("m-20190131", "2019-01-31"),
        ("m-20181231", None),
        ("m-20351231", "2035-12-31"),
        ("m-20360101", None),
        ("m (march 2019)", "2019-03"),
        ("m (march 2018)", None),
        ("m-2019-01-31", "2019-01-31"),
        ("m-2018-12-31", "12-31"),
    ],
)
def test_years_before_language_models_and_far_ahead_are_no_years(name: str, label: str | None) -> None:
    """What looks like one of 2018 or 2036 is a number, and a day after it stands alone."""
    span = find_date(tokens_of(name))
    assert (span.found.label if span else None) == label


@pytest.mark.parametrize(
    "name",
    [
        "gpt-4.1",
        "llama-3-1-8b",
        "grok-4-20",
        "qwen3-235b-a22b",
        "phi-3-mini-128k",
        "gpt-4-32k",
        "mixtral-8x22b",
    ],
)
def test_version_and_size_are_no_dates(name: str) -> None:
    """Version numbers, sizes and context lengths are not taken for dates."""
    assert find_date(tokens_of(name)) is None


def test_two_days_of_one_month_are_two_dates() -> None:
    """`0801` and `0827` share a month and nothing else; `0806` and 2024-08-06 are the same day."""
    first, second, third = (find_date(["m", text]) for text in ("0801", "0827", "0806"))
    assert first and second and third
    assert not first.found.agrees_with(second.found)
    assert third.found.agrees_with(date_of(date(2024, 8, 6)))
    assert not third.found.agrees_with(date_of(date(2024, 9, 6)))


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2034, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d"]),
)
def test_whole_date_comes_back(day: date, form: str) -> None:
    """Whatever the day, a whole date in a name is read as that day in both common forms."""
    span = find_date(tokens_of(f"model-x-{day.strftime(form)}"))
    assert span is not None
    assert span.found.whole() == day
