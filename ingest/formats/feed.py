"""Feeds (RSS, Atom, JSON Feed) of any maker: title, link, time and a short excerpt, never whole articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urljoin

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import utc_day
from ingest.formats.encodings import charset_in_markup, decode
from ingest.formats.feed_posts import Post, posts_told_apart, without_tracking
from ingest.formats.plain_text import plain_text, plain_title, shortened
from ingest.formats.table import Table, Unfit
from ingest.formats.texts import is_web_page, json_of_text

EXCERPT_BYTES: Final = 300
TITLE_BYTES: Final = 500
COLUMNS: Final = ("entry_id", "title", "url", "valid_on", "excerpt", "published")

_EARLIEST: Final = date(1995, 1, 1)
_FARTHEST_AHEAD: Final = timedelta(days=2 * 365)
"""Notices of a shutdown bear dates to come; beyond this, a date is a filler."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """When an entry was published: the text that says so, and the UTC day that it means."""

    said: str | None
    day: date | None


def feed_entries(body: bytes, url: str) -> pl.DataFrame:
    """One row per post with the columns of COLUMNS; see `feed_table`."""
    return feed_table(body, url).frame


def feed_table(
    body: bytes,
    url: str,
    charset: str | None = None,
    as_of: date | None = None,
    date_order: str | None = None,
) -> Table:
    """One row per post with the columns of COLUMNS, as texts, the newest first; what is left out is told.

    `valid_on` is the UTC day of publication; a naive time is taken as UTC; where an entry states no readable
    time it is null, and `published` holds what was stated. `as_of` is the day on which the feed was served,
    `date_order` how it writes dates in figures. Raises ParseError for an empty body, a web page, or a feed
    without a single entry.
    """
    if not body.strip():
        raise ParseError(f"{url} answered with an empty body instead of a feed")
    read = _Reader(url, as_of, date_order)
    entries = read.json_feed(body) if body.lstrip()[:1] == b"{" else read.xml_feed(body, charset)
    posts, repeated = posts_told_apart(list(entries))
    if not posts:
        raise ParseError(f"{url} has no entries; the address serves an error page or has moved")
    rows = [
        {
            "entry_id": post.entry_id,
            "title": post.title,
            "url": post.url,
            "valid_on": post.day.isoformat() if post.day else None,
            "excerpt": post.excerpt,
            "published": post.published,
        }
        for post in posts
    ]
    unfit = [*read.unfit, *(Unfit(post.told(), reason) for post, reason in repeated)]
    return Table(url, pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)), tuple(unfit))


class _Reader:
    """Reads the entries of one feed, and notes what it cannot make sense of."""

    def __init__(self, url: str, as_of: date | None, date_order: str | None) -> None:
        self.url = url
        self.unfit: list[Unfit] = []
        self._latest = date(2100, 12, 31) if as_of is None else as_of + _FARTHEST_AHEAD
        self._order = date_order

    def xml_feed(self, body: bytes, charset: str | None) -> Iterator[Post]:
        """The posts of an RSS or Atom feed."""
        if is_web_page(body):
            raise ParseError(
                f"{self.url} answered with a web page instead of a feed; open it to see what it says"
            )
        import feedparser  # noqa: PLC0415 - a tenth of the start of a command that reads no feed

        parsed = feedparser.parse(_in_utf8(body, charset), sanitize_html=False)
        if not parsed.get("version") and not parsed.entries:
            why = parsed.get("bozo_exception", "it is neither RSS nor Atom")
            raise ParseError(f"{self.url} is not a feed: {why}")
        for entry in parsed.entries:
            told = (dict.get(entry, key) for key in ("published", "updated", "created", "date"))
            text = entry.get("summary") or next((part.get("value") for part in entry.get("content", [])), "")
            yield from self._post(entry.get("id"), entry.get("title"), entry.get("link"), told, text)

    def json_feed(self, body: bytes) -> Iterator[Post]:
        """The posts of a JSON Feed."""
        try:
            items = json_of_text(decode(body), self.url).get("items")
        except AttributeError as error:
            raise ParseError(f"{self.url} is not a JSON feed: {error}") from error
        if not isinstance(items, list):
            raise ParseError(f"{self.url} is not a JSON feed: it has no list of items")
        for item in items:
            if not isinstance(item, dict):
                self.unfit.append(Unfit(str(item)[:200], "an entry that is no object"))
                continue
            told = (item.get("date_published"), item.get("date_modified"))
            text = item.get("summary") or item.get("content_text") or item.get("content_html")
            link = item.get("url") or item.get("external_url")
            yield from self._post(item.get("id"), item.get("title"), link, told, text)

    def _post(self, said_id: Any, title: Any, link: Any, told: Iterable[Any], text: Any) -> Iterator[Post]:
        excerpt = shortened(plain_text(str(text or "")), EXCERPT_BYTES) or None
        words = shortened(plain_title(str(title or "")) or excerpt or "", TITLE_BYTES)
        address = _address(self.url, link)
        if not words:
            self.unfit.append(Unfit(str(address or said_id or ""), "an entry without a title and a text"))
            return
        moment = self._moment(told)
        if moment.said and moment.day is None:
            self.unfit.append(
                Unfit(
                    words, f"valid_on: {moment.said[:60]!r} is no date that can be read; the entry has none"
                )
            )
        own = str(said_id or "").strip()
        yield Post(own, address, words, moment.day, excerpt, moment.said)

    def _moment(self, told: Iterable[Any]) -> _Moment:
        """The first day that an entry's texts state, or the first of the texts that state none."""
        unread: str | None = None
        for said in told:
            if not said:
                continue
            day = utc_day(str(said), self._order)
            if day is not None:
                return _Moment(str(said), day if _EARLIEST <= day <= self._latest else None)
            unread = unread or str(said)
        return _Moment(unread, None)


def _address(feed_url: str, link: Any) -> str | None:
    """The whole address of a link, without what counts readers; None for a filler such as "N/A"."""
    said = str(link or "").strip()
    if not said or (":" not in said and "/" not in said and "." not in said) or said.upper() == "N/A":
        return None
    try:
        return without_tracking(urljoin(feed_url, said))
    except ValueError:
        return None


def _in_utf8(body: bytes, charset: str | None) -> bytes:
    """The feed in UTF-8 with a declaration that says so, in whatever it came."""
    text = decode(body, charset or charset_in_markup(body)).lstrip("\ufeff \t\r\n")
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="utf-8"?>', text, count=1).encode(
        "utf-8", errors="replace"
    )
