"""The four figures of the overview: each with its interval, or with why it is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.capability.frontier import BestSoFar, best_so_far
from analysis.claims.open_models import DAYS_PER_MONTH
from analysis.price.steps import CheapestSteps
from analysis.results import Estimate, Interval
from analysis.trends.measures import HORIZON
from analysis.trends.trend import FrontierTrend
from questions.answer import Tile
from questions.overview import tiles as shown
from questions.overview.tiles import tiles
from questions.trends.series import GrowthSeries
from questions.view import View
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.small_home import MODELS, fill
from tests.questions.asked import view_of
from tests.questions.one_trend import SLOPES, TREND
from tests.yearly_prices import yearly


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models with an index, of which two have open weights; neither horizons nor claims."""
    folder = tmp_path_factory.mktemp("tiles")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def claiming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the claim that open models follow closely, judged of 17 July 2026."""
    folder = tmp_path_factory.mktemp("claiming")
    fill(folder)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("claim", pl.DataFrame([_claim()], infer_schema_length=None))
        index = [
            {"model_id": name, "capability": value, "low": value - 2, "high": value + 2, "n_benchmarks": 8}
            for name, *_, value, _, _ in MODELS
        ]
        warehouse.insert("capability_index", pl.DataFrame(index))
        publish(warehouse, folder / "snapshots")
    return folder


def _claim() -> dict[str, object]:
    return {
        "claim_id": shown.OPEN_LAG,
        "place": 1,
        "statement": "Open models follow closely.",
        "measure": "Lag",
        "unit": "months",
        "page": "capability",
        "tense": "state",
        "verdict": "held",
        "why": "Because it was measured.",
        "as_of": date(2026, 7, 17),
        "then_verdict": "held",
        "now_verdict": "held",
        "then_reading": "released",
        "now_reading": "known",
        "now_observed_on": date(2026, 7, 16),
        "now_value": 7.4,
        "now_low": 5.0,
        "now_high": 9.6,
    }


def told(view: View, trend: FrontierTrend | None = None, cheapest: CheapestSteps | None = None) -> list[Tile]:
    """The tiles of a trend and a price beside what the view knows."""
    found = tiles(view, trend, best() if trend else None, cheapest)
    return [tile for one in found for tile in one.tiles]


def best() -> BestSoFar:
    """Two records, the newer one of 3 points."""
    models = pl.DataFrame(
        {
            "model_id": ["a", "b"],
            "organization": ["A", "B"],
            "released_on": [date(2025, 1, 1), date(2025, 2, 1)],
            "value": [1.0, 3.0],
            "stderr": [0.1, 0.1],
            "open_weights": [False, False],
            "cost": pl.Series([None, None], dtype=pl.Float64),
        }
    )
    return best_so_far(models, date(2026, 1, 1))


def level(*prices: float | None) -> CheapestSteps:
    """A level of these yearly prices."""
    return yearly(*prices, until=date(2026, 7, 1))


def test_without_figures_there_are_no_tiles(home: Path) -> None:
    """Nothing of an empty row of tiles."""
    assert tiles(view_of(home), None, None, None) == ()
    assert tiles(view_of(home), replace(TREND, slopes=None), best(), None) == ()
    assert tiles(view_of(home), TREND, None, None) == ()


def test_the_pace_has_its_interval_and_its_day(home: Path) -> None:
    """The line is the fitted frontier, which ends as steeply as told; the newest record the best so far."""
    (tile,) = told(view_of(home), TREND)
    assert (tile.value, tile.note) == ("+15.2", "90\u00a0% interval 13.7 to 17.3, to 16 July 2026")
    assert 12 * (tile.trace[-1] - tile.trace[-2]) == pytest.approx(15.24, rel=0.03)  # months differ in length
    assert "3 is the best so far" in tile.about
    (untold,) = told(view_of(home), replace(TREND, n_recent=19))
    assert (untold.value, untold.note) == ("not known", "19 models cannot tell it")
    assert untold.trace == (1.0, 3.0)
    flat = replace(TREND, slopes=replace(SLOPES, recent=Estimate(-1.0)))
    (bare,) = told(view_of(home), flat)
    assert (bare.value, bare.note) == ("-1.0", "no interval known, to 16 July 2026")


@pytest.mark.parametrize(
    ("prices", "value", "note"),
    [
        ((30.0, 0.5), "$0.50", "60 times less than in January 2023; list price of 1 July 2026"),
        ((1.5, 1.0), "$1", "1.5 times less than in January 2023; list price of 1 July 2026"),
        ((1.49, 1.0), "$1", "list price of 1 July 2026"),
        ((1.0,), "$1", "list price of 1 July 2026"),
    ],
    ids=["sixty times", "one and a half", "less", "one price"],
)
def test_a_price_is_told_with_its_fall_where_there_is_one(
    home: Path, prices: tuple[float, ...], value: str, note: str
) -> None:
    """From one and a half times on it fell."""
    (tile,) = told(view_of(home), cheapest=level(*prices))
    assert (tile.value, tile.note) == (value, note)
    assert len(tile.trace) == len(prices)


def test_the_line_of_a_price_is_logarithmic(home: Path) -> None:
    """A tenth of the price is one step down; a time without a price, or for nothing, has none."""
    for between in (None, 0.0):
        (tile,) = told(view_of(home), cheapest=level(10.0, between, 1.0))
        assert tile.trace == (1.0, 0.0)


@pytest.mark.parametrize("cheapest", [level(1.0, None), replace(level(1.0), window=None)])
def test_what_is_not_on_sale_has_no_tile(home: Path, cheapest: CheapestSteps) -> None:
    """Withdrawn, or never sold."""
    assert told(view_of(home), cheapest=cheapest) == []


@pytest.mark.parametrize(
    ("slope", "n_recent", "value", "note"),
    [
        (
            Estimate(2.0, Interval(1.5, 3.0)),
            20,
            "6.0 months",
            "90\u00a0% interval 4.0 to 8.0, to 16 July 2026",
        ),
        (
            Estimate(2.0, Interval(1.5, 3.0)),
            19,
            "6.0 months",
            "19 models, too few for a verdict; 90\u00a0% interval 4.0 to 8.0, to 16 July 2026",
        ),
        (Estimate(2.0, Interval(0.0, 3.0)), 20, "not known", "230 models cannot tell it"),
        (Estimate(2.0), 20, "not known", "230 models cannot tell it"),
    ],
    ids=["told", "few", "may not grow", "no interval"],
)
def test_the_time_of_agents_is_told_in_months_of_a_doubling(
    home: Path, monkeypatch: pytest.MonkeyPatch, slope: Estimate, n_recent: int, value: str, note: str
) -> None:
    """With its interval where it surely grows, and the line in doublings; else the line is of the records."""
    days = [date(2025, month, 1) for month in (3, 1, 2)]
    models = pl.DataFrame({"released_on": days, "value": [8.0, 2.0, 1.0]})
    series = GrowthSeries(("horizon", "50"), "h", "h", "h", models, HORIZON, "minutes")
    trend = replace(TREND, measure=HORIZON, slopes=replace(SLOPES, recent=slope), n_recent=n_recent)
    monkeypatch.setattr(shown, "horizon", lambda _view, success: series if success == "50" else None)
    monkeypatch.setattr(shown, "trend_of", lambda _view, _series: trend)
    (tile,) = told(view_of(home))
    assert (tile.value, tile.note) == (value, note)
    if value == "not known":
        assert tile.trace == (1.0, 3.0)
    else:
        assert 12 * (tile.trace[-1] - tile.trace[-2]) == pytest.approx(slope.value, rel=0.03)
    monkeypatch.setattr(shown, "trend_of", lambda _view, _series: replace(trend, slopes=None))
    assert told(view_of(home)) == []


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (Interval(1.5, 2.0), "an end of its interval: nearly all draws of the models give a longer time."),
        (Interval(2.0, 3.0), "an end of its interval: nearly all draws of the models give a shorter time."),
        (Interval(1.5, 3.0), ""),
    ],
)
def test_a_figure_at_an_end_of_its_interval_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch, interval: Interval, said: str
) -> None:
    """Few models make a line steeper than nearly all draws of them do."""
    models = pl.DataFrame({"released_on": [date(2025, 1, 1), date(2025, 2, 1)], "value": [1.0, 2.0]})
    series = GrowthSeries(("horizon", "50"), "h", "h", "h", models, HORIZON, "minutes")
    trend = replace(
        TREND, measure=HORIZON, slopes=replace(SLOPES, recent=Estimate(2.0, interval)), clustered=None
    )
    monkeypatch.setattr(shown, "horizon", lambda _view, _success: series)
    monkeypatch.setattr(shown, "trend_of", lambda _view, _series: trend)
    (tile,) = told(view_of(home))
    assert (said in tile.about) if said else ("an end of its interval" not in tile.about)


@pytest.mark.parametrize(
    ("clustered", "said"),
    [
        (
            Interval(1.2, 3.0),
            "90\u00a0% interval 4.0 to 10.0",
        ),
        (Interval(2.0, 3.0), "90\u00a0% interval 4.0 to 8.0"),
        (Interval(-1.0, 3.0), "90\u00a0% interval 4.0 to 8.0"),
        (None, "90\u00a0% interval 4.0 to 8.0"),
    ],
    ids=["wider", "narrower", "may not grow", "no interval"],
)
def test_of_two_intervals_the_wider_stands_at_the_figure_the_other_in_what_it_is_about(
    home: Path, monkeypatch: pytest.MonkeyPatch, clustered: Interval | None, said: str
) -> None:
    """And what METR's own convention gives, where it can be told, in what the tile is about."""
    days = [date(2025, month, 1) for month in range(1, 6)]
    records = pl.DataFrame({"released_on": days, "value": [1.0, 2.0, 4.0, 8.0, 17.0]})
    series = GrowthSeries(("horizon", "50"), "h", "h", "h", records, HORIZON, "minutes")
    slopes = replace(SLOPES, recent=Estimate(2.0, Interval(1.5, 3.0)))
    of_makers = replace(SLOPES, recent=Estimate(2.0, clustered))
    trend = replace(TREND, measure=HORIZON, slopes=slopes, clustered=of_makers)
    monkeypatch.setattr(shown, "horizon", lambda _view, _success: series)
    monkeypatch.setattr(shown, "trend_of", lambda _view, _series: trend)
    (tile,) = told(view_of(home))
    assert tile.note == f"{said}, to 16 July 2026"
    assert ("The interval draws makers; with models drawn it is 4.0 to 8.0." in tile.about) is ("10" in said)
    assert (
        "METR's own convention, a line through the 5 models that set a record since 2023, gives "
        in tile.about
    )
    assert tile.about.endswith(" months (90\u00a0% interval 0.9 to 1.0).")
    monkeypatch.setattr(shown, "horizon", lambda _view, _success: replace(series, models=records.head(2)))
    (short,) = told(view_of(home))
    assert "METR's own" not in short.about


def test_the_lag_of_open_models_is_that_of_the_claim(claiming: Path) -> None:
    """With its interval; the line is the lag of every third month since the first open model, and it ends so.

    That of January 2025 stands above all closed ones but o1 of the month before.
    """
    (tile,) = told(view_of(claiming))
    assert (tile.value, tile.note) == ("7 months", "90\u00a0% interval 5 to 10, on 16 July 2026")
    days = [date(2025, month, 16) for month in (4, 7, 10)] + [date(2026, month, 16) for month in (1, 4)]
    o1 = date(2024, 12, 5)
    assert tile.trace == pytest.approx([*((day - o1).days / DAYS_PER_MONTH for day in days), 7.4])


@pytest.mark.parametrize(("as_of", "count"), [("2026-07-16", 0), ("2026-07-17", 1)])
def test_the_lag_is_not_told_of_a_day_before_it_was_judged(claiming: Path, as_of: str, count: int) -> None:
    """A figure of later data says nothing of an earlier day."""
    assert len(told(view_of(claiming, as_of))) == count
