"""Streamlit's own files, kept in memory and compressed, and which of them a page will ask for.

Streamlit sends them from the disk as they are, one thread and many messages each, 9 MB of more than a
hundred files to a new visitor; and a browser learns of most of them only when it meets an element that needs
them.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from questions.controls import Choice, Number, Several, Span, Switch, specs
from questions.registry import question_named

_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
_TEXTS: Final = frozenset({".js", ".css", ".json", ".svg"})
"""What gzip makes smaller: fonts and pictures are compressed as they are."""

_FOR_EVER: Final = "public, immutable, max-age=31536000"
"""The name of each file holds a digest of what is in it."""

_SCRIPTS: Final = "static/js"
_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)["'`]\./([\w.-]+\.js)["'`]""")
_BEGINNING: Final = 16_000
_AT_ONCE: Final = re.compile(r"""(?:src|href)="\./static/js/([\w.-]+\.js)\"""")

ON_EVERY_PAGE: Final = ("Html", "TextInput", "DateInput")
"""The elements of the frame, by the names of their files: style, search, day."""

_OF_CONTROLS: Final = {
    Choice: "Selectbox",
    Several: "Multiselect",
    Number: "NumberInput",
    Span: "Slider",
    Switch: "Checkbox",
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """One file as it is sent."""

    body: bytes
    headers: dict[str, str]


class FrontEnd:
    """Answers requests for files under /static; passes on all others, and what it does not know."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        """`folder` is the one that Streamlit serves."""
        self._app = app
        self._files = {
            f"/{file.relative_to(folder).as_posix()}": file
            for file in (folder / "static").rglob("*")
            if file.suffix in _TYPES
        }
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer out of memory, or pass the request on."""
        file = self._files.get(scope["path"]) if scope["type"] == "http" else None
        headers = Headers(scope=scope) if file else Headers()
        can = "range" not in headers and "gzip" in headers.get("accept-encoding", "")
        if file is None or not can or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            kept = self._kept[scope["path"]] = await to_thread.run_sync(_packed, file)
        await Response(kept.body, headers=kept.headers)(scope, receive, send)


def _packed(file: Path) -> _Kept:
    headers = {
        "Content-Type": _TYPES[file.suffix],
        "Cache-Control": _FOR_EVER,
        "Vary": "Accept-Encoding",
    }
    body = file.read_bytes()
    if file.suffix not in _TEXTS:
        return _Kept(body, headers)
    return _Kept(gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"})


def elements_of(name: str | None) -> tuple[str, ...]:
    """The elements that the page of a question will draw, by the names of their files; None: of any page."""
    if name is None:
        return ON_EVERY_PAGE
    question = question_named(name)
    kinds = [type(spec) for spec in specs(question.controls).values()]
    controls = [_OF_CONTROLS[kind] for kind in kinds if kind in _OF_CONTROLS]
    # A button asks for what is not drawn yet (pages/shared/unseen.py).
    shows = ("PlotlyChart", "Button") if question.charts else ("DataFrame",)
    return tuple(dict.fromkeys((*ON_EVERY_PAGE, *controls, *shows)))


@cache
def scripts_of(elements: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """The addresses of the scripts of these elements and of all they import, but for what is loaded anyway.

    Elements that this version of Streamlit calls otherwise are left out: then they are loaded when needed.
    """
    scripts = folder / _SCRIPTS
    found = dict.fromkeys(_AT_ONCE.findall((folder / "index.html").read_text(encoding="utf-8")))
    loaded = len(found)
    for name in elements:
        for file in sorted(scripts.glob(f"{name}.*.js")):
            _add_imports(file, found)
    return tuple(f"/{_SCRIPTS}/{name}" for name in list(found)[loaded:])


def _add_imports(file: Path, found: dict[str, None]) -> None:
    if file.name in found or not file.exists():
        return
    found[file.name] = None
    for name in _imports(file):
        _add_imports(file.with_name(name), found)


@cache
def _imports(file: Path) -> tuple[str, ...]:
    """What a script imports at once: that stands at its beginning."""
    with file.open(encoding="utf-8") as opened:
        return tuple(_IMPORT.findall(opened.read(_BEGINNING)))
