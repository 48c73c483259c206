"""What's new as feeds to follow, Atom (RFC 4287) and JSON Feed 1.1, with the controls of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config import load_settings
from faces.api import EXPECTED, answered, sentence_for, words_of
from faces.asking import Asked, ask
from questions.news.kinds import KINDS
from questions.news.question import QUESTION, chosen_news
from questions.news.words import entry

ATOM: Final = "/feed.atom"
JSON: Final = "/feed.json"
ADDRESSES: Final = (ATOM, JSON)
MOST: Final = 200
"""So many pieces of news stand in a feed, the newest."""

DAYS: Final = "30"
"""So many days with evidence where the address does not say it: readers of feeds look in seldom."""

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news as a feed tells it; `told_at` is when it became news."""

    id: str
    title: str
    summary: str
    kind: str
    author: str
    url: str | None
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written; `here` is its own address and `page` that of the page."""

    title: str
    here: str
    page: str
    pieces: tuple[Piece, ...]

    @property
    def updated_at(self) -> datetime:
        """When the newest of them became news."""
        return max((piece.told_at for piece in self.pieces), default=datetime(2020, 1, 1, tzinfo=UTC))


def feeds() -> list[Route]:
    """The routes of both feeds."""
    return [Route(ATOM, _atom), Route(JSON, _json)]


def feed_of(asked: Asked, here: str, page: str) -> Feed:
    """The feed of what was asked: the newest pieces, the last told first."""
    rows = chosen_news(asked.view, asked.controls).iter_rows(named=True)
    pieces = sorted((_piece(row) for row in rows), key=lambda piece: (piece.told_at, piece.id), reverse=True)
    of = f" of {asked.controls.maker}" if asked.controls.maker else ""
    return Feed(f"hypecurve: what's new{of}", here, page, tuple(pieces[:MOST]))


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = Xml.Element("feed", {"xmlns": _NAMESPACE})
    _texts(root, {"title": feed.title, "id": feed.here, "updated": _instant(feed.updated_at)})
    Xml.SubElement(root, "link", {"rel": "self", "href": feed.here, "type": "application/atom+xml"})
    Xml.SubElement(root, "link", {"rel": "alternate", "href": feed.page, "type": "text/html"})
    _texts(Xml.SubElement(root, "author"), {"name": "hypecurve"})
    for piece in feed.pieces:
        item = Xml.SubElement(root, "entry")
        told = _instant(piece.told_at)
        _texts(item, {"title": piece.title, "id": piece.id, "updated": told, "published": told})
        Xml.SubElement(item, "link", {"rel": "alternate", "href": _clean(piece.url or feed.page)})
        Xml.SubElement(item, "category", {"term": piece.kind, "label": KINDS.get(piece.kind, piece.kind)})
        if piece.author:
            _texts(Xml.SubElement(item, "author"), {"name": piece.author})
        _texts(item, {"summary": piece.summary})
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as a JSON Feed document."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "items": [
            {
                "id": piece.id,
                "url": piece.url or feed.page,
                "title": piece.title,
                "content_text": piece.summary,
                "date_published": _instant(piece.told_at),
                "tags": [piece.kind],
                "authors": [{"name": piece.author}] if piece.author else [],
            }
            for piece in feed.pieces
        ],
    }


def _piece(row: Mapping[str, Any]) -> Piece:
    said = entry(row)
    on_the_day = datetime.combine(row["happened_on"], time(), UTC)
    return Piece(
        id=f"urn:hypecurve:news:{row['news_id']}",
        title=said.text,
        summary=said.note,
        kind=row["kind"],
        author=row["organization"] or "",
        url=said.url,
        told_at=max(row["known_at"], on_the_day),
    )


async def _atom(request: Request) -> Response:
    return await _answered(request, lambda feed: Response(atom(feed), media_type="application/atom+xml"))


async def _json(request: Request) -> Response:
    def show(feed: Feed) -> Response:
        body = json.dumps(json_feed(feed), ensure_ascii=False)
        return Response(body, media_type="application/feed+json")

    return await _answered(request, show)


async def _answered(request: Request, show: Callable[[Feed], Response]) -> Response:
    """The feed, or one sentence on what in its address cannot be used."""
    settings, given = load_settings(), words_of(request)
    words: dict[str, Sequence[str]] = {"days": [DAYS], **given}
    here = str(request.url)
    page = str(request.url.replace(path="/news"))
    try:
        return await answered(
            request,
            lambda: ask(settings, QUESTION.name, words),
            lambda asked: show(feed_of(asked, here, page)),
        )
    except EXPECTED as error:
        status, sentence = sentence_for(error)
        return JSONResponse({"error": sentence}, status)


def _texts(parent: Xml.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        Xml.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _NOT_XML.sub("", text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
