"""Share of US firms that use AI, with its standard error, from the interface of the Census Bureau's survey.

Each fortnight has a number of its own, and the answers of one group of firms an address; asked for are all
sectors together, for the last fortnights. What is not released yet is answered with `null`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source, State
from ingest.sources._payloads import read_json

_API: Final = "https://www.census.gov/hfp/btos/api/periods"
_FIRST: Final = (31, date(2023, 9, 11))
"""The fortnight in which AI was asked for first, and its first day."""
_NEW_WORDING: Final = 88
"""From here on the question asks for AI in any business function: another series."""
_ASKED: Final = 6
_PERIOD: Final = re.compile(r"/periods/(\d+)/data")
_NORMAL_95: Final = 1.96


def addresses(state: State) -> list[str]:
    """The last fortnights that are over."""
    number, first = _FIRST
    newest = number + (state.now.date() - first).days // 14 - 1
    return [f"{_API}/{period}/data/naics2/XX" for period in range(newest, newest - _ASKED, -1)]


def parse(payloads: Sequence[Payload]) -> Records:
    """Shares as fractions with 95 % bounds, by wording; nothing of a fortnight that is not released."""
    return merge(_fortnight(payload) for payload in payloads)


def _fortnight(payload: Payload) -> Records:
    found = _PERIOD.search(payload.url)
    rows = read_json(payload)
    if rows is None:
        return Records()
    if found is None or not isinstance(rows, list):
        raise ParseError(f"{payload.url} is no list of answers of one fortnight")
    period = int(found[1])
    said = [_point(row, period) for row in rows if _is_yes_to_ai(row)]
    if not said:
        raise ParseError(f"{payload.url} holds no answer Yes to a question about artificial intelligence")
    points = pl.DataFrame(said)
    wording = 1 if period < _NEW_WORDING else 2
    return Records(
        {
            Kind.SERIES: points.select(
                "series_id",
                title=pl.format(
                    "Firms in the United States that {} AI (wording {}), survey's interface",
                    "verb",
                    pl.lit(wording),
                ),
                topic=pl.lit("adoption"),
                unit=pl.lit("fraction"),
                region=pl.lit("United States"),
                definition=pl.lit(
                    "share of firms that answer yes, with 95 % bounds; wordings are not comparable"
                ),
            ),
            Kind.SERIES_POINT: points.drop("verb").with_columns(valid_precision=pl.lit("day")),
        }
    )


def _is_yes_to_ai(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and row.get("ANSWER") == "Yes"
        and re.search(r"Artificial Intelligence", str(row.get("QUESTION"))) is not None
        and isinstance(row.get("ESTIMATE_PERCENTAGE"), (int, float))
    )


def _point(row: dict[str, Any], period: int) -> dict[str, object]:
    ahead = re.search(r"(?i)next six months", str(row["QUESTION"])) is not None
    share = float(row["ESTIMATE_PERCENTAGE"]) / 100
    error = row.get("STANDARD_ERROR")
    half = _NORMAL_95 * float(error) / 100 if isinstance(error, (int, float)) else None
    number, first = _FIRST
    return {
        "series_id": f"btos-api-ai-{'expect' if ahead else 'use'}-v{1 if period < _NEW_WORDING else 2}-us",
        "verb": "expect to use" if ahead else "use",
        "valid_on": first + timedelta(days=14 * (period - number)),
        "value": share,
        "low": None if half is None else max(share - half, 0.0),
        "high": None if half is None else min(share + half, 1.0),
        "note": str(row.get("DATE_RANGE") or f"period {period}"),
    }


SOURCE = Source(
    id="census-btos-api",
    title="US firms that use AI, with standard errors",
    homepage="https://www.census.gov/hfp/btos/",
    licence="public domain (US Census Bureau)",
    attribution="US Census Bureau, Business Trends and Outlook Survey",
    urls=addresses,
    cadence="7d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
