"""Unknown pages are not found; all that Streamlit and we serve passes."""

from __future__ import annotations

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from faces.known_paths import KnownPaths


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers everything, as Streamlit does."""
    await PlainTextResponse("served")(scope, receive, send)


SERVER = TestClient(
    KnownPaths(
        behind,
        pages=["capability", "data-wall"],
        mounts=["api", "healthz"],
        moved={"overview": "", "datawall": "data-wall"},
    )
)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/capability",
        "/capability/",
        "/data-wall?as_of=2024-12-01",
        "/capability/_stcore/health",
        "/capability/static/js/main.js",
        "/_stcore/stream",
        "/static/media/font.woff2",
        "/media/abc.csv",
        "/api/ask/capability.json",
        "/healthz",
        "/favicon.png",
    ],
)
def test_what_is_served_passes(path: str) -> None:
    """Pages, what they load, and our routes."""
    assert SERVER.get(path).text == "served"


@pytest.mark.parametrize(
    ("old", "new"), [("/overview", "/"), ("/datawall", "/data-wall"), ("/datawall/", "/data-wall")]
)
def test_an_old_address_leads_to_the_new_one(old: str, new: str) -> None:
    """With all that was asked for."""
    answer = SERVER.get(f"{old}?as_of=2024-12-01", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{new}?as_of=2024-12-01"


@pytest.mark.parametrize(
    "path",
    ["/capabilty", "/capability/more", "/wp-login.php", "/api2", "/data", "/.env", "/<script>alert(1)"],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    """404 with a page that leads on, and the path in it does nothing."""
    answer = SERVER.get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert "<script>alert" not in answer.text


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """One file, and its app for every other path, as Streamlit does."""
    is_there = scope["path"].endswith("/main.js")
    response = PlainTextResponse("served") if is_there else HTMLResponse("app")
    await response(scope, receive, send)


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/gone.js",
        "/capability/static/js/gone.js",
        "/_stcore/nothing",
        "/app/static/nothing",
        "/robots.txt",
        "/favicon.ico",
    ],
)
def test_a_file_that_is_not_there_is_not_found(path: str) -> None:
    """Streamlit would give its app for it, with 200: a crawler would take that for robots.txt."""
    server = TestClient(KnownPaths(streamlit, pages=["capability"], mounts=[], moved={}))
    assert server.get(path).status_code == 404
    assert 'href="/"' in server.get(path).text
    assert server.get("/static/js/main.js").text == "served"
    assert server.get("/capability").text == "app"
