"""What the price of a constant capability must be, from steps to rates to the matched basket."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.price.basket import BasketVerdict, chained_index, matched_basket
from analysis.price.blend import blended_price
from analysis.price.decline import (
    PriceVerdict,
    quantile_decline,
    record_decline,
    record_declines,
    thresholds_of,
)
from analysis.price.steps import PriceBasis, StepsVerdict, cheapest_steps
from tests.places import RECORDINGS

needs_recordings = [
    pytest.mark.recordings,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the repository"),
]

SCORES = pl.DataFrame({"model_id": ["able", "abler", "weak", "hidden"], "score": [0.5, 0.6, 0.2, 0.9]})


def offers(*rows: tuple[str, str, str, date, float | None]) -> pl.DataFrame:
    schema = {
        "model_id": pl.String,
        "provider": pl.String,
        "seller": pl.String,
        "valid_on": pl.Date,
        "price_usd_per_mtok": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


HISTORY = offers(
    ("able", "maker-a", "maker", date(2024, 1, 1), 10.0),
    ("able", "maker-a", "maker", date(2024, 6, 1), 4.0),
    ("abler", "maker-b", "maker", date(2024, 3, 1), 8.0),
    ("abler", "host", "reseller", date(2024, 3, 1), 3.0),
    ("weak", "maker-a", "maker", date(2024, 1, 1), 0.1),
    ("able", "maker-a", "maker", date(2025, 1, 1), 1.0),
)


def test_a_price_cut_counts_on_its_day() -> None:
    """The cheapest price steps down on launches and on cuts, and a model below the threshold never counts."""
    result = cheapest_steps(HISTORY, SCORES, 0.5, as_of=date(2024, 12, 31))
    assert result.steps.rows() == [
        (date(2024, 1, 1), 10.0, "able", "maker-a", None),
        (date(2024, 3, 1), 8.0, "abler", "maker-b", None),
        (date(2024, 6, 1), 4.0, "able", "maker-a", None),
    ]
    assert result.times_cheaper == 2.5
    assert result.verdict is StepsVerdict.CHEAPER


def test_the_reader_chooses_whose_price_counts() -> None:
    """Resellers count only under the cheapest host, where a model's price is its lowest anywhere."""
    result = cheapest_steps(HISTORY, SCORES, 0.5, date(2024, 12, 31), PriceBasis.CHEAPEST_HOST)
    assert result.steps["price_usd_per_mtok"].to_list() == [10.0, 3.0]
    assert result.steps["provider"].to_list() == ["maker-a", "host"]


def test_a_series_says_where_it_ends_and_announced_prices_are_not_yet_prices() -> None:
    """Rows after the as-of date are left out and the window ends on the as-of date."""
    result = cheapest_steps(HISTORY, SCORES, 0.5, as_of=date(2024, 2, 1))
    assert result.window is not None
    assert (result.window.start, result.window.end) == (date(2024, 1, 1), date(2024, 2, 1))
    assert result.verdict is StepsVerdict.TOO_FEW
    assert result.times_cheaper is None


def test_a_model_without_a_price_is_listed_not_dropped() -> None:
    """Models that reach the threshold but have no price appear by name as unpriced."""
    assert cheapest_steps(HISTORY, SCORES, 0.5, date(2025, 6, 1)).unpriced == ("hidden",)


def test_a_withdrawn_price_ends_its_step_and_zero_is_never_a_price() -> None:
    """After a withdrawal the next cheapest counts; zero is no step; with nothing left it says so."""
    history = offers(
        ("able", "maker-a", "maker", date(2024, 1, 1), 5.0),
        ("abler", "maker-b", "maker", date(2024, 1, 1), 9.0),
        ("able", "maker-a", "maker", date(2024, 5, 1), 0.0),
        ("abler", "maker-b", "maker", date(2024, 9, 1), None),
    )
    result = cheapest_steps(history, SCORES, 0.5, as_of=date(2024, 12, 1))
    assert result.steps["price_usd_per_mtok"].to_list() == [5.0, 9.0, None]
    assert result.verdict is StepsVerdict.WITHDRAWN
    assert result.times_cheaper is None


def test_no_model_at_the_threshold_gives_no_steps() -> None:
    """Where nothing reaches the threshold there are no steps, no window and no number."""
    result = cheapest_steps(HISTORY, SCORES, 0.99, as_of=date(2025, 6, 1))
    assert result.steps.is_empty()
    assert result.window is None
    assert result.verdict is StepsVerdict.TOO_FEW


def test_a_frame_without_a_column_is_refused_by_name() -> None:
    """The error names the missing column."""
    with pytest.raises(ValueError, match="seller"):
        cheapest_steps(HISTORY.drop("seller"), SCORES, 0.5, date(2025, 1, 1))


def market(models: int, factor: float, seed: int) -> pl.DataFrame:
    """Models spread over three years whose prices scatter above a floor that falls by `factor` a year."""
    noise = np.random.default_rng(seed)
    launch = np.sort(noise.uniform(0, 3, models))
    price = 10 * factor**-launch * np.exp(noise.exponential(1.0, models))
    return pl.DataFrame(
        {
            "model_id": [f"model-{number}" for number in range(models)],
            "valid_on": [date(2023, 1, 1) + timedelta(days=float(year) * 365) for year in launch],
            "price_usd_per_mtok": price,
        }
    )


def test_quantile_rate_finds_the_factor_of_a_simulated_market() -> None:
    """On a market whose floor falls tenfold a year the interval holds ten and the verdict is falling."""
    result = quantile_decline(market(60, 10.0, seed=3), draws=100)
    assert result.estimate is not None
    assert result.estimate.interval is not None
    assert result.estimate.interval.holds(10.0)
    assert result.verdict is PriceVerdict.FALLING


def test_quantile_rate_does_not_depend_on_the_order_of_rows() -> None:
    """The point estimate is a function of the set of prices."""
    rows = market(20, 4.0, seed=1)
    estimates = [quantile_decline(frame, draws=5).estimate for frame in (rows, rows.reverse())]
    assert estimates[0] is not None
    assert estimates[1] is not None
    assert estimates[0].value == pytest.approx(estimates[1].value)


def test_years_of_few_prices_are_no_part_of_the_quantile() -> None:
    """Three prices of a year have no tenth percentile: the window begins where each year has five."""
    early = market(60, 10.0, seed=3).filter(pl.int_range(pl.len()).is_in([0, 3, 9]))
    late = market(60, 10.0, seed=3).filter(pl.col("valid_on") >= date(2024, 1, 1))
    both = quantile_decline(pl.concat([early, late]), draws=5)
    assert both.window is not None
    assert both.window.start >= date(2023, 12, 1)
    assert both.n == late.height


def test_too_few_models_give_a_verdict_and_no_number() -> None:
    """Below eight models the tenth percentile is not fitted."""
    result = quantile_decline(market(7, 10.0, seed=3), draws=10)
    assert result.estimate is None
    assert result.verdict is PriceVerdict.CANNOT_BE_TOLD


def records(*prices: tuple[date, float]) -> pl.DataFrame:
    return pl.DataFrame(prices, schema={"valid_on": pl.Date, "price_usd_per_mtok": pl.Float64}, orient="row")


def test_an_exact_exponential_gives_its_factor() -> None:
    """Prices that halve each 365 days have the factor 2."""
    days = [date(2023, 1, 1) + timedelta(days=365 * year) for year in range(5)]
    result = record_decline(records(*((day, 8.0 / 2**year) for year, day in enumerate(days))))
    assert result.estimate is not None
    assert result.estimate.value == pytest.approx(2.0)
    assert result.verdict is PriceVerdict.FALLING


def test_three_records_give_no_rate() -> None:
    """Three points leave one degree of freedom: too few for a rate."""
    result = record_decline(
        records((date(2023, 1, 1), 9.0), (date(2024, 1, 1), 3.0), (date(2025, 1, 1), 1.0))
    )
    assert result.estimate is None
    assert result.verdict is PriceVerdict.CANNOT_BE_TOLD


def test_thresholds_are_named_by_models_and_missing_scores_stay_missing() -> None:
    """A threshold is its model's best score; an unscored model names none."""
    scores = pl.DataFrame({"model_id": ["gpt-4", "gpt-4"], "score": [0.33, 0.31]})
    assert thresholds_of(scores, ["gpt-4", "o1"]) == {"gpt-4": 0.33}


def listings(*rows: tuple[str, date, float | None], mode: str = "chat") -> pl.DataFrame:
    schema = {"listing": pl.String, "seen_on": pl.Date, "price_usd_per_mtok": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(mode=pl.lit(mode))


def basket_of(ratios: list[float]) -> pl.DataFrame:
    """Three versions in which each listing costs 2 USD and then 2 USD times its ratio."""
    rows = []
    for number, ratio in enumerate(ratios):
        name = f"model-{number}"
        rows += [
            (name, date(2024, 1, 1), 2.0),
            (name, date(2024, 2, 1), 2.0),
            (name, date(2024, 3, 1), 2.0 * ratio),
        ]
    return listings(*rows)


YEAR_2024 = (date(2024, 1, 1), date(2024, 12, 31))


def test_basket_counts_what_rose_fell_and_stayed() -> None:
    """Median, geometric mean and counts describe the same ratios; the window is that of the versions."""
    result = matched_basket(basket_of([1.0] * 8 + [2.0, 0.25]), *YEAR_2024)
    assert result.estimate is not None
    assert result.estimate.value == pytest.approx(0.5**0.1)
    assert (result.median_ratio, result.n, result.n_up, result.n_down) == (1.0, 10, 1, 1)
    assert result.share_unchanged == pytest.approx(0.8)
    assert result.verdict is BasketVerdict.MOSTLY_UNCHANGED
    assert result.window is not None
    assert (result.window.start, result.window.end) == (date(2024, 1, 1), date(2024, 3, 1))


def test_a_listing_missing_from_one_version_is_not_in_the_basket() -> None:
    """Survivorship is said: the listings at the start are counted beside those that stayed throughout."""
    frame = basket_of([1.0] * 11).filter(
        (pl.col("listing") != "model-3") | (pl.col("seen_on") != date(2024, 2, 1))
    )
    result = matched_basket(frame, *YEAR_2024)
    assert (result.n, result.n_at_start) == (10, 11)


def test_other_modes_and_free_listings_do_not_count() -> None:
    """An embedding price and a price of zero are no part of the basket."""
    other = listings(
        *((f"other-{n}", date(2024, m, 1), 1.0) for n in range(20) for m in (1, 2, 3)), mode="embedding"
    )
    free = listings(*((f"free-{n}", date(2024, m, 1), 0.0) for n in range(20) for m in (1, 2, 3)))
    assert matched_basket(pl.concat([basket_of([1.0] * 10), other, free]), *YEAR_2024).n == 10


@pytest.mark.parametrize(
    "frame", [basket_of([0.5] * 9), basket_of([0.5] * 20).filter(pl.col("seen_on").dt.month() == 1)]
)
def test_a_small_basket_or_a_single_version_cannot_be_told(frame: pl.DataFrame) -> None:
    """Below ten listings, or with one version only, there is no number."""
    basket, chain = matched_basket(frame, *YEAR_2024), chained_index(frame, *YEAR_2024)
    assert basket.estimate is None
    assert basket.verdict is BasketVerdict.CANNOT_BE_TOLD
    assert chain.estimate is None
    assert chain.verdict is BasketVerdict.CANNOT_BE_TOLD


def test_the_chain_multiplies_month_by_month() -> None:
    """The index starts at one and carries listings that came later from the month they came."""
    late = listings(*((f"late-{n}", date(2024, m, 1), 4.0 / m) for n in range(10) for m in (2, 3)))
    result = chained_index(pl.concat([basket_of([1.0] * 10), late]), *YEAR_2024)
    assert result.index["n"].to_list() == [None, 10, 20]
    assert result.index["index"].to_list() == pytest.approx([1.0, 1.0, (2 / 3) ** 0.5])


def recorded(source: str) -> list[dict[str, str]]:
    manifest = json.loads((RECORDINGS / "manifest.json").read_text())
    return [entry for entry in manifest if entry["source"] == source]


def epoch_records() -> pl.DataFrame:
    (entry,) = [entry for entry in recorded("epoch-price-trends") if "lowest_price" in entry["file"]]
    return pl.read_csv(RECORDINGS / entry["file"], try_parse_dates=True).rename(
        {
            "bench": "benchmark_id",
            "Release Date": "valid_on",
            "USD per 1M Tokens": "price_usd_per_mtok",
            "predicted_log_price": "epochs_own_line_usd_per_mtok",
        }
    )


class TestOnRecordings:
    """The figures that the method must give on the public recordings."""

    pytestmark = needs_recordings

    def test_the_21_factors_are_those_of_epochs_own_lines(self) -> None:
        """The factor of each group equals that of the line Epoch publishes in the same file, to 4 digits."""
        rows = epoch_records()
        assert rows.height == 119
        results = record_declines(rows)
        assert len(results) == 21
        for (benchmark, model), result in results.items():
            group = rows.filter(benchmark_id=benchmark, threshold_model=model).sort("valid_on")
            line, days = group["epochs_own_line_usd_per_mtok"], group["valid_on"]
            epochs = (line[0] / line[-1]) ** (365 / (days[-1] - days[0]).days)
            assert result.estimate is not None
            assert f"{result.estimate.value:.4g}" == f"{epochs:.4g}"

    def test_the_21_intervals_are_those_of_least_squares(self) -> None:
        """The 90 % intervals equal those of statsmodels' least squares on days over 365, to 3 digits."""
        api = pytest.importorskip("statsmodels.api")
        rows = epoch_records()
        for (benchmark, model), result in record_declines(rows).items():
            group = rows.filter(benchmark_id=benchmark, threshold_model=model)
            time = np.array([(day - date(2021, 1, 1)).days / 365 for day in group["valid_on"]])
            reference = api.OLS(np.log(group["price_usd_per_mtok"].to_numpy()), api.add_constant(time)).fit()
            high, low = np.exp(-reference.conf_int(alpha=0.1)[1])
            assert result.estimate is not None
            interval = result.estimate.interval
            assert interval is not None
            assert (f"{interval.low:.3g}", f"{interval.high:.3g}") == (f"{low:.3g}", f"{high:.3g}")

    @pytest.mark.parametrize(
        ("group", "figures", "verdict"),
        [
            (("MMLU", "GPT-3"), ("11.77", "8.29", "16.7"), PriceVerdict.FALLING),
            (("GPQA Diamond", "GPT-4-0314"), ("42.02", "4.4", "401"), PriceVerdict.FALLING_RATE_UNDETERMINED),
            (("MATH-500", "GPT-4o-2024-05"), ("689.1", "0.12", "3.97e+06"), PriceVerdict.UNDETERMINED),
        ],
    )
    def test_named_groups_and_how_wide_intervals_are_told(
        self, group: tuple[str, str], figures: tuple[str, str, str], verdict: PriceVerdict
    ) -> None:
        """A wide interval is told as an undetermined rate, never as a rate."""
        result = record_declines(epoch_records())[group]
        assert result.estimate is not None
        interval = result.estimate.interval
        assert interval is not None
        assert (f"{result.estimate.value:.4g}", f"{interval.low:.3g}", f"{interval.high:.3g}") == figures
        assert result.verdict is verdict


@pytest.fixture(scope="module")
def litellm() -> pl.DataFrame:
    """All dated versions of LiteLLM's price file as listings, blended three to one."""
    frames = [
        litellm_version(
            json.loads(gzip.decompress((RECORDINGS / entry["file"]).read_bytes())), entry["as_of"]
        )
        for entry in recorded("litellm-prices")
        if Path(entry["file"]).name.startswith("prices.")
    ]
    return pl.concat(frames).with_columns(price_usd_per_mtok=blended_price())


def litellm_version(payload: dict[str, dict[str, object]], as_of: str) -> pl.DataFrame:
    def number(value: object) -> float | None:
        return 1e6 * value if isinstance(value, int | float) else None

    rows = [
        (
            name,
            date.fromisoformat(as_of),
            str(entry.get("mode")),
            number(entry.get("input_cost_per_token")),
            number(entry.get("output_cost_per_token")),
        )
        for name, entry in payload.items()
        if name != "sample_spec"
    ]
    names = ["listing", "seen_on", "mode", "input_usd_per_mtok", "output_usd_per_mtok"]
    return pl.DataFrame(
        rows,
        schema=dict(zip(names, (pl.String, pl.Date, pl.String, pl.Float64, pl.Float64), strict=True)),
        orient="row",
    )


class TestSameModelSamePrice:
    """The matched basket on LiteLLM's dated versions, to 2026-09-01."""

    pytestmark = needs_recordings

    def test_from_october_2023(self, litellm: pl.DataFrame) -> None:
        """22 listings: median 1.00, geometric mean 0.466, 73 % unchanged, none up."""
        result = matched_basket(litellm, date(2023, 10, 1), date(2026, 9, 1))
        assert result.estimate is not None
        assert (result.n, result.n_up, result.median_ratio) == (22, 0, 1.0)
        assert round(result.estimate.value, 3) == 0.466
        assert result.share_unchanged is not None
        assert round(result.share_unchanged, 2) == 0.73
        assert result.verdict is BasketVerdict.MOSTLY_UNCHANGED

    def test_from_december_2024(self, litellm: pl.DataFrame) -> None:
        """336 listings: median 1.00, geometric mean 0.945, and its interval excludes 1."""
        result = matched_basket(litellm, date(2024, 12, 1), date(2026, 9, 1))
        assert result.estimate is not None
        assert (result.n, result.median_ratio) == (336, 1.0)
        assert round(result.estimate.value, 3) == 0.945
        assert result.estimate.interval is not None
        assert result.estimate.interval.high < 1

    def test_from_september_2025(self, litellm: pl.DataFrame) -> None:
        """918 listings: geometric mean 0.994, 33 up and 29 down."""
        result = matched_basket(litellm, date(2025, 9, 1), date(2026, 9, 1))
        assert result.estimate is not None
        assert (result.n, result.n_up, result.n_down) == (918, 33, 29)
        assert round(result.estimate.value, 3) == 0.994

    def test_chained_from_month_to_month(self, litellm: pl.DataFrame) -> None:
        """From 2023-10 to 2026-09 the chain ends at 0.71, about 11 % less each year."""
        result = chained_index(litellm, date(2023, 10, 1), date(2026, 9, 1))
        assert result.estimate is not None
        assert result.estimate.value == pytest.approx(0.712, abs=0.001)
        assert result.change_per_year == pytest.approx(-0.11, abs=0.005)
