"""What's new: what changed in the last days that have evidence, by whose word, for one maker or kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from analysis.news.item import NewsKind
from charts.news.timeline import NAME, news_timeline
from questions.answer import (
    Answer,
    Block,
    Column,
    Drawn,
    Entries,
    Folded,
    Heading,
    Kind,
    Paragraph,
    Table,
    nothing_known,
)
from questions.compare.beside import ways_of
from questions.controls import Choice, Chosen, Option, Several, control
from questions.news import words
from questions.news.first_listed import FEWEST_TOGETHER, IS_FIRST_LISTED, together
from questions.news.kinds import KINDS
from questions.news.shut_downs import KNOWN_FIRST, numbers
from questions.news.twins import told_once
from questions.news.unread import readings
from questions.question import Question
from questions.view import KnownBy, View

MOST_DAYS_DRAWN: Final = 40
"""So many days stand on the page; older ones stand in the rows of the chart."""

MOST_OF_A_KIND: Final = 4
"""So many of a kind and a day stand open, the rest folded."""

WEIGHTY: Final = tuple(
    kind.value for kind in (NewsKind.LEADER, NewsKind.LOW, NewsKind.VERDICT, NewsKind.MODEL, NewsKind.PRICE)
)
MOST_OF_A_WEIGHTY_KIND: Final = 20
"""What readers come for, of which more stand open: no more than a page has room for on a first reading."""

LAST: Final = {
    "kind": Column("kind", width=110),
    "happened_on": Column("last", Kind.DAY, width=100),
    "headline": Column("what", width=460),
    "url": Column("page", Kind.LINK, width=80),
}


def makers_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The makers, those of most news in the last ninety days with evidence first."""
    known = known_news(view)[0]
    recent = pl.col("happened_on") >= first_day(known, 90)
    makers = (
        known.drop_nulls("organization").group_by("organization").agg(recent.sum().alias("recent"), pl.len())
    )
    names = makers.sort("recent", "len", "organization", descending=[True, True, False])["organization"]
    return [Option(name, name) for name in names]


@dataclass(frozen=True, slots=True)
class NewsControls:
    """Which news are shown."""

    days: str = control(
        "7",
        Choice(
            "Days that have evidence",
            tuple(Option(str(days), f"last {days}") for days in (7, 30, 90, 365)),
            help="A day on which nothing is known does not count.",
        ),
    )
    maker: str | None = control(None, Choice("Maker", makers_to_choose, optional=True, chips=True))
    kind: tuple[str, ...] = control(
        (),
        Several(
            "Kinds",
            tuple(Option(kind, label) for kind, label in KINDS.items()),
            fewest=0,
            most=len(KINDS),
            chips=True,
        ),
    )


def answer(view: View, controls: NewsControls) -> Answer:
    """What changed, by day, the newest first."""
    known, by = known_news(view)
    if known.is_empty():
        return nothing_known(f"nothing that happened is known as of this date. {words.WHAT_BRINGS_NEWS}")
    asked = _of(known, controls)
    days = int(controls.days)
    since = first_day(asked, days)
    shown = chosen_news(view, controls)
    due, told = shown.filter(words.IS_DUE), shown.filter(~words.IS_DUE)
    last = first_day(asked, 1)
    span = days_with_evidence(asked, days) or [since]
    is_filtered = bool(controls.maker or controls.kind)
    silent = words.silence(span[-1], days, view.as_of, is_filtered=is_filtered)
    ways = ways_of(view)
    return Answer(
        first_line=words.first_line(told, due, controls.maker, span, days, silent),
        caveat=by.note_on("changes") or words.caveat(told),
        rests_on=words.rests_on(told, due),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_days(told, ways),
            *_silent(view, by, controls, since, last),
            *_due(due, ways),
            *_chart(view, told, since),
            *_last(asked.filter(~words.IS_DUE)),
        ),
    )


def known_news(view: View) -> tuple[pl.DataFrame, KnownBy]:
    """All that had happened by the as-of date, as known then where anything was, the newest first."""
    by = view.known_since(view.ask("news_reach")["first_known_at"].item())
    return told_once(view.ask("news", by)), by


def chosen_news(view: View, controls: NewsControls) -> pl.DataFrame:
    """The news that the controls ask for, the newest day, its weightiest kind and the best known first."""
    asked = _of(known_news(view)[0], controls)
    weight = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)}, default=99)
    order = {"happened_on": True, "weight": False, **KNOWN_FIRST, "headline": False, "news_id": False}
    return (
        asked.filter(pl.col("happened_on") >= first_day(asked, int(controls.days)))
        .with_columns(weight=weight)
        .sort(list(order), descending=list(order.values()), nulls_last=True)
        .drop("weight")
    )


def first_day(known: pl.DataFrame, days: int) -> date:
    """The day on which the span of so many days with evidence begins: those of the maker and kinds asked for.

    After all days where nothing is known.
    """
    return min(days_with_evidence(known, days), default=date.max)


def days_with_evidence(known: pl.DataFrame, days: int) -> list[date]:
    """The last so many days that have evidence, the first of them first.

    A day has evidence where something became known of it on that day or later; that a notice named it
    beforehand is none.
    """
    seen = known.filter(pl.col("known_at").dt.date() >= pl.col("happened_on"))
    found = (seen if seen.height else known)["happened_on"].unique().sort().tail(days)
    return found.to_list()


def _of(known: pl.DataFrame, controls: NewsControls) -> pl.DataFrame:
    asked: list[pl.Expr] = []
    if controls.maker:
        asked.append(pl.col("organization") == controls.maker)
    if controls.kind:
        asked.append(pl.col("kind").is_in(list(controls.kind)))
    return known.filter(*asked)


def _last(known: pl.DataFrame) -> tuple[Block, ...]:
    last = words.last_of_each_kind(known)
    return (
        (Folded("The last of each kind", (Table("last-of-each-kind", last, LAST),)),) if last.height else ()
    )


def _silent(view: View, by: KnownBy, controls: NewsControls, since: date, last: date) -> tuple[Block, ...]:
    """Models that were first seen in the span after a gap in reading: known, but no news."""
    if controls.maker or (controls.kind and NewsKind.MODEL.value not in controls.kind):
        return ()
    said = readings(view, by).silent_models(since - timedelta(days=1), last)
    return (Paragraph(said),) if said else ()


def _due(due: pl.DataFrame, ways: words.Ways) -> tuple[Block, ...]:
    """What earlier notices named for days of the span, folded: nobody has said since that it came so."""
    if due.is_empty():
        return ()
    days = due["happened_on"].unique(maintain_order=True)
    entries = tuple(
        words.on_its_day(day, entry)
        for day in days
        for entry in words.entries(due.filter(pl.col("happened_on") == day), ways)
    )
    return (Folded(f"{words.due(due)}: {numbers(due)}", (Entries("due", entries),)),)


def _days(shown: pl.DataFrame, ways: words.Ways) -> Iterator[Block]:
    """A part for each day: a few of each kind, the rest folded."""
    days = shown["happened_on"].unique(maintain_order=True)
    for day in days.head(MOST_DAYS_DRAWN):
        yield Heading(words.day(day))
        yield from _day(day, shown.filter(pl.col("happened_on") == day), ways)
    if days.len() > MOST_DAYS_DRAWN:
        yield Paragraph(words.older(shown, days[MOST_DAYS_DRAWN - 1]))


def _day(day: date, rows: pl.DataFrame, ways: words.Ways) -> Iterator[Block]:
    """A few of each kind; many models that are first listed stand in one entry, and folded each alone."""
    models = rows.filter(IS_FIRST_LISTED)
    if models.height < FEWEST_TOGETHER:
        models = models.clear()
    rows = rows.join(models, on="news_id", how="anti", maintain_order="left")
    is_open = pl.Series(_are_open(rows["kind"].to_list()), dtype=pl.Boolean)
    open_, rest = rows.filter(is_open), rows.filter(~is_open)
    weightier = pl.col("kind").is_in(list(KINDS)[: list(KINDS).index(NewsKind.MODEL.value)])
    of_models = (together(models),) if models.height else ()
    before, after = (words.entries(open_.filter(rule), ways) for rule in (weightier, ~weightier))
    yield Entries(f"news-{day}", (*before, *of_models, *after))
    if models.height:
        alone = Entries(f"new-models-{day}", words.entries(models, ways))
        yield Folded(f"The {models.height:,} models one by one, with first prices", (alone,))
    if rest.height:
        yield Folded(words.more(rest), (Entries(f"more-news-{day}", words.entries(rest, ways)),))


def _are_open(kinds: Sequence[str]) -> list[bool]:
    """Which pieces of a day stand open, by their kinds: the first few of each, and none lighter than folded.

    New models and prices are what readers come for: more of them stand open, and where not all do no release
    of software takes their place.
    """
    crowded = any(kinds.count(kind) > MOST_OF_A_WEIGHTY_KIND for kind in WEIGHTY)
    light = 0 if crowded else MOST_OF_A_KIND
    most = dict.fromkeys(WEIGHTY, MOST_OF_A_WEIGHTY_KIND) | {
        words.TOLD_TOGETHER: len(kinds),
        NewsKind.SOFTWARE.value: light,
    }
    return [kinds[:place].count(kind) < most.get(kind, MOST_OF_A_KIND) for place, kind in enumerate(kinds)]


def _chart(view: View, shown: pl.DataFrame, since: date) -> tuple[Block, ...]:
    if shown.is_empty():
        return ()
    footing = view.footing(shown, "pieces of news")
    return (Drawn(news_timeline(_labelled(shown), since, footing)),)


def _labelled(shown: pl.DataFrame) -> pl.DataFrame:
    return shown.with_columns(label=pl.col("kind").replace_strict(KINDS, default="Other"))


QUESTION: Final = Question(
    name="news",
    title="What's new",
    asks="What changed in the last days that have evidence, and who says so?",
    answer=answer,
    controls=NewsControls,
    charts=(NAME,),
    feeds={"Atom": "/feed.atom", "JSON Feed": "/feed.json"},
    folds="How many days, which kinds",
)
