"""Which capability is to be bought: a measure, a score named by a well-known model, and who sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.price.decline import thresholds_of
from analysis.price.steps import PriceBasis
from charts.parts.axes import score_text
from questions.controls import Chosen, Option
from questions.scores import benchmark_options, benchmarks, scores_of
from questions.trends.series import FEWEST_MODELS, OWN_INDEX, bounded_benchmarks, index_note
from questions.view import View

INDEX_LABEL: Final = "capability index"
NEAR_CHANCE: Final = 0.05
"""A score less than this above chance, as a fraction, is one that guessing nearly reaches."""

SELLERS: Final = {"maker": PriceBasis.MAKER, "cheapest-host": PriceBasis.CHEAPEST_HOST}

DEFAULT_NAME: Final = "gpt-4"
_NAMED: Final = {
    "gpt-3.5": (
        "GPT-3.5",
        ("gpt-3.5-turbo-0613", "gpt-3.5-turbo-0125", "gpt-3.5-turbo-1106", "gpt-3.5-turbo"),
    ),
    DEFAULT_NAME: ("GPT-4", ("gpt-4-0314", "gpt-4-0613", "gpt-4")),
    "gpt-4o": ("GPT-4o", ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20", "gpt-4o")),
    "claude-3.5-sonnet": (
        "Claude 3.5 Sonnet",
        ("claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
    ),
    "o1": ("o1", ("o1-2024-12-17", "o1", "o1-preview-2024-09-12")),
}
"""Well-known models by the word that chooses them: the name, and its versions, that which made it first."""


@dataclass(frozen=True, slots=True)
class Capability:
    """A score to be bought: the models' scores in `unit`, the threshold, and who sells.

    words    the score with its value, as charts name it
    briefly  the same without the value
    notes    what a reader must know of the score: that guessing nearly reaches it, how a past date was read
    """

    words: str
    briefly: str
    measure: str
    threshold: float
    scores: pl.DataFrame
    unit: str
    basis: PriceBasis
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measured:
    """The models' values on one measure; `chance` is what guessing reaches, where that is known."""

    label: str
    rows: pl.DataFrame
    unit: str
    chance: float | None
    note: str


def measures_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The capability index, and every benchmark with a known ceiling."""
    return (
        Option(OWN_INDEX, INDEX_LABEL),
        *benchmark_options(bounded_benchmarks(view), FEWEST_MODELS),
    )


def names_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The well-known models that have a score on the chosen measure."""
    thresholds = named_thresholds(_measured(view, chosen["measure"]).rows)
    return tuple(Option(word, _NAMED[word][0]) for word in thresholds)


def capability_of(view: View, measure: str, name: str, seller: str) -> Capability | None:
    """The score that a well-known model (a word of `names_to_choose`) has; None where it has none."""
    measured = _measured(view, measure)
    threshold = named_thresholds(measured.rows).get(name)
    if threshold is None:
        return None
    score, model = score_text(threshold, measured.unit), _NAMED[name][0]
    if measure == OWN_INDEX:
        words, briefly = f"{model}'s level on the {INDEX_LABEL} ({score})", f"{model}'s capability level"
    else:
        briefly = f"{model}'s {measured.label} score"
        words = f"{briefly} ({score})"
    notes = tuple(filter(None, (_near_chance(threshold, measured), measured.note)))
    return Capability(
        words, briefly, measure, threshold, measured.rows, measured.unit, SELLERS[seller], notes
    )


def named_thresholds(rows: pl.DataFrame) -> dict[str, float]:
    """The score of each well-known model that has one: that of its earliest version scored.

    `rows`: model_id, value.
    """
    scores = rows.select("model_id", score="value")
    wanted = [model for _, versions in _NAMED.values() for model in versions]
    known = thresholds_of(scores, wanted)
    return {
        word: known[first]
        for word, (_, versions) in _NAMED.items()
        if (first := next((model for model in versions if model in known), None)) is not None
    }


def _measured(view: View, measure: str) -> _Measured:
    if measure == OWN_INDEX:
        return _Measured(INDEX_LABEL, view.ask("index_for_trend"), "points", None, index_note(view))
    known = benchmarks(view)
    offered = benchmark_options(bounded_benchmarks(view), FEWEST_MODELS)
    labels = dict(known.select("benchmark_id", "title").iter_rows())
    labels |= {option.value: option.label for option in offered}
    found = scores_of(view, measure)
    chance = known.filter(pl.col("benchmark_id") == measure)["random_baseline"].first()
    return _Measured(labels.get(measure, measure), found.dated, "fraction", chance, found.known_by.note)  # type: ignore[arg-type] # a column of numbers


def _near_chance(threshold: float, measured: _Measured) -> str:
    if measured.chance is None or threshold >= measured.chance + NEAR_CHANCE:
        return ""
    guessed = score_text(measured.chance, measured.unit)
    return f"This score is close to what guessing reaches ({guessed}): nearly any model has it."
