"""Leads old addresses on and answers 404 to unknown ones: Streamlit gives every path its app with 200."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from faces.html import sentence_page

STREAMLIT: Final = ("_stcore", "static", "media", "component", "app")
"""First parts of the paths that Streamlit serves itself, below the root or below a page."""

FILES: Final = ("favicon.ico", "favicon.png", "manifest.json", "robots.txt", "index.html")


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
        if scope["type"] != "http" or self.knows(scope["path"]):
            await self._app(scope, receive, send)
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
