"""What stands in a page before any script runs: title, description, card, our own scripts, its first words.

Streamlit serves one and the same document for all pages; whoever reads only that, as previews of links and
search engines do, would learn nothing of any page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlencode

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config import Settings
from faces.addresses import AS_OF, parameters
from faces.asking import Words
from faces.current import current_view
from faces.first_words import first_words, title_and_line
from faces.html import DRAW, PAGES, stamp
from faces.origins import origin
from questions.cache import ANSWERS
from questions.controls import read, specs
from questions.registry import question_named
from questions.view import AsOfError
from store.snapshot import NoSnapshotError

NAME: Final = "hypecurve"
_THEIR_TITLE: Final = b"<title>Streamlit</title>"
_END: Final = b"</head>"
_BODY: Final = b"<body>"
_EMBEDDED: Final = "embed"
"""Streamlit's own parameter for a page without its frame."""

_FRESH: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""Requests for pages are passed on without these: what comes back is whole, plain and changed here."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of one page: its name, a sentence, the path of its card and the sentence on that.

    `asks` is what the address asks of the page, with its question mark: whoever keeps a preview by the
    address that the document gives keeps that of each day and choice apart.
    `scripts` are the addresses of those that the page will ask for once it draws: a browser that knows of
    them before fetches and compiles them while it waits for the server. `words` are HTML to read until then.
    """

    title: str
    description: str
    card: str
    card_says: str
    asks: str = ""
    scripts: tuple[str, ...] = ()
    words: str = ""


def head_of(
    name: str, title: str, settings: Settings, scripts: tuple[str, ...], line: str, asked: Words
) -> Head:
    """The head of a page as it is asked for: its first line where that is known already, else what it asks.

    `name` is the question that a preview shows; `line` what a page begins with that does not show its answer.
    """
    question = question_named(name)
    card = f"/embed/card/{name}.png"
    answer, asks = None, ""
    with suppress(NoSnapshotError, AsOfError):
        view = current_view(settings, asked.get(AS_OF, [None])[-1])
        given = {word: values for word, values in asked.items() if word in specs(question.controls)}
        controls, problems = read(question.controls, view, {} if line else given)
        made = ANSWERS.answer if question.live and not line else ANSWERS.made
        answer = None if problems else made(question, view, controls)
        if asked:
            card += f"?{parameters(view.as_of, controls)}"
        if usable := {word: values for word, values in asked.items() if word in (AS_OF, *given)}:
            asks = f"?{urlencode(usable, doseq=True)}"
    said = answer.first_line if answer else question.asks
    words = title_and_line(title, line) if line else first_words(question, answer)
    return Head(
        title,
        line or said,
        card,
        said,
        asks="" if line else asks,
        scripts=scripts,
        words="" if _EMBEDDED in asked else words,
    )


class PageHead:
    """Writes the head of each page into the document that comes from behind."""

    def __init__(self, app: ASGIApp, heads: Mapping[str, Callable[[Words], Head]]) -> None:
        """`heads` by the address of the page, the front page's is empty; each is asked on each visit."""
        self._app = app
        self._heads = heads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change the document of a page."""
        head = self._heads.get(scope["path"].strip("/")) if scope["type"] == "http" else None
        if head is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = dict(scope) | {"headers": [pair for pair in scope["headers"] if pair[0] not in _FRESH]}
        # Beside the event loop: what a page's first line is may have to be read from the snapshot.
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        said = await to_thread.run_sync(head, asked)
        above = _written(said, origin(scope), scope["path"])
        await self._app(plain, receive, _Rewriting(send, above, _preloads(said), said.words.encode()))


class _Rewriting:
    """Holds a document back until it is whole, then sends it with the head and the first words in it."""

    def __init__(self, send: Send, head: bytes, below: bytes, words: bytes) -> None:
        self._send = send
        self._head = head
        self._below = below
        self._words = words
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(raw=self._start["headers"])
        if self._start["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
            self._body = self._body.replace(_THEIR_TITLE, self._head, 1)
            # Below Streamlit's own: what the page begins with comes first.
            self._body = self._body.replace(_END, self._below + _END, 1)
            self._body = self._body.replace(_BODY, _BODY + self._words, 1)
            headers["Content-Length"] = str(len(self._body))
            headers["Cache-Control"] = "no-cache"
            for name in ("etag", "last-modified"):
                if name in headers:
                    del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})


def _written(head: Head, origin: str, path: str) -> bytes:
    title = f"{head.title} · {NAME}" if head.title != NAME else NAME
    about = {
        "og:site_name": NAME,
        "og:type": "website",
        "og:title": title,
        "og:description": head.description,
        "og:url": f"{origin}{path}{head.asks}",
        "og:image": f"{origin}{head.card}",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": head.card_says,
    }
    lines = [
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(head.description)}">',
        '<meta name="twitter:card" content="summary_large_image">',
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in about.items()),
        # Deferred, both run before Streamlit's own script, which stands below, and hold nothing back.
        f'<script defer src="/embed/{PAGES}?{stamp(PAGES)}"></script>',
        f'<script defer src="/embed/{DRAW}?{stamp(DRAW)}"></script>',
    ]
    return "\n    ".join(lines).encode()


def _preloads(head: Head) -> bytes:
    return "\n    ".join(
        f'<link rel="modulepreload" crossorigin href="{escape(script)}">' for script in head.scripts
    ).encode()
