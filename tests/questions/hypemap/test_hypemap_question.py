"""The hype map: which technologies stand on it, what is left open, and that rows come with data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from charts.hypemap.row_panels import panels_name
from questions.answer import chart_named, charts_of
from questions.hypemap.question import QUESTION
from questions.hypemap.technologies import TECHNOLOGIES
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.series_home import fill_attention
from tests.questions.asked import ask, headings, table, words

SEEN = datetime(2026, 9, 1, tzinfo=UTC)
FIRST = date(2023, 6, 10)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with series of attention and markets, but none of terms."""
    folder = tmp_path_factory.mktemp("hypemap")
    fill_attention(folder)
    return folder


@pytest.fixture(scope="module")
def with_terms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with daily views of a term from the middle of a month on, and use of what it names."""
    folder = tmp_path_factory.mktemp("terms")
    fill_attention(folder)
    stamp = {"source_id": "facts", "payload_sha256": "e" * 64, "observed_at": SEEN, "gone": False}
    days = [FIRST + timedelta(days=place) for place in range(1100)]
    views = [
        stamp
        | {
            "series_id": "term-views-daily-coding-assistants",
            "valid_on": day,
            "valid_precision": "day",
            "value": 100.0 * (1 + (day >= date(2025, 6, 1))),
            "note": "",
        }
        for day in days
    ]
    use = stamp | {
        "series_id": "coding-tools-cursor-annualised-revenue",
        "valid_on": date(2025, 1, 1),
        "valid_precision": "month",
        "value": 1e8,
        "note": "second-hand",
    }
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("series_point", pl.DataFrame([*views, use]))
        publish(warehouse, folder / "snapshots")
    return folder


def test_every_technology_stands_above_or_below(home: Path) -> None:
    """None is lost, and what is below says what is missing."""
    answer = ask(QUESTION, home)
    above, below = table(answer, "hype-map-rows"), table(answer, "not-enough-data")
    names = [*above["technology"], *below["technology"]]
    assert sorted(names) == sorted(one.name for one in TECHNOLOGIES)
    assert below["missing"].str.contains("attention").any()
    assert "Not enough public data yet" in headings(answer)


def test_a_row_comes_with_its_data(home: Path, with_terms: Path) -> None:
    """Daily views of a term are added up over whole months, and its change over a year is told."""
    name = "Coding assistants"
    assert name not in table(ask(QUESTION, home), "hype-map-rows")["technology"]
    answer = ask(QUESTION, with_terms)
    row = table(answer, "hype-map-rows").filter(technology=name).row(0, named=True)
    assert row["attention"].startswith("2 (")
    assert "to May 2026: 2 times that of a year before" in words(answer)
    assert "$100 million (January 2025)" in row["money"]
    chart = next(charts_of(answer))
    drawn = chart.rows.filter(technology=name, column="attention")
    assert drawn["valid_on"].min() == date(2023, 7, 1)


def test_months_that_were_not_over_do_not_count(with_terms: Path) -> None:
    """As of the middle of a month the month before is the last one."""
    answer = ask(QUESTION, with_terms, "2026-03-15")
    chart = next(charts_of(answer))
    drawn = chart.rows.filter(technology="Coding assistants", column="attention")
    assert drawn["valid_on"].max() == date(2026, 2, 1)


def test_the_first_line_claims_no_parting_that_is_not_told(home: Path) -> None:
    """Where attention rises with capability, or no pair is known, it says so."""
    line = ask(QUESTION, home).first_line
    assert any(word in line for word in ("surely", "cannot be told"))
    assert len(line.split()) <= 30


def test_the_article_is_answered_then_and_now(home: Path) -> None:
    """After its day only: before it there is no now to compare with."""
    now, before = words(ask(QUESTION, home)), words(ask(QUESTION, home, "2024-12-01"))
    assert ("Is it the time of agents?" in now) == ("Then (20 December 2024) and now" in now)
    assert "Is it the time of agents?" not in before


def test_a_row_opens_to_all_its_series_on_one_axis(with_terms: Path) -> None:
    """Attention, money and what else is known, each a panel, and no more than is known."""
    answer = ask(QUESTION, with_terms)
    chart = chart_named(answer, panels_name("coding-assistants"))
    assert chart is not None
    assert chart.title.startswith("Coding assistants: attention 2 times that of a year before")
    assert {"attention", "money"} <= set(chart.rows["column"])
    money = chart.rows.filter(column="money").row(0, named=True)
    assert (money["valid_on"], money["value"]) == (date(2025, 1, 1), 1e8)
    assert chart_named(answer, panels_name("mcp")) is None
