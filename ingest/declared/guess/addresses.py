"""Addresses of pages that only show a file or a sheet, as the address of the data behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

_SHEET: Final = re.compile(r"/spreadsheets/d/(?!e/)([\w-]+)(?:/.*)?")
_PUBLISHED: Final = re.compile(r"/spreadsheets/d/e/([\w-]+)/pub(?:html)?")
_GITHUB: Final = re.compile(r"/([\w.-]+/[\w.-]+)/(?:blob|raw)/(.+)")
_HUGGING_FACE: Final = re.compile(r"/((?:datasets/|spaces/)?[\w.-]+/[\w.-]+)/(?:blob|raw)/(.+)")


def address_of_data(address: str) -> str:
    """The address of the file that a page shows (GitHub, Hugging Face, Google Sheets); else the address."""
    parts = urlsplit(address)
    behind = _PAGES.get(parts.hostname or "")
    found = None if behind is None else behind(address)
    return found or address


def _on_github(address: str) -> str | None:
    found = _GITHUB.fullmatch(urlsplit(address).path)
    return f"https://raw.githubusercontent.com/{found[1]}/{found[2]}" if found else None


def _on_hugging_face(address: str) -> str | None:
    found = _HUGGING_FACE.fullmatch(urlsplit(address).path)
    return f"https://huggingface.co/{found[1]}/resolve/{found[2]}" if found else None


def _on_google_sheets(address: str) -> str | None:
    """The sheet as CSV; Google's queries (gviz) blank cells that are not of their column's commonest type.

    They are asked only where they say which sheet by its name, or which rows, as nothing else can.
    """
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(f"{parts.query}&{parts.fragment}").items()}
    published = _PUBLISHED.fullmatch(parts.path)
    sheet = {name: asked[name] for name in ("gid",) if name in asked}
    if published:
        more = {"single": "true", **sheet} if sheet else {}
        return f"https://docs.google.com/spreadsheets/d/e/{published[1]}/pub?" + urlencode(
            {**more, "output": "csv"}
        )
    found = _SHEET.fullmatch(parts.path)
    if found is None:
        return None
    base = f"https://docs.google.com/spreadsheets/d/{found[1]}"
    kept = ("gid", "sheet", "tq", "range", "headers")
    query: dict[str, str] = {name: asked[name] for name in kept if name in asked}
    if "sheet" in query or "tq" in query:
        return f"{base}/gviz/tq?" + urlencode({"tqx": "out:csv", **query})
    return f"{base}/export?" + urlencode({"format": "csv", **sheet})


_PAGES: Final[Mapping[str, Callable[[str], str | None]]] = {
    "github.com": _on_github,
    "huggingface.co": _on_hugging_face,
    "docs.google.com": _on_google_sheets,
}
