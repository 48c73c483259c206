"""What is said of a trend: each verdict in its words, and a first line that is short whatever the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.horizon import DoublingTime, DoublingVerdict
from analysis.trends.measures import HORIZON, INDEX, RATING, Measure, bounded_score
from analysis.trends.verdicts import TrendVerdict
from questions.trends.series import GrowthSeries
from questions.trends.words import caveats, checks, first_line, of_doubling_time, rests_on, title
from tests.questions.one_trend import SLOPES, TREND

LONGEST = "Arena text, raw votes: industry business and management and financial operations"


def series(
    subject: str = "the capability index",
    briefly: str = "the capability index",
    measure: Measure = INDEX,
    measured_on: date | None = None,
    note: str = "",
) -> GrowthSeries:
    """A series of that name; its models do not matter to words."""
    return GrowthSeries(
        ("any",), "capability index", subject, briefly, pl.DataFrame(), measure, "points", note, measured_on
    )


NAMES = [
    series("the index that Epoch publishes", "Epoch's index"),
    series("METR's 50 % horizon", "METR's 50 % horizon", HORIZON),
    series(
        f"the {LONGEST} rating of 25 September 2026",
        "this board's rating of 25 September 2026",
        RATING,
        date(2026, 9, 25),
    ),
    series("the score on Berkeley Function-Calling Leaderboard, version 4", "the score on this test"),
    series(f"the score on {LONGEST}", "the score on this test", bounded_score(LONGEST)),
]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            Estimate(128.74, Interval(111.2, 152.8, 0.9)),
            "a doubling every 129 days (90 % interval 111 to 153).",
        ),
        (Estimate(400.0, None), "a doubling every 400 days (its 90 % interval allows no growth). Records"),
        (None, "cannot be told: 9 models that set a record since 2023."),
    ],
)
def test_a_doubling_time_is_told_with_what_is_known_of_it(days: Estimate | None, said: str) -> None:
    """Interval where there is one, no number where there is none."""
    verdict = DoublingVerdict.GROWING if days else DoublingVerdict.UNDETERMINED
    assert said in of_doubling_time(DoublingTime(days, 9, None, verdict, ""))


@pytest.mark.parametrize("verdict", list(TrendVerdict))
@pytest.mark.parametrize("named", NAMES, ids=lambda named: named.briefly)
@pytest.mark.parametrize("n_recent", [112, 1])
def test_a_first_line_is_short_whatever_the_verdict_and_the_name(
    verdict: TrendVerdict, named: GrowthSeries, n_recent: int
) -> None:
    """Where the full name leaves no room, a shorter one stands for it; interval and day stay."""
    trend = replace(TREND, verdict=verdict, measure=named.measure, n_recent=n_recent)
    said = first_line(trend, named)
    assert len(said.split()) <= 30
    assert "2026" in said
    assert said.endswith(".")
    if n_recent > 1 and verdict is not TrendVerdict.SATURATED:
        assert said[0].isupper()
        assert "(90 % interval 13.70 to 17.30)" in said or "(90 % interval 13.7 to 17.3)" in said


@pytest.mark.parametrize(
    ("verdict", "said", "headed"),
    [
        (TrendVerdict.PLATEAU, "is on a plateau: ", "is on a plateau"),
        (
            TrendVerdict.SLOWING,
            "still rises, but slower than before: ",
            "still rises, but slower than before",
        ),
        (TrendVerdict.ACCELERATING, "rises faster than before: ", "rises faster than before"),
        (TrendVerdict.STEADY, "climbs, no change of pace found: ", "climbs, no change of pace found"),
        (
            TrendVerdict.CLIMBING,
            "still climbs: ",
            "still climbs, and it cannot be told whether faster or slower than before",
        ),
        (
            TrendVerdict.NOT_DISTINGUISHABLE,
            "may rise or stand still: ",
            "cannot be told to rise or to stand still",
        ),
    ],
)
def test_each_verdict_has_its_words(verdict: TrendVerdict, said: str, headed: str) -> None:
    """The first line is the short form of what the chart is headed with; the basis names the verdict."""
    trend = replace(TREND, verdict=verdict)
    assert first_line(trend, series()) == (
        f"The frontier of the capability index {said}+15.2 points a year (90 % interval 13.7 to 17.3), "
        "data to 16 July 2026."
    )
    assert title(trend, "capability index") == f"The frontier of the capability index {headed}"
    assert f"Verdict: {verdict.value}." in rests_on(trend, "points")


@pytest.mark.parametrize(
    "verdict", [TrendVerdict.PLATEAU, TrendVerdict.SLOWING, TrendVerdict.ACCELERATING, TrendVerdict.STEADY]
)
def test_the_change_of_pace_is_told_with_its_interval(verdict: TrendVerdict) -> None:
    """Wherever two slopes are compared the first line has their difference, and a shorter name makes room."""
    compared = replace(SLOPES, difference=Estimate(0.84, Interval(-2.0, 4.1)))
    trend = replace(TREND, verdict=verdict, slopes=compared)
    said = first_line(trend, series())
    assert ", change +0.8 (-2.0 to +4.1), data to 16 July 2026." in said
    assert "(90 % interval 13.7 to 17.3)" in said
    assert len(said.split()) <= 30
    assert "in the 24 months before, change +0.8 (-2.0 to +4.1)" in rests_on(trend, "points")


def test_too_few_models_give_no_verdict() -> None:
    """Below 20 recent models the first line says how many there are; their slope is no verdict."""
    trend = replace(TREND, n_recent=1, verdict=TrendVerdict.NOT_DISTINGUISHABLE)
    assert first_line(trend, series()) == (
        "The trend of the frontier of the capability index cannot be told: 1 model in the 18 months to 16 "
        "July 2026 is too few."
    )
    said = rests_on(trend, "points")
    assert "20 recent models are needed; the slope of these, +15.2 points a year" in said
    assert "is no verdict yet." in said
    assert title(trend, "capability index").endswith("cannot be told: too few recent models")


def test_a_slope_without_an_interval_is_not_told() -> None:
    """A number that has no interval stands in no first line."""
    trend = replace(
        TREND, slopes=replace(SLOPES, recent=Estimate(3.2)), verdict=TrendVerdict.NOT_DISTINGUISHABLE
    )
    assert "its slope has no interval, data to 16 July 2026" in first_line(trend, series())


def test_an_earlier_slope_that_is_not_told_is_said() -> None:
    """With too few older models there is nothing to compare with, and the caveat says so beside the note."""
    trend = replace(TREND, n_earlier=3, verdict=TrendVerdict.CLIMBING)
    assert "the earlier slope cannot be told (3 models)" in rests_on(trend, "points")
    untold = "Whether it climbs faster or slower than before cannot be told."
    assert caveats(trend, series()) == (untold, "")
    assert caveats(trend, series(note="Read as of now.")) == (untold, "Read as of now.")


@pytest.mark.parametrize(
    ("clustered", "same"), [(TrendVerdict.STEADY, "the same"), (TrendVerdict.CLIMBING, "another")]
)
def test_the_clustered_check_is_compared_with_the_verdict(clustered: TrendVerdict, same: str) -> None:
    """Organisations drawn in place of models may lead to another verdict: said either way."""
    trend = replace(TREND, clustered=SLOPES, clustered_verdict=clustered)
    (said,) = checks(trend)
    assert f"13.7 to 17.3 and the verdict is {same}: {clustered.value}." in said


def test_doublings_are_told_as_months_too() -> None:
    """A slope of two doublings a year is one in six months."""
    trend = replace(TREND, measure=HORIZON, slopes=replace(SLOPES, recent=Estimate(2.0, Interval(1.5, 2.5))))
    said = first_line(trend, series("METR's 50 % horizon", "METR's 50 % horizon", HORIZON))
    assert "+2.00 doublings a year (90 % interval 1.50 to 2.50), a doubling every 6.0 months" in said
