"""What is said of prices: each verdict on the rate in its own words, and first lines that are short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.price.basket import BasketVerdict, ChainedIndex, MatchedBasket
from analysis.price.decline import PriceDecline, PriceVerdict
from analysis.price.fall import FallVerdict, Part, PriceFall
from analysis.price.steps import CheapestSteps, PriceBasis, StepsVerdict
from analysis.results import Estimate, Interval, Window
from charts.price.price_over_time import asked_text, less_in_all, price_found
from questions.evidence import Evidence
from questions.price.fall_words import (
    COLUMNS,
    a_year_earlier,
    brief_rate,
    by_when,
    change_text,
    last_year,
    of_fall,
    parts_of,
)
from questions.price.threshold import Capability
from questions.price.words import (
    first_line,
    of_known,
    of_newly_asked,
    of_reference,
    of_spread,
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


def steps(
    *prices: float | None, basis: PriceBasis = PriceBasis.MAKER, first_read_on: date | None = None
) -> CheapestSteps:
    """Steps of those prices, one a year; None stands for a day on which nothing was on sale any more.

    The first may have been read later than it is taken to hold.
    """
    rows = pl.DataFrame(
        {
            "valid_on": [date(2023 + place, 3, 14) for place in range(len(prices))],
            "price_usd_per_mtok": list(prices),
            "model_id": [f"m{place}" for place in range(len(prices))],
            "provider": ["maker"] * len(prices),
            "first_read_on": [first_read_on, *[None] * (len(prices) - 1)],
        },
        schema_overrides={"first_read_on": pl.Date},
    )
    verdict = StepsVerdict.WITHDRAWN if prices[-1] is None else StepsVerdict.CHEAPER
    verdict = StepsVerdict.TOO_FEW if len(prices) == 1 else verdict
    unpriced = ("quiet",)
    return CheapestSteps(0.33, basis, rows, rows, len(prices), unpriced, WINDOW, "steps", verdict, asked=rows)


def rate(verdict: PriceVerdict, value: float = 16.0, low: float = 4.2, high: float = 61.0) -> PriceDecline:
    """A rate with its interval, through ten models."""
    return PriceDecline(Estimate(value, Interval(low, high)), 10, 10, WINDOW, "least squares", verdict)


UNTOLD = PriceDecline(None, 1, 1, WINDOW, "least squares", PriceVerdict.CANNOT_BE_TOLD)


def fall(verdict: FallVerdict, rate: Estimate | None = None) -> PriceFall:
    """A fall of 429 times, 286 of it by November 2024, 1.5 in the last twelve months."""
    whole = Part(WINDOW, 37.5, 0.0875, 37.5, 0.0875)
    first = Part(Window(WINDOW.start, date(2024, 11, 14)), 37.5, 0.13125, 37.5, 0.13125)
    since = Part(Window(date(2024, 11, 14), ON), 0.13125, 0.0875, 0.13125, 0.0875)
    last = Part(Window(date(2025, 11, 29), ON), 0.13125, 0.0875, 0.13125, 0.0875)
    parts = (first, since) if verdict is FallVerdict.BROKEN else (whole,)
    return PriceFall(whole, parts, last, rate, 9, 44, "line", verdict)


SIXTEEN = Estimate(16.0, Interval(4.2, 61.0))
FALLS = [
    fall(FallVerdict.ONE_RATE, SIXTEEN),
    *(fall(verdict) for verdict in FallVerdict if verdict is not FallVerdict.ONE_RATE),
    None,
]
RATES = [
    rate(PriceVerdict.FALLING),
    rate(PriceVerdict.RISING, 0.5, 0.4, 0.8),
    rate(PriceVerdict.NO_CHANGE_TOLD, 1.1, 0.45, 1.3),
    rate(PriceVerdict.FALLING_RATE_UNDETERMINED, 50.0, 1.4, 1400.0),
    rate(PriceVerdict.UNDETERMINED, 50.0, 0.12, 2e6),
    PriceDecline(None, 1, 1, WINDOW, "least squares", PriceVerdict.CANNOT_BE_TOLD),
]


def capability(briefly: str = "GPT-4's GPQA diamond score") -> Capability:
    """A score of that name."""
    return Capability(
        f"{briefly} (33 %)", briefly, "any", "any", 0.33, pl.DataFrame(), "fraction", PriceBasis.MAKER
    )


@pytest.mark.parametrize("told", FALLS, ids=lambda told: told.verdict.name if told else "none")
def test_a_first_line_has_a_rate_only_where_one_fits(told: PriceFall | None) -> None:
    """Where no single rate is told, the fall in all and the price of a year earlier stand there."""
    said = first_line(steps(37.5, 0.0875), capability(), told, FRESH)
    assert said.startswith("On 29 November 2026 GPT-4's GPQA diamond score costs $0.088 per million tokens ")
    if told is None:
        assert said.endswith("at the cheapest maker's list price, 429 times less than in March 2023.")
    elif told.verdict is FallVerdict.ONE_RATE:
        assert said.endswith("16 times cheaper a year (90 % interval 4.2 to 61).")
    else:
        assert said.endswith(", 429 times less than in March 2023; a year earlier $0.13.")
    assert ("a year (" in said) is (told is not None and told.rate is not None)
    assert len(said.split()) <= 30


@pytest.mark.parametrize("told", FALLS, ids=lambda told: told.verdict.name if told else "none")
@pytest.mark.parametrize("prices", [(37.5, 0.0875), (37.5, 37.5), (37.5,), (37.5, None)])
@pytest.mark.parametrize(
    "briefly",
    ["o1's MMLU score", "Claude 3.5 Sonnet's Berkeley Function-Calling Leaderboard, version 4 score"],
)
def test_a_first_line_is_short_whatever_the_name(
    told: PriceFall | None, prices: tuple[float | None, ...], briefly: str
) -> None:
    """Where the full name leaves no room, "this score" stands for it; day, seller and interval stay."""
    said = first_line(steps(*prices), capability(briefly), told, FRESH)
    assert len(said.split()) <= 30
    assert "29 November 2026" in said
    assert "maker" in said
    has_rate = told is not None and told.rate is not None and prices[-1] is not None
    assert ("90 % interval" in said) is has_rate


def test_what_is_no_longer_on_sale_has_no_price() -> None:
    """Where the cheapest was withdrawn there is no price and no rate in the first line."""
    said = first_line(steps(37.5, None), capability(), FALLS[0], FRESH)
    assert said == (
        "On 29 November 2026 nothing that reaches GPT-4's GPQA diamond score (33 %) is on sale at a maker."
    )


@pytest.mark.parametrize(
    ("basis", "seller"), [(PriceBasis.MAKER, "cheapest maker"), (PriceBasis.CHEAPEST_HOST, "cheapest host")]
)
def test_every_wording_says_maker_or_host(basis: PriceBasis, seller: str) -> None:
    """In the first line, what it rests on, the fall, new list prices and the chart's title."""
    cheapest, told = steps(37.5, 0.0875, basis=basis), FALLS[1]
    assert told is not None
    assert rests_on(cheapest).startswith("2 steps of 2 models;")
    assert f"{seller} (3 input : 1 output)" in rests_on(cheapest)
    assert f"{seller}'s price" in of_fall(told, basis)
    assert seller in first_line(cheapest, capability(), None, FRESH)
    assert seller.removeprefix("cheapest ") in of_newly_asked(RATES[0], basis)
    assert price_found(cheapest, "a score") == (
        f"On 29 November 2026 a score cost $0.088 per million tokens at the {seller}, "
        "429 times less than in March 2023"
    )


def test_a_fall_from_a_price_that_was_read_late_says_when() -> None:
    """A price that is only taken to have held since a launch is dated by its reading, in every sentence."""
    read_on = date(2023, 7, 26)
    cheapest = steps(37.5, 0.0875, first_read_on=read_on)
    assert less_in_all(cheapest) == ", 429 times less than in July 2023"
    assert first_line(cheapest, capability(), None, FRESH).endswith(" less than in July 2023.")
    assert price_found(cheapest, "a score").endswith(" less than in July 2023")
    overtaken = steps(37.5, 0.0875, first_read_on=date(2024, 7, 1))
    assert less_in_all(overtaken) == ", 429 times less than in March 2023 (price first read in July 2024)"
    assert less_in_all(steps(37.5, 0.0875)) == ", 429 times less than in March 2023"
    assert "first read on" not in of_fall(fall(FallVerdict.UNDETERMINED), PriceBasis.MAKER)
    told = of_fall(replace(fall(FallVerdict.UNDETERMINED), first_read_on=read_on), PriceBasis.MAKER)
    assert "first read on 26 July 2023 and is taken to have held since the launch" in told
    dated = fall(FallVerdict.UNDETERMINED)
    dated = replace(dated, first_read_on=WINDOW.start)
    assert "first read on 14 March 2023; the chart draws it from the launch on" in of_fall(
        dated, PriceBasis.MAKER
    )


def test_both_ends_of_a_fall_are_told_in_words_and_in_the_table() -> None:
    """Where a cheaper price may still be asked: of the factor, of the prices, and that a change is open."""
    whole = Part(WINDOW, 37.5, 0.1375, 37.5, 0.0875)
    cut = date(2024, 11, 14)
    before = Part(Window(WINDOW.start, cut), 37.5, 0.13125, 37.5, 0.0875)
    since = Part(Window(cut, ON), 0.13125, 0.1375, 0.0875, 0.0875)
    broken = PriceFall(whole, (before, since), None, None, 9, 44, "line", FallVerdict.BROKEN)
    said = of_fall(broken, PriceBasis.MAKER)
    assert "fell by a factor of 273 to 429, from $37.50 to between $0.088 and $0.14." in said
    assert (
        "it fell by a factor of 286 to 429; since then no change can be told (something between 1.6 times "
        "dearer and 1.5 times cheaper)." in said
    )
    assert parts_of(broken)["price"].to_list() == [
        "$37.50 → $0.088 to $0.14",
        "$37.50 → $0.088 to $0.13",
        "$0.088 to $0.13 → $0.088 to $0.14",
    ]


def test_a_fall_that_ended_says_by_when() -> None:
    """Where none can be told since its break; one that goes on, or has no break, has no end."""
    cut = date(2024, 11, 14)
    before, since = (
        Part(Window(WINDOW.start, cut), 37.5, 0.13, 37.5, 0.13),
        Part(Window(cut, ON), 0.13, 0.13, 0.1, 0.1),
    )
    broken = replace(fall(FallVerdict.BROKEN), parts=(before, since))
    assert by_when(broken) == "all of it by November 2024"
    going_on = replace(since, to_usd=0.01, least_to_usd=0.01)
    assert by_when(replace(broken, parts=(before, going_on))) == ""
    assert by_when(replace(broken, parts=(before,))) == by_when(None) == ""


def test_one_price_has_no_fall() -> None:
    """A single step gives no comparison, and one is singular; a price that came back is as before."""
    assert rests_on(steps(37.5)).startswith("1 step of 1 model;")
    assert " less than " not in first_line(steps(37.5), capability(), None, FRESH)
    assert first_line(steps(37.5, 37.5), capability(), None, FRESH).endswith(
        "about as much as in March 2023."
    )
    assert price_found(steps(1.0, 2.0), "a score").endswith("2 times as much as in March 2023")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (FallVerdict.ONE_RATE, "One line fits it: 16 times cheaper a year (90 % interval 4.2 to 61)."),
        (
            FallVerdict.BROKEN,
            "Up to 14 November 2024 it fell by a factor of 286; since then it fell by a factor of 1.5.",
        ),
        (FallVerdict.LATELY_OTHERWISE, "that of the whole is not that of the last twelve months."),
        (FallVerdict.UNDETERMINED, "these prices leave it undetermined."),
        (FallVerdict.TOO_FEW, "there are too few prices."),
    ],
)
def test_a_fall_is_told_in_all_by_its_verdict_and_lately(verdict: FallVerdict, said: str) -> None:
    """Both ends with their days first, then the rate or why there is none, then the last twelve months."""
    words = of_fall(fall(verdict, SIXTEEN if verdict is FallVerdict.ONE_RATE else None), PriceBasis.MAKER)
    assert words.startswith(
        "From 14 March 2023 to 29 November 2026 the cheapest maker's price fell by a factor of 429, "
        "from $37.50 to $0.088. "
    )
    assert said in words
    assert words.endswith(
        "In the twelve months to 29 November 2026 the cheapest maker's price fell by a factor of 1.5, "
        "from $0.13 to $0.088."
    )
    assert ("a year (" in words) is (verdict is FallVerdict.ONE_RATE)


def test_the_table_of_a_fall_has_a_row_a_stretch() -> None:
    """The whole, its parts where it is broken, the last twelve months, each with its prices."""
    broken, whole = parts_of(fall(FallVerdict.BROKEN)), parts_of(fall(FallVerdict.TOO_FEW))
    assert broken["stretch"].to_list() == [
        "in all",
        "before the break",
        "since the break",
        "last twelve months",
    ]
    assert whole["stretch"].to_list() == ["in all", "last twelve months"]
    assert broken.columns == list(COLUMNS)
    assert broken["change"].to_list() == [
        "429 times cheaper",
        "286 times cheaper",
        "1.5 times cheaper",
        "1.5 times cheaper",
    ]
    assert broken.row(0)[2:] == ("14 March 2023 to 29 November 2026", "$37.50 → $0.088")


@pytest.mark.parametrize(
    ("ends", "least", "said"),
    [
        ((37.5, 0.1375), (37.5, 0.0875), "273 to 429 times cheaper"),
        ((0.1, 0.2), (0.1, 0.2), "2 times dearer"),
        ((0.1, 0.3), (0.1, 0.2), "2 to 3 times dearer"),
        ((0.1, 0.157), (0.1, 0.1047), "up to 1.6 times dearer, or hardly changed"),
        ((0.1, 0.101), (0.1, 0.1), "hardly changed"),
        ((0.1, 0.2), (0.1, 0.05), "something between 2 times dearer and 2 times cheaper"),
    ],
)
def test_a_change_is_told_as_cheaper_or_dearer(
    ends: tuple[float, float], least: tuple[float, float], said: str
) -> None:
    """Never as a factor below one; both ends where a cheaper price may be asked."""
    assert change_text(Part(WINDOW, *ends, *least)) == said


def test_unpriced_models_are_counted() -> None:
    """One model is singular."""
    assert unpriced(steps(1.0)) == "Unpriced: 1 model that reaches it without such a price"


def test_only_rates_within_a_factor_thirty_count_as_told() -> None:
    """Undetermined rates do not count, nor do those with too few prices."""
    assert of_reference(RATES) == (
        "Of Epoch AI's 6 thresholds, with prices of makers and hosts to November 2026, 3 have a rate that "
        "can be told within a factor of 30"
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
        "**Same model, same price?** Of 22 listings of makers and hosts that are in every one of 40 versions "
        "from 14 March 2023 to 29 November 2026, 15 kept their price, 1 rose and 6 fell: their "
        "median price did not change, their geometric mean changed by -53\u00a0% (90 % interval -72\u00a0% "
        "to -30\u00a0%). Another sample, chained month to month with later listings included: -11\u00a0% a "
        "year. 49 of the 71 listings priced at the start are not in the basket, because they vanished or "
        "lacked a price at some point."
    )
    assert "chained" not in same_model(BASKET, replace(CHAIN, change_per_year=None))


def test_a_basket_too_small_is_said() -> None:
    """Without an estimate the verdict stands there with the counts."""
    small = replace(BASKET, estimate=None, n=3, verdict=BasketVerdict.CANNOT_BE_TOLD)
    assert same_model(small, CHAIN) == (
        "**Same model, same price?** Cannot be told: too few listings in every version (3 of 71)."
    )


def test_the_title_of_the_basket_is_what_its_figures_say() -> None:
    """How many of how many kept their price and, apart, what the mean of another sample did, in percent."""
    assert same_model_title(BASKET, CHAIN) == (
        "15 of the 22 listings of makers and hosts that are in every version kept their price. Of all "
        "listings, later ones included, the mean price, chained, fell by 29\u00a0%"
    )
    flat = replace(CHAIN, estimate=Estimate(1.001))
    assert same_model_title(BASKET, flat).endswith("chained, ended where it began")
    untold = replace(BASKET, verdict=BasketVerdict.CANNOT_BE_TOLD)
    assert same_model_title(untold, CHAIN).endswith("cannot be told")


@pytest.mark.parametrize(
    ("then", "now", "least_then", "least_now", "said"),
    [
        (1.0, 2.0, 1.0, 2.0, "rose by a factor of 2, from $1 to $2."),
        (1.0, 1.0, 1.0, 1.0, "did not change."),
        (1.02, 1.0, 1.02, 1.0, "hardly changed, from $1.02 to $1."),
        (4.0, 1.0, 2.0, 1.0, "became 2 to 4 times cheaper: from $4 to $1 as confirmed"),
        (1.0, 4.0, 1.0, 2.0, "became 2 to 4 times dearer: from $1 to $4 as confirmed"),
        (1.0, 4.0, 1.0, 1.0, "became up to 4 times dearer, or hardly changed: from $1 to $4"),
        (1.05, 2.1, 1.05, 1.0, "something between 2 times dearer and 1.1 times cheaper: from $1.05 to $2.10"),
        (2.0, 1.05, 1.0, 1.0, "something between 1.1 times dearer and 2 times cheaper: from $2 to $1.05"),
        (2.0, 1.0, 1.05, 1.0, "became 1.1 to 2 times cheaper: from $2 to $1"),
        (1.0, 2.1, 1.0, 1.05, "became 1.1 to 2.1 times dearer"),
        (2.0, 1.02, 1.0, 1.0, "up to 2 times cheaper, or hardly changed"),
        (1.05, 1.0, 1.0, 1.0, "fell by a factor of 1.1, from $1.05 to $1."),
        (1.0, 1.05, 1.0, 1.05, "rose by a factor of 1.1, from $1 to $1.05."),
    ],
)
def test_the_last_twelve_months_have_the_interval_of_what_is_not_confirmed(
    then: float, now: float, least_then: float, least_now: float, said: str
) -> None:
    """A price that may have begun earlier, or still be asked, widens what is told of the last year."""
    part = Part(Window(date(2025, 11, 29), ON), then, now, least_then, least_now)
    told = last_year(replace(fall(FallVerdict.TOO_FEW), last_year=part), PriceBasis.MAKER)
    assert said in told


def test_the_last_year_of_a_young_price_is_not_known() -> None:
    """Before its first price nothing cost anything."""
    assert last_year(replace(fall(FallVerdict.TOO_FEW), last_year=None), PriceBasis.MAKER) == ""


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (16.0, 4.2, 61.0, ": 16 times cheaper a year (90 % interval 4.2 to 61)"),
        (1.5, 0.5, 1.0, ": 1.5 times cheaper a year (90 % interval 0.5 to 1)"),
        (0.5, 0.25, 0.99, ": 2 times dearer a year (90 % interval 1 to 4)"),
    ],
)
def test_a_rate_that_rose_is_told_as_dearer(value: float, low: float, high: float, said: str) -> None:
    """Where the whole interval lies below one; its ends turn round with it."""
    assert brief_rate(fall(FallVerdict.ONE_RATE, Estimate(value, Interval(low, high)))) == said


def test_no_rate_and_no_year_before_say_nothing() -> None:
    """A rate without an interval is none."""
    assert brief_rate(None) == a_year_earlier(None) == ""
    assert brief_rate(fall(FallVerdict.ONE_RATE, Estimate(2.0))) == ""
    assert brief_rate(fall(FallVerdict.TOO_FEW)) == ""
    assert a_year_earlier(replace(fall(FallVerdict.TOO_FEW), last_year=None)) == ""
    assert a_year_earlier(fall(FallVerdict.TOO_FEW)) == "; a year earlier $0.13"


def test_a_year_earlier_may_have_been_cheaper_already() -> None:
    """Both ends are told where a cheaper price may have begun before a list first named it."""
    part = Part(Window(date(2025, 11, 29), ON), 0.13, 0.088, 0.088, 0.088)
    said = a_year_earlier(replace(fall(FallVerdict.TOO_FEW), last_year=part))
    assert said == "; a year earlier $0.088 to $0.13"


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((1.0, 1.0), "(90 %); the cheapest price is the same at both ends."),
        ((0.5, 2.0), "(90 %): at the lower end the cheapest price is $0.50, at the upper end $2."),
        ((1.0, 2.0), "(90 %): at the lower end the cheapest price is $1, at the upper end $2."),
        ((1.0, None), "(90 %): at the lower end the cheapest price is $1, at the upper end nothing on sale."),
        ((2.0, 2.0), "(90 %): at the lower end the cheapest price is $2, at the upper end $2."),
    ],
)
def test_the_error_of_the_score_reaches_the_price(ends: tuple[float | None, float | None], said: str) -> None:
    """What would be asked for the least and for the most that the score may be."""
    level = replace(capability(), unit="fraction", spread=Interval(0.3, 0.4, 0.9))
    told = of_spread(level, 1.0, ends).replace("\N{NO-BREAK SPACE}", " ")
    assert told == f"The score itself is known only within its error, 30.0 % to 40.0 % {said}"


@pytest.mark.parametrize(
    ("least", "asked", "less"),
    [
        (None, "$0.14", ", 273 times less than in March 2023"),
        (0.1375, "$0.14", ", 273 times less than in March 2023"),
        (0.131, "$0.14", ", 273 times less than in March 2023"),
        (0.1309, "$0.13 to $0.14", ", 273 to 286 times less than in March 2023"),
        (0.0875, "$0.088 to $0.14", ", 273 to 429 times less than in March 2023"),
    ],
)
def test_a_price_that_nobody_confirms_may_still_be_asked(least: float | None, asked: str, less: str) -> None:
    """Both ends are told where the lower one is hardly the same, of the price and of how much it fell."""
    found = steps(37.5, 0.1375)
    assert found.window is not None
    end = found.window.end
    maybe = [] if least is None else [(end - timedelta(days=9), end + timedelta(days=9), least)]
    found = replace(found, possible=pl.DataFrame(maybe, found.possible.schema, orient="row"))
    assert (asked_text(found), less_in_all(found)) == (asked, less)


OLD = Evidence(ON, date(2026, 5, 1))


def test_old_evidence_speaks_of_the_past() -> None:
    """Of its day, in the past tense, with a price and without."""
    assert first_line(steps(37.5, 0.0875), capability(), None, OLD).startswith(
        "On 1 May 2026 GPT-4's GPQA diamond score cost $0.088 per million tokens at the cheapest maker's "
    )
    assert first_line(steps(37.5, None), capability(), None, OLD) == (
        "On 1 May 2026 nothing that reaches GPT-4's GPQA diamond score (33 %) was on sale at a maker."
    )


def test_newly_asked_prices_have_their_months_or_are_too_few() -> None:
    """Counted with the models that ask them, by makers or by hosts."""
    assert of_newly_asked(RATES[0], PriceBasis.MAKER).startswith(
        "Through the tenth percentile of 10 new list prices of makers from March 2023 to November "
        "2026, at launch and at each change, of the 10 models that reach the score: "
    )
    assert of_newly_asked(replace(UNTOLD, window=None), PriceBasis.CHEAPEST_HOST) == (
        "No year has hosts' prices enough to say so."
    )


def test_thresholds_without_a_day_are_counted_all_the_same() -> None:
    """No month stands there."""
    assert of_reference([replace(UNTOLD, window=None)]) == (
        "Of Epoch AI's 1 threshold, with prices of makers and hosts, 0 have a rate that can be told within a "
        "factor of 30"
    )


def test_a_basket_without_a_chain_has_no_mean() -> None:
    """What is not known of either is left out, or said."""
    assert same_model_title(BASKET, replace(CHAIN, estimate=None)) == (
        "15 of the 22 listings of makers and hosts that are in every version kept their price"
    )
    assert same_model_title(replace(BASKET, share_unchanged=None), CHAIN).endswith("cannot be told")
    assert same_model(replace(BASKET, window=None), CHAIN).endswith("(22 of 71).")
    assert same_model(replace(BASKET, estimate=Estimate(0.47)), CHAIN).endswith("(22 of 71).")


def test_how_many_times_cheaper_stands_beside_the_stretch() -> None:
    """In sight on a telephone, before the days and the prices."""
    assert list(COLUMNS)[:2] == ["stretch", "change"]
