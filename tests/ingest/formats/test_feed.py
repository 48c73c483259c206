"""Feeds as they come: broken dates, lying encodings, repeated ids, error pages."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ParseError
from ingest.formats.feed import EXCERPT_BYTES, feed_entries, feed_table
from ingest.formats.plain_text import MOST_CHARACTERS, plain_text, plain_title, shortened

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


@pytest.mark.parametrize(("times", "said"), [(0, "<"), (1, "<"), (3, "<"), (4, "&lt;")])
def test_what_was_escaped_up_to_three_times_is_resolved(times: int, said: str) -> None:
    """A feed escapes its markup, and its publisher's system may have done so before; no further."""
    escaped = "<"
    for _ in range(times):
        escaped = escaped.replace("&", "&amp;").replace("<", "&lt;")
    assert plain_text(f"5 {escaped} 6") == f"5 {said} 6"
    assert plain_title(f"5 {escaped} 6") == f"5 {said} 6"


@pytest.mark.parametrize(
    ("markup", "text", "title"),
    [
        ("New <b>bold</b><sup>2</sup> model", "New bold 2 model", "New bold 2 model"),
        ("Vec<T> and <select>", "Vec<T> and", "Vec<T> and <select>"),
        ("<x-note>a</x-note> b <unclosed> c", "a b <unclosed> c", "<x-note>a</x-note> b <unclosed> c"),
        ("<![CDATA[a &lt;hr&gt; b]]>", "a b", "a <hr> b"),
        (
            "a <!-- <b> --> c <STYLE>p {}</style> d <!-- e",
            "a c d",
            "a <!-- --> c <STYLE>p {}</style> d <!-- e",
        ),
    ],
)
def test_what_is_no_tag_is_kept(markup: str, text: str, title: str) -> None:
    """Of a text all tags of HTML go, and those that are closed; of a title those that only give a look."""
    assert (plain_text(markup), plain_title(markup)) == (text, title)


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 13, "one two…"),
        ("a verylongword", 12, "a verylon…"),
        ("abcd efghijk", 11, "abcd efg…"),
        ("abcde fghijk", 11, "abcde…"),
        ("ééé", 6, "ééé"),
        ("ééé", 5, "é…"),
    ],
)
def test_a_text_is_cut_at_a_word_and_in_no_letter(text: str, limit: int, said: str) -> None:
    """The ellipsis counts; a word that would take half of the text with it is cut itself."""
    assert shortened(text, limit) == said


def test_of_a_markup_without_end_the_beginning_is_read() -> None:
    """What is made of it is an excerpt."""
    assert plain_text("a" * (MOST_CHARACTERS + 1)) == "a" * MOST_CHARACTERS


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


def item(title: str, guid: str = "", link: str = "", day: int = 0) -> str:
    date_of = f"<pubDate>Mon, {day} May 2026 10:00:00 GMT</pubDate>" if day else ""
    id_of = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<title>{title}</title>{id_of}{f'<link>{link}</link>' if link else ''}{date_of}"


@pytest.mark.parametrize(
    ("guid", "link"),
    [("N/A", "N/A"), ("", "https://example.org/releases"), ("0", ""), ("same-for-all", ""), ("", "")],
)
def test_posts_that_share_an_id_or_a_link_are_told_apart(guid: str, link: str) -> None:
    """By title and day, whatever the feed puts in place of an id; the same post keeps its id tomorrow."""
    items = [item(f"Release 1.{n}", guid, link, day=4 + n) for n in range(3)]
    today = feed_entries(rss(*items), URL)
    tomorrow = feed_entries(rss(item("Release 1.3", guid, link, day=9), *items), URL)
    assert today["title"].to_list() == ["Release 1.0", "Release 1.1", "Release 1.2"]
    assert tomorrow["entry_id"].to_list()[1:] == today["entry_id"].to_list()


def test_an_id_made_anew_and_changing_parameters_are_no_ids() -> None:
    """Where each post has its own link, the link without what counts readers is what lasts."""

    def answer(lot: str, campaign: str) -> list[str]:
        links = [f"https://example.org/news/{name}?{campaign}" for name in ("one", "two")]
        uuid = f"{lot}2f0a9c-3b1d-4e5f-8a7b-0c1d2e3f4a5"
        items = [item(f"Post {n}", f"{uuid}{n}", link.replace("&", "&amp;")) for n, link in enumerate(links)]
        return feed_entries(rss(*items), URL)["entry_id"].to_list()

    first = answer("ab", "utm_source=rss&utm_campaign=may")
    assert first == ["https://example.org/news/one", "https://example.org/news/two"]
    assert answer("cd", "utm_source=rss&utm_campaign=june") == first
    assert answer("ef", "visit=20260504") == first


def test_random_ids_are_none_where_all_posts_share_a_link() -> None:
    """A UUID of version 4 may be another tomorrow; title and day stay."""

    def answer(lot: str) -> list[str]:
        uuids = [f"{lot}2f0a9c-3b1d-4e5f-8a7b-0c1d2e3f4a5{n}" for n in range(2)]
        items = [item(f"Post {n}", uuid, "https://example.org/all", day=4) for n, uuid in enumerate(uuids)]
        return feed_entries(rss(*items), URL)["entry_id"].to_list()

    assert answer("ab") == answer("cd")
    assert len(set(answer("ab"))) == 2


def test_a_query_that_says_which_post_is_meant_stays() -> None:
    """Of `?p=1` and `?p=2` nothing is cut off."""
    items = [item(f"Post {n}", link=f"https://example.org/?p={n}&amp;utm_medium=rss") for n in (1, 2)]
    assert feed_entries(rss(*items), URL)["url"].to_list() == [
        "https://example.org/?p=1",
        "https://example.org/?p=2",
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&lt;![CDATA[New model]]&gt;", "New model"),
        ("<![CDATA[A &amp; B]]>", "A & B"),
        ("Vec&lt;T&gt; is here", "Vec<T> is here"),
        ("Better &lt;select&gt; elements", "Better <select> elements"),
        ("a &lt; b and c &gt; d", "a < b and c > d"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
    ],
)
def test_titles_keep_their_words(written: str, title: str) -> None:
    """Escaped marks of CDATA come off, tags that give a look come off, other words in brackets stay."""
    assert feed_entries(rss(f"<title>{written}</title>"), URL)["title"].to_list() == [title]


def test_what_is_left_out_is_told() -> None:
    """A repeated post, an entry that says nothing, a date that cannot be read: each with its reason."""
    body = rss(
        item("A", "1", day=4),
        item("A, first version", "1", day=4),
        "<guid>2</guid>",
        "<title>B</title><guid>3</guid><pubDate>2026-W21</pubDate>",
    )
    table = feed_table(body, URL, as_of=date(2026, 6, 1))
    assert table.frame.select("title", "valid_on").rows() == [("A", "2026-05-04"), ("B", None)]
    assert [unfit.reason.partition(":")[0] for unfit in table.unfit] == [
        "an entry without a title and a text",
        "valid_on",
        "repeats the id of an entry above it, of the same day",
    ]


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("2099-12-31", None, None),
        ("06/05/2026", None, None),
        ("06/05/2026", "dmy", "2026-05-06"),
        ("06/05/2026", "mdy", "2026-06-05"),
        ("2027-01-01", None, "2027-01-01"),
    ],
)
def test_a_day_that_cannot_be_meant_is_null(written: str, order: str | None, day: str | None) -> None:
    """Far ahead of the answer, or of two orders: no day, and the reason; a declared order decides."""
    body = rss(f"<title>A</title><guid>1</guid><pubDate>{written}</pubDate>")
    table = feed_table(body, URL, as_of=date(2026, 11, 29), date_order=order)
    assert table.frame["valid_on"].to_list() == [day]
    assert len(table.unfit) == (day is None)
    assert table.frame["published"].to_list() == [written]


@pytest.mark.parametrize(
    ("charset", "title"),
    [
        ("gbk", "新模型发布"),
        ("shift_jis", "新しいモデル"),
        ("koi8-r", "Новая модель"),
        ("iso-8859-2", "Nový článek"),
    ],
)
def test_a_charset_that_only_the_header_names_is_honoured(charset: str, title: str) -> None:
    """The feed declares nothing; without the header it cannot be read right."""
    body = f'<rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'.encode(charset)
    assert feed_table(body, URL, charset).frame["title"].to_list() == [title]


def test_markup_without_end_takes_no_time() -> None:
    """Ten thousand scripts that nothing closes are one excerpt."""
    assert plain_text("words " + "<script>" * 100_000) == "words"
    assert plain_text("<" * 100_000).startswith("<")
