"""What is said of a trend: each verdict in its words, and a first line that is short whatever the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.bend import Bend
from analysis.trends.bend_test import BendTest
from analysis.trends.horizon import DoublingTime, DoublingVerdict
from analysis.trends.measures import HORIZON, INDEX, RATING, Measure, bounded_score
from analysis.trends.verdicts import TrendVerdict
from questions.trends.series import GrowthSeries
from questions.trends.words import (
    bend_text,
    called_briefly,
    called_then,
    caveats,
    checks,
    first_line,
    is_told,
    of_doubling_time,
    rests_on,
    slope_text,
    span_text,
    title,
)
from questions.trends.words import named as name_of
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
    assert f"Verdict: {name_of(verdict)}." in rests_on(trend, "points")


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
    assert f"13.7 to 17.3 and the verdict is {same}: {name_of(clustered)}." in said


def test_doublings_are_told_as_months_too() -> None:
    """A slope of two doublings a year is one in six months."""
    trend = replace(TREND, measure=HORIZON, slopes=replace(SLOPES, recent=Estimate(2.0, Interval(1.5, 2.5))))
    said = first_line(trend, series("METR's 50 % horizon", "METR's 50 % horizon", HORIZON))
    assert "+2.00 doublings a year (90 % interval 1.50 to 2.50), a doubling every 6.0 months" in said


BENT = BendTest(Bend(0.1, 9), 0.01, 299, Interval(6.0, 12.0))
COMPARED = replace(SLOPES, difference=Estimate(0.84, Interval(-2.0, 4.1)))
LEVEL = replace(SLOPES, recent=Estimate(1.0, Interval(0.0, 2.0)))
"""A recent slope whose interval reaches to nothing."""


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (TrendVerdict.PLATEAU, "was on a plateau"),
        (TrendVerdict.SLOWING, "rose, but slower than before"),
        (TrendVerdict.ACCELERATING, "rose faster than before"),
        (TrendVerdict.STEADY, "climbed, no change of pace found"),
        (TrendVerdict.CLIMBING, "climbed"),
        (TrendVerdict.NOT_DISTINGUISHABLE, "may have risen or stood still"),
    ],
)
def test_old_evidence_is_told_up_to_its_day(verdict: TrendVerdict, said: str) -> None:
    """The day comes first and the verdict is in the past tense, in the line and above the chart."""
    trend = replace(TREND, verdict=verdict)
    assert called_then(trend) == said
    assert first_line(trend, series(), is_old=True) == (
        f"Up to 16 July 2026 the frontier of the capability index {said}: +15.2 points a year (90 % interval "
        "13.7 to 17.3)."
    )
    assert title(trend, "index", is_old=True) == f"Up to 16 July 2026 the frontier of the index {said}"


@pytest.mark.parametrize(
    ("verdict", "now", "then"),
    [
        (TrendVerdict.SLOWING, "has slowed and may have stopped", "slowed and may have stopped"),
        (
            TrendVerdict.ACCELERATING,
            "does better than before, and may rise or stand still",
            "did better than before, and may have risen or stood still",
        ),
        (TrendVerdict.STEADY, "climbs, no change of pace found", "climbed, no change of pace found"),
    ],
)
def test_a_slope_that_may_be_none_is_not_called_a_rise(verdict: TrendVerdict, now: str, then: str) -> None:
    """A change of pace whose recent interval reaches to 0 is no rise, on the page and above the chart."""
    trend = replace(TREND, verdict=verdict, slopes=LEVEL)
    assert (called_briefly(trend), called_then(trend)) == (now, then)
    assert title(trend, "index") == f"The frontier of the index {now}"
    rising = replace(SLOPES, recent=Estimate(1.0, Interval(0.1, 2.0)))
    assert called_then(replace(trend, slopes=rising)).startswith(("rose", "climbed"))


def test_ratings_of_one_day_end_with_no_other_day() -> None:
    """The day of the board stands in its name; now and in the past the line has no second one."""
    board = series("the rating of 25 September 2026", "the rating", RATING, date(2026, 9, 25))
    slope = "+15.2 points a year (90 % interval 13.7 to 17.3)"
    assert first_line(TREND, board) == (
        "The frontier of the rating of 25 September 2026 climbs, no change of pace found: " + slope + "."
    )
    assert first_line(TREND, board, is_old=True) == (
        "The frontier of the rating of 25 September 2026 climbed, no change of pace found: " + slope + "."
    )


def test_an_old_slope_without_an_interval_is_not_told() -> None:
    """A number that has no interval stands in no first line of the past either."""
    trend = replace(TREND, slopes=replace(SLOPES, recent=Estimate(3.2)))
    assert first_line(trend, series(), is_old=True).endswith("of pace found: its slope has no interval.")


@pytest.mark.parametrize(("best", "said"), [(0.972, "97.2\u00a0%"), (None, "not known")])
def test_a_used_up_test_is_told_with_its_best_score(best: float | None, said: str) -> None:
    """By its name where there is room; in no place is it a plateau of AI."""
    measure = bounded_score("GPQA diamond", 0.25)
    trend = replace(TREND, verdict=TrendVerdict.SATURATED, measure=measure, best=best)
    named = replace(series(measure=measure), unit="fraction")
    told = (
        f"is used up: its best score by 16 July 2026, {said}, is close to the ceiling. This is not a plateau "
        "of AI."
    )
    assert first_line(trend, named) == f"GPQA diamond {told}"
    long = replace(trend, measure=bounded_score("A test of many words " * 2))
    assert first_line(long, named) == f"This test {told}"
    assert title(trend, "index") == "GPQA diamond is used up: the best score is close to the ceiling"
    assert "Verdict: used up. The ceiling is 100.0\u00a0%. That is the end of a test" in rests_on(
        trend, "fraction"
    )


def test_the_end_of_a_test_is_told_of_used_up_tests_only() -> None:
    """What a verdict rests on begins with its models and ends with its method."""
    said = rests_on(replace(TREND, slopes=COMPARED), "points")
    assert said == (
        "230 models since 15 January 2023: 112 recent, 118 earlier. Slope of the frontier in the 18 months "
        "to "
        "16 July 2026: +15.2 points a year (90 % interval 13.7 to 17.3), against +14.4 points a year (90 % "
        "interval 12.0 to 16.4) in the 24 months before, change +0.8 (-2.0 to +4.1). Verdict: climbed, no "
        "change of pace found. Quantile regression."
    )


@pytest.mark.parametrize(
    ("n_recent", "said"),
    [(19, " 20 recent models are needed. Verdict"), (20, "118 earlier. Verdict")],
)
def test_without_slopes_only_what_is_missing_is_told(n_recent: int, said: str) -> None:
    """Too few models are said; where they are enough nothing stands in the place of a slope."""
    assert said in rests_on(replace(TREND, slopes=None, n_recent=n_recent), "points")


@pytest.mark.parametrize(("n_recent", "told"), [(19, False), (20, True)])
def test_twenty_recent_models_tell_a_slope(n_recent: int, told: bool) -> None:
    """At least twenty, and a fitted slope."""
    assert is_told(replace(TREND, n_recent=n_recent)) is told
    assert not is_told(replace(TREND, n_recent=n_recent, slopes=None))
    needed = "20 recent models are needed" in rests_on(replace(TREND, n_recent=n_recent), "points")
    assert needed is not told


def test_two_models_are_too_few_in_the_plural() -> None:
    """One model is, two models are; the recent window is told in whole months."""
    said = first_line(replace(TREND, n_recent=2, recent_years=1.0), series())
    assert said.endswith("cannot be told: 2 models in the 12 months to 16 July 2026 are too few.")


@pytest.mark.parametrize(("months", "said"), [(12, "the 12 months"), (20, "the 20 months")])
def test_the_recent_window_is_told_in_months(months: int, said: str) -> None:
    """A number of months that is no half year comes back as it was chosen."""
    assert span_text(replace(TREND, recent_years=months / 12)) == f"{said} to 16 July 2026"


def test_slopes_at_odds_with_the_test_of_a_bend_are_told_so() -> None:
    """Where the two slopes surely differ and no bend is found; where they may not, the pace is untold."""
    untold = "Whether it climbs faster or slower than before cannot be told."
    at_odds = "The two slopes differ, yet the test of a bend finds none: a change of pace is in doubt."
    surely = replace(SLOPES, difference=Estimate(-3.0, Interval(-5.0, -1.0)))
    climbing = replace(TREND, verdict=TrendVerdict.CLIMBING)
    for slopes, n_earlier, said in (
        (surely, 118, at_odds),
        (surely, 19, untold),
        (COMPARED, 118, untold),
        (replace(SLOPES, difference=Estimate(-3.0)), 118, untold),
        (SLOPES, 118, untold),
        (None, 118, untold),
    ):
        assert caveats(replace(climbing, slopes=slopes, n_earlier=n_earlier), series()) == (said, "")
    assert caveats(replace(TREND, slopes=surely), series()) == ("", "")


def test_a_bend_that_is_noticed_takes_the_place_of_the_change() -> None:
    """When it bent is told, not by how much; of no bend, or of chance, nothing is said."""
    bent = replace(TREND, verdict=TrendVerdict.PLATEAU, slopes=COMPARED, bend=BENT)
    assert bend_text(bent) == "bent downwards 6 to 12 months before"
    assert "17.3), bent downwards 6 to 12 months before, data to" in first_line(bent, series())
    assert bend_text(replace(TREND, bend=replace(BENT, p_value=0.2))) == ""
    assert bend_text(TREND) == ""


@pytest.mark.parametrize(
    ("difference", "n_earlier"), [(None, 118), (Estimate(0.84), 118), (COMPARED.difference, 19)]
)
def test_a_change_that_is_not_known_well_is_not_told(difference: Estimate | None, n_earlier: int) -> None:
    """Without an interval, or with too few earlier models, the line has the slope alone."""
    trend = replace(TREND, slopes=replace(SLOPES, difference=difference), n_earlier=n_earlier)
    assert first_line(trend, series()).endswith("(90 % interval 13.7 to 17.3), data to 16 July 2026.")


def test_too_few_models_tell_no_change() -> None:
    """A line that tells no slope tells no difference of slopes."""
    trend = replace(TREND, slopes=COMPARED, n_recent=3)
    assert "change" not in first_line(trend, series())


@pytest.mark.parametrize("verdict", [TrendVerdict.SLOWING, TrendVerdict.STEADY])
@pytest.mark.parametrize("measure", [INDEX, bounded_score("Test")], ids=["index", "test"])
def test_a_test_that_slows_says_nothing_of_ai(verdict: TrendVerdict, measure: Measure) -> None:
    """Of bounded scores alone: log-odds are explained, and slowing is what nearing a ceiling looks like."""
    said = checks(replace(TREND, verdict=verdict, measure=measure))
    starts = [one[: one.index("**", 2) + 2] for one in said]
    slows = ["**A test bends before it ends.**"] if verdict is TrendVerdict.SLOWING else []
    assert starts == ([*slows, "**Log-odds**"] if measure.bounded else [])


def test_a_clustered_slope_without_an_interval_checks_nothing() -> None:
    """There is nothing to compare with."""
    assert checks(replace(TREND, clustered=replace(SLOPES, recent=Estimate(3.0)))) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.5, "+1.50 doublings a year, a doubling every 8.0 months"),
        (0.0, "+0.00 doublings a year"),
        (-0.5, "-0.50 doublings a year"),
    ],
)
def test_what_does_not_grow_never_doubles(value: float, said: str) -> None:
    """Months of a doubling are told of growth only."""
    assert slope_text(replace(TREND, measure=HORIZON), Estimate(value)) == said


def test_points_do_not_double() -> None:
    """Only doublings are told as months."""
    assert slope_text(TREND, Estimate(1.5)) == "+1.5 points a year"


def test_too_few_recent_models_have_no_verdict_of_either_kind() -> None:
    """However narrow the interval of their slope: it would stand beside words that deny it."""
    few = replace(
        TREND,
        n_recent=19,
        verdict=TrendVerdict.NOT_DISTINGUISHABLE,
        clustered=SLOPES,
        clustered_verdict=TrendVerdict.NOT_DISTINGUISHABLE,
    )
    assert "Verdict: none, for too few recent models." in rests_on(few, "points")
    assert checks(few) == ()
    used_up = replace(few, verdict=TrendVerdict.SATURATED)
    assert "Verdict: used up." in rests_on(used_up, "points")
