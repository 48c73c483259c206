"""A page and the command that answers the same question say one number."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from analyse import commands
from charts.parts.axes import dollars
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import KNOWN, LAST, PRICES, SCORES, fill_growth, released
from tests.pages.judged_visit import open_page, words
from tests.places import ROOT

PAGES = ROOT / "pages"
GUESSED, REPEATED = "nobody-knows-when", "same-fit-listed-again"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published index, one of its values listed twice, and a cheap model of unknown day."""
    folder = tmp_path_factory.mktemp("agreement")
    fill_growth(folder)
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in _more().items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        publish(warehouse, folder / "snapshots")
    return folder


@pytest.mark.parametrize("as_of", [None, "2026-01-31"])
def test_the_published_index_has_one_slope(
    monkeypatch: pytest.MonkeyPatch, home: Path, as_of: str | None
) -> None:
    """The page of S-curves gives slope, interval and models of `analyse trend --series epoch-eci`."""
    parameters = {"as_of": as_of} if as_of else {}
    app = open_page(monkeypatch, home, "trends.py", series="Epoch's published index", **parameters)
    told = _asked("trend", "--series", "epoch-eci", *(["--as-of", as_of] if as_of else []))
    recent, interval = told["slopes"]["recent"]["value"], told["slopes"]["recent"]["interval"]
    slope = f"{recent:+.1f} points a year (90 % interval {interval['low']:.1f} to {interval['high']:.1f})"
    assert slope in app.markdown[0].value.replace("\u00a0", " ")
    assert f"{told['n_recent']} recent, {told['n_earlier']} earlier" in words(app)


def test_the_cheapest_way_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A model whose release day nobody states sets no price, neither on the overview nor in the command."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    told = _asked("price")["cheapest"]
    last = told["steps"][-1]
    assert last["model_id"] != GUESSED
    overview = open_page(monkeypatch, home, "overview.py").markdown[0].value.replace("\\$", "$")
    assert f"costs {dollars(last['price_usd_per_mtok'])} per million tokens" in overview
    assert len(told["steps"]) == _steps(monkeypatch, home, "overview.py")


def test_the_price_page_agrees_with_the_command(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """At the score of the named model the page draws the steps of `analyse price` and none more."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    steps = _asked("frontier", "--benchmark", "gpqa-diamond")["steps"]
    score = next(step["value"] for step in steps if step["model_id"] == "gpt-4-0314")
    told = _asked("price", "--score", str(score))["cheapest"]
    assert len(told["steps"]) == _steps(monkeypatch, home, "price.py")
    assert GUESSED not in {step["model_id"] for step in told["steps"]}


def test_every_trend_of_a_page_is_computed_in_one_place() -> None:
    """One module of the pages calls the estimator, so that windows, day and seed are the same everywhere."""
    callers = [file.name for file in PAGES.glob("*.py") if "frontier_trend(" in file.read_text("utf-8")]
    assert callers == ["growth_trend.py"]


def _asked(*arguments: str) -> Any:
    result = CliRunner().invoke(commands, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def _steps(patch: pytest.MonkeyPatch, home: Path, page: str) -> int:
    """How many steps of the cheapest price the page has in its table."""
    tables = [frame.value for frame in open_page(patch, home, page).dataframe]
    return next(len(table) for table in tables if {"price_usd_per_mtok", "valid_on"} <= set(table.columns))


def _more() -> dict[str, list[dict[str, Any]]]:
    """Values of the published index for the models of the home, and the two models that tell pages apart."""
    days = released()
    names = ["gpt-4-0314", *(f"model-{place}" for place in range(1, len(days)))]
    values = [115 + 15 * (day - days[0]).days / 365 - place % 9 for place, day in enumerate(days)]
    repeated = values[-3]
    return {
        "benchmark": [
            _observed()
            | {
                "benchmark_id": "epoch-eci",
                "title": "Epoch Capabilities Index",
                "unit": "points",
                "higher_is_better": True,
            }
        ],
        "model": [
            _model(GUESSED, date(2023, 1, 5), "litellm first seen"),
            _model(REPEATED, LAST, "change log") | {"organization": _maker(len(days) - 3)},
        ],
        "model_alias": [
            {"source_id": SCORES, "model_name": name, "model_id": name, "rule": "exact", "kind": "dated"}
            for name in (GUESSED, REPEATED)
        ],
        "score": [
            *(_score(name, "epoch-eci", value, "points") for name, value in zip(names, values, strict=True)),
            _score(REPEATED, "epoch-eci", repeated, "points"),
            _score(GUESSED, "gpqa-diamond", 0.9, "fraction"),
        ],
        "price_step": [_step(GUESSED)],
    }


def _maker(place: int) -> str:
    return ("OpenAI", "Anthropic", "Google", "DeepSeek", "Elsewhere")[place % 5]


def _observed(source_id: str = SCORES) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": source_id[0] * 64, "observed_at": KNOWN, "gone": False}


def _model(model_id: str, released_on: date, basis: str) -> dict[str, Any]:
    return {
        "model_id": model_id,
        "title": model_id,
        "organization": "Elsewhere",
        "kind": "dated",
        "released_on": released_on,
        "released_precision": "day",
        "released_basis": basis,
        "open_weights": False,
    }


def _score(name: str, benchmark_id: str, score: float, unit: str) -> dict[str, Any]:
    spread = {"low": score - 3.29, "high": score + 3.29} if unit == "points" else {"low": None, "high": None}
    return (
        _observed()
        | spread
        | {
            "model_name": name,
            "benchmark_id": benchmark_id,
            "setting": "",
            "score": score,
            "unit": unit,
            "reported_by": "independent",
        }
    )


def _step(model_id: str) -> dict[str, Any]:
    row = _observed(PRICES)
    row.pop("gone")
    return row | {
        "model_id": model_id,
        "model_name": model_id,
        "provider": "maker",
        "seller": "maker",
        "starts_on": date(2023, 1, 5),
        "basis": "stated",
        "input_usd_per_mtok": 0.0001,
        "output_usd_per_mtok": 0.0001,
        "listed": True,
        "preference": 0,
        "n_agreeing": 0,
    }
