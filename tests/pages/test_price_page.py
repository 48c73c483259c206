"""The page on the price of a capability: the answer, both rates, who is unpriced, the same model's price."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.growth_home import fill_growth
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose prices fall tenfold a year."""
    folder = tmp_path_factory.mktemp("prices")
    fill_growth(folder)
    return folder


def test_the_first_line_says_price_fall_and_rate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The answer names the score, the price now, the first price, and the rate with its interval."""
    app = open_page(monkeypatch, home, "price.py")
    assert not app.exception
    first = app.markdown[0].value
    assert "the cheapest way to GPT-4's GPQA diamond score" in first
    assert "times less than \\$30 in December 2022" in first
    assert "10 times cheaper a year (90\u00a0% interval" in first


def test_both_rates_stand_side_by_side(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Epoch's convention and the tenth percentile each have an interval and say what they count."""
    text = words(open_page(monkeypatch, home, "price.py"))
    assert "successive cheapest models (Epoch AI's convention): 10 times cheaper a year" in text
    assert "tenth percentile of all" in text
    assert text.count("90\u00a0% interval") >= 3


def test_models_without_a_price_are_listed(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The five newest models have a score and no price: they are named, neither dropped nor free."""
    app = open_page(monkeypatch, home, "price.py")
    assert any(expander.label.startswith("Unpriced: 5 models") for expander in app.expander)


def test_epochs_thresholds_are_the_reference(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The factor of Epoch's own prices stands in the list of reference rates, computed anew."""
    app = open_page(monkeypatch, home, "price.py")
    table = next(frame.value for frame in app.dataframe if "MMLU, GPT-4" in frame.value.to_string())
    assert table["factor_per_year"].iloc[0] == pytest.approx(10.0, rel=0.1)


def test_the_same_model_keeps_its_price(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Twelve listings that never changed: all kept their price, median ratio 1."""
    text = words(open_page(monkeypatch, home, "price.py"))
    assert "Of 12 listings that are in every one of 3 versions" in text
    assert "100\u00a0% kept their price, 0 rose and 0 fell: median ratio 1.00" in text


def test_the_index_can_name_the_threshold(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The capability index serves as a measure too, with the level of the named model."""
    first = open_page(monkeypatch, home, "price.py", measure="capability index").markdown[0].value
    assert "GPT-4's level on the capability index" in first
