"""What the readings by other measures and windows say: how many say what, and which models ours lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.measures import HORIZON, INDEX
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict
from questions.trends.choice_words import ChoiceReading, ends_of, left_out, readings_table, summary, too_new
from questions.trends.series import GrowthSeries
from tests.questions.one_trend import SLOPES, TREND

SLOWING = replace(TREND, verdict=TrendVerdict.SLOWING)
FEW = replace(TREND, n_recent=9, verdict=TrendVerdict.NOT_DISTINGUISHABLE)


def read(trend: FrontierTrend, months: int = 18, measure: str = "Our index") -> ChoiceReading:
    """One reading."""
    return ChoiceReading(measure, months, trend)


def test_readings_are_counted_and_those_that_say_slower_are_named() -> None:
    """By measure, with their windows; too few models are no verdict."""
    found = [read(TREND), read(SLOWING, 6), read(SLOWING, 12), read(SLOWING, 6, "Theirs"), read(FEW, 24)]
    assert summary(found) == (
        "**Does it depend on the choice?** 4 of 5 readings compare two paces: 3 find it slower and 1 finds "
        "no change; the rest, 1, cannot. The pace reads as fallen on Our index (last 6 and 12 months) and "
        "Theirs (last 6 months)."
    )
    assert summary([read(TREND)]) == (
        "**Does it depend on the choice?** 1 of 1 reading compares two paces: 1 finds no change."
    )
    climbing = replace(TREND, verdict=TrendVerdict.CLIMBING)
    assert summary([read(climbing), read(FEW)]) == (
        "**Does it depend on the choice?** None of 2 readings can compare two paces, so none could say that "
        "it has fallen."
    )


def test_each_row_has_the_verdict_and_both_slopes() -> None:
    """A row is a measure in a window; what cannot be told is said so."""
    alone = replace(TREND, slopes=replace(SLOPES, earlier=None), measure=HORIZON)
    unsure = replace(TREND, slopes=replace(SLOPES, recent=replace(SLOPES.recent, interval=None)))
    rows = readings_table([read(TREND, 6), read(FEW), read(alone, 6, "Horizon"), read(unsure, 12)])
    assert rows.rows() == [
        (
            "Our index, last 6 months",
            "no change found",
            "+14.4, then +15.2 (+13.7 to +17.3)",
            "cannot be told",
        ),
        ("Our index, last 18 months", "too few models", "9 models (20 needed)", "cannot be told"),
        (
            "Horizon, last 6 months",
            "no change found",
            "cannot be told, then +15.24 (+13.70 to +17.30)",
            "cannot be told",
        ),
        ("Our index, last 12 months", "no change found", "+14.4, then +15.2", "cannot be told"),
    ]


def test_the_change_stands_beside_the_slopes_with_its_interval() -> None:
    """Told only where both slopes are."""
    change = replace(SLOPES, difference=Estimate(-4.0, Interval(-6.8, 1.2)))
    told = replace(TREND, slopes=change)
    alone = replace(told, n_earlier=3)
    rows = readings_table([read(told), read(alone)])
    assert rows[rows.columns[-1]].to_list() == ["-4.0 (-6.8 to +1.2)", "cannot be told"]


def test_each_measure_has_its_unit_and_its_last_day() -> None:
    """Once, however many windows it is read in."""
    assert ends_of([read(TREND, 6), read(TREND), read(replace(TREND, measure=HORIZON), 6, "Horizon")]) == (
        "Measured are: Our index in points, to 16 July 2026; Horizon in doublings, to 16 July 2026."
    )


def series(*released: date) -> GrowthSeries:
    """Our index with models of these days."""
    models = pl.DataFrame({"released_on": released}, schema={"released_on": pl.Date})
    return GrowthSeries(("own",), "index", "the index", "it", models, INDEX, "points")


def test_models_on_epochs_index_alone_are_named() -> None:
    """The best three, how many are newer than ours, and that the verdict rests on none of them."""
    day = date(2026, 7, 16)
    missing = pl.DataFrame(
        {
            "title": ["A", "B", "C", "D"],
            "value": [160.92, 150.0, 140.0, 130.0],
            "released_on": [date(2026, 7, 24), day, day, day],
        }
    )
    scored_on = date(2026, 7, 17)
    assert left_out(missing, series(day), scored_on) == (
        "**On Epoch's index, not on ours.** 4 models have a value on the index that Epoch publishes and none "
        "on ours: 1 released after 17 July 2026, when the collection that ours is fitted to was last read, "
        "the rest with too few tests in it. The highest are A (160.9), B (150.0) and C (140.0). The verdict "
        "rests on none of them."
    )
    one = left_out(missing[1:2], series(day), scored_on)
    assert "1 model has a value on" in one
    assert (
        "and none on ours: too few tests in the collection that ours is fitted to. B (150.0). The verdict "
        "does not rest on it." in one
    )
    assert "was last read. A (160.9)." in left_out(missing[:1], series(day), scored_on)
    assert left_out(missing.clear(), series(day), scored_on) == ""
    assert left_out(missing, None, scored_on) == ""
    assert left_out(missing, series(), scored_on) == ""


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ("", "A (160.9 on Epoch's index) and 1 more are too new for ours."),
        ("word " * 17, "A (160.9 on Epoch's index) and 1 more are too new for ours."),
        ("word " * 18, "A (160.9 on Epoch's index) is too new for ours."),
        ("word " * 23, "A is too new for our index."),
    ],
)
def test_the_best_model_that_is_too_new_for_our_index_is_named(beside: str, said: str) -> None:
    """Only what came after the newest scores of ours is; what stands beside it leaves room or not."""
    missing = pl.DataFrame(
        {
            "title": ["Older", "A", "B"],
            "value": [165.0, 160.92, 150.0],
            "released_on": [date(2026, 7, 17), date(2026, 7, 24), date(2026, 7, 31)],
        }
    )
    assert too_new(missing, date(2026, 7, 17), beside.strip()) == said
    assert too_new(missing, date(2026, 7, 31), beside.strip()) == ""
    assert too_new(missing, None, beside.strip()) == ""
