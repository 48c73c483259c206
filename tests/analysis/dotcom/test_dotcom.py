"""What laying two booms over each other may and may not say."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.dotcom.likeness import (
    CHATGPT_OPENING,
    NETSCAPE_LISTING,
    AlignmentVerdict,
    Anchor,
    LikenessVerdict,
    aligned,
    boom_figures,
    likeness,
)
from analysis.dotcom.market_falls import AdoptionVerdict, FallVerdict, adoption_through, fall_after_peak
from analysis.dotcom.money import PairVerdict, same_definition_pairs, venture_money
from analysis.dotcom.price_split import SplitVerdict, company_price_split, earnings_near
from analysis.results import Window
from tests.places import SHARED

needs_recordings = [
    pytest.mark.recordings,
    pytest.mark.skipif(
        not (SHARED / "recordings").is_dir(), reason="the recordings are not beside the repository"
    ),
]

START = Anchor("start", date(2020, 1, 6))


def daily(values: list[float | None], start: date = START.starts_on) -> pl.DataFrame:
    days = [start + timedelta(days=number) for number in range(len(values))]
    return pl.DataFrame(
        {"valid_on": days, "value": values}, schema={"valid_on": pl.Date, "value": pl.Float64}
    )


def test_the_two_booms_start_on_the_days_of_record() -> None:
    """Netscape's first trading day, and the day on which OpenAI opened ChatGPT to the public."""
    assert (NETSCAPE_LISTING.starts_on, CHATGPT_OPENING.starts_on) == (date(1995, 8, 9), date(2022, 11, 30))


def test_the_anchor_is_one_hundred() -> None:
    """The index is 100 on the anchor's day and counts days from it, before as well as after."""
    result = aligned(daily([40.0, 50.0, 75.0], date(2020, 1, 5)), START, days=10)
    assert result.levels["index"].to_list() == [80.0, 100.0, 150.0]
    assert result.levels["days"].to_list() == [-1, 0, 1]


def test_a_holiday_at_the_anchor_takes_the_last_close_before() -> None:
    """Where the anchor's day has no value the last one before it stands for it."""
    result = aligned(daily([50.0, None, 100.0], date(2020, 1, 5)), START, days=10)
    assert result.levels["index"].to_list() == [100.0, 200.0]


def test_the_end_of_a_series_is_said() -> None:
    """A series shorter than the days asked for says so and where it ends."""
    result = aligned(daily([50.0] * 30), START, days=100)
    assert result.verdict is AlignmentVerdict.ENDS_EARLY
    assert result.window is not None
    assert result.window.end == date(2020, 2, 4)
    assert aligned(daily([50.0] * 30), START, days=20).verdict is AlignmentVerdict.COVERED


@pytest.mark.parametrize(
    ("days", "verdict"), [(36, AlignmentVerdict.COVERED), (37, AlignmentVerdict.ENDS_EARLY)]
)
def test_a_week_may_be_missing_at_the_end(days: int, verdict: AlignmentVerdict) -> None:
    """Thirty values reach the 29th day: asked for 36 a week is missing, which holidays may be; not for 37."""
    assert aligned(daily([50.0] * 30), START, days=days).verdict is verdict


def test_a_series_that_begins_after_the_anchor_cannot_be_aligned() -> None:
    """Without a value at the anchor there is no index and no figure."""
    late = daily([50.0] * 30, date(2021, 1, 1))
    assert aligned(late, START, days=900).levels.is_empty()
    figures = boom_figures(late, START, days=900)
    assert figures.verdict is AlignmentVerdict.CANNOT_BE_TOLD
    assert (figures.run_up, figures.deepest_fall, figures.volatility) == (None, None, None)


def test_real_levels_take_out_inflation() -> None:
    """With consumer prices doubled, an unchanged price has lost half."""
    prices = pl.DataFrame({"valid_on": [date(2020, 1, 1), date(2020, 2, 1)], "value": [100.0, 200.0]})
    result = aligned(daily([50.0] * 30), START, days=100, consumer_prices=prices)
    assert result.is_real
    assert (result.levels["index"][0], result.levels["index"][-1]) == (100.0, 50.0)


def test_the_deepest_fall_is_from_the_highest_point_before_it() -> None:
    """A fall is measured from the running maximum, within the boom only."""
    figures = boom_figures(daily([10.0, 20, 16, 30, 24, 12, 40, 4]), START, days=6)
    assert figures.deepest_fall == pytest.approx(-0.6)
    assert (figures.fall_from_on, figures.fall_to_on) == (date(2020, 1, 9), date(2020, 1, 11))
    assert figures.run_up == 4.0


def test_volatility_of_a_handful_of_days_is_not_told() -> None:
    """Fewer than thirteen values give no volatility."""
    assert boom_figures(daily([1.0, 2.0] * 6), START, days=100).volatility is None
    assert boom_figures(daily([1.0, 2.0] * 7), START, days=100).volatility is not None


def test_likeness_compares_equal_spans_and_keeps_no_score() -> None:
    """Both booms run for as long as the later one has; every quantity has its own verdict."""
    growth = np.exp(np.linspace(0, 1, 101))
    series = pl.concat([daily(list(growth)), daily(list(growth[:51]), date(2021, 1, 4))])
    result = likeness(series, START, Anchor("second", date(2021, 1, 4)))
    assert result.days == 50
    assert result.then.days == 50
    by_name = {row.quantity: row for row in result.rows}
    assert by_name["run-up since the start"].verdict is LikenessVerdict.ALIKE
    assert by_name["CAPE"].verdict is LikenessVerdict.CANNOT_BE_TOLD


def test_a_fall_ends_with_the_next_record() -> None:
    """Depth is from the peak to the lowest close before the next record; later lows do not count."""
    peak_days = Window(date(2020, 1, 6), date(2020, 1, 10))
    result = fall_after_peak(daily([5.0, 10, 8, 4, 9, 10, 11, 1]), peak_days)
    assert (result.peak, result.trough, result.depth) == (10.0, 4.0, -0.6)
    assert result.regained_on == date(2020, 1, 12)
    assert result.verdict is FallVerdict.REGAINED


def test_a_peak_not_regained_says_until_when() -> None:
    """Without a later record there is no number of years; the window's end says how far we see."""
    result = fall_after_peak(daily([5.0, 10, 8, 4, 9]), Window(date(2020, 1, 6), date(2020, 1, 8)))
    assert result.years_to_record is None
    assert result.verdict is FallVerdict.NOT_REGAINED
    assert result.window is not None
    assert result.window.end == date(2020, 1, 10)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [([1.0, 2.0], FallVerdict.NO_FALL), ([2.0, 3.0], FallVerdict.NO_FALL), ([], FallVerdict.CANNOT_BE_TOLD)],
)
def test_no_fall_and_no_data_are_told_apart(values: list[float | None], verdict: FallVerdict) -> None:
    """A peak at the series' end is no fall; an empty series says that it cannot be told."""
    result = fall_after_peak(daily(values), Window(date(2020, 1, 1), date(2020, 2, 1)))
    assert result.verdict is verdict
    assert result.depth is None


def yearly(*rows: tuple[int, float]) -> pl.DataFrame:
    return pl.DataFrame(
        {"valid_on": [date(year, 7, 1) for year, _ in rows], "value": [value for _, value in rows]}
    )


def test_adoption_is_read_at_both_ends_of_the_fall() -> None:
    """The figures nearest to peak and trough are compared, at a compound rate a year."""
    result = adoption_through(
        yearly((1999, 30.0), (2000, 40.0), (2002, 57.6)), date(2000, 3, 10), date(2002, 10, 9)
    )
    assert (result.at_peak, result.at_trough) == (40.0, 57.6)
    assert result.change_per_year == pytest.approx(0.2, abs=0.001)
    assert result.verdict is AdoptionVerdict.WENT_ON


def test_adoption_that_was_not_recorded_then_is_not_guessed() -> None:
    """A series that begins years after the fall cannot tell."""
    result = adoption_through(yearly((2014, 40.0), (2015, 50.0)), date(2000, 3, 10), date(2002, 10, 9))
    assert result.change_per_year is None
    assert result.verdict is AdoptionVerdict.CANNOT_BE_TOLD


def reports(*rows: tuple[str, date, float | None]) -> pl.DataFrame:
    schema = {"fiscal_period": pl.String, "period_end_on": pl.Date, "eps": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(note=pl.lit(None, pl.String))


def test_four_quarters_in_a_row_are_a_year() -> None:
    """Trailing quarters count when they are consecutive and end nearer to the date than a fiscal year."""
    quarters = [
        (f"FY2020Q{number}", date(2019 + (number > 2), (number * 3 + 3) % 12 + 1, 28), 1.0)
        for number in (1, 2, 3, 4)
    ]
    frame = reports(("FY2019", date(2019, 4, 28), 9.0), *quarters)
    near = earnings_near(frame, date(2020, 4, 28))
    assert near is not None
    assert near.eps == 4.0
    broken = frame.filter(pl.col("fiscal_period") != "FY2020Q2")
    assert earnings_near(broken, date(2020, 4, 28)) is None


def test_a_loss_has_no_logarithm() -> None:
    """Negative earnings at one end make the split untellable, not infinite."""
    frame = reports(("FY2019", date(2019, 12, 31), 1.0), ("FY2020", date(2020, 12, 31), -1.0))
    closes = yearly((2019, 1.0)).with_columns(valid_on=pl.lit(date(2019, 12, 30)))
    later = closes.with_columns(valid_on=pl.lit(date(2020, 12, 30)), value=pl.lit(2.0))
    result = company_price_split(pl.concat([closes, later]), frame, date(2020, 1, 1), date(2021, 1, 1))
    assert result.earnings is None
    assert result.verdict is SplitVerdict.CANNOT_BE_TOLD


def test_only_one_definition_makes_a_pair() -> None:
    """Figures under different measures or units are never set against each other."""
    figures = pl.DataFrame(
        {
            "measure": ["software", "software", "telecom", "big technology"],
            "unit": ["percent of GDP"] * 4,
            "period": ["2000Q4", "2025Q2", "2000", "2025"],
            "value": [4.6, 4.4, 1.2, 1.9],
        }
    )
    result = same_definition_pairs(figures)
    assert [(pair.then, pair.now) for pair in result.pairs] == [(4.6, 4.4)]
    assert result.one_sided == ("big technology", "telecom")
    alone = same_definition_pairs(figures.filter(pl.col("measure") != "software"))
    assert alone.verdict is PairVerdict.CANNOT_BE_TOLD


class TestOnRecordings:
    """The figures that the method must give on the public data."""

    pytestmark = needs_recordings

    def test_nasdaq_dotcom_figures(self) -> None:
        """At its peak 5.023 times; after 1,359 days 2.516 times, fall 29.55 %, volatility 0.214."""
        peak = boom_figures(nasdaq(), NETSCAPE_LISTING, days=1675)
        assert peak.run_up == pytest.approx(5.023, abs=0.0005)
        then = boom_figures(nasdaq(), NETSCAPE_LISTING, days=1359)
        assert then.run_up == pytest.approx(2.516, abs=0.0005)
        assert then.deepest_fall == pytest.approx(-0.2955, abs=0.00005)
        assert (then.fall_from_on, then.fall_to_on) == (date(1998, 7, 20), date(1998, 10, 8))
        assert then.volatility == pytest.approx(0.214, abs=0.0005)

    def test_nasdaq_ai_figures_end_with_the_series(self) -> None:
        """Asked for 1,359 days, the AI boom is told to 2025-12-31, where the recording ends, and says so."""
        now = boom_figures(nasdaq(), CHATGPT_OPENING, days=1359)
        assert now.verdict is AlignmentVerdict.ENDS_EARLY
        assert now.until_on == date(2025, 12, 31)
        assert now.deepest_fall == pytest.approx(-0.243, abs=0.0005)
        assert (now.fall_from_on, now.fall_to_on) == (date(2024, 12, 16), date(2025, 4, 8))
        assert now.volatility == pytest.approx(0.201, abs=0.006)

    def test_nasdaq_fall_and_recovery(self) -> None:
        """The fall from 2000-03-10 to 2002-10-09 is 77.93 %, and the next record closes on 2015-04-23."""
        fall = fall_after_peak(nasdaq(), Window(date(1998, 1, 1), date(2001, 12, 31)))
        assert (fall.peak_on, fall.trough_on) == (date(2000, 3, 10), date(2002, 10, 9))
        assert fall.depth == pytest.approx(-0.7793, abs=0.00005)
        assert fall.regained_on == date(2015, 4, 23)
        assert fall.years_to_record == pytest.approx(15.12, abs=0.02)

    @pytest.mark.parametrize(
        ("ticker", "verdict"),
        [
            ("AMZN", FallVerdict.REGAINED),
            ("CSCO", FallVerdict.REGAINED),
            ("MSFT", FallVerdict.REGAINED),
            ("QCOM", FallVerdict.REGAINED),
            ("INTC", FallVerdict.NOT_REGAINED),
        ],
    )
    def test_survivors_fell_deep_and_most_came_back_late(self, ticker: str, verdict: FallVerdict) -> None:
        """Each survivor lost more than half; Intel's series ends in 2020 below its peak and says so."""
        fall = fall_after_peak(closes(ticker), Window(date(1998, 1, 1), date(2001, 12, 31)))
        assert fall.depth is not None
        assert fall.depth < -0.5
        assert fall.verdict is verdict
        assert fall.window is not None
        assert fall.window.end == (date(2020, 12, 11) if ticker == "INTC" else date(2026, 8, 21))

    def test_cisco_then_and_nvidia_now(self) -> None:
        """Cisco's rise to March 2000 was half multiple; Nvidia's to August 2026 earnings outran."""
        cisco = company_price_split(closes("CSCO"), earnings("CSCO"), date(1995, 8, 9), date(2000, 3, 31))
        nvidia = company_price_split(closes("NVDA"), earnings("NVDA"), date(2022, 11, 30), date(2026, 8, 21))
        assert cisco.verdict is SplitVerdict.BOTH
        assert cisco.earnings == pytest.approx(np.log(0.36 / 0.08))
        assert nvidia.verdict is SplitVerdict.MOSTLY_EARNINGS
        assert nvidia.earnings == pytest.approx(np.log(6.53 / 0.17))
        assert any("unrealised gains" in note for note in nvidia.notes)

    def test_the_one_like_for_like_pair_of_capital_spending(self) -> None:
        """Information-processing equipment and software: 4.6 % of GDP in 2000Q4, 4.4 % in 2025Q2."""
        figures = pl.read_csv(SHARED / "facts" / "dotcom_capex_share.csv")
        result = same_definition_pairs(figures)
        assert result.n == 1
        pair = result.pairs[0]
        assert (pair.period_then, pair.then, pair.period_now, pair.now) == ("2000Q4", 4.6, "2025Q2", 4.4)
        assert result.verdict is PairVerdict.LOWER_NOW

    def test_venture_money_keeps_its_trackers_apart(self) -> None:
        """1999 is 35.6 or 48.3 billion USD by tracker, and no ratio to another scope is made."""
        then = pl.read_csv(SHARED / "facts" / "dotcom_venture_capital.csv", infer_schema_length=None)
        now = pl.read_csv(SHARED / "facts" / "money_ai_venture_funding.csv", infer_schema_length=None)
        result = venture_money(then, now, "all sectors, United States", "AI, world")
        assert sorted(result.years.filter(era="dotcom", year=1999)["usd_billion"]) == [35.6, 48.3]
        assert result.verdict is PairVerdict.CANNOT_BE_TOLD

    def test_internet_use_grew_through_the_crash(self) -> None:
        """Online sales in the United States rose while the NASDAQ fell from March 2000 to October 2002."""
        result = adoption_through(online_sales(), date(2000, 3, 10), date(2002, 10, 9))
        assert result.verdict is AdoptionVerdict.WENT_ON
        assert result.change_per_year is not None
        assert result.change_per_year > 0.1


def recorded(source: str, as_of: str) -> pl.DataFrame:
    manifest = json.loads((SHARED / "recordings" / "manifest.json").read_text())
    (entry,) = [entry for entry in manifest if (entry["source"], entry["as_of"]) == (source, as_of)]
    frame = pl.read_csv(
        SHARED / "recordings" / entry["file"], null_values=["", "."], infer_schema_length=None
    )
    day, value = frame.columns[:2]
    return frame.select(valid_on=pl.col(day).str.to_date(), value=pl.col(value).cast(pl.Float64))


def nasdaq() -> pl.DataFrame:
    return recorded("fred-nasdaqcom", "2025-12-31")


def online_sales() -> pl.DataFrame:
    return recorded("fred-ecomsa", "2024-10-01")


def closes(ticker: str) -> pl.DataFrame:
    facts = pl.read_csv(SHARED / "facts" / "market_monthly_closes.csv", infer_schema_length=None)
    rows = facts.filter(pl.col("ticker") == ticker)
    return rows.select(
        valid_on=pl.col("date").str.to_date(), value=pl.col("close_split_adjusted").cast(pl.Float64)
    )


def earnings(ticker: str) -> pl.DataFrame:
    facts = pl.read_csv(SHARED / "facts" / "market_company_earnings.csv", infer_schema_length=None)
    return facts.filter(pl.col("ticker") == ticker).select(
        "fiscal_period",
        pl.col("period_end_on").str.to_date(),
        pl.col("eps_diluted_split_adjusted").cast(pl.Float64).alias("eps"),
        "note",
    )
