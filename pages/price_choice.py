"""Which capability the price page asks for: a measure, and a score named by a well-known model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from analysis.price.decline import thresholds_of
from analysis.price.steps import PriceBasis
from charts.parts.axes import score_text
from pages import asking, growth_series
from pages.frame import View

INDEX_LABEL: Final = "capability index"
DEFAULT_BENCHMARK: Final = "gpqa-diamond"
NEAR_CHANCE: Final = 0.05

# The versions of each name, the one that made the name first.
NAMED: Final = {
    "GPT-3.5": ("gpt-3.5-turbo-0613", "gpt-3.5-turbo-0125", "gpt-3.5-turbo-1106", "gpt-3.5-turbo"),
    "GPT-4": ("gpt-4-0314", "gpt-4-0613", "gpt-4"),
    "GPT-4o": ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20", "gpt-4o"),
    "Claude 3.5 Sonnet": (
        "claude-3-5-sonnet-20240620",
        "claude-3-5-sonnet-20241022",
        "claude-3-5-sonnet",
    ),
    "o1": ("o1-2024-12-17", "o1", "o1-preview-2024-09-12"),
}
DEFAULT_NAME: Final = "GPT-4"


@dataclass(frozen=True, slots=True)
class Capability:
    """A score to be bought: the models' scores in `unit`, the threshold, and whose it is.

    `note` says how a past date was read, and warns of a score that guessing nearly reaches.
    """

    words: str
    measure: str
    threshold: float
    scores: pl.DataFrame
    unit: str
    basis: PriceBasis
    note: str


def chosen_capability(view: View) -> Capability | None:
    """What the reader picks; None where no well-known model has a score."""
    benchmarks = growth_series.bounded_benchmarks(view)
    labels = [INDEX_LABEL, *benchmarks]
    default = next(
        (label for label, row in benchmarks.items() if row["benchmark_id"] == DEFAULT_BENCHMARK), labels[0]
    )
    left, middle, right = st.columns(3)
    with left:
        label = st.selectbox(
            "Measured by", labels, index=labels.index(default), key="measure", bind="query-params"
        )
    if label == INDEX_LABEL:
        rows, unit, chance = view.ask("index_for_trend"), "points", None
        note = growth_series.index_note(view)
    else:
        found = asking.scores_of(view, benchmarks[label]["benchmark_id"])
        rows, unit, note = found.dated, "fraction", found.reading.note
        chance = benchmarks[label]["random_baseline"]
    thresholds = named_thresholds(rows)
    if not thresholds:
        return None
    with middle:
        names = list(thresholds)
        name = st.selectbox(
            "At least as good as",
            names,
            index=names.index(DEFAULT_NAME) if DEFAULT_NAME in names else 0,
            key="threshold",
            bind="query-params",
        )
    with right:
        basis = st.selectbox(
            "Sold by", [basis.value for basis in PriceBasis], key="seller", bind="query-params"
        )
    threshold = thresholds[name]
    if chance is not None and threshold < chance + NEAR_CHANCE:
        guessed = score_text(chance, unit)
        note += f" This score is close to what guessing reaches ({guessed}): nearly any model has it."
    words = f"{name}'s {label} score ({score_text(threshold, unit)})"
    if label == INDEX_LABEL:
        words = f"{name}'s level on the capability index ({score_text(threshold, unit)})"
    return Capability(words, label, threshold, rows, unit, PriceBasis(basis), note.strip())


def named_thresholds(rows: pl.DataFrame) -> dict[str, float]:
    """The score of each well-known name that has one: that of its earliest version scored."""
    scores = rows.select("model_id", score="value")
    wanted = [model for versions in NAMED.values() for model in versions]
    known = thresholds_of(scores, wanted)
    return {
        name: known[first]
        for name, versions in NAMED.items()
        if (first := next((model for model in versions if model in known), None)) is not None
    }
