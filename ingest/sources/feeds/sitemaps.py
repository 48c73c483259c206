"""News of makers that have no feed of their own: the newest pages that their sitemaps name.

A sitemap says when a page was last changed, which is not when it was published. So each page is asked for its
title and its day; where it states none, the day is not known. DeepSeek's addresses hold the day themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.formats.encodings import decode
from ingest.formats.texts import is_web_page
from ingest.records import Kind, Records
from ingest.source import Payload, Source

NEWEST: Final = 8
"""So many pages are read at each refresh: more than any of these makers publishes in a day."""

_URL: Final = r"(?s)<url>(.*?)</url>"
_LOC: Final = r"(?s)<loc>\s*(.*?)\s*</loc>"
_CHANGED: Final = r"<lastmod>\s*([\d-]{10})"
_TITLE: Final = r"(?is)<title[^>]*>(.*?)</title>"
_PUBLISHED: Final = r"article:published_time\"\s+content=\"(\d{4}-\d{2}-\d{2})"
_PUBLISHED_ON: Final = r"publishedOn\\?\"\s*:\s*\\?\"(\d{4}-\d{2}-\d{2})"
_DEEPSEEK_DAY: Final = r"/news/news(\d{2})(\d{2})(\d{2})/?$"


@dataclass(frozen=True, slots=True)
class _Site:
    """Which pages of a site are news, and what stands behind their titles."""

    sitemap: str
    news: str
    organization: str
    suffix: str
    day_of: Callable[[str], str | None] = lambda _: None


def newest_pages(site: _Site, payload: Payload) -> Sequence[str]:
    """The pages of news that were published or changed last, the newest first; none of a page of news."""
    if payload.url != site.sitemap:
        return ()
    entries = re.findall(_URL, decode(payload.body))
    if not entries:
        raise ParseError(f"{payload.url} is no sitemap: it names no pages")
    dated: list[tuple[str, str]] = []
    for entry in entries:
        found = re.search(_LOC, entry)
        if found and re.search(site.news, found[1]):
            url, changed = html.unescape(found[1]), re.search(_CHANGED, entry)
            dated.append((site.day_of(url) or (changed[1] if changed else ""), url))
    return [url for _, url in sorted(dated, reverse=True)[:NEWEST]]


def parse(site: _Site, payloads: Sequence[Payload]) -> Records:
    """One post for each page; of a sitemap nothing, since it holds no titles."""
    posts = [_post(site, payload) for payload in payloads if payload.url != site.sitemap]
    if not posts:
        for payload in payloads:
            if not newest_pages(site, payload):
                raise ParseError(f"{payload.url} names no page of news ({site.news})")
        return Records()
    return Records({Kind.RELEASE: pl.DataFrame(posts, schema=_SCHEMA)})


_SCHEMA: Final = pl.Schema(
    {
        "entry_id": pl.String,
        "title": pl.String,
        "url": pl.String,
        "organization": pl.String,
        "kind": pl.String,
        "valid_on": pl.Date,
        "valid_precision": pl.String,
    }
)


def _post(site: _Site, payload: Payload) -> dict[str, str | date | None]:
    text = decode(payload.body)
    title = re.search(_TITLE, text)
    if not is_web_page(payload.body) or title is None:
        raise ParseError(f"{payload.url} is not a page with a title")
    day = read_date(site.day_of(payload.url) or _published(text) or "")
    return {
        "entry_id": payload.url,
        "title": re.sub(site.suffix, "", " ".join(html.unescape(title[1]).split())),
        "url": payload.url,
        "organization": site.organization,
        "kind": "post",
        "valid_on": day.on if day else None,
        "valid_precision": day.precision if day else None,
    }


def _published(text: str) -> str | None:
    """What the page states of itself; of the days of several posts none can be told to be its own."""
    found = re.search(_PUBLISHED, text)
    if found:
        return found[1]
    days = set(re.findall(_PUBLISHED_ON, text))
    return days.pop() if len(days) == 1 else None


def _deepseek_day(url: str) -> str | None:
    found = re.search(_DEEPSEEK_DAY, url)
    return f"20{found[1]}-{found[2]}-{found[3]}" if found else None


DEEPSEEK: Final = _Site(
    sitemap="https://api-docs.deepseek.com/sitemap.xml",
    news=_DEEPSEEK_DAY,
    organization="DeepSeek",
    suffix=r"\s*\|\s*DeepSeek API Docs$",
    day_of=_deepseek_day,
)
ANTHROPIC: Final = _Site(
    sitemap="https://www.anthropic.com/sitemap.xml",
    news=r"anthropic\.com/(?:news|engineering)/[^/]+$",
    organization="Anthropic",
    suffix=r"\s*[\\|]\s*Anthropic$",
)


def _source(source_id: str, site: _Site, homepage: str) -> Source:
    return Source(
        id=source_id,
        title=f"{site.organization} news, from its own site",
        homepage=homepage,
        licence="the publisher's copyright; titles and links only",
        attribution=site.organization,
        urls=(site.sitemap,),
        cadence="6h",
        kinds=(Kind.RELEASE,),
        parse=partial(parse, site),
        follow=partial(newest_pages, site),
        core=True,
    )


SOURCES: Final = (
    _source("sitemap-deepseek", DEEPSEEK, "https://api-docs.deepseek.com/news"),
    _source("sitemap-anthropic", ANTHROPIC, "https://www.anthropic.com/news"),
)
