"""What is said of speed: hosts against each other, days, correlations, and times in their units."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from questions.evidence import Evidence
from questions.speed.words import (
    BY_HAND,
    against_title,
    caveat,
    day_doubt,
    day_title,
    first_line,
    host_title,
    rests_on,
    seconds,
    time_doubt,
    time_title,
)

ON = date(2026, 6, 22)
FRESH = Evidence(ON, ON)


def factors(*values: float) -> pl.DataFrame:
    """How many times as fast a host is, a row a model."""
    return pl.DataFrame({"factor": list(values)}, schema={"factor": pl.Float64})


@pytest.mark.parametrize(
    ("cerebras", "groq", "among", "said"),
    [
        (
            (6.0, 8.0, 10.0),
            (3.0,),
            "",
            "Cerebras was 6 to 10 times as fast as other hosts' median (range over 3 models, median 8), "
            "Groq 3 "
            "times (1, median 3).",
        ),
        (
            (),
            (2.0, 3.0),
            "",
            "Groq was 2 to 3 times as fast as other hosts' median (range over 2 models, median 2.5).",
        ),
        (
            (8.0,),
            (3.0,),
            " among open-weight models",
            "Cerebras was 8 times as fast as other hosts' median (range over 1 model, median 8), Groq 3 "
            "times "
            "(1, median 3) among open-weight models.",
        ),
        (
            (8.0,),
            (3.0,),
            " among open-weight models of Meta that think",
            "Cerebras was 8 times as fast as other hosts' median (range over 1 model), Groq 3 times among "
            "open-weight models of Meta that think.",
        ),
        (
            (),
            (),
            " among open-weight models",
            "no list had Cerebras or Groq beside three other hosts of one model among open-weight models: "
            "how much faster they are cannot be told.",
        ),
    ],
    ids=["both", "one", "no room for models", "no room for ranges", "none"],
)
def test_the_fast_hosts_are_told_with_their_range(
    cerebras: tuple[float, ...], groq: tuple[float, ...], among: str, said: str
) -> None:
    """Only a host with models; a long scope pushes out first the count, then the ranges."""
    line = first_line({"cerebras": factors(*cerebras), "groq": factors(*groq)}, FRESH, among)
    assert line == f"On 22 June 2026, {said}"
    assert len(line.split()) <= 30


def hosts(**speeds: tuple[float, ...]) -> pl.DataFrame:
    """Models with what each of their hosts takes or gives."""
    rows = [(name, name, float(value)) for name, values in speeds.items() for value in values]
    return pl.DataFrame(rows, ["model_id", "title", "latency_seconds"], orient="row").with_columns(
        output_tokens_per_second="latency_seconds"
    )


@pytest.mark.parametrize(
    ("shown", "rows", "said"),
    [
        ("output_tokens_per_second", hosts(a=(1, 9)), "How fast the hosts of each model answer"),
        (
            "output_tokens_per_second",
            hosts(a=(1, 2, 9), b=(1, 2, 3), c=(1, 2, 5), d=(1, 100)),
            "The fastest host of a model was 5 times as fast as the slowest, in the median of the 3 of 4 "
            "models that have three hosts or more",
        ),
        (
            "latency_seconds",
            hosts(a=(2, 4, 8)),
            "A model's slowest host took 4 times as long to its first word as the quickest, in the median "
            "of 1 model",
        ),
    ],
)
def test_hosts_lie_apart_by_the_median_of_models_with_three(
    shown: str, rows: pl.DataFrame, said: str
) -> None:
    """Two hosts say little: who is drawn but not counted is said. The first word comes later."""
    assert host_title(shown, rows) == said


def measured(*rows: tuple[str, str, date]) -> pl.DataFrame:
    """Source, host and day of measurements."""
    return pl.DataFrame(list(rows), ["source_id", "host", "measured_on"], orient="row")


OLD = (BY_HAND, "groq", date(2025, 5, 22))
READ = ("openrouter-stats", "cerebras", date(2026, 6, 20))
READ_LATER = ("openrouter-stats", "cerebras", ON)


def test_days_of_measurement_are_counted_in_all_and_of_the_fast_hosts() -> None:
    """A day counts once; a list kept by hand measures nothing, and its days stand apart."""
    assert day_title(measured(READ, READ_LATER, READ)) == (
        "Speed was measured on 2 days only (Cerebras on 2, Groq on 0): too few for a trend"
    )
    assert day_title(measured(OLD, READ, READ_LATER, READ)) == (
        "Speed was measured on 2 days only (Cerebras on 2, Groq on 0): too few for a trend; a list kept "
        "by hand covers 1 more day"
    )
    assert day_title(measured(OLD)) == (
        "Speed is known for 1 day from a list kept by hand and was measured on none: too few for a trend"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            (OLD,),
            "Up to 22 May 2025 the dots come from a list kept by hand, whose round numbers may be "
            "placeholders.",
        ),
        (
            (READ, READ_LATER),
            "What a router measured on its own traffic is known for 2 days, 20 to 22 June 2026, mostly for "
            "one host per model.",
        ),
        (
            (READ,),
            "What a router measured on its own traffic is known for 1 day, on 20 June 2026, mostly for one "
            "host per model.",
        ),
    ],
)
def test_who_measured_is_said_of_each_kind_there_is(
    rows: tuple[tuple[str, str, date], ...], said: str
) -> None:
    """A list kept by hand, a router, or both one after the other."""
    assert day_doubt(measured(*rows)) == said
    assert day_doubt(measured(OLD, READ, READ_LATER)).startswith(
        "Up to 22 May 2025 the dots come from a list"
    )


def ranked(value: float, low: float, high: float) -> Estimate:
    """A rank correlation."""
    return Estimate(value, Interval(low, high))


@pytest.mark.parametrize(
    ("found", "by_price", "said"),
    [
        (
            None,
            False,
            "Whether better models write more or fewer tokens a second cannot be told from 9 models",
        ),
        (
            Estimate(0.5),
            True,
            "Whether dearer models write more or fewer tokens a second cannot be told from 9 models",
        ),
        (
            ranked(0.2, -0.2, 0.5),
            False,
            "Whether better models write more or fewer tokens a second cannot be told from 9 models",
        ),
        (
            ranked(0.3, 0.1, 0.5),
            False,
            "Better models write more tokens a second: rank correlation +0.30 (90\u00a0% interval +0.10 to "
            "+0.50, 9 models)",
        ),
        (
            ranked(0.29, 0.1, 0.49),
            True,
            "What a model costs says little about how fast it writes: rank correlation +0.29 (90\u00a0% "
            "interval "
            "+0.10 to +0.49, 9 models)",
        ),
        (
            ranked(-0.3, -0.5, -0.1),
            True,
            "Dearer models write fewer tokens a second: rank correlation -0.30 (90\u00a0% interval -0.50 to "
            "-0.10, 9 models)",
        ),
        (
            ranked(-0.05, -0.3, 0.2),
            False,
            "How good a model is says little about how fast it writes: rank correlation -0.05 (90\u00a0% "
            "interval "
            "-0.30 to +0.20, 9 models)",
        ),
    ],
)
def test_a_correlation_is_told_where_its_interval_is_off_zero(
    found: Estimate | None, by_price: bool, said: str
) -> None:
    """One below 0.3 that is surely below 0.5 has no direction in words, on whichever side of zero it lies."""
    assert against_title(found, by_price, 9) == said


def test_a_list_kept_by_hand_is_no_measurement() -> None:
    """What the figures of the first line rest on is said right below it."""
    assert caveat(measured(OLD)).startswith("These figures come from a list kept by hand")
    assert caveat(measured(READ)).startswith("One reading of one router's list")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (64.0, "64 s"),
        (89.0, "89 s"),
        (90.0, "1.5 min"),
        (5399.0, "90 min"),
        (5400.0, "1.5 h"),
        (9000.0, "2.5 h"),
    ],
)
def test_times_change_their_unit_at_one_and_a_half(value: float, said: str) -> None:
    """Seconds up to 90, minutes up to 90, then hours."""
    assert seconds(value) == said


@pytest.mark.parametrize(("beside", "said"), [(86.0, "130 s"), (100.0, "2.2 min"), (5400.0, "0.037 h")])
def test_an_end_of_an_interval_is_in_the_unit_of_its_middle(beside: float, said: str) -> None:
    """50 s to 2.2 min would have to be converted before it can be read."""
    assert seconds(132.0, beside) == said


def test_thinking_is_compared_on_the_newest_board_that_measured_both() -> None:
    """A board with one kind compares nothing; of equally new boards the last by id counts."""
    typical = pl.DataFrame(
        [
            ("a", "A", True, 60.0, 40.0, 120.0, 9),
            ("a", "A", False, 20.0, None, None, 5),
            ("b", "B", True, 40.0, 30.0, 50.0, 9),
            ("b", "B", False, 10.0, 8.0, 12.0, 9),
            ("c", "C", True, 1.0, 1.0, 1.0, 9),
        ],
        ["benchmark_id", "benchmark", "reasoning", "seconds", "low", "high", "n"],
        orient="row",
    )
    days = {"a": date(2026, 1, 1), "b": date(2025, 1, 1), "c": ON}
    times = pl.DataFrame({"benchmark_id": list(days), "known_on": list(days.values())})
    assert time_title(times, typical) == (
        "On A, to January 2026, models that think first took a median of 60 s a task (90\u00a0% interval "
        "40 s to 120 s, 9 models), others 20 s (5 models)"
    )
    assert time_title(times.with_columns(known_on=pl.lit(ON)), typical).startswith(
        "On B, to June 2026, models"
    )
    assert time_title(times, typical.filter("reasoning")) == "How long models take for a task"


def test_each_board_has_its_newest_day() -> None:
    """By name."""
    times = pl.DataFrame({"benchmark": ["B", "A", "B"], "known_on": [date(2025, 1, 1), ON, date(2026, 1, 1)]})
    assert time_doubt(times).startswith(
        "Measured by the boards themselves: A up to 22 June 2026, B up to 1 January 2026. Models not "
        "known to reason first, or not to, are left out."
    )


def test_what_speed_rests_on_counts_models_and_hosts() -> None:
    """Each once."""
    rows = pl.DataFrame({"model_id": ["a", "a", "b"], "host": ["x", "y", "x"]})
    assert rests_on(rows, ON).startswith(
        "2 models at 2 hosts on the newest list that names several hosts, of 22 June 2026. Of two offers"
    )
