"""What holds for every request: it names a host of ours, and every answer says what browsers may do with it.

A page of another site can make a browser ask this server under a name of its own (DNS rebinding) and then
read the answers. So names that are not ours get 400. An address is no name that anybody could claim.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from functools import cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config import Settings, load_settings

_EVERYWHERE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PAGES: Final = "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
"""Streamlit's own script needs more than a policy on scripts would allow."""
_EMBEDDED: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors *; object-src 'none'"
)
"""Plotly compiles some of its drawing; nothing that stands in a page is run."""
_DATA: Final = "default-src 'none'; frame-ancestors 'none'"
_POLICIES: Final = (("/embed", _EMBEDDED), ("/api", _DATA), ("/healthz", _DATA), ("/metrics", _DATA))


class Guard:
    """Refuses foreign names with 400 and sets the security headers of all answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not is_ours(hosts[0], load_settings()):
            await self._refuse(scope, receive, send)
            return
        headers = headers_for(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in headers.items():
                    said.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        said = "This server is not known by that name. Its operator adds names with HYPECURVE_HOSTS.\n"
        await PlainTextResponse(said, 400, headers=headers_for(scope["path"]))(scope, receive, send)


def is_ours(host: str, settings: Settings) -> bool:
    """Whether a Host header names this server: an address, localhost, this machine, or a name that is set."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if not name:
        return False
    try:
        ip_address(name)
    except ValueError:
        known = {"localhost", settings.host, _machine(), f"{_machine()}.local", *_listed(settings.hosts)}
        return name.rstrip(".") in {item.lower() for item in known}
    return True


def headers_for(path: str) -> dict[str, str]:
    """The security headers of the answer at a path."""
    policy = next(
        (policy for start, policy in _POLICIES if path == start or path.startswith(f"{start}/")), None
    )
    if policy is None:
        return _EVERYWHERE | {"Content-Security-Policy": _PAGES, "X-Frame-Options": "SAMEORIGIN"}
    return _EVERYWHERE | {"Content-Security-Policy": policy}


def _listed(text: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in text.split(",")))


@cache
def _machine() -> str:
    return socket.gethostname()
