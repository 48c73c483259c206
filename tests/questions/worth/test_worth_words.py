"""What is said of each verdict, of a threshold that is never reached, and of who solved more."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.worth.measured_rows import AS_WRITTEN
from analysis.worth.measured_run import MeasuredRun, RunComparison, compare_runs
from analysis.worth.value import ListPrice, OfferValue, WorthIt, WorthVerdict
from charts.parts.figure import Footing
from questions.wording import MOST_WORDS
from questions.worth import example_words, words
from questions.worth.runs import Compared
from questions.worth.value_table import value_table

RUN = {
    "tasks": 133,
    "run_on": date(2024, 10, 22),
    "input_usd_per_mtok": 3.0,
    "output_usd_per_mtok": 15.0,
    "held_from": date(2024, 6, 20),
    "held_until": None,
}


def pair(dear: str = "Dear", cheap: str = "Cheap", **changed: Any) -> Compared:
    """Two runs of one board with these titles."""
    rows = (
        RUN | {"model_id": "dear", "title": dear} | changed,
        RUN | {"model_id": "cheap", "title": cheap},
    )
    return Compared("Board", pl.DataFrame(rows, infer_schema_length=None), rows)


def worth(verdict: WorthVerdict, pays: float, low: float, high: float, never: float = 0.0) -> WorthIt:
    """A result whose threshold is `pays`."""
    estimate = Estimate(0.1, Interval(0.05, 0.2))
    return WorthIt(
        dearer="dear",
        cheaper="cheap",
        extra_cost_usd=estimate,
        extra_solved=estimate,
        extra_net_value_usd=estimate,
        pays_from_usd=Estimate(pays, Interval(low, high)),
        share_never=never,
        verdict=verdict,
        seed=0,
        method="",
    )


def offer(model_id: str, share_best: float) -> OfferValue:
    """A model that is the best in such a share of the draws."""
    one = Estimate(1.0)
    return OfferValue(model_id, one, one, one, None, one, one, share_best=share_best, source="")


ON_BOARD = "On Board's 133 tasks (runs of October 2024) "


@pytest.mark.parametrize(
    ("best", "verdict", "said"),
    [
        (
            offer("cheap", 0.96),
            WorthVerdict.CHEAPER_PAYS,
            f"{ON_BOARD}Cheap was probably a better buy than Dear at $20 per solved task: best in "
            "96\u00a0% of draws.",
        ),
        (
            offer("dear", 0.997),
            WorthVerdict.DEARER_PAYS,
            f"{ON_BOARD}Dear was a better buy than Cheap at $20 per solved task: best in more than "
            "99\u00a0% of draws.",
        ),
        (
            offer("dear", 1.0),
            WorthVerdict.DEARER_PAYS,
            f"{ON_BOARD}Dear was a better buy than Cheap at $20 per solved task: best in all draws.",
        ),
        (
            offer("dear", 0.6),
            WorthVerdict.CANNOT_BE_TOLD,
            f"{ON_BOARD}it cannot be told whether Dear or Cheap was the better buy at $20 per solved task.",
        ),
    ],
)
def test_the_first_line_names_its_test_and_hides_no_doubt(
    best: OfferValue, verdict: WorthVerdict, said: str
) -> None:
    """Tasks, runs and the share of draws in which the named model is the best; "probably" unless as good as
    sure.
    """
    assert words.first_line(best, verdict, 20.0, pair(), by_tokens=False) == said
    by_tokens = words.first_line(best, verdict, 20.0, pair(), by_tokens=True)
    assert by_tokens.startswith("By the share solved of Board's 133 tasks")
    assert len(by_tokens.split()) <= MOST_WORDS


def test_the_months_of_runs_say_a_year_once() -> None:
    """The oldest first; each year that differs is said."""
    assert words.runs_text(pair(run_on=date(2024, 6, 28))) == "runs of June and October 2024"
    assert words.runs_text(pair(run_on=date(2023, 6, 28))) == "runs of June 2023 and October 2024"
    assert words.runs_text(pair()) == "runs of October 2024"


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            worth(WorthVerdict.DEARER_PAYS, 3.0, 2.0, 5.0),
            "pays from $3 per solved task on (90 % interval $2 to $5)",
        ),
        (
            worth(WorthVerdict.CHEAPER_PAYS, math.inf, 90.0, math.inf, 0.84),
            "pays at no value of a solved task (90 % interval $90 to never; never in 84\u00a0% of draws)",
        ),
        (
            worth(WorthVerdict.CHEAPER_PAYS, math.inf, math.inf, math.inf, 0.97),
            "pays at no value of a solved task (never in 97\u00a0% of draws)",
        ),
        (
            replace(worth(WorthVerdict.CHEAPER_PAYS, 40.0, 30.0, 50.0), pays_from_usd=Estimate(40.0)),
            "pays from $40 per solved task on.",
        ),
    ],
)
def test_from_what_value_the_dearer_pays_is_the_middle_estimate(result: WorthIt, said: str) -> None:
    """With its interval and how often it never does."""
    assert f"In the middle estimate Dear {said}" in words.rests_on(result, pair())


@pytest.mark.parametrize("verdict", list(WorthVerdict))
def test_long_names_take_the_room_of_the_day(verdict: WorthVerdict) -> None:
    """The first line keeps to its length; the day then stands in the caveat and in what it rests on."""
    long = pair(dear="A Name of a Model (May 2025)", cheap="The Other Name of a Model")
    long = replace(long, board="A Board with a Name of Many Words")
    said = words.first_line(offer("dear", 0.96), verdict, 20.0, long, by_tokens=True)
    assert len(said.split()) <= MOST_WORDS
    assert "runs of" not in said
    assert "22 October 2024" in words.caveat(long, date(2026, 1, 1), said)
    assert "up to 22 October 2024" in words.rests_on(worth(verdict, 3.0, 2.0, 5.0), long)


def test_the_caveat_does_not_repeat_the_runs_of_the_first_line() -> None:
    """Ended prices are still told."""
    said = words.first_line(offer("dear", 0.96), WorthVerdict.DEARER_PAYS, 20.0, pair(), by_tokens=False)
    assert words.caveat(pair(), date(2026, 1, 1), said) == ""
    assert words.caveat(pair(held_until=date(2024, 11, 1)), date(2026, 1, 1), said).startswith(
        "One of the two"
    )


def test_the_n_of_a_comparison_is_its_tasks() -> None:
    """Once where all models tried the same, else every try."""
    footing = Footing((), date(2026, 1, 1), 2)
    assert "n = 133 tasks, each tried by 2 models" in words.counting_tasks(footing, pair()).text()
    assert "n = 1,463 tries at a task" in words.counting_tasks(footing, pair(tasks=1330)).text()


def test_ended_prices_are_a_caveat() -> None:
    """A price that no longer holds is told, also where the runs are new."""
    ended = pair(held_until=date(2024, 11, 1))
    assert (
        words.caveat(ended, date(2024, 11, 2))
        == "One of the two list prices has ended since, or is confirmed no longer."
    )
    assert words.caveat(pair(), date(2024, 11, 2)) == ""


def test_two_models_of_one_title_are_told_apart_by_their_ids() -> None:
    """Neither name stands for both."""
    assert pair(dear="Same", cheap="Same").names == {"dear": "Same (dear)", "cheap": "Same (cheap)"}


def compared(first_solved: int, second_solved: int, cost: float | None = 10.0) -> RunComparison:
    """Two runs of 100 tasks."""
    price = ListPrice(1.0, 2.0)
    first = MeasuredRun("one", price, 100, first_solved, cost, 4.0, "board")
    second = MeasuredRun("two", price, 100, second_solved, 5.0, 2.0, "board")
    return compare_runs(first, second, Interval(2.0, 10.0, level=1.0))


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (90, 20, "Score: Uno solves more (+70.0"),
        (20, 90, "Score: Due solves more (-70.0"),
        (50, 50, "Score: not distinguishable (+0.0"),
    ],
)
def test_who_solved_more_is_named(one: int, two: int, said: str) -> None:
    """The verdict names the models as the sentence does."""
    assert said in example_words.of_example(compared(one, two), "Board", "Uno", "Due")


def test_what_was_not_recorded_is_said_so() -> None:
    """Without a cost neither a ratio nor a judgement of the claim is given."""
    unknown = compared(50, 50, cost=None)
    said = example_words.of_example(unknown, "Board", "Uno", "Due")
    assert said.startswith("**Board**: Uno cost an unknown amount per run, and took 2 times as long. Score:")
    assert example_words.of_claim([unknown]) == ("The claim on cost cannot be judged: no cost was recorded.")
    assert "1 of 2 lies within" in example_words.of_claim(
        [compared(50, 50), replace(compared(50, 50), claim_holds=False)]
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("wait", Estimate(20.0, Interval(17.4, 30.6)), "20 s (17 to 31)"),
        ("wait", Estimate(20.4), "20 s"),
        ("wait", None, "not recorded"),
        ("solved", Estimate(0.75, Interval(0.68, 0.81)), "75\u00a0% (68\u00a0% to 81\u00a0%)"),
        ("solved", Estimate(0.75), "75\u00a0%"),
        ("cost", Estimate(0.5, Interval(0.25, 1.0)), "$0.50 ($0.25 to $1)"),
        ("cost", Estimate(0.5, Interval(0.5, 0.5)), "$0.50"),
        ("cost", Estimate(0.5), "$0.50"),
        ("cost", Estimate(math.inf, Interval(3.0, math.inf)), "never ($3 to never)"),
    ],
)
def test_the_table_tells_an_interval_where_there_is_one(name: str, value: Estimate | None, says: str) -> None:
    """Seconds, shares and amounts alike; an amount that is known exactly has none."""
    one = Estimate(1.0)
    known = {"solved": Estimate(0.5), "wait": one, "cost": one} | {name: value}
    assert known["solved"] is not None
    assert known["cost"] is not None
    offer = OfferValue(
        "dear", known["cost"], known["solved"], one, known["wait"], one, one, share_best=0.42, source=""
    )
    rows = value_table([offer], {"dear": "Dear"})
    told = dict(rows.iter_rows())
    place = {"wait": "time per solved task", "solved": "tasks solved, with retries", "cost": "cost per try"}
    assert told[place[name]] == says
    assert told["best of these"] == "in 42\u00a0% of draws"


def rows_of(number: int, ended: int, run_on: date = date(2024, 10, 22)) -> Compared:
    """So many runs, of which so many models are no longer sold at their price."""
    rows = tuple(
        RUN
        | {"model_id": f"model-{place}", "title": f"Model {place}", "run_on": run_on}
        | {"held_until": date(2024, 11, 1) if place < ended else None}
        for place in range(number)
    )
    return Compared("Board", pl.DataFrame(rows, infer_schema_length=None), rows)


@pytest.mark.parametrize(
    ("number", "ended", "said"),
    [
        (2, 0, ""),
        (2, 1, "One of the two list prices has ended since, or is confirmed no longer."),
        (2, 2, "Both list prices have ended since, or are confirmed no longer."),
        (3, 1, "One of the 3 list prices has ended since, or is confirmed no longer."),
        (3, 2, "Two of the 3 list prices have ended since, or are confirmed no longer."),
        (5, 4, "Four of the 5 list prices have ended since, or are confirmed no longer."),
        (3, 3, "All list prices have ended since, or are confirmed no longer."),
    ],
)
def test_how_many_prices_have_ended_is_told(number: int, ended: int, said: str) -> None:
    """None, one, some, both or all of them."""
    assert words.caveat(rows_of(number, ended), date(2024, 10, 22)) == said


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        (2, date(2024, 11, 22), ""),
        (2, date(2024, 11, 23), "The newer of the two runs is of 22 October 2024."),
        (3, date(2024, 11, 23), "The newest of the 3 runs is of 22 October 2024."),
    ],
)
def test_runs_are_old_after_a_month(number: int, day: date, said: str) -> None:
    """Up to 31 days they are new."""
    assert words.caveat(rows_of(number, 0), day) == said


def test_old_runs_and_ended_prices_are_one_caveat() -> None:
    """Both in one sentence."""
    assert words.caveat(rows_of(2, 2), date(2025, 1, 1)) == (
        "The newer of the two runs is of 22 October 2024, and both list prices have ended since, or are "
        "confirmed no longer."
    )


def test_a_run_without_a_day_is_dated_by_its_first_sight() -> None:
    """The newest of all runs is told."""
    seen = datetime(2024, 12, 24, 23, tzinfo=UTC)
    assert pair(run_on=None, observed_at=seen).measured_on == date(2024, 12, 24)
    assert pair(run_on=date(2024, 1, 1), observed_at=seen).measured_on == date(2024, 10, 22)


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        (
            True,
            "Dear was probably the best buy of 2 models at $20 per solved task: best in 42\u00a0% of draws.",
        ),
        (
            False,
            "t cannot be told which of 2 models was the best buy at $20 per solved task (Dear at least as "
            "good in 42\u00a0% of draws).",
        ),
    ],
)
def test_the_best_buy_is_called_so_where_it_is_sure(sure: bool, said: str) -> None:
    """Else it is the best estimate; the share of draws stands there either way."""
    told = words.first_line_of_several(offer("dear", 0.42), sure, 20.0, pair(), by_tokens=False)
    assert told.endswith(said)
    assert len(told.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    ("never", "said"),
    [
        (0.0, "of the tasks (90 % interval of the difference +5.0 to +20.0). In the middle"),
        (0.004, " interval $2 to $5). Cost and share"),
        (0.006, " interval $2 to $5; never in 1\u00a0% of draws). Cost and share"),
        (0.994, " interval $2 to $5; never in 99\u00a0% of draws). Cost and share"),
        (0.996, " interval $2 to $5). Cost and share"),
    ],
)
def test_how_often_the_dearer_never_pays_is_told_between_none_and_all(never: float, said: str) -> None:
    """What rounds to no draw or to all of them is not a share."""
    told = words.rests_on(worth(WorthVerdict.CANNOT_BE_TOLD, 3.0, 2.0, 5.0, never), pair())
    assert said in told
    assert told.startswith("Dear costs $0.10 (90 % interval $0.05 to $0.20) more per task than Cheap and ")
    assert told.endswith(
        " Cost and share solved are measured on Board, 133 tasks, up to 22 October 2024, at the prices of "
        "those days."
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Estimate(0.1), "solves 10.0 percentage points more of the tasks."),
        (Estimate(-0.1), "solves 10.0 percentage points fewer of the tasks."),
        (Estimate(0.0), "solves 0.0 percentage points fewer of the tasks."),
    ],
)
def test_more_or_fewer_tasks_are_told_apart(share: Estimate, said: str) -> None:
    """By the sign; without an interval there are no brackets."""
    result = replace(worth(WorthVerdict.CANNOT_BE_TOLD, 3.0, 2.0, 5.0), extra_solved=share)
    assert said in words.rests_on(result, pair())


def test_boards_of_several_sizes_are_told_in_order() -> None:
    """Each number of tasks once."""
    result = worth(WorthVerdict.CANNOT_BE_TOLD, 3.0, 2.0, 5.0)
    assert "on Board, 133 and 1,330 tasks, up" in words.rests_on(result, pair(tasks=1330))


@pytest.mark.parametrize(
    ("pays", "value", "said"),
    [
        (math.inf, 20.0, "A measurement in which the dearer model solves more tasks."),
        (0.0, 20.0, "More tasks tried on the board, which would narrow the interval of the share solved."),
        (0.5, 20.0, "A task worth below $0.50, fewer tokens"),
        (40.0, 20.0, "A task worth above $40, fewer tokens"),
        (20.0, 20.0, "A task worth above $20, fewer tokens"),
    ],
)
def test_what_would_change_the_verdict_lies_on_the_other_side_of_the_threshold(
    pays: float, value: float, said: str
) -> None:
    """Below it where the task is worth more; where the dearer never or always pays another measurement."""
    result = worth(WorthVerdict.CANNOT_BE_TOLD, pays, 0.0, 100.0)
    assert words.would_change(result, value, by_tokens=True).startswith(said)
    measured = said.replace("fewer tokens", "another cost of the runs")
    assert words.would_change(result, value, by_tokens=False).startswith(measured)


TIMES = Interval(2.0, 3.5, level=1.0)


def test_who_bills_more_tokens_is_set_against_who_bills_the_fewest() -> None:
    """Of two and of three; the most sparing is not compared with itself."""
    assert words.implied(pair(), (TIMES, AS_WRITTEN)) == (
        "Dear bills **2 to 3.5 times** the output tokens of Cheap, from the cost of both runs over the "
        "prices "
        "of their days."
    )
    assert words.implied(rows_of(3, 0), (TIMES, AS_WRITTEN, TIMES)) == (
        "Model 0 bills **2 to 3.5 times** the output tokens of Model 1; Model 2 bills **2 to 3.5 times** "
        "the "
        "output tokens of Model 1, from the cost of the runs over the prices of their days."
    )


def test_list_prices_are_told_with_the_days_on_which_they_held() -> None:
    """In the order of the names; until when only where they ended."""
    price = "list price $3 in, $15 out per million tokens since 20 June 2024"
    assert words.prices_note(pair(held_until=date(2024, 11, 1)).rows) == (
        f"Cheap: {price}. Dear: {price} until 1 November 2024"
    )


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate(0.5), "$0.50"),
        (Estimate(math.inf, Interval(2.0, math.inf)), "never (90 % interval $2 to never)"),
    ],
)
def test_an_amount_without_end_is_said_in_words(estimate: Estimate, said: str) -> None:
    """No value of a task is high enough where the amount is infinite."""
    assert words.dollar_range(estimate) == said


def test_the_example_is_told_with_price_tokens_time_and_score() -> None:
    """Twice the cost at half the price of input and of output is one figure of tokens."""
    said = example_words.of_example(compared(90, 20), "Board", "Uno", "Due")
    assert said.startswith(
        "**Board**: Uno cost 2 times as much per run as Due, which implies 2 to 2 times the tokens, "
        "and "
        "took 2 times as long. Score: Uno solves more (+70.0 percentage points, 90 % interval +"
    )
    ends = replace(compared(90, 20), score_difference=Estimate(0.7, Interval(0.6, 0.8)))
    assert example_words.of_example(ends, "Board", "Uno", "Due").endswith(", 90 % interval +60.0 to +80.0).")
    alone = replace(
        compared(90, 20), implied_token_ratio=None, seconds_ratio=None, score_difference=Estimate(0.7)
    )
    assert example_words.of_example(alone, "Board", "Uno", "Due") == (
        "**Board**: Uno cost 2 times as much per run as Due. Score: Uno solves more (+70.0 percentage "
        "points)."
    )


def test_the_claim_is_set_against_the_boards_that_recorded_a_cost() -> None:
    """What was not recorded neither holds nor fails; a claim that was not computed cannot be judged."""
    known, unknown = compared(50, 50), compared(50, 50, cost=None)
    assert example_words.of_claim([known, unknown]) == (
        "The claim of the article of December 2024, 2 to 10 times the tokens at 1 times the price of output, "
        "means 2 to 10 times the cost; measured: 2 times. That lies within the claimed range. No tokens were "
        "recorded for these runs: they are implied."
    )
    fails = replace(known, claim_holds=False)
    for runs, said in (
        ([known, known], "2 and 2 times. Both lie"),
        ([known, fails], "2 and 2 times. 1 of 2 lies"),
        ([fails, fails], "2 and 2 times. Neither lies"),
        ([fails, unknown], "2 times. That does not lie"),
    ):
        assert f"measured: {said} within the claimed range." in example_words.of_claim(runs)
    assert example_words.of_claim([replace(known, claimed_cost_ratio=None)]) == (
        "The claim on cost cannot be judged: no cost was recorded."
    )


@pytest.mark.parametrize(
    ("boards", "cost", "solved"),
    [
        (
            [(90, 20), (20, 90)],
            "2 and 2",
            "o1-preview clearly solved more tasks on one of 2 boards, clearly fewer on one",
        ),
        (
            [(50, 50), (50, 50)],
            "2 and 2",
            "o1-preview clearly solved more tasks on none of 2 boards, clearly fewer on none",
        ),
    ],
)
def test_the_example_is_headed_by_cost_and_score(
    boards: list[tuple[int, int]], cost: str, solved: str
) -> None:
    """How many times the cost on each board, and on how many each solved more."""
    titles = example_words.example_titles([compared(*board) for board in boards])
    assert titles == (f"o1-preview cost {cost} times as much per run as Claude 3.5 Sonnet", solved)
    unknown = example_words.example_titles([compared(50, 50, cost=None)])
    assert unknown[0].startswith("o1-preview cost an unknown number of times as much")
