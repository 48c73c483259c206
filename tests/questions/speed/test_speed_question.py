"""The answer on speed, on a home whose hosts have known speeds."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from charts.speed.against import NAME
from questions.answer import Answer, charts_of
from questions.speed.question import QUESTION, SPEED, _by_host
from tests.homes.agents_home import fill_agents
from tests.homes.growth_home import fill_growth
from tests.questions.asked import ask, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with hosts and times of answers."""
    folder = tmp_path_factory.mktemp("speed")
    fill_agents(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_the_first_line_names_both_hosts_their_range_and_the_day(answer: Answer) -> None:
    """Each against the median of the others, with the range over models."""
    line = answer.first_line
    assert line.startswith(
        "On 22 June 2026, Cerebras was 7.2 to 7.9 times as fast as other hosts' median (range over"
    )
    assert "Groq 2.8 to 3 times (12, median 2.9)" in line
    assert len(line.split()) <= 30


def test_all_four_charts_are_drawn_and_none_is_a_trend(answer: Answer) -> None:
    """Dots by host and by day, speed against score, times of answers."""
    assert [chart.name for chart in charts_of(answer)] == [
        "speed-by-host",
        "speed-by-day",
        "speed-against",
        "answer-times",
    ]
    assert "too few for a trend" in next(c.title for c in charts_of(answer) if c.name == "speed-by-day")


def test_speed_is_set_against_the_score_or_the_makers_price(home: Path) -> None:
    """By price only models that their maker sells; the title says which of both it is."""
    by = {
        against: next(
            chart for chart in charts_of(ask(QUESTION, home, against=against)) if chart.name == NAME
        )
        for against in ("score", "price")
    }
    assert by["price"].title.startswith("Dearer models")
    assert "etter models" in by["score"].title
    asked = view_of(home).ask("last_list_prices").filter(pl.col("seller") == "maker")
    prices = {
        row["model_id"]: (3 * row["input_usd_per_mtok"] + row["output_usd_per_mtok"]) / 4
        for row in asked.iter_rows(named=True)
    }
    drawn = dict(by["price"].rows.select("model_id", "against").iter_rows())
    assert drawn == pytest.approx({name: prices[name] for name in drawn})
    assert drawn


def test_latency_is_shown_where_it_is_asked_for(home: Path) -> None:
    """The title speaks of the first word, not of tokens."""
    chart = next(charts_of(ask(QUESTION, home, shown="latency")))
    assert "16 times as long to its first word" in chart.title


def test_thinking_models_are_set_beside_others_on_the_same_board(answer: Answer) -> None:
    """The medians are of models: 64 s of seven that think, 14 s of seven that do not."""
    chart = next(chart for chart in charts_of(answer) if chart.name == "answer-times")
    assert chart.title == (
        "On Aider polyglot, to June 2026, models that think first took a median of 64 s a task (90\u00a0% "
        "interval 61 s to 67 s, 7 models), others 14 s (90\u00a0% interval 11 s to 17 s, 7 models)"
    )


def test_a_list_kept_by_hand_is_doubted(answer: Answer) -> None:
    """Its round numbers may be placeholders, and that is said."""
    assert "may be placeholders" in words(answer)


def test_without_measurements_nothing_is_known(tmp_path: Path) -> None:
    """The first line says what is missing."""
    fill_growth(tmp_path)
    assert ask(QUESTION, tmp_path).first_line.startswith("No data yet: no list had measured")


def test_of_models_at_no_host_only_their_times_are_told(home: Path) -> None:
    """The first line says that hosts cannot be compared, up to the day of the times."""
    thinking = ask(QUESTION, home, reasoning="yes")
    assert thinking.first_line.startswith(
        "Up to 22 June 2026, no list had Cerebras or Groq beside three other "
    )
    assert [chart.name for chart in charts_of(thinking)] == ["answer-times"]


@pytest.mark.parametrize(("given", "drawn"), [({"weights": "open"}, False), ({}, True)])
def test_two_models_are_the_fewest_whose_speed_is_set_against_a_score(
    home: Path, given: dict[str, str], drawn: bool
) -> None:
    """Of one alone there is a sentence; too few to rank is said of two as well."""
    few = ask(QUESTION, home, maker="Anthropic" if given else "OpenAI", **given)
    assert (NAME in [chart.name for chart in charts_of(few)]) is drawn
    of = "2 models" if drawn else "1 model"
    title = f"Whether better models write more or fewer tokens a second cannot be told from {of}"
    assert title in [*words(few).replace(".", "").split("\n"), *(chart.title for chart in charts_of(few))]


def test_of_models_without_times_that_is_said(home: Path) -> None:
    """And none of a board that measured them is drawn."""
    one = ask(QUESTION, home, maker="Anthropic", weights="open")
    assert "No board had measured how long enough models take for a task." in words(one)


def test_one_host_alone_is_compared_with_none(home: Path) -> None:
    """A chart of hosts needs two of one model with what is shown; nought was not measured."""
    hosts = pl.DataFrame(
        {
            "model_id": ["a", "b", "b"],
            "host": ["one", "one", "two"],
            "output_tokens_per_second": [1.0, 2.0, 0.0],
        }
    )
    assert _by_host(view_of(home), hosts, SPEED, "") == ()
