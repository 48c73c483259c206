"""What the overview says of results: short first lines for every verdict, tiles, costs, what is fresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.capability.frontier import best_so_far
from analysis.price.steps import PriceBasis, cheapest_steps
from analysis.results import Estimate, Interval
from analysis.trends.bend import Bend
from analysis.trends.bend_test import BendTest
from analysis.trends.verdicts import TrendVerdict
from questions.overview.words import (
    badge,
    cross_check,
    first_line,
    freshness,
    of_leader,
    unpriced,
)
from tests.questions.one_trend import SLOPES, TREND

OFFERS = pl.DataFrame(
    {
        "model_id": ["a", "b"],
        "provider": ["maker", "maker"],
        "seller": ["maker", "maker"],
        "valid_on": [date(2023, 3, 14), date(2025, 1, 1)],
        "price_usd_per_mtok": [37.5, 0.0875],
    }
)
SCORES = pl.DataFrame({"model_id": ["a", "b", "quiet"], "score": [0.36, 0.4, 0.5]})
CHEAPEST = cheapest_steps(OFFERS, SCORES, 0.33, date(2026, 11, 29), PriceBasis.MAKER)
WITHDRAWN = cheapest_steps(
    pl.concat([OFFERS, OFFERS.with_columns(valid_on=date(2026, 1, 1), price_usd_per_mtok=pl.lit(None))]),
    SCORES,
    0.33,
    date(2026, 11, 29),
)


@pytest.mark.parametrize("verdict", [verdict for verdict in TrendVerdict if verdict != "saturated"])
@pytest.mark.parametrize("n_recent", [112, 1])
@pytest.mark.parametrize("cheapest", [CHEAPEST, WITHDRAWN, None])
def test_a_first_line_is_short_whatever_the_verdict(
    verdict: TrendVerdict, n_recent: int, cheapest: object
) -> None:
    """Verdict, interval, day and price in at most thirty words."""
    said = first_line(replace(TREND, verdict=verdict, n_recent=n_recent), cheapest)  # type: ignore[arg-type]
    assert len(said.split()) <= 30
    assert "16 July 2026" in said
    assert ("(90 % interval 13.7 to 17.3)" in said) is (n_recent > 1)
    assert said.endswith(".")


def test_what_is_known_is_told_without_the_rest() -> None:
    """A verdict without a price, a price without a verdict, and what is no longer on sale."""
    verdict = (
        "AI's capability climbs, no change of pace found: +15.2 index points a year (90 % interval 13.7 to "
        "17.3) to 16 July 2026"
    )
    assert first_line(TREND, None) == f"{verdict}."
    plainly = verdict.replace(", no change of pace found", "")
    assert first_line(TREND, CHEAPEST) == f"{plainly}; {COST}."
    assert first_line(None, CHEAPEST) == f"{COST}."
    assert first_line(None, WITHDRAWN) == (
        "Nothing at GPT-4's GPQA level was on sale at a maker on 29 November 2026."
    )


def test_a_slope_without_an_interval_is_not_told() -> None:
    """A number that has no interval stands in no first line."""
    trend = replace(TREND, slopes=replace(SLOPES, recent=Estimate(3.2)))
    said = first_line(trend, None)
    assert "3.2" not in said
    assert said.endswith("the slope of its index has no interval, data to 16 July 2026.")


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        (
            [1.0, 1.0, 1.0],
            "C's 3.0 points (90\u00a0% interval 1.0 to 6.0), which cannot be told apart from 2 others.",
        ),
        (
            [0.1, 0.6, 0.6],
            "C's 3.0 points (90\u00a0% interval 1.8 to 4.8), which cannot be told apart from 1 other.",
        ),
        ([0.1, 0.1, 0.1], "C's 3.0 points (90\u00a0% interval 2.8 to 3.3)."),
        ([None, None, None], "C's 3.0 points."),
    ],
)
def test_the_leader_is_told_with_its_ties(errors: list[float | None], said: str) -> None:
    """Who cannot be told apart from the best is counted; the interval is the model's own, even or not."""
    models = pl.DataFrame(
        {
            "model_id": ["a", "b", "c"],
            "organization": ["A", "B", "C"],
            "released_on": [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)],
            "value": [1.0, 2.0, 3.0],
            "stderr": pl.Series(errors, dtype=pl.Float64),
            "open_weights": [False] * 3,
            "cost": pl.Series([None] * 3, dtype=pl.Float64),
        }
    )
    best = best_so_far(models, date(2026, 1, 1))
    told = models.with_columns(
        title=pl.col("model_id").str.to_uppercase(),
        low=pl.col("value") - 2 * pl.col("stderr"),
        high=pl.col("value") + 3 * pl.col("stderr"),
    )
    assert of_leader(best, told, "capability index") == (
        f"**Who leads.** The best capability index so far is {said}"
    )


def test_a_cross_check_needs_enough_models() -> None:
    """A series with too few recent models checks nothing."""
    assert cross_check(TREND, "other index", "a stop would have been noticed") == (
        "**Cross-check.** The other index gives +15.2 points a year (90 % interval 13.7 to 17.3) in the 18 "
        "months to 16 July 2026; verdict: climbed, no change of pace found (a stop would have been noticed)."
    )
    assert "(what its test would have noticed is not known)" in cross_check(TREND, "other index", "")
    assert cross_check(replace(TREND, n_recent=19), "other index", "") == ""
    assert cross_check(replace(TREND, slopes=None), "other index", "") == ""


def test_the_badge_of_old_evidence_is_in_the_past() -> None:
    """What a series did up to its last day says nothing of today."""
    assert badge(TREND) == "Still climbing, no change of pace found; data to 16 July 2026"
    assert badge(TREND, is_old=True) == "Climbed, no change of pace found; data to 16 July 2026"
    slowed = replace(TREND, verdict=TrendVerdict.SLOWING)
    assert badge(slowed) == "Still climbing, slower than before; data to 16 July 2026"
    flat = replace(SLOPES, recent=Estimate(1.0, Interval(-2.0, 4.0)))
    assert badge(replace(slowed, slopes=flat)) == "Has slowed and may have stopped; data to 16 July 2026"


def test_unpriced_models_are_counted() -> None:
    """None is no note; one is singular."""
    assert unpriced(CHEAPEST) == "1 model that reaches it has no maker's price: unpriced, left out"
    assert unpriced(replace(CHEAPEST, unpriced=("a", "b"))).startswith("2 models that reach it have no")
    assert unpriced(replace(CHEAPEST, unpriced=())) == ""


def test_freshness_is_the_newest_evidence_of_the_answer() -> None:
    """Its own newest model and price, never the newest row of any table; nothing used is nothing said."""
    held = {"rows_held": 280023, "sources": 102, "payloads": 1, "last_as_of": "2026-11-23"}
    scored, priced = date(2026, 7, 16), date(2026, 10, 26)
    assert freshness(scored, priced, held) == (
        "Newest model measured 16 July 2026, prices last confirmed 26 October 2026. 102 sources stand behind "
        "this site."
    )
    assert freshness(None, priced, held).startswith("Prices last confirmed 26 October 2026. ")
    assert freshness(None, None, held) == ""


FLAT = replace(SLOPES, recent=Estimate(1.0, Interval(-2.0, 4.0)))


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (TrendVerdict.PLATEAU, "On a plateau"),
        (TrendVerdict.SLOWING, "Still climbing, slower than before"),
        (TrendVerdict.ACCELERATING, "Still climbing, faster than before"),
        (TrendVerdict.STEADY, "Still climbing, no change of pace found"),
        (TrendVerdict.CLIMBING, "Still climbing"),
        (TrendVerdict.SATURATED, "At its ceiling"),
        (TrendVerdict.NOT_DISTINGUISHABLE, "Climbing or standing still, not told apart"),
    ],
)
def test_each_verdict_has_its_badge(verdict: TrendVerdict, said: str) -> None:
    """In a few words with the last day of data."""
    assert badge(replace(TREND, verdict=verdict)) == f"{said}; data to 16 July 2026"


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("changed", [{"n_recent": 19}, {"slopes": None}], ids=["too few", "no slope"])
def test_what_cannot_be_told_has_a_badge_that_says_so(changed: dict[str, object], is_old: bool) -> None:
    """However old the evidence is."""
    trend = replace(TREND, **changed)  # type: ignore[arg-type]
    assert badge(trend, is_old=is_old) == "Cannot be told; data to 16 July 2026"


def test_a_change_of_pace_that_may_be_no_rise_is_no_climb() -> None:
    """Of slowing and accelerating alone: what is steady keeps its words."""
    faster = replace(TREND, verdict=TrendVerdict.ACCELERATING, slopes=FLAT)
    assert badge(faster) == ("Does better than before, and may rise or stand still; data to 16 July 2026")
    assert badge(replace(TREND, slopes=FLAT)).startswith("Still climbing, no change of pace found")


SLOPE = "+15.2 index points a year (90 % interval 13.7 to 17.3)"
COST = "GPT-4's GPQA level: $0.088 per million tokens (maker, 29 November 2026)"


def test_old_evidence_begins_with_its_day() -> None:
    """In the past tense; of a steady climb the pace is left to the chart where the price stands beside it."""
    assert first_line(TREND, CHEAPEST, is_old=True) == (
        f"Up to 16 July 2026 AI's capability climbed: {SLOPE}; {COST}."
    )
    assert first_line(TREND, None, is_old=True) == (
        f"Up to 16 July 2026 AI's capability climbed, no change of pace found: {SLOPE}."
    )
    plateau = replace(TREND, verdict=TrendVerdict.PLATEAU)
    assert first_line(plateau, CHEAPEST, is_old=True) == (
        f"Up to 16 July 2026 AI's capability was on a plateau: {SLOPE}."
    )
    untold = replace(TREND, slopes=replace(SLOPES, recent=Estimate(3.2)))
    assert first_line(untold, CHEAPEST, is_old=True) == (
        f"Up to 16 July 2026 AI's capability climbed: the slope of its index has no interval; {COST}."
    )


def test_a_price_without_its_day_stands_under_no_day_of_scores() -> None:
    """Where both days have no room the price is left out, but beside a verdict of today it stands alone."""
    few = replace(TREND, n_recent=4)
    assert first_line(few, CHEAPEST).endswith(
        "are too few; GPT-4's GPQA level: $0.088 per million tokens (maker)."
    )
    undated = replace(CHEAPEST, window=None)
    assert "GPT-4" not in first_line(TREND, undated, is_old=True)
    assert first_line(TREND, undated).endswith("; GPT-4's GPQA level: $0.088 per million tokens (maker).")


def test_a_bend_takes_the_room_of_the_price() -> None:
    """When it bent stands behind the slope, now and in the past."""
    bend = BendTest(Bend(0.1, 9), 0.01, 299, Interval(6.0, 12.0))
    bent = replace(TREND, verdict=TrendVerdict.SLOWING, bend=bend)
    told = f"{SLOPE}, bent downwards 6 to 12 months before"
    assert first_line(bent, CHEAPEST) == (
        f"AI's capability still rises, but slower than before: {told} to 16 July 2026."
    )
    assert first_line(bent, None, is_old=True) == (
        f"Up to 16 July 2026 AI's capability rose, but slower than before: {told}."
    )


@pytest.mark.parametrize(
    ("n_recent", "said"),
    [
        (1, "1 model in the 18 months to 16 July 2026 is too few"),
        (2, "2 models in the 18 months to 16 July 2026 are too few"),
    ],
)
def test_too_few_models_tell_no_climb(n_recent: int, said: str) -> None:
    """One model is, two are."""
    assert first_line(replace(TREND, n_recent=n_recent), None) == (
        f"It cannot be told whether AI's capability still climbs: {said}."
    )
    assert first_line(replace(TREND, slopes=None), None).startswith("It cannot be told")


@pytest.mark.parametrize(("low", "high"), [(None, 4.0), (1.0, None)])
def test_a_leader_with_half_an_interval_has_none(low: float | None, high: float | None) -> None:
    """Both ends are needed."""
    models = pl.DataFrame(
        {
            "model_id": ["a"],
            "title": ["A"],
            "organization": ["Maker"],
            "released_on": [date(2025, 1, 1)],
            "value": [3.0],
            "stderr": [1.0],
            "open_weights": [False],
            "cost": pl.Series([None], dtype=pl.Float64),
            "low": pl.Series([low], dtype=pl.Float64),
            "high": pl.Series([high], dtype=pl.Float64),
        }
    )
    best = best_so_far(models, date(2026, 1, 1))
    assert of_leader(best, models, "index") == "**Who leads.** The best index so far is A's 3.0 points."


def test_evidence_of_one_kind_alone_is_fresh_by_its_own_day() -> None:
    """A score without a price."""
    assert freshness(date(2026, 7, 16), None, {"sources": 2}) == (
        "Newest model measured 16 July 2026. 2 sources stand behind this site."
    )
