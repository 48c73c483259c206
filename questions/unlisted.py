"""Benchmarks that get no new scores: those that left their collection, and those no newer model sat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from charts.parts.figure import in_words
from questions.scores import benchmarks
from questions.view import View
from questions.wording import capital, listed

MEASURED_WITHIN: Final = timedelta(days=365)
"""Before the day the data end: a benchmark without a model released since then is measured no more."""


def is_measured(last_model_on: date, data_end_on: date) -> bool:
    """Whether a model of the last year of the data sat a benchmark."""
    return last_model_on >= data_end_on - MEASURED_WITHIN


def not_measured_since(last_model_on: date) -> str:
    """The state of a benchmark that newer models do not sit."""
    return f"not measured since {last_model_on:%B %Y}"


def unlisted(view: View) -> dict[str, date]:
    """By benchmark_id the day of the first reading that no longer listed it, up to the view's date."""
    days = benchmarks(view).select("benchmark_id", "left_on").drop_nulls()
    return {name: day for name, day in days.iter_rows() if day <= view.as_of}


def with_its_end(text: str, left_on: date | None) -> str:
    """What is said of a benchmark, with the day of the first reading that no longer listed it."""
    return text if left_on is None else f"{text}; no longer listed on {in_words(left_on)}"


def of_unlisted(left: Mapping[str, date]) -> str:
    """Which benchmarks get no new scores any more, by their titles; empty where all do."""
    if not left:
        return ""
    days = sorted(set(left.values()))
    told = [
        f"on {in_words(day)} {listed(sorted(title for title, on in left.items() if on == day))}"
        for day in days
    ]
    return capital(f"no longer listed by their source, so that no new scores come: {'; '.join(told)}.")


def gets_no_scores(last_model_on: date, left_on: date | None, data_end_on: date) -> str:
    """That a benchmark gets no new scores any more, as a sentence; empty where newer models may still come.

    What newer models would reach on it is not known: they are not "not measured yet".
    """
    unknown = "what newer models would reach is not known"
    if left_on is not None:
        day = in_words(left_on)
        return f"Its source listed this test no longer on {day}: no new scores come, and {unknown}."
    if is_measured(last_model_on, data_end_on):
        return ""
    return f"No model released after {in_words(last_model_on)} was measured on this test, so {unknown}."
