"""Overview: the newest state of capability and price in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.capability.frontier import BestSoFar, best_so_far
from analysis.price.fall import PriceFall
from analysis.trends.trend import FrontierTrend
from charts.capability.capability_over_time import NAME as CAPABILITY_CHART
from charts.capability.capability_over_time import capability_over_time
from charts.parts.figure import in_words
from charts.price.price_over_time import price_found, price_of_capability
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Folded,
    Heading,
    Later,
    Link,
    Paragraph,
    Table,
    nothing_known,
)
from questions.controls import NoControls
from questions.overview import words
from questions.overview.since_last_month import since_last_month
from questions.overview.tiles import tiles
from questions.price.cheapest import CheapestWay, cheapest_way
from questions.price.fall_words import of_fall
from questions.price.rate import fall_within_error
from questions.price.threshold import Capability, headline_level
from questions.price.words import WHICH_LEVEL
from questions.question import Question
from questions.scores import titles
from questions.trends import words as trend_words
from questions.trends.choice_words import summary as choice_summary
from questions.trends.choices import left_out_blocks, readings, too_new
from questions.trends.power_words import power_briefly
from questions.trends.question import power_of_verdict
from questions.trends.series import OWN_INDEX, GrowthSeries, evidence_of, index, published_index
from questions.trends.trend import power_of, trend_of, window_end
from questions.view import View
from questions.wording import as_fit

PRICE_CHART: Final = "price-of-gpt-4-level"
"""The chart of the price question at the level of the headline: a name of its own."""

NEWEST_POSTS: Final = 12

COMPARED: Final = 3

DOORS: Final = (
    Link("capability", "What can I get under $1?", (("price_cap", "1"),)),
    Link("trends", "Is it slowing?"),
    Link("dotcom", "Is it a bubble?"),
)
"""The questions that most readers come with."""

MORE_DOORS: Final = (
    Link("price", "What does GPT-4's level cost?"),
    Link("capability", "What can open models do?", (("weights", "open"),)),
)


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
    fall = fall_within_error(view, cost.level, cost.way) if cost else None
    source = Link("sources", "Where the figures come from")
    if growth is None and cost is None:
        missing = f"no scores and no prices are known as of this date. {words.WHAT_BRINGS_DATA}"
        return nothing_known(missing, (*DOORS, source))
    measured = evidence_of(view, growth.series) if growth else None
    sold = cost.way.evidence(view) if cost else None
    fresh = words.freshness(
        measured.newest_on if measured else None,
        sold.newest_on if sold else None,
        view.ask("newest_payload").row(0, named=True),
    )
    unscored = measured.caveat if measured else ""
    notes = (
        unscored,
        too_new(view, unscored) if growth and growth.series.key == (OWN_INDEX,) else "",
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
        ),
        caveat=caveat,
        rests_on=" ".join(filter(None, (basis, fresh, more))),
        would_change=f"{growth.trend.would_change} {words.OTHER_CHOICES}".strip() if growth else "",
        blocks=(
            *tiles(view, *_paced(view, growth), cost.way.steps if cost else None, fall),
            *(_front(view, growth) if growth else ()),
            *((Later(lambda: _by_other_choices(view), height=90),) if growth else ()),
            *since_last_month(view),
            Heading("What most readers ask"),
            Beside(tuple((door,) for door in DOORS)),
            Beside(tuple((door,) for door in (*MORE_DOORS, _side_by_side(growth)))),
            *((Folded("What a given capability costs", _price(view, cost, fall)),) if cost else ()),
            *((Folded("Who leads, and what checks the verdict", _checks(view, growth)),) if growth else ()),
            *_posts(view),
            source,
        ),
        badge=words.badge(growth.trend, is_old=measured is not None and measured.is_old) if growth else "",
    )


def _growth(view: View) -> _Growth | None:
    series = index(view) or published_index(view)
    return _Growth(series, trend_of(view, series)) if series else None


def _cost(view: View) -> _Cost | None:
    level = headline_level(view)
    if level is None:
        return None
    way = cheapest_way(view, level)
    return None if way.steps.window is None else _Cost(level, way)


def _side_by_side(growth: _Growth | None) -> Link:
    """To the best models of three makers; without so many to those that the question compares by itself."""
    if growth is not None:
        best = growth.series.models.sort("value", "model_id", descending=[True, False])
        of_makers = best.unique("organization", keep="first", maintain_order=True).head(COMPARED)
        if of_makers.height == COMPARED:
            chosen = tuple(("models", name) for name in of_makers["model_id"])
            return Link("compare", "The best of three makers, compared", chosen)
    return Link("compare", "Compare models")


def _paced(view: View, growth: _Growth | None) -> tuple[FrontierTrend | None, BestSoFar | None]:
    return (growth.trend, best_so_far(_drawn(growth), _end(view, growth))) if growth else (None, None)


def _drawn(growth: _Growth) -> pl.DataFrame:
    """The models of the index; the windows of the verdict bound what is drawn."""
    models = growth.series.models.with_columns(cost=pl.lit(None, pl.Float64))
    recent = models.filter(pl.col("released_on") >= growth.trend.window.start)
    return recent if recent.height else models


def _end(view: View, growth: _Growth) -> date:
    """The day of the newest model with a score: who leads since then nobody has measured."""
    return window_end(growth.series, view.as_of)


def _front(view: View, growth: _Growth) -> tuple[Block, ...]:
    """The index with its leader."""
    models = _drawn(growth)
    best = best_so_far(models, _end(view, growth))
    note = (
        f"Models released since {in_words(growth.trend.window.start)}, where the windows of the verdict begin"
    )
    footing = view.footing(models, note=note)
    return (Drawn(capability_over_time(best, models, growth.series.name, "points", footing)),)


def _checks(view: View, growth: _Growth) -> tuple[Block, ...]:
    """Who leads, and whether other ways to ask give the same verdict."""
    models = _drawn(growth)
    best = best_so_far(models, _end(view, growth))
    return (
        Paragraph(words.of_leader(best, models, growth.series.name)),
        *(Paragraph(said) for said in trend_words.checks(growth.trend)),
        *power_of_verdict(view, growth.series, growth.trend),
        Later(lambda: _published(view, growth.series), height=60),
        *left_out_blocks(view),
        Link("trends", "Does it bend? Curves, ceilings, track record"),
    )


def _published(view: View, series: GrowthSeries) -> tuple[Block, ...]:
    """What Epoch's published index says, where it is not itself the series."""
    published = published_index(view)
    if published is None or published.key == series.key:
        return ()
    trend = trend_of(view, published)
    power = power_of(view, published, trend)
    said = words.cross_check(trend, published.name, "" if power is None else power_briefly(power))
    return (Paragraph(said),) if said else ()


def _by_other_choices(view: View) -> tuple[Block, ...]:
    """How many readings by other measures and windows say what."""
    found = readings(view)
    return (Paragraph(choice_summary(found)),) if found else ()


def _price(view: View, cost: _Cost, fall: PriceFall | None) -> tuple[Block, ...]:
    """The cheapest way to GPT-4's level, and how its price fell."""
    level, way = cost.level, cost.way
    footing = way.footing(view, words.unpriced(way.steps))
    chart = price_of_capability(way.steps, level.words, titles(level.scores), footing, name=PRICE_CHART)
    return (
        Paragraph(f"{price_found(way.steps, level.words)}. {WHICH_LEVEL}"),
        Drawn(chart),
        *((Paragraph(of_fall(fall, way.steps.basis)),) if fall else ()),
        Link("price", "Other scores, other sellers, and how each price fell"),
    )


def _posts(view: View) -> tuple[Block, ...]:
    """The makers' newest statements, folded."""
    posts = view.ask("posts", most=NEWEST_POSTS)
    if posts.is_empty():
        return ()
    shown = Table("posts", posts.select("stated_on", "organization", "title", "url"))
    return (Folded("The makers' newest posts and change-log entries", (shown,)),)


QUESTION: Final = Question(
    name="overview",
    title="hypecurve",
    purpose="Is AI still climbing, is it flattening, and what does each gain cost?",
    asks="Is AI still climbing, what does each gain cost, and what was released last?",
    answer=answer,
    charts=(CAPABILITY_CHART, PRICE_CHART),
)
