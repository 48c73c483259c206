"""The hype map: which technologies stand on it, what is left open, and that rows come with data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from charts.hypemap.row_panels import panels_name
from charts.parts.axes import NOT_KNOWN
from charts.parts.theme import Mode
from questions.answer import Folded, Heading, chart_named, charts_of
from questions.hypemap.question import QUESTION, _pairs, _then_and_now
from questions.hypemap.rows import rows_of
from questions.hypemap.technologies import TECHNOLOGIES
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import SCORES, fill_growth
from tests.homes.series_home import fill_attention
from tests.homes.small_home import fill
from tests.questions.asked import ask, headings, table, view_of, words

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
    assert below["missing"].is_in(["attention", "everything"]).any()
    assert "What is missing, and why" in headings(answer)
    assert f"{below.height} of {len(TECHNOLOGIES)} technologies have no row on the map." in words(answer)


def test_a_row_comes_with_its_data(home: Path, with_terms: Path) -> None:
    """Daily views of a term are added up over whole months, and its change over a year is told."""
    name = "Coding assistants"
    assert name not in table(ask(QUESTION, home), "hype-map-rows")["technology"]
    answer = ask(QUESTION, with_terms)
    row = table(answer, "hype-map-rows").filter(technology=name).row(0, named=True)
    assert row["attention"].startswith("2 (")
    assert "to May 2026: 2 times that of a year before" in words(answer)
    money = table(answer, "cost-use-money").filter(technology=name)["money"].item()
    assert "$100 million in January 2025" in money
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
    assert any(word in line for word in ("nowhere clearly part", "cannot be told"))
    assert len(line.split()) <= 30


def test_the_article_is_answered_then_and_now(home: Path) -> None:
    """After its day only: before it there is no now to compare with."""
    now, before = words(ask(QUESTION, home)), words(ask(QUESTION, home, "2024-12-01"))
    assert ("Is it the time of agents?" in now) == ("Then (20 December 2024) and since" in now)
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


@pytest.fixture(scope="module")
def risen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that rises, prices that fall, and attention to language models that fell by half."""
    folder = tmp_path_factory.mktemp("risen")
    fill_growth(folder)
    months = [date(2023 + place // 12, place % 12 + 1, 1) for place in range(41)]
    shares = _monthly("github-trending-llm-share", months, lambda day: 0.2 if day < date(2025, 6, 1) else 0.1)
    views = _monthly("hn-term-open-models.story", months[:35], lambda _: 100.0)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("series_point", pl.DataFrame([*shares, *views]))
        publish(warehouse, folder / "snapshots")
    return folder


def _monthly(series: str, months: list[date], value: Callable[[date], float]) -> list[dict[str, object]]:
    return [
        {
            "source_id": SCORES,
            "payload_sha256": "e" * 64,
            "observed_at": SEEN,
            "gone": False,
            "series_id": series,
            "valid_on": day,
            "valid_precision": "month",
            "value": value(day),
            "note": "",
        }
        for day in months
    ]


def test_attention_that_falls_while_capability_rises_is_the_first_line(risen: Path) -> None:
    """With the interval of the change, and the ends of both."""
    answer = ask(QUESTION, risen)
    assert answer.first_line == (
        "Attention and capability part most for language models at large: attention to May 2026 was "
        "0.5 times the year before's (0.5 to 0.5); capability rose up to 19 June 2026."
    )
    assert answer.known
    assert answer.rests_on == (
        "2 of 11 technologies have attention and one other column here. Changes of attention compare twelve "
        "months with the same months a year before."
    )


@pytest.mark.parametrize(("as_of", "told"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)])
def test_attention_of_half_a_year_ago_says_nothing_of_now(risen: Path, as_of: date, told: bool) -> None:
    """Up to 183 days after its last month a technology is one of those that may part."""
    view = view_of(risen)
    pairs = _pairs(replace(view, as_of=as_of), [row for row in rows_of(view) if row.stands])
    assert [pair.name for pair in pairs] == ["Language models at large"] * told


def test_the_open_models_have_an_index_of_their_own(risen: Path) -> None:
    """Of open weights alone, and its name says so; every third model is open."""
    view = view_of(risen)
    (row,) = (row for row in rows_of(view) if row.technology.key == "open-models")
    assert row.capability is not None
    assert row.capability.name == "capability index of open models"
    assert row.capability.key == ("capability-index", "open")
    assert row.capability.models["open_weights"].all()
    assert row.price is None
    assert row.cost is None


def test_the_price_of_a_level_stands_with_language_models_alone(risen: Path) -> None:
    """How many times less it is, and the level of no other technology."""
    rows = table(ask(QUESTION, risen), "cost-use-money")
    costs = dict(rows.select("technology", "cost").iter_rows())
    assert costs["Language models at large"].startswith("GPT-4's GPQA level: $")
    assert "Open models" not in costs


def test_then_and_now_are_told_of_what_has_a_test(risen: Path) -> None:
    """On the day after the article there is a now; agents without a test are told so."""
    answer = ask(QUESTION, risen)
    assert table(answer, "then-and-now")["technology"].to_list() == [
        "Language models at large",
        "Open models",
    ]
    assert "No test of agents is known as of this date." in words(answer)
    assert "the frontier rose for language models at large and open models." in words(answer)
    view = view_of(risen)
    rows = rows_of(view)
    assert _then_and_now(replace(view, as_of=date(2024, 12, 20)), rows) == ()
    found = _then_and_now(replace(view, as_of=date(2024, 12, 21)), rows)
    assert found[0] == Heading("Then (20 December 2024) and since")
    assert _then_and_now(view, [row for row in rows if row.capability is None]) == ()


def test_the_map_draws_attention_and_records_with_their_sources(risen: Path) -> None:
    """The months of attention and the models of both tests are counted below it."""
    chart = next(charts_of(ask(QUESTION, risen)))
    assert chart.footing.counted == "months and models"
    drawn = chart.rows.group_by("technology", "column").len()
    assert drawn.filter(column="attention")["len"].sum() == 41 + 35
    layout = chart.draw(Mode.LIGHT).layout
    assert layout.xaxis2.position == layout.yaxis3.domain[0], "the years of both columns stand at one height"
    best = chart.rows.filter(technology="Open models", column="Capability index, open weights")
    assert best["value"].is_sorted()
    assert best.height > 0


def test_a_row_opens_to_attention_capability_and_price(risen: Path) -> None:
    """Each a panel, in the order of the columns; the power of its verdict stands below."""
    answer = ask(QUESTION, risen)
    chart = chart_named(answer, panels_name("language-models"))
    assert chart is not None
    assert chart.rows["column"].unique(maintain_order=True).to_list() == ["attention", "capability", "price"]
    assert words(answer).count("**Power.**") == 2
    titles = [block.title for block in answer.blocks if isinstance(block, Folded)]
    assert titles == ["Language models at large", "Open models"]


def test_what_lacks_data_is_listed_with_what_is_known(risen: Path) -> None:
    """A technology of which nothing is known has a dash."""
    below = table(ask(QUESTION, risen), "not-enough-data")
    assert below.height == 9
    assert "Open models" not in below["technology"]
    mcp = below.filter(technology="Model Context Protocol (MCP)").row(0, named=True)
    assert (mcp["missing"], mcp["known"]) == ("everything", NOT_KNOWN)


def test_where_no_technology_stands_the_answer_says_so(tmp_path: Path) -> None:
    """And lists all of them as what lacks data."""
    fill(tmp_path)
    answer = ask(QUESTION, tmp_path)
    assert not answer.known
    assert (
        answer.first_line == "No data yet: no technology has attention and one other column as of this date."
    )
    assert table(answer, "not-enough-data").height == len(TECHNOLOGIES)
