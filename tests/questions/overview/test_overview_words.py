"""What the overview says of results: short first lines for every verdict, tiles, costs, what is fresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.capability.frontier import best_so_far
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.steps import PriceBasis, cheapest_steps
from analysis.results import Estimate, Interval, Window
from analysis.trends.measures import INDEX
from analysis.trends.slopes import Slopes
from analysis.trends.trend import FrontierTrend
from analysis.trends.verdicts import TrendVerdict
from questions.overview.words import (
    cross_check,
    first_line,
    freshness,
    of_leader,
    of_price,
    of_rates,
    unpriced,
)

SLOPES = Slopes(
    recent=Estimate(15.24, Interval(13.7, 17.3)),
    earlier=Estimate(14.4, Interval(12.0, 16.4)),
    difference=None,
    level_at_knot=100.0,
    recent_percentile=None,
    earlier_percentile=None,
)
TREND = FrontierTrend(
    measure=INDEX,
    window=Window(date(2023, 1, 15), date(2026, 7, 16)),
    recent_years=1.5,
    n=230,
    n_recent=112,
    n_earlier=118,
    slopes=SLOPES,
    clustered=None,
    best=161.8,
    verdict=TrendVerdict.STEADY,
    clustered_verdict=TrendVerdict.STEADY,
    would_change="More models.",
    method="quantile regression",
)
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
    assert first_line(TREND, CHEAPEST) == f"{plainly}; GPT-4's level costs $0.09 per million tokens (maker)."
    assert first_line(None, CHEAPEST) == "GPT-4's level costs $0.09 per million tokens (maker)."
    assert first_line(None, WITHDRAWN) == "Nothing at GPT-4's level is on sale."


def test_a_slope_without_an_interval_is_not_told() -> None:
    """A number that has no interval stands in no first line."""
    trend = replace(TREND, slopes=replace(SLOPES, recent=Estimate(3.2)))
    said = first_line(trend, None)
    assert "3.2" not in said
    assert said.endswith("the slope of its index has no interval, data to 16 July 2026.")


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ([1.0, 1.0, 1.0], "c's 3.0 points (90\u00a0% interval 1.4 to 4.6), not told apart from 2 others."),
        ([0.1, 0.6, 0.6], "c's 3.0 points (90\u00a0% interval 2.0 to 4.0), not told apart from 1 other."),
        ([0.1, 0.1, 0.1], "c's 3.0 points (90\u00a0% interval 2.8 to 3.2)."),
        ([None, None, None], "c's 3.0 points."),
    ],
)
def test_the_leader_is_told_with_its_ties(errors: list[float | None], said: str) -> None:
    """Who cannot be told apart from the best is counted; without errors there is no interval."""
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
    titles = {name: name for name in "abc"}
    assert of_leader(best, titles, "capability index") == (
        f"**Who leads.** The best capability index so far is {said}"
    )


def test_a_cross_check_needs_enough_models() -> None:
    """A series with too few recent models checks nothing."""
    assert cross_check(TREND, "other index") == (
        "**Cross-check.** The other index gives +15.2 points a year (90 % interval 13.7 to 17.3) in the 18 "
        "months to 16 July 2026; verdict: steady."
    )
    assert cross_check(replace(TREND, n_recent=19), "other index") == ""
    assert cross_check(replace(TREND, slopes=None), "other index") == ""


def test_a_price_is_told_with_its_fall() -> None:
    """The first price's month stands beside the fall; what was withdrawn has neither."""
    assert of_price(CHEAPEST, "a score") == (
        "The cheapest maker of a score asks $0.09 per million tokens, 429 times less than in March 2023."
    )
    assert of_price(WITHDRAWN, "a score") == "Nothing that reaches a score is on sale."


@pytest.mark.parametrize(
    ("models", "said"),
    [(1, "percentile of the one model that reaches it"), (9, "percentile of all 9 models that reach it")],
)
def test_one_model_is_singular(models: int, said: str) -> None:
    """A rate through one model is told of one model."""
    decline = PriceDecline(None, models, models, None, "quantile", PriceVerdict.CANNOT_BE_TOLD)
    assert said in of_rates(CHEAPEST, decline)


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
        "Newest model measured 16 July 2026, prices last confirmed 26 October 2026. 280,023 rows from "
        "102 sources, 1 payload kept."
    )
    assert freshness(None, priced, held).startswith("Prices last confirmed 26 October 2026. ")
    assert freshness(None, None, held) == ""
