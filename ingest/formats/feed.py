"""Feeds (RSS, Atom, JSON Feed) of any maker: title, link, time and a short excerpt, never whole articles."""

from __future__ import annotations

import calendar
import html
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urljoin

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import utc_day
from ingest.formats.texts import decode, is_web_page

EXCERPT_BYTES: Final = 300
TITLE_BYTES: Final = 500
COLUMNS: Final = ("entry_id", "title", "url", "valid_on", "excerpt")

_EARLIEST: Final = date(1995, 1, 1)
_LATEST: Final = date(2100, 12, 31)
_TAG: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def feed_entries(body: bytes, url: str) -> pl.DataFrame:
    """One row per entry with the columns of COLUMNS, as texts; a repeated id stays once, the newest first.

    `valid_on` is the UTC day of publication; a naive time is taken as UTC; where an entry states no readable
    time it is null. Raises ParseError for an empty body, a web page, or a feed without a single entry.
    """
    if not body.strip():
        raise ParseError(f"{url} answered with an empty body instead of a feed")
    entries = _json_entries(body, url) if body.lstrip()[:1] == b"{" else _xml_entries(body, url)
    rows = {row["entry_id"]: row for row in reversed(_told_apart(list(entries), url))}
    if not rows:
        raise ParseError(f"{url} has no entries; the address serves an error page or has moved")
    return pl.DataFrame(list(reversed(rows.values())), schema=dict.fromkeys(COLUMNS, pl.String))


def _told_apart(entries: list[dict[str, str | None]], url: str) -> list[dict[str, str | None]]:
    """The entries with whole links; where different posts bear one id, their links are their ids."""
    posts: dict[str | None, set[str | None]] = {}
    for entry in entries:
        entry["url"] = urljoin(url, entry["url"]) if entry["url"] else None
        posts.setdefault(entry["entry_id"], set()).add(entry["url"])
    for entry in entries:
        if len(posts[entry["entry_id"]]) > 1 and entry["url"]:
            entry["entry_id"] = entry["url"]
    return entries


def plain_text(markup: str) -> str:
    """Text without tags and entities, white space collapsed."""
    text = html.unescape(html.unescape(_TAG.sub(" ", html.unescape(markup))))
    return " ".join(_TAG.sub(" ", text).split())


def shortened(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, cut at a word where possible; an ellipsis says that it was cut."""
    if len(text.encode()) <= limit:
        return text
    head = text.encode()[: limit - len("…".encode())].decode("utf-8", errors="ignore")
    at = head.rfind(" ")
    return (head[:at] if at > len(head) // 2 else head).rstrip(" ,;:.") + "…"


def _xml_entries(body: bytes, url: str) -> Iterable[dict[str, str | None]]:
    if is_web_page(body):
        raise ParseError(f"{url} answered with a web page instead of a feed; open it to see what it says")
    import feedparser  # noqa: PLC0415 - a tenth of the start of a command that reads no feed

    parsed = feedparser.parse(_with_true_encoding(body), sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:
        why = parsed.get("bozo_exception", "it is neither RSS nor Atom")
        raise ParseError(f"{url} is not a feed: {why}")
    return [row for entry in parsed.entries if (row := _xml_row(entry)) is not None]


def _with_true_encoding(body: bytes) -> bytes:
    """Bytes that are valid UTF-8 are read as such, whatever their declaration says."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return body
        text = decode(body)
    start = text.lstrip()
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="utf-8"?>', start, count=1).encode()


def _xml_row(entry: Any) -> dict[str, str | None] | None:
    title = plain_text(str(entry.get("title", "")))
    link = str(entry.get("link", "")) or None
    published = _struct_day(entry) or _text_day(entry)
    text = entry.get("summary") or next((part.get("value", "") for part in entry.get("content", [])), "")
    return _row(str(entry.get("id", "")) or link, title, link, published, str(text))


def _struct_day(entry: Any) -> date | None:
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = dict.get(entry, key)  # FeedParserDict.get would take another date and warn
        if moment:
            try:
                return _plausible(datetime.fromtimestamp(calendar.timegm(moment), tz=UTC).date())
            except (ValueError, OverflowError):
                continue
    return None


def _text_day(entry: Any) -> date | None:
    for key in ("published", "updated", "created", "date"):
        said = dict.get(entry, key)
        if said:
            return _plausible(utc_day(str(said)))
    return None


def _plausible(day: date | None) -> date | None:
    """Dates before there were feeds (1970-01-01 and the like) and far ahead are fillers, not dates."""
    return day if day is not None and _EARLIEST <= day <= _LATEST else None


def _json_entries(body: bytes, url: str) -> Iterable[dict[str, str | None]]:
    try:
        items = json.loads(body.decode("utf-8-sig")).get("items")
    except (ValueError, AttributeError) as error:
        raise ParseError(f"{url} is not a JSON feed: {error}") from error
    if not isinstance(items, list):
        raise ParseError(f"{url} is not a JSON feed: it has no list of items")
    return [row for item in items if isinstance(item, dict) and (row := _json_row(item)) is not None]


def _json_row(item: dict[str, Any]) -> dict[str, str | None] | None:
    said = str(item.get("date_published") or item.get("date_modified") or "")
    text = item.get("summary") or item.get("content_text") or item.get("content_html") or ""
    link = item.get("url") or item.get("external_url")
    title = plain_text(str(item.get("title") or ""))
    return _row(
        str(item.get("id") or "") or link, title, link, _plausible(utc_day(said)) if said else None, str(text)
    )


def _row(
    entry_id: str | None, title: str, link: str | None, published: date | None, text: str
) -> dict[str, str | None] | None:
    excerpt = shortened(plain_text(text), EXCERPT_BYTES)
    title = shortened(title or excerpt, TITLE_BYTES)
    if not title:
        return None
    return {
        "entry_id": entry_id or sha256(f"{title} {published}".encode()).hexdigest()[:16],
        "title": title,
        "url": link,
        "valid_on": None if published is None else published.isoformat(),
        "excerpt": excerpt or None,
    }
