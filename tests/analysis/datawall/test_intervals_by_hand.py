"""Growth of training sets and the year of the crossing: intervals against loops and closed forms."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.datawall.crossing import GrowthVerdict, WallVerdict, crossing_year, growth_of_sets
from analysis.datawall.inputs import LogNormalRange, WallChoices, WallInputs, wall_inputs


def exactly(value: float) -> LogNormalRange:
    return LogNormalRange(value, value, 0.95)


STOCK_OF_1E15 = WallInputs(
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


def sets(slope: float, noise: float = 0.4) -> pl.DataFrame:
    errors = np.random.default_rng(2).normal(0, noise, 14)
    return pl.DataFrame(
        {
            "published_on": [date(2012, 1, 1) + timedelta(days=300 * at) for at in range(14)],
            "tokens": [10 ** (9 + slope * 300 * at / 365 + errors[at]) for at in range(14)],
        }
    )


@pytest.mark.parametrize(
    ("slope", "verdict"),
    [
        (0.5, GrowthVerdict.GROWING),
        (-0.5, GrowthVerdict.SHRINKING),
        (0.0, GrowthVerdict.NOT_DISTINGUISHABLE),
    ],
)
def test_growth_has_the_interval_of_lines_through_resampled_sets(
    slope: float, verdict: GrowthVerdict
) -> None:
    """A line by polyfit through each of 81 draws: the third from either end, at 95 %."""
    rows = sets(slope)
    time = np.array([300 * at / 365 for at in range(14)])
    logs = np.log10(rows["tokens"].to_numpy())
    chosen = np.random.default_rng(5).integers(0, 14, (81, 14))
    slopes = sorted(np.polyfit(time[row], logs[row], 1)[0] for row in chosen)
    found = growth_of_sets(rows, draws=81, seed=5)
    assert found.estimate is not None and found.estimate.interval is not None
    interval = found.estimate.interval
    assert found.estimate.value == pytest.approx(np.polyfit(time, logs, 1)[0])
    assert (interval.low, interval.high) == pytest.approx((slopes[2], slopes[78]))
    assert interval.level == 0.95
    assert found.verdict is verdict


def test_an_uncertain_stock_moves_the_year_by_its_normal_quantiles() -> None:
    """A stock a tenth to tenfold (80 %), at half an order of magnitude a year: two years either way."""
    uncertain = replace(STOCK_OF_1E15, quality=LogNormalRange(0.02, 2.0, 0.8))
    choices = WallChoices(growth_orders_per_year=0.5)
    found = crossing_year(sets(0.5), uncertain, choices, draws=40_000)
    assert found.estimate is not None and found.estimate.interval is not None
    assert found.estimate.value == pytest.approx(2028.0, abs=0.05)
    assert found.estimate.interval.low == pytest.approx(2026.0, abs=0.05)
    assert found.estimate.interval.high == pytest.approx(2030.0, abs=0.05)
    stock = found.stock_tokens
    assert stock.interval is not None
    spread = 1.6448536 / 1.2815516
    assert math.log10(stock.value) == pytest.approx(15, abs=0.03)
    assert math.log10(stock.interval.low) == pytest.approx(15 - spread, abs=0.03)
    assert math.log10(stock.interval.high) == pytest.approx(15 + spread, abs=0.03)


def test_the_bands_of_both_sides_are_drawn_year_by_year() -> None:
    """Demand of 1e13 in 2024 grows by half an order a year; a certain stock stays as it is."""
    found = crossing_year(sets(0.5), STOCK_OF_1E15, WallChoices(growth_orders_per_year=0.5), draws=50)
    paths = found.paths
    assert paths["year"].to_list() == list(range(2024, 2041))
    for name in ("demand_low", "demand", "demand_high"):
        assert np.log10(paths[name].to_numpy()) == pytest.approx(13 + 0.5 * np.arange(17))
    for name in ("stock_low", "stock", "stock_high"):
        assert paths[name].to_numpy() == pytest.approx(1e15)


def test_a_year_beyond_the_last_is_none_in_sight() -> None:
    """A median after the last year told is no date; the share of draws that never meet says how many."""
    slow = crossing_year(sets(0.5), STOCK_OF_1E15, WallChoices(growth_orders_per_year=0.01), draws=50)
    assert slow.estimate is None
    assert slow.verdict is WallVerdict.NONE_IN_SIGHT


NAMES = {
    "pages": "raw indexed web, 2024",
    "bytes_per_page": "text per page",
    "page_length_growth": "growth of a page's length",
    "page_number_growth": "growth of the number of pages",
    "quality": "share left after quality filtering",
    "repeats": "gain from repeating data",
    "start_tokens": "largest training set at 2024-01-01",
    "start_flop": "compute at 2024",
}


def parameters() -> pl.DataFrame:
    rows = [(name, "input", float(at), 2.0 * at, "95 %") for at, name in enumerate(NAMES.values(), start=1)]
    rows.append(("raw indexed web, 2024", "result", 7.0, 7.0, "90 %"))
    return pl.DataFrame(rows, schema=["quantity", "kind", "low", "high", "interval"], orient="row")


def test_ranges_are_read_from_the_inputs_of_a_table() -> None:
    """Each quantity by its name, its level from per cent; results of the paper are no inputs."""
    inputs = wall_inputs(parameters())
    for at, field in enumerate(NAMES, start=1):
        assert getattr(inputs, field) == LogNormalRange(at, 2.0 * at, 0.95)
    assert inputs.six_minus_bytes_per_token == LogNormalRange(1.0, 4.0, 0.95)
    assert inputs.compute_growth == LogNormalRange(3.5, 5.0, 0.90)


@pytest.mark.parametrize("column", ["low", "high", "interval"])
def test_a_range_without_an_end_or_a_level_is_named(column: str) -> None:
    """A hole in the table is told with the quantity it is in."""
    first = pl.col("quantity") == "text per page"
    holed = parameters().with_columns(pl.when(~first).then(pl.col(column)).alias(column))
    with pytest.raises(ValueError, match='"text per page" needs low, high and interval'):
        wall_inputs(holed)


@pytest.mark.parametrize(
    ("low", "high", "level"), [(0.0, 1.0, 0.9), (2.0, 1.0, 0.9), (1.0, 2.0, 0.0), (1.0, 2.0, 1.0)]
)
def test_impossible_ranges_are_refused(low: float, high: float, level: float) -> None:
    """A log-normal is above nought, its ends stand in order, and its level lies between 0 and 1."""
    with pytest.raises(ValueError, match="no log-normal has"):
        LogNormalRange(low, high, level)
