"""What is said of two booms: at most thirty words first, a range with n, and no more than the data tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.dotcom.base_rates import BaseRate, base_rate
from analysis.dotcom.capital_and_cash import spending_of_cash
from analysis.dotcom.likeness import Anchor, Likeness, LikenessRow, LikenessVerdict, likeness
from analysis.dotcom.money import same_definition_pairs
from analysis.results import Estimate
from questions.dotcom.markets import MARKETS
from questions.dotcom.words import (
    TWO_CASES,
    above_likeness,
    all_spending,
    amount,
    first_line,
    likeness_columns,
    likeness_rows,
    of_base_rate,
    of_cash,
    of_chips,
    of_differences,
    of_missing_cape,
    of_other_indexes,
    of_spending,
    of_untold_splits,
    of_what_followed,
    rests_on,
    untold_base_rate,
    value_text,
)

THEN, NOW = Anchor("then", date(1995, 8, 9)), Anchor("now", date(2022, 11, 30))
AS_OF = date(2026, 11, 29)


def alike() -> Likeness:
    """Two booms of 1,095 days: one doubles, one triples, both in a straight line."""
    days = [(start, share) for start in (THEN, NOW) for share in range(1096)]
    growth = {THEN: 1.0, NOW: 2.0}
    rows = [
        (start.starts_on + timedelta(days=n), 100.0 + 100.0 * growth[start] * n / 1095) for start, n in days
    ]
    closes = pl.DataFrame(rows, schema={"valid_on": pl.Date, "value": pl.Float64}, orient="row")
    return likeness(closes, THEN, NOW)


def base(episodes: int) -> BaseRate:
    """Dear months every ten years after which the price doubles within five years."""
    first, rows = date(1900, 1, 1), []
    for number in range(120 * episodes):
        year, month = divmod(number, 12)
        price = 2.0 ** (number / 60)
        rows.append(
            (first.replace(year=1900 + year, month=month + 1), price, 30.0 if number % 120 == 40 else 10.0)
        )
    schema = {"valid_on": pl.Date, "real_price": pl.Float64, "cape": pl.Float64}
    return base_rate(pl.DataFrame(rows, schema=schema, orient="row"))


NO_CAPES = pl.DataFrame(schema={"valid_on": pl.Date, "cape": pl.Float64})


@pytest.mark.parametrize("market", [market.title for market in MARKETS])
def test_the_first_line_has_both_booms_and_the_day_the_data_end(market: str) -> None:
    """Both rises at the same age; by whichever market, in at most thirty words."""
    line = first_line(alike(), market, AS_OF)
    assert line == (
        f"On 29 November 2025 the AI boom stood at 3.00 times its start ({market}), the dot-com boom at the "
        "same age (1,095 days) at 2.00 times."
    )
    assert len(line.split()) <= 30
    months = first_line(alike(), market, AS_OF, by_month=True)
    assert months.startswith("In November 2025 the AI boom stood at")
    headed = likeness_columns(alike(), by_month=True)
    assert (headed["then"].label, headed["now"].label) == ("then, August 1998", "now, November 2025")


@pytest.mark.parametrize(
    ("booms", "market", "why"),
    [
        (None, None, "no market has prices in both booms."),
        (None, "Cisco then, Nvidia now", "Cisco then, Nvidia now has no value at one of the starts."),
        (
            replace(alike(), now=replace(alike().now, run_up=None)),
            "Oracle",
            "too few days are recorded (Oracle).",
        ),
        (
            replace(alike(), then=replace(alike().then, run_up=None)),
            "Oracle",
            "too few days are recorded (Oracle).",
        ),
    ],
)
def test_what_cannot_be_told_is_the_first_line(booms: Likeness | None, market: str | None, why: str) -> None:
    """Without a market, a start or enough days the line says which of them is missing."""
    line = first_line(booms, market, AS_OF)
    assert line == f"As of 29 November 2026 how far the AI boom has risen cannot be told: {why}"
    assert len(line.split()) <= 30


def test_other_indexes_are_told_and_whether_they_agree() -> None:
    """Each with its own last day: a finding that turns with the index is not one of the boom."""
    higher_now = alike()
    higher_then = replace(
        higher_now, then=replace(higher_now.then, run_up=3.5), now=replace(higher_now.now, run_up=2.5)
    )
    assert of_other_indexes(higher_now, {}) == ""
    assert of_other_indexes(higher_now, {"B": higher_then}) == (
        "**By other indexes.** B, on 29 November 2025: AI boom 2.50 times its start, dot-com boom 3.50 "
        "times. Which boom stood higher at the same age depends on the index and on its last day."
    )
    assert "B, in November 2025: AI boom" in of_other_indexes(higher_now, {"B": higher_then}, ["B"])
    agreed = "By each of them the {} boom stood higher at the same age."
    assert of_other_indexes(higher_now, {"B": higher_now}).endswith(agreed.format("AI"))
    assert of_other_indexes(higher_then, {"B": higher_then}).endswith(agreed.format("dot-com"))


def test_a_cape_that_ends_before_the_prices_is_told_with_its_last() -> None:
    """Its month and value; nothing where it is known, or where none ever was."""
    capes = pl.DataFrame({"valid_on": [date(2025, 8, 1), date(2025, 9, 1)], "cape": [39.0, 40.26]})
    assert of_missing_cape(alike(), capes) == (
        "The CAPE of November 2025 is not known; its last, of September 2025, is 40.3."
    )
    told = replace(alike(), now=replace(alike().now, cape=40.0))
    assert of_missing_cape(told, capes) == ""
    assert of_missing_cape(alike(), NO_CAPES) == ""


def test_what_followed_has_its_range_and_its_number() -> None:
    """Prices doubled after each of four markets: the range is one number, and still no forecast."""
    followed = base(4)
    words = of_what_followed(followed)
    assert words == (
        "Real prices 5 years after 4 expensive, fast-rising markets (at least CAPE 25 and +50\u00a0% in "
        "3 years): "
        "+100\u00a0%; what comes next cannot be told."
    )
    assert len(words.split()) <= 30
    told = (
        "5 years after each of 4 earlier markets with a CAPE of at least 25 and a real rise of at least "
        "50\u00a0% in 3 years the real price had changed by +100\u00a0%: prices were higher "
        "after every episode, so what comes next cannot be told."
    )
    assert of_base_rate(followed, NO_CAPES) == told
    firsts = [episode.first_on for episode in followed.episodes]
    capes = pl.DataFrame(
        {"valid_on": [*firsts, date(2026, 9, 1)], "cape": [25.0 + n for n in range(len(firsts))] + [39.6]}
    )
    assert of_base_rate(followed, capes) == (
        f"{told} Their CAPE was 25.0 to 28.0 when they began; in September 2026 it was 39.6."
    )


def test_a_median_without_a_range_is_not_told() -> None:
    """In neither place; how many episodes there were is said."""
    followed = base(4)
    last = replace(followed.outcomes[-1], estimate=Estimate(1.0))
    found = replace(followed, outcomes=(*followed.outcomes[:-1], last))
    assert of_what_followed(found) == of_base_rate(found, NO_CAPES) == untold_base_rate(4)
    assert untold_base_rate(4).endswith("cannot be told: n = 4 episodes, three are needed.")


@pytest.mark.parametrize("episodes", [1, 2])
def test_fewer_than_three_episodes_say_nothing(episodes: int) -> None:
    """Caveat and paragraph name n and what is needed."""
    followed = base(episodes)
    assert of_what_followed(followed) == of_base_rate(followed, NO_CAPES)
    assert f"cannot be told: n = {episodes} episode" in of_base_rate(followed, NO_CAPES)
    assert of_what_followed(None) == ""


def test_each_quantity_stands_under_its_verdict() -> None:
    """What is larger now, alike and not to be told, in one sentence."""
    words = of_differences(alike().rows)
    assert "**larger now**: run-up since the start" in words
    assert "**not to be told**: CAPE." in words
    verdicts = {
        "rise": LikenessVerdict.LARGER_NOW,
        "fall": LikenessVerdict.SMALLER_NOW,
        "CAPE": LikenessVerdict.ALIKE,
        "noise": LikenessVerdict.CANNOT_BE_TOLD,
        "level": LikenessVerdict.DEPENDS_ON_START,
        "shares": LikenessVerdict.ALIKE,
    }
    rows = tuple(LikenessRow(name, "times", 1.0, 1.0, verdict) for name, verdict in verdicts.items())
    assert of_differences(rows) == (
        "**Alike**: CAPE, shares; **larger now**: rise; **smaller now**: fall; **depends on the start**: "
        "level; **not to be told**: noise."
    )


def test_likeness_is_headed_by_the_days_up_to_which_both_booms_are_counted() -> None:
    """Each row has its verdict, in sight on a telephone too, and its figures in their unit."""
    found = alike()
    assert above_likeness(found) == (
        "**Likeness and difference 1,095 days after each start**, without a score over them. Alike: the "
        "larger figure is at most 1.25 times the smaller, a convention and not a test. A verdict that "
        "changes when both starts move by up to 6 months depends on the start."
    )
    heads = {name: column.label for name, column in likeness_columns(found).items()}
    assert heads == {
        "quantity": "quantity",
        "then": "then, 8 August 1998",
        "now": "now, 29 November 2025",
        "verdict": "verdict",
    }
    rows = likeness_rows(found)
    assert rows.columns == list(heads)
    assert rows.row(0) == ("run-up since the start", "larger now", "2.00 times", "3.00 times")
    fallen = replace(found, rows=(replace(found.rows[0], then=-0.26, unit="share"),))
    assert likeness_rows(fallen)["then"].item() == "\u221226\u00a0%"


def test_the_comparison_rests_on_both_starts() -> None:
    """How many values from which start, by which market; without these on two cases alone."""
    found = alike()
    assert rests_on(found, "Oracle") == (
        f"Oracle: {found.then.n:,} values from 9 August 1995 (then) and {found.now.n:,} values from 30 "
        f"November "
        f"2022 (now). {TWO_CASES}"
    )
    assert rests_on(found, None) == TWO_CASES
    assert rests_on(None, "Oracle") == TWO_CASES


def test_measures_with_one_side_are_told_apart() -> None:
    """Names with commas in them are parted by semicolons."""
    rows = [("railways, United States", "share", "1880s", 6.0), ("fibre, lit", "share", "2004", 3.0)]
    schema = {"measure": pl.String, "unit": pl.String, "period": pl.String, "value": pl.Float64}
    words = of_spending(same_definition_pairs(pl.DataFrame(rows, schema=schema, orient="row")))
    assert words == (
        "No measure has a figure of one definition on both sides. These have one side only and have no "
        "counterpart: fibre, lit; railways, United States."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.095, "9.5\u00a0%"),
        (1.0, "100.0\u00a0%"),
        (25e6, "25 million"),
        (999e6, "999 million"),
        (1e9, "1 billion"),
        (13.25e9, "13.2 billion"),
    ],
)
def test_amounts_are_shares_millions_or_billions(value: float, text: str) -> None:
    """Up to 1 it is a share."""
    assert amount(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "times", "cannot be told"),
        (2.514, "times", "2.51 times"),
        (-0.256, "share", "-26\u00a0%"),
        (0.1874, "per year", "18.7\u00a0% a year"),
        (33.46, "ratio", "33.5"),
    ],
)
def test_figures_are_said_in_their_unit(value: float | None, unit: str, text: str) -> None:
    """Times, share, per year or ratio; nothing is no number."""
    assert value_text(value, unit) == text


def test_spending_out_of_cash_says_whose_and_until_when() -> None:
    """Which companies, which quarters and what is left out: two companies are not the industry."""
    starts = [date(2024 + at // 4, 1 + 3 * (at % 4), 1) for at in range(8)]
    spent = pl.DataFrame({"company": "Quokka", "starts_on": starts, "value": [1.0] * 4 + [3.0] * 4})
    cash = pl.DataFrame({"company": "Quokka", "starts_on": starts, "value": [10.0] * 8})
    said = of_cash(spending_of_cash(spent, cash)).replace("\u00a0", " ")
    assert "Quokka put 30 % of their cash" in said
    assert "over the four quarters to the end of December 2025, and 10 % in the year before" in said
    assert "Leases and debt come on top" in said


def test_chips_sold_are_told_with_their_growth() -> None:
    """Twice as many after a year, as a sum of so many designers."""
    sold = pl.DataFrame(
        {"valid_on": [date(2025, 6, 30), date(2026, 6, 30)], "value": [1.0e7, 2.0e7], "n": [6, 6]}
    )
    said = of_chips(sold)
    assert "by 30 June 2026 the 6 designers" in said
    assert "20 million H100s" in said
    assert "grown by a factor of 2 a year" in said


def test_several_companies_are_named() -> None:
    """The last one after "and"."""
    starts = [date(2024 + at // 4, 1 + 3 * (at % 4), 1) for at in range(8)]
    companies = [name for name in ("Quokka", "Numbat", "Bilby") for _ in starts]
    spent = pl.DataFrame({"company": companies, "starts_on": starts * 3, "value": [3.0] * 24})
    said = of_cash(spending_of_cash(spent, spent.with_columns(value=pl.lit(10.0))))
    assert "**Capital spending against cash**: Bilby, Numbat and Quokka put 30\u00a0% of their cash" in said


def test_a_year_without_cash_has_no_share_of_it() -> None:
    """Where operations brought in nothing the year before no share of that year is told."""
    starts = [date(2024 + at // 4, 1 + 3 * (at % 4), 1) for at in range(8)]
    spent = pl.DataFrame({"company": "Quokka", "starts_on": starts, "value": [3.0] * 8})
    cash = spent.with_columns(value=pl.Series([-1.0] * 4 + [10.0] * 4))
    assert of_cash(spending_of_cash(spent, cash)) == (
        "**Capital spending against cash**: Quokka put 30\u00a0% of their cash from operations into property "
        "and "
        "equipment over the four quarters to the end of December 2025, which cannot be told of the "
        "year "
        "before. Leases and debt come on top."
    )


def test_chips_over_two_years_have_the_growth_of_one() -> None:
    """Nine times as many after two years of 365.25 days is three times a year; one designer is singular."""
    days = [date(2024, 1, 1), date(2026, 1, 1)]
    said = of_chips(pl.DataFrame({"valid_on": days, "value": [1.0e6, 9.0e6], "n": [1, 1]}))
    assert said == (
        "**Compute built**: by 1 January 2026 the 1 designer that Epoch AI follows had sold AI chips worth 9 "
        "million H100s, by sums of medians; since 1 January 2024 the total has grown by a factor of 3 a year."
    )


def test_a_pair_of_one_definition_is_told_with_both_periods() -> None:
    """The figures stand beside each other; where all measures have two sides nothing is said of one side."""
    rows = [("software", "percent of GDP", "2000Q4", 4.6), ("software", "percent of GDP", "2025Q2", 4.4)]
    schema = {"measure": pl.String, "unit": pl.String, "period": pl.String, "value": pl.Float64}
    assert of_spending(same_definition_pairs(pl.DataFrame(rows, schema=schema, orient="row"))) == (
        "**Software**: 4.6 percent of GDP in the fourth quarter of 2000, 4.4 in the second quarter of 2025: "
        "lower in the later one, by the same definition."
    )


def test_what_could_not_be_split_is_named() -> None:
    """With the reason."""
    assert of_untold_splits(["Cisco", "Nvidia"]) == (
        "Cannot be told, for want of positive earnings or a price at one end: Cisco, Nvidia."
    )


def test_figures_of_spending_are_counted() -> None:
    """The line that opens them says how many."""
    assert all_spending(3) == "All 3 figures of capital spending, with their sources"
