"""Every answer goes through the guard: foreign names are refused, browsers are told what they may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from config import Settings
from faces.guard import Guard, is_ours


async def speak(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")


async def page(request: object) -> PlainTextResponse:
    return PlainTextResponse("page", headers={"Referrer-Policy": "no-referrer"})


BEHIND = Starlette(
    routes=[WebSocketRoute("/_stcore/stream", speak), Route("/{rest:path}", page)],
    middleware=[Middleware(Guard)],
)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost:8501", True),
        ("127.0.0.1:8501", True),
        ("[::1]:8501", True),
        ("192.168.1.7", True),
        ("dashboard.example.org", True),
        ("DASHBOARD.example.org:443", True),
        ("evil.example", False),
        ("dashboard.example.org.evil.example", False),
        ("localhost.evil.example", False),
        ("", False),
        ("[", False),
        ("user@evil.example", False),
    ],
)
def test_names_that_are_not_ours_are_refused(host: str, ours: bool) -> None:
    """Addresses, localhost and the names of the setting are ours; a name that merely looks alike is not."""
    settings = Settings(home=Path("/nowhere"), hosts="other.example, dashboard.example.org")
    assert is_ours(host, settings) is ours


def test_a_foreign_name_gets_400_and_no_socket() -> None:
    """So a page of another site cannot read this server through a name of its own."""
    client = TestClient(BEHIND, base_url="http://evil.example")
    answer = client.get("/")
    assert answer.status_code == 400
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "HYPECURVE_HOSTS" in answer.text
    foreign = {"host": "evil.example"}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=foreign):
        pass


def test_every_answer_has_its_security_headers() -> None:
    """Pages are framed by themselves only, charts by all; data run nothing; what a page said stays."""
    client = TestClient(BEHIND, base_url="http://localhost")
    pages, chart, data = client.get("/capability"), client.get("/embed/x"), client.get("/api/")
    for answer in (pages, chart, data):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert pages.headers["x-frame-options"] == "SAMEORIGIN"
    assert "x-frame-options" not in chart.headers
    assert "frame-ancestors *" in chart.headers["content-security-policy"]
    assert "default-src 'none'" in data.headers["content-security-policy"]
    with client.websocket_connect("/_stcore/stream", headers={"host": "localhost:8501"}) as socket:
        assert socket.receive_text() == "hello"
