"""What counts as an episode of a dear market, and what the months after episodes may be used to say."""

from __future__ import annotations

import gzip
import json
from datetime import date

import fastexcel
import polars as pl
import pytest

from analysis.dotcom.base_rates import EpisodeRule, OutcomeVerdict, base_rate
from analysis.dotcom.price_split import SplitVerdict, price_split
from tests.places import RECORDINGS

needs_recordings = [
    pytest.mark.recordings,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository"),
]

QUICK = EpisodeRule(cape_at_least=25.0, real_rise_at_least=0.5, rise_months=2, apart_months=3)


def monthly(real_price: list[float], cape: list[float | None]) -> pl.DataFrame:
    start = date(2000, 1, 1)
    months = pl.date_range(start, start.replace(year=2040), "1mo", eager=True).head(len(real_price))
    return pl.DataFrame({"valid_on": months, "real_price": real_price, "cape": cape})


def test_months_close_together_are_one_episode() -> None:
    """Qualifying months less than the set number of months apart join; others start a new episode."""
    price = [10.0, 10, 16, 17, 17, 27, 27, 27, 27, 27, 27, 42, 42, 42]
    result = base_rate(monthly(price, [30.0] * len(price)), QUICK, horizons=(1,))
    assert [(episode.first_on.month, episode.last_on.month) for episode in result.episodes] == [
        (3, 7),
        (12, 1),
    ]
    assert (result.n, result.n_months) == (2, 6)


def test_a_month_without_cape_never_qualifies() -> None:
    """A missing ratio is missing, not high: the episode is not counted."""
    price = [10.0, 10, 20, 20, 20]
    assert base_rate(monthly(price, [None, None, None, 20.0, 20.0]), QUICK).n == 0


def test_an_episode_at_the_end_of_the_series_is_open() -> None:
    """What may still go on is marked so, and its outcome is missing, not zero."""
    result = base_rate(monthly([10.0, 10, 20], [30.0] * 3), QUICK, horizons=(1,))
    assert result.episodes[0].is_open
    assert result.outcomes[0].changes == (None,)
    assert result.outcomes[0].verdict is OutcomeVerdict.CANNOT_BE_TOLD
    assert result.outcomes[0].estimate is None


def test_the_rise_compares_with_the_month_it_names_even_across_a_gap() -> None:
    """With a month missing in the series the comparison is by date, not by row."""
    frame = monthly([10.0, 99, 16, 99, 99], [30.0, 1, 30, 1, 1]).filter(
        pl.col("valid_on") != date(2000, 2, 1)
    )
    assert [episode.first_on for episode in base_rate(frame, QUICK).episodes] == [date(2000, 3, 1)]


def test_an_empty_series_has_no_episodes_and_no_window() -> None:
    """Without data there is nothing to count and nothing to say."""
    result = base_rate(monthly([], []).cast({"real_price": pl.Float64, "cape": pl.Float64}))
    assert (result.n, result.window, result.episodes) == (0, None, ())


def workbook() -> pl.DataFrame:
    """Shiller's sheet of data by the names of its columns: valid_on, price, earnings, real_price, cape."""
    manifest = json.loads((RECORDINGS / "manifest.json").read_text())
    (entry,) = [entry for entry in manifest if entry["source"] == "shiller-xls"]
    payload = gzip.decompress((RECORDINGS / entry["file"]).read_bytes())
    sheet = fastexcel.read_excel(payload).load_sheet("Data", header_row=None, dtypes="string").to_polars()
    heading = next(row for row in range(20) if sheet.row(row)[0] == "Date")
    names = sheet.row(heading)
    # Two columns are headed Price: the first under "Real" is the price, the second the total return.
    wanted = {"price": names.index("P"), "earnings": names.index("E"), "real_price": names.index("Price")}
    wanted["cape"] = names.index("CAPE")
    rows = sheet.slice(heading + 1).filter(pl.nth(0).str.contains(r"^\d{4}\.\d+$"))
    # October is written 2000.1.
    month = pl.nth(0).str.slice(0, 4) + "-" + pl.nth(0).str.slice(5).str.pad_end(2, "0") + "-01"
    figures = (pl.nth(column).cast(pl.Float64, strict=False).alias(name) for name, column in wanted.items())
    return rows.select(month.str.to_date().alias("valid_on"), *figures)


@pytest.fixture(scope="module")
def shiller() -> pl.DataFrame:
    return workbook()


class TestOnRecordings:
    """The figures that the method must give on Shiller's workbook."""

    pytestmark = needs_recordings

    def test_six_episodes_since_1881(self, shiller: pl.DataFrame) -> None:
        """75 months in six episodes, the last of them open at the end of the workbook."""
        result = base_rate(shiller)
        assert (result.n, result.n_months) == (6, 75)
        assert [episode.first_on for episode in result.episodes] == [
            date(1901, 6, 1),
            date(1928, 11, 1),
            date(1997, 2, 1),
            date(2014, 8, 1),
            date(2021, 11, 1),
            date(2025, 9, 1),
        ]
        assert [episode.is_open for episode in result.episodes] == [False] * 5 + [True]
        assert result.window is not None
        assert (result.window.start, result.window.end) == (date(1881, 1, 1), date(2026, 5, 1))

    def test_sixty_months_after_the_four_episodes_that_have_them(self, shiller: pl.DataFrame) -> None:
        """-4, -45, +24 and +37 %; the other two are missing; the sign is split; n is four."""
        outcome = base_rate(shiller).outcomes[2]
        assert outcome.horizon_months == 60
        assert [None if change is None else round(100 * change) for change in outcome.changes] == [
            *(-4, -45, 24, 37),
            *(None, None),
        ]
        assert outcome.n == 4
        assert outcome.verdict is OutcomeVerdict.SPLIT
        assert outcome.estimate is not None
        assert outcome.estimate.interval is not None
        assert outcome.estimate.interval.level == 0.875

    def test_all_months_are_described_beside_the_episodes(self, shiller: pl.DataFrame) -> None:
        """Medians of all months since 1881 after 12, 36 and 60 months: 0.047, 0.102, 0.138."""
        outcomes = base_rate(shiller).outcomes
        assert [outcome.all_months_median for outcome in outcomes] == pytest.approx(
            [0.047, 0.102, 0.138], abs=0.001
        )
        assert [outcome.all_months_share_negative for outcome in outcomes] == pytest.approx(
            [0.40, 0.36, 0.38], abs=0.006
        )

    def test_other_thresholds_are_selectable(self, shiller: pl.DataFrame) -> None:
        """A milder rule finds more months and at least as many episodes."""
        milder = base_rate(shiller, EpisodeRule(cape_at_least=20.0, real_rise_at_least=0.4))
        assert milder.n_months > 75
        assert milder.n >= 6

    @pytest.mark.parametrize(
        ("start", "end", "parts", "verdict"),
        [
            (date(1995, 8, 1), date(2000, 3, 1), (0.948, 0.377, 0.570), SplitVerdict.BOTH),
            (date(2022, 11, 1), date(2026, 3, 1), (0.530, 0.445, 0.085), SplitVerdict.MOSTLY_EARNINGS),
        ],
    )
    def test_price_split_of_the_index(
        self,
        shiller: pl.DataFrame,
        start: date,
        end: date,
        parts: tuple[float, float, float],
        verdict: SplitVerdict,
    ) -> None:
        """S&P 500: 0.948 = 0.377 + 0.570 then, 0.530 = 0.445 + 0.085 now."""
        result = price_split(shiller, start, end)
        assert (result.price, result.earnings, result.multiple) == pytest.approx(parts, abs=0.0006)
        assert result.verdict is verdict
        assert result.sensitivity.height == 13

    def test_earnings_end_before_prices_do(self, shiller: pl.DataFrame) -> None:
        """In May 2026 the workbook has a price and no earnings: the split cannot be told."""
        result = price_split(shiller, date(2022, 11, 1), date(2026, 5, 1))
        assert result.price is None
        assert result.verdict is SplitVerdict.CANNOT_BE_TOLD
