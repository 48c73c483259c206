"""Gains against cost: what is said of budgets, of the best, of levels, and what is left open."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from analysis.price.steps import PriceBasis
from questions.answer import Answer, charts_of
from questions.gains.levels import level_of
from questions.gains.question import QUESTION
from questions.price.question import QUESTION as PRICE
from questions.price.threshold import Capability
from tests.homes.doubtful_home import fill_doubtful
from tests.homes.growth_home import SCORES
from tests.questions.asked import ask, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose prices fall tenfold a year."""
    folder = tmp_path_factory.mktemp("gains")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls: on the capability index."""
    return ask(QUESTION, home)


def test_the_first_line_says_what_a_dollar_buys_and_how_much_more_than_before(answer: Answer) -> None:
    """With the day, the seller and the change over a year, in at most 30 words."""
    line = answer.first_line
    assert line.startswith("Up to ")
    assert "$1 per million tokens bought" in line
    assert "at makers' list prices" in line
    assert line.endswith("in a year.")
    assert len(line.split()) <= 30


def test_each_chart_has_its_doubt(answer: Answer) -> None:
    """After each stands what it leaves open."""
    assert [chart.name for chart in charts_of(answer)] == [
        "best-for-a-budget",
        "what-the-best-model-costs",
        "ladder-of-levels",
    ]
    assert all(SCORES in chart.footing.text() for chart in charts_of(answer)), "scores are credited too"
    text = words(answer)
    assert "a budget per token is not one per task" in text
    assert "A price per token is not a price per task" in text
    assert "A level is one score on one scale" in text


def test_a_cheaper_host_is_named_as_one(home: Path) -> None:
    """Who sells stands in the first line."""
    assert "at the cheapest host" in ask(QUESTION, home, seller="cheapest-host").first_line


def test_what_one_more_point_costs_is_said_at_both_ends(answer: Answer) -> None:
    """Or that it cannot be told."""
    text = words(answer)
    assert "one more point cost" in text or "cannot be told" in text


def test_a_level_that_guessing_nearly_reaches_stands_on_no_rung(home: Path) -> None:
    """GPT-4's score here is one of chance: no line is drawn for it, and that is said."""
    answer = ask(QUESTION, home, measure="gpqa-diamond")
    assert "ladder-of-levels" not in [chart.name for chart in charts_of(answer)]


def test_a_level_read_on_two_scales_is_told_as_two(home: Path, answer: Answer) -> None:
    """Each figure names its scale, and why the other pages' differs stands beside it."""
    ladder = next(chart for chart in charts_of(answer) if chart.name == "ladder-of-levels")
    assert "on the capability index got cheaper" in ladder.title
    told = words(answer)
    assert "read GPT-4's level on another scale: GPT-4's GPQA diamond score (27.5\u00a0%) cost $0.01" in told
    assert (fall := re.search(r"[\d,]+ times less than in \w+ \d{4}", ask(PRICE, home).first_line))
    assert fall[0] in told
    assert "another scale" not in words(ask(QUESTION, home, measure="gpqa-diamond"))


def test_the_first_line_follows_from_the_home(answer: Answer) -> None:
    """What the newest priced model scores, and the best of a year before."""
    assert answer.first_line == (
        "Up to 15 September 2026, $1 per million tokens bought 165.6 points (90\u00a0% interval 163.6 to "
        "167.6) at makers' list prices, up 10 (7 to 13) in a year."
    )
    assert answer.rests_on == (
        "217 models with a score on the capability index, prices up to 15 September 2026."
    )
    assert "No line for GPT-3.5, GPT-4o, " in words(answer)


def test_a_budget_that_bought_nothing_says_so(home: Path) -> None:
    """And the budgets that did are told; so early nothing was bought a year before."""
    early = ask(QUESTION, home, as_of="2023-06-30")
    assert early.first_line == (
        "On 30 June 2023, no model that was scored is on sale for $1 per million tokens."
    )
    told = words(early)
    assert (
        "On 30 June 2023 the best model for $10 was Model 34. $0.10 and $1 per million tokens bought" in told
    )
    titles = [chart.title for chart in charts_of(early)]
    assert " of these budgets only $10 per million tokens bought" in titles[0]


def test_before_the_first_price_there_is_no_answer(home: Path) -> None:
    """Nor among models that nobody sells."""
    none = "No data yet: no model with a score on this measure has a price as of this date."
    assert ask(QUESTION, home, as_of="2022-06-30").first_line == none
    nowhere = ask(QUESTION, home, reasoning="yes").first_line
    assert nowhere.startswith("No data yet: ")


@pytest.mark.parametrize(
    ("stderr", "low", "high", "error"),
    [
        (0.5, 1.0, 9.0, 0.5),
        (None, 10.0 - 1.645, 10.0 + 1.645, 1.0),
        (None, None, 12.0, 0.0),
        (None, 8.0, None, 0.0),
    ],
    ids=["stated", "from the interval", "no lower end", "no upper end"],
)
def test_the_error_of_a_level_is_stated_or_follows_from_its_interval(
    stderr: float | None, low: float | None, high: float | None, error: float
) -> None:
    """Half an interval tells none."""
    types = {"stderr": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    scores = pl.DataFrame(
        [{"value": 10.0, "stderr": stderr, "low": low, "high": high}], schema_overrides=types
    )
    capability = Capability("", "", "", "any", 10.0, scores, "points", PriceBasis.MAKER, (), "GPT-4")
    level = level_of(capability)
    assert (level.name, level.value) == ("GPT-4", 10.0)
    assert level.error == pytest.approx(error, abs=1e-3)
