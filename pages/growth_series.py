"""Which series the page of S-curves and plateaus looks at: what is measured, of which models."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.capability.frontier import critical_value
from analysis.trends.measures import HORIZON, INDEX, RATING, Measure, bounded_score
from charts.parts.figure import in_words
from pages import asking
from pages.frame import View
from store.snapshot import end_of

HORIZONS: Final = {"50 % success": "metr-horizon-50-v1.1", "80 % success": "metr-horizon-80-v1.1"}
DEFAULT_BENCHMARK: Final = "gpqa-diamond"
DEFAULT_BOARD: Final = "arena-text-style-control"
FEWEST_MODELS: Final = 20

_WIDTH_IN_ERRORS: Final = 2 * critical_value(0.90)
"""How many standard errors a 90 % interval, such as the index has, is wide."""


class Kind(StrEnum):
    """What can be looked at."""

    INDEX = "capability index"
    PUBLISHED = "Epoch's published index"
    RATING = "rating of one board on one day"
    HORIZON = "METR's time horizon"
    BENCHMARK = "one benchmark with a ceiling"


@dataclass(frozen=True, slots=True)
class GrowthSeries:
    """One series: `models` as `frontier_trend` takes them, with title and open_weights.

    `unit` is that of the values; `note` says how a past date was read and what is left out.
    """

    name: str
    models: pl.DataFrame
    measure: Measure
    unit: str
    note: str


def chosen_series(view: View) -> GrowthSeries | None:
    """The series that the reader picks; None where nothing is known of it."""
    kind = st.selectbox("Series", list(Kind), key="series", bind="query-params")
    if kind == Kind.INDEX:
        return index(view)
    if kind == Kind.PUBLISHED:
        return published_index(view)
    if kind == Kind.HORIZON:
        return horizon(view)
    return rating(view) if kind == Kind.RATING else benchmark(view)


def index(view: View) -> GrowthSeries | None:
    """The capability index of hypecurve, one fit of all that is known now."""
    rows = view.ask("index_for_trend").with_columns(
        stderr=(pl.col("high") - pl.col("low")) / _WIDTH_IN_ERRORS
    )
    return _series("capability index", rows, INDEX, "points", index_note(view))


def published_index(view: View) -> GrowthSeries | None:
    """The index that Epoch publishes: one row a fitted value, of models released by the as-of date."""
    reach = view.ask("benchmark_reach", benchmark=asking.INDEX)["first_observed_at"].item()
    reading = view.reading(reach)
    models = view.ask("published_index_over_time", as_of=reading.instant)
    rows = models.filter(pl.col("released_on") <= view.as_of)
    return _series("index that Epoch publishes", rows, INDEX, "points", reading.note)


def index_note(view: View) -> str:
    """How a past date is read in the index, which is one fit and not a history; empty for today."""
    if view.as_of >= view.today:
        return ""
    released = in_words(view.as_of)
    return f"The models released by {released}, with the values of one fit to all that is known now."


def horizon(view: View) -> GrowthSeries | None:
    """METR's time horizon, one version of its tasks."""
    label = st.segmented_control(
        "Horizon at", list(HORIZONS), default=next(iter(HORIZONS)), key="success", bind="query-params"
    )
    scores = asking.scores_of(view, HORIZONS[label or next(iter(HORIZONS))])
    rows = scores.dated.filter(pl.col("value") > 0)
    return _series(f"METR time horizon at {label}", rows, HORIZON, "minutes", scores.reading.note)


def rating(view: View) -> GrowthSeries | None:
    """Ratings of one board on one day; days are never mixed."""
    boards = view.ask("rating_boards").with_columns(label=pl.col("title"))
    if boards.is_empty():
        return None
    names = dict(
        boards.unique("benchmark_id", keep="first").sort("title").select("title", "benchmark_id").rows()
    )
    left, right = st.columns(2)
    with left:
        title = st.selectbox(
            "Board",
            list(names),
            index=_place(list(names.values()), DEFAULT_BOARD),
            key="board",
            bind="query-params",
        )
    days = boards.filter(pl.col("benchmark_id") == names[title]).sort("board_on", descending=True)
    by_day = {row["board_on"].isoformat(): row for row in days.iter_rows(named=True)}
    with right:
        day = st.selectbox(
            "Measured on",
            list(by_day),
            key="board_on",
            bind="query-params",
            help="Ratings of different days are fitted anew and never stand in one line.",
        )
    board = by_day[day]
    rows = view.ask(
        "ratings_of_board",
        benchmark=board["benchmark_id"],
        source=board["source_id"],
        board_on=board["board_on"],
    )
    name = f"{title} rating of {in_words(board['board_on'])}"
    return _series(name, rows.filter("date_is_stated"), RATING, "points", "")


def benchmark(view: View) -> GrowthSeries | None:
    """A score between chance and a ceiling."""
    labels = bounded_benchmarks(view)
    if not labels:
        return None
    ids = [row["benchmark_id"] for row in labels.values()]
    label = st.selectbox(
        "Benchmark",
        list(labels),
        index=_place(ids, DEFAULT_BENCHMARK),
        key="benchmark",
        bind="query-params",
        help="Any one of these can be picked after seeing it: one benchmark is no evidence on AI as a whole.",
    )
    row = labels[label]
    scores = asking.scores_of(view, row["benchmark_id"])
    measure = bounded_score(row["title"], row["random_baseline"], row["ceiling"])
    return _series(f"score on {row['title']}", scores.dated, measure, "fraction", scores.reading.note)


def bounded_benchmarks(view: View) -> dict[str, dict[str, Any]]:
    """Benchmarks whose chance level and ceiling are known and that enough models sat, by label."""
    known = view.ask("benchmarks", as_of=end_of(view.today)).filter(
        (pl.col("unit") == "fraction")
        & (pl.col("published_on").is_null() | (pl.col("published_on") <= view.as_of))
        & (pl.col("ceiling") > pl.col("random_baseline"))
        & (pl.col("models") >= FEWEST_MODELS)
        & pl.col("higher_is_better")
    )
    return asking.benchmark_labels(known, FEWEST_MODELS) if known.height else {}


def _place(values: list[str], wanted: str) -> int:
    return values.index(wanted) if wanted in values else 0


def _series(name: str, rows: pl.DataFrame, measure: Measure, unit: str, note: str) -> GrowthSeries | None:
    return None if rows.is_empty() else GrowthSeries(name, rows, measure, unit, note)
