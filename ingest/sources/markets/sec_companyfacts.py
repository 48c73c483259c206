"""Capital spending and cash from operations of the large cloud companies, from their reports to the SEC.

A cash-flow statement counts from the beginning of the fiscal year, so a quarter is the difference of two of
them. Of several reports of one span the newest holds: companies restate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json

COMPANIES: Final[Mapping[int, tuple[str, str]]] = {
    789019: ("microsoft", "Microsoft"),
    1018724: ("amazon", "Amazon"),
    1652044: ("alphabet", "Alphabet"),
    1326801: ("meta", "Meta"),
    1341439: ("oracle", "Oracle"),
}
"""Central index key, word in series ids, name."""

MEASURES: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "capex": (
        ("PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets"),
        "cash paid for property and equipment",
    ),
    "operating-cash": (("NetCashProvidedByUsedInOperatingActivities",), "cash from operations"),
}
"""Tags of US-GAAP, the first that a company uses for the quarter; Amazon uses the second one for spending."""

_LONGEST: Final = timedelta(days=100)
"""A quarter has up to 14 weeks."""


def parse(payloads: Sequence[Payload]) -> Records:
    """USD a quarter, by the first day of the quarter."""
    return merge(_company(payload) for payload in payloads)


def _company(payload: Payload) -> Records:
    told = read_json(payload)
    facts = told.get("facts", {}).get("us-gaap") if isinstance(told, dict) else None
    if not isinstance(facts, dict) or told.get("cik") is None:
        raise ParseError(f"{payload.url} holds no facts of US-GAAP by `cik`")
    key = int(told["cik"])
    slug, name = COMPANIES.get(key, (f"cik-{key}", str(told.get("entityName") or key)))
    series, points = [], []
    for measure, (tags, words) in MEASURES.items():
        quarters: dict[date, float] = {}
        for tag in tags:
            quarters = dict(_quarters(facts.get(tag))) | quarters
        if not quarters:
            continue
        series_id = f"sec-{measure}-{slug}"
        series.append({"series_id": series_id, "title": f"{name}: {words}"})
        points += [
            {"series_id": series_id, "valid_on": starts_on, "value": value}
            for starts_on, value in sorted(quarters.items())
        ]
    if not points:
        raise ParseError(
            f"{payload.url} holds none of {', '.join(tag for tags, _ in MEASURES.values() for tag in tags)}"
        )
    return Records(
        {
            Kind.SERIES: pl.DataFrame(series).with_columns(
                topic=pl.lit("money"),
                unit=pl.lit("USD a quarter"),
                definition=pl.lit("fiscal quarters, cash only: finance leases are left out"),
                url=pl.lit(payload.url),
            ),
            Kind.SERIES_POINT: pl.DataFrame(points).with_columns(
                valid_precision=pl.lit("quarter"), url=pl.lit(_PAGE.format(key))
            ),
        }
    )


def _quarters(fact: Any) -> Iterator[tuple[date, float]]:
    """The first day and the figure of each quarter that reports allow to tell."""
    spans: dict[date, dict[date, tuple[str, float]]] = {}
    for row in _rows(fact):
        starts_on, ends_on = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        filed, value = str(row.get("filed") or ""), float(row["val"])
        known = spans.setdefault(starts_on, {}).get(ends_on)
        if known is None or filed >= known[0]:
            spans[starts_on][ends_on] = (filed, value)
    for starts_on, ends in spans.items():
        before, total = starts_on - timedelta(days=1), 0.0
        for ends_on, (_, value) in sorted(ends.items()):
            if ends_on - before <= _LONGEST:
                yield before + timedelta(days=1), value - total
            before, total = ends_on, value


def _rows(fact: Any) -> list[Mapping[str, Any]]:
    units = fact.get("units", {}) if isinstance(fact, dict) else {}
    rows = units.get("USD", []) if isinstance(units, dict) else []
    return [
        row
        for row in rows
        if isinstance(row, dict)
        and row.get("start")
        and row.get("end")
        and isinstance(row.get("val"), (int, float))
    ]


_PAGE: Final = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={}"

SOURCE = Source(
    id="sec-companyfacts",
    title="Capital spending and cash from operations of five cloud companies, by quarter",
    homepage="https://www.sec.gov/search-filings/edgar-application-programming-interfaces",
    licence="public domain (US Securities and Exchange Commission)",
    attribution="the companies' reports to the US Securities and Exchange Commission",
    urls=tuple(f"https://data.sec.gov/api/xbrl/companyfacts/CIK{key:010d}.json" for key in COMPANIES),
    cadence="7d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
