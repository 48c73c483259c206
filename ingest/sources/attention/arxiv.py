"""New arXiv papers per month in the categories of machine learning and language.

The interface answers with a feed whose `totalResults` counts the papers of a query; the query holds the
category and the month. Only months that are over are asked for. Papers in two categories count in both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import unquote_plus

import polars as pl

from ingest.errors import ParseError
from ingest.formats.encodings import decode
from ingest.records import Kind, Records
from ingest.source import Payload, Source, State

CATEGORIES: Final[Mapping[str, str]] = {
    "cs.LG": "machine learning",
    "cs.CL": "computation and language",
    "cs.AI": "artificial intelligence",
}

_API: Final = "https://export.arxiv.org/api/query"
_MONTHS_EACH_REFRESH: Final = 3
_QUERY: Final = r"cat:(?P<category>[\w.\-]+).*submittedDate:\[(?P<year>\d{4})(?P<month>\d{2})"
_TOTAL: Final = r"<opensearch:totalResults[^>]*>\s*(\d+)\s*</opensearch:totalResults>"


def addresses(state: State) -> list[str]:
    """The counts of the last months that are over, newest first, one address per month and category."""
    months = _months_before(state.now.date())
    return [count_address(category, month) for month in months for category in CATEGORIES]


def count_address(category: str, month: date) -> str:
    """The address that counts the papers first submitted to a category in a month."""
    last = monthrange(month.year, month.month)[1]
    span = f"[{month:%Y%m}010000+TO+{month:%Y%m}{last}2359]"
    return f"{_API}?search_query=cat:{category}+AND+submittedDate:{span}&max_results=1"


def parse(payloads: Sequence[Payload]) -> Records:
    """One point per answer; ParseError where an answer holds no count or its address no month."""
    points = pl.DataFrame([_point(payload) for payload in payloads])
    series = pl.DataFrame([_series(category) for category in CATEGORIES])
    asked = points["series_id"].unique().to_list()
    return Records({Kind.SERIES: series.filter(pl.col("series_id").is_in(asked)), Kind.SERIES_POINT: points})


def _point(payload: Payload) -> dict[str, object]:
    asked = re.search(_QUERY, unquote_plus(payload.url))
    if asked is None:
        raise ParseError(f"{payload.url} does not name a category and a month")
    total = re.search(_TOTAL, decode(payload.body))
    if total is None:
        raise ParseError(f"{payload.url} answered without a count (totalResults)")
    return {
        "series_id": _series_id(asked["category"]),
        "valid_on": date(int(asked["year"]), int(asked["month"]), 1),
        "valid_precision": "month",
        "value": float(total[1]),
        "url": payload.url,
    }


def _series(category: str) -> dict[str, str]:
    return {
        "series_id": _series_id(category),
        "title": f"New papers a month on arXiv in {CATEGORIES[category]} ({category})",
        "topic": "attention",
        "unit": "papers a month",
        "definition": "by month of first submission; a paper listed in two categories counts in both",
    }


def _series_id(category: str) -> str:
    return "arxiv-" + category.lower().replace(".", "-")


def _months_before(today: date) -> list[date]:
    months = [today.year * 12 + today.month - 1 - back for back in range(1, _MONTHS_EACH_REFRESH + 1)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


SOURCE = Source(
    id="arxiv",
    title="New papers on arXiv",
    homepage="https://arxiv.org/",
    licence="CC0-1.0 (metadata)",
    attribution="arXiv",
    urls=addresses,
    cadence="7d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
