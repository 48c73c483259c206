"""The addresses that sources build from the day and from what is stored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.records import Kind
from ingest.registry import load_sources
from ingest.source import Payload, State
from ingest.sources.attention import arxiv, hn_terms, wikipedia_pageviews
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


def test_counts_of_terms_are_asked_for_until_all_months_are_known() -> None:
    """A few months at each refresh, the newest first; the last one anew, since it was counted too early."""
    first = hn_terms.addresses(State(NOW))
    assert len(first) == hn_terms.ASKED_EACH_REFRESH
    assert first[0] == hn_terms.count_address("ai coding", date(2026, 5, 1))
    known = {url: payload(url) for url in first}
    later = hn_terms.addresses(State(NOW, known))
    newest = sum(map(len, hn_terms.TERMS.values()))
    assert later[:newest] == first[:newest]
    assert not set(later[newest:]) & set(first)


def test_the_terms_of_the_hype_map_are_the_same_everywhere() -> None:
    """Stories and page views of a term are found under one word."""
    assert set(hn_terms.TERMS) == set(wikipedia_pageviews.TERMS)


@pytest.mark.parametrize(
    ("source_id", "answer", "follows"),
    [
        ("arena-daily", {"date": "2026-08-01", "path": "2026-08-01"}, "/data/2026-08-01/text.json"),
        (
            "openrouter-usage",
            {"files": {"csv": {"url": "https://a.example/2026-10-03.csv"}}},
            "2026-10-03.csv",
        ),
        (
            "arena-space",
            [{"path": "leaderboard_table_20230508.csv"}, {"path": "leaderboard_table_20250804.csv"}],
            "/resolve/main/leaderboard_table_20250804.csv",
        ),
    ],
)
def test_an_index_leads_to_the_newest_file(source_id: str, answer: object, follows: str) -> None:
    """Sources that skip days, mix days or end say themselves which file is their newest."""
    source = load_sources().sources[source_id]
    assert isinstance(source.urls, tuple)
    assert source.follow
    (found,) = source.follow(payload(source.urls[0], json.dumps(answer).encode()))
    assert found.endswith(follows)
    assert not list(source.follow(payload(found, b"Model,Score\na,1\n")))


def test_news_are_read_from_the_newest_pages_of_a_sitemap() -> None:
    """Of pages that are no news none is asked for; the newest come first, by the day in their address."""
    follow = load_sources().sources["sitemap-deepseek"].follow
    assert follow
    pages = [f"https://api-docs.deepseek.com/news/news26{month:02}01" for month in range(1, 13)]
    listed = "".join(
        f"<url><loc>{page}</loc></url>" for page in [*pages, "https://api-docs.deepseek.com/faq"]
    )
    found = follow(
        payload("https://api-docs.deepseek.com/sitemap.xml", f"<urlset>{listed}</urlset>".encode())
    )
    assert list(found) == pages[::-1][:8]


def test_frozen_sources_are_asked_once_a_month_and_say_since_when() -> None:
    """What its makers no longer bring up to date costs nobody a request a day."""
    frozen = [source for source in load_sources().sources.values() if source.frozen]
    assert len(frozen) > 10
    for source in frozen:
        assert source.cadence == "30d", source.id
        assert (source.frozen or "").startswith("since "), source.id
