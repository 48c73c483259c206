"""What a page of another site may ask of the running dashboard: nothing that it could read."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Dashboard

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status(dashboard: Dashboard, path: str, **headers: str) -> int:
    """The status of an answer to these headers."""
    connection = HTTPConnection(urlsplit(dashboard.address).netloc, timeout=30)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.browser
def test_neither_a_foreign_name_nor_a_foreign_page_gets_in(dashboard: Dashboard) -> None:
    """A name of another site gets 400; its page gets no socket; our own page does."""
    socket = "/_stcore/stream"
    assert status(dashboard, "/", Host="evil.example") == 400
    assert status(dashboard, socket, **SOCKET, Origin="http://evil.example") == 403
    assert status(dashboard, socket, **SOCKET, Origin=dashboard.address) == 101
