"""Search: by names as people write them, best first, and where each leads can be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from faces.api import api
from pages.registry import PAGES, moved, page_of
from questions.controls import must_read
from questions.registry import question_named
from questions.search import search
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
    ],
)
def test_a_name_is_found_however_it_is_written(home: Path, text: str, kind: str, name: str) -> None:
    """Case, blanks and hyphens say nothing, words may be left out, a letter may be wrong."""
    assert (kind, name) in {(item.kind, item.name) for item in search(view_of(home), text)[:3]}


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
