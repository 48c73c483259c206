"""Search: by names as people write them, best first, and where each leads can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from faces.api import api
from pages.registry import PAGES, moved, page_of
from questions import search as searching
from questions.controls import must_read
from questions.registry import all_questions, question_named
from questions.search import ASKED_FOR_BY, Found, _everything, search
from tests.homes.small_home import fill
from tests.questions.asked import view_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models of five makers, two benchmarks, four sources."""
    folder = tmp_path_factory.mktemp("search")
    fill(folder)
    return folder


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("gpt4", "model", "GPT-4"),
        ("GPT 5", "model", "GPT-5"),
        ("claude sonnet", "model", "Claude 3.5 Sonnet"),
        ("anthropic", "maker", "Anthropic"),
        ("gpqa", "benchmark", "GPQA diamond"),
        ("litellm", "source", "Title of litellm-prices"),
        ("deepsek r1", "model", "DeepSeek R1"),
        ("openai gpt", "model", "GPT-4"),
        ("what does gpt-4 cost?", "model", "GPT-4"),
        ("price of gpt-4", "model", "GPT-4"),
        ("which is the cheapest?", "question", "Falling price"),
        ("is AI slowing down?", "question", "Trends and S-curves"),
        ("is it a bubble", "question", "Dot-com"),
        ("which AI is the best?", "question", "Frontier and cost"),
        ("which model is best at coding", "question", "Agents"),
        ("openai vs anthropic", "maker", "Anthropic"),
        ("openai vs anthropic", "question", "Compare models"),
    ],
)
def test_a_name_is_found_however_it_is_written(home: Path, text: str, kind: str, name: str) -> None:
    """Case, blanks and hyphens say nothing, words may be left out, a letter may be wrong."""
    assert (kind, name) in {(item.kind, item.name) for item in search(view_of(home), text)[:3]}


def test_words_that_readers_ask_by_are_of_questions() -> None:
    """Each is one that there is, and no word is said of it already."""
    assert set(ASKED_FOR_BY) <= set(all_questions())
    for name, words in ASKED_FOR_BY.items():
        question = question_named(name)
        assert not {*words} & {*f"{question.title} {question.asks}".casefold().split()}, name


def test_a_number_alone_finds_nothing_in_a_sentence(names: Any) -> None:
    """It tells apart what another word has found; a sentence of which no word is known finds nothing."""
    things = [("GPT-4", ()), ("GPT-5", ()), ("Claude 4", ())]
    assert names("what does the gpt 4 weigh", *things) == ["GPT-4"]
    assert names("what about 4 whales", *things) == []


def test_what_a_sentence_calls_by_its_whole_name_comes_first(names: Any) -> None:
    """Before what has a rarer word of it; what only a part of that name means does not come with it."""
    things = [("GPT", ()), ("GPT-5", ()), ("GPT-5.4", ()), ("GPT-4", ()), ("What it costs", ()), ("Cost", ())]
    assert names("how much does GPT-5 now cost us", *things[:5]) == ["GPT-5", "GPT-5.4", "What it costs"]
    assert names("is gpt5 worth its cost", *things) == ["Cost", "What it costs"]
    assert names("what about gpt 5", *things) == ["GPT-5", "GPT-5.4"]


def test_equals_of_a_sentence_stand_in_the_order_of_their_kinds(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question and a benchmark before a model of a shorter name."""
    named = (("model", "Arena 1"), ("benchmark", "Arena of texts"), ("question", "All of the arena"))
    things = tuple(Found(kind, name, (), "models") for kind, name in named)
    monkeypatch.setattr(searching, "kept", lambda *_: things)
    assert [item.kind for item in search(view_of(home), "who leads the arena")] == [
        "question",
        "benchmark",
        "model",
    ]


def test_nothing_is_found_by_nothing(home: Path) -> None:
    """Blanks, signs and a name of no thing find nothing."""
    assert search(view_of(home), " -? ") == search(view_of(home), "zzzzqqqq") == ()


def test_whatever_is_found_leads_to_an_answer_and_a_page(home: Path) -> None:
    """The controls can be used, and the page of the question is there."""
    view = view_of(home)
    for text in ("gpt", "a", "e", "o", "title"):
        for item in search(view, text):
            given = {name: [word] for name, word in item.controls}
            must_read(question_named(item.question).controls, view, given)
            assert page_of(item.question)


def test_the_route_gives_answer_and_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the address of the answer a program goes on, by that of the page a person."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    with TestClient(api()) as routes:
        first = routes.get("/search?q=deepseek r1").json()["found"][0]
        assert first["controls"] == {"find": "deepseek-r1"}
        assert routes.get(first["answer"].removeprefix("/api")).status_code == 200
    known = {page.address for page in PAGES} | set(moved())
    assert first["page"].partition("?")[0].strip("/") in known


def found(*items: tuple[str, tuple[str, ...]]) -> tuple[Found, ...]:
    """Things by name and other words."""
    return tuple(Found("model", name, also, "models") for name, also in items)


@pytest.fixture
def names(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is found by a text among things of these names, in order."""

    def searched(text: str, *items: tuple[str, tuple[str, ...]], most: int = 20) -> list[str]:
        things = found(*items)
        monkeypatch.setattr(searching, "kept", lambda *_: things)
        return [item.name for item in search(view_of(home), text, most)]

    return searched


def test_whole_names_come_before_beginnings_words_and_parts(names: Any) -> None:
    """Of one rank the shorter name, and then the first; other words count as the name does."""
    things = [
        ("A gpt-fourish", ()),
        ("Mini gpt4", ()),
        ("xgpt4x", ()),
        ("GPT-4 Turbo", ()),
        ("GPT-4o", ()),
        ("Another", ("gpt-4",)),
        ("GPT-4p", ()),
        ("Unlike", ()),
    ]
    assert names("gpt4", *things) == ["Another", "GPT-4o", "GPT-4p", "GPT-4 Turbo", "Mini gpt4", "xgpt4x"]
    assert names("gpt4", *things, most=2) == ["Another", "GPT-4o"]


def test_all_words_must_be_there(names: Any) -> None:
    """As beginnings of words, in any order."""
    things = [("Claude 3.5 Sonnet", ()), ("Claude Opus", ())]
    assert names("son claude", *things) == ["Claude 3.5 Sonnet"]
    assert names("laude opus", *things) == ["Claude Opus"]


@pytest.mark.parametrize(("text", "count"), [("pt", 0), ("ptx", 1)])
def test_a_part_of_a_word_has_three_letters(names: Any, text: str, count: int) -> None:
    """Two letters within a word are in too many."""
    assert len(names(text, ("GPTx", ()))) == count


def test_what_is_near_is_found_where_nothing_else_is(names: Any) -> None:
    """Each once, at most five; of one spelling the first."""
    things = [("DeepSeek R1", ("deepseek-r1",)), ("DeepSeek R1", ("other",)), ("Nothing like it", ())]
    assert names("deepsek r1", *things) == ["DeepSeek R1"]
    many = [(f"deepseek{number}", ()) for number in range(9)]
    assert len(names("deepsekk", *many)) == 5
    assert names("zzzz", *many) == []


def test_everything_known_can_be_found(home: Path) -> None:
    """Questions first, then makers, benchmarks, models and sources, each with where it leads."""
    things = list(_everything(view_of(home)))
    kinds = [thing.kind for thing in things]
    order = ["question", "maker", "benchmark", "model", "source"]
    assert [kind for at, kind in enumerate(kinds) if kind not in kinds[:at]] == order
    assert [thing.name for thing in things if thing.kind == "maker"] == [
        "Anthropic",
        "DeepSeek",
        "Elsewhere",
        "Google",
        "OpenAI",
    ]
    leads = {thing.name: (thing.question, thing.controls) for thing in things}
    assert leads["OpenAI"] == ("modellist", (("maker", "OpenAI"),))
    assert leads["GPT-5"] == ("models", (("find", "gpt-5"),))
    assert leads["GPQA diamond"] == ("benchmarks", (("benchmark", "gpqa-diamond"),))
    assert leads["Title of litellm-prices"] == ("sources", (("source", "litellm-prices"),))


def test_models_of_one_title_are_told_apart_by_their_ids(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any case of letters; one whose title is its id needs no second."""
    models = pl.DataFrame(
        {
            "model_id": ["a", "b", "Twin", "c"],
            "title": ["twin", "TWIN", "Twin", "Alone"],
            "organization": ["X", None, "X", "X"],
        }
    )
    monkeypatch.setattr(searching, "known_models", lambda _view: (models, None))
    told = [thing for thing in _everything(view_of(home)) if thing.kind in {"model", "maker"}]
    assert [thing.name for thing in told] == ["X", "twin (a)", "TWIN (b)", "Twin", "Alone"]
    assert told[1].also == ("a", "twin a", "twin X", "twin")
