"""What a reader can choose of the question of growth: the series, its windows, where the curves begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

from analysis.trends.early_fit import days_to_judge
from analysis.trends.scurve import NAMES
from questions.controls import Choice, Chosen, Number, Option, Several, control
from questions.scores import DEFAULT_BENCHMARK, PUBLISHED_INDEX, benchmark_options
from questions.trends.series import (
    FEWEST_MODELS,
    HORIZONS,
    OWN_INDEX,
    GrowthSeries,
    benchmark,
    bounded_benchmarks,
    horizon,
    index,
    published_index,
    rating,
    rating_boards,
)
from questions.trends.trend import EARLIER_MONTHS, RECENT_MONTHS
from questions.view import View

DEFAULT_BOARD: Final = "arena-text-style-control"
SINCE_ALL: Final = "all"
EARLY: Final = "early"
"""The place of the widget that chooses from when on curves are judged."""

MOST_CURVES: Final = 4
CURVES: Final = "curves"
"""The place of the widget that belongs to the curves, which may be too few to be drawn."""


class Kind(StrEnum):
    """What can be looked at."""

    INDEX = OWN_INDEX
    PUBLISHED = PUBLISHED_INDEX
    RATING = "rating"
    HORIZON = "time-horizon"
    BENCHMARK = "benchmark"


_KINDS: Final = (
    Option(Kind.INDEX.value, "capability index"),
    Option(Kind.PUBLISHED.value, "Epoch's published index"),
    Option(Kind.RATING.value, "rating of one board on one day"),
    Option(Kind.HORIZON.value, "METR's time horizon"),
    Option(Kind.BENCHMARK.value, "one benchmark with a ceiling"),
)
_SUCCESSES: Final = tuple(Option(success, f"{success} % success") for success in HORIZONS)
_FIRST_YEARS: Final = tuple(Option(since, since) for since in (SINCE_ALL, "2021", "2022", "2023", "2024"))


CURVE_OPTIONS: Final = tuple(Option(name.lower().replace(" ", "-"), name) for name in NAMES)
"""The candidates by their words in addresses."""


def curves_to_choose(_view: View, chosen: Chosen) -> Sequence[Option]:
    """The candidates that the chosen series can have: only a benchmark has a known ceiling."""
    has_ceiling = chosen["series"] == Kind.BENCHMARK
    return tuple(option for option in CURVE_OPTIONS if has_ceiling or option.label != NAMES[-1])


def boards_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The boards with ratings, by title."""
    boards = rating_boards(view).select("benchmark_id", "title").unique("benchmark_id", keep="first")
    return tuple(Option(*row) for row in boards.sort("title", "benchmark_id").iter_rows())


def days_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The days on which the chosen board was measured, the newest first."""
    days = rating_boards(view).filter(pl.col("benchmark_id") == (chosen["board"] or ""))["board_on"]
    return tuple(Option(day, day) for day in days.sort(descending=True).cast(pl.String))


def benchmarks_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The benchmarks with a known ceiling, by title."""
    return benchmark_options(bounded_benchmarks(view), FEWEST_MODELS)


def days_to_fit_on(view: View, chosen: Chosen) -> Sequence[Option]:
    """The days from which a whole year has passed since curves could be fitted, the newest first."""
    series = _series(view, chosen)
    days = () if series is None else days_to_judge(models_since(series, chosen["curves_since"]))
    return tuple(Option(day.isoformat(), f"{day.day} {day:%B %Y}") for day in days)


def models_since(series: GrowthSeries, since: str) -> pl.DataFrame:
    """The models that were released since the beginning of a year, or all."""
    if since == SINCE_ALL:
        return series.models
    return series.models.filter(pl.col("released_on") >= date(int(since), 1, 1))


@dataclass(frozen=True, slots=True)
class TrendsControls:
    """What shapes the verdict on a series, and its curves."""

    series: str = control(Kind.INDEX.value, Choice("Series", _KINDS))
    success: str = control(
        "50", Choice("Horizon at", _SUCCESSES, applies=lambda chosen: chosen["series"] == Kind.HORIZON)
    )
    board: str | None = control(
        DEFAULT_BOARD,
        Choice("Board", boards_to_choose, applies=lambda chosen: chosen["series"] == Kind.RATING),
    )
    board_on: str | None = control(
        "",
        Choice(
            "Measured on",
            days_to_choose,
            help="Ratings of different days are fitted anew and never stand in one line.",
            applies=lambda chosen: chosen["series"] == Kind.RATING,
        ),
    )
    benchmark: str | None = control(
        DEFAULT_BENCHMARK,
        Choice(
            "Benchmark",
            benchmarks_to_choose,
            help=(
                "Any one of these can be picked after seeing it: one benchmark is no evidence on AI as a "
                "whole."
            ),
            applies=lambda chosen: chosen["series"] == Kind.BENCHMARK,
        ),
    )
    recent_months: int = control(
        RECENT_MONTHS,
        Number(
            "Recent window, months",
            12,
            36,
            3,
            help="The verdicts are calibrated for 18 months against the 24 before.",
        ),
    )
    earlier_months: int = control(EARLIER_MONTHS, Number("Window before it, months", 12, 48, 6))
    curves_since: str = control(
        SINCE_ALL, Choice("Curves through models released since", _FIRST_YEARS, near=CURVES)
    )
    curves: tuple[str, ...] = control(
        (),
        Several(
            "Curves to draw in place of the one that fits best",
            curves_to_choose,
            fewest=0,
            most=MOST_CURVES,
            help="Without a choice the curve that fits best, the others as thin lines.",
            near=CURVES,
            chips=True,
        ),
    )
    fitted_on: str | None = control(
        "",
        Choice(
            "Fitted to what had been released by",
            days_to_fit_on,
            help="The twelve months after it judge the curves; they had no part in the fit.",
            near=EARLY,
        ),
    )

    @property
    def drawn(self) -> tuple[str, ...]:
        """The chosen candidates by their names."""
        names = {option.value: option.label for option in CURVE_OPTIONS}
        return tuple(names[word] for word in self.curves)


def chosen_series(view: View, controls: TrendsControls) -> GrowthSeries | None:
    """The series that was chosen; None where nothing is known of it."""
    names = ("series", "success", "board", "board_on", "benchmark")
    return _series(view, {name: getattr(controls, name) for name in names})


def _series(view: View, chosen: Chosen) -> GrowthSeries | None:
    match Kind(chosen["series"]):
        case Kind.INDEX:
            return index(view)
        case Kind.PUBLISHED:
            return published_index(view)
        case Kind.RATING:
            return rating(view, chosen["board"] or "", chosen["board_on"] or "")
        case Kind.HORIZON:
            return horizon(view, chosen["success"])
        case Kind.BENCHMARK:
            return benchmark(view, chosen["benchmark"] or "")
