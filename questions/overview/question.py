"""Overview: the newest state of capability and price in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl

from analysis.capability.frontier import best_so_far
from analysis.trends.trend import FrontierTrend
from charts.capability.capability_over_time import NAME as CAPABILITY_CHART
from charts.capability.capability_over_time import capability_over_time
from charts.models.releases import NAME as RELEASES_CHART
from charts.models.releases import release_timeline
from charts.parts.figure import in_words
from charts.price.price_over_time import price_of_capability
from questions.answer import (
    Answer,
    Block,
    Drawn,
    Heading,
    Later,
    Link,
    Notice,
    Paragraph,
    Table,
    nothing_known,
)
from questions.controls import NoControls
from questions.overview import words
from questions.overview.tiles import tiles
from questions.price.cheapest import CheapestWay, cheapest_way
from questions.price.rate import decline_of
from questions.price.threshold import DEFAULT_NAME, Capability, capability_of
from questions.question import Question
from questions.scores import DEFAULT_BENCHMARK, titles
from questions.trends import words as trend_words
from questions.trends.series import GrowthSeries, evidence_of, index, published_index
from questions.trends.trend import trend_of
from questions.view import View
from questions.wording import as_fit

PRICE_CHART: Final = "price-of-gpt-4-level"
"""The chart of the price question, at the level of Epoch's study: a name of its own."""

NEWEST_POSTS: Final = 12


@dataclass(frozen=True, slots=True)
class _Growth:
    """The capability index, or that which Epoch publishes where there is no other, with its trend."""

    series: GrowthSeries
    trend: FrontierTrend


@dataclass(frozen=True, slots=True)
class _Cost:
    """What GPT-4's level costs, with the score that it is asked for."""

    level: Capability
    way: CheapestWay


def answer(view: View, _controls: NoControls) -> Answer:
    """Whether AI still climbs, what GPT-4's level costs, and what was released last."""
    growth, cost = _growth(view), _cost(view)
    source = Link("sources", "Where the figures come from")
    if growth is None and cost is None:
        missing = f"no scores and no prices are known as of this date. {words.WHAT_BRINGS_DATA}"
        return nothing_known(missing, (source, *_releases(view)))
    measured = evidence_of(view, growth.series) if growth else None
    sold = cost.way.evidence(view) if cost else None
    fresh = words.freshness(
        measured.newest_on if measured else None,
        sold.newest_on if sold else None,
        view.ask("newest_payload").row(0, named=True),
    )
    notes = (
        measured.caveat if measured else "",
        growth.series.note if growth else "",
        *(cost.level.notes if cost else ()),
    )
    caveat, more = as_fit(notes)
    basis = trend_words.rests_on(growth.trend, growth.series.unit) if growth else ""
    return Answer(
        first_line=words.first_line(
            growth.trend if growth else None,
            cost.way.steps if cost else None,
            is_old=measured is not None and measured.is_old,
            price_ended_on=sold.newest_on if sold and sold.is_dated else None,
        ),
        caveat=caveat,
        rests_on=" ".join(filter(None, (basis, fresh, more))),
        would_change=growth.trend.would_change if growth else "",
        blocks=(
            source,
            *(_capability(view, growth) if growth else ()),
            *(_price(view, cost) if cost else ()),
            *_releases(view),
        ),
    )


def _growth(view: View) -> _Growth | None:
    series = index(view) or published_index(view)
    return _Growth(series, trend_of(view, series)) if series else None


def _cost(view: View) -> _Cost | None:
    level = capability_of(view, DEFAULT_BENCHMARK, DEFAULT_NAME, "maker")
    if level is None:
        return None
    way = cheapest_way(view, level)
    return None if way.steps.window is None else _Cost(level, way)


def _capability(view: View, growth: _Growth) -> tuple[Block, ...]:
    """The index with its leader; the windows of the verdict bound what is drawn."""
    series, trend = growth.series, growth.trend
    models = series.models.with_columns(cost=pl.lit(None, pl.Float64))
    recent = models.filter(pl.col("released_on") >= trend.window.start)
    models = recent if recent.height else models
    best = best_so_far(models, view.as_of)
    since = in_words(trend.window.start)
    note = f"Models released since {since}, where the windows of the verdict begin"
    chart = capability_over_time(best, models, series.name, "points", view.footing(models, note=note))
    return (
        Heading("Capability so far"),
        *tiles(view),
        Drawn(chart),
        Paragraph(words.of_leader(best, titles(models), series.name)),
        *(Paragraph(said) for said in trend_words.checks(trend)),
        Later(lambda: _published(view, series), height=60),
        Link("trends", "Does it bend? Curves, ceilings, track record"),
    )


def _published(view: View, series: GrowthSeries) -> tuple[Block, ...]:
    """What Epoch's published index says, where it is not itself the series."""
    published = published_index(view)
    if published is None or published.key == series.key:
        return ()
    said = words.cross_check(trend_of(view, published), published.name)
    return (Paragraph(said),) if said else ()


def _price(view: View, cost: _Cost) -> tuple[Block, ...]:
    """The cheapest way to GPT-4's level, and both rates at which its price falls."""
    level, way = cost.level, cost.way
    rests = way.evidence(view)
    ended_on = rests.newest_on if rests.is_dated else None
    footing = way.footing(view, words.unpriced(way.steps))
    chart = price_of_capability(way.steps, level.words, titles(level.scores), footing, name=PRICE_CHART)
    return (
        Heading("What a given capability costs"),
        Paragraph(f"{words.of_price(way.steps, level.words, ended_on)} {words.WHICH_LEVEL}"),
        Drawn(chart),
        Later(lambda: (Paragraph(words.of_rates(way.steps, decline_of(view, way))),), height=80),
        Link("price", "Other scores, other sellers, and how fast each price falls"),
    )


def _releases(view: View) -> tuple[Block, ...]:
    """The newest models, and the makers' newest statements."""
    since = view.as_of - timedelta(days=365)
    models = view.ask("new_models", since=since)
    heading = Heading("Newest releases")
    if models.is_empty():
        missing = "no model is known to have been released in the year before this date."
        return (heading, Notice(f"No data yet: {missing} {words.WHAT_BRINGS_DATA}"))
    posts = view.ask("posts", most=NEWEST_POSTS)
    return (
        heading,
        Drawn(release_timeline(models, since, view.as_of, view.footing(models))),
        Paragraph("**The makers' newest posts and change-log entries**"),
        Table("posts", posts.select("stated_on", "organization", "title", "url")),
    )


QUESTION: Final = Question(
    name="overview",
    title="Is AI still climbing, and what does each gain cost?",
    asks="Is AI still climbing, what does each gain cost, and what was released last?",
    answer=answer,
    charts=(CAPABILITY_CHART, PRICE_CHART, RELEASES_CHART),
)
