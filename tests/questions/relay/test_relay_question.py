"""The answer on the relay, on a home with one test that was used up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.relay.durations import Durations, durations
from questions.answer import Answer, Table, charts_of
from questions.evidence import Evidence
from questions.relay.question import QUESTION
from questions.relay.words import first_line
from tests.analysis.relay.taken import that_took
from tests.homes.growth_home import fill_growth
from tests.questions.asked import ask, table, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one bounded test."""
    folder = tmp_path_factory.mktemp("relay")
    fill_growth(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer of today."""
    return ask(QUESTION, home)


def test_of_one_test_nothing_is_told_of_speed(answer: Answer) -> None:
    """It is counted, and that the question cannot be answered is said."""
    assert "1 test that began near guessing" in answer.first_line
    assert answer.first_line.startswith("Whether new tests are used up faster cannot be told: too few are ")
    assert "Left out: those with fewer than" in words(answer)


def test_the_test_stands_in_both_charts_and_in_the_table(answer: Answer) -> None:
    """With the days on which it passed both marks; what is asked stands in the second column."""
    assert [chart.name for chart in charts_of(answer)] == ["relay", "used-up-after"]
    (row,) = table(answer, "tests").iter_rows(named=True)
    assert row["rose_on"] < row["done_on"]
    assert row["took"].endswith("months")
    columns = next(block for block in answer.blocks if isinstance(block, Table)).columns
    assert list(columns)[:2] == ["test", "took"]
    assert columns["best"].label == "Of the way"
    assert sum(column.width or 0 for column in list(columns.values())[:5]) < 660, "at 1024 pixels"
    assert "Only 1 of the 1 pins down a logistic curve, the S that rises slowly, " in words(answer)
    assert 90 < row["best"] <= 100


def said(found: Durations) -> str:
    """The first line of some durations."""
    tests = found.rows.with_columns(used_up=pl.lit(value=True))
    return first_line(found, tests, Evidence(date(2026, 6, 1), date(2026, 6, 1)))


def test_faster_is_said_only_where_the_test_tells_it() -> None:
    """Thirty months against six are told apart, equal ones are not; both lines have their intervals."""
    faster = said(durations(that_took([30.0 + n for n in range(8)], [6.0 + n / 10 for n in range(8)])))
    equal = said(durations(that_took([10.0 + n for n in range(8)], [10.0 + n for n in range(8)])))
    assert faster.startswith("Up to June 2026 new tests are used up faster: ")
    assert equal.startswith("Whether new tests are used up faster cannot be told: ")
    for line in (faster, equal):
        assert " of newer, " in line
        assert len(line.split()) <= 30


def test_a_test_that_has_not_risen_has_a_row_and_no_duration(home: Path) -> None:
    """As of a day before any model passed 20 %: one chart, no logistic, and it is said to be not counted."""
    early = ask(QUESTION, home, as_of="2023-05-01")
    assert [chart.name for chart in charts_of(early)] == ["relay"]
    assert table(early, "tests").select("took", "state").rows() == [("below 20\u00a0%", "open")]
    assert "None of the 1 pins down a logistic curve, the S that rises slowly, " in words(early)
    assert "1 test has not reached 20\u00a0% and is not in these counts." in words(early)
    assert early.caveat == "The models released by 1 May 2023, with the scores that are known now."
    assert (
        ", by the release days of 26 models up to 1 May 2023. A test is dated by its publication"
        in early.rests_on
    )
    assert "  " not in early.rests_on


def test_before_the_first_model_no_test_has_models_enough(home: Path) -> None:
    """And the answer says so."""
    none = ask(QUESTION, home, as_of="2022-06-01")
    assert none.first_line == "No data yet: no bounded test has enough models as of this date."
