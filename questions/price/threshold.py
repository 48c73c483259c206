"""Which capability is to be bought: a measure, a score named by a well-known model, and who sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from analysis.price.levels import NAMED, named_thresholds, named_versions
from analysis.price.steps import PriceBasis
from analysis.results import Interval
from charts.parts.axes import score_text
from questions.controls import Chosen, Option
from questions.filters import KindOfModel, chosen_filters, only, passing, scope
from questions.scores import DEFAULT_BENCHMARK, benchmark_options, benchmarks, scores_of
from questions.trends.series import FEWEST_MODELS, OWN_INDEX, bounded_benchmarks, index_note
from questions.view import View

INDEX_LABEL: Final = "capability index"
NEAR_CHANCE: Final = 0.05
"""A score less than this above chance, as a fraction, is one that guessing nearly reaches."""

LEVEL: Final = 0.90
"""Coverage of the interval of the score itself."""

SELLERS: Final = {"maker": PriceBasis.MAKER, "cheapest-host": PriceBasis.CHEAPEST_HOST}

DEFAULT_NAME: Final = "gpt-4"

HEADLINE_SCALE: Final = "GPQA"
"""The scale of the level that pages name without being asked, as sentences call it: `DEFAULT_BENCHMARK`."""


@dataclass(frozen=True, slots=True)
class Capability:
    """A score to be bought: the models' scores in `unit`, the threshold, and who sells.

    words    the score with its value, as charts name it
    briefly  the same without the value
    label    the name of the scale
    notes    what a reader must know of the score: that guessing nearly reaches it, how a past date was read
    model    the well-known model whose score it is
    near_chance  whether guessing nearly reaches it
    asked_of     the filters that its scores passed; none where they are of all models
    spread       within what the score itself is known (90 %); None where its error is not
    """

    words: str
    briefly: str
    label: str
    measure: str
    threshold: float
    scores: pl.DataFrame
    unit: str
    basis: PriceBasis
    notes: tuple[str, ...] = ()
    model: str = ""
    near_chance: bool = False
    asked_of: tuple[str | None, ...] = ()
    spread: Interval | None = None


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
    return tuple(Option(word, NAMED[word][0]) for word in thresholds)


def capability_of(view: View, measure: str, name: str, seller: str) -> Capability | None:
    """The score that a well-known model (a word of `names_to_choose`) has; None where it has none."""
    measured = _measured(view, measure)
    threshold = named_thresholds(measured.rows).get(name)
    if threshold is None:
        return None
    score, model = score_text(threshold, measured.unit), NAMED[name][0]
    if measure == OWN_INDEX:
        words, briefly = (
            f"{model}'s level on the {INDEX_LABEL} ({score})",
            f"{model}'s capability-index level",
        )
    else:
        briefly = f"{model}'s {measured.label} score"
        words = f"{briefly} ({score})"
    near = _near_chance(threshold, measured)
    return Capability(
        words,
        briefly,
        measured.label,
        measure,
        threshold,
        measured.rows,
        measured.unit,
        SELLERS[seller],
        tuple(filter(None, (near, measured.note))),
        model,
        bool(near),
        spread=_spread(measured.rows, named_versions(measured.rows)[name]),
    )


def _spread(rows: pl.DataFrame, model_id: str) -> Interval | None:
    """Within what the score of a model is known."""
    best = rows.filter(model_id=model_id).drop_nulls(["low", "high"]).sort("value").tail(1)
    return Interval(best["low"][0], best["high"][0], LEVEL) if best.height else None


def headline_level(view: View) -> Capability | None:
    """The level that pages name without being asked: one model's score on one scale, sold by makers."""
    return capability_of(view, DEFAULT_BENCHMARK, DEFAULT_NAME, "maker")


def among(view: View, capability: Capability, filters: KindOfModel) -> Capability:
    """The same score to be bought of the models that pass the filters only."""
    models = passing(view, filters)
    if models is None:
        return capability
    said = scope(filters)
    return replace(
        capability,
        words=f"{capability.words}{said}",
        briefly=f"{capability.briefly}{said}",
        scores=only(capability.scores, models),
        asked_of=chosen_filters(filters),
    )


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


def ladder_of(view: View, measure: str, seller: str) -> tuple[Capability, ...]:
    """Every well-known model's score on a measure, from the lowest."""
    thresholds = named_thresholds(_measured(view, measure).rows)
    named = (
        capability_of(view, measure, name, seller) for name in sorted(thresholds, key=thresholds.__getitem__)
    )
    return tuple(capability for capability in named if capability is not None)
