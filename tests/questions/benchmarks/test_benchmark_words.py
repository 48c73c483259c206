"""What is said of one benchmark: whose cost stands there, and who reports its scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from analysis.benchmarks.grid import Grid
from charts.parts.axes import NOT_KNOWN
from questions.benchmarks.facts import Cited, Facts
from questions.benchmarks.known import KnownBenchmarks
from questions.benchmarks.words import (
    benchmark_rows,
    best_rows,
    cost_text,
    first_line,
    grid_doubt,
    grid_title,
    of_copies,
    one_benchmark,
    rests_on,
    tasks_of,
    who_reports,
)
from questions.evidence import Evidence
from questions.view import KnownBy

COSTS = {"model_id": pl.String, "title": pl.String, "value": pl.Float64, "cost_per_task_usd": pl.Float64}
Row = tuple[str, float, float | None, float | None]


def scored(*rows: Row) -> pl.DataFrame:
    """Model, score, cost per task and of the run."""
    table = [(name, name.title(), score, task, run) for name, score, task, run in rows]
    return pl.DataFrame(table, COSTS | {"cost_of_run_usd": pl.Float64}, orient="row")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("best", 0.9, 2.0, None), ("other", 0.8, 0.5, None)], "$2 a task"),
        (
            [("best", 0.9, None, None), ("other", 0.8, 0.5, None), ("last", 0.7, 0.1, None)],
            "$0.50 a task (Other)",
        ),
        ([("best", 0.9, None, 70.0), ("other", 0.8, 0.5, None)], "$0.50 a task (Other)"),
        ([("best", 0.9, None, 70.0), ("other", 0.8, None, 5.0)], "$70 a run"),
        ([("b", 0.8, 0.5, None), ("a", 0.8, 0.7, None)], "$0.50 a task (B)"),
        ([("b", 0.8, 0.5, None), ("a", 0.8, 0.5, None)], "$0.50 a task (A)"),
        ([("best", 0.9, 0.0, 0.0)], NOT_KNOWN),
    ],
    ids=["its own", "the next best", "a task before a run", "a run", "the cheaper", "by id", "nought"],
)
def test_the_cost_is_of_the_best_with_a_known_one(rows: list[Row], said: str) -> None:
    """Named where it is not the best itself; of equal scores the cheaper; nought was not recorded."""
    assert cost_text({"best_id": "best"}, scored(*rows)) == said


def test_who_reports_most_stands_first() -> None:
    """Models are counted, not scores; equals by name."""
    rows = [("independent", "a"), ("independent", "a"), ("vendor", "a"), ("vendor", "b"), ("community", "c")]
    said = who_reports(pl.DataFrame(rows, {"reported_by": pl.String, "model_id": pl.String}, orient="row"))
    assert [part.rsplit(" ", 1)[1] for part in said.split("; ")] == ["2", "1", "1"]
    assert said.split("; ")[2].startswith("independent")


FACTS = Facts(
    "Hard questions.",
    "https://facts.example/",
    Cited(198.0, "questions", "https://tasks.example/"),
    Cited(0.65, "experts", "https://people.example/"),
)
STANDING: dict[str, Any] = {
    "benchmark_id": "gpqa",
    "benchmark": "GPQA",
    "models": 2,
    "best_id": "best",
    "best_title": "Best",
    "best_on": date(2026, 3, 1),
    "last_released_on": date(2026, 3, 1),
    "best": 0.9,
    "stderr": 0.02,
    "unit": "fraction",
    "share": 0.87,
    "state": "open",
}
SCORES = {
    "benchmark_id": pl.String,
    "model_id": pl.String,
    "title": pl.String,
    "value": pl.Float64,
    "released_on": pl.Date,
    "date_is_stated": pl.Boolean,
    "stderr": pl.Float64,
    "unit": pl.String,
    "chance": pl.Float64,
    "higher_is_better": pl.Boolean,
    "reported_by": pl.String,
    "cost_per_task_usd": pl.Float64,
    "cost_of_run_usd": pl.Float64,
    "setting": pl.String,
    "source_id": pl.String,
    "url": pl.String,
}


def score(model: str, value: float, **more: Any) -> dict[str, Any]:
    """A headline score on GPQA."""
    return {
        "benchmark_id": "gpqa",
        "model_id": model,
        "title": model.title(),
        "value": value,
        "released_on": date(2026, 3, 1),
        "date_is_stated": True,
        "unit": "fraction",
        "chance": 0.25,
        "higher_is_better": True,
        "reported_by": "independent",
        "source_id": "scores",
    } | more


def scores(*rows: dict[str, Any]) -> pl.DataFrame:
    """Headline scores."""
    return pl.DataFrame(list(rows), SCORES)


def known(about: dict[str, Any] | None = None, *reports: tuple[str, int, str]) -> KnownBenchmarks:
    """What the sources say of GPQA, and who reports it: source, models and by whose word."""
    types = {"source_id": pl.String, "models": pl.Int64, "reported_by": pl.String}
    said = pl.DataFrame(list(reports), types, orient="row").with_columns(benchmark_id=pl.lit("gpqa"))
    by = KnownBy(datetime(2026, 8, 1, tzinfo=UTC), date(2026, 8, 1))
    return KnownBenchmarks(scores(), {"gpqa": about} if about else {}, said, (), 0, by)


def grid_of(*cells: tuple[str, bool], benchmarks: int = 2) -> Grid:
    """Models with the cells that are measured or not; the columns A, the easiest, to the hardest."""
    frame = pl.DataFrame(list(cells), ["title", "measured"], orient="row")
    columns = pl.DataFrame(
        {"benchmark": ["A", "B", "C"][:benchmarks], "middle": [0.9, 0.5, 0.1][:benchmarks]}
    )
    return Grid(frame.unique("title"), columns, frame)


ON = date(2026, 8, 1)
CELLS = grid_of(("x", True), ("x", False), ("y", True), ("y", True))


@pytest.mark.parametrize(
    ("cells", "among", "said"),
    [
        (
            None,
            " among open-weight models",
            "1 of 2 benchmarks with a ceiling is used up among open-weight models.",
        ),
        (
            CELLS,
            " among w",
            "1 of 2 benchmarks with a ceiling is used up among w; the 2 best models have scores for "
            "75\u00a0% of the 2 most common.",
        ),
        (
            CELLS,
            " among open-weight models of w",
            "1 of 2 benchmarks with a ceiling is used up among open-weight models of w.",
        ),
    ],
    ids=["no table", "with the table", "no room for the table"],
)
def test_the_first_line_counts_what_is_used_up_and_what_is_filled(
    cells: Grid | None, among: str, said: str
) -> None:
    """A long scope pushes the table out of the line."""
    bounded = pl.DataFrame({"state": ["used up", "open"]})
    assert first_line(bounded, cells, among, Evidence(ON, ON)) == f"On 1 August 2026, {said}"
    none = first_line(bounded.tail(1), None, "", Evidence(ON, ON))
    assert none == "On 1 August 2026, none of 1 benchmark with a ceiling is used up."


def test_a_table_of_copies_says_why_it_counts_more() -> None:
    """Of those with a ceiling only; nothing where both count the same."""
    standings = pl.DataFrame(
        {"share": [1.0, 0.98, 0.5, None], "state": ["used up", "used up", "open", "open"]}
    )
    assert of_copies(standings, standings.head(2)) == (
        "The table has 3 benchmarks with a ceiling, 2 of them used up: it also lists copies of one test, "
        "such as its public part or another release. The first line counts one of each, 2."
    )
    assert of_copies(standings, standings.head(3)) == ""


def test_the_day_of_our_first_score_is_no_publication() -> None:
    """The column is empty where no page states a day."""
    about = {"published_on": date(2026, 7, 17), "publication_is_stated": False}
    (row,) = benchmark_rows(pl.DataFrame([STANDING]), known(about), {}, scores(score("best", 0.9))).to_dicts()
    assert row["published_on"] is None


def test_the_table_is_told_by_its_ends_and_its_gaps() -> None:
    """The easiest and the hardest column; of equally measured models the first by name."""
    assert grid_title(CELLS) == "At the median these models get 90\u00a0% of the way on A and 50\u00a0% on B"
    assert grid_doubt(CELLS).startswith(
        "1 of 4 cells is not measured; x has the fewest scores, 1 of 2. A model"
    )
    assert "2 of 4 cells are not measured; x has the fewest scores, 1 of 2" in grid_doubt(
        grid_of(("y", True), ("y", False), ("x", True), ("x", False))
    )


def test_what_it_rests_on_counts_scores_models_and_parts() -> None:
    """One part is singular."""
    rows, standings = scores(score("a", 0.5), score("a", 0.4), score("b", 0.3)), pl.DataFrame([STANDING])
    assert rests_on(rows, standings, 1).startswith("3 scores of 2 models on 1 benchmark, one headline")
    assert "Left out: 1 part of boards" in rests_on(rows, standings, 1)


def test_benchmarks_that_the_newest_models_sat_stand_first() -> None:
    """Those of the year before the newest release count, not those first seen then; ceilings go first."""
    old = {"released_on": date(2025, 3, 1)}
    new = {"released_on": date(2025, 3, 2)}
    rows = scores(
        score("a", 0.9),
        *(score(name, 0.5, benchmark_id="old", **old) for name in "abc"),
        *(score(name, 0.5, benchmark_id="young", **new) for name in "ab"),
        score("a", 0.5, benchmark_id="also"),
        *(score(name, 0.5, benchmark_id="seen", date_is_stated=False) for name in "abcd"),
        *(score(name, 1500.0, benchmark_id="rating") for name in "abcd"),
    )
    standings = pl.DataFrame(
        [
            STANDING | {"benchmark_id": name, "models": n}
            for name, n in (("gpqa", 1), ("old", 3), ("young", 2), ("also", 1), ("seen", 4))
        ]
    )
    endless = pl.DataFrame([STANDING | {"benchmark_id": "rating", "models": 4, "share": None}])
    standings = pl.concat([standings, endless.cast(standings.schema)])
    found = benchmark_rows(standings, known(), {}, rows)
    assert found["benchmark_id"].to_list() == ["young", "also", "gpqa", "seen", "old", "rating"]


def test_a_row_has_all_that_is_known_of_a_benchmark() -> None:
    """Shares in percent, the best with its model, figures of the facts, else that they are not given."""
    rows = scores(score("best", 0.9, cost_per_task_usd=2.0), score("other", 0.8, reported_by="vendor"))
    about = {
        "published_on": date(2024, 1, 1),
        "publication_is_stated": True,
        "url": "https://about.example/",
        "tasks": 448,
    }
    (row,) = benchmark_rows(pl.DataFrame([STANDING]), known(about), {"gpqa": FACTS}, rows).to_dicts()
    assert row == {
        "benchmark_id": "gpqa",
        "title": "GPQA",
        "state": "open",
        "way": 87.0,
        "best": "90.0\u00a0%, Best",
        "people": 65.0,
        "chance": 25.0,
        "tasks": 448,
        "models": 2,
        "reported": "independent 1; makers 1",
        "cost": "$2 a task",
        "what": "Hard questions.",
        "published_on": date(2024, 1, 1),
        "url": "https://facts.example/",
    }
    (bare,) = benchmark_rows(
        pl.DataFrame([STANDING | {"share": None}]),
        known(about | {"tasks": None}),
        {},
        rows.with_columns(chance=None),
    ).to_dicts()
    unknown = {name for name, value in bare.items() if value is None}
    assert unknown == {"way", "people", "chance", "tasks"}
    assert (bare["what"], bare["url"]) == ("not given", "https://about.example/")
    told = benchmark_rows(pl.DataFrame([STANDING]), known(), {"gpqa": replace(FACTS, people=None)}, rows)
    assert told.select("people", "tasks").row(0) == (None, 198)


@pytest.mark.parametrize(
    ("about", "told", "tasks"),
    [
        (
            {"tasks": 448, "url": "https://about.example/"},
            FACTS,
            Cited(448, "tasks", "https://about.example/"),
        ),
        ({"tasks": 448}, None, Cited(448, "tasks", "")),
        ({"tasks": None}, FACTS, FACTS.tasks),
        ({}, None, None),
    ],
)
def test_the_number_of_tasks_is_what_the_source_states_else_what_a_page_says(
    about: dict[str, object], told: Facts | None, tasks: Cited | None
) -> None:
    """None where neither does."""
    assert tasks_of(about, told) == tasks


def test_one_benchmark_is_told_line_by_line() -> None:
    """Each figure with its page, the best with its error, who reports it, when it was published."""
    about = {"published_on": date(2024, 1, 1), "publication_is_stated": True}
    rows = scores(score("best", 0.9))
    said = one_benchmark(STANDING, known(about, ("b", 1, "vendor"), ("a", 2, "independent")), FACTS, rows)
    assert said.split("\n") == [
        "**GPQA**",
        "",
        "- **What it asks**: Hard questions ([facts.example](https://facts.example/))",
        "- **Tasks**: 198 questions ([tasks.example](https://tasks.example/))",
        "- **Guessing reaches**: 25\u00a0%",
        "- **People reach**: 65\u00a0% (experts) ([people.example](https://people.example/))",
        "- **Who reports**: 2 models in a (independent); 1 model in b (makers)",
        "- **Best**: 90.0\u00a0% ± 2.0 points, Best, released 1 March 2026",
        "- **State**: open, 87\u00a0% of the way from guessing to all right",
        "- **Cost**: not given",
        "- **Published**: 1 January 2024",
    ]


@pytest.mark.parametrize(
    ("standing", "about", "told", "line"),
    [
        ({}, None, None, "- **What it asks**: not given"),
        ({}, None, None, "- **Tasks**: not given"),
        ({}, {"tasks": 1234}, None, "- **Tasks**: 1,234 tasks"),
        ({}, None, replace(FACTS, people=None), "- **People reach**: not given"),
        ({}, None, None, "- **People reach**: not given"),
        ({}, None, None, "- **Who reports**: not given"),
        ({"stderr": None}, None, None, "- **Best**: 90.0\u00a0%, Best, released 1 March 2026"),
        ({"share": None, "state": "no ceiling stated"}, None, None, "- **State**: no ceiling stated"),
        ({}, None, None, "- **Published**: not given"),
        (
            {},
            {"published_on": date(2024, 1, 1), "publication_is_stated": False},
            None,
            "- **Published**: by 1 January 2024, its first score here",
        ),
        (
            {},
            {"left_on": date(2026, 4, 28)},
            None,
            "- **State**: open, 87\u00a0% of the way from guessing to all right; no longer listed, as read "
            "on 28 April 2026",
        ),
    ],
)
def test_what_nobody_says_of_a_benchmark_is_said_to_be_missing(
    standing: dict[str, Any], about: dict[str, Any] | None, told: Facts | None, line: str
) -> None:
    """Nothing is made up for it."""
    said = one_benchmark(STANDING | standing, known(about), told, scores(score("best", 0.9)))
    assert line in said.split("\n")


@pytest.mark.parametrize(
    ("chance", "said"),
    [(None, "not given"), (0.0, "0\u00a0%"), (0.025, "2.5\u00a0%"), (0.1, "10\u00a0%"), (0.25, "25\u00a0%")],
)
def test_what_guessing_reaches_has_a_decimal_below_a_tenth(chance: float | None, said: str) -> None:
    """Nought has none."""
    told = one_benchmark(STANDING, known(), None, scores(score("best", 0.9, chance=chance)))
    assert f"- **Guessing reaches**: {said}" in told.split("\n")


@pytest.mark.parametrize(
    ("higher", "names"), [(True, ["b", "a", "c"]), (None, ["b", "a", "c"]), (False, ["d", "e", "c"])]
)
def test_the_best_models_stand_first_those_released_earlier_before(
    higher: bool | None, names: list[str]
) -> None:
    """Where lower is better the lowest; of one day by id."""
    rows = scores(
        score("a", 0.9, higher_is_better=higher),
        score("b", 0.9, higher_is_better=higher, released_on=date(2026, 2, 1)),
        score("c", 0.5, higher_is_better=higher),
        score("e", 0.1, higher_is_better=higher),
        score("d", 0.1, higher_is_better=higher),
    )
    assert best_rows(rows, 3)["model_id"].to_list() == names


def test_a_setting_that_nobody_states_is_not_known() -> None:
    """A dash, as other gaps have it, and no empty cell."""
    rows = scores(score("a", 0.9, setting=""), score("b", 0.5, setting="high"))
    assert best_rows(rows, 5)["setting"].to_list() == [None, "high"]


def test_the_best_models_have_their_error_and_who_reports_them() -> None:
    """A maker's own word is said to be its own."""
    rows = scores(score("a", 0.9, stderr=0.02, reported_by="vendor"), score("b", 0.5))
    assert best_rows(rows, 5).select("score", "interval", "reported").rows() == [
        ("90.0\u00a0%", "± 2.0 points", "its maker"),
        ("50.0\u00a0%", None, "independent"),
    ]
