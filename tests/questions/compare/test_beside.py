"""From wherever a model is named: all of it, and it beside another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.answer import Entries, Link, every_block
from questions.compare.beside import comparing, ways_of
from questions.compare.question import QUESTION as COMPARE
from questions.controls import must_read
from questions.news.question import QUESTION as NEWS
from tests.homes.growth_home import fill_growth
from tests.homes.small_home import fill
from tests.questions.asked import ask, view_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index, prices and news of models."""
    folder = tmp_path_factory.mktemp("beside")
    fill_growth(folder)
    return folder


def chosen(link: Link) -> list[str]:
    """The models that a link compares, as its question takes them."""
    return [word for name, word in link.controls if name == "models"]


def test_a_model_stands_beside_the_leader_and_the_leader_beside_the_next(home: Path) -> None:
    """What is linked to can be asked: two models that the question offers."""
    view = view_of(home)
    comparison = comparing(view)
    own = comparison(["gpt-4-0314"])
    assert own is not None
    assert chosen(own)[0] == "gpt-4-0314"
    leader = chosen(own)[1]
    other = comparison([leader])
    assert other is not None
    assert chosen(other)[0] == leader != chosen(other)[1]
    assert must_read(COMPARE.controls, view, {"models": chosen(other)}).models == tuple(chosen(other))
    assert comparison(["nobody"]) is None
    assert comparison([]) is None
    several = comparison(["gpt-4-0314", "nobody", "model-3", "model-4"])
    assert several is not None
    assert several.text == "Compare GPT-4, Model 3 and Model 4, or others"
    assert chosen(several) == ["gpt-4-0314", "model-3", "model-4"]


def test_what_cannot_be_compared_leads_nowhere(home: Path) -> None:
    """A model without a score and a price, or none at all."""
    ways = ways_of(view_of(home))
    assert ways(None) == ways("nobody") == ()
    assert [way.question for way in ways("gpt-4-0314")] == ["models", "compare"]
    own, beside = (way.text for way in ways("gpt-4-0314"))
    assert own.startswith("more on GPT-4")  # a link says where it leads
    assert beside.startswith("compare with ")


def test_news_of_a_model_lead_to_it(home: Path) -> None:
    """Each entry that names a known model has both ways."""
    answer = ask(NEWS, home, days="365")
    entries = [
        one for block in every_block(answer.blocks) if isinstance(block, Entries) for one in block.entries
    ]
    assert any(way.question == "compare" for entry in entries for way in entry.ways)


def test_news_compare_only_models_that_both_have_an_index(tmp_path: Path) -> None:
    """A model with a price alone leads to all of it, not beside the leader; nor without any index."""
    fill(tmp_path)
    ways = ways_of(view_of(tmp_path))
    assert [way.question for way in ways("gpt-5")] == ["models"]
