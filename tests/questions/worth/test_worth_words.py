"""What is said of each verdict, of a threshold that is never reached, and of who solved more."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.worth.measured_run import MeasuredRun, RunComparison, compare_runs
from analysis.worth.value import ListPrice, WorthIt, WorthVerdict
from questions.wording import MOST_WORDS
from questions.worth import example_words, words
from questions.worth.runs import Compared

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


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            worth(WorthVerdict.DEARER_PAYS, 3.0, 2.0, 5.0),
            "Dear is worth its extra cost; it pays from $3 (90 % interval $2 to $5;",
        ),
        (
            worth(WorthVerdict.CHEAPER_PAYS, 40.0, 30.0, math.inf),
            "Cheap is the better buy; the dearer pays from $40 (90 % interval $30 to never;",
        ),
        (
            worth(WorthVerdict.CHEAPER_PAYS, math.inf, 90.0, math.inf),
            "Cheap is the better buy: the dearer never pays (90 % interval $90 to never;",
        ),
        (
            worth(WorthVerdict.CHEAPER_PAYS, math.inf, math.inf, math.inf, 0.97),
            "Cheap is the better buy: the dearer never pays (in 97\u00a0% of draws;",
        ),
        (
            worth(WorthVerdict.CANNOT_BE_TOLD, 11.0, 2.0, math.inf),
            "it cannot be told whether Dear pays; best estimate: from $11 (90 % interval $2 to never;",
        ),
        (
            worth(WorthVerdict.CANNOT_BE_TOLD, math.inf, 2.0, math.inf),
            "it cannot be told whether Dear pays; best estimate: never (90 % interval $2 to never;",
        ),
    ],
)
def test_each_verdict_is_said_with_its_threshold(result: WorthIt, said: str) -> None:
    """The threshold stands with its interval, and the day of the newer run."""
    assert (
        words.first_line(result, 20.0, pair()) == f"At $20 per solved task {said} runs to 22 October 2024)."
    )


@pytest.mark.parametrize("verdict", list(WorthVerdict))
def test_long_names_take_the_room_of_the_day(verdict: WorthVerdict) -> None:
    """The first line keeps to its length; the day then stands in the caveat and in what it rests on."""
    long = pair(dear="A Name of a Model (May 2025)", cheap="The Other Name of a Model")
    result = worth(verdict, 3.0, 2.0, 5.0)
    said = words.first_line(result, 20.0, long)
    assert len(said.split()) <= MOST_WORDS
    assert "runs to" not in said
    assert "22 October 2024" in words.caveat(long, date(2026, 1, 1))
    assert "up to 22 October 2024" in words.rests_on(result, long)


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
    assert said.startswith(
        "**Board**: Uno cost an unknown amount per run, and took 2.0 times as long. Score:"
    )
    assert example_words.of_claim([unknown]) == ("The claim on cost cannot be judged: no cost was recorded.")
    assert "1 of 2 lie within" in example_words.of_claim(
        [compared(50, 50), replace(compared(50, 50), claim_holds=False)]
    )
