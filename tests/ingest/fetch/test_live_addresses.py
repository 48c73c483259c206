"""The addresses that sources build from the day and from what is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from ingest.records import Kind
from ingest.source import Payload, State
from ingest.sources.attention import arxiv, wikipedia_pageviews
from ingest.sources.benchmarks import livebench

NOW = datetime(2026, 6, 2, 12, tzinfo=UTC)


def payload(url: str, body: bytes = b'{"items": []}') -> Payload:
    return Payload("wikipedia-pageviews", url, NOW, "0" * 64, body)


def test_page_views_are_read_from_the_beginning_then_from_where_the_archive_ends() -> None:
    """All titles of a subject cover the same days: from 2015-07 first, later the last week again."""
    first = wikipedia_pageviews.addresses(State(NOW))
    gemini = [url for url in first if "Gemini" in url or "Bard" in url]
    assert len(gemini) == 3
    assert all(url.endswith("/daily/20150701/20260601") for url in first)
    previous = {url: payload(url) for url in first}
    later = wikipedia_pageviews.addresses(State(datetime(2026, 6, 9, tzinfo=UTC), previous))
    assert all(url.endswith("/daily/20260525/20260608") for url in later)


def test_a_new_title_starts_its_subject_again() -> None:
    """A subject of which one title was never read is read whole, so that no sum lacks a title."""
    known = [url for url in wikipedia_pageviews.addresses(State(NOW)) if "Google_Gemini" not in url]
    later = wikipedia_pageviews.addresses(State(NOW, {url: payload(url) for url in known}))
    spans = {url.split("/user/")[1].split("/")[0]: url.rsplit("/", 2)[1] for url in later}
    assert spans["Bard_%28chatbot%29"] == spans["Google_Gemini"] == "20150701"
    assert spans["ChatGPT"] == "20260525"


def test_papers_are_counted_for_months_that_are_over() -> None:
    """The running month is never asked for, since its count grows."""
    urls = arxiv.addresses(State(NOW))
    assert all("[202606" not in url for url in urls)
    assert "submittedDate:[202605010000+TO+202605312359]" in urls[0]
    assert sum("202602" in url for url in urls) == 0


def test_of_two_counts_of_a_day_the_newer_holds() -> None:
    """Ranges overlap by a week; whatever order payloads come in, the later answer counts."""
    counts = [(100.0, NOW), (140.0, NOW + timedelta(days=1))]
    payloads = [counted(views, as_of) for views, as_of in counts]
    for order in (payloads, payloads[::-1]):
        points = wikipedia_pageviews.parse(order).frames[Kind.SERIES_POINT]
        assert points["value"].to_list() == [140.0]


def counted(views: float, as_of: datetime) -> Payload:
    item = {"article": "ChatGPT", "granularity": "daily", "timestamp": "2026060100", "views": views}
    body = json.dumps({"items": [item]}).encode()
    return Payload("wikipedia-pageviews", f"https://example.org/{as_of:%d}", as_of, "0" * 64, body)


def test_an_error_page_is_asked_for_again_and_costs_itself_only() -> None:
    """Days are asked for once: a broken answer must neither leave a gap nor stop what comes after it."""
    first = wikipedia_pageviews.addresses(State(NOW))
    page = b"<html>503</html>"
    stored = {url: payload(url, page if "ChatGPT" in url else b'{"items": []}') for url in first}
    later = wikipedia_pageviews.addresses(State(NOW + timedelta(days=7), stored))
    spans = {url.split("/user/")[1].split("/")[0]: url.rsplit("/", 2)[1] for url in later}
    assert (spans["ChatGPT"], spans["OpenAI"]) == ("20150701", "20260525")
    broken = Payload("wikipedia-pageviews", first[0], NOW, "0" * 64, page)
    good = counted(140.0, NOW + timedelta(days=1))
    records = wikipedia_pageviews.parse([broken, good])
    assert records.frames[Kind.SERIES_POINT]["value"].to_list() == [140.0]
    assert "web page" in records.refused["reason"][0]
    again = Payload("wikipedia-pageviews", later[0], NOW + timedelta(days=2), "0" * 64, good.body)
    assert wikipedia_pageviews.parse([broken, good, again]).refused.is_empty()


def test_a_new_release_of_livebench_is_found_by_the_index_of_its_site() -> None:
    """A table of a later day brings its three files; without one nothing further is asked for."""
    index = livebench.SOURCE.urls[-1]
    assert isinstance(index, str)
    known = ["table_2024_06_24.csv", "table_2026_06_25.csv", "cost_2026_06_25.csv", "index.html"]
    for names, found in ((known, 0), ([*known, "table_2027_01_31.csv"], 3)):
        body = json.dumps([{"name": name} for name in names]).encode()
        urls = livebench.newer_release(payload(index, body))
        assert len(urls) == found
        assert all("2027_01_31" in url for url in urls)
    assert livebench.newer_release(payload("https://livebench.ai/table_2026_06_25.csv", b"model")) == ()
