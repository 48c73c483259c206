"""What is said of prices: each verdict on the rate in its own words, and first lines that are short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.price.basket import BasketVerdict, ChainedIndex, MatchedBasket
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.steps import CheapestSteps, PriceBasis, StepsVerdict
from analysis.results import Estimate, Interval, Window
from questions.evidence import Evidence
from questions.price.threshold import Capability
from questions.price.words import (
    both_rates,
    first_line,
    last_year,
    of_known,
    of_reference,
    rests_on,
    same_model,
    same_model_title,
    unpriced,
)
from questions.view import KnownBy
from store.snapshot import end_of

ON = date(2026, 11, 29)
FRESH = Evidence(ON, ON)
WINDOW = Window(date(2023, 3, 14), ON)


def steps(*prices: float | None, basis: PriceBasis = PriceBasis.MAKER) -> CheapestSteps:
    """Steps of those prices, one a year; None stands for a day on which nothing was on sale any more."""
    rows = pl.DataFrame(
        {
            "valid_on": [date(2023 + place, 3, 14) for place in range(len(prices))],
            "price_usd_per_mtok": list(prices),
            "model_id": [f"m{place}" for place in range(len(prices))],
            "provider": ["maker"] * len(prices),
        }
    )
    verdict = StepsVerdict.WITHDRAWN if prices[-1] is None else StepsVerdict.CHEAPER
    verdict = StepsVerdict.TOO_FEW if len(prices) == 1 else verdict
    return CheapestSteps(0.33, basis, rows, rows, len(prices), ("quiet",), WINDOW, "steps", verdict)


def rate(verdict: PriceVerdict, value: float = 16.0, low: float = 4.2, high: float = 61.0) -> PriceDecline:
    """A rate with its interval, through ten models."""
    return PriceDecline(Estimate(value, Interval(low, high)), 10, 10, WINDOW, "least squares", verdict)


UNTOLD = PriceDecline(None, 1, 1, WINDOW, "least squares", PriceVerdict.CANNOT_BE_TOLD)
RATES = [
    rate(PriceVerdict.FALLING),
    rate(PriceVerdict.RISING, 0.5, 0.4, 0.8),
    rate(PriceVerdict.NO_CHANGE_TOLD, 1.1, 0.45, 1.3),
    rate(PriceVerdict.FALLING_RATE_UNDETERMINED, 50.0, 1.4, 1400.0),
    rate(PriceVerdict.UNDETERMINED, 50.0, 0.12, 2e6),
    UNTOLD,
]


def capability(briefly: str = "GPT-4's GPQA diamond score") -> Capability:
    """A score of that name."""
    return Capability(f"{briefly} (33 %)", briefly, "any", 0.33, pl.DataFrame(), "fraction", PriceBasis.MAKER)


@pytest.mark.parametrize(
    ("decline", "end"),
    list(
        zip(
            RATES,
            [
                "429 times less than initially: 16 times cheaper a year (90 % interval 4.2 to 61).",
                "429 times less than initially: 2 times dearer a year (90 % interval 1.2 to 2.5).",
                "; no rate is told (90 % interval 2.2 times dearer to 1.3 times cheaper a year).",
                "429 times less than initially, falling by 1.4 to 1,400 times a year (90 % interval).",
                "(90 % interval 8.3 times dearer to over a million times cheaper a year).",
                "429 times less than initially; too few prices for a rate.",
            ],
            strict=True,
        )
    ),
    ids=[decline.verdict.value for decline in RATES],
)
def test_each_verdict_on_the_rate_has_its_words(decline: PriceDecline, end: str) -> None:
    """A rate that can be told is told with its interval; one that cannot has the interval alone."""
    said = first_line(steps(37.5, 0.0875), capability(), decline, FRESH)
    assert said.startswith("On 29 November 2026 ")
    assert " costs $0.09 per million tokens" in said
    assert said.endswith(end)
    assert len(said.split()) <= 30


@pytest.mark.parametrize("decline", RATES, ids=lambda decline: decline.verdict.value)
@pytest.mark.parametrize("prices", [(37.5, 0.0875), (37.5, 37.5), (37.5,), (37.5, None)])
@pytest.mark.parametrize(
    "briefly",
    ["o1's MMLU score", "Claude 3.5 Sonnet's Berkeley Function-Calling Leaderboard, version 4 score"],
)
def test_a_first_line_is_short_whatever_the_name(
    decline: PriceDecline, prices: tuple[float | None, ...], briefly: str
) -> None:
    """Where the full name leaves no room, "this score" stands for it; day and interval stay."""
    said = first_line(steps(*prices), capability(briefly), decline, FRESH)
    assert len(said.split()) <= 30
    assert "29 November 2026" in said
    assert ("90 % interval" in said) is (decline is not UNTOLD and prices[-1] is not None)


def test_what_is_no_longer_on_sale_has_no_price() -> None:
    """Where the cheapest was withdrawn there is no price and no rate in the first line."""
    said = first_line(steps(37.5, None), capability(), RATES[0], FRESH)
    assert said == "On 29 November 2026 nothing that reaches GPT-4's GPQA diamond score (33 %) is on sale."


@pytest.mark.parametrize(
    ("basis", "seller"), [(PriceBasis.MAKER, "cheapest maker"), (PriceBasis.CHEAPEST_HOST, "cheapest host")]
)
def test_the_basis_says_first_price_and_seller(basis: PriceBasis, seller: str) -> None:
    """What the first line has no room for: the first price with its month, the steps, whose prices."""
    said = rests_on(steps(37.5, 0.0875, basis=basis), RATES[0])
    assert said.startswith("The price is 429 times less than $37.50 in March 2023. 2 steps of 2 models;")
    assert f"{seller} (3 input : 1 output)" in said
    assert "the rate goes through the 10 successive cheapest models" in said


def test_one_price_has_no_fall() -> None:
    """A single step gives no comparison, and one is singular."""
    assert rests_on(steps(37.5), UNTOLD).startswith("1 step of 1 model;")
    assert "the one cheapest model there was" in both_rates(UNTOLD, UNTOLD)
    assert "initially" not in first_line(steps(37.5), capability(), UNTOLD, FRESH)
    assert first_line(steps(37.5, 37.5), capability(), UNTOLD, FRESH).endswith(
        "about as much as initially; too few prices for a rate."
    )


def test_unpriced_models_are_counted() -> None:
    """One model is singular."""
    assert unpriced(steps(1.0)) == "Unpriced: 1 model that reach it without such a price"


def test_only_rates_within_a_factor_thirty_count_as_told() -> None:
    """Undetermined rates do not count, nor do those with too few prices."""
    assert of_reference(RATES) == (
        "Of Epoch AI's 6 thresholds 3 have a rate that can be told within a factor 30"
    )


def test_prices_of_a_past_date_say_how_they_are_read() -> None:
    """Nothing is said where the archive reaches back."""
    known = KnownBy(end_of(ON), ON)
    assert of_known(known) == ""
    assert of_known(replace(known, in_time=False)).startswith(
        "The archive does not reach back to 29 November 2026: this shows the prices in force by then"
    )


BASKET = MatchedBasket(
    estimate=Estimate(0.47, Interval(0.28, 0.70)),
    median_ratio=1.0,
    n=22,
    n_at_start=71,
    n_versions=40,
    share_unchanged=0.73,
    n_up=1,
    n_down=6,
    window=WINDOW,
    method="basket",
    verdict=BasketVerdict.MOSTLY_UNCHANGED,
)
CHAIN = ChainedIndex(Estimate(0.71), -0.11, 22, WINDOW, pl.DataFrame(), "chain", BasketVerdict.MIXED)


def test_the_same_model_is_told_with_who_is_missing() -> None:
    """Counts, ratios with interval, the chained change a year, and the listings that vanished."""
    assert same_model(BASKET, CHAIN) == (
        "**Same model, same price?** Of 22 listings that are in every one of 40 versions from 14 March 2023 "
        "to 29 November 2026, 73\u00a0% kept their price, 1 rose and 6 fell: median ratio 1.00, geometric "
        "mean 0.47 (90 % interval 0.28 to 0.70). Chained month to month, later listings included: "
        "-11\u00a0% a year. 49 of the 71 listings priced at the start are not in the basket, because they "
        "vanished or lacked a price at some point."
    )
    assert "Chained" not in same_model(BASKET, replace(CHAIN, change_per_year=None))


def test_a_basket_too_small_is_said() -> None:
    """Without an estimate the verdict stands there with the counts."""
    small = replace(BASKET, estimate=None, n=3, verdict=BasketVerdict.CANNOT_BE_TOLD)
    assert same_model(small, CHAIN) == (
        "**Same model, same price?** Cannot be told: too few listings in every version (3 of 71)."
    )


def test_every_verdict_on_the_basket_has_a_title() -> None:
    """No two are the same."""
    titles = [same_model_title(replace(BASKET, verdict=verdict)) for verdict in BasketVerdict]
    assert len(set(titles)) == len(BasketVerdict)


@pytest.mark.parametrize(
    ("last", "said"),
    [(0.15, "1.7 times dearer"), (0.0875, "hardly cheaper or dearer"), (0.00875, "10 times cheaper")],
)
def test_the_last_twelve_months_are_told_apart_from_the_fall_of_all_years(last: float, said: str) -> None:
    """Most of a fall may be long ago, so that what became of the price lately stands beside its rate."""
    cheapest = steps(37.5, 1.0, 0.0875, last)
    sentence = f"In the twelve months to 29 November 2026 it became {said}."
    assert last_year(cheapest) == sentence
    assert rests_on(cheapest, RATES[0]).endswith(sentence)


def test_the_last_year_of_a_young_price_is_not_known() -> None:
    """Before its first price nothing cost anything."""
    young = replace(steps(37.5), window=Window(date(2026, 10, 1), ON))
    young = replace(young, steps=young.steps.with_columns(valid_on=pl.lit(date(2026, 10, 1))))
    assert last_year(young) == ""
