"""The relay of S-curves: tests that are used up one after the other, and whether that goes faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.relay.durations import Durations, durations, with_period
from analysis.relay.frontiers import BEGINS_BELOW, frontier_steps, frontiers, one_of_each_test, with_share
from analysis.relay.logistics import ToldLogistic, told_logistic
from charts.parts.figure import in_words
from charts.relay import curves, survival
from questions.answer import (
    Answer,
    Block,
    Column,
    Drawn,
    Heading,
    Kind,
    Link,
    Method,
    Paragraph,
    Table,
    nothing_known,
)
from questions.benchmarks.facts import facts, paper_month, with_reviewed_days
from questions.controls import NoControls
from questions.evidence import Evidence, of_scores
from questions.kept import kept
from questions.osworld import of_renamed
from questions.question import Question
from questions.relay import words
from questions.scores import benchmarks
from questions.unlisted import of_unlisted, unlisted
from questions.view import View
from questions.wording import as_fit, counted

_COLUMNS: Final = {
    "test": Column("Test", width=170),
    "took": Column("20 to 80 %", width=115),
    "best": Column("Of the way", Kind.PERCENT, width=90),
    "state": Column("State", width=105),
    "rose_on": Column("20 % on", Kind.DAY, width=95),
    "done_on": Column("80 % on", Kind.DAY, width=95),
    "ended_on": Column("Newest model", Kind.DAY, width=110),
    "published": Column("Published", width=95),
    "began_on": Column("Oldest model", Kind.DAY, width=110),
    "models": Column("Models", Kind.NUMBER, width=70),
}


@dataclass(frozen=True, slots=True)
class _Relay:
    """All that the answer is made of: `tests` began below 20 %, `above` more did not, `copies` repeat one."""

    shares: pl.DataFrame
    tests: pl.DataFrame
    found: Durations
    above: int
    copies: int
    rests: Evidence


def answer(view: View, _controls: NoControls) -> Answer:
    """Whether tests get used up faster, and the tests that came and went."""
    relay = kept(view, "relay", (), lambda: _relay(view))
    if relay is None:
        return nothing_known(words.NOTHING, (Method("relay"),))
    past = words.of_the_past(view.as_of, view.today)
    caveat, more = as_fit((relay.rests.caveat, past, words.of_newer(relay.found)))
    return Answer(
        first_line=words.first_line(relay.found, relay.tests, relay.rests),
        caveat=caveat,
        rests_on=" ".join(filter(None, (*_rests_on(relay), "In brackets: 90 % intervals.", more))),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_curves(view, relay),
            Heading("How long each took"),
            *_survival(view, relay),
            Paragraph(words.HOW_TO_READ),
            Table("tests", words.test_rows(relay.found, relay.tests, relay.rests.ends_on), _COLUMNS),
            Link("trends", "One test, the index or a horizon alone, with other curves: Trends and S-curves"),
            Method("relay"),
        ),
    )


def _rests_on(relay: _Relay) -> tuple[str, ...]:
    """Which tests and models, how tests are dated, and which are compared: some of it may be nothing."""
    return (
        f"{counted(relay.tests.height, 'test')} that began below 20 % of the way from guessing to all right, "
        f"by the release days of {relay.shares['model_id'].n_unique():,} models up to "
        f"{in_words(relay.rests.ends_on)}.",
        words.of_dates(relay.tests),
        words.of_months(relay.found),
    )


def _relay(view: View) -> _Relay | None:
    """The models released by the day with the scores known now: boards were archived after they began.

    A test that was published later is left out: a score on it could not be known.
    """
    by = view.known_now
    published = benchmarks(view)["benchmark_id"].implode()
    scores = view.ask("relay_scores", by).filter(pl.col("benchmark_id").is_in(published))
    if scores.is_empty():
        return None
    single = _with_publication(one_of_each_test(scores))
    shares = with_share(single)
    all_tests = frontiers(shares)
    tests = _with_end(view, with_period(all_tests.filter(pl.col("first") < BEGINS_BELOW)))
    if tests.is_empty():
        return None
    found = durations(tests)
    copies = scores["benchmark_id"].n_unique() - single["benchmark_id"].n_unique()
    own = shares.filter(pl.col("benchmark_id").is_in(tests["benchmark_id"].implode()))
    rests = of_scores(view, own, view.as_of, by)
    return _Relay(own, tests, found, all_tests.height - tests.height, copies, rests)


def _with_publication(scores: pl.DataFrame) -> pl.DataFrame:
    """The scores with the day of publication: as reviewed or a source states it, else the paper's month."""
    papers = {name: paper_month(told.url) for name, told in facts().items()}
    of_paper = pl.Series([papers.get(name) for name in scores["benchmark_id"]], dtype=pl.Date)
    return with_reviewed_days(scores).with_columns(published_on=pl.coalesce("published_on", of_paper))


def _with_end(view: View, tests: pl.DataFrame) -> pl.DataFrame:
    """The tests with `left_on`, since when their source lists them no more; null where it does."""
    ends = unlisted(view)
    days = [ends.get(name) for name in tests["benchmark_id"]]
    return tests.with_columns(pl.Series("left_on", days, dtype=pl.Date))


def _told(relay: _Relay) -> dict[str, ToldLogistic]:
    found = (told_logistic(models) for _, models in relay.shares.group_by("benchmark_id"))
    return {one.benchmark_id: one for one in found if one is not None}


def _curves(view: View, relay: _Relay) -> tuple[Block, ...]:
    told = kept(view, "logistics of the relay", (), lambda: _told(relay))
    title = words.relay_title(relay.tests, relay.rests.ends_on)
    footing = view.footing(relay.shares, "scores")
    chart = curves.relay_curves(relay.tests, frontier_steps(relay.shares), told, title, footing)
    doubt = words.relay_doubt(len(told), relay.tests, relay.above, relay.copies)
    renamed = of_renamed(relay.tests["benchmark_id"], view.ask("osworld_twice", view.known_then))
    left = of_unlisted(dict(relay.tests.drop_nulls("left_on").select("benchmark", "left_on").iter_rows()))
    return (Drawn(chart), Paragraph(" ".join(filter(None, (doubt, left, renamed)))))


def _survival(view: View, relay: _Relay) -> tuple[Block, ...]:
    rows = relay.found.rows
    not_risen = relay.tests.height - rows.height
    text = Paragraph(words.survival_text(relay.found, not_risen))
    if rows.is_empty():
        return (text,)
    used = relay.shares.filter(pl.col("benchmark_id").is_in(rows["benchmark_id"].implode()))
    chart = survival.used_up_after(
        relay.found, words.survival_title(relay.found), view.footing(used, "scores")
    )
    return (Drawn(chart), text)


QUESTION: Final = Question(
    name="relay",
    title="S-curves: the relay",
    asks="Do tests get used up faster, and which have taken over from which?",
    answer=answer,
    charts=(curves.NAME, survival.NAME),
)
