"""How many stories on Hacker News have a term of AI in their title, by month.

The interface counts what it finds: a phrase, a month, no stories. Only months that are over are asked for,
some at each refresh, until all are known; past months change little, since stories are rarely deleted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import quote, unquote

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, complaint, merge
from ingest.source import Payload, Source, State
from ingest.sources._payloads import read_json

TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "coding-assistants": ("ai coding", "copilot", "claude code", "vibe coding"),
    "agents": ("ai agent", "ai agents"),
    "reasoning-models": ("reasoning model", "reasoning models"),
    "open-models": ("open weights", "open source llm", "deepseek", "qwen"),
    "fast-inference": ("llm inference", "speculative decoding", "groq", "cerebras"),
    "retrieval": ("rag", "retrieval augmented"),
    "mcp": ("mcp", "model context protocol"),
    "image-generation": ("image generation", "stable diffusion", "text to image"),
    "video-generation": ("video generation", "text to video"),
}
"""Phrases of each term; a title with two of them counts for both."""

ASKED_EACH_REFRESH: Final = 80
"""At one request a second these take less than two minutes; all months are known after some days."""

_API: Final = "https://hn.algolia.com/api/v1/search"
_FIRST: Final = date(2022, 1, 1)
_ASKED: Final = re.compile(r"[?&]query=(?P<phrase>[^&]*).*created_at_i%3E%3D(?P<from>\d+)")


def addresses(state: State) -> list[str]:
    """The counts that are not known yet, the newest months first, and those of the last month anew."""
    months = _months(_FIRST, state.now.date())
    urls = [
        count_address(phrase, month)
        for month in reversed(months)
        for phrases in TERMS.values()
        for phrase in phrases
    ]
    newest = sum(map(len, TERMS.values()))
    return [url for at, url in enumerate(urls) if at < newest or url not in state.previous][
        :ASKED_EACH_REFRESH
    ]


def count_address(phrase: str, month: date) -> str:
    """The address that counts the stories of a month with a phrase in their title."""
    begin, end = _instant(month), _instant(_next(month))
    span = quote(f"created_at_i>={begin},created_at_i<{end}", safe="")
    words = quote(f'"{phrase}"', safe="")
    return (
        f"{_API}?query={words}&tags=story&restrictSearchableAttributes=title&typoTolerance=false"
        f"&hitsPerPage=0&numericFilters={span}"
    )


def parse(payloads: Sequence[Payload]) -> Records:
    """One point for each phrase and month. ParseError where an answer holds no count."""
    return merge(_point(payload) for payload in payloads)


def _point(payload: Payload) -> Records:
    asked = _ASKED.search(payload.url)
    answer = read_json(payload)
    count = answer.get("nbHits") if isinstance(answer, dict) else None
    if asked is None or not isinstance(count, int):
        raise ParseError(f"{payload.url} is no count (nbHits) of stories with a phrase in a month")
    if answer.get("exhaustiveNbHits") is False:
        return Records(refused=complaint(f"{payload.url}: the count is an estimate, and is left out"))
    phrase = unquote(asked["phrase"]).strip('"')
    term = next((term for term, phrases in TERMS.items() if phrase in phrases), "other")
    series_id = f"hn-term-{term}.{re.sub(r'[^a-z0-9]+', '-', phrase)}"
    month = datetime.fromtimestamp(int(asked["from"]), UTC).date()
    return Records(
        {
            Kind.SERIES: pl.DataFrame(
                {
                    "series_id": [series_id],
                    "title": [f"Stories on Hacker News with \u201c{phrase}\u201d in their title, by month"],
                    "topic": ["attention"],
                    "unit": ["stories a month"],
                    "definition": ["titles only; a story with two phrases of a term counts for both"],
                }
            ),
            Kind.SERIES_POINT: pl.DataFrame(
                {
                    "series_id": [series_id],
                    "valid_on": [month],
                    "valid_precision": ["month"],
                    "value": [float(count)],
                    "url": [payload.url],
                }
            ),
        }
    )


def _months(first: date, today: date) -> list[date]:
    """The months that are over, from the first one on."""
    found = []
    while _next(first) <= today:
        found.append(first)
        first = _next(first)
    return found


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


SOURCE = Source(
    id="hn-terms",
    title="Hacker News, stories by term of AI and month",
    homepage="https://hn.algolia.com/",
    licence="public interface of Hacker News by Algolia; counts",
    attribution="Hacker News, by Algolia",
    urls=addresses,
    cadence="1d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
