"""Page, command, route, embedded chart and static copy show the same rows for the same controls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from charts.parts.theme import Mode
from cli import main
from config import Settings
from faces.addresses import parameters, rows_address
from faces.api import api
from faces.asking import Asked, ask
from faces.current import current_view
from faces.embed import embed
from faces.export import export
from faces.rows import RowFormat, rows_as
from pages.registry import PAGES
from pages.shared import chart_block
from pages.shared.tables import MOST_AT_ONCE
from questions.answer import Table, charts_of
from questions.columns import columns_of
from questions.controls import written
from questions.registry import all_questions, question_named
from tests.homes.growth_home import fill_growth
from tests.homes.judged_home import fill_judged
from tests.homes.series_home import fill_attention
from tests.homes.several import filled
from tests.places import ROOT

HOMES: Mapping[str, Callable[[Path], object]] = {
    "growth": fill_growth,
    "judged": fill_judged,
    "series": fill_attention,
}
QUESTIONS = list(all_questions())


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Homes that together have something for every question to draw."""
    return filled(HOMES, tmp_path_factory)


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each home in turn, as the one that is used."""
    monkeypatch.setenv("HYPECURVE_HOME", str(homes[request.param]))
    return homes[request.param]


def asked_of(home: Path, name: str) -> Asked:
    """The question at its default controls."""
    return ask(Settings(home=home), name, {})


def expected(asked: Asked, kind: RowFormat, server: str = "") -> dict[str, bytes]:
    """The bytes of every chart of the answer; a server's citations lead to it."""
    return {
        chart.name: rows_as(
            kind, chart, f"{server}/embed/{chart.name}?{parameters(asked.view.as_of, asked.controls)}"
        )
        for chart in charts_of(asked.answer())
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_routes_give_the_rows_of_the_answer(home: Path, name: str) -> None:
    """With every control written out, in each format, byte for byte; the answer in JSON holds them too."""
    asked = asked_of(home, name)
    with TestClient(api()) as routes:
        for kind in RowFormat:
            for chart, body in expected(asked, kind, "http://testserver").items():
                path = rows_address(chart, kind.value, asked.view, asked.controls).removeprefix("/api")
                assert routes.get(path).content == body, (chart, kind)
        said = routes.get(f"/ask/{name}.json", params=parameters(asked.view.as_of, asked.controls)).json()
    rows = {block["name"]: block["rows"] for block in _charts(said["blocks"])}
    assert rows == {
        chart: json.loads(body)["rows"] for chart, body in expected(asked, RowFormat.JSON).items()
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_command_gives_the_rows_of_the_answer(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`hypecurve ask NAME --chart CHART --format csv`, every control an option."""
    asked = asked_of(home, name)
    options = [
        word for pair in written(asked.controls) for word in (f"--{pair[0].replace('_', '-')}", pair[1])
    ]
    for chart, body in expected(asked, RowFormat.CSV).items():
        command = ["hypecurve", "ask", name, "--chart", chart, "--format", "csv", *options]
        monkeypatch.setattr("sys.argv", command)
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code in (0, None)
        assert capfdbinary.readouterr().out == body


def test_the_static_copy_holds_the_rows_of_the_answers(home: Path, tmp_path: Path) -> None:
    """Every chart of every question at its defaults, as CSV and JSON beside the pages."""
    export(tmp_path / "site", current_view(Settings(home=home)))
    for name in QUESTIONS:
        asked = asked_of(home, name)
        page = (tmp_path / "site" / f"{name}.html").read_text(encoding="utf-8")
        for kind in (RowFormat.CSV, RowFormat.JSON):
            for chart, body in expected(asked, kind).items():
                assert (tmp_path / "site" / "rows" / f"{chart}.{kind}").read_bytes() == body
                assert f'<figure id="{chart}">' in page


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_embedded_chart_draws_the_figure_of_the_answer(home: Path, name: str) -> None:
    """The figure of the page, light and dark."""
    asked = asked_of(home, name)
    with TestClient(embed()) as routes:
        for chart in charts_of(asked.answer()):
            for mode in Mode:
                address = f"/{chart.name}?{parameters(asked.view.as_of, asked.controls)}&theme={mode.value}"
                page = routes.get(address).text
                figure = page.partition('class="figure">')[2].partition("</script>")[0]
                assert json.loads(figure) == json.loads(chart.finished(mode).json)


@pytest.mark.parametrize("entry", [page for page in PAGES if page.answers], ids=lambda entry: entry.question)
def test_the_page_shows_and_hands_out_the_rows_of_the_answer(
    home: Path, entry: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table behind each chart, and what its buttons give."""
    handed: dict[tuple[str, RowFormat], tuple[str, bytes]] = {}

    real = chart_block.show_chart

    def show_chart(block: object, widgets: object, *level: int, **more: object) -> None:
        address = chart_block.chart_address(block.chart.name, widgets.view, widgets.controls)
        for kind in RowFormat:
            handed[block.chart.name, kind] = (address, rows_as(kind, block.chart, address))
        real(block, widgets, *level, **more)

    monkeypatch.setattr("pages.shared.face.show_chart", show_chart)
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=120).run()
    app = app.switch_page(entry.file)
    handed.clear()
    for chart in question_named(entry.question).charts:
        app.session_state[f"behind-{chart}"] = True  # what is not opened is not made
        app.session_state[f"folded-{chart}"] = True
    app.run()
    app.session_state["seen"] = set(question_named(entry.question).charts)
    app.run()
    assert not app.exception
    asked = asked_of(home, entry.question)
    for kind in RowFormat:
        assert {chart: body for (chart, of), (_, body) in handed.items() if of is kind} == expected(
            asked, kind
        )
    tables = [(list(table.value.columns), len(table.value)) for table in app.dataframe]
    for chart in charts_of(asked.answer()):
        shown = list(columns_of(Table(chart.name, chart.rows)))
        assert (shown, min(chart.rows.height, MOST_AT_ONCE)) in tables


def _charts(blocks: list[dict]) -> list[dict]:
    found = []
    for block in blocks:
        if block["kind"] == "chart":
            found.append(block)
        for inside in (block.get("blocks", []), *block.get("groups", [])):
            found += _charts(inside)
    return found
