"""What is said of the relay, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from analysis.relay.durations import SIGNIFICANCE, Durations, PeriodDurations
from analysis.relay.frontiers import BEGINS_BELOW, FEWEST_MODELS
from analysis.results import Estimate
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.relay.curves import tests_of
from charts.relay.survival import followed_until, unfinished_at
from questions.evidence import Evidence
from questions.unlisted import is_measured, not_measured_since, with_its_end
from questions.wording import agreeing, capital, counted, fitting, two_digits

WOULD_CHANGE: Final = (
    "More tests from 2023 or later that pass 80 %, or the same tests measured with the newest models."
)
HOW_TO_READ: Final = (
    "Of the way: the best score, from guessing (0\u00a0%) to all right (100\u00a0%). Over so many months: "
    "not at 80\u00a0% when its newest model sat it; unfinished: followed for under a month since 20\u00a0%."
)
"""What stands above the table of tests."""

NOTHING: Final = "no bounded test has enough models as of this date."


def first_line(found: Durations, tests: pl.DataFrame, rests: Evidence) -> str:
    """Whether tests get used up faster, with the shares that are drawn; else how many are used up."""
    used = int(tests["used_up"].sum())
    if found.p_value is None:
        return (
            f"{capital(faster(found))}: too few are finished. {rests.when}, {used or 'none'} of "
            f"{counted(tests.height, 'test')} that began near guessing {_are(used)} used up"
            f"{_and_quiet(tests, rests.ends_on)}."
        )
    earlier, later = found.periods[0], found.periods[1]
    lead = capital(faster(found))
    month = _month_drawn(found, earlier, later)
    if not month:
        return f"{lead}."
    newer, older = _passed(later, month), _passed(earlier, month)
    shares = f"within {counted(month, 'month')} {newer} of newer, {older} of older passed 80\u00a0%."
    return fitting(f"Up to {rests.ends_on:%B %Y} {faster(found)}: {shares}", f"{lead}: {shares}")


def _are(number: int) -> str:
    """The verb of so many: none is, 1 is, 2 are."""
    return agreeing(max(number, 1), "is", "are")


def of_months(found: Durations) -> str:
    """From when months count; empty where none are compared."""
    if found.p_value is None:
        return ""
    return "Months count from the first model at 20\u00a0%, from publication at the earliest."


def of_newer(found: Durations) -> str:
    """Which tests the first line calls newer and older; empty where it compares none.

    There may be newer ones still, so it stands beside that line and not below it.
    """
    if found.p_value is None or not _month_drawn(found, *found.periods[:2]):
        return ""
    older, newer = (tests_of(one.name) for one in found.periods[:2])
    return f"Compared are {newer} (newer) with {older} (older)."


def of_dates(tests: pl.DataFrame) -> str:
    """By what tests are dated, and of how many no publication is known."""
    unknown = tests["published_on"].null_count()
    said = "A test is dated by its publication"
    if not unknown:
        return f"{said}."
    return (
        f"{said}; where none is known, as of {unknown} of {tests.height}, by the oldest model measured on it."
    )


def _quiet(tests: pl.DataFrame, data_end_on: date) -> int:
    """How many tests are not used up and no model of the last year sat."""
    last = tests.filter(~pl.col("used_up"))["ended_on"]
    return sum(not is_measured(day, data_end_on) for day in last)


def _and_quiet(tests: pl.DataFrame, data_end_on: date) -> str:
    """How many are measured no more, of those that are not used up; empty where none is.

    The whole is named with it: a figure after two others would be taken for a part of the first.
    """
    quiet, others = _quiet(tests, data_end_on), int((~tests["used_up"]).sum())
    of = "them" if others == tests.height else f"the other {others}"
    return f"; {quiet} of {of} {agreeing(quiet, 'is', 'are')} measured no more" if quiet else ""


def _month_drawn(found: Durations, *periods: PeriodDurations) -> int:
    """The last whole half-year, up to twelve months, to which the lines of all periods are drawn; else 0."""
    last = min(followed_until(found.rows.filter(period=one.name)["months"]) for one in periods)
    return min(12, 6 * int(last // 6))


def _passed(one: PeriodDurations, month: int) -> str:
    """The share that had passed 80 % after so many months, with its interval."""
    left = unfinished_at(one, month)
    low, high = (round(100 * (1 - end)) for end in (left.high, left.low))
    return f"{percent(1 - left.share)} ({low} to {high})"


def of_the_past(as_of: date, today: date) -> str:
    """How a past day is read; empty for today."""
    if as_of >= today:
        return ""
    return f"The models released by {in_words(as_of)}, with the scores that are known now."


def faster(found: Durations) -> str:
    """Whether the newer of the tests compared were finished sooner, by the log-rank test."""
    verdict = _verdict(found)
    if verdict == 0:
        return "whether new tests are used up faster cannot be told"
    return f"new tests are used up {'faster' if verdict < 0 else 'more slowly'}"


def _verdict(found: Durations) -> int:
    """-1 where the later tests were finished sooner, 1 later, 0 where it cannot be told."""
    if found.p_value is None or found.p_value >= SIGNIFICANCE:
        return 0
    return -1 if _middle(found.periods[1]) < _middle(found.periods[0]) else 1


def relay_title(tests: pl.DataFrame, data_end_on: date) -> str:
    """How many tests have come and gone."""
    done, used = int(tests["done_on"].is_not_null().sum()), int(tests["used_up"].sum())
    up = f"{used or 'none'} {_are(used)} used up"
    began = f"Of {counted(tests.height, 'test')} that began near guessing"
    passed = f"{done or 'none'} {agreeing(max(done, 1), 'has', 'have')} passed 80\u00a0%"
    return f"{began}, {passed} and {up}{_and_quiet(tests, data_end_on)}"


def relay_doubt(told: int, tests: pl.DataFrame, left_out: int, copies: int) -> str:
    """Of how many a logistic is told, and which tests are not here."""
    so_many = f"Only {told}" if told else "None"
    others = (
        f"{counted(left_out, 'test')} that began above {percent(BEGINS_BELOW)}, of which nobody saw the "
        "beginning; "
        if left_out
        else "",
        f"{copies} that {agreeing(copies, 'repeats', 'repeat')} another one; " if copies else "",
    )
    among = f"{''.join(others)}{'and ' if any(others) else ''}those"
    return (
        f"{so_many} of the {tests.height} {agreeing(max(told, 1), 'pins', 'pin')} down a logistic curve, the "
        f"S that rises slowly, then fast, and levels off. Left out: {among} with fewer than {FEWEST_MODELS} "
        "models or without a stated chance level."
    )


def survival_title(found: Durations) -> str:
    """The answer to the question, as a title."""
    return capital(faster(found))


def survival_text(found: Durations, not_risen: int) -> str:
    """Each period with its median, the test, and what was not counted."""
    said = [
        f"{capital(tests_of(one.name))}: {one.finished or 'none'} of {one.n} finished, {_estimated(one)}."
        for one in found.periods
    ]
    if found.p_value is not None:
        older, newer = (tests_of(one.name) for one in found.periods[:2])
        said.append(
            f"If {older} and {newer} were finished equally fast, a "
            f"difference at least this large would come up in {percent(found.p_value)} of cases (log-rank "
            "test; tests of one maker or kind are not independent)."
        )
    if not_risen:
        said.append(
            f"{capital(counted(not_risen, 'test'))} {agreeing(not_risen, 'has', 'have')} not reached "
            f"20\u00a0% and {agreeing(not_risen, 'is', 'are')} not in these counts."
        )
    said.append(
        "Tests are chosen by people: one that looks too easy or too hard at first is seldom kept up, so the "
        "pace says as much of those who make tests as of AI."
    )
    return " ".join(said)


def test_rows(found: Durations, tests: pl.DataFrame, data_end_on: date) -> pl.DataFrame:
    """One row for each test, the newest first."""
    months = dict(found.rows.select("benchmark_id", "months").iter_rows())
    ordered = tests.sort("began_on", "benchmark_id", descending=[True, False])
    return pl.DataFrame(
        [_row(row, months.get(row["benchmark_id"]), data_end_on) for row in ordered.iter_rows(named=True)]
    )


def _row(test: dict[str, Any], months: float | None, data_end_on: date) -> dict[str, Any]:
    return {
        "benchmark_id": test["benchmark_id"],
        "test": test["benchmark"],
        "began_on": test["began_on"],
        "published": f"{test['published_on']:%Y-%m}" if test["published_on"] else None,
        "rose_on": test["rose_on"],
        "done_on": test["done_on"],
        "took": _took(test, months),
        "best": 100 * test["best"],
        "ended_on": test["ended_on"],
        "state": with_its_end("used up" if test["used_up"] else _open(test, data_end_on), test["left_on"]),
        "models": test["models"],
    }


def _took(test: Mapping[str, Any], months: float | None) -> str:
    """The months to 80 %; of a test that is not there how many whole ones it had been without."""
    if months is None:
        return "below 20\u00a0%"
    if test["done_on"]:
        return counted(round(months), "month") if round(months) else "under 1 month"
    return f"over {counted(int(months), 'month')}" if int(months) else "unfinished"


def _open(test: Mapping[str, Any], data_end_on: date) -> str:
    """A test that gets no new scores is open no longer: what it would have become is not known."""
    if test["left_on"] is not None:
        return "not used up"
    last = test["ended_on"]
    return "open" if is_measured(last, data_end_on) else not_measured_since(last)


def _middle(one: PeriodDurations) -> float:
    return one.median.value if one.median else float("inf")


def _estimated(one: PeriodDurations) -> str:
    """By when half of a period's tests pass, which is estimated where many have not yet."""
    if one.median is None:
        return "too few to say when half will be"
    months = two_digits(one.median.value)
    return f"half are estimated to finish within {months} months {_band(one.median)}".strip()


def _band(median: Estimate | None) -> str:
    if median is None or median.interval is None:
        return ""
    low = two_digits(median.interval.low)
    if not np.isfinite(median.interval.high):
        return f"({low} or more)"
    return f"({low} to {two_digits(median.interval.high)})"
