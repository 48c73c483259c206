"""Leads old addresses on and answers 404 to unknown ones: Streamlit gives every path its app with 200."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faces.html import sentence_page

STREAMLIT: Final = ("_stcore", "static", "media", "component", "app")
"""First parts of the paths that Streamlit serves itself, below the root or below a page."""

FILES: Final = ("favicon.png", "manifest.json")

_WITHOUT_DOCUMENTS: Final = ("_stcore", "static", "app")
"""Those below which no document stands: where nothing does, Streamlit sends its app with 200."""


class KnownPaths:
    """Passes on requests for known paths and answers all others with a page that says so."""

    def __init__(
        self, app: ASGIApp, pages: Iterable[str], mounts: Iterable[str], moved: Mapping[str, str]
    ) -> None:
        """Pages by their addresses; `moved` says where old ones lead (the front page is the empty one)."""
        self._app = app
        self._moved = {f"/{old}": f"/{new}" for old, new in moved.items()}
        self._pages = frozenset(pages)
        self._first = frozenset({*mounts, *STREAMLIT, *FILES})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] != "http" or (self.knows(scope["path"]) and not _is_file(scope["path"])):
            await self._app(scope, receive, send)
            return
        if self.knows(scope["path"]):
            sending = _WithoutDocument(send)
            await self._app(scope, receive, sending)
            if not sending.is_document:
                return
        if (leads_to := self._moved.get(scope["path"].rstrip("/"))) is not None:
            asked = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{leads_to}?{asked}" if asked else leads_to)(scope, receive, send)
            return
        sentence = f"There is no page at `{scope['path']}`. The front page leads to all that there is."
        await HTMLResponse(sentence_page("Not found", sentence), 404)(scope, receive, send)

    def knows(self, path: str) -> bool:
        """Whether somebody behind answers this path."""
        first, *rest = [part for part in path.split("/") if part] or [""]
        if first in self._pages:
            return not rest or rest[0] in STREAMLIT
        return first == "" or first in self._first


def _is_file(path: str) -> bool:
    """Whether a path, below the root or below a page, names one of Streamlit's files or routes."""
    return any(part in _WITHOUT_DOCUMENTS for part in [part for part in path.split("/") if part][:2])


class _WithoutDocument:
    """Passes a response on, unless it is a document."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.is_document = False

    async def __call__(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            self.is_document = headers.get("content-type", "").startswith("text/html")
        if not self.is_document:
            await self._send(message)
