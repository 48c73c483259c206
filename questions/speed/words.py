"""What is said of speed, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.results import Estimate
from charts.parts.figure import in_words
from questions.evidence import Evidence
from questions.wording import agreeing, capital, counted, fitting, from_to, two_digits

WOULD_CHANGE: Final = "Speeds of the same models and hosts on more days, with an error."
BY_HAND: Final = "llmstats-providers"
CLEAR: Final = 0.3
"""Rank correlations below this say little about one model."""

STRONG: Final = 0.5
"""One that may be as strong as this is not told to be slight."""

NO_DAY: Final = "No day is known on which the speed of these models was measured."


def nothing(among: str) -> str:
    """That nothing is known of the models asked for."""
    return f"no list had measured how fast hosts answer{among} as of this date."


def first_line(factors: Mapping[str, pl.DataFrame], rests: Evidence, among: str = "") -> str:
    """How many times as fast as the median host each fast host was: range over models, median."""
    told = [
        (capital(host), two_digits(_median(rows)), _range(rows["factor"]), rows.height)
        for host, rows in factors.items()
        if rows.height
    ]
    if not told:
        return (
            f"{rests.when}, no list had Cerebras or Groq beside three other hosts of one model{among}: how "
            "much faster they are cannot be told."
        )
    (host, times, span, n), *others = told
    more = "".join(f", {name} {range_} times ({m}, median {often})" for name, often, range_, m in others)
    briefly = "".join(f", {name} {range_} times" for name, _, range_, _ in others)
    lead = f"{rests.on_day}, {host} was {span} times as fast as other hosts' median"
    return fitting(
        f"{lead} (range over {counted(n, 'model')}, median {times}){more}{among}.",
        f"{lead} (range over {counted(n, 'model')}){briefly}{among}.",
        f"{lead}{among}.",
    )


def caveat(hosts: pl.DataFrame) -> str:
    """What one list on one day cannot say. `hosts`: see `compared_hosts`, of one source."""
    if hosts["source_id"][0] == BY_HAND:
        return "These figures come from a list kept by hand, whose round numbers may be placeholders."
    return (
        "One reading of one router's list: load and region change from hour to hour, and the list states no "
        "error."
    )


def host_title(shown: str, hosts: pl.DataFrame) -> str:
    """How far apart the hosts of one model lie."""
    spread = (
        hosts.group_by("model_id", "title")
        .agg(times=pl.col(shown).max() / pl.col(shown).min(), n=pl.len())
        .filter(pl.col("n") >= 3)
        .sort("times", "model_id")
    )
    if spread.is_empty():
        return "How fast the hosts of each model answer"
    middle = two_digits(float(spread["times"].median()))  # type: ignore[arg-type]  # a column of floats
    drawn = hosts["model_id"].n_unique()
    of = f"in the median of {counted(spread.height, 'model')}"
    if drawn > spread.height:
        of = f"in the median of the {spread.height} of {drawn} models that have three hosts or more"
    if shown == "latency_seconds":
        return f"A model's slowest host took {middle} times as long to its first word as the quickest, {of}"
    return f"The fastest host of a model was {middle} times as fast as the slowest, {of}"


def day_title(speeds: pl.DataFrame) -> str:
    """On how many days speed was measured, in all and of the fast hosts; a list kept by hand is none."""
    read = speeds.filter(pl.col("source_id") != BY_HAND)
    by_hand = speeds.filter(source_id=BY_HAND)["measured_on"].n_unique()
    if read.is_empty():
        known_for = f"Speed is known for {counted(by_hand, 'day')} from a list kept by hand"
        return f"{known_for} and was measured on none: too few for a trend"
    known = {name: read.filter(host=name.lower())["measured_on"].n_unique() for name in ("Cerebras", "Groq")}
    told = ", ".join(f"{name} on {n}" for name, n in known.items())
    days = counted(read["measured_on"].n_unique(), "day")
    more = f"{by_hand:,} more {agreeing(by_hand, 'day', 'days')}"
    beside = "" if read.height == speeds.height else f"; a list kept by hand covers {more}"
    return f"Speed was measured on {days} only ({told}): too few for a trend{beside}"


def day_doubt(speeds: pl.DataFrame) -> str:
    """How the measurements came about, and on how many days there are readings of a router."""
    by_hand = speeds.filter(source_id=BY_HAND)["measured_on"]
    read = speeds.filter(pl.col("source_id") != BY_HAND)["measured_on"]
    said = [
        f"Up to {in_words(_day(by_hand.max()))} the dots come from a list kept by hand, whose "
        "round numbers may be placeholders."
        if by_hand.len()
        else "",
        f"What a router measured on its own traffic is known for {counted(read.n_unique(), 'day')}, "
        f"{from_to(_day(read.min()), _day(read.max()))}, mostly for one host per model."
        if read.len()
        else "",
    ]
    return " ".join(filter(None, said))


def against_title(found: Estimate | None, by_price: bool, n: int) -> str:
    """Whether better or dearer models write more tokens a second, by the interval of the rank correlation.

    A slight correlation has no direction in words: the models of one family are not independent, and from one
    list to the next its sign has changed.
    """
    what = "dearer" if by_price else "better"
    models = counted(n, "model")
    untold = f"Whether {what} models write more or fewer tokens a second cannot be told from {models}"
    if found is None or found.interval is None:
        return untold
    low, high = found.interval.low, found.interval.high
    told = f"rank correlation {found.value:+.2f} (90\u00a0% interval {low:+.2f} to {high:+.2f}, {models})"
    if abs(found.value) < CLEAR and max(-low, high) < STRONG:
        measure = "What a model costs" if by_price else "How good a model is"
        return f"{measure} says little about how fast it writes: {told}"
    if found.interval.holds(0.0):
        return untold
    return f"{capital(what)} models write {'more' if found.value > 0 else 'fewer'} tokens a second: {told}"


AGAINST_DOUBT: Final = (
    "Hosts choose their chips and how many users share one: a slow model may be one run cheaply. Models of "
    "one family are alike, so the interval is somewhat too narrow. Tokens per second are not the time to an "
    "answer: a model that thinks first writes more of them, and the next chart shows how long it takes. "
    "Models whose speed nobody measured in the year before the newest day are left out."
)


def time_title(times: pl.DataFrame, typical: pl.DataFrame) -> str:
    """How long thinking models take on the newest board that measured both kinds."""
    both = typical.filter(pl.len().over("benchmark_id") == 2)
    if both.is_empty():
        return "How long models take for a task"
    newest = times.filter(pl.col("benchmark_id").is_in(both["benchmark_id"].implode()))
    board = newest.sort("known_on", "benchmark_id")["benchmark_id"][-1]
    until = _day(newest.filter(benchmark_id=board)["known_on"].max())
    rows = {row["reasoning"]: row for row in both.filter(benchmark_id=board).iter_rows(named=True)}
    return (
        f"On {rows[True]['benchmark']}, to {until:%B %Y}, models that think first took a median of "
        f"{_timed(rows[True], ' a task')}, others {_timed(rows[False])}"
    )


def _timed(row: Mapping[str, Any], per: str = "") -> str:
    """A median with its 90 % interval, where one is told, and the number of models."""
    said, models = f"{seconds(row['seconds'])}{per}", counted(row["n"], "model")
    if row["low"] is None or row["high"] is None:
        return f"{said} ({models})"
    low, high = (seconds(row[end], row["seconds"]) for end in ("low", "high"))
    return f"{said} (90\u00a0% interval {low} to {high}, {models})"


def seconds(value: float, beside: float | None = None) -> str:
    """A time as people say it; an end of an interval in the unit of the time that it stands beside."""
    size = value if beside is None else beside
    if size < 90:
        return f"{two_digits(value)} s"
    return f"{two_digits(value / 60)} min" if size < 5400 else f"{two_digits(value / 3600)} h"


def time_doubt(times: pl.DataFrame) -> str:
    """How old these measurements are, and which are missing."""
    newest = {
        row["benchmark"]: row["known_on"]
        for row in times.group_by("benchmark")
        .agg(pl.col("known_on").max())
        .sort("benchmark")
        .iter_rows(named=True)
    }
    told = ", ".join(f"{name} up to {in_words(day)}" for name, day in newest.items())
    return (
        f"Measured by the boards themselves: {told}. Models not known to reason first, or not to, "
        "are left out."
    )


def rests_on(hosts: pl.DataFrame, day: date) -> str:
    """Which list, how many models and hosts, and how a measurement came about."""
    return (
        f"{counted(hosts['model_id'].n_unique(), 'model')} at {counted(hosts['host'].n_unique(), 'host')} on "
        f"the newest list that names several hosts, of {in_words(day)}. Of two offers of one host the faster "
        "counts; a model needs three hosts other than Cerebras and Groq to be compared. The span "
        "is the range over models: the list states no error."
    )


def _median(rows: pl.DataFrame) -> float:
    return float(rows["factor"].median())  # type: ignore[arg-type]  # a column of floats


def _range(factors: pl.Series) -> str:
    low, high = float(factors.min()), float(factors.max())  # type: ignore[arg-type]  # a column of floats
    return two_digits(high) if low == high else f"{_low(low)} to {two_digits(high)}"


def _low(factor: float) -> str:
    """The lower end of a range of factors, which from 0.45 to 0.55 people call half."""
    return "half" if 0.45 <= factor <= 0.55 else two_digits(factor)


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
