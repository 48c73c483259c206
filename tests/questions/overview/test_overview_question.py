"""The overview: the verdict first, what GPT-4's level costs, and one number for one measure everywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from charts.parts.axes import dollars
from questions.answer import Answer, Later, Link, Notice, Tiles, chart_named, charts_of, every_block
from questions.overview.question import QUESTION
from questions.price.question import QUESTION as PRICE
from questions.registry import question_of_chart
from questions.scores import scores_of
from questions.trends.question import QUESTION as TRENDS
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.doubtful_home import GUESSED, fill_doubtful
from tests.homes.small_home import SCORES, SEEN, fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with eight models, two benchmarks, prices and a post."""
    folder = tmp_path_factory.mktemp("small")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with enough models for a verdict, and with two doubtful ones."""
    folder = tmp_path_factory.mktemp("grown")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def answer(grown: Path) -> Answer:
    """The overview of the home with a verdict."""
    return ask(QUESTION, grown)


def test_the_first_line_is_verdict_interval_day_and_price(answer: Answer) -> None:
    """Both halves of the question are answered in at most thirty words."""
    pattern = (
        r"Up to \d+ June 2026 AI's capability climbed: \+[\d.]+ index points a year \(90 % interval "
        r"[\d.]+ to [\d.]+\); GPT-4's level costs \$0\.\d+ per million tokens \(maker\)\."
    )
    assert re.fullmatch(pattern, answer.first_line)
    assert len(answer.first_line.split()) <= 30
    assert "Verdict: steady." in answer.rests_on
    assert "Newest model measured 19 June 2026, prices last confirmed 15 September 2026." in answer.rests_on
    assert answer.would_change


def test_with_too_few_models_the_first_line_says_so(small: Path) -> None:
    """No verdict is made of eight models; the price of GPT-4's level stands there all the same."""
    answer = ask(QUESTION, small)
    assert answer.first_line.startswith("It cannot be told whether AI's capability still climbs: ")
    assert answer.first_line.endswith("too few; GPT-4's level costs $0.90 per million tokens (maker).")
    assert len(answer.first_line.split()) <= 30
    text = words(answer)
    assert "asks $0.90 per million tokens, 42 times less than in March 2023." in text
    assert "GPT-5's 150.0 points" in text


def test_a_past_date_falls_back_to_what_had_been_released(small: Path) -> None:
    """Where the archive does not reach back, the models released by then are shown, and it is said once."""
    text = words(ask(QUESTION, small, "2024-12-20"))
    assert "o1's 142.0 points" in text
    assert text.count("The archive does not reach back to 20 December 2024") == 1


@pytest.mark.parametrize("as_of", ["", "2025-06-30"])
def test_one_measure_has_one_number_in_all_questions(grown: Path, as_of: str) -> None:
    """Whatever the day, the overview gives slope, interval and last day of the question of growth."""
    overview, trends = (ask(question, grown, as_of) for question in (QUESTION, TRENDS))
    slope = re.search(r"(\+[\d.]+) index points a year (\(90 % interval .*?\))", overview.first_line)
    assert slope is not None
    assert f": {slope[1]} points a year {slope[2]}" in trends.first_line
    days = [re.search(r"(\d+ June 202[56])", answer.first_line) for answer in (overview, trends)]
    assert days[0] is not None
    assert days[1] is not None
    assert days[0][1] == days[1][1]
    assert trends.rests_on in overview.rests_on


def test_the_cheapest_way_is_that_of_its_chart(answer: Answer) -> None:
    """The first line and the chart say one price; a model of unknown release day sets none."""
    chart = chart_named(answer, "price-of-gpt-4-level")
    assert chart is not None
    last = chart.rows.row(-1, named=True)
    assert f"costs {dollars(last['price_usd_per_mtok'])} per million tokens" in answer.first_line
    assert GUESSED not in chart.rows["model_id"].to_list()


def test_the_level_is_a_score_that_every_model_of_the_chart_reaches(answer: Answer, grown: Path) -> None:
    """The threshold is GPT-4's own score, the one that the question of prices asks for."""
    chart = chart_named(answer, "price-of-gpt-4-level")
    assert chart is not None
    scores = dict(scores_of(view_of(grown), "gpqa-diamond").dated.select("model_id", "value").iter_rows())
    assert min(scores[model] for model in chart.rows["model_id"].drop_nulls()) >= scores["gpt-4-0314"]
    priced = chart_named(ask(PRICE, grown), "price-of-capability")
    assert priced is not None
    assert priced.rows["price_usd_per_mtok"].equals(chart.rows["price_usd_per_mtok"])


def test_its_charts_have_names_of_their_own(answer: Answer) -> None:
    """The same drawing as another question's has another name here, so that each name has one answer."""
    drawn = [chart.name for chart in charts_of(answer)]
    assert drawn == list(QUESTION.charts)
    assert set(drawn).isdisjoint(PRICE.charts)
    assert all(question_of_chart(name) is QUESTION for name in drawn)


def test_the_parts_stand_in_order(answer: Answer) -> None:
    """Capability, price, releases, with links to where each is looked into; estimates beside come later."""
    assert headings(answer) == ["Capability so far", "What a given capability costs", "Newest releases"]
    links = [block.question for block in answer.blocks if isinstance(block, Link)]
    assert links == ["sources", "trends", "price"]
    assert [block.charts for block in answer.blocks if isinstance(block, Later)] == [(), ()]


def test_another_index_is_the_cross_check(answer: Answer, small: Path) -> None:
    """Epoch's published index is asked the same where it is not itself the series, and told once."""
    assert words(answer).count("**Cross-check.** The index that Epoch publishes gives +") == 1
    assert "Cross-check" not in words(ask(QUESTION, small))


def test_both_rates_say_what_they_count(answer: Answer) -> None:
    """The rate of the records and that of all prices stand side by side."""
    text = words(answer)
    assert "successive cheapest models: 10 times cheaper a year (90 % interval" in text
    assert "that reach it, dear ones included: " in text


def test_the_newest_posts_are_listed(small: Path) -> None:
    """The makers' own words stand below the releases, with their pages."""
    posts = table(ask(QUESTION, small), "posts")
    assert posts["title"].to_list() == ["GPT-5 is here"]
    assert posts.columns == ["stated_on", "organization", "title", "url"]


def test_what_is_not_measured_has_no_tile(answer: Answer) -> None:
    """Without horizons and measured costs there is no row of tiles, rather than an empty one."""
    assert not any(isinstance(block, Tiles) for block in every_block(answer.blocks))


def test_with_empty_tables_it_says_what_brings_data(tmp_path: Path) -> None:
    """Nothing is known: a sentence of at most thirty words, and where to run a source."""
    fill(tmp_path, with_rows=False)
    answer = ask(QUESTION, tmp_path)
    assert answer.first_line.startswith("No data yet: no scores and no prices are known")
    assert "The Data page" in answer.first_line
    assert len(answer.first_line.split()) <= 30
    assert not answer.known
    assert any(isinstance(block, Notice) for block in answer.blocks)


@pytest.mark.parametrize("as_of", ["2021-05-01", "2022-12-05", "2023-06-30", "2024-12-31", "2026-01-31"])
def test_first_lines_and_caveats_have_at_most_thirty_words(grown: Path, small: Path, as_of: str) -> None:
    """Whatever the day, and how little is known by then."""
    for home in (grown, small):
        answer = ask(QUESTION, home, as_of)
        assert len(answer.first_line.split()) <= 30
        assert len(answer.caveat.split()) <= 30


def test_tiles_name_their_model_and_its_interval(tmp_path: Path) -> None:
    """The longest horizon and the measured cost of the best score, each with the model behind it."""
    fill(tmp_path)
    _measure(tmp_path, horizon_minutes=1045.0)
    answer = ask(QUESTION, tmp_path)
    (tiles,) = (block for block in every_block(answer.blocks) if isinstance(block, Tiles))
    horizon, cost = tiles.tiles
    assert horizon.value == "17.4 h"
    assert horizon.note == (
        "GPT-5, 95 % interval 8.5 h to 55.1 h. METR calls horizons above 16 hours unreliable."
    )
    assert cost.label == "Measured cost per task of the best ARC-AGI-2 score"
    assert cost.value == "$1.87"
    assert cost.note.startswith("GPT-5, which solves 85.0")


def test_the_best_with_a_cost_is_not_called_the_best(tmp_path: Path) -> None:
    """Where a better score has no recorded cost both are told, each with its model."""
    fill(tmp_path)
    _measure(tmp_path, horizon_minutes=960.0, better=0.925)
    (tiles,) = (b for b in every_block(ask(QUESTION, tmp_path).blocks) if isinstance(b, Tiles))
    cost = tiles.tiles[1]
    assert cost.label == "Cost per task of the best ARC-AGI-2 score with a recorded cost"
    assert cost.value == "$1.87"
    assert cost.note.startswith("GPT-5, which solves 85.0")
    assert "; the best, GPT-4, solves 92.5" in cost.note
    assert " but has none." in cost.note


def test_a_horizon_within_reach_of_the_tasks_is_not_doubted(tmp_path: Path) -> None:
    """Up to 16 hours METR's tasks are long enough."""
    fill(tmp_path)
    _measure(tmp_path, horizon_minutes=960.0)
    (tiles,) = (b for b in every_block(ask(QUESTION, tmp_path).blocks) if isinstance(b, Tiles))
    assert "unreliable" not in tiles.tiles[0].note


def test_a_model_that_only_a_price_list_has_shown_is_a_hollow_release(tmp_path: Path) -> None:
    """It is on the time line by the day on which it was there, and is not called the newest release."""
    fill(tmp_path)
    row = {"model_id": "gpt-6-astra", "title": "GPT-6 Astra", "organization": "OpenAI", "kind": "undated"}
    row |= {"released_on": date(2026, 8, 26), "released_precision": "day"}
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("model", pl.DataFrame([row | {"released_basis": "price listing first seen"}]))
        publish(warehouse, tmp_path / "snapshots")
    chart = chart_named(ask(QUESTION, tmp_path), "releases")
    assert chart is not None
    assert dict(chart.rows.select("title", "is_sighted").iter_rows())["GPT-6 Astra"]
    assert chart.rows.filter("is_sighted").height == 1
    assert not chart.title.startswith("GPT-6 Astra")
    assert chart.title.endswith("; price lists alone have shown 1 more after it")


def _measure(home: Path, horizon_minutes: float, better: float = 0.04) -> None:
    """Add a horizon, and ARC-AGI-2 scores of which the best was measured at a cost."""
    stamp = {
        "source_id": SCORES,
        "payload_sha256": "a" * 64,
        "observed_at": SEEN,
        "gone": False,
        "setting": "",
        "reported_by": "independent",
    }
    horizon = {"benchmark_id": "metr-horizon-50-v1.1", "unit": "minutes", "low": 510.0, "high": 3306.0}
    costed = {"benchmark_id": "arc-agi-2", "unit": "fraction"}
    rows = [
        stamp | horizon | {"model_name": "gpt-5", "score": horizon_minutes},
        stamp | costed | {"model_name": "gpt-5", "score": 0.85, "cost_usd_per_task": 1.87},
        stamp | costed | {"model_name": "o1", "score": 0.05, "cost_usd_per_task": 0.5},
        stamp | costed | {"model_name": "gpt-4-0314", "score": better},
    ]
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("score", pl.DataFrame(rows, infer_schema_length=None))
        publish(warehouse, home / "snapshots")
