"""Agents: computer use then and now, horizons by suite, tests of agents, and what a task costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.agents.records import RecordsOnTest, records_by_test
from charts.agents import computer_use, costs, horizons, tests_of_agents
from questions.agents import words
from questions.agents.boards import SUITES, families, family_of
from questions.answer import (
    Answer,
    Block,
    Column,
    Drawn,
    Heading,
    Later,
    Link,
    Method,
    Paragraph,
    Table,
    nothing_known,
)
from questions.filters import ModelFilters, chosen_filters, only, passing, scope, scope_note
from questions.kept import kept
from questions.osworld import of_renamed
from questions.question import Question
from questions.scores import benchmarks
from questions.unlisted import of_unlisted, unlisted
from questions.view import KnownBy, View
from questions.wording import agreeing, counted

_OSWORLD: Final = "osworld"
_OSWORLD_2: Final = "osworld-2"


@dataclass(frozen=True, slots=True)
class _Agents:
    """All that the answer is made of; `by` is by what it is known.

    `unlisted` says of a test that its source lists no more since when.
    """

    shares: pl.DataFrame
    records: dict[str, RecordsOnTest]
    costs: pl.DataFrame
    by: KnownBy
    note: str
    unlisted: dict[str, date]

    @property
    def suites(self) -> list[tuple[str, RecordsOnTest]]:
        """METR's suites, the oldest first, by name."""
        return [
            (f"suite {name.removeprefix(SUITES).removeprefix('v')}", self.records[name])
            for name in sorted(self.records)
            if name.startswith(SUITES) and self.records[name].best["value"] >= horizons.LOWEST
        ]

    @property
    def tests(self) -> dict[str, RecordsOnTest]:
        """The tests whose score is a share."""
        return {name: found for name, found in self.records.items() if not name.startswith(SUITES)}

    @property
    def tabled(self) -> list[RecordsOnTest]:
        """Those of them that are drawn and have a row in the table."""
        return [one for family in families(self.tests) for _, one in family.tests]


@dataclass(frozen=True, slots=True)
class AgentsControls(ModelFilters):
    """Of which models the results are."""


def answer(view: View, controls: AgentsControls) -> Answer:
    """Computer use then and now, then each kind of test with its cost."""
    found = kept(view, "agents", chosen_filters(controls), lambda: _agents(view, controls))
    among = scope(controls)
    if found.shares.is_empty() and not found.suites and not found.tests:
        return nothing_known(words.nothing(among), (Method("agents"),))
    return Answer(
        first_line=words.first_line(found.shares, found.suites, found.tests, view.as_of, among),
        caveat=words.OF_MODELS if among else words.caveat(found.shares),
        rests_on=_rests_on(found),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_computer_use(view, found),
            *_horizons(view, found),
            *_tests(view, found),
            *_costs(view, found),
            Method("agents"),
        ),
    )


def _agents(view: View, controls: AgentsControls) -> _Agents:
    """As known then; where the archive does not reach back, what had happened by then as it is known now.

    A test that was published later is left out: a score on it could not be known. What was stated of systems
    is of no model, so it passes no filter.
    """
    by = view.known_then
    if view.ask("agent_scores", by).is_empty() and view.ask("claim_computer_use", by).is_empty():
        by = view.known_now
    shares = view.ask("claim_computer_use", by).filter(pl.col("stated_on") <= view.as_of)
    models = passing(view, controls)
    is_published = pl.col("benchmark_id").is_in(benchmarks(view)["benchmark_id"].implode())
    scores, costs = (
        only(view.ask(name, by), models).filter(is_published) for name in ("agent_scores", "agent_costs")
    )
    stated = shares if models is None else shares.clear()
    records = records_by_test(scores)
    return _Agents(stated, records, costs, by, scope_note(controls), unlisted(view))


def _rests_on(found: _Agents) -> str:
    """Of how many models and tests, those of which only a cost is drawn among them, and stated shares."""
    models = {name for one in found.records.values() for name in one.models["model_id"]}
    models.update(found.costs["model_id"])
    tests = found.records.keys() | set(found.costs["benchmark_id"])
    stated = found.shares.height
    were = agreeing(stated, "was", "were")
    said = (
        f"{counted(len(models), 'model')} with a stated release day on {counted(len(tests), 'test')}"
        if models
        else "",
        f"{counted(stated, 'share')} of OSWorld's tasks that {were} stated somewhere" if stated else "",
    )
    return f"{', and '.join(filter(None, said))}. {found.by.note_on('results')}".strip()


def _computer_use(view: View, found: _Agents) -> tuple[Block, ...]:
    stated = found.shares.filter(pl.col("system") != words.PEOPLE)
    columns = ("day", "value", "system", "reported_by", "source_id")
    tests = [
        computer_use.Shares(str(name), rows.rename({"stated_on": "day"}).select(columns))
        for (name,), rows in stated.sort("stated_on", "value").group_by("test", maintain_order=True)
    ]
    newer = [one for name, one in found.tests.items() if name.startswith(_OSWORLD_2)]
    tests += [
        computer_use.Shares(
            one.title,
            one.models.rename({"released_on": "day", "title": "system"}).select(columns).sort("day", "value"),
        )
        for one in newer
    ]
    if not tests:
        return ()
    shown = tests[: computer_use.MOST]
    used = pl.concat(test.rows for test in shown)
    bests = [(test.name, float(test.rows["value"].to_numpy().max())) for test in shown]
    until = max(day for test in shown for day in test.rows["day"])
    title = words.computer_title(bests, until)
    chart = computer_use.computer_use_chart(
        shown, words.people_solve(found.shares), title, view.footing(used, "statements", found.note)
    )
    tabled = {one.benchmark_id: one for one in found.tabled}
    record = tabled.get(_OSWORLD)
    renamed = of_renamed(tabled, view.ask("osworld_twice", view.known_then))
    said = f"{words.of_systems(found.shares, record)} {renamed}".strip()
    reason = (Paragraph(said),) if said else ()
    return (Heading("Computer use, then and since"), Drawn(chart), *reason)


def _horizons(view: View, found: _Agents) -> tuple[Block, ...]:
    if not found.suites:
        return ()
    used = pl.concat(one.models for _, one in found.suites).filter(pl.col("value") >= horizons.LOWEST)
    chart = horizons.horizons_by_suite(
        found.suites, words.horizon_title(found.suites), view.footing(used, "horizons", found.note)
    )
    return (
        Heading("How long a task may be"),
        Drawn(chart),
        Paragraph(words.horizon_doubt(found.suites, horizons.LOWEST)),
        Link("trends", "Whether horizons grow more slowly: Trends and S-curves"),
    )


def _tests(view: View, found: _Agents) -> tuple[Block, ...]:
    shown = families(found.tests)
    if not shown:
        return ()
    drawn = found.tabled
    used = pl.concat(one.models for one in drawn)
    left = of_unlisted(
        {one.title: found.unlisted[name] for one in drawn if (name := one.benchmark_id) in found.unlisted}
    )
    note = ". ".join(filter(None, (found.note, left.rstrip("."))))
    listed_still = [one for one in drawn if one.benchmark_id not in found.unlisted]
    chart = tests_of_agents.tests_of_agents(
        shown, words.tests_title(listed_still or drawn), view.footing(used, "scores", note)
    )
    labels = ("test", "what it asks", "models", "best", "reported", "cost")
    columns = {name: Column(name.capitalize()) for name in labels}
    return (
        Heading("What agents solve"),
        Later(lambda: (Drawn(chart),), charts=(tests_of_agents.NAME,), height=chart_height(len(shown))),
        Table("tests-of-agents", words.board_rows(drawn, found.costs, found.unlisted), columns, wraps=True),
    )


def chart_height(families_shown: int) -> int:
    """What a page keeps free for the panels, in pixels."""
    return 160 * families_shown + 120


def _costs(view: View, found: _Agents) -> tuple[Block, ...]:
    if found.costs.is_empty():
        return ()
    most_first = pl.len().over("benchmark_id")
    runs = found.costs.sort(most_first, "benchmark_id", "cost", descending=[True, True, False])
    names = dict(runs.select("benchmark_id", "benchmark").iter_rows())
    footing = view.footing(runs, "runs", found.note)
    tabled = {one.benchmark_id for one in found.tabled}
    chart = costs.cost_of_agents(runs, words.named_on_costs(runs), words.cost_title(runs), footing)
    doubt = words.cost_doubt(
        {title: family_of(name)[1] for name, title in names.items() if name not in tabled}
    )
    height = costs.panels_height(len(names)) + 140
    return (
        Heading("What a task costs"),
        Later(lambda: (Drawn(chart), Paragraph(doubt)), charts=(costs.NAME,), height=height),
    )


QUESTION: Final = Question(
    name="agents",
    title="Agents",
    asks="How far do agents get: computer use, long tasks, programming, serving customers, and at what cost?",
    answer=answer,
    controls=AgentsControls,
    charts=(computer_use.NAME, horizons.NAME, tests_of_agents.NAME, costs.NAME),
)
