"""The answer on agents, on a home with stated shares, two suites of horizons, and costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from charts.parts.theme import Mode
from questions.agents.boards import family_of
from questions.agents.question import QUESTION, _Agents, _rests_on
from questions.answer import Answer, Heading, charts_of
from questions.view import KnownBy
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.agents_home import FACTS, fill_agents
from tests.questions.asked import ask, table, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with results of agents."""
    folder = tmp_path_factory.mktemp("agents")
    fill_agents(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer."""
    return ask(QUESTION, home)


def test_the_first_line_says_computer_use_then_and_now(answer: Answer) -> None:
    """Like with like: both on OSWorld itself, with the interval and the day."""
    assert answer.first_line == (
        "Claude solved 15\u00a0% of OSWorld in October 2024; the best claim by October 2025 is 76\u00a0% "
        "(90\u00a0% interval 72 to 79\u00a0%)."
    )
    assert len(answer.first_line.split()) <= 30
    assert answer.caveat.startswith("That share is stated by its maker; no run by others is known here.")


def test_no_heading_calls_the_newest_data_now(answer: Answer) -> None:
    """They end some day; the chart below says which."""
    headings = [block.text for block in answer.blocks if isinstance(block, Heading)]
    assert headings[0] == "Computer use, then and since"
    assert not any(" now" in heading for heading in headings)


def test_osworld_and_its_successors_are_series_of_their_own(answer: Answer) -> None:
    """Three tests, and people are none of the systems."""
    chart = next(chart for chart in charts_of(answer) if chart.name == "computer-use")
    assert chart.rows["test"].unique(maintain_order=True).to_list() == [
        "OSWorld",
        "OSWorld-Verified",
        "OSWorld 2",
    ]
    assert "human" not in chart.rows["system"].to_list()


def test_what_the_vendor_states_is_hollow(answer: Answer) -> None:
    """As on all charts, with a key."""
    chart = next(chart for chart in charts_of(answer) if chart.name == "computer-use")
    figure = chart.draw(Mode.LIGHT)
    marks = [trace.marker.symbol for trace in figure.data if trace.mode == "markers"]
    of = [rows["reported_by"].to_list() for _, rows in chart.rows.group_by("test", maintain_order=True)]
    for symbols, names in zip(marks, of, strict=True):
        hollow = [symbol.endswith("-open") for symbol in symbols]
        assert hollow == [name in ("self-reported", "vendor") for name in names]
        assert len({symbol.removesuffix("-open") for symbol in symbols}) == 1, "a test keeps its shape"
    assert any("self-reported" in names for names in of)


def test_suites_are_never_joined(answer: Answer) -> None:
    """The title names the suite and its day, the doubt how many sat each."""
    chart = next(chart for chart in charts_of(answer) if chart.name == "horizons-by-suite")
    assert chart.title.endswith(" 4.0 h) (METR, suite 1.1, to November 2025)")
    assert "3 models sat suite 1.0 and 3 models sat suite 1.1" in words(answer)


def test_cost_stands_beside_each_test_where_it_was_measured(answer: Answer) -> None:
    """The best run's cost in the table, and a cheaper one within five points in the title."""
    rows = {row["test"]: row for row in table(answer, "tests-of-agents").iter_rows(named=True)}
    assert rows["SWE-bench Verified, bash only"]["cost"].startswith("$1 per task (70")
    chart = next(chart for chart in charts_of(answer) if chart.name == "cost-of-agents")
    assert chart.title.endswith("came within 5 points for $0.20")


def test_before_the_claims_of_today_the_page_says_what_was_stated_by_then(home: Path) -> None:
    """On a day that the archive does not reach: results by then, as known now."""
    answer = ask(QUESTION, home, as_of="2025-12-31")
    assert "the best claim by October 2025 is 76\u00a0%" in answer.first_line
    assert "The archive does not reach back to" in answer.rests_on


def test_a_successor_is_of_its_own_family() -> None:
    """An id that fits two beginnings belongs to the longer one."""
    assert family_of("osworld-2-june")[0] == "OSWorld 2"
    assert family_of("osworld")[0] == "OSWorld"


def test_what_was_claimed_by_then_is_enough_to_read_a_day_as_it_was_known(tmp_path: Path) -> None:
    """Before any test of agents was read: the claim alone is told, and no later figure."""
    fill_agents(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        for name in ("series", "series_point"):
            rows = warehouse.frame(f"SELECT * FROM {name} WHERE source_id = '{FACTS}'")
            early = pl.lit(datetime(2024, 11, 1, tzinfo=UTC), rows.schema["observed_at"])
            warehouse.insert(name, rows.with_columns(observed_at=early))
        publish(warehouse, tmp_path / "snapshots")
    answer = ask(QUESTION, tmp_path, as_of="2025-01-01")
    assert answer.first_line == (
        "On 1 January 2025, the best claim on OSWorld is 15\u00a0% (90\u00a0% interval 12 to 18\u00a0%), "
        "stated in October 2024."
    )
    assert answer.rests_on == "2 shares of OSWorld's tasks that were stated somewhere."
    assert [chart.name for chart in charts_of(answer)] == ["computer-use"]


def test_of_some_models_what_is_stated_of_systems_is_left_out(home: Path) -> None:
    """The horizon is told instead, and why the share is not."""
    answer = ask(QUESTION, home, maker="OpenAI")
    assert answer.first_line.startswith("Up to ")
    assert (
        ", among OpenAI models the longest tasks completed half the time take people 2.0 h"
        in answer.first_line
    )
    assert answer.caveat.startswith(
        "Shares that were stated of whole systems, such as OSWorld's, are of no model"
    )
    assert "stated somewhere" not in answer.rests_on
    none = ask(QUESTION, home, maker="Elsewhere", weights="open").first_line
    assert (
        none
        == "No data yet: no test of agents had a result among Elsewhere open-weight models as of this date."
    )


def test_a_test_of_which_only_costs_are_known_counts_among_what_the_answer_rests_on() -> None:
    """Its models too: they are drawn. Where nothing is stated or measured, nothing is said of it."""
    costs = pl.DataFrame({"benchmark_id": ["deepswe", "deepswe"], "model_id": ["a", "b"]})
    by = KnownBy(datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1))
    found = _Agents(pl.DataFrame(), {}, costs, by, "", {})
    assert _rests_on(found) == "2 models with a stated release day on 1 test."
