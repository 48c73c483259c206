"""What the crossing of training sets and the stock of text must hold to, and the figures it must give."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.datawall.crossing import GrowthVerdict, WallForecast, WallVerdict, crossing_year, growth_of_sets
from analysis.datawall.inputs import (
    LogNormalRange,
    WallChoices,
    WallInputs,
    repetition_gain,
    stock_draws,
    wall_inputs,
)
from analysis.results import Estimate, Interval
from tests.places import SHARED

needs_recordings = [
    pytest.mark.recordings,
    pytest.mark.skipif(
        not (SHARED / "recordings").is_dir(), reason="the recordings are not beside the repository"
    ),
]


def exactly(value: float) -> LogNormalRange:
    return LogNormalRange(value, value, 0.95)


CERTAIN = WallInputs(
    pages=exactly(1e12),
    bytes_per_page=exactly(8000.0),
    six_minus_bytes_per_token=exactly(2.0),
    page_length_growth=exactly(1.0),
    page_number_growth=exactly(1.0),
    quality=exactly(0.2),
    repeats=exactly(2.5),
    start_tokens=exactly(1e13),
    start_flop=exactly(1.2e26),
    compute_growth=exactly(4.0),
)
"""A stock of exactly 1e15 tokens, a hundred times the largest training set of 2024."""


def exact_growth(orders_per_year: float, sets: int = 12) -> pl.DataFrame:
    days = [date(2012, 1, 1) + timedelta(days=365 * number) for number in range(sets)]
    sizes = [10 ** (9 + orders_per_year * number) for number in range(sets)]
    return pl.DataFrame({"published_on": days, "tokens": sizes})


def year_of(forecast: WallForecast) -> float:
    assert forecast.estimate is not None
    return forecast.estimate.value


def interval_of(estimate: Estimate | None) -> Interval:
    assert estimate is not None
    assert estimate.interval is not None
    return estimate.interval


def test_a_certain_world_gives_the_year_that_paper_and_pencil_give() -> None:
    """Two orders of magnitude at half an order a year are four years."""
    forecast = crossing_year(exact_growth(0.5), CERTAIN, draws=50)
    assert year_of(forecast) == pytest.approx(2028.0)
    assert forecast.stock_tokens.value == pytest.approx(1e15)
    assert forecast.verdict is WallVerdict.DATED


@pytest.mark.parametrize(
    ("choices", "year"),
    [
        (WallChoices(stock_factor=10.0), 2030.0),
        (WallChoices(growth_orders_per_year=1.0), 2026.0),
        (WallChoices(over_training=100.0), 2026.0),
        (WallChoices(compute_weight=1.0), 2024 + (15 - np.log10(20 * np.sqrt(1e24))) / (np.log10(4.0) / 2)),
    ],
)
def test_each_choice_of_the_reader_moves_the_year_as_it_should(choices: WallChoices, year: float) -> None:
    """More stock is later, growth and over-training are earlier, compute follows 20 sqrt(C / 120)."""
    assert year_of(crossing_year(exact_growth(0.5), CERTAIN, choices, draws=50)) == pytest.approx(year)


def test_a_growing_stock_is_met_later() -> None:
    """Growth of the stock is taken off the growth of demand."""
    growing = replace(CERTAIN, page_number_growth=exactly(10**0.1))
    assert year_of(crossing_year(exact_growth(0.5), growing, draws=50)) == pytest.approx(2029.0)
    held = crossing_year(exact_growth(0.5), growing, WallChoices(stock_grows=False), draws=50)
    assert year_of(held) == pytest.approx(2028.0)


def test_demand_that_does_not_outgrow_the_stock_never_meets_it() -> None:
    """Without a crossing in most draws there is no year, and the share of such draws is said."""
    forecast = crossing_year(exact_growth(0.5), CERTAIN, WallChoices(growth_orders_per_year=0.0), draws=50)
    assert forecast.estimate is None
    assert forecast.never == 1.0
    assert forecast.verdict is WallVerdict.NONE_IN_SIGHT


def test_a_latest_date_that_cannot_be_told_is_not_drawn() -> None:
    """Where the upper tenth of draws never crosses the interval is open above and the verdict says so."""
    slow = replace(CERTAIN, page_number_growth=LogNormalRange(1.1, 5.0, 0.8))
    forecast = crossing_year(exact_growth(0.5), slow, draws=2000)
    assert interval_of(forecast.estimate).high == np.inf
    assert forecast.verdict is WallVerdict.OPEN_ENDED


def test_a_stock_already_used_up_is_met_at_once() -> None:
    """A crossing is never dated before the stock is stated."""
    forecast = crossing_year(exact_growth(0.5), CERTAIN, WallChoices(stock_factor=1e-3), draws=50)
    assert year_of(forecast) == 2024.0


@pytest.mark.parametrize("sets", [exact_growth(0.5, sets=9), exact_growth(0.5).head(0)])
def test_too_few_sets_give_no_number(sets: pl.DataFrame) -> None:
    """Below ten sets neither growth nor crossing is a number."""
    growth = growth_of_sets(sets)
    assert growth.estimate is None
    assert growth.verdict is GrowthVerdict.CANNOT_BE_TOLD
    forecast = crossing_year(sets, CERTAIN, draws=50)
    assert forecast.estimate is None
    assert forecast.never is None
    assert forecast.paths["demand"].null_count() == forecast.paths.height
    assert forecast.verdict is WallVerdict.CANNOT_BE_TOLD


def test_sets_without_a_size_are_missing_not_zero() -> None:
    """A null or zero size is left out of the fit and of n."""
    sets = exact_growth(0.5).with_columns(
        tokens=pl.when(pl.int_range(pl.len()) == 3).then(0.0).otherwise(pl.col("tokens"))
    )
    growth = growth_of_sets(sets)
    assert growth.n == 11
    assert growth.estimate is not None
    assert growth.estimate.value == pytest.approx(0.5)
    assert growth.verdict is GrowthVerdict.GROWING


def test_the_same_seed_gives_the_same_forecast() -> None:
    """Randomness comes in as an argument."""
    wide = replace(CERTAIN, pages=LogNormalRange(1e11, 1e13, 0.9))
    first, second = (crossing_year(exact_growth(0.5), wide, draws=500, seed=5) for _ in range(2))
    assert first.estimate == second.estimate
    assert crossing_year(exact_growth(0.5), wide, draws=500, seed=6).estimate != first.estimate


def test_a_log_normal_has_the_interval_it_was_given() -> None:
    """The drawn quantiles are the stated ends."""
    drawn = LogNormalRange(3.0, 13.0, 0.90).draw(np.random.default_rng(1), 200_000)
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx([3.0, 13.0], rel=0.01)
    with pytest.raises(ValueError, match="no log-normal"):
        LogNormalRange(-1.0, 2.0, 0.9)


def test_bytes_a_token_never_turn_negative() -> None:
    """Six minus a wide log-normal is clipped, so every drawn stock is a finite positive number of tokens."""
    wild = replace(CERTAIN, six_minus_bytes_per_token=LogNormalRange(1.0, 20.0, 0.5))
    drawn = stock_draws(wild, WallChoices(), np.random.default_rng(2), 5000)
    assert np.isfinite(drawn).all()
    assert (drawn > 0).all()


def test_repeating_helps_at_first_and_then_hardly() -> None:
    """One epoch is worth itself, four nearly four, and no number of epochs more than about sixteen."""
    assert repetition_gain(1) == 1.0
    assert 3.6 < repetition_gain(4) < 4.0
    assert repetition_gain(1000) == pytest.approx(16.39, abs=0.01)
    with pytest.raises(ValueError, match="at least once"):
        repetition_gain(0.5)


def test_a_missing_parameter_is_named() -> None:
    """The error names the quantity whose row is missing."""
    columns = ("quantity", "kind", "low", "high", "interval")
    with pytest.raises(ValueError, match="raw indexed web"):
        wall_inputs(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)))


@pytest.fixture(scope="module")
def sets() -> pl.DataFrame:
    """The 80 training sets since 2010 of the paper."""
    manifest = json.loads((SHARED / "recordings" / "manifest.json").read_text())
    (entry,) = [entry for entry in manifest if Path(entry["file"]).name.startswith("dataset_sizes")]
    frame = pl.read_csv(SHARED / "recordings" / entry["file"], infer_schema=False)
    return frame.select(
        published_on=pl.col("date").str.to_date("%Y-%m-%d"), tokens=pl.col("dataset").cast(pl.Float64)
    )


@pytest.fixture(scope="module")
def inputs() -> WallInputs:
    return wall_inputs(pl.read_csv(SHARED / "facts" / "datawall_parameters.csv", infer_schema_length=None))


class TestOnRecordings:
    """The figures that the method must give on the public data."""

    pytestmark = needs_recordings

    def test_growth_of_training_sets(self, sets: pl.DataFrame) -> None:
        """80 sets grow by 0.371 orders of magnitude a year (95 %: 0.264-0.486)."""
        growth = growth_of_sets(sets)
        assert growth.n == 80
        assert growth.estimate is not None
        assert growth.estimate.value == pytest.approx(0.371, abs=0.001)
        interval = interval_of(growth.estimate)
        assert (interval.low, interval.high) == pytest.approx((0.264, 0.486), abs=0.003)
        assert growth.window is not None
        assert growth.window.end == date(2023, 11, 3)

    @pytest.mark.parametrize("seed", [0, 1])
    def test_history_only(self, sets: pl.DataFrame, inputs: WallInputs, seed: int) -> None:
        """Median 2029.1 to 0.15 year, 80 % interval 2027.4-2031.3 to 0.4, the paper's 2028 to 1.5 years."""
        forecast = crossing_year(sets, inputs, seed=seed)
        assert year_of(forecast) == pytest.approx(2029.1, abs=0.15)
        interval = interval_of(forecast.estimate)
        assert interval.level == 0.80
        assert (interval.low, interval.high) == pytest.approx((2027.4, 2031.3), abs=0.4)
        assert abs(year_of(forecast) - 2028) < 1.5
        assert forecast.verdict is WallVerdict.DATED

    def test_stock(self, sets: pl.DataFrame, inputs: WallInputs) -> None:
        """The effective stock is 323e12 tokens in the median, 85e12 to 1270e12 in its 90 % interval."""
        stock = crossing_year(sets, inputs).stock_tokens
        assert stock.value == pytest.approx(323e12, rel=0.02)
        interval = interval_of(stock)
        assert (interval.low, interval.high) == pytest.approx((84.8e12, 1270e12), rel=0.05)

    def test_without_growth_of_the_stock(self, sets: pl.DataFrame, inputs: WallInputs) -> None:
        """A stock that does not grow is met in 2028.6."""
        forecast = crossing_year(sets, inputs, WallChoices(stock_grows=False))
        assert year_of(forecast) == pytest.approx(2028.6, abs=0.15)

    def test_with_half_weight_on_compute(self, sets: pl.DataFrame, inputs: WallInputs) -> None:
        """Half the draws on compute give 2029.3 (80 %: 2027.5-2031.4)."""
        forecast = crossing_year(sets, inputs, WallChoices(compute_weight=0.5))
        assert year_of(forecast) == pytest.approx(2029.3, abs=0.15)
        interval = interval_of(forecast.estimate)
        assert (interval.low, interval.high) == pytest.approx((2027.5, 2031.4), abs=0.4)

    @pytest.mark.parametrize(("over_training", "years_earlier"), [(5.0, 1.0), (100.0, 3.0)])
    def test_over_training_moves_the_year_as_in_the_paper(
        self, sets: pl.DataFrame, inputs: WallInputs, over_training: float, years_earlier: float
    ) -> None:
        """The paper's authors have 2027 at 5x and 2025 at 100x against 2028: one and three years earlier."""
        base = crossing_year(sets, inputs)
        pushed = crossing_year(sets, inputs, WallChoices(over_training=over_training))
        assert year_of(base) - year_of(pushed) == pytest.approx(years_earlier, abs=0.5)

    def test_newer_sets_are_too_close_together_for_a_fit(self) -> None:
        """Those counted in tokens, which the paper does not hold, are ten within two years: no growth."""
        facts = pl.read_csv(SHARED / "facts" / "datawall_dataset_sizes.csv").filter(pl.col("unit") != "words")
        month_only = pl.col("date").str.len_chars() == 7
        day = pl.when(month_only).then(pl.col("date") + "-15").otherwise(pl.col("date")).str.to_date()
        growth = growth_of_sets(facts.select(published_on=day, tokens="size"))
        assert growth.n == facts.height == 10
        assert growth.window is not None
        assert growth.window.end == date(2026, 2, 11)
        assert growth.verdict is GrowthVerdict.CANNOT_BE_TOLD
