"""One row per benchmark, chosen by rules that can be said in a sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from ingest.identity.announcements import announcements
from questions.models.tables import (
    Place,
    place_in_index,
    setting_once,
    with_rules_told,
    with_source_titles,
    with_texts,
)


def said(benchmark: str, score: float, **other: Any) -> dict[str, Any]:
    return {
        "benchmark": benchmark,
        "benchmark_id": benchmark,
        "score": score,
        "unit": "fraction",
        "setting": None,
        "reported_by": "independent",
        "stderr": None,
        "low": None,
        "high": None,
        "valid_on": None,
        "observed_at": datetime(2026, 7, 1, tzinfo=UTC),
        "higher_is_better": True,
        "source_id": "a",
    } | other


def test_ranks_that_the_intervals_do_not_separate_are_ties() -> None:
    """The place is a range of ranks: only surely better models stand above."""
    index = pl.DataFrame(
        {
            "model_id": ["a", "b", "c", "d"],
            "value": [150.0, 141.0, 140.0, 100.0],
            "low": [147.0, 138.0, 137.0, 95.0],
            "high": [153.0, 144.0, 143.0, 105.0],
        }
    )
    assert place_in_index(index, "c") == Place(140.0, 137.0, 143.0, best=2, worst=3, of=4)
    assert place_in_index(index, "a") == Place(150.0, 147.0, 153.0, best=1, worst=1, of=4)
    assert place_in_index(index, "d") == Place(100.0, 95.0, 105.0, best=4, worst=4, of=4)
    assert place_in_index(index, "unknown") is None


@pytest.mark.parametrize(
    ("row", "interval"),
    [
        ({"low": 0.7, "high": 0.8}, "70.0\u00a0% to 80.0\u00a0%"),
        ({"low": 1340.0, "high": 1360.5, "unit": "points"}, "1,340.0 to 1,360.5"),
        ({"low": 30.0, "high": 150.0, "unit": "minutes"}, "30 min to 2.5 h"),
        ({}, None),
    ],
)
def test_an_interval_has_its_unit_and_points_have_none(row: dict[str, Any], interval: str | None) -> None:
    """The score beside it has said "points"."""
    frame = pl.DataFrame(
        [said("Any", 1.0, **row)], schema_overrides={"valid_on": pl.Date, "stderr": pl.Float64}
    )
    assert with_texts(frame)["interval"].to_list() == [interval]


@pytest.mark.parametrize(
    ("joined", "once"),
    [
        ("Thinking, 64K thinking 64k", "Thinking, 64K"),
        ("16K thinking 16k", "16K thinking"),
        ("high high", "high"),
        ("thinking-64k-high-effort thinking 64k high", "thinking-64k-high-effort"),
        ("xhigh pre release, xhigh", "xhigh pre release"),
        ("high, OpenHands high", "high, OpenHands"),
        ("no thinking no thinking", "no thinking"),
        ("8-shot", "8-shot"),
        ("unknown", None),
        ("unknown unknown", None),
        ("", ""),
        (None, None),
    ],
)
def test_a_setting_is_said_once(joined: str | None, once: str | None) -> None:
    """What both the row and the model's name say is shown once, in the row's letters; unknown is a dash."""
    assert setting_once(joined) == once


def test_what_ties_a_statement_to_a_model_is_told_in_words() -> None:
    """Each rule of announcements has its words; a rule that has none keeps its name."""
    made_by = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", announcements.__doc__ or ""))
    rows = pl.DataFrame({"rule": [*sorted(made_by), "another"]}).with_columns(kind=pl.lit("changelog"))
    told = with_rules_told(rows)
    assert len(made_by) == 4
    assert [rule for rule in told["rule"] if "-" in rule] == []
    assert told["rule"][-1] == "another"
    assert set(told["kind"]) == {"change log"}


def test_sources_are_called_by_their_titles() -> None:
    """In a column and in lists of witnesses, where there are such; one without a title keeps its id."""
    rows = pl.DataFrame({"source_id": ["a", "z"], "for_sources": [["a", "z"], []], "other": ["a", "a"]})
    assert with_source_titles(rows, {"a": "Board A"}).rows() == [
        ("Board A", ["Board A", "z"], "a"),
        ("z", [], "a"),
    ]
    assert with_source_titles(rows.select("other"), {"a": "Board A"}).rows() == [("a",), ("a",)]


@pytest.mark.parametrize(
    ("row", "headline", "interval"),
    [
        ({"unit": None, "low": 0.5, "high": 1.5}, "1.0 points", "0.5 to 1.5"),
        ({"low": 0.5}, "100.0\u00a0%", None),
        ({"high": 0.5}, "100.0\u00a0%", None),
        ({"score": None}, None, None),
    ],
)
def test_what_has_no_unit_is_in_points(
    row: dict[str, Any], headline: str | None, interval: str | None
) -> None:
    """Half an interval is none, and no score has no words."""
    types = {
        "valid_on": pl.Date,
        "stderr": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "unit": pl.String,
    }
    frame = pl.DataFrame([said("Any", 1.0) | row], schema_overrides=types | {"score": pl.Float64})
    assert with_texts(frame).select("headline", "interval").row(0) == (headline, interval)


def test_a_rank_is_left_open_by_the_error_of_a_difference() -> None:
    """As wherever a page says who cannot be told apart: intervals that overlap may still differ."""
    index = pl.DataFrame(
        {"model_id": ["a", "b"], "value": [12.0, 10.0], "low": [10.9, 8.9], "high": [13.1, 11.1]}
    )
    assert place_in_index(index, "a") == Place(12.0, 10.9, 13.1, best=1, worst=1, of=2)
    assert place_in_index(index, "b") == Place(10.0, 8.9, 11.1, best=2, worst=2, of=2)
    near = index.with_columns(value=pl.Series([11.0, 10.0]))
    assert place_in_index(near, "a") == Place(11.0, 10.9, 13.1, best=1, worst=2, of=2)
