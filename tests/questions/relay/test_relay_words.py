"""What is said of the relay: faster, slower or not told apart, with medians that may be open."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.relay.durations import SIGNIFICANCE, Durations, PeriodDurations
from analysis.relay.frontiers import FEWEST_MODELS
from analysis.results import Estimate, Interval
from questions.evidence import Evidence
from questions.relay import words
from questions.relay.words import (
    faster,
    first_line,
    of_months,
    of_newer,
    of_the_past,
    relay_doubt,
    relay_title,
    survival_text,
    survival_title,
)

ON = date(2026, 6, 1)
NONE = np.array([])
FOLLOWED = pl.DataFrame({"period": ["before 2023"] * 6 + ["2023–24"] * 6, "months": [14.0] * 12})


def period(name: str, median: Estimate | None, n: int = 5, finished: int = 4) -> PeriodDurations:
    """A period with its median in months."""
    return PeriodDurations(name, n, finished, NONE, NONE, NONE, NONE, median)


def found(earlier: float | None, later: float | None, p_value: float | None) -> Durations:
    """Two periods with medians; None where half never finished."""
    medians = [
        None if value is None else Estimate(value, Interval(value - 1, value + 2))
        for value in (earlier, later)
    ]
    periods = (period("before 2023", medians[0]), period("2023–24", medians[1]))
    return Durations(periods, p_value, FOLLOWED)


@pytest.mark.parametrize(
    ("made", "told", "title"),
    [
        (
            found(30.0, 6.0, 0.049),
            "new tests are used up faster",
            "New tests are used up faster",
        ),
        (
            found(6.0, 30.0, 0.049),
            "new tests are used up more slowly",
            "New tests are used up more slowly",
        ),
        (
            found(30.0, None, 0.01),
            "new tests are used up more slowly",
            "New tests are used up more slowly",
        ),
        (
            found(None, 6.0, 0.01),
            "new tests are used up faster",
            "New tests are used up faster",
        ),
        (
            found(30.0, 6.0, SIGNIFICANCE),
            "whether new tests are used up faster cannot be told",
            "Whether new tests are used up faster cannot be told",
        ),
    ],
    ids=["faster", "slower", "later never", "earlier never", "at the threshold"],
)
def test_faster_or_slower_is_told_below_the_threshold(made: Durations, told: str, title: str) -> None:
    """By the medians; half that never finish take longest of all."""
    tests = pl.DataFrame({"used_up": [True, False]})
    assert faster(made) == told
    assert survival_title(made) == title
    line = first_line(made, tests, Evidence(ON, ON))
    assert line.startswith((f"{title}: within 12 months 0\u00a0% ", f"Up to June 2026 {told}: within 12 "))
    assert len(line.split()) <= 30


def test_where_too_few_are_finished_they_are_counted() -> None:
    """Those used up, of all; whether newer ones go faster cannot be told."""
    made = found(30.0, 6.0, None)
    tests = pl.DataFrame({"used_up": [True, False, True], "ended_on": [date(2020, 1, 1), ON, ON]})
    assert first_line(made, tests, Evidence(ON, ON)) == (
        "Whether new tests are used up faster cannot be told: too few are finished. On 1 June 2026, 2 of 3 "
        "tests that began near guessing are used up."
    )
    assert faster(made) == "whether new tests are used up faster cannot be told"
    none = first_line(made, tests.with_columns(used_up=False), Evidence(ON, ON))
    assert none.endswith(
        "none of 3 tests that began near guessing is used up; 1 of them is measured no more."
    )


def drawn(name: str, unfinished: float, band: float) -> PeriodDurations:
    """A period of which that share is left from the third month on."""
    share = np.array([unfinished])
    return PeriodDurations(name, 6, 3, np.array([3.0]), share, share - band, share + band, None)


def test_the_first_line_says_the_shares_that_are_drawn() -> None:
    """Those that had passed by the last whole half-year to which both lines reach, with their bands."""
    periods = (drawn("before 2023", 0.57, 0.2), drawn("2023–24", 0.67, 0.1))
    tests = pl.DataFrame({"used_up": [True]})
    made = Durations(periods, 0.9, FOLLOWED)
    line = first_line(made, tests, Evidence(ON, ON))
    assert line.endswith(
        ": within 12 months 33\u00a0% (23 to 43) of newer, 43\u00a0% (23 to 63) of older passed 80\u00a0%."
    )
    assert len(line.split()) <= 30
    assert of_months(made) == (
        "Months count from the first model at 20\u00a0%, from publication at the earliest."
    )
    assert of_newer(made) == "Compared are tests from 2023–24 (newer) with tests from before 2023 (older)."
    short = Durations(periods, 0.9, FOLLOWED.with_columns(months=pl.lit(5.0)))
    assert (
        first_line(short, tests, Evidence(ON, ON)) == "Whether new tests are used up faster cannot be told."
    )
    assert of_newer(short) == "", "that line names none"
    untold = Durations(periods, None, FOLLOWED)
    assert (of_newer(untold), of_months(untold)) == ("", "")


@pytest.mark.parametrize(
    ("median", "said"),
    [
        (Estimate(6.0, Interval(5.0, 8.0)), "half are estimated to finish within 6 months (5 to 8)."),
        (Estimate(6.0, Interval(5.0, math.inf)), "half are estimated to finish within 6 months (5 or more)."),
        (Estimate(6.0), "half are estimated to finish within 6 months."),
        (None, "too few to say when half will be."),
    ],
    ids=["with interval", "open", "without", "never"],
)
def test_medians_are_called_estimates(median: Estimate | None, said: str) -> None:
    """An end that the band does not reach is said to be open."""
    made = Durations((period("before 2023", median),), None, FOLLOWED)
    assert said in survival_text(made, 0)


def test_a_past_day_says_how_it_is_read() -> None:
    """Today says nothing."""
    assert of_the_past(ON, ON) == ""
    assert of_the_past(date(2026, 5, 31), ON) == (
        "The models released by 31 May 2026, with the scores that are known now."
    )


TESTS = pl.DataFrame(
    {
        "benchmark_id": ["a", "b", "c", "d"],
        "benchmark": ["A", "B", "C", "D"],
        "began_on": [date(2021, 1, 1), date(2023, 1, 1), date(2023, 1, 1), date(2024, 1, 1)],
        "rose_on": [date(2021, 6, 1), date(2023, 6, 1), date(2023, 6, 1), None],
        "done_on": [date(2022, 6, 1), None, date(2023, 7, 1), None],
        "best": [0.99, 0.5, 0.85, 0.1],
        "used_up": [True, False, False, False],
        "models": [9, 8, 7, 6],
        "ended_on": [date(2026, 5, 1), date(2026, 1, 1), date(2026, 5, 1), date(2025, 5, 1)],
        "published_on": [date(2020, 5, 1), None, None, date(2023, 9, 1)],
        "left_on": None,
    },
    schema_overrides={"left_on": pl.Date},
)


def test_tests_that_passed_and_those_used_up_are_counted_apart() -> None:
    """The doubt counts those of which a logistic is told, and what is left out."""
    assert relay_title(TESTS, ON) == (
        "Of 4 tests that began near guessing, 2 have passed 80\u00a0% and 1 is used up; 1 of the other 3 is "
        "measured no more"
    )
    assert relay_title(TESTS.filter(benchmark_id="b"), ON) == (
        "Of 1 test that began near guessing, none has passed 80\u00a0% and none is used up"
    )
    assert relay_doubt(3, TESTS, 1, 2).startswith(
        "Only 3 of the 4 pin down a logistic curve, the S that rises slowly, then fast, and levels off. Left "
        "out: 1 test that began above 20\u00a0%, of which nobody saw the beginning; 2 that repeat another "
        "one; and those with fewer than "
    )
    assert relay_doubt(0, TESTS, 0, 0) == (
        "None of the 4 pins down a logistic curve, the S that rises slowly, then fast, and levels off. Left "
        f"out: those with fewer than {FEWEST_MODELS} models or without a stated chance level."
    )
    assert "Left out: 1 that repeats another one; and those with" in relay_doubt(1, TESTS, 0, 1)


def test_it_is_said_by_what_tests_are_dated() -> None:
    """The oldest model dates only those of which no publication is known, and they are counted."""
    assert words.of_dates(TESTS) == (
        "A test is dated by its publication; where none is known, as of 2 of 4, by the oldest model measured "
        "on it."
    )
    assert words.of_dates(TESTS.head(1)) == "A test is dated by its publication."


def test_less_than_half_a_month_is_under_one() -> None:
    """Nothing takes 0 months, and what was followed for none has no number of them."""
    months = pl.DataFrame({"benchmark_id": ["a", "b"], "months": [0.4, 0.4]})
    took = words.test_rows(Durations((), None, months), TESTS, ON)["took"].to_list()
    assert "under 1 month" in took
    assert "unfinished" in took


def test_each_test_has_its_row_the_newest_first() -> None:
    """With its months, of which only whole ones count where it is not done; of one day by id."""
    months = pl.DataFrame({"benchmark_id": ["a", "b", "c"], "months": [12.4, 36.6, 1.0]})
    rows = words.test_rows(Durations((), None, months), TESTS, ON)
    assert rows.select("test", "took", "state", "best").rows() == [
        ("D", "below 20\u00a0%", "not measured since May 2025", 10.0),
        ("B", "over 36 months", "open", 50.0),
        ("C", "1 month", "open", 85.0),
        ("A", "12 months", "used up", 99.0),
    ]


def test_a_test_that_its_source_lists_no_more_is_not_open() -> None:
    """No new scores come: its months end with its last model, and what it would have become is not known."""
    months = pl.DataFrame({"benchmark_id": ["a", "b", "c"], "months": [12.4, 36.6, 1.0]})
    left = TESTS.with_columns(left_on=pl.lit(date(2026, 1, 20)))
    rows = words.test_rows(Durations((), None, months), left, ON)
    gone = "; no longer listed, as read on 20 January 2026"
    assert rows.select("took", "state").rows() == [
        ("below 20\u00a0%", f"not used up{gone}"),
        ("over 36 months", f"not used up{gone}"),
        ("1 month", f"not used up{gone}"),
        ("12 months", f"used up{gone}"),
    ]


@pytest.mark.parametrize(
    ("p_value", "not_risen", "said"),
    [
        (
            None,
            0,
            "Tests from before 2023: 4 of 5 finished, half are estimated to finish within 30 months (29 to "
            "32). Tests from 2023–24: 4 of 5 finished, half are estimated to finish within 6 months (5 to "
            "8). Tests are chosen by people:",
        ),
        (None, 1, " 1 test has not reached 20\u00a0% and is not in these counts. Tests are chosen"),
        (None, 2, " 2 tests have not reached 20\u00a0% and are not in these counts. Tests are chosen"),
        (
            0.04,
            0,
            "If tests from before 2023 and tests from 2023–24 were finished equally fast, a "
            "difference at least this large would come up in 4\u00a0% of cases (log-rank test;",
        ),
    ],
)
def test_each_period_has_its_median_and_the_test_its_chance(
    p_value: float | None, not_risen: int, said: str
) -> None:
    """What has not risen is not counted, and that is said in the right number."""
    assert said in survival_text(found(30.0, 6.0, p_value), not_risen)
