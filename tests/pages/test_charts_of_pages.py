"""Every chart that a page draws: what it says to who cannot see it, its table, its download, its link."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from pages.chart_block import citation, csv_of, parquet_of
from pages.tables import in_percent
from streamlit.testing.v1 import AppTest

from charts.parts.figure import Chart
from pages import chart_block
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.growth_home import fill_growth
from tests.homes.judged_home import fill_judged
from tests.homes.series_home import FACTS, SEEN, fill_series
from tests.pages.judged_visit import open_page


def fill_attention(home: Path) -> None:
    """The home of series, with views of one page on the days that are the usual base, too."""
    fill_series(home, with_nasdaq=True)
    days = [date(2026, 4, 1) + timedelta(days=place) for place in range(100)]
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        stamp = {"source_id": FACTS, "payload_sha256": "f" * 64, "observed_at": SEEN, "gone": False}
        series = {"series_id": "wikipedia-daily-chatgpt", "valid_precision": "day", "note": ""}
        rows = [stamp | series | {"valid_on": day, "value": 1000.0} for day in days]
        warehouse.insert("series_point", pl.DataFrame(rows))
        publish(warehouse, home / "snapshots")


HOMES: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "growth": (fill_growth, ("overview.py", "capability.py", "trends.py", "price.py", "models.py")),
    "judged": (fill_judged, ("value.py", "datawall.py", "claims.py")),
    "series": (fill_attention, ("hype.py", "dotcom.py")),
}
EVERY_PAGE = [(home, page) for home, (_, pages) in HOMES.items() for page in pages]


BELOW = chart_block._below


@dataclass
class Visit:
    """A page after its run, with the charts that it drew and the link of each."""

    page: str
    app: AppTest
    drawn: list[tuple[Chart, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One home for each kind of page."""
    folders = {name: tmp_path_factory.mktemp(name) for name in HOMES}
    for name, folder in folders.items():
        HOMES[name][0](folder)
    return folders


@pytest.fixture(scope="module")
def visits(homes: dict[str, Path]) -> list[Visit]:
    """Every page once, with its charts."""
    with pytest.MonkeyPatch.context() as patch:
        return [_visit(patch, homes[home], page) for home, page in EVERY_PAGE]


def test_every_page_of_a_question_draws(visits: list[Visit]) -> None:
    """The homes of these tests have enough for a chart on each page."""
    assert {visit.page for visit in visits if visit.drawn} == {page for _, page in EVERY_PAGE}


def test_alternative_text_is_a_sentence_with_a_figure(visits: list[Visit]) -> None:
    """It begins a sentence, ends it, and states a number."""
    poor = [
        (visit.page, chart.name, chart.alt)
        for visit in visits
        for chart, _ in visit.drawn
        if not chart.alt.endswith(".")
        or ".." in chart.alt
        or not any(letter.isdigit() for letter in chart.alt)
        or not chart.alt[0].isalnum()
    ]
    assert poor == []


def test_the_table_holds_the_rows_that_are_drawn(visits: list[Visit]) -> None:
    """The table is not empty and has the rows and columns of the chart."""
    for visit in visits:
        tables = [table.value for table in visit.app.dataframe]
        for chart, _ in visit.drawn:
            shown = in_percent(chart.rows)
            assert shown.height > 0
            assert any(
                list(table.columns) == shown.columns and len(table) == shown.height for table in tables
            ), (visit.page, chart.name)


def test_downloads_are_the_rows_with_their_citation(visits: list[Visit]) -> None:
    """CSV and Parquet hold the rows of the table; the citation is in the Parquet file and beside both."""
    for visit in visits:
        beside = [code.value for code in visit.app.code]
        for chart, link in visit.drawn:
            cited = citation(chart, link)
            file = parquet_of(chart.rows, cited)
            assert pl.read_parquet(io.BytesIO(file)).equals(chart.rows)
            assert pl.read_parquet_metadata(io.BytesIO(file))["citation"] == cited
            assert cited in beside
            assert chart.title in cited
            assert all(source in cited for source in chart.footing.sources)
            read = pl.read_csv(io.StringIO(csv_of(chart.rows)), infer_schema_length=None)
            assert read.columns == chart.rows.columns
            assert read.height == chart.rows.height


def test_links_write_out_every_control_of_their_page(visits: list[Visit]) -> None:
    """Each control that shapes a chart stands in its link, set or not: none of a page is in no link."""
    missing = {
        visit.page: unwritten
        for visit in visits
        if (unwritten := _bound(visit.app) - {key for _, link in visit.drawn for key in _written(link)})
    }
    assert missing == {}


@pytest.mark.parametrize(
    ("home", "page", "key", "value"),
    [
        ("growth", "price.py", "basket_from", "2024-10-01"),
        ("judged", "value.py", "task_value", "33.0"),
        ("series", "dotcom.py", "rise", "60"),
        ("series", "hype.py", "log_attention", "false"),
    ],
)
def test_a_control_that_was_set_is_in_every_link_of_its_page(
    homes: dict[str, Path], home: str, page: str, key: str, value: str
) -> None:
    """Who shares one chart of a page shares the rest of the page as it was set, too."""
    with pytest.MonkeyPatch.context() as patch:
        visit = _visit(patch, homes[home], page, **{key: value})
    assert len(visit.drawn) > 1
    for chart, link in visit.drawn:
        assert _written(link)[key] == [value], chart.name


def _bound(app: AppTest) -> set[str]:
    """Keys of the widgets of a page that stand in its address and have a value."""
    found = {}
    for kind in (
        "selectbox",
        "slider",
        "select_slider",
        "toggle",
        "number_input",
        "button_group",
        "date_input",
    ):
        for widget in app.get(kind):
            key = getattr(widget.proto, "query_param_key", "")
            if key:
                found[key] = widget.value
    return {key for key, value in found.items() if value not in (None, [], "")}


def _visit(patch: pytest.MonkeyPatch, home: Path, page: str, **parameters: str) -> Visit:
    drawn: list[tuple[Chart, str]] = []

    def noted(chart: Chart, link: str) -> None:
        drawn.append((chart, link))
        BELOW(chart, link)

    patch.setattr(chart_block, "_below", noted)
    app = open_page(patch, home, page, **parameters)
    # On the way to the page the overview was drawn.
    drawn.clear()
    app.run()
    assert not app.exception
    return Visit(page, app, drawn)


def _written(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)
