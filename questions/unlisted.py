"""Benchmarks that get no new scores: those that left their collection, and those no newer model sat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import polars as pl

from charts.parts.figure import in_words
from questions.scores import benchmarks
from questions.view import View
from questions.wording import agreeing, listed

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


def of_benchmark(view: View, benchmark_id: str) -> str:
    """That a chosen benchmark is no longer listed, or no longer sat by newer models; empty while it goes on.

    "Newer" is against the newest model with a score on anything, so that old data do not end a benchmark.
    """
    known = benchmarks(view).filter(pl.col("benchmark_id") == benchmark_id)
    if known.is_empty():
        return ""
    title, left_on = known["title"][0], unlisted(view).get(benchmark_id)
    if left_on is not None:
        return (
            f"{title} is no longer listed by its source, as read on {in_words(left_on)}: no new scores come, "
            "and what newer models would reach is not known."
        )
    by = view.known_since(view.ask("score_reach")["first_observed_at"].item())
    last = view.ask("last_models_of_benchmarks", by)
    own = last.filter(pl.col("benchmark_id") == benchmark_id)["last_model_on"].max()
    end = last["last_model_on"].max()
    if not isinstance(own, date) or not isinstance(end, date) or is_measured(own, end):
        return ""
    return (
        f"The newest model with a score on {title} is of {own:%B %Y}: newer ones are not measured on it, and "
        "what they would reach is not known."
    )


def with_its_end(text: str, left_on: date | None) -> str:
    """What is said of a benchmark, with the day of the first reading that no longer listed it."""
    return text if left_on is None else f"{text}; no longer listed, as read on {in_words(left_on)}"


def of_unlisted(left: Mapping[str, date]) -> str:
    """Which benchmarks get no new scores any more, by their titles; empty where all do."""
    if not left:
        return ""
    days = sorted(set(left.values()))
    told = [
        f"{listed(sorted(title for title, on in left.items() if on == day))}, as read on {in_words(day)}"
        for day in days
    ]
    whose = agreeing(len(left), "its", "their")
    return f"No longer listed by {whose} source, so that no new scores come: {'; '.join(told)}."
