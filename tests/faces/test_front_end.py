"""Streamlit's own files out of memory, and which of them a page tells a browser of beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from faces.front_end import FrontEnd, elements_of, scripts_of

THEIRS = Path(streamlit.__file__).parent / "static"


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Whoever is asked when the file is not known."""
    await PlainTextResponse("from behind")(scope, receive, send)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A front end of three scripts, of which one is loaded by the document itself."""
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script type="module" src="./static/js/index.A1.js"></script>')
    (scripts / "index.A1.js").write_text("export const a = 1;")
    (scripts / "PlotlyChart.B2.js").write_text(
        'import{a}from"./index.A1.js";import"./part.C3.js";' + "x" * 900
    )
    (scripts / "part.C3.js").write_text("export const part = 1;")
    return tmp_path


def test_a_script_is_sent_compressed_for_ever_and_read_once(folder: Path) -> None:
    """Its name holds a digest: what was read stays true."""
    server = TestClient(FrontEnd(behind, folder))
    first = server.get("/static/js/PlotlyChart.B2.js")
    assert first.text.startswith("import{a}")
    assert first.headers["content-encoding"] == "gzip"
    assert "immutable" in first.headers["cache-control"]
    (folder / "static" / "js" / "PlotlyChart.B2.js").unlink()
    assert server.get("/static/js/PlotlyChart.B2.js").text == first.text


@pytest.mark.parametrize("path", ["/", "/static/js/nothing.js", "/static/js/../../index.html", "/api/"])
def test_what_is_no_file_of_theirs_is_passed_on(folder: Path, path: str) -> None:
    """Pages and routes have their own answers."""
    assert TestClient(FrontEnd(behind, folder)).get(path).text == "from behind"


@pytest.mark.parametrize("headers", [{"Accept-Encoding": "identity"}, {"Range": "bytes=0-9"}])
def test_who_cannot_take_it_compressed_or_wants_a_part_is_passed_on(
    folder: Path, headers: dict[str, str]
) -> None:
    """Streamlit itself knows how."""
    answer = TestClient(FrontEnd(behind, folder)).get("/static/js/part.C3.js", headers=headers)
    assert answer.text == "from behind"


def test_a_page_names_the_scripts_of_its_elements_and_what_they_import(folder: Path) -> None:
    """But for what the document loads by itself, and elements that this version does not have."""
    assert scripts_of(("PlotlyChart", "Nothing"), folder) == (
        "/static/js/PlotlyChart.B2.js",
        "/static/js/part.C3.js",
    )


def test_the_elements_of_our_pages_are_there_under_these_names() -> None:
    """A new version of Streamlit may call them otherwise: then pages are slower, and this says so."""
    elements = {name for question in ("dotcom", "compare", "modellist") for name in elements_of(question)}
    assert {"PlotlyChart", "Button", "DataFrame", "Multiselect", "Selectbox", "Html"} <= elements
    for name in elements:
        assert any(f"/{name}." in script for script in scripts_of((name,), THEIRS)), name
