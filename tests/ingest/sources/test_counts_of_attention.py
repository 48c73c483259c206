"""Papers, stories and page views: which months and days are asked for, and what their answers say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload, State
from ingest.sources.attention import arxiv, hn_terms, wikipedia_pageviews

NOW = datetime(2026, 6, 2, 12, tzinfo=UTC)


def answer(url: str, body: object, at: datetime = NOW) -> Payload:
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Payload("s", url, at, "0" * 64, said)


# --- arXiv ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "months"),
    [
        (datetime(2026, 6, 1, tzinfo=UTC), ["202605", "202604", "202603"]),
        (datetime(2026, 5, 31, 23, tzinfo=UTC), ["202604", "202603", "202602"]),
        (datetime(2026, 1, 15, tzinfo=UTC), ["202512", "202511", "202510"]),
        (datetime(2026, 2, 28, tzinfo=UTC), ["202601", "202512", "202511"]),
    ],
)
def test_the_last_three_months_that_are_over_are_asked_for(now: datetime, months: list[str]) -> None:
    """Newest first, each in every category."""
    urls = arxiv.addresses(State(now))
    assert [url.partition("submittedDate:[")[2][:6] for url in urls] == [
        month for month in months for _ in arxiv.CATEGORIES
    ]


@pytest.mark.parametrize(
    ("month", "last"), [(date(2024, 2, 1), 29), (date(2026, 2, 1), 28), (date(2026, 4, 1), 30)]
)
def test_a_month_ends_with_its_last_day(month: date, last: int) -> None:
    """To the minute; the answer need hold no more than the count."""
    assert arxiv.count_address("cs.LG", month) == (
        "https://export.arxiv.org/api/query?search_query=cat:cs.LG+AND+submittedDate:"
        f"[{month:%Y%m}010000+TO+{month:%Y%m}{last}2359]&max_results=1"
    )


TOTAL = b'<feed><opensearch:totalResults xmlns="x"> 1234 </opensearch:totalResults></feed>'


def test_a_count_of_papers_is_a_point_of_its_category_and_month() -> None:
    """Only the categories that were asked for are described."""
    url = arxiv.count_address("cs.CL", date(2026, 5, 1))
    records = check(arxiv.parse([answer(url, TOTAL)]))
    series, points = records.frames[Kind.SERIES], records.frames[Kind.SERIES_POINT]
    assert points.select("series_id", "valid_on", "valid_precision", "value", "url").rows() == [
        ("arxiv-cs-cl", date(2026, 5, 1), "month", 1234.0, url)
    ]
    assert series.select("series_id", "title", "unit").rows() == [
        (
            "arxiv-cs-cl",
            "New papers a month on arXiv in computation and language (cs.CL)",
            "papers a month",
        )
    ]


@pytest.mark.parametrize(
    ("url", "body", "says"),
    [
        ("https://export.arxiv.org/api/query?x=1", TOTAL, "does not name a category and a month"),
        (arxiv.count_address("cs.CL", date(2026, 5, 1)), b"<feed/>", "without a count"),
    ],
)
def test_an_answer_without_a_count_or_a_month_is_refused(url: str, body: bytes, says: str) -> None:
    """The address is named."""
    with pytest.raises(ParseError, match=says):
        arxiv.parse([answer(url, body)])


# --- Hacker News ------------------------------------------------------------------------------------------


def test_stories_of_a_month_are_those_from_its_first_second_to_the_next_months() -> None:
    """The phrase stands in quotes, and a month of December ends with January."""
    url = hn_terms.count_address("ai coding", date(2025, 12, 1))
    assert "query=%22ai%20coding%22" in url
    assert "numericFilters=created_at_i%3E%3D1764547200%2Ccreated_at_i%3C1767225600" in url
    assert datetime.fromtimestamp(1764547200, UTC) == datetime(2025, 12, 1, tzinfo=UTC)
    assert datetime.fromtimestamp(1767225600, UTC) == datetime(2026, 1, 1, tzinfo=UTC)


def test_months_begin_with_2022_and_end_with_the_last_that_is_over() -> None:
    """The first day of a month ends the one before it."""
    phrases = sum(map(len, hn_terms.TERMS.values()))
    every: dict[str, Payload] = {}
    for now, months in ((datetime(2022, 1, 31, tzinfo=UTC), 0), (datetime(2022, 3, 1, tzinfo=UTC), 2)):
        urls = hn_terms.addresses(State(now))
        assert len(urls) == months * phrases
    every = {url: answer(url, {}) for url in hn_terms.addresses(State(datetime(2022, 3, 1, tzinfo=UTC)))}
    again = hn_terms.addresses(State(datetime(2022, 3, 1, tzinfo=UTC), every))
    assert again == [url for url in every if "1643673600" in url.partition("created_at_i")[2][:25]]
    assert len(again) == phrases
    assert hn_terms.ASKED_EACH_REFRESH == 80


@pytest.mark.parametrize(
    ("phrase", "series_id"),
    [
        ("copilot", "hn-term-coding-assistants.copilot"),
        ("retrieval augmented", "hn-term-retrieval.retrieval-augmented"),
        ("something else", "hn-term-other.something-else"),
    ],
)
def test_a_count_of_stories_is_a_point_of_its_phrase_and_month(phrase: str, series_id: str) -> None:
    """A phrase of no term counts as another one."""
    url = hn_terms.count_address(phrase, date(2026, 5, 1))
    records = check(hn_terms.parse([answer(url, {"nbHits": 7, "exhaustiveNbHits": True})]))
    points = records.frames[Kind.SERIES_POINT]
    assert points.select("series_id", "valid_on", "valid_precision", "value").rows() == [
        (series_id, date(2026, 5, 1), "month", 7.0)
    ]
    assert records.frames[Kind.SERIES]["title"].to_list() == [
        f"Stories on Hacker News with \u201c{phrase}\u201d in their title, by month"
    ]


def test_an_estimate_is_left_out_and_told() -> None:
    """Of a search that was not counted to its end no figure is taken."""
    url = hn_terms.count_address("copilot", date(2026, 5, 1))
    records = hn_terms.parse([answer(url, {"nbHits": 7, "exhaustiveNbHits": False})])
    assert records.frames == {}
    assert records.refused["reason"].to_list() == [f"{url}: the count is an estimate, and is left out"]
    for body in ({"nbHits": "7"}, {}, [7]):
        with pytest.raises(ParseError, match="is no count"):
            hn_terms.parse([answer(url, body)])
    with pytest.raises(ParseError, match="is no count"):
        hn_terms.parse([answer("https://hn.algolia.com/", {"nbHits": 7})])


# --- Wikipedia --------------------------------------------------------------------------------------------


def views(*items: dict[str, Any], url: str = "https://w.example/1", at: datetime = NOW) -> Payload:
    return answer(url, {"items": list(items)}, at)


def item(article: str, day: str, count: Any, granularity: str = "daily") -> dict[str, Any]:
    return {"article": article, "timestamp": f"{day}00", "granularity": granularity, "views": count}


def points(records: Records) -> list[tuple[Any, ...]]:
    frame = records.frames[Kind.SERIES_POINT]
    return frame.select("series_id", "valid_on", "valid_precision", "value", "note").rows()


def test_former_titles_of_a_subject_are_summed() -> None:
    """Day by day, with a note of which; months apart, and an article of no subject by its own name."""
    records = wikipedia_pageviews.parse(
        [
            views(
                item("Bard_(chatbot)", "20260501", 3),
                item("Google_Gemini", "20260501", 4),
                item("Google_Gemini", "20260502", 5),
                item("ChatGPT", "20260501", 6, "monthly"),
                item("Some_Thing", "20260501", 7),
            )
        ]
    )
    assert points(records) == [
        ("wikipedia-daily-gemini", date(2026, 5, 1), "day", 7.0, "Bard_(chatbot) + Google_Gemini"),
        ("wikipedia-daily-gemini", date(2026, 5, 2), "day", 5.0, "Google_Gemini"),
        ("wikipedia-daily-some-thing", date(2026, 5, 1), "day", 7.0, "Some_Thing"),
        ("wikipedia-monthly-chatgpt", date(2026, 5, 1), "month", 6.0, "ChatGPT"),
    ]
    titles = dict(records.frames[Kind.SERIES].select("series_id", "title").iter_rows())
    assert titles["wikipedia-monthly-chatgpt"] == "Views of the English Wikipedia article on chatgpt, monthly"
    assert len(titles) == 3
    of_terms = wikipedia_pageviews.parse(
        [views(item("Groq", "20260501", 1), item("Cerebras", "20260501", 2))], wikipedia_pageviews.OF_TERMS
    )
    assert points(of_terms) == [
        ("term-views-daily-fast-inference", date(2026, 5, 1), "day", 3.0, "Cerebras + Groq")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"views": True},
        {"views": -1},
        {"views": "7"},
        {"timestamp": "2026-05-01"},
        {"timestamp": "202605010"},
        {"timestamp": "20260501000"},
        {"article": None},
    ],
)
def test_an_answer_of_another_form_is_complained_of(wrong: dict[str, Any]) -> None:
    """A figure of another kind means that the interface has changed; nothing of the answer is taken."""
    one = {
        key: value for key, value in {**item("ChatGPT", "20260501", 5), **wrong}.items() if value is not None
    }
    is_whole = wrong == {"timestamp": "202605010"}
    records = wikipedia_pageviews.parse([views(item("ChatGPT", "20260502", 5), one)])
    assert (Kind.SERIES_POINT in records.frames) is is_whole
    assert records.refused.is_empty() is is_whole


def test_no_views_at_all_are_counts_of_none() -> None:
    """Nought is a count; an answer without counts says why, and what it says is told."""
    assert points(wikipedia_pageviews.parse([views(item("ChatGPT", "20260501", 0))]))[0][3] == 0.0
    silent = wikipedia_pageviews.parse([answer("https://w.example/1", {"detail": "no data yet"})])
    assert silent.frames == {}
    assert silent.refused["reason"].to_list() == ["no counts: no data yet"]
    for body in ([1], {"items": 7}):
        assert "is not an answer" in wikipedia_pageviews.parse([answer("u", body)]).refused["reason"][0]


def test_a_subject_is_read_on_from_the_earliest_end_of_its_titles() -> None:
    """A week before it, and never from before the first day there is."""
    subjects = {"x": ("A", "B")}
    first = wikipedia_pageviews.addresses(State(NOW), subjects)
    base = first[0].partition("/A/")[0]
    assert first == [f"{base}/{title}/daily/20150701/20260601" for title in "AB"]

    def state(*known: tuple[str, str]) -> State:
        urls = [f"{base}/{title}/daily/20150701/{end}" for title, end in known]
        return State(NOW, {url: views(url=url) for url in urls})

    url = f"{base}/A/daily/20150701/20260501"
    refused = State(NOW, {url: answer(url, {"items": 7})})
    assert wikipedia_pageviews.addresses(refused, {"x": ("A",)}) == first[:1]  # what was no answer is no end

    def begins(*known: tuple[str, str]) -> set[str]:
        return {url.split("/")[-2] for url in wikipedia_pageviews.addresses(state(*known), subjects)}

    assert begins(("A", "20260501"), ("B", "20260520")) == {"20260424"}
    assert begins(("A", "20260501"), ("A", "20260510"), ("B", "20260520")) == {"20260503"}
    assert begins(("A", "20260501")) == {"20150701"}
    assert begins(("A", "20150703"), ("B", "20150703")) == {"20150701"}
