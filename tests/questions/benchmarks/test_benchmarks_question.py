"""The answer on benchmarks, on a home with a used-up test, boards and tests of agents; and the facts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer, Link, charts_of, every_block
from questions.benchmarks.facts import facts
from questions.benchmarks.known import is_part
from questions.benchmarks.question import QUESTION, benchmarks_to_choose, models_to_choose
from questions.controls import ControlError
from questions.view import View
from tests.homes.agents_home import TALKERS, THINKERS, fill_agents
from tests.questions.asked import ask, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with results on several benchmarks."""
    folder = tmp_path_factory.mktemp("benchmarks")
    fill_agents(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer at the defaults."""
    return ask(QUESTION, home)


def test_the_first_line_counts_what_is_used_up(answer: Answer) -> None:
    """With the day, in at most 30 words."""
    assert " with a ceiling " in answer.first_line
    assert "Left out: 0 parts of boards" in answer.rests_on
    assert "used up" in answer.first_line
    assert len(answer.first_line.split()) <= 30


def test_every_benchmark_has_its_row(answer: Answer) -> None:
    """With its state, who reports it, and its cost where one was measured with it."""
    rows = {row["benchmark_id"]: row for row in table(answer, "benchmarks").iter_rows(named=True)}
    assert rows["gpqa-diamond"]["state"] == "used up"
    assert rows["gpqa-diamond"]["chance"] == 25
    assert rows["swe-bench-bash-only"]["cost"].endswith(" a task")
    assert rows["arena-text"]["state"] == "no ceiling stated"


def test_what_nobody_says_is_not_given(home: Path) -> None:
    """Neither tasks nor people nor content are made up."""
    said = words(ask(QUESTION, home, benchmark="osworld-2"))
    assert "**What it asks**: not given" in said
    assert "**People reach**: not given" in said


def test_one_benchmark_is_told_with_pages_and_leads_on(answer: Answer) -> None:
    """Each figure beside the page that says so; to its cost and to its S-curve."""
    said = words(answer)
    assert "**Tasks**: 198 tasks ([evalscope.readthedocs.io](https://" in said
    assert "experts of the field" in said
    links = {
        block.question: dict(block.controls)
        for block in every_block(answer.blocks)
        if isinstance(block, Link)
    }
    assert links["capability"] == {"benchmark": "gpqa-diamond"}
    named = [block.text for block in every_block(answer.blocks) if isinstance(block, Link)]
    assert not [label for label in named if ":" in label]
    assert links["trends"] == {"series": "benchmark", "benchmark": "gpqa-diamond"}


def test_sources_are_told_by_their_titles(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the lines of one benchmark and in the table of its best models: an id is nothing to a reader."""
    monkeypatch.setattr(View, "source_titles", lambda _: {"epoch-benchmarks": "Epoch AI"})
    answer = ask(QUESTION, home, as_of="2026-09-14")
    assert " in Epoch AI (independent)" in words(answer)
    assert set(table(answer, "best-models")["source_id"]) == {"Epoch AI"}


def test_gaps_are_in_the_rows_of_the_heat_map(answer: Answer) -> None:
    """Each pair of a model and a benchmark is a row, measured or not."""
    (chart,) = charts_of(answer)
    assert set(chart.rows["state"]) <= {"measured", "not measured"}
    pairs = chart.rows.select("model_id", "benchmark_id")
    assert (
        pairs.n_unique()
        == pairs.height
        == chart.rows["model_id"].n_unique() * chart.rows["benchmark_id"].n_unique()
    )
    assert (
        chart.rows.filter(pl.col("state") == "not measured")["share_of_the_way"].null_count()
        == chart.rows.filter(pl.col("state") == "not measured").height
    )


def test_filters_leave_their_models(home: Path) -> None:
    """The first line says so, and only that maker's models are shown."""
    found = ask(QUESTION, home, maker="Anthropic")
    assert " among Anthropic models" in found.first_line
    with pytest.raises(ControlError, match="models ="):
        ask(QUESTION, home, models="nobody")


@pytest.mark.parametrize(
    ("benchmark_id", "part"),
    [
        ("arena-text-coding", True),
        ("arena-text", False),
        ("arena-text-style-control", False),
        ("livebench-2025-11-25-coding", True),
        ("livebench-2025-11-25", False),
        ("osworld-2", False),
    ],
)
def test_parts_of_boards_repeat_the_whole(benchmark_id: str, part: bool) -> None:
    """Categories are parts; a successor is a test of its own."""
    assert is_part(benchmark_id) is part


def test_every_fact_has_its_page() -> None:
    """Shares are shares, tasks are some, and each figure says where it stands."""
    assert len(facts()) > 40
    for told in facts().values():
        for cited in (told.tasks, told.people):
            assert cited is None or (cited.value > 0 and cited.of and cited.url.startswith("https://"))
        assert told.people is None or told.people.value <= 1
        assert told.url.startswith("https://")
        assert told.what.endswith((".", "?"))


def test_only_benchmarks_with_models_enough_lead_to_cost_and_time(home: Path) -> None:
    """Of three models there is neither a chart of cost nor an S-curve."""
    said = ask(QUESTION, home, benchmark="osworld-2")
    links = {block.question for block in every_block(said.blocks) if isinstance(block, Link)}
    assert {"capability", "trends"}.isdisjoint(links)
    assert table(said, "best-models")["title"].to_list() == ["Model 180", "Model 120", "Model 60"]
    rated = ask(QUESTION, home, benchmark="arena-text")
    leads = {block.question for block in every_block(rated.blocks) if isinstance(block, Link)}
    assert "capability" in leads
    assert "trends" not in leads  # no ceiling


def test_of_one_benchmark_the_ten_best_are_shown(answer: Answer) -> None:
    """Of 217."""
    assert table(answer, "best-models").height == 10


def test_a_benchmark_that_none_of_the_models_sat_says_so(home: Path) -> None:
    """And models that sat nothing have no answer."""
    said = words(ask(QUESTION, home, benchmark="osworld-2", maker="Google"))
    assert "None of the models asked for sat this benchmark." in said
    none = ask(QUESTION, home, maker="Google", reasoning="yes").first_line
    assert none == "No data yet: no benchmark has a score among Google reasoning models as of this date."
    assert ask(QUESTION, home, as_of="2021-01-01").first_line == (
        "No data yet: no benchmark has a score as of this date."
    )


def test_models_to_lay_beside_stand_by_their_index(home: Path) -> None:
    """Those without one last, by id; each once."""
    names = [option.value for option in models_to_choose(view_of(home), {})]
    without = sorted([*THINKERS, *TALKERS])
    assert names[0] == "model-215"
    assert names[-len(without) :] == without
    assert len(names) == len(set(names))


def test_benchmarks_stand_by_their_titles(home: Path) -> None:
    """Each once."""
    labels = [option.label for option in benchmarks_to_choose(view_of(home), {})]
    assert labels == sorted(labels)
    assert "GPQA diamond" in labels


def test_a_model_that_a_reader_adds_is_none_of_the_best(home: Path, answer: Answer) -> None:
    """The first line speaks of the models of the highest index, whatever else is laid beside them."""
    least = [option.value for option in models_to_choose(view_of(home), {})][-1]
    assert ask(QUESTION, home, models=least).first_line == answer.first_line
