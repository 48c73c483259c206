"""The answer on capability and cost: who leads at which price, on any day, by any cost, among any models."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from questions.answer import Answer, Folded, Later, Link, charts_of, every_block
from questions.capability import question
from questions.capability.question import QUESTION, CapabilityControls
from questions.controls import ControlError, must_read
from tests.homes.growth_home import fill_growth
from tests.homes.judged_home import fill_judged
from tests.homes.small_home import fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose scores rise and whose prices fall; the five newest models have no price."""
    folder = tmp_path_factory.mktemp("growth")
    fill_growth(folder)
    return folder


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two runs whose cost was measured, on one board."""
    folder = tmp_path_factory.mktemp("judged")
    fill_judged(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_a_model_without_a_price_is_not_passed_over(answer: Answer) -> None:
    """Who leads leads the priced ones; those without a price are listed with their scores."""
    assert answer.first_line == (
        "On 19 June 2026 Model 208 led the priced models on GPQA diamond with 99.7\u00a0% (90 % interval "
        "98.0\u00a0% to 100.0\u00a0%) at $0.011 per million tokens."
    )
    assert "212 models with a score and this cost, the newest released on 20 May 2026;" in answer.rests_on
    assert "Left out: 5 models without such a cost. No source dates this benchmark:" in answer.rests_on
    (folded,) = (block for block in answer.blocks if isinstance(block, Folded))
    assert folded.title == "Unpriced: 5 models with a score but without this cost"
    assert set(table(answer, "unpriced")["model_id"]) == {f"model-{place}" for place in range(212, 217)}


def test_the_front_of_a_past_day_has_the_models_and_prices_of_that_day(home: Path) -> None:
    """Whichever day the rest of the page is of."""
    past = ask(QUESTION, home, front_on="2025-06-30")
    assert past.first_line == (
        "On 30 June 2025 Model 157 led GPQA diamond with 97.6\u00a0% (90 % interval 95.9\u00a0% to "
        "99.2\u00a0%) at $0.079 per million tokens; 11 others tie with it."
    )
    assert (
        "Between 30 June 2024 and 30 June 2025, at makers' list prices, the best score for the same money "
        "rose by 20 percentage points" in (words(past))
    )
    assert next(charts_of(past)).rows["released_on"].max() == date(2025, 6, 30)
    assert ask(QUESTION, home, as_of="2025-06-30").first_line == past.first_line


def test_after_the_last_reading_of_prices_the_front_is_that_of_its_day(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its movement, its film and the marks to choose too, with a caveat; a measured cost does not expire."""
    day = date(2025, 6, 30)
    monkeypatch.setattr(question, "last_read_day", lambda _view, _on: day)
    late = ask(QUESTION, home)
    assert late.caveat.endswith("List prices are those of 30 June 2025, when one was last read.")
    assert "Between 30 June 2024 and 30 June 2025, at makers' list prices, the best score" in words(late)
    score, film = charts_of(late)
    assert score.rows["released_on"].max() == film.rows["on"].max() == day
    assert question._day(view_of(home), "cost-of-run", date(2026, 9, 1)) == date(2026, 9, 1)
    with pytest.raises(ControlError, match="model = 'model-208' cannot be used"):
        ask(QUESTION, home, model="model-208")


def test_only_shares_move_in_percentage_points(home: Path) -> None:
    """Ratings move in points, among the models that the filters leave."""
    rated = ask(QUESTION, home, benchmark="arena-text", maker="OpenAI")
    assert " led Arena text among OpenAI models with 1,366.6 points (90 % interval " in rated.first_line
    assert (
        rated.caveat == "6 language models released or first seen after 14 May 2026 have no score here yet."
    )
    assert "the best score for the same money rose by 18 points (" in words(rated)
    assert set(next(charts_of(rated)).rows["organization"]) == {"OpenAI"}


def test_without_a_front_a_year_before_no_movement_is_told(home: Path) -> None:
    """The rest of the answer stands all the same."""
    young = ask(QUESTION, home, front_on="2023-06-30")
    assert young.known
    assert "Between " not in words(young)


def test_a_chosen_mark_says_where_it_comes_from(home: Path, answer: Answer) -> None:
    """With its name and what leads on from it; without a choice nothing stands there."""
    chosen = ask(QUESTION, home, model="model-3")
    assert headings(chosen) == ["Model 3"]
    links = [block for block in every_block(chosen.blocks) if isinstance(block, Link)]
    assert [link.controls for link in links] == [(("find", "model-3"),)]
    assert headings(answer) == []


def test_models_with_a_mark_can_be_chosen_the_best_first(home: Path) -> None:
    """Of the filters and the day that are asked for; one without a price has no mark."""
    view = view_of(home)
    offered = CapabilityControls.__dataclass_fields__["model"].metadata["spec"].offered
    chosen = dict.fromkeys(("maker", "weights", "reasoning", "price_cap"))
    day = must_read(CapabilityControls, view, {}).front_on
    asked = chosen | {"benchmark": "gpqa-diamond", "cost": "blended-list-price", "front_on": day}
    names = [option.value for option in offered(view, asked)]
    assert names[0] == "model-208"
    assert len(names) == 212
    assert offered(view, asked | {"benchmark": None}) == ()
    with pytest.raises(ControlError, match="model = 'model-216' cannot be used"):
        ask(QUESTION, home, model="model-216")


def test_a_measured_cost_is_that_of_the_run(judged: Path) -> None:
    """Whatever the list prices are; a board that measured none of a task has nothing to show."""
    run = ask(QUESTION, judged, benchmark="aider-edit", cost="cost-of-run")
    assert run.first_line == (
        "On 22 October 2024 o1-preview led Aider code editing with 79.7\u00a0% at $63.92 for the run; Claude "
        "3.5 Sonnet (Jun 2024) came near for $3.63."
    )
    assert (
        "2 models with a score and this cost, the newest released on 12 September 2024; 2 are on"
        in run.rests_on
    )
    front = next(charts_of(run))
    assert " for 2 models on 22 October 2024. " in front.alt, "and not on a day of which nothing is known"
    assert ask(QUESTION, judged, benchmark="aider-edit", cost="cost-per-task").first_line == (
        "No data yet: no model with a score on Aider code editing has a measured cost per task on 15 "
        "September 2026. Choose another basis of cost, or another day."
    )


def test_blended_prices_are_three_to_one_and_output_prices_are_alone(judged: Path) -> None:
    """The same models by either cost."""
    blended, output = (
        next(charts_of(ask(QUESTION, judged, benchmark="aider-edit", cost=cost))).rows
        for cost in ("blended-list-price", "output-list-price")
    )
    assert dict(blended.select("model_id", "cost").iter_rows())["o1-preview-2024-09-12"] == 26.25
    assert dict(output.select("model_id", "cost").iter_rows())["o1-preview-2024-09-12"] == 60.0


def test_before_the_first_benchmark_there_is_none(home: Path, tmp_path: Path) -> None:
    """Before the first model it has no front."""
    fill(tmp_path, with_rows=False)
    assert ask(QUESTION, tmp_path).first_line == "No data yet: no benchmark is known as of this date."
    assert ask(QUESTION, home, as_of="2022-06-30").first_line.startswith(
        "No data yet: no model with a score on GPQA diamond has a blended list price on 30 June 2022."
    )


def test_what_is_slow_is_put_off(answer: Answer) -> None:
    """The movement and the film come after the chart, whose cost is logarithmic unless a reader says not."""
    assert CapabilityControls().log_cost
    put_off = [block.charts for block in answer.blocks if isinstance(block, Later)]
    assert put_off == [(), ("frontier-through-time",)]


@pytest.mark.parametrize(("front_on", "plays"), [("2023-03-31", False), ("2023-04-01", True)])
def test_two_moments_are_the_fewest_that_play(home: Path, front_on: str, plays: bool) -> None:
    """A month's end and one day more."""
    names = [chart.name for chart in charts_of(ask(QUESTION, home, front_on=front_on))]
    assert ("frontier-through-time" in names) is plays


def test_that_all_have_a_cost_is_no_line_to_open(home: Path) -> None:
    """The models without a price are folded away, where there are any."""
    past = ask(QUESTION, home, front_on="2025-06-30")
    assert not [block for block in every_block(past.blocks) if isinstance(block, Folded)]
