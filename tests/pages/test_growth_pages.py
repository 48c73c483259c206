"""The pages of growth, of prices and the overview: their widgets stand beside what they shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.homes.growth_home import fill_growth
from tests.pages.judged_visit import open_page, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a trend, prices and dated price lists; read only."""
    folder = tmp_path_factory.mktemp("growth")
    fill_growth(folder)
    return folder


@pytest.mark.parametrize(
    ("file", "first", "keys"),
    [
        ("overview.py", "AI's capability climbed", set()),
        (
            "trends.py",
            "climbed, no change of pace found",
            {
                "trends.series",
                "trends.recent_months",
                "trends.earlier_months",
                "trends.curves_since",
                "trends.curves",
                "trends.fitted_on",
            },
        ),
        (
            "price.py",
            "GPT-4's GPQA diamond score costs \\$",
            {
                "price.measure",
                "price.threshold",
                "price.seller",
                "price.log_price",
                "price.basket_from",
                "price.maker",
                "price.weights",
                "price.reasoning",
            },
        ),
    ],
)
def test_a_page_answers_first_and_has_its_widgets(
    monkeypatch: pytest.MonkeyPatch, home: Path, file: str, first: str, keys: set[str]
) -> None:
    """The first line is the answer; each control that has a meaning has one widget."""
    app = open_page(monkeypatch, home, file)
    assert not app.exception
    assert any(first in said.value for said in app.markdown[:2])
    assert _keys(app) == keys


def test_a_series_brings_its_own_widgets(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A board and its day can be chosen with ratings only; a chosen day shapes the first line."""
    app = open_page(monkeypatch, home, "trends.py", series="rating")
    assert {"trends.board", "trends.board_on"} <= _keys(app)
    app.button_group(key="trends.board_on").set_value("2026-05-30").run()
    assert not app.exception
    assert "rating of 30 May 2026" in app.markdown[0].value
    assert app.query_params["board_on"] == "2026-05-30"


def test_what_an_address_cannot_ask_for_is_said(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A wrong word in the address gives a warning that names what is allowed, and the default answer."""
    app = open_page(monkeypatch, home, "price.py", seller="nobody")
    assert any("maker, cheapest-host" in warning.value for warning in app.warning)
    assert "cheapest maker" in words(app)


def _keys(app: AppTest) -> set[str]:
    """The keys of all widgets of controls that a page has drawn."""
    kinds = ("selectbox", "number_input", "slider", "select_slider", "toggle", "button_group")
    found = {str(widget.key) for kind in kinds for widget in app.get(kind)}
    return {key for key in found if "." in key}
