"""The question of models: find one, what it costs and scores, by which sources."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer, Drawn, Folded, Heading, Link, Table, charts_of
from questions.controls import ControlError, must_read, written
from questions.models import question as shown
from questions.models.prices import HISTORY, SELLERS
from questions.models.question import QUESTION, ModelsControls
from questions.wording import MOST_WORDS
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.homes.news_home import NEW, fill_news
from tests.homes.small_home import MODELS, fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with eight models, of which one has no price."""
    folder = tmp_path_factory.mktemp("models")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """All that is known of GPT-5."""
    return ask(QUESTION, home, find="gpt-5")


def test_the_first_line_has_the_price_and_the_day_of_its_data(answer: Answer) -> None:
    """What it costs now, and to which day its scores and prices reach."""
    assert answer.first_line == (
        "GPT-5: its maker asks $1.75 input and $1.75 output per million tokens; data to 17 July 2026."
    )
    assert answer.caveat == "It has no place in the capability index."


def test_maker_weights_and_release_are_described(answer: Answer) -> None:
    """Who made it, whether its weights are open, when it came and what that rests on."""
    assert "OpenAI, closed weights, released 7 August 2025 (change log)." in words(answer)


def test_scores_prices_and_announcements_are_listed(answer: Answer) -> None:
    """One row per benchmark and per step of the price, every statement behind, and what was said of it."""
    assert headings(answer) == ["Price", "Scores on 2 benchmarks", "Announcements"]
    assert table(answer, "scores").select("benchmark", "headline").rows() == [
        ("Epoch Capabilities Index", "150.0 points"),
        ("GPQA diamond", "86.0\u00a0%"),
    ]
    history = table(answer, "price-history")
    assert {"since", "says_so", "says_otherwise"} <= set(history.columns)
    assert history.select("provider", "input_usd_per_mtok").rows() == [("OpenAI", 3.5), ("OpenAI", 1.75)]
    assert table(answer, "announcements")["title"].to_list() == ["GPT-5 is here"]
    assert table(answer, "names")["source_id"].to_list() == [
        "Title of epoch-benchmarks",
        "Title of litellm-prices",
    ]
    titles = [block.title for block in answer.blocks if isinstance(block, Folded)]
    assert titles == [
        "All 2 statements, of all sources",
        "All 2 statements, every setting and source",
        "Names and sources",
    ]
    assert list(HISTORY)[:6] == [
        *("input_usd_per_mtok", "output_usd_per_mtok"),
        *("provider", "tier", "since", "ends_on"),
    ]
    assert next(iter(SELLERS)) == "provider"


def test_what_it_rests_on_counts_its_statements(answer: Answer) -> None:
    """Scores, benchmarks, prices, announcements and sources, and the day of the newest."""
    assert answer.rests_on == (
        "2 scores on 2 benchmarks, 2 stated prices and 1 announcement; scores and prices of 2 sources up "
        "to 17 July 2026."
    )


def test_the_steps_of_the_list_price_are_drawn(answer: Answer) -> None:
    """The chart stands under the price; its rows are the steps of the listing that gives the list price."""
    (chart,) = charts_of(answer)
    assert chart.name == "price-steps"
    assert chart.rows["output_usd_per_mtok"].to_list() == [3.5, 1.75]
    assert chart.title == "The list price of GPT-5 for output fell from $3.50 to $1.75"
    assert ". 2 prices from " in chart.alt


def test_a_model_without_a_price_is_unpriced_in_words(home: Path) -> None:
    """No chart, no zero: the first line and the part on its price say so."""
    quiet = ask(QUESTION, home, find="quiet-model")
    assert quiet.first_line == "Quiet model: unpriced; data to 17 July 2026."
    assert "No data yet: no source states a price of this model." in words(quiet)
    assert "No data yet: no post names this model." in words(quiet)
    assert not any(isinstance(block, Drawn) for block in quiet.blocks)


def test_a_model_without_an_index_says_why(tmp_path: Path) -> None:
    """The reason that was noted when the index was fitted stands in the caveat."""
    fill(tmp_path)
    reason = "3 benchmarks that count, at least 4 are needed"
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        rows = [{"kind": "model", "name": name, "reason": reason} for name in ("gpt-5", "other")]
        warehouse.replace("capability_left_out", pl.DataFrame(rows))
        publish(warehouse, tmp_path / "snapshots")
    assert (
        ask(QUESTION, tmp_path, find="gpt-5").caveat == f"It has no place in the capability index: {reason}."
    )
    assert ask(QUESTION, tmp_path, find="o1").caveat == "It has no place in the capability index."


def test_the_model_is_named_with_its_maker_and_its_weights(home: Path) -> None:
    """The first line names it, the facts below who made it."""
    text = words(ask(QUESTION, home, find="o1"))
    assert text.startswith("o1: its maker asks")
    assert "OpenAI, closed weights" in text


def test_the_first_listed_is_shown_unless_one_is_chosen(home: Path) -> None:
    """Of models with equally many benchmarks and sellers the first by id; of a maker its own first."""
    view = view_of(home)
    assert must_read(ModelsControls, view, {}).find == "claude-2"
    assert must_read(ModelsControls, view, {"maker": ["OpenAI"]}).find == "gpt-4-0314"


def test_a_model_of_another_maker_is_refused_in_words(home: Path) -> None:
    """What the chosen maker has is named; a name works as well as an id."""
    with pytest.raises(
        ControlError, match=r"find = 'claude-2' cannot be used; it takes gpt-4-0314, gpt-5, o1"
    ):
        ask(QUESTION, home, maker="OpenAI", find="claude-2")
    chosen = must_read(ModelsControls, view_of(home), {"maker": ["anthropic"], "find": ["Claude 2"]})
    assert written(chosen) == (("maker", "Anthropic"), ("find", "claude-2"))


def test_makers_of_equally_many_models_stand_in_order_of_their_names(home: Path) -> None:
    """The order is the same at each look."""
    spec = ModelsControls.__dataclass_fields__["maker"].metadata["spec"]
    names = [option.value for option in spec.offered(view_of(home), {})]
    assert names == ["OpenAI", "Anthropic", "DeepSeek", "Elsewhere", "Google"]


def test_a_past_date_shows_what_had_been_released(home: Path) -> None:
    """Where the archive does not reach back, figures are as known now, and that is said."""
    past = ask(QUESTION, home, as_of="2024-12-20", find="o1")
    assert past.caveat.startswith("The archive does not reach back to 20 December 2024")
    assert past.caveat.endswith("It has no place in the capability index.")
    with pytest.raises(ControlError, match="find = 'gpt-5' cannot be used"):
        ask(QUESTION, home, as_of="2024-12-20", find="gpt-5")


def test_before_the_first_model_there_is_none(home: Path) -> None:
    """No model is known: said in the first line, and nothing is chosen."""
    none = ask(QUESTION, home, as_of="2021-05-01")
    assert not none.known
    assert none.first_line == "No data yet: no model is known as of this date."
    assert written(must_read(ModelsControls, view_of(home, "2021-05-01"), {})) == ()


def test_the_place_in_the_index_is_said_with_its_interval(tmp_path: Path) -> None:
    """The interval stands in the first line, the rank among how many in the description."""
    fill(tmp_path)
    rows = [
        {
            "model_id": row[0],
            "capability": 100.0 + place,
            "low": 99.0 + place,
            "high": 101.0 + place,
            "n_benchmarks": 9,
        }
        for place, row in enumerate(MODELS)
    ]
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("capability_index", pl.DataFrame(rows))
        publish(warehouse, tmp_path / "snapshots")
    said = ask(QUESTION, tmp_path, find="gpt-5")
    assert said.first_line == (
        "GPT-5: its maker asks $1.75 input and $1.75 output per million tokens; capability index 106.0 (90 % "
        "interval 105.0 to 107.0), rank 1 to 3; data to 17 July 2026."
    )
    assert len(said.first_line.split()) <= MOST_WORDS
    assert said.caveat == ""
    assert "In the capability index it has rank 1 to 3 of 8 models." in words(said)


@pytest.fixture(scope="module")
def growth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index; a host sells one model too, and one is known by its name alone."""
    folder = tmp_path_factory.mktemp("growth")
    fill_growth(folder)
    hosted = {"model_id": "model-3", "model_name": "model-3", "provider": "groq", "seller": "host"}
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        step = warehouse.frame("SELECT * FROM price_step WHERE model_id = 'model-3'")
        warehouse.insert("price_step", step.with_columns(**{name: pl.lit(it) for name, it in hosted.items()}))
        bare = warehouse.frame("SELECT * FROM model WHERE model_id = 'model-3'")
        warehouse.insert("model", bare.with_columns(model_id=pl.lit("bare"), title=pl.lit("bare")))
        publish(warehouse, folder / "snapshots")
    return folder


def compared(answer: Answer) -> list[tuple[str, list[str]]]:
    """The links to a comparison: their text and the models in them."""
    return [
        (block.text, [word for _, word in block.controls])
        for block in answer.blocks
        if isinstance(block, Link) and block.question == "compare"
    ]


def test_a_model_is_compared_with_the_leader_and_the_leader_with_the_next(growth: Path, home: Path) -> None:
    """By the index; where nobody has one nothing is chosen."""
    assert compared(ask(QUESTION, growth, find="model-3")) == [
        ("Compare with Model 215, or with others", ["model-3", "model-215"])
    ]
    assert compared(ask(QUESTION, growth, find="model-215")) == [
        ("Compare with Model 208, or with others", ["model-215", "model-208"])
    ]
    assert compared(ask(QUESTION, home, find="gpt-5")) == [("Compare models", [])]


def test_what_dates_it_and_what_names_it_stand_behind_a_line_each(home: Path, tmp_path: Path) -> None:
    """Whoever wants to check opens them; that nothing dates a model is said openly."""
    fill_news(tmp_path)
    titles = [block.title for block in ask(QUESTION, tmp_path, find=NEW).blocks if isinstance(block, Folded)]
    assert titles[-2:] == ["What its release day rests on", "Names and sources"]
    assert "No data yet: nothing dates this model." in words(ask(QUESTION, home, find="gpt-5"))


def test_other_sellers_stand_behind_a_line(growth: Path) -> None:
    """What the maker asks stands open."""
    answer = ask(QUESTION, growth, find="model-3")
    titles = [block.title for block in answer.blocks if isinstance(block, Folded)]
    assert "Other prices: 1 step of 1 seller, with their tiers and witnesses" in titles
    assert table(answer, "price-history")["provider"].to_list() == ["maker"]
    assert table(answer, "sellers")["provider"].to_list() == ["Groq"]
    alone = ask(QUESTION, growth, find="model-4")
    assert not any(isinstance(block, Folded) and "Other prices" in block.title for block in alone.blocks)


def test_a_model_known_by_its_name_alone_says_what_is_missing(growth: Path) -> None:
    """Neither score nor price nor post."""
    answer = ask(QUESTION, growth, find="bare")
    assert headings(answer)[:2] == ["Price", "Scores"]
    said = words(answer)
    assert answer.rests_on.startswith("No score, no stated price and no announcement.")
    for missing in (
        "no score of this model.",
        "no source states a price of this model.",
        "no post names this model.",
        "nothing dates this model.",
        "no source names it.",
    ):
        assert f"No data yet: {missing}" in said
    assert not any(isinstance(block, Folded) for block in answer.blocks)


def test_a_model_is_named_with_its_id_only_where_two_share_a_name(growth: Path, tmp_path: Path) -> None:
    """Those with the most benchmarks first; a name in other letters is the same."""
    spec = ModelsControls.__dataclass_fields__["find"].metadata["spec"]
    labels = {option.value: option.label for option in spec.offered(view_of(growth), {"maker": None})}
    assert labels["model-3"] == "Model 3"
    assert labels["bare"] == "bare"
    assert list(labels)[-1] == "bare"
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        same = warehouse.frame("SELECT * FROM model WHERE model_id = 'gpt-5'")
        warehouse.insert("model", same.with_columns(model_id=pl.lit("other"), title=pl.lit("gpt-5")))
        publish(warehouse, tmp_path / "snapshots")
    twice = {option.value: option.label for option in spec.offered(view_of(tmp_path), {"maker": None})}
    assert (twice["gpt-5"], twice["other"]) == ("GPT-5 (gpt-5)", "gpt-5 (other)")


def test_a_price_that_never_changed_is_a_sentence_and_no_chart(home: Path) -> None:
    """Two flat lines say no more."""
    answer = ask(QUESTION, home, find="o1")
    assert not list(charts_of(answer))
    assert re.search(r"The list price of o1 has been \$\S+ input and \$\S+ output per million", words(answer))


def test_parts_of_boards_stand_behind_the_benchmarks() -> None:
    """A rating by language repeats what the whole says; a table that began with them hid the rest."""
    names = ("arena-text-style-control", "arena-text-style-control-polish", "gpqa-diamond")
    scores = pl.DataFrame({"benchmark_id": names, "benchmark": names})
    heading, _, whole, parts, every = shown._scores(scores, scores)
    assert heading == Heading("Scores on 2 benchmarks")
    assert isinstance(whole, Table)
    assert isinstance(parts, Folded)
    assert isinstance(every, Folded)
    assert whole.rows["benchmark"].to_list() == [names[0], names[2]]
    assert parts.title == (
        "1 part of a board, which repeats what the whole says by language, field or kind of task"
    )
    (behind,) = parts.blocks
    assert isinstance(behind, Table)
    assert behind.rows["benchmark"].to_list() == [names[1]]
    assert every.title == "All 3 statements, every setting and source"
