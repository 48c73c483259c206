"""What is said of agents: computer use then and now, horizons, tests, and what a task costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from analysis.agents.records import RecordsOnTest
from charts.parts.axes import NOT_KNOWN
from questions.agents import words
from questions.agents.boards import families
from questions.agents.question import _Agents
from questions.agents.words import (
    board_rows,
    caveat,
    computer_title,
    cost_doubt,
    cost_title,
    first_line,
    horizon_doubt,
    horizon_title,
    named_on_costs,
    of_systems,
    people_solve,
    told_of_cost,
)
from questions.view import KnownBy

ON = date(2026, 6, 1)
SHARES = {
    "system": pl.String,
    "test": pl.String,
    "stated_on": pl.Date,
    "value": pl.Float64,
    "reported_by": pl.String,
}
PEOPLE = ("human", "OSWorld", date(2024, 4, 1), 0.72, "paper")
CLAUDE = ("Claude 3.5", "OSWorld", date(2024, 10, 22), 0.149, "self-reported")
MORE_STEPS = ("Claude 3.5, more steps", "OSWorld", date(2024, 10, 22), 0.22, "self-reported")
LATER_CLAUDE = ("Claude 4", "OSWorld", date(2025, 5, 22), 0.4, "self-reported")
VERIFIED = ("Other", "OSWorld-Verified", date(2026, 5, 1), 0.85, "self-reported")
ORIGINAL = ("Other", "OSWorld", date(2025, 9, 1), 0.6, "the board")
NOTHING_STATED = (
    "On 1 June 2026 tests of agents have results, but none of computer use or of horizons is known."
)


def shares(*rows: tuple[str, str, date, float, str]) -> pl.DataFrame:
    """What was stated of systems on OSWorld."""
    return pl.DataFrame(list(rows), SHARES, orient="row")


def record(
    name: str, *values: float, low: float | None = None, high: float | None = None, run: float | None = None
) -> RecordsOnTest:
    """A test with models in order of release, the last of which is the best."""
    models = pl.DataFrame(
        {
            "model_id": [f"m{place}" for place in range(len(values))],
            "title": [f"M{place}" for place in range(len(values))],
            "value": values,
            "low": low,
            "high": high,
            "reported_by": "independent",
            "cost_of_run_usd": [None] * (len(values) - 1) + [run],
        },
        schema_overrides={"cost_of_run_usd": pl.Float64},
    )
    return RecordsOnTest(name, name.title(), models, models.tail(1), ON)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (
            shares(PEOPLE, CLAUDE, LATER_CLAUDE, ORIGINAL, VERIFIED),
            "Claude solved 15\u00a0% of OSWorld in October 2024; the best claim by September 2025 is "
            "60\u00a0% "
            "(90\u00a0% interval 56 to 64\u00a0%).",
        ),
        (
            shares(LATER_CLAUDE, CLAUDE, ORIGINAL),
            "Claude solved 15\u00a0% of OSWorld in October 2024; the best claim by September 2025 is "
            "60\u00a0% "
            "(90\u00a0% interval 56 to 64\u00a0%).",
        ),
        (
            shares(CLAUDE, MORE_STEPS, ORIGINAL),
            "Claude solved 15\u00a0% to 22\u00a0% of OSWorld, by setting, in October 2024; the best claim by "
            "September 2025 is 60\u00a0% (90\u00a0% interval 56 to 64\u00a0%).",
        ),
        (
            shares(CLAUDE, MORE_STEPS),
            "On 1 June 2026, the best claim on OSWorld is 22\u00a0% (90\u00a0% interval 19 to 26\u00a0%), "
            "stated in October 2024.",
        ),
        (
            shares(PEOPLE, CLAUDE),
            "On 1 June 2026, the best claim on OSWorld is 15\u00a0% (90\u00a0% interval 12 to 18\u00a0%), "
            "stated in October 2024.",
        ),
        (
            shares(PEOPLE, VERIFIED),
            "On 1 June 2026, the best claim on OSWorld-Verified is 85\u00a0% (90\u00a0% interval 82 to "
            "88\u00a0%), stated in May 2026.",
        ),
        (shares(PEOPLE), NOTHING_STATED),
        (shares(), NOTHING_STATED),
    ],
    ids=[
        "of a revision",
        "of the same test",
        "in two settings",
        "only its other",
        "nothing newer",
        "no Claude",
        "people alone",
        "nothing",
    ],
)
def test_computer_use_is_told_where_it_grew(stated: pl.DataFrame, said: str) -> None:
    """From the first share of Claude to the best of any system; people are none."""
    assert first_line(stated, (), {}, ON) == said


@pytest.mark.parametrize(
    ("low", "high", "among", "said"),
    [
        (
            60.0,
            240.0,
            "",
            "Up to 1 June 2026, the longest tasks that a model completes half the time take people 2.0 h (95 "
            "% interval 60 min to 4.0 h).",
        ),
        (
            None,
            240.0,
            "",
            "Up to 1 June 2026, the longest tasks that a model completes half the time take people 2.0 h.",
        ),
        (
            60.0,
            None,
            " among open-weight models",
            "Up to 1 June 2026, among open-weight models the longest tasks completed half the time take "
            "people 2.0 h.",
        ),
    ],
)
def test_without_computer_use_the_longest_horizon_is_told(
    low: float | None, high: float | None, among: str, said: str
) -> None:
    """That of the newest suite, with its interval where both ends are known."""
    suites = [
        ("suite 1.0", record("old", 500.0)),
        ("suite 1.1", record("new", 30.0, 120.0, low=low, high=high)),
    ]
    assert first_line(shares(), suites, {}, ON, among) == said.replace("95 %", "95\u00a0%")


def test_of_some_models_the_test_that_most_of_them_sat_is_told() -> None:
    """Of equally many the last by id; of all models no single test speaks."""
    tests = {
        name: record(name, *values) for name, values in (("a", (0.2, 0.5)), ("b", (0.3, 0.6)), ("c", (0.9,)))
    }
    assert first_line(shares(), (), tests, ON, " among open-weight models") == (
        "Up to 1 June 2026, among open-weight models the best on B is M1 with 60\u00a0%; no horizon of "
        "them is known."
    )
    assert first_line(shares(), (), tests, ON) == NOTHING_STATED
    assert first_line(shares(), (), {}, ON, " among open-weight models") == NOTHING_STATED


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (shares(PEOPLE), ""),
        (
            shares(PEOPLE, CLAUDE),
            "That share is stated by its maker; no run by others is known here. People solved 72\u00a0% of "
            "OSWorld.",
        ),
        (shares(ORIGINAL, CLAUDE), "That share is stated (the board); no run by others is known here."),
        (
            shares(PEOPLE, CLAUDE, ORIGINAL, VERIFIED),
            "That share is stated (the board); no run by others is known here. On its successor "
            "OSWorld-Verified "
            "85\u00a0% is claimed (May 2026). People solved 72\u00a0% of OSWorld.",
        ),
    ],
)
def test_who_states_the_best_share_is_said(stated: pl.DataFrame, said: str) -> None:
    """With what people solved, where somebody says."""
    assert caveat(stated) == said


@pytest.mark.parametrize(
    ("stated", "best", "said"),
    [
        (
            shares(PEOPLE, CLAUDE, ORIGINAL, VERIFIED),
            0.5,
            "OSWorld has 60\u00a0% here and 50\u00a0% in the table below: here counts whatever was stated of "
            "a whole system (Other), there the headline score of a model by itself (M1).",
        ),
        (shares(PEOPLE, CLAUDE, ORIGINAL), 0.6, ""),
        (shares(PEOPLE, VERIFIED), 0.5, ""),
        (shares(CLAUDE), None, ""),
    ],
    ids=["a system above the models", "the same", "none on the original", "no model"],
)
def test_two_figures_of_one_test_have_their_reason(
    stated: pl.DataFrame, best: float | None, said: str
) -> None:
    """Only where the page shows both."""
    assert of_systems(stated, None if best is None else record("osworld", 0.1, best)) == said


def test_the_newest_word_on_people_counts() -> None:
    """None where nobody says."""
    assert people_solve(shares(CLAUDE)) is None
    assert people_solve(shares(CLAUDE, PEOPLE)) == 0.72


def test_titles_name_the_best_on_each_test() -> None:
    """Of computer use each test; of horizons the model and the suite."""
    assert computer_title([("OSWorld", 0.6), ("OSWorld 2", 0.3)], date(2026, 6, 1)) == (
        "By June 2026 the best agents solved 60\u00a0% of OSWorld and 30\u00a0% of OSWorld 2, by what is "
        "stated"
    )
    suites = [("suite 1.0", record("old", 500.0)), ("suite 1.1", record("new", 30.0, 120.0))]
    assert horizon_title(suites) == (
        "M1 completes half of the tasks that take people 2.0 h (METR, suite 1.1, to June 2026)"
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (
            60.0,
            240.0,
            "take people 2.0 h (95\u00a0% interval 60 min to 4.0 h) (METR, suite 1.1, to June 2026)",
        ),
        (None, 240.0, "take people 2.0 h (METR, suite 1.1, to June 2026)"),
        (60.0, None, "take people 2.0 h (METR, suite 1.1, to June 2026)"),
    ],
)
def test_a_horizon_has_its_interval_and_its_day(low: float | None, high: float | None, said: str) -> None:
    """Where both ends are known; models too short to be drawn are counted, so that n is what is drawn."""
    suites = [
        ("suite 1.0", record("old", 500.0)),
        ("suite 1.1", record("new", 30.0, 120.0, low=low, high=high)),
    ]
    assert horizon_title(suites).endswith(said)
    counts = "1 model sat suite 1.0 and 2 models sat suite 1.1."
    assert horizon_doubt(suites, 1.0).startswith(f"{counts} METR states")
    assert horizon_doubt(suites, 60.0).startswith(f"{counts} 1 horizon below 60 min is not drawn. METR")


def test_records_on_tests_lie_between_their_ends() -> None:
    """From the lowest to the highest; of one test there is one share."""
    low, high = record("hard", 0.1, 0.2), record("easy", 0.5, 0.9)
    assert words.tests_title([high, low]) == (
        "By June 2026 the best models solved from 20\u00a0% (Hard) to 90\u00a0% (Easy) of what agents are "
        "tested on"
    )
    assert words.tests_title([low]) == "Hard: by June 2026 the best model solved 20\u00a0%"


def runs(*rows: tuple[str, str, float, float]) -> pl.DataFrame:
    """Board, model, share and cost of runs."""
    table = [(board, board.title(), name, name.title(), value, cost) for board, name, value, cost in rows]
    columns = ["benchmark_id", "benchmark", "model_id", "title", "value", "cost"]
    return pl.DataFrame(table, columns, orient="row").with_columns(released_on=date(2025, 9, 29))


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (
            runs(("x", "best", 0.7, 2.0), ("x", "near", 0.66, 0.5), ("x", "far", 0.6, 0.1)),
            "X, models to September 2025: the best, 70\u00a0%, "
            "cost $2 per task; Near came within 5 points for $0.50",
        ),
        (
            runs(("x", "best", 0.7, 2.0), ("x", "far", 0.6, 0.1), ("y", "other", 0.9, 1.0)),
            "X, models to September 2025: the best, 70\u00a0%, "
            "cost $2 per task, and none comes within 5 points for less",
        ),
        (
            runs(
                ("x", "best", 0.7, 2.0),
                ("y", "dear", 0.7, 3.0),
                ("x", "far", 0.6, 0.1),
                ("y", "cheap", 0.7, 1),
            ),
            "Y, models to September 2025: the best, 70\u00a0%, "
            "cost $1 per task, and none comes within 5 points for less",
        ),
    ],
    ids=["a near one", "none near", "last of equally many"],
)
def test_the_cost_of_the_best_stands_beside_a_nearly_as_good_one(measured: pl.DataFrame, said: str) -> None:
    """On the test with most runs; of equally good ones the cheaper is the best."""
    assert cost_title(measured) == said
    for title in told_of_cost(measured)["title"].to_list()[1:]:
        assert f"{title} came within" in said
    assert told_of_cost(measured).height == (2 if "came within" in said else 1)


def test_tests_that_no_table_describes_are_described() -> None:
    """Before what a cost leaves out."""
    assert cost_doubt({}).startswith("The cost is that of the tokens of one try;")
    assert cost_doubt({"DeepSWE": "long tasks"}).startswith("DeepSWE: long tasks. The cost is")


def test_on_each_test_the_best_and_the_nearly_as_good_are_named() -> None:
    """In the order of the tests, the best of each first."""
    measured = runs(
        ("y", "alone", 0.9, 1.0), ("x", "near", 0.66, 0.5), ("x", "best", 0.7, 2.0), ("x", "far", 0.2, 0.1)
    )
    assert named_on_costs(measured)["model_id"].to_list() == ["alone", "best", "near"]


def test_each_test_has_its_cost_per_task_else_of_a_run_else_none() -> None:
    """The cost of the best run: of equally good ones the cheaper, with its share and its model."""
    tests = [record("swe-bench-verified", 0.2, 0.6, run=1234.0), record("deepswe", 0.1, 0.3)]
    dear, cheap = ("swe-bench-verified", "a", 0.5, 3.0), ("swe-bench-verified", "b", 0.5, 2.0)
    worse = ("swe-bench-verified", "c", 0.4, 1.0)
    with_runs, without = (
        board_rows(tests, measured, {}).rows(named=True)
        for measured in (runs(dear, cheap, worse), runs(dear).clear())
    )
    assert [row["cost"] for row in with_runs] == ["$2 per task (50\u00a0%, B)", NOT_KNOWN]
    assert without[0] == {
        "test": "Swe-Bench-Verified",
        "what it asks": "500 reported faults in open software to mend",
        "models": 2,
        "best": "60\u00a0%, M1",
        "reported": "independent",
        "cost": "$1,234 a run (60\u00a0%, M1)",
    }


def test_who_reports_a_score_may_be_unsaid() -> None:
    """Then the table says so."""
    test: Any = record("deepswe", 0.1, 0.3)
    unsaid = RecordsOnTest(
        "deepswe", "D", test.models.with_columns(reported_by=pl.lit(None, pl.String)), test.steps, ON
    )
    rows = board_rows([unsaid], runs(("x", "a", 0.1, 1.0)).clear(), {})
    assert rows["reported"].to_list() == ["not said"]


def test_a_test_that_its_source_lists_no_more_says_so() -> None:
    """Its best is not that of today."""
    tests = [record("deepswe", 0.1, 0.3), record("osworld", 0.1, 0.4)]
    rows = board_rows(tests, runs(("x", "a", 0.1, 1.0)).clear(), {"deepswe": date(2026, 1, 20)})
    assert rows["best"].to_list() == [
        "30\u00a0%, M1; no longer listed, as read on 20 January 2026",
        "40\u00a0%, M1",
    ]


def test_tests_stand_in_families_by_names_of_their_own() -> None:
    """In the order of the families; a test that one model alone sat has no line."""
    ids = (
        "tau2-bench-banking-knowledge",
        "swe-bench-verified",
        "swe-bench-bash-only",
        "osworld-2",
        "osworld",
    )
    records = {name: record(name, 0.1, 0.2) for name in ids} | {"deepswe": record("deepswe", 0.3)}
    found = families(records)
    assert [(one.name, [name for name, _ in one.tests]) for one in found] == [
        ("OSWorld", [""]),
        ("OSWorld 2", [""]),
        ("SWE-bench Verified", ["any program", "bash only"]),
        ("τ²-bench", ["banking"]),
    ]


@pytest.mark.parametrize(("longest", "names"), [(1.0, ["suite 1.0", "suite 1.1"]), (0.99, ["suite 1.1"])])
def test_suites_stand_by_age_from_a_minute_on(longest: float, names: list[str]) -> None:
    """A suite on which no model reaches a minute has no line; tests with a share are no suites."""
    by = KnownBy(datetime(2026, 6, 1, tzinfo=UTC), ON)
    records = {
        "metr-horizon-50-v1.1": record("new", 60.0),
        "deepswe": record("deepswe", 0.3),
        "metr-horizon-50-v1.0": record("old", 0.5, longest),
    }
    found = _Agents(shares(), records, pl.DataFrame(), by, "", {})
    assert [name for name, _ in found.suites] == names
    assert list(found.tests) == ["deepswe"]
