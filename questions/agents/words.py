"""What is said of agents, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.agents.records import RecordsOnTest, cheapest_near_best
from analysis.claims.agents import LEVEL, OSWORLD_TASKS
from analysis.numeric.proportions import wilson_interval
from charts.parts.axes import NOT_KNOWN, dollars, score_text
from charts.parts.figure import in_words
from charts.parts.percent import percent
from questions.agents.boards import family_of
from questions.unlisted import with_its_end
from questions.wording import agreeing, capital, counted, fitting, listed

WOULD_CHANGE: Final = (
    "The same systems measured alike by somebody who did not make them, or a newer test with enough models."
)
OF_MODELS: Final = (
    "Shares that were stated of whole systems, such as OSWorld's, are of no model: with a filter they are "
    "left out."
)
PEOPLE: Final = "human"
NEAR: Final = 0.05


def nothing(among: str) -> str:
    """That nothing is known of the models asked for."""
    return f"no test of agents had a result{among} as of this date."


def first_line(
    shares: pl.DataFrame,
    suites: Sequence[tuple[str, RecordsOnTest]],
    tests: Mapping[str, RecordsOnTest],
    on: date,
    among: str = "",
) -> str:
    """Computer use then and now with the interval of the share, else the longest horizon with its own.

    Of some models without either it is the best on the test that most of them sat; of all the best claim on
    computer use, where none is better than the first.
    """
    none = (
        f"On {in_words(on)} tests of agents have results, but none of computer use or of horizons is known."
    )
    told = _then_and_now(shares), _longest_horizon(suites, among), _most_sat(tests, among), _claim(shares, on)
    return next(filter(None, told), none)


def _then_and_now(shares: pl.DataFrame) -> str:
    """The first share of Claude and the best claim on the same test; empty where that is no better."""
    stated = _stated(shares)
    claude = stated.filter(pl.col("system").str.starts_with("Claude"), test="OSWorld")
    if claude.is_empty():
        return ""
    before = claude.sort("stated_on", "value").row(0, named=True)
    most = claude.filter(stated_on=before["stated_on"])["value"].max()
    assert isinstance(most, float)
    last = stated.filter(test="OSWorld").sort("value").row(-1, named=True)
    if last["value"] <= most:
        return ""
    solved = f"{percent(before['value'])} of OSWorld"
    if percent(most) != percent(before["value"]):
        solved = f"{percent(before['value'])} to {percent(most)} of OSWorld, by setting,"
    lead = (
        f"Claude solved {solved} in {before['stated_on']:%B %Y}; the best claim by "
        f"{last['stated_on']:%B %Y} is {percent(last['value'])}"
    )
    return fitting(f"{lead} {_interval(last)}.", f"{lead}.")


def _longest_horizon(suites: Sequence[tuple[str, RecordsOnTest]], among: str) -> str:
    """That of the newest suite, with its interval where there is one; empty without a suite."""
    if not suites:
        return ""
    newest = suites[-1][1]
    best = newest.best
    band = (
        f" (95\u00a0% interval {score_text(best['low'], 'minutes')} to {score_text(best['high'], 'minutes')})"
        if best["low"] is not None and best["high"] is not None
        else ""
    )
    until, take = in_words(newest.until), score_text(best["value"], "minutes")
    if among:
        lead = f"Up to {until},{among} the longest tasks completed half the time take people {take}"
    else:
        lead = f"Up to {until}, the longest tasks that a model completes half the time take people {take}"
    return fitting(f"{lead}{band}.", f"{lead}.")


def _most_sat(tests: Mapping[str, RecordsOnTest], among: str) -> str:
    """The best on the test that most of some models sat; empty where all models are asked."""
    if not (tests and among):
        return ""
    most = max(tests.values(), key=lambda one: (one.models.height, one.benchmark_id))
    best = most.best
    return (
        f"Up to {in_words(most.until)},{among} the best on {most.title} is {best['title']} with "
        f"{percent(best['value'])}; no horizon of them is known."
    )


def _claim(shares: pl.DataFrame, on: date) -> str:
    """The best claim on computer use alone; empty where nothing is stated."""
    stated = _stated(shares)
    if stated.is_empty():
        return ""
    best = stated.sort("value").row(-1, named=True)
    return (
        f"On {in_words(on)}, the best claim on {best['test']} is {percent(best['value'])} {_interval(best)}, "
        f"stated in {best['stated_on']:%B %Y}."
    )


def _stated(shares: pl.DataFrame) -> pl.DataFrame:
    """The shares of systems, without that of people."""
    return shares.filter(pl.col("system") != PEOPLE)


def _interval(stated: Mapping[str, Any]) -> str:
    """The error of a share of OSWorld's tasks."""
    interval = wilson_interval(stated["value"], OSWORLD_TASKS, LEVEL)
    return f"(90\u00a0% interval {100 * interval.low:.0f} to {percent(interval.high)})"


def caveat(shares: pl.DataFrame) -> str:
    """Who says so, what is claimed on a test that followed, and how many tasks people solve."""
    stated, people = _stated(shares), people_solve(shares)
    if stated.is_empty():
        return ""
    told = stated.filter(test="OSWorld") if _then_and_now(shares) else stated
    after = stated.filter(pl.col("stated_on") > told["stated_on"].max(), pl.col("test") != "OSWorld")
    newer = ""
    if after.height:
        best = after.sort("value").row(-1, named=True)
        claimed = f"{percent(best['value'])} is claimed ({best['stated_on']:%B %Y})"
        newer = f" On its successor {best['test']} {claimed}."
    by = told.sort("value")["reported_by"][-1]
    who = "by its maker" if by == "self-reported" else f"({by})"
    human = f" People solved {percent(people)} of OSWorld." if people is not None else ""
    said = f"That share is stated {who}; no run by others is known here."
    return fitting(f"{said}{newer}{human}", f"{said}{newer}", f"{said}{human}")


def people_solve(shares: pl.DataFrame) -> float | None:
    """The share of OSWorld's tasks that people solved; None where nobody says."""
    rows = shares.filter(system=PEOPLE)
    return float(rows["value"][-1]) if rows.height else None


def of_systems(shares: pl.DataFrame, record: RecordsOnTest | None) -> str:
    """Why the best share stated of OSWorld is not the one in the table of tests; empty where it is."""
    stated = _stated(shares).filter(test="OSWorld").sort("value")
    if record is None or stated.is_empty():
        return ""
    system, model = stated.row(-1, named=True), record.best
    here, below = percent(system["value"]), percent(model["value"])
    if here == below:
        return ""
    return (
        f"OSWorld has {here} here and {below} in the table below: here counts whatever was stated of a whole "
        f"system ({system['system']}), there the headline score of a model by itself ({model['title']})."
    )


def computer_title(tests: Sequence[tuple[str, float]], until: date) -> str:
    """The best on each test, up to the last day of which anything is known."""
    told = [f"{percent(best)} of {name}" for name, best in tests]
    return f"By {until:%B %Y} the best agents solved {listed(told)}, by what is stated"


def horizon_title(suites: Sequence[tuple[str, RecordsOnTest]]) -> str:
    """The longest horizon of the newest suite."""
    name, found = suites[-1]
    best = found.best
    return (
        f"{best['title']} completes half of the tasks that take people "
        f"{score_text(best['value'], 'minutes')}{_band_of(best)} (METR, {name}, to {found.until:%B %Y})"
    )


def _band_of(best: Mapping[str, Any]) -> str:
    """The 95 % interval of a horizon in brackets, with a blank before it; empty where an end is not known."""
    if best["low"] is None or best["high"] is None:
        return ""
    low, high = (score_text(best[end], "minutes") for end in ("low", "high"))
    return f" (95\u00a0% interval {low} to {high})"


def horizon_doubt(suites: Sequence[tuple[str, RecordsOnTest]], shortest: float) -> str:
    """How many models each suite has, how many horizons are too short to be drawn, and what no cost says.

    `shortest`: the shortest horizon that is drawn, in minutes.
    """
    told = listed([f"{counted(found.models.height, 'model')} sat {name}" for name, found in suites])
    hidden = sum(found.models.filter(pl.col("value") < shortest).height for _, found in suites)
    short = ""
    if hidden:
        are = agreeing(hidden, "is", "are")
        short = (
            f" {capital(counted(hidden, 'horizon'))} below {score_text(shortest, 'minutes')} {are} not drawn."
        )
    return (
        f"{capital(told)}.{short} METR states one cost for all of a model's runs and not how many "
        "runs that paid for, "
        "so no cost per task stands here."
    )


def tests_title(records: Sequence[RecordsOnTest]) -> str:
    """Between which ends the records lie, up to the newest model's month."""
    until = f"{max(one.until for one in records):%B %Y}"
    shares = sorted(records, key=lambda one: one.best["value"])
    low, high = shares[0], shares[-1]
    if len(shares) == 1:
        return f"{low.title}: by {until} the best model solved {percent(low.best['value'])}"
    return (
        f"By {until} the best models solved from {percent(low.best['value'])} ({low.title}) to "
        f"{percent(high.best['value'])} ({high.title}) of what agents are tested on"
    )


def told_of_cost(runs: pl.DataFrame) -> pl.DataFrame:
    """The rows of which `cost_title` speaks: the best on the test with most runs, and one nearly as good.

    That one costs less; where there is none, the best stands alone.
    """
    part = _most_run(runs)
    best = part.sort("value", "cost", descending=[True, False]).head(1)
    near = pl.DataFrame([cheapest_near_best(part, NEAR)], schema=part.schema)
    return best if near["model_id"][0] == best["model_id"][0] else pl.concat([best, near])


def _most_run(runs: pl.DataFrame) -> pl.DataFrame:
    """The runs on the test that has most of them."""
    board = runs.group_by("benchmark_id").len().sort("len", "benchmark_id")["benchmark_id"][-1]
    return runs.filter(benchmark_id=board)


def cost_title(runs: pl.DataFrame) -> str:
    """On the test with most runs: what the best costs, and what one nearly as good costs."""
    best, *nearly = told_of_cost(runs).iter_rows(named=True)
    newest = _most_run(runs)["released_on"].max()
    until = f", models to {newest:%B %Y}" if isinstance(newest, date) else ""
    share, cost = percent(best["value"]), dollars(best["cost"])
    lead = f"{best['benchmark']}{until}: the best, {share}, cost {cost} per task"
    if not nearly:
        return f"{lead}, and none comes within 5 points for less"
    return f"{lead}; {nearly[0]['title']} came within 5 points for {dollars(nearly[0]['cost'])}"


def named_on_costs(runs: pl.DataFrame) -> pl.DataFrame:
    """Of each test the best and what is nearly as good for less, in the order of the tests."""
    return pl.concat(told_of_cost(part) for _, part in runs.group_by("benchmark_id", maintain_order=True))


def cost_doubt(described: Mapping[str, str]) -> str:
    """What those tests ask that no table describes, and what a cost leaves out."""
    asks = "".join(f"{name}: {what}. " for name, what in described.items())
    return (
        f"{asks}The cost is that of the tokens of one try; failed tries that people have to find and mend "
        "are not in it (see Is it worth it?)."
    )


def board_rows(
    records: Sequence[RecordsOnTest], costs: pl.DataFrame, unlisted: Mapping[str, date]
) -> pl.DataFrame:
    """One row for each test: what it asks, its best model, and what a task cost where that was measured.

    `unlisted` says since when a test's source lists it no more.
    """
    return pl.DataFrame(
        [
            _board_row(one, costs.filter(benchmark_id=one.benchmark_id), unlisted.get(one.benchmark_id))
            for one in records
        ]
    )


def _board_row(record: RecordsOnTest, runs: pl.DataFrame, left_on: date | None) -> dict[str, Any]:
    best = record.best
    return {
        "test": record.title,
        "what it asks": family_of(record.benchmark_id)[1],
        "models": record.models.height,
        "best": with_its_end(f"{percent(best['value'])}, {best['title']}", left_on),
        "reported": best["reported_by"] or "not said",
        "cost": _cost(record, runs),
    }


def _cost(record: RecordsOnTest, runs: pl.DataFrame) -> str:
    if runs.height:
        best = runs.sort("value", "cost", descending=[True, False]).row(0, named=True)
        return f"{dollars(best['cost'])} per task ({percent(best['value'])}, {best['title']})"
    whole = record.models.drop_nulls("cost_of_run_usd").sort("value")
    if whole.height:
        row = whole.row(-1, named=True)
        return f"{dollars(row['cost_of_run_usd'])} a run ({percent(row['value'])}, {row['title']})"
    return NOT_KNOWN
