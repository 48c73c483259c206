"""The series whose growth is looked at: what is measured, of which models, and how each is named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from analysis.numeric.noise import critical_value
from analysis.trends.measures import HORIZON, INDEX, RATING, Measure, bounded_score
from charts.parts.figure import in_words
from questions.evidence import Evidence, of_scores
from questions.scores import PUBLISHED_INDEX, benchmarks, published_scores_of, scores_of
from questions.view import View

OWN_INDEX: Final = "capability-index"
"""The capability index that hypecurve fits itself."""

HORIZONS: Final = {"50": "metr-horizon-50-v1.1", "80": "metr-horizon-80-v1.1"}
"""METR's horizons by the percentage of success that they are stated at."""

METR_STATES: Final = "50"
"""The percentage of success whose doubling time METR states itself."""

FEWEST_MODELS: Final = 20
"""Models below which a benchmark is not offered for a trend."""

_WIDTH_IN_ERRORS: Final = 2 * critical_value(0.90)
"""How many standard errors a 90 % interval, such as the index has, is wide."""


@dataclass(frozen=True, slots=True)
class GrowthSeries:
    """One series, with the ways to name it.

    key          what tells it from every other series of a view
    name         what charts call it
    subject      what a sentence begins with
    briefly      the same where the subject would make a first line too long
    models       as `frontier_trend` takes them, with title and open_weights
    unit         that of the values
    note         how a past date was read; empty where it needs no word
    measured_on  the day on which all models were measured, where there is one such day
    """

    key: tuple[str, ...]
    name: str
    subject: str
    briefly: str
    models: pl.DataFrame
    measure: Measure
    unit: str
    note: str = ""
    measured_on: date | None = None


def index(view: View) -> GrowthSeries | None:
    """The capability index of hypecurve, one fit of all that is known now; None where nothing is known."""
    rows = view.ask("index_for_trend").with_columns(stderr=error_of_interval())
    subject = "the capability index"
    note = index_note(view)
    return _known(
        GrowthSeries((OWN_INDEX,), "capability index", subject, subject, rows, INDEX, "points", note)
    )


def published_index(view: View) -> GrowthSeries | None:
    """The index that Epoch publishes: one row a fitted value, of models released by the as-of date."""
    reach = view.ask("benchmark_reach", benchmark=PUBLISHED_INDEX)["first_observed_at"].item()
    by = view.known_since(reach)
    models = view.ask("published_index_over_time", by)
    rows = models.filter(pl.col("released_on") <= view.as_of)
    name = "index that Epoch publishes"
    series = GrowthSeries(
        (PUBLISHED_INDEX,), name, f"the {name}", "Epoch's index", rows, INDEX, "points", by.note
    )
    return _known(series)


def error_of_interval() -> pl.Expr:
    """The standard error of an index whose 90 % interval is from `low` to `high`."""
    return (pl.col("high") - pl.col("low")) / _WIDTH_IN_ERRORS


def index_note(view: View) -> str:
    """How a past date is read in the index, which is one fit and not a history; empty for today."""
    if view.as_of >= view.today:
        return ""
    released = in_words(view.as_of)
    return f"The models released by {released}, with the values of one fit to all that is known now."


def horizon(view: View, success: str) -> GrowthSeries | None:
    """METR's time horizon at a percentage of success (a key of HORIZONS), one version of its tasks."""
    scores = published_scores_of(view, HORIZONS[success])
    rows = scores.dated.filter(pl.col("value") > 0)
    subject = f"METR's {success} % horizon"
    series = GrowthSeries(
        ("horizon", success),
        f"METR time horizon at {success} % success",
        subject,
        subject,
        rows,
        HORIZON,
        "minutes",
        scores.known_by.note,
    )
    return _known(series)


def rating_boards(view: View) -> pl.DataFrame:
    """The boards with ratings and the days on which they were measured, the newest day first."""
    return view.ask("rating_boards")


def rating(view: View, board: str, board_on: str) -> GrowthSeries | None:
    """Ratings of one board on one day (YYYY-MM-DD); days are never mixed. None where there are none."""
    found = rating_boards(view).filter(
        pl.col("benchmark_id") == board, pl.col("board_on").cast(pl.String) == board_on
    )
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    day: date = row["board_on"]
    rows = view.ask("ratings_of_board", benchmark=board, source=row["source_id"], board_on=day)
    name = f"{row['title']} rating of {in_words(day)}"
    series = GrowthSeries(
        ("rating", board, board_on),
        name,
        f"the {name}",
        f"this board's rating of {in_words(day)}",
        rows.filter("date_is_stated"),
        RATING,
        "points",
        measured_on=day,
    )
    return _known(series)


def benchmark(view: View, benchmark_id: str) -> GrowthSeries | None:
    """A score between chance and a ceiling; None where the benchmark is not one of `bounded_benchmarks`."""
    found = bounded_benchmarks(view).filter(pl.col("benchmark_id") == benchmark_id)
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    scores = scores_of(view, benchmark_id)
    name = f"score on {row['title']}"
    series = GrowthSeries(
        ("benchmark", benchmark_id),
        name,
        f"the {name}",
        "the score on this test",
        scores.dated,
        bounded_score(row["title"], row["random_baseline"], row["ceiling"]),
        "fraction",
        scores.known_by.note,
    )
    return _known(series)


def evidence_of(view: View, series: GrowthSeries) -> Evidence:
    """How far a series reaches: as far as its newest model, since its slope is one of release days.

    A board that was measured on one day is as new as that day.
    """
    rests = of_scores(view, series.models.select("model_id", "released_on"), view.as_of)
    if series.measured_on is None or rests.newest_on is None:
        return rests
    return replace(rests, newest_on=min(view.as_of, max(rests.newest_on, series.measured_on)))


def bounded_benchmarks(view: View) -> pl.DataFrame:
    """Benchmarks whose chance level and ceiling are known and that enough models sat."""
    return benchmarks(view).filter(
        (pl.col("unit") == "fraction")
        & (pl.col("ceiling") > pl.col("random_baseline"))
        & (pl.col("models") >= FEWEST_MODELS)
        & pl.col("higher_is_better")
    )


def _known(series: GrowthSeries) -> GrowthSeries | None:
    return None if series.models.is_empty() else series
