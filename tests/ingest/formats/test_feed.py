"""Feeds as they come: broken dates, lying encodings, repeated ids, error pages."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ParseError
from ingest.formats.feed import EXCERPT_BYTES, feed_entries, plain_text, shortened

URL = "https://example.org/feed.xml"


def rss(*items: str, declared: str = "UTF-8", encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>T</title>'
    return (text + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode(encoding)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty body"),
        (b"  \n", "empty body"),
        (b"<!DOCTYPE html><html><body>Just a moment</body></html>", "web page"),
        (b"<html><head><title>404</title></head></html>", "web page"),
        (rss(), "no entries"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "no list of items"),
        (b"plain words", "not a feed"),
    ],
)
def test_what_is_no_feed_is_an_error_in_words(body: bytes, says: str) -> None:
    """Empty bodies, web pages with status 200 and feeds without entries are errors that say what came."""
    with pytest.raises(ParseError, match=says) as error:
        feed_entries(body, URL)
    assert URL in str(error.value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 01 Jun 2026 23:30:00 -0400", "2026-06-02"),
        ("Mon, 01 Jun 2026 23:30:00", "2026-06-01"),
        ("2026-06-01", "2026-06-01"),
        ("June 1, 2026", "2026-06-01"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_publication_in_utc(written: str, day: str | None) -> None:
    """Offsets are honoured, naive times are UTC, fillers and words are no dates."""
    entries = feed_entries(rss(f"<title>A</title><guid>1</guid><pubDate>{written}</pubDate>"), URL)
    assert entries["valid_on"].to_list() == [day]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("iso-8859-1", "utf-8"), ("UTF-8", "utf-8"), ("windows-1252", "cp1252")]
)
def test_encodings_that_lie_are_seen_through(declared: str, encoding: str) -> None:
    """Bytes that are UTF-8 are read as UTF-8 whatever the declaration says; others as declared."""
    entries = feed_entries(rss("<title>Modèle déjà là</title>", declared=declared, encoding=encoding), URL)
    assert entries["title"].to_list() == ["Modèle déjà là"]


def test_a_repeated_id_stays_once_and_first() -> None:
    """Of two entries with one id the first, newest, stays."""
    body = rss("<title>New title</title><guid>1</guid>", "<title>Old title</title><guid>1</guid>")
    assert feed_entries(body, URL)["title"].to_list() == ["New title"]


def test_an_entry_without_id_and_link_gets_a_lasting_id() -> None:
    """Ids made here depend on nothing but title and day."""
    body = rss("<title>A</title>", "<title>B</title>")
    first, second = feed_entries(body, URL)["entry_id"].to_list()
    assert first != second
    assert feed_entries(rss("<title>A</title>"), URL)["entry_id"].to_list() == [first]


def test_excerpts_are_short_and_plain() -> None:
    """No markup, no scripts, at most the allowed length, cut at a word."""
    long = "word " * 400
    entries = feed_entries(
        rss(f"<title>A</title><description>&lt;p&gt;{long}&lt;script&gt;x()&lt;/script&gt;</description>"),
        URL,
    )
    excerpt = entries["excerpt"][0]
    assert len(excerpt.encode()) <= EXCERPT_BYTES
    assert excerpt.endswith("word…")
    assert plain_text("A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt;<br/>d") == "A c d"
    assert shortened("ééé", 100) == "ééé"
    assert len(shortened("é" * 300, 300).encode()) <= 300


def test_json_feeds_are_feeds() -> None:
    """JSON Feed gives the same columns; an entry without title takes its text."""
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": "1",
                    "title": "A",
                    "url": "https://e.org/1",
                    "date_published": "2026-06-01T23:00:00-05:00",
                },
                {"id": "2", "content_html": "<p>Only text</p>"},
            ],
        }
    ).encode()
    entries = feed_entries(body, URL)
    assert entries["title"].to_list() == ["A", "Only text"]
    assert entries["valid_on"].to_list() == ["2026-06-02", None]


def test_different_posts_under_one_id_are_told_apart_by_their_links() -> None:
    """A feed that repeats one id keeps all its posts; the same post twice stays once."""
    items = [f"<guid>same</guid><title>Post {n}</title><link>/posts/{n}</link>" for n in (1, 2, 2)]
    entries = feed_entries(rss(*items), URL)
    assert entries["title"].to_list() == ["Post 1", "Post 2"]
    assert entries["entry_id"].n_unique() == 2


def test_relative_links_are_completed_and_dates_far_ahead_are_none() -> None:
    """A link leads to the page from anywhere; the year 9999 is a filler."""
    item = "<guid>1</guid><title>A</title><link>/posts/1</link><pubDate>9999-12-31</pubDate>"
    row = feed_entries(rss(item), URL).row(0, named=True)
    assert (row["url"], row["valid_on"]) == ("https://example.org/posts/1", None)
