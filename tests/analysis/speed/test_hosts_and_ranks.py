"""Which offers of which list are compared, and an interval of rank correlation written out."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.speed.hosts import compared_hosts, host_factors
from analysis.speed.ranks import rank_correlation
from analysis.speed.times import typical_times


def speeds(*rows: tuple[str, str, float, int, str]) -> pl.DataFrame:
    """Model, host, tokens per second, day of July and source."""
    names = ["model_id", "host", "output_tokens_per_second", "measured_on", "source_id"]
    return pl.DataFrame(
        [(*row[:3], date(2026, 7, row[3]), row[4]) for row in rows],
        schema=dict(zip(names, [pl.String, pl.String, pl.Float64, pl.Date, pl.String], strict=True)),
        orient="row",
    )


def test_each_host_counts_with_its_fastest_offer_of_the_newest_list() -> None:
    """Lists are never mixed: the one with the newest entry speaks, of two of one day the last by name."""
    rows = speeds(
        ("b", "x", 9.0, 1, "new"),
        ("a", "y", 20.0, 2, "new"),
        ("a", "x", 5.0, 3, "new"),
        ("a", "x", 8.0, 1, "new"),
        ("a", "x", 6.0, 3, "new"),
        ("a", "x", 99.0, 3, "earlier by name"),
        ("c", "x", 99.0, 2, "old"),
    )
    found = compared_hosts(rows)
    assert found.select("model_id", "host", "output_tokens_per_second").rows() == [
        ("a", "x", 8.0),
        ("a", "y", 20.0),
        ("b", "x", 9.0),
    ]
    assert compared_hosts(rows.clear()).is_empty()


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"x": 5.0, "y": 10.0}, []),
        ({"x": 5.0, "y": 10.0, "groq": 20.0}, []),
        ({"x": 5.0, "y": 10.0, "z": 30.0}, [("a", 40.0, 10.0, 3, 4.0)]),
        ({"x": 5.0, "y": 10.0, "z": 30.0, "w": 20.0}, [("a", 40.0, 15.0, 4, 40 / 15)]),
    ],
)
def test_the_median_is_of_three_other_hosts_or_more(
    others: dict[str, float], found: list[tuple[object, ...]]
) -> None:
    """The other host with chips of its own is not among them; a host that serves no model has no factor."""
    offers = {"cerebras": 40.0, **others}
    rows = compared_hosts(speeds(*(("a", host, speed, 1, "s") for host, speed in offers.items())))
    told = host_factors(rows, "cerebras")
    assert told.columns == ["model_id", "own", "others", "n", "factor"]
    assert told.rows() == found
    assert host_factors(rows, "nobody").is_empty()


def ranks(values: list[float]) -> list[float]:
    """The mean place of all that are as large, counted one by one."""
    return [
        sum(other < one for other in values) + (1 + sum(other == one for other in values)) / 2
        for one in values
    ]


def spearman(one: list[float], other: list[float]) -> float:
    """Pearson's correlation of the ranks, by sums."""
    a, b = np.array(ranks(one)), np.array(ranks(other))
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def test_a_rank_correlation_has_the_interval_of_its_draws() -> None:
    """999 draws of models with replacement from seed 0, the fiftieth from either end; ties share a rank."""
    one = [1.0, 2.0, 2.0, 4.0, 5.0, 6.0, 6.0, 8.0, 9.0, 10.0]
    other = [2.0, 1.0, 4.0, 3.0, 5.0, 5.0, 9.0, 7.0, 6.0, 8.0]
    picks = np.random.default_rng(0).integers(0, 10, (999, 10)).tolist()
    drawn = sorted(spearman([one[i] for i in pick], [other[i] for i in pick]) for pick in picks)
    found = rank_correlation(np.array(one), np.array(other))
    assert found is not None and found.interval is not None
    assert found.value == pytest.approx(spearman(one, other))
    at = 0.05 * 998
    low = drawn[49] + (at - 49) * (drawn[50] - drawn[49])
    high = drawn[948] + (1 - (at - 49)) * (drawn[949] - drawn[948])
    assert (found.interval.low, found.interval.high, found.interval.level) == pytest.approx((low, high, 0.9))


@pytest.mark.filterwarnings("ignore:All-NaN")
def test_a_measure_that_never_varies_has_no_correlation() -> None:
    """Whichever of both; draws in which one does not vary by chance count for nothing."""
    same, rising = np.ones(10), np.arange(10.0)
    for pair in ((same, rising), (rising, same)):
        found = rank_correlation(*pair)
        assert found is not None
        assert np.isnan(found.value)
    nearly = np.array([0.0] * 9 + [1.0])
    found = rank_correlation(nearly, rising)
    assert found is not None and found.interval is not None
    assert 0 < found.interval.low < found.interval.high < 1


def test_boards_have_their_own_medians_in_the_order_of_the_rows() -> None:
    """The interval of a median of nine: the second and the eighth of them, as the binomial table says."""
    times = pl.DataFrame(
        {
            "benchmark_id": ["b"] * 9 + ["a"] * 5,
            "benchmark": ["B"] * 9 + ["A"] * 5,
            "reasoning": [False] * 14,
            "seconds": [9.0, 1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0, *[2.0] * 5],
        }
    )
    assert typical_times(times).rows() == [
        ("b", "B", False, 9, 5.0, 2.0, 8.0),
        ("a", "A", False, 5, 2.0, 2.0, 2.0),
    ]
    assert typical_times(times.tail(4)).is_empty()
