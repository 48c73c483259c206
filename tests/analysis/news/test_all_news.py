"""All news together: every query has its news, each happening once and in the order of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.news.everything import QUERIES, all_news
from analysis.news.item import SCHEMA, NewsKind
from tests.analysis.news.rows import READ
from tests.analysis.news.test_news_of_models import model
from tests.analysis.news.test_news_of_prices import change, level_scores, offered
from tests.analysis.news.test_news_of_scores import board, fitted, score
from tests.analysis.news.test_news_that_people_wrote import month, note, notice
from tests.places import ROOT

ROWS: dict[str, list[dict[str, Any]]] = {
    "news_boards": [board(0, "A"), board(1, "B")],
    "news_index": [fitted(0, "A", 100.0), fitted(1, "B", 110.0)],
    "news_models": [model()],
    "news_notes": [note("post"), note("changelog"), note("software")],
    "news_notices": [notice()],
    "news_prices": [change((4.0, 8.0), (2.0, 4.0)), change((4.0, 8.0), (2.0, 4.0), is_makers=False, time=1)],
    "news_scores": [score(0.9), score(150.0, 50.0, benchmark_id="metr-horizon-50-v1.1", unit="minutes")],
    "news_verdicts": [month(date(2026, 6, 30), "steady"), month(date(2026, 7, 31), "slowing")],
}
KINDS = {
    "news_boards": {NewsKind.LEADER},
    "news_index": {NewsKind.LEADER},
    "news_models": {NewsKind.MODEL},
    "news_notes": {NewsKind.POST, NewsKind.CHANGE_LOG, NewsKind.SOFTWARE},
    "news_notices": {NewsKind.SHUTDOWN},
    "news_offers": {NewsKind.LOW},
    "news_prices": {NewsKind.PRICE, NewsKind.HOST_PRICE},
    "news_scores": {NewsKind.RECORD, NewsKind.HORIZON},
    "news_verdicts": {NewsKind.VERDICT},
}


def inputs() -> dict[str, pl.DataFrame]:
    """Something new in every query."""
    tables = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in ROWS.items()}
    lows = offered(("gpt-4-0314", 30.0, 0), ("better", 2.0, 5))
    return tables | {"news_level_scores": level_scores(), "news_offers": lows}


def without(name: str) -> Iterator[str]:
    """Kinds of news that are gone where one query answers with no rows."""
    tables = inputs()
    tables[name] = tables[name].clear()
    yield from set(all_news(inputs())["kind"]) - set(all_news(tables)["kind"])


def test_every_kind_of_news_comes_from_its_query() -> None:
    """Nothing is left out, each piece once, and the rows are in the order of their days."""
    found = all_news(inputs())
    assert set(found["kind"]) == {kind.value for kind in NewsKind}
    assert found.schema == SCHEMA
    assert found["news_id"].is_unique().all()
    assert found["happened_on"].is_sorted()
    assert found.filter(kind="model").select("headline", "known_at").rows() == [
        ("Quokka released Quokka 2.", READ)
    ]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_query_without_rows_is_news_of_nothing(name: str) -> None:
    """And the news of the others stay. Leaders have two queries, and are gone with neither alone."""
    assert set(without(name)) == KINDS[name] - {NewsKind.LEADER}
    subjects = {"news_boards": {"capability-index"}, "news_index": {"arena-text"}}
    tables = inputs()
    tables[name] = tables[name].clear()
    leaders = set(all_news(tables).filter(kind=NewsKind.LEADER.value)["subject"])
    assert leaders == subjects.get(name, {"capability-index", "arena-text"})


def test_the_queries_asked_for_are_those_of_the_store() -> None:
    """Each file beside the others feeds some news."""
    files = {file.stem for file in (ROOT / "store" / "queries" / "news").glob("*.sql")}
    assert {*ROWS, "news_level_scores", "news_offers"} == set(QUERIES)
    assert set(QUERIES) <= files
