"""News of makers without a feed: the newest pages of a sitemap, and what each page says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records
from ingest.source import Payload
from ingest.sources.feeds.sitemaps import ANTHROPIC, DEEPSEEK, NEWEST, newest_pages, parse

SITE = "https://www.anthropic.com"
NEWS = f"{SITE}/news/one"


def payload(url: str, text: str) -> Payload:
    return Payload("s", url, datetime(2026, 6, 1, tzinfo=UTC), "0" * 64, text.encode())


def sitemap(*entries: tuple[str, str | None]) -> Payload:
    said = "".join(
        f"<url><loc> {url} </loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for url, changed in entries
    )
    return payload(f"{SITE}/sitemap.xml", f"<urlset>{said}</urlset>")


def page(head: str, url: str = NEWS) -> Payload:
    return payload(url, f"<!doctype html><html><head>{head}</head><body></body></html>")


def post(records: Records) -> dict[str, Any]:
    (row,) = records.frames[Kind.RELEASE].to_dicts()
    return row


def test_pages_that_changed_last_come_first() -> None:
    """Those without a day last; what is no news, or lies below news, is none."""
    found = newest_pages(
        ANTHROPIC,
        sitemap(
            (f"{SITE}/news/a", "2026-05-01T10:00:00Z"),
            (f"{SITE}/news/b&amp;c", None),
            (f"{SITE}/engineering/d", "2026-05-03"),
            (f"{SITE}/news/e/f", "2026-06-01"),
            (f"{SITE}/careers", "2026-06-01"),
            (f"{SITE}/news/", "2026-06-01"),
        ),
    )
    assert found == [f"{SITE}/engineering/d", f"{SITE}/news/a", f"{SITE}/news/b&c"]
    many = [(f"{SITE}/news/{at}", f"2026-05-{at:02d}") for at in range(1, 12)]
    assert newest_pages(ANTHROPIC, sitemap(*many)) == [f"{SITE}/news/{at}" for at in range(11, 3, -1)]
    assert NEWEST == 8
    assert newest_pages(ANTHROPIC, page("<title>x</title>")) == ()


def test_a_sitemap_without_pages_or_without_news_is_told() -> None:
    """The site has changed; of a whole one nothing is taken, since it holds no titles."""
    with pytest.raises(ParseError, match="is no sitemap: it names no pages"):
        newest_pages(ANTHROPIC, payload(ANTHROPIC.sitemap, "<urlset></urlset>"))
    with pytest.raises(ParseError, match="names no page of news"):
        parse(ANTHROPIC, [sitemap((f"{SITE}/careers", None))])
    assert parse(ANTHROPIC, [sitemap((NEWS, None))]).frames == {}


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        ("<title>New &amp; better | Anthropic</title>", "New & better", None),
        ("<TITLE lang='en'>\n New\n model \\ Anthropic</TITLE>", "New model", None),
        (
            '<title>A</title><meta property="article:published_time" content="2026-05-04T10:00">',
            "A",
            date(2026, 5, 4),
        ),
        ('<title>A</title><script>{"publishedOn":"2026-05-04"}</script>', "A", date(2026, 5, 4)),
        (r"<title>A</title><script>{\"publishedOn\":\"2026-05-04\"}</script>", "A", date(2026, 5, 4)),
        (
            '<title>A</title><script>{"publishedOn":"2026-05-04"},{"publishedOn":"2026-05-04"}</script>',
            "A",
            date(2026, 5, 4),
        ),
        (
            '<title>A</title><script>{"publishedOn":"2026-05-04"},{"publishedOn":"2026-05-05"}</script>',
            "A",
            None,
        ),
    ],
)
def test_a_page_says_its_title_and_its_day(head: str, title: str, day: date | None) -> None:
    """The maker's name at its end goes; of the days of several posts none can be told to be its own."""
    assert post(parse(ANTHROPIC, [page(head)])) == {
        "entry_id": NEWS,
        "title": title,
        "url": NEWS,
        "organization": "Anthropic",
        "kind": "post",
        "valid_on": day,
        "valid_precision": "day" if day else None,
    }


def test_an_address_may_hold_the_day() -> None:
    """And comes before what the page says."""
    url = "https://api-docs.deepseek.com/news/news260504"
    head = (
        '<title>V9 | DeepSeek API Docs</title><meta property="article:published_time" content="2025-01-01">'
    )
    found = post(parse(DEEPSEEK, [page(head, url)]))
    assert (found["title"], found["valid_on"], found["organization"]) == ("V9", date(2026, 5, 4), "DeepSeek")


@pytest.mark.parametrize("text", ["<html><body>x</body></html>", '{"title": "<title>x</title>"}'])
def test_what_is_no_page_with_a_title_is_refused(text: str) -> None:
    """A page without one, and a title in something that is no page."""
    with pytest.raises(ParseError, match="is not a page with a title"):
        parse(ANTHROPIC, [payload(NEWS, text)])
