"""What attention may say of a release, and when it must stay silent."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.hype.attention import (
    IndexVerdict,
    LaunchRanks,
    LaunchVerdict,
    PeakVerdict,
    attention_peak,
    indexed_attention,
    rank_launches,
)
from analysis.hype.buzz import Buzz, BuzzVerdict, buzz_of_releases, placebo_windows
from analysis.results import Window
from tests.places import FACTS

needs_facts = [
    pytest.mark.recordings,
    pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside the repository"),
]

FIRST = date(2024, 1, 1)
WEEK = np.array([1.1, 1.2, 1.1, 1.0, 0.9, 0.7, 0.8])


def views(days: int = 400, growth: float = 0.0, noise: float = 0.05) -> np.ndarray:
    """A page read 1,000 times a day, with a weekday pattern, growth a day and log-normal scatter."""
    scatter = np.random.default_rng(4).normal(0, noise, days) if noise else np.zeros(days)
    return 1000 * WEEK[np.arange(days) % 7] * np.exp(growth * np.arange(days) + scatter)


def series(value: np.ndarray) -> pl.DataFrame:
    days = [FIRST + timedelta(days=number) for number in range(len(value))]
    return pl.DataFrame({"valid_on": days, "value": value}).filter(pl.col("value").is_finite())


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def buzz_on(value: np.ndarray, number: int) -> Buzz:
    releases = pl.DataFrame({"name": ["a release"], "released_on": [day(number)]})
    (result,) = buzz_of_releases(series(value), releases)
    return result


def with_burst(number: int, factor: float = 3.0) -> np.ndarray:
    value = views()
    value[number : number + 14] *= factor
    return value


def test_a_burst_at_the_release_stands_out() -> None:
    """Three times the usual views for 14 days are an excess of 2, the first of all windows."""
    result = buzz_on(with_burst(200), 200)
    assert result.estimate is not None
    assert result.estimate.value == pytest.approx(2.0, abs=0.15)
    assert result.estimate.interval is not None
    assert result.estimate.interval.low > 0
    assert result.rank == 1
    assert result.verdict is BuzzVerdict.STANDS_OUT


def test_a_quiet_release_is_usual() -> None:
    """Without a burst the excess is about zero and the verdict is that the series does this anyway."""
    result = buzz_on(views(), 200)
    assert result.estimate is not None
    assert abs(result.estimate.value) < 0.1
    assert result.share_above is not None
    assert result.verdict is BuzzVerdict.USUAL


def test_weekdays_and_trend_are_no_buzz() -> None:
    """On a series of pure weekday pattern and steady growth the forecast is exact, whatever the weekday."""
    shares = placebo_windows(series(views(growth=0.002, noise=0.0)))["excess_share"].to_numpy()
    assert np.abs(shares).max() < 1e-3


def test_a_spike_of_robots_does_not_carry_the_forecast() -> None:
    """Three days at a hundred times the views in the baseline leave the excess where it was."""
    spiked = with_burst(200)
    spiked[160:163] *= 100
    plain, disturbed = buzz_on(with_burst(200), 200), buzz_on(spiked, 200)
    assert plain.estimate is not None
    assert disturbed.estimate is not None
    assert disturbed.estimate.value == pytest.approx(plain.estimate.value, rel=0.1)


def test_significance_is_a_rank_so_other_bursts_count_against_it() -> None:
    """A rise by a third stands out on a calm series and does not on one that often doubles."""
    calm, restless = with_burst(200, 1.33), with_burst(200, 1.33)
    for start in (80, 260, 320):
        restless[start : start + 14] *= 2
    assert buzz_on(calm, 200).verdict is BuzzVerdict.STANDS_OUT
    assert buzz_on(restless, 200).verdict is BuzzVerdict.USUAL


def gap(start: int, days: int) -> np.ndarray:
    value = views()
    value[start : start + days] = np.nan
    return value


@pytest.mark.parametrize("value", [gap(150, 11), gap(205, 1)], ids=["baseline", "window"])
def test_missing_days_are_missing_not_zero(value: np.ndarray) -> None:
    """Eleven of sixty days gone from the baseline, or one from the window: no number."""
    result = buzz_on(value, 200)
    assert result.estimate is None
    assert result.rank is None
    assert result.verdict is BuzzVerdict.NO_FULL_WINDOW


def test_ten_missing_days_in_the_baseline_are_borne() -> None:
    """Fifty of sixty days are enough."""
    assert buzz_on(gap(150, 10), 200).estimate is not None


@pytest.mark.parametrize("number", [30, 395])
def test_no_window_beyond_the_ends_of_the_series(number: int) -> None:
    """Without sixty days before or fourteen after there is no number."""
    assert buzz_on(views(), number).verdict is BuzzVerdict.NO_FULL_WINDOW


def test_a_series_already_climbing_on_the_eve_cannot_tell() -> None:
    """If the week before stands a quarter above the days before it, the rise is not the release's."""
    value = with_burst(200)
    value[192:200] *= 1.4
    result = buzz_on(value, 200)
    assert result.estimate is None
    assert result.verdict is BuzzVerdict.ALREADY_CLIMBING


def test_a_short_series_has_too_few_placebos() -> None:
    """Below sixty other windows a rank says nothing."""
    result = buzz_on(views(days=120), 80)
    assert result.estimate is None
    assert result.verdict is BuzzVerdict.TOO_FEW_PLACEBOS


def test_an_empty_series_is_said_to_be_empty() -> None:
    """Without a single day there is no window and no number."""
    result = buzz_on(np.full(5, np.nan), 2)
    assert result.window is None
    assert result.verdict is BuzzVerdict.NO_FULL_WINDOW


def test_series_share_a_base_or_are_left_out_by_name() -> None:
    """The mean over the base is 100; a page that came later has no base."""
    old = pl.DataFrame(
        {"series_id": "old", "valid_on": [day(n) for n in range(20)], "value": [50.0] * 10 + [75.0] * 10}
    )
    new = old.with_columns(series_id=pl.lit("new")).filter(pl.col("valid_on") > day(6))
    result = indexed_attention(pl.concat([old, new]), Window(day(0), day(9)))
    assert result.left_out == ("new",)
    assert result.levels["index"].to_list() == [100.0] * 10 + [150.0] * 10
    assert result.verdict is IndexVerdict.SOME
    nothing = indexed_attention(new, Window(day(0), day(9)))
    assert nothing.window is None
    assert nothing.verdict is IndexVerdict.CANNOT_BE_TOLD


def launches(*rows: tuple[str, int | None, int | None]) -> pl.DataFrame:
    names = [name for name, _, _ in rows]
    return pl.DataFrame(
        {
            "name": names,
            "released_on": [day(number) for number in range(len(rows))],
            "points_after": [after for _, after, _ in rows],
            "points_before": [before for _, _, before in rows],
        },
        schema_overrides={"points_after": pl.Int64, "points_before": pl.Int64},
    )


def ranks(result: LaunchRanks) -> dict[str, int]:
    return dict(result.launches.select("name", "rank").iter_rows())


def test_launches_rank_by_what_they_added() -> None:
    """Points before are taken off; ties share the better rank; an uncounted launch has no rank."""
    result = rank_launches(launches(("a", 500, 400), ("b", 300, 0), ("c", 300, 0), ("d", None, 0)))
    assert ranks(result) == {"a": 3, "b": 1, "c": 1}
    assert result.unranked == ("d",)
    assert rank_launches(launches(("d", None, 0))).verdict is LaunchVerdict.CANNOT_BE_TOLD


def test_half_life_counts_from_the_peak_and_over_the_base() -> None:
    """On a base of 100 a peak of 1,100 has halved when 600 is reached."""
    value = np.array([100.0] * 20 + [300.0, 1100, 700, 600, 400] + [100.0] * 20)
    result = attention_peak(series(value), day(20), base_from=day(0))
    assert (result.peak, result.day, result.half_life_days, result.base) == (1100.0, 1, 2, 100.0)
    assert result.verdict is PeakVerdict.HALVED


def test_a_peak_that_has_not_halved_says_so() -> None:
    """If the series ends before the excess halves there is a peak and no half-life."""
    value = np.array([100.0] * 20 + [1100.0] + [1000.0] * 13)
    result = attention_peak(series(value), day(20), base_from=day(0))
    assert result.half_life_days is None
    assert result.verdict is PeakVerdict.NOT_HALVED


def test_a_peak_without_a_base_cannot_be_told() -> None:
    """Fewer than fourteen days before the release are no base."""
    result = attention_peak(series(views(days=60)), day(20), base_from=day(10))
    assert result.peak is None
    assert result.verdict is PeakVerdict.CANNOT_BE_TOLD


@pytest.mark.parametrize(("base_from", "told"), [(6, True), (7, False)])
def test_fourteen_days_before_the_release_are_a_base(base_from: int, told: bool) -> None:
    """The release day itself is none of them, whatever it brought."""
    value = np.array([1.0] * 6 + [100.0] * 7 + [200.0] * 7 + [900.0] + [500.0] * 13)
    result = attention_peak(series(value), day(20), base_from=day(base_from))
    assert result.base == (150.0 if told else None)


@pytest.mark.parametrize(("days", "day_found"), [(13, 13), (14, 0)])
def test_the_peak_is_sought_on_the_release_day_and_the_thirteen_after(days: int, day_found: int) -> None:
    """A later rise is another story; fewer days than fourteen cannot tell."""
    value = np.array([100.0] * 20 + [500.0] + [200.0] * 20)
    value[20 + days] = 900.0
    assert attention_peak(series(value), day(20), base_from=day(0)).day == day_found
    assert attention_peak(series(value[:33]), day(20), base_from=day(0)).peak is None


def test_a_series_without_attention_in_the_base_is_left_out() -> None:
    """A mean of nought is no hundred; one of less than one view a day is; half the days are enough."""
    names = {"none": 0.0, "hardly": 0.5}
    frames = [
        pl.DataFrame({"series_id": name, "valid_on": [day(n) for n in range(10)], "value": [value] * 10})
        for name, value in names.items()
    ]
    frames.append(frames[1].head(5).with_columns(series_id=pl.lit("half")))
    frames.append(frames[1].head(4).with_columns(series_id=pl.lit("less than half")))
    result = indexed_attention(pl.concat(frames), Window(day(0), day(9)))
    assert result.left_out == ("less than half", "none")
    assert result.levels["index"].unique().to_list() == [100.0]


def wikipedia(article: str) -> pl.DataFrame:
    facts = pl.read_csv(FACTS / "attention_wikipedia_daily.csv", try_parse_dates=True)
    return facts.filter(pl.col("article") == article).select(valid_on="date", value="views")


class TestOnFacts:
    """The figures that the method must give on the public tables."""

    pytestmark = needs_facts

    def test_launch_spreads_on_hacker_news(self) -> None:
        """DeepSeek-R1 first, GPT-5 sixth, o1-preview seventh, GPT-4o twelfth of 25; o1 is not in it."""
        facts = pl.read_csv(FACTS / "attention_hn_launch_spread.csv", try_parse_dates=True)
        result = rank_launches(
            facts.select(
                name="launch",
                released_on="launch_date",
                points_after="points_14d",
                points_before="points_14d_before",
            )
        )
        assert result.n == 25
        gained = dict(result.launches.select("name", "excess_points").iter_rows())
        rank = ranks(result)
        told = {name: (rank[name], gained[name]) for name in ("DeepSeek-R1", "GPT-5", "o1-preview", "GPT-4o")}
        assert told == {
            "DeepSeek-R1": (1, 8797),
            "GPT-5": (6, 3442),
            "o1-preview": (7, 3039),
            "GPT-4o": (12, 2454),
        }
        assert not {"GPT-4", "o1"} & set(rank)

    def test_deepseek_r1_on_wikipedia(self) -> None:
        """From a base since 2025-01-01: peak 860,907 views on day 8, half-life 2 days."""
        result = attention_peak(wikipedia("DeepSeek"), date(2025, 1, 20), base_from=date(2025, 1, 1))
        assert (result.peak, result.day, result.half_life_days) == (860_907.0, 8, 2)

    def test_deepseek_r1_has_no_full_baseline(self) -> None:
        """The page has fewer than fifty days in the sixty before R1, so its buzz is not a number."""
        releases = pl.DataFrame({"name": ["DeepSeek-R1"], "released_on": [date(2025, 1, 20)]})
        (result,) = buzz_of_releases(wikipedia("DeepSeek"), releases)
        assert result.estimate is None
        assert result.verdict is BuzzVerdict.NO_FULL_WINDOW

    def test_releases_on_the_page_of_chatgpt(self) -> None:
        """o1 is usual; GPT-5 met a climbing series; o1-preview and GPT-4 have no full baseline."""
        days = {
            "GPT-4": date(2023, 3, 14),
            "o1-preview": date(2024, 9, 12),
            "o1": date(2024, 12, 5),
            "GPT-5": date(2025, 8, 7),
        }
        releases = pl.DataFrame({"name": list(days), "released_on": list(days.values())})
        results = {buzz.name: buzz for buzz in buzz_of_releases(wikipedia("ChatGPT"), releases)}
        assert {name: buzz.verdict for name, buzz in results.items()} == {
            "GPT-4": BuzzVerdict.NO_FULL_WINDOW,
            "o1-preview": BuzzVerdict.NO_FULL_WINDOW,
            "o1": BuzzVerdict.USUAL,
            "GPT-5": BuzzVerdict.ALREADY_CLIMBING,
        }
        assert results["o1"].share_above == pytest.approx(0.73, abs=0.01)
        assert results["o1"].window == Window(date(2024, 7, 26), date(2026, 10, 2))
