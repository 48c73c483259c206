"""The filters that readers keep: which models pass, and how a sentence says it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from questions.agents.question import QUESTION as AGENTS
from questions.answer import charts_of
from questions.controls import specs
from questions.filters import (
    SHARED,
    KindOfModel,
    ModelFilters,
    chosen_filters,
    kept,
    makers_to_choose,
    only,
    passing,
    price_cap_of,
    scope,
    scope_note,
)
from questions.gains.question import QUESTION as GAINS
from questions.price.question import QUESTION as PRICE
from questions.question import Question
from questions.speed.question import QUESTION as SPEED
from tests.homes.agents_home import fill_agents
from tests.questions.asked import ask, view_of

MODELS = pl.DataFrame(
    {
        "model_id": ["cheap-open", "dear-closed", "unknown"],
        "organization": ["Meta", "OpenAI", None],
        "open_weights": [True, False, None],
        "reasoning": [False, True, None],
        "input_usd_per_mtok": [0.2, 10.0, None],
        "output_usd_per_mtok": [0.4, 30.0, None],
    }
)


@pytest.mark.parametrize(
    ("filters", "passing", "said"),
    [
        (ModelFilters(), ["cheap-open", "dear-closed", "unknown"], ""),
        (ModelFilters(weights="open"), ["cheap-open"], " among open-weight models"),
        (ModelFilters(price_cap="1"), ["cheap-open"], " among models up to $1"),
        (ModelFilters(maker="OpenAI", reasoning="yes"), ["dear-closed"], " among OpenAI reasoning models"),
        (ModelFilters(weights="closed", reasoning="no"), [], " among closed non-reasoning models"),
        (ModelFilters(weights="closed"), ["dear-closed"], " among closed models"),
        (ModelFilters(reasoning="no"), ["cheap-open"], " among non-reasoning models"),
        (ModelFilters(price_cap="0.25"), ["cheap-open"], " among models up to $0.25"),
        (ModelFilters(price_cap="0.24"), [], " among models up to $0.24"),
        (ModelFilters(price_cap="15"), ["cheap-open", "dear-closed"], " among models up to $15"),
    ],
)
def test_what_is_not_known_of_a_model_passes_no_filter_that_asks_for_it(
    filters: ModelFilters, passing: list[str], said: str
) -> None:
    """Each filter keeps the models of which it is known, and the sentence names them all."""
    assert kept(MODELS, filters)["model_id"].to_list() == passing
    assert scope(filters) == said
    assert scope_note(filters) == (f"Asked{said} only" if said else "")


def test_a_question_of_prices_takes_no_cap() -> None:
    """What was chosen is a key with a place for each filter that readers keep."""
    assert price_cap_of(KindOfModel()) is None
    assert price_cap_of(ModelFilters()) is None
    assert price_cap_of(ModelFilters(price_cap="0.5")) == 0.5
    assert chosen_filters(KindOfModel(maker="OpenAI")) == ("OpenAI", None, None, None)
    assert chosen_filters(ModelFilters(weights="open", price_cap="1")) == (None, "open", None, "1")


def test_the_filters_that_readers_keep_are_those_of_the_list_of_models() -> None:
    """What pages carry is what the controls are called; a question of prices takes all but the price."""
    assert set(SHARED) == set(specs(ModelFilters))
    assert set(SHARED) - {"price_cap"} == set(specs(KindOfModel))
    assert scope(KindOfModel(weights="open")) == " among open-weight models"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with scores, prices, speeds and results of agents."""
    folder = tmp_path_factory.mktemp("filters")
    fill_agents(folder)
    return folder


def test_nothing_chosen_passes_every_model(home: Path) -> None:
    """So that a question need not know which models there are."""
    view = view_of(home)
    assert passing(view, ModelFilters()) is None
    assert only(MODELS, None).equals(MODELS)
    assert only(MODELS, frozenset({"unknown"}))["model_id"].to_list() == ["unknown"]
    some = passing(view, ModelFilters(maker="OpenAI"))
    assert some
    assert "gpt-4-0314" in some


def test_makers_of_most_models_come_first(home: Path) -> None:
    """Of as many models by name; a model without a maker has none to choose."""
    offered = [option.value for option in makers_to_choose(view_of(home), {})]
    models = view_of(home).ask("models").drop_nulls("organization")["organization"]
    counts = dict(models.value_counts().iter_rows())
    assert offered == sorted(counts, key=lambda maker: (-counts[maker], maker))
    assert len(set(counts.values())) > 1


@pytest.mark.parametrize("question", [PRICE, GAINS, SPEED, AGENTS], ids=lambda question: question.name)
def test_a_filter_changes_the_answer_and_is_named_in_its_first_line(question: Question, home: Path) -> None:
    """Nobody takes the price, or the speed, of one maker's models for that of all."""
    everyone, some = ask(question, home), ask(question, home, maker="OpenAI")
    assert "among OpenAI models" in some.first_line
    assert len(some.first_line.split()) <= 30
    assert some.first_line != everyone.first_line


@pytest.mark.parametrize("question", [GAINS, SPEED, AGENTS], ids=lambda question: question.name)
def test_a_chart_that_stands_alone_says_of_which_models_it_is(question: Question, home: Path) -> None:
    """In its footer, which pictures and embedded charts carry, too."""
    some = ask(question, home, maker="OpenAI")
    feet = [chart.footing.text() for chart in charts_of(some)]
    assert feet
    assert all("Asked among OpenAI models only" in foot for foot in feet)
