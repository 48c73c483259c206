"""Words that point at another part of an answer: it is there, on the side that they name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from questions.agents.question import QUESTION as AGENTS
from questions.answer import Block, Drawn, Folded, Paragraph, Table, every_block
from questions.question import Question
from questions.registry import all_questions
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.agents_home import fill_agents
from tests.homes.growth_home import fill_growth
from tests.homes.series_home import fill_attention
from tests.homes.several import filled
from tests.questions.asked import ask, words

HOMES: Final = {"agents": fill_agents, "series": fill_attention, "growth": fill_growth}
DAYS: Final = ("2023-06-01", "2024-12-01", "2026-09-15")
AFTER: Final[dict[str, tuple[type, ...]]] = {
    r"table below": (Table,),
    r"chart below": (Drawn,),
    r"[Ss]ee below": (Table, Drawn, Folded, Paragraph),
    r"each technology": (Folded,),
}
BEFORE: Final[dict[str, tuple[type, ...]]] = {r"table above": (Table,), r"chart above": (Drawn,)}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One home of each kind."""
    return filled(HOMES, tmp_path_factory)


def dangling(blocks: list[Block]) -> list[str]:
    """The texts that point at a block which is not there."""
    return [
        block.text
        for place, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for pointers, rest in ((AFTER, blocks[place + 1 :]), (BEFORE, blocks[:place]))
        for pointer, kinds in pointers.items()
        if re.search(pointer, block.text) and not any(isinstance(other, kinds) for other in rest)
    ]


def test_a_pointer_at_nothing_is_found() -> None:
    """Else the next test could not fail."""
    rows = Table("t", pl.DataFrame({"a": [1]}), {})
    assert dangling([Paragraph("In the table below."), rows]) == []
    assert dangling([rows, Paragraph("In the table below.")]) == ["In the table below."]
    assert dangling([Paragraph("In the chart above.")]) == ["In the chart above."]


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda question: question.name)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("home", HOMES)
def test_words_point_at_what_is_there(
    homes: dict[str, Path], home: str, day: str, question: Question
) -> None:
    """Whatever a home knows by a day."""
    assert dangling(list(every_block(ask(question, homes[home], day).blocks))) == []


@pytest.mark.parametrize(("models", "is_pointed_at"), [(1, False), (2, True)])
def test_the_table_of_tests_is_named_where_the_test_has_a_row(
    tmp_path: Path, models: int, is_pointed_at: bool
) -> None:
    """A test that one model alone sat has no line and no row, so nothing is said of its headline score."""
    fill_agents(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        found = warehouse.frame("SELECT * FROM score WHERE benchmark_id = 'osworld-2'").head(models)
        warehouse.insert("score", found.with_columns(benchmark_id=pl.lit("osworld")))
        tests = warehouse.frame("SELECT * FROM benchmark WHERE benchmark_id = 'osworld-2'")
        named: dict[str, Any] = {"benchmark_id": pl.lit("osworld"), "title": pl.lit("OSWorld")}
        warehouse.insert("benchmark", tests.with_columns(**named))
        publish(warehouse, tmp_path / "snapshots")
    answer = ask(AGENTS, tmp_path, str(date(2026, 9, 15)))
    assert ("in the table below" in words(answer)) is is_pointed_at
