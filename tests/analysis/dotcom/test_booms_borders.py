"""Two booms at the borders of their rules: anchors, falls, volatility, likeness, pairs and splits."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from analysis.dotcom.likeness import (
    AlignmentVerdict,
    Anchor,
    LikenessVerdict,
    _compared,
    aligned,
    boom_figures,
    likeness,
)
from analysis.dotcom.market_falls import (
    AdoptionVerdict,
    FallVerdict,
    adoption_through,
    fall_after_peak,
)
from analysis.dotcom.money import PairVerdict, same_definition_pairs, venture_money
from analysis.dotcom.price_split import SplitVerdict, company_price_split, price_split
from analysis.results import Window, months_after

START = Anchor("start", date(2020, 1, 6))


def series(*values: float | None, first: date = START.starts_on, step: int = 1) -> pl.DataFrame:
    """One value every so many days."""
    days = [first + timedelta(days=step * at) for at in range(len(values))]
    return pl.DataFrame({"valid_on": days, "value": list(values)}, schema_overrides={"value": pl.Float64})


@pytest.mark.parametrize(("old", "told"), [(0, True), (35, True), (36, False)])
def test_an_anchor_is_at_most_thirty_five_days_older(old: int, told: bool) -> None:
    """As the last trading day of a month is; a nought or nothing is no level."""
    rows = series(50.0, 0.0, first=START.starts_on - timedelta(days=old), step=200)
    found = aligned(rows, START, days=0)
    assert (found.verdict is AlignmentVerdict.COVERED) is told or old > 7
    assert (found.n > 0) is told
    assert found.levels["index"].to_list() == ([100.0] if told else [])
    assert found.method == "nominal level, start (2020-01-06) = 100"
    assert found.window == Window(rows["valid_on"][0], rows["valid_on"][0])


def test_a_real_series_says_so_and_lacks_what_no_index_of_prices_covers() -> None:
    """The month's figure, or the last before; days before the first are left out."""
    prices = pl.DataFrame({"valid_on": [date(2020, 1, 7), date(2020, 1, 8)], "value": [2.0, None]})
    found = aligned(series(1.0, 4.0, 8.0, 8.0), Anchor("a", date(2020, 1, 7)), 1, prices)
    assert found.levels.rows() == [(date(2020, 1, 7), 0, 100.0), (date(2020, 1, 8), 1, 200.0)]
    assert (found.is_real, found.n, found.method) == (True, 2, "real level, a (2020-01-07) = 100")
    assert aligned(series(1.0).clear(), START, 5).window is None
    assert aligned(series(1.0).clear(), START, 5).verdict is AlignmentVerdict.CANNOT_BE_TOLD


def deepest(values: list[float]) -> tuple[float, int, int]:
    """Every pair of days in order, the deepest fall of all."""
    pairs = [(values[b] / values[a] - 1, a, b) for b in range(len(values)) for a in range(b + 1)]
    return min(pairs, key=lambda pair: pair[0])


@pytest.mark.parametrize("seed", range(4))
def test_figures_of_a_boom_are_those_of_loops(seed: int) -> None:
    """Run-up to the day asked for, the deepest fall of all pairs of days, the spread of log changes."""
    walk = np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.1, 40))).tolist()
    found = boom_figures(series(*walk), START, days=29)
    own = walk[:30]
    depth, high, low = deepest(own)
    assert (found.n, found.days, found.until_on) == (30, 29, START.starts_on + timedelta(days=29))
    assert found.run_up == pytest.approx(own[-1] / own[0])
    assert found.deepest_fall == pytest.approx(depth)
    assert found.fall_from_on == START.starts_on + timedelta(days=high)
    assert found.fall_to_on == START.starts_on + timedelta(days=low)
    changes = [math.log(b / a) for a, b in pairwise(own)]
    mean = sum(changes) / 29
    spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / 28)
    assert found.volatility == pytest.approx(spread * math.sqrt(252))
    assert found.verdict is AlignmentVerdict.COVERED


@pytest.mark.parametrize(
    ("step", "a_year"), [(1, 252), (3, 252), (4, 52), (7, 52), (19, 52), (20, 12), (30, 12)]
)
def test_volatility_counts_trading_days_weeks_or_months(step: int, a_year: int) -> None:
    """By the median gap between values."""
    values = np.exp(np.random.default_rng(1).normal(0, 0.1, 13)).tolist()
    found = boom_figures(series(*values, step=step), START, days=step * 13)
    assert found.volatility == pytest.approx(np.diff(np.log(values)).std(ddof=1) * math.sqrt(a_year))


def test_a_series_that_ends_before_tells_of_its_last_day() -> None:
    """One value alone is no boom, and one that ended before the start has run for no days."""
    short = boom_figures(series(1.0, 3.0), START, days=99)
    assert (short.days, short.until_on, short.run_up) == (1, date(2020, 1, 7), 3.0)
    assert short.verdict is AlignmentVerdict.ENDS_EARLY
    single = boom_figures(series(1.0), START, days=0)
    assert (single.n, single.run_up, single.verdict) == (1, None, AlignmentVerdict.CANNOT_BE_TOLD)
    before = boom_figures(series(1.0, 2.0, first=date(2019, 12, 20)), START, days=9)
    assert (before.days, before.run_up) == (0, None)
    empty = boom_figures(series(1.0).clear(), START, days=9)
    assert (empty.days, empty.window, empty.cape) == (9, None, None)


CAPE = pl.DataFrame(
    {
        "valid_on": [date(2019, month, 1) for month in range(10, 13)] + [date(2020, 1, 1)],
        "value": [10.0, 20, 30, 20],
    }
)


def test_cape_is_that_of_the_month() -> None:
    """An unknown month has none."""
    found = boom_figures(series(1.0, 2.0), START, days=1, cape=CAPE)
    assert found.cape == 20.0
    later = boom_figures(series(*[1.0] * 40), START, days=39, cape=CAPE)
    assert later.cape is None


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (4.0, 5.0, LikenessVerdict.ALIKE),
        (5.0, 4.0, LikenessVerdict.ALIKE),
        (4.0, 5.01, LikenessVerdict.LARGER_NOW),
        (5.01, 4.0, LikenessVerdict.SMALLER_NOW),
        (-0.5, -0.3, LikenessVerdict.SMALLER_NOW),
        (-0.3, -0.5, LikenessVerdict.LARGER_NOW),
        (0.0, 0.0, LikenessVerdict.ALIKE),
        (None, 1.0, LikenessVerdict.CANNOT_BE_TOLD),
        (1.0, None, LikenessVerdict.CANNOT_BE_TOLD),
    ],
)
def test_figures_within_a_quarter_are_alike(
    then: float | None, now: float | None, verdict: LikenessVerdict
) -> None:
    """By size, whichever is the larger."""
    assert _compared(then, now, 1.25) is verdict


def test_booms_are_compared_over_the_days_of_the_later_one() -> None:
    """With the words of the method, and the units of each row."""
    later = Anchor("later", date(2021, 1, 6))
    rows = pl.concat([series(*[2.0] * 20), series(*[3.0] * 5, first=later.starts_on)])
    found = likeness(rows, START, later, CAPE)
    assert found.days == 4
    assert found.method == "same series, 4 days after each start; alike within x1.25"
    assert [(row.quantity, row.unit) for row in found.rows] == [
        ("run-up since the start", "times"),
        ("deepest fall on the way", "share"),
        ("volatility", "per year"),
        ("CAPE", "ratio"),
    ]
    assert likeness(rows.clear(), START, later).days == 0
    assert likeness(rows, START, Anchor("to come", date(2022, 1, 1))).days == 0


def test_of_equal_peaks_and_lows_the_first_counts_and_an_equal_close_is_no_record() -> None:
    """Peak and trough on their days, years of 365 days up to the close above."""
    rows = series(9.0, 10.0, 7.0, 10.0, 4.0, 4.0, 10.0, 10.5)
    found = fall_after_peak(rows.reverse(), Window(date(2020, 1, 6), date(2020, 1, 20)))
    assert (found.peak_on, found.peak, found.verdict) == (date(2020, 1, 13), 10.5, FallVerdict.NO_FALL)
    found = fall_after_peak(rows, Window(date(2020, 1, 6), date(2020, 1, 12)))
    assert (found.peak_on, found.trough_on) == (date(2020, 1, 7), date(2020, 1, 10))
    assert (found.regained_on, found.depth) == (date(2020, 1, 13), -0.6)
    assert found.years_to_record == pytest.approx(6 / 365)
    assert (found.n, found.window) == (8, Window(date(2020, 1, 6), date(2020, 1, 13)))
    next_day = fall_after_peak(series(1.0, 2.0, 3.0), Window(date(2020, 1, 6), date(2020, 1, 7)))
    assert (next_day.verdict, next_day.depth, next_day.trough) == (FallVerdict.REGAINED, None, None)
    assert next_day.years_to_record == pytest.approx(1 / 365)


@pytest.mark.parametrize(
    ("first", "last", "verdict", "change"),
    [
        (10.0, 20.0, AdoptionVerdict.WENT_ON, 2 ** (365 / 730) - 1),
        (20.0, 10.0, AdoptionVerdict.FELL, 0.5 ** (365 / 730) - 1),
        (10.0, 10.0, AdoptionVerdict.FELL, 0.0),
        (0.0, 10.0, AdoptionVerdict.CANNOT_BE_TOLD, None),
    ],
)
def test_use_grows_at_a_compound_rate(
    first: float, last: float, verdict: AdoptionVerdict, change: float | None
) -> None:
    """Two years of 365 days; out of nothing there is no rate."""
    rows = series(first, last, step=730)
    found = adoption_through(rows, START.starts_on, START.starts_on + timedelta(days=730))
    assert found.verdict is verdict
    assert found.change_per_year == (None if change is None else pytest.approx(change))
    assert (found.n, found.window) == (2, Window(START.starts_on, START.starts_on + timedelta(days=730)))


@pytest.mark.parametrize(("away", "told"), [(366, True), (367, False)])
def test_a_figure_of_use_lies_within_a_year_of_its_day(away: int, told: bool) -> None:
    """A leap year's; the nearest of several, and never the same at both ends."""
    rows = series(10.0, 20.0, step=2000)
    found = adoption_through(
        rows, START.starts_on + timedelta(days=away), START.starts_on + timedelta(days=2000)
    )
    assert (found.at_peak is not None) is told
    same = adoption_through(rows, START.starts_on, START.starts_on + timedelta(days=100))
    assert same.verdict is AdoptionVerdict.CANNOT_BE_TOLD
    assert adoption_through(rows.clear(), START.starts_on, START.starts_on).window is None
    near = adoption_through(series(1.0, 2.0, 4.0, step=100), date(2020, 4, 20), date(2020, 7, 20))
    assert (near.at_peak, near.at_trough) == (2.0, 4.0)


@pytest.mark.parametrize(
    ("now", "verdict"),
    [(4.7, PairVerdict.HIGHER_NOW), (4.6, PairVerdict.EQUAL), (4.5, PairVerdict.LOWER_NOW)],
)
def test_a_pair_is_the_highest_of_each_era(now: float, verdict: PairVerdict) -> None:
    """To 2003 and from 2022; what lies between, or is not known, is of neither."""
    rows = [
        ("software", "percent", "1999", 4.0),
        ("software", "percent", "2003Q4", 4.6),
        ("software", "percent", "2004", 99.0),
        ("software", "percent", "2021", 99.0),
        ("software", "percent", "2022", now),
        ("software", "percent", "2023", 1.0),
        ("software", "percent", "2024", None),
        ("software", "dollars", "2024", 5.0),
        ("chips", "percent", "2024", 5.0),
    ]
    found = same_definition_pairs(
        pl.DataFrame(rows, schema=["measure", "unit", "period", "value"], orient="row")
    )
    (pair,) = found.pairs
    assert (pair.period_then, pair.then, pair.period_now, pair.now) == ("2003Q4", 4.6, "2022", now)
    assert (found.verdict, pair.verdict, found.n) == (verdict, verdict, 1)
    assert found.one_sided == ("chips",)


def test_two_pairs_have_no_verdict_together() -> None:
    """Each has its own."""
    rows = [(measure, "u", year, 1.0) for measure in ("b", "a") for year in ("2000", "2024")]
    found = same_definition_pairs(
        pl.DataFrame(rows, schema=["measure", "unit", "period", "value"], orient="row")
    )
    assert [pair.measure for pair in found.pairs] == ["a", "b"]
    assert (found.n, found.verdict) == (2, PairVerdict.CANNOT_BE_TOLD)


def test_only_whole_years_of_venture_money_are_told() -> None:
    """A half-year and a bound are none; both scopes stand beside the figures."""
    then = pl.DataFrame({"tracker": ["a", "a"], "period": ["1999", "1999H1"], "usd_billion": [35.6, 9.0]})
    now = pl.DataFrame(
        {"tracker": ["c", "b", "b"], "period": [2024, 2025, 2024], "usd_billion": [1.0, 3, None]}
    )
    found = venture_money(then, now, "all", "AI")
    assert found.years.rows() == [
        ("dotcom", "a", 1999, 35.6),
        ("ai", "b", 2025, 3.0),
        ("ai", "c", 2024, 1.0),
    ]
    assert (found.n, found.scope_then, found.scope_now) == (3, "all", "AI")


FIRST, LAST = date(2000, 1, 1), date(2002, 1, 1)


def split(price: float, earnings: float) -> pl.DataFrame:
    """Prices and earnings of both ends, from 1 and 1, as multiples."""
    return pl.DataFrame({"valid_on": [FIRST, LAST], "price": [1.0, price], "earnings": [1.0, earnings]})


@pytest.mark.parametrize(
    ("price", "earnings", "verdict"),
    [
        (8.0, 4.01, SplitVerdict.MOSTLY_EARNINGS),
        (8.0, 3.99, SplitVerdict.BOTH),
        (8.0, 2.01, SplitVerdict.BOTH),
        (8.0, 1.99, SplitVerdict.MOSTLY_MULTIPLE),
        (1.0, 4.0, SplitVerdict.NO_RISE),
        (0.9, 4.0, SplitVerdict.NO_RISE),
        (8.0, -1.0, SplitVerdict.CANNOT_BE_TOLD),
        (8.0, 0.0, SplitVerdict.CANNOT_BE_TOLD),
    ],
)
def test_a_rise_is_mostly_what_makes_two_thirds_of_it(
    price: float, earnings: float, verdict: SplitVerdict
) -> None:
    """Of its logarithm; between a third and two thirds it is both."""
    found = price_split(split(price, earnings), FIRST, LAST)
    assert found.verdict is verdict
    if earnings > 0:
        assert found.price == pytest.approx(math.log(price))
        assert found.earnings == pytest.approx(math.log(earnings))
        assert found.multiple == pytest.approx(math.log(price / earnings))
    assert (found.n, found.window) == (2, Window(FIRST, LAST))


def test_neighbouring_starts_are_six_months_either_way() -> None:
    """Each month that has both figures, to the same end; months outside of the window do not count in n."""
    days = [months_after(FIRST, shift) for shift in range(-8, 25)]
    rows = pl.DataFrame(
        {
            "valid_on": days,
            "price": [2.0**at for at in range(33)],
            "earnings": [1.0 if at != 8 else None for at in range(33)],
        }
    )
    found = price_split(rows, FIRST, LAST)
    assert found.verdict is SplitVerdict.CANNOT_BE_TOLD
    assert found.n == 25
    starts = [months_after(FIRST, shift) for shift in range(-6, 7) if shift]
    assert found.sensitivity["start_on"].to_list() == starts
    wanted = [(32 - 2 - at) * math.log(2) for at in range(13) if at != 6]
    assert found.sensitivity["price"].to_list() == pytest.approx(wanted)


def test_a_company_is_told_with_its_years_and_their_notes() -> None:
    """Both fiscal years by name and end, and what was said of them; starts moved as for a market."""
    ends = [date(1999, 12, 31), date(2001, 12, 31)]
    reports = pl.DataFrame(
        {
            "fiscal_period": ["FY1999", "FY2001"],
            "period_end_on": ends,
            "eps": [1.0, 2.5],
            "note": [None, "a gain"],
        }
    )
    closes = pl.DataFrame({"valid_on": [date(1999, 12, 30), date(2001, 12, 28)], "value": [10.0, 40.0]})
    found = company_price_split(closes, reports, FIRST, LAST)
    assert found.notes == (
        "FY1999 (year to 1999-12-31): 1 per share",
        "FY2001 (year to 2001-12-31): 2.5 per share",
        "FY2001: a gain",
    )
    assert (found.n, found.sensitivity["start_on"].to_list()) == (2, [FIRST, date(2000, 2, 1)])
    none = company_price_split(closes.head(1), reports, FIRST, LAST)
    assert (none.n, none.price, none.sensitivity.height) == (1, None, 0)
