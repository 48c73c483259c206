"""What is known of each technology on the map: attention, capability, price or cost, use, money."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from analysis.agents.records import cheapest_near_best
from analysis.hype.shape import MINIMUM_MONTHS, hype_shape
from analysis.hypemap.change import year_on_year
from analysis.hypemap.phases import Phases, months_counted, phases
from analysis.results import Estimate
from analysis.trends.trend import FrontierTrend
from charts.parts.figure import in_words
from questions.hypemap.technologies import TECHNOLOGIES, Attention, Figure, Technology
from questions.kept import kept
from questions.price.cheapest import CheapestWay, cheapest_way
from questions.price.threshold import headline_level
from questions.series import series
from questions.trends import series as growth
from questions.trends.series import GrowthSeries
from questions.trends.trend import trend_of
from questions.view import View
from questions.wording import roughly

FEWEST_MONTHS: Final = 12
"""Months recorded below which there is no line of attention."""

FEWEST_COUNTED: Final = 6
"""Months in which something was counted below which there is none."""

FEWEST_DAYS: Final = 20
"""Days of a month that must have been recorded, else its count is no month's."""

NEAR: Final = 0.05
_RECORDED: Final = pl.col("note").str.extract(r"^(\d+) days recorded").cast(pl.Int64)


@dataclass(frozen=True, slots=True)
class Attended:
    """Attention by month (valid_on, value, source_id, known_then), its change over a year, and its phases."""

    measure: Attention
    points: pl.DataFrame
    change: Estimate | None
    phases: Phases

    @property
    def until(self) -> date:
        """The last month counted."""
        day: date = self.points["valid_on"][-1]
        return day


@dataclass(frozen=True, slots=True)
class Known:
    """A series of use or money, of which first and last are told.

    points  valid_on, value, valid_precision, note, source_id
    """

    figure: Figure
    points: pl.DataFrame

    @property
    def then(self) -> tuple[date, float]:
        """The first day with a figure, and the figure."""
        return self._at(0)

    @property
    def now(self) -> tuple[date, float]:
        """The newest day with a figure, and the figure."""
        return self._at(-1)

    def value(self, place: int) -> float:
        """The figure at a place in time."""
        return self._at(place)[1]

    def note(self, place: int) -> str:
        """What its source says of the figure at a place in time."""
        return self.points.row(place, named=True).get("note") or ""

    def day(self, place: int) -> str:
        """When a figure was: on its day, or in the month or quarter that it is of."""
        span = self._span(place)
        return f"in {span}" if span else f"on {in_words(self._at(place)[0])}"

    @property
    def until(self) -> str:
        """The month, quarter or year of the newest figure."""
        return self._span(-1) or f"{self.now[0]:%B %Y}"

    def _span(self, place: int) -> str | None:
        row = self.points.row(place, named=True)
        return roughly(row["valid_on"], row["valid_precision"])

    def _at(self, place: int) -> tuple[date, float]:
        row = self.points.row(place, named=True)
        return row["valid_on"], row["value"]


@dataclass(frozen=True, slots=True)
class Row:
    """One technology; what is not known of it is None or empty."""

    technology: Technology
    attention: Attended | None = None
    capability: GrowthSeries | None = None
    trend: FrontierTrend | None = None
    price: CheapestWay | None = None
    cost: dict[str, object] | None = None
    use: tuple[Known, ...] = ()
    money: tuple[Known, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it has attention and one other column."""
        return self.attention is not None and sum(self._columns().values()) > 1

    @property
    def missing(self) -> tuple[str, ...]:
        """Which columns are empty, in words."""
        return tuple(name for name, known in self._columns().items() if not known)

    @property
    def known(self) -> tuple[str, ...]:
        """Which columns are not, in words."""
        return tuple(name for name, known in self._columns().items() if known)

    def _columns(self) -> dict[str, bool]:
        return {
            "attention": self.attention is not None,
            "capability": self.trend is not None,
            "price or cost": self.price is not None or self.cost is not None,
            "use": bool(self.use),
            "money": bool(self.money),
        }


def rows_of(view: View) -> tuple[Row, ...]:
    """All technologies, computed once per view."""
    return kept(view, "hype map", (), lambda: tuple(_row(view, one) for one in TECHNOLOGIES))


def _row(view: View, technology: Technology) -> Row:
    capability = _capability(view, *technology.capability)
    trend = trend_of(view, capability) if capability else None
    found = (_attended(view, measure) for measure in technology.attention)
    return Row(
        technology,
        next((one for one in found if one is not None), None),
        capability if trend and trend.slopes else None,
        trend if trend and trend.slopes else None,
        _price(view) if technology.price else None,
        _cost(view, technology.cost),
        tuple(known for one in technology.use if (known := _known(view, one))),
        tuple(known for one in technology.money if (known := _known(view, one))),
    )


def _attended(view: View, measure: Attention) -> Attended | None:
    points = _points(view, *measure.series).filter(_RECORDED.is_null() | (_RECORDED >= FEWEST_DAYS))
    monthly = _by_month(points, view.as_of)
    if monthly.height < FEWEST_MONTHS or months_counted(monthly) < FEWEST_COUNTED:
        return None
    enough = months_counted(monthly) >= MINIMUM_MONTHS
    shape = hype_shape(monthly.select("valid_on", "value")) if enough else None
    return Attended(measure, monthly, year_on_year(monthly), phases(monthly, shape))


def _by_month(points: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Sums by month (valid_on, value, source_id, known_then), of months over by the as-of date.

    Days are added up where a month has all of them. A month for which one of the series has no count is left
    out: its sum would look like a fall.
    """
    month = pl.col("valid_on").dt.truncate("1mo")
    each = points.group_by("series_id", month.alias("month")).agg(
        pl.col("value").sum(),
        pl.col("source_id").first(),
        pl.col("known_then").all(),
        days=pl.len(),
        by_day=(pl.col("valid_precision") == "day").any(),
    )
    whole = pl.col("days") >= pl.col("month").dt.month_end().dt.day()
    daily = pl.col("by_day") & (pl.col("days").max().over("series_id") > 1)
    over = pl.col("month").dt.month_end() < as_of
    summed = (
        each.filter(over, ~daily | whole)
        .group_by(valid_on="month")
        .agg(
            pl.col("value").sum(),
            pl.col("source_id").first(),
            pl.col("known_then").all(),
            counted=pl.col("series_id").n_unique(),
        )
        .sort("valid_on")
    )
    return summed.filter(pl.col("counted") == points["series_id"].n_unique()).drop("counted")


def _capability(view: View, kind: str, name: str) -> GrowthSeries | None:
    match kind:
        case "index":
            return growth.index(view)
        case "open index":
            return _open_index(view)
        case "rating":
            boards = growth.rating_boards(view).filter(benchmark_id=name)
            return growth.rating(view, name, str(boards["board_on"][0])) if boards.height else None
        case "horizon":
            return growth.horizon(view, name)
        case "benchmark":
            return growth.benchmark(view, name)
        case _:
            return None


def _open_index(view: View) -> GrowthSeries | None:
    """The capability index of models whose weights are open."""
    known = growth.index(view)
    models = known.models.filter(pl.col("open_weights")) if known else None
    if known is None or models is None or models.is_empty():
        return None
    name = "capability index of open models"
    return replace(known, key=(*known.key, "open"), name=name, subject=name, briefly=name, models=models)


def _price(view: View) -> CheapestWay | None:
    level = headline_level(view)
    way = cheapest_way(view, level) if level else None
    return way if way and way.steps.times_cheaper else None


def _cost(view: View, tests: tuple[str, ...]) -> dict[str, object] | None:
    """Of the first test with measured costs the cheapest run within five points of the best."""
    if not tests:
        return None
    costs = view.ask("agent_costs", view.known_now)
    for test in tests:
        runs = costs.filter(benchmark_id=test)
        if runs.height:
            return cheapest_near_best(runs, NEAR)
    return None


def _known(view: View, figure: Figure) -> Known | None:
    points = _points(view, figure.series).select("valid_on", "value", "valid_precision", "note", "source_id")
    return None if points.is_empty() else Known(figure, points.sort("valid_on", maintain_order=True))


def _points(view: View, *patterns: str) -> pl.DataFrame:
    """Points of the series whose ids match (SQL LIKE).

    All of the map are asked for together: thirty statements take twenty times as long as one.
    """
    matching = [pl.col("series_id").str.contains(_regex(pattern)) for pattern in patterns]
    return series(view, *_every_pattern()).filter(pl.any_horizontal(matching))


def _every_pattern() -> list[str]:
    of_attention = (
        pattern
        for technology in TECHNOLOGIES
        for measure in technology.attention
        for pattern in measure.series
    )
    of_figures = (
        figure.series for technology in TECHNOLOGIES for figure in (*technology.use, *technology.money)
    )
    return [*of_attention, *of_figures]


def _regex(pattern: str) -> str:
    """What a pattern of SQL's LIKE is to Polars."""
    return f"^{re.escape(pattern).replace('%', '.*').replace('_', '.')}$"
