"""The routes: what is found, what is wrong in a sentence with its status, what the caller has already."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient

import faces.api
from faces.api import api
from questions.controls import specs
from questions.filters import ModelFilters
from questions.registry import all_questions

CHART = "score-against-cost"
FILM = "frontier-through-time"


def test_the_index_lists_every_question_with_its_controls_and_charts(routes: TestClient) -> None:
    """A program finds all that there is from one address."""
    listed = {item["name"]: item for item in routes.get("/").json()["questions"]}
    assert listed.keys() == all_questions().keys()
    capability = listed["capability"]
    assert CHART in capability["charts"]
    assert {"benchmark", "cost", "front_on", "log_cost", "model", *specs(ModelFilters)} == {
        control["name"] for control in capability["controls"]
    }


def test_the_description_has_a_path_for_every_question_and_chart(routes: TestClient) -> None:
    """OpenAPI 3.1, each parameter with its words, fixed choices as an enumeration."""
    described = routes.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for question in all_questions().values():
        assert f"/api/ask/{question.name}.json" in described["paths"]
        for chart in question.charts:
            assert f"/api/chart/{chart}.csv" in described["paths"]
    parameters = described["paths"]["/api/ask/capability.json"]["get"]["parameters"]
    cost = next(one for one in parameters if one["name"] == "cost")
    assert "cost-per-task" in cost["schema"]["enum"]
    assert all(one["description"] for one in parameters)


def test_an_answer_has_its_lines_and_blocks(routes: TestClient) -> None:
    """The same fields for every question."""
    for name in all_questions():
        said = routes.get(f"/ask/{name}.json").json()
        assert {
            "first_line",
            "caveat",
            "rests_on",
            "would_change",
            "blocks",
            "controls",
            "as_of",
        } <= said.keys()
        assert said["first_line"]


def test_rows_come_in_three_formats_with_the_same_figures(routes: TestClient) -> None:
    """CSV, JSON and Parquet of one chart hold the same table; JSON and Parquet carry the citation."""
    table = pl.read_csv(io.BytesIO(routes.get(f"/chart/{CHART}.csv").content), infer_schema_length=None)
    said = routes.get(f"/chart/{CHART}.json").json()
    file = routes.get(f"/chart/{CHART}.parquet").content
    rows = pl.read_parquet(io.BytesIO(file))
    assert table.columns == rows.columns == said["columns"]
    assert table.height == rows.height == len(said["rows"]) > 0
    assert rows["value"].to_list() == table["value"].to_list() == [row["value"] for row in said["rows"]]
    cited = pl.read_parquet_metadata(io.BytesIO(file))["citation"]
    assert cited == said["citation"]
    assert f"/embed/{CHART}?as_of=" in cited
    for name in ("benchmark", "cost", "front_on", "log_cost"):
        assert f"{name}=" in cited


WRONG = {
    "value": ("ask/capability.json?benchmark=nonsense", 400, "gpqa-diamond"),
    "name": ("ask/capability.json?colour=red", 400, "benchmark, cost, front_on"),
    "day": ("ask/capability.json?as_of=2031-01-01", 400, "2020-01-01"),
    "no day": ("ask/capability.json?as_of=monday", 400, "YYYY-MM-DD"),
    "two days": ("ask/capability.json?as_of=2025-01-01&as_of=2025-01-02", 400, "one day"),
    "two values": ("ask/capability.json?cost=cost-per-task&cost=cost-of-run", 400, "one value"),
    "question": ("ask/capabilty.json", 404, "did you mean capability"),
    "chart": ("chart/score-against-costs.csv", 404, "did you mean score-against-cost"),
    "format": (f"chart/{CHART}.xlsx", 404, "csv"),
    "not drawn": (f"chart/{CHART}.csv?cost=cost-of-run", 404, "not drawn"),
    "value of a chart": (f"chart/{CHART}.csv?log_cost=maybe", 400, "true or false"),
    "place": ("nowhere", 404, "/api/"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_a_sentence_with_its_status(routes: TestClient, kind: str) -> None:
    """400 for a parameter, 404 for a name; the sentence says what there is."""
    path, status, said = WRONG[kind]
    answer = routes.get(f"/{path}")
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]
    assert answer.headers["content-type"] == "application/json"


def test_who_has_the_answer_is_told_so(routes: TestClient) -> None:
    """The entity tag of an answer is good until something it depends on changes."""
    first = routes.get(f"/chart/{CHART}.csv")
    again = routes.get(f"/chart/{CHART}.csv", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = routes.get(f"/chart/{CHART}.csv?log_cost=false", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_defaults_written_out_are_the_same_answer(routes: TestClient) -> None:
    """A link that names every control has the entity tag of one that names none."""
    bare = routes.get("/ask/capability.json")
    controls = bare.json()["controls"] | {"as_of": bare.json()["as_of"]}
    assert routes.get("/ask/capability.json", params=controls).headers["etag"] == bare.headers["etag"]


@pytest.mark.parametrize("file", ["bib", "json"])
def test_a_citation_leads_to_this_server(routes: TestClient, file: str) -> None:
    """By the name that its reader used, since it is read elsewhere: in a paper, say."""
    asked = {"host": "curve.example", "x-forwarded-proto": "https"}
    cited = routes.get(f"/chart/{CHART}.{file}", headers=asked).text
    assert f"https://curve.example/embed/{CHART}?as_of=" in cited


def test_what_others_add_to_a_link_asks_nothing(routes: TestClient) -> None:
    """A link that was passed on by a network or a newsletter opens the same; other words are still wrong."""
    passed_on = routes.get("/ask/capability.json?utm_source=mail&fbclid=abc&mc_cid=1")
    assert passed_on.json() == routes.get("/ask/capability.json").json()
    assert routes.get("/ask/capability.json?source=mail").status_code == 400


def test_a_live_question_is_never_kept(routes: TestClient) -> None:
    """What the ledger says is asked anew each time."""
    live = [question.name for question in all_questions().values() if question.live]
    for name in live:
        answer = routes.get(f"/ask/{name}.json")
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_every_site_may_read_and_none_may_write(routes: TestClient) -> None:
    """Any origin may GET; nothing takes a POST."""
    origin = {"Origin": "https://elsewhere.example"}
    assert routes.get("/", headers=origin).headers["access-control-allow-origin"] == "*"
    for method in ("post", "put", "delete", "patch"):
        assert getattr(routes, method)("/ask/capability.json").status_code == 405


def test_too_many_rows_are_refused_with_the_way_to_get_them(
    routes: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A route gives a bounded number of rows; the command gives all."""
    monkeypatch.setattr(faces.api, "MOST_ROWS", 2)
    answer = routes.get(f"/chart/{CHART}.csv")
    assert answer.status_code == 400
    assert f"hypecurve ask capability --chart {CHART} --format csv" in answer.json()["error"]


def test_an_answer_that_takes_too_long_is_broken_off(
    routes: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever."""
    monkeypatch.setattr(faces.api, "MOST_SECONDS", 0.0)
    answer = routes.get("/ask/capability.json?front_on=2024-01-01")
    assert answer.status_code == 503
    assert "seconds" in answer.json()["error"]


def test_before_the_first_data_every_route_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 and the command that brings data."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path / "nothing"))
    with TestClient(api()) as client:
        for path in ("", "openapi.json", "ask/capability.json", f"chart/{CHART}.csv"):
            answer = client.get(f"/{path}")
            assert answer.status_code == 503
            assert "hypecurve" in answer.json()["error"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_embedded_chart_is_it_with_sources_and_link(embedded: TestClient, theme: str) -> None:
    """The page holds the figure, its footer and its own address, and asks no other host."""
    page = embedded.get(f"/{CHART}?theme={theme}&log_cost=false")
    assert page.status_code == 200
    assert f'data-theme="{theme}"' in page.text
    assert "Sources:" in page.text
    assert "log_cost=false" in page.text
    assert "https://cdn" not in page.text
    assert re.findall(r"<h(\d)", page.text) == ["1"]
    figure = page.text.partition('class="figure">')[2].partition("</script>")[0]
    assert json.loads(figure)["data"]


def test_a_chart_that_plays_is_given_as_gif(embedded: TestClient) -> None:
    """The page of the chart leads to it, with all controls; no other chart has one."""
    page = embedded.get(f"/{FILM}?log_cost=false").text
    link = re.search(rf'href="(/embed/{FILM}\.gif\?[^"]+)"', page)
    assert link is not None
    address = unescape(link[1])
    assert "log_cost=false" in address
    film = embedded.get(address.removeprefix("/embed"))
    assert film.headers["content-type"] == "image/gif"
    assert film.content.startswith(b"GIF89a")
    assert (
        embedded.get(
            address.removeprefix("/embed"), headers={"If-None-Match": film.headers["etag"]}
        ).status_code
        == 304
    )
    assert embedded.get(f"/{CHART}.gif").status_code == 404


def test_an_embedded_chart_that_cannot_be_is_a_page_that_says_so(embedded: TestClient) -> None:
    """Status and sentence as for the other routes."""
    assert embedded.get("/no-such-chart").status_code == 404
    for parameter in ("theme=blue", "benchmark=nonsense", "as_of=tomorrow"):
        page = embedded.get(f"/{CHART}?{parameter}")
        assert page.status_code == 400
        assert "cannot be" in page.text or "no day" in page.text


@pytest.mark.parametrize("name", ["plotly.min.js", "charts.js", "style.css"])
def test_files_of_embedded_charts_come_from_here(embedded: TestClient, name: str) -> None:
    """Compressed for those who take that, whole for the others."""
    packed = embedded.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
    whole = embedded.get(f"/{name}", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == whole.content
    assert len(whole.content) > 100
