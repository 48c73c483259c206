"""The page on the dot-com years: works without the daily NASDAQ and says so; no score over the signals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pages.markets import available
from tests.homes.series_home import fill_series
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with monthly figures of markets only."""
    folder = tmp_path_factory.mktemp("markets")
    fill_series(folder)
    return folder


@pytest.fixture(scope="module")
def home_with_nasdaq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with daily closes of the NASDAQ, which end in August 2025."""
    folder = tmp_path_factory.mktemp("daily")
    fill_series(folder, with_nasdaq=True)
    return folder


def test_without_daily_closes_the_page_works_from_months_and_says_so(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """The S&P 500 stands in, and the reader learns why and what brings the NASDAQ."""
    app = open_page(monkeypatch, home, "dotcom.py")
    assert not app.exception
    assert "are not part of the bundled data" in words(app)
    assert "On 1 June 2026 the AI boom stood at" in app.markdown[0].value


def test_with_daily_closes_the_first_line_says_where_they_end(
    monkeypatch: pytest.MonkeyPatch, home_with_nasdaq: Path
) -> None:
    """The NASDAQ leads, its last day is named, and nothing is said to be missing."""
    app = open_page(monkeypatch, home_with_nasdaq, "dotcom.py")
    assert not app.exception
    assert "On 13 August 2025 the AI boom stood at" in app.markdown[0].value
    assert "not part of the bundled data" not in words(app)


def test_likeness_and_difference_stand_side_by_side_without_a_score(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Every quantity has its own verdict; the table has no row that sums them up."""
    app = open_page(monkeypatch, home, "dotcom.py")
    table = next(frame.value for frame in app.dataframe if "quantity" in frame.value)
    assert list(table["quantity"])[:2] == ["run-up since the start", "deepest fall on the way"]
    assert len(table) == 5
    assert not any("score" in quantity for quantity in table["quantity"])


def test_too_few_episodes_are_no_base_rate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """With one episode the first line says that what follows cannot be told, and n."""
    first = open_page(monkeypatch, home, "dotcom.py").markdown[0].value
    assert "What followed markets like it cannot be told: n = 1 episodes, three are needed" in first


def test_only_one_definition_is_set_against_itself(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Software has both sides; railways have one, and are named as set against nothing."""
    text = words(open_page(monkeypatch, home, "dotcom.py"))
    assert "**software**: 4.6 percent of GDP in 2000Q4, 4.4 in 2025Q2" in text
    assert "set against nothing: railways" in text


def test_failures_stand_beside_the_survivors(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Who failed left no series, and is listed as a dated fact."""
    app = open_page(monkeypatch, home, "dotcom.py")
    assert any("Shop without customers closes" in frame.value.to_string() for frame in app.dataframe)


@pytest.mark.parametrize(
    "controls",
    [
        {"market": "Cisco then, Nvidia now", "real": "true"},
        {"then": "Greenspan asks about exuberance", "now": "GPT-4", "log_boom": "false"},
        {"cape": "35", "rise": "100"},
    ],
)
def test_every_control_is_read_from_the_address(
    monkeypatch: pytest.MonkeyPatch, home: Path, controls: dict[str, str]
) -> None:
    """A link with other markets, anchors or thresholds draws without an exception and answers first."""
    app = open_page(monkeypatch, home, "dotcom.py", **controls)
    assert not app.exception
    assert "days before" in app.markdown[0].value


def test_a_date_before_the_boom_is_said_in_words(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """As of 2021 there is no boom to compare with: the page says so and does not break."""
    app = open_page(monkeypatch, home, "dotcom.py", as_of="2021-06-01")
    assert not app.exception
    assert "has no value at one of the starts" in words(app)


def test_a_market_that_was_not_known_into_the_boom_does_not_come_first() -> None:
    """As of a day on which only another market reaches past the start, that one is offered first."""
    points = pl.DataFrame(
        {
            "series_id": ["nasdaq-composite", "shiller-sp500"],
            "valid_on": [date(2021, 12, 23), date(2024, 12, 1)],
        }
    )
    assert [market.then for market in available(points)] == ["shiller-sp500", "nasdaq-composite"]
