"""The small home with series of attention and of markets, but without the daily NASDAQ unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from store.snapshot import Snapshot, publish
from store.warehouse import open_warehouse
from tests.homes.small_home import fill
from tests.once import home_copied

SEEN = datetime(2026, 9, 1, tzinfo=UTC)
FACTS, SHILLER, NASDAQ = "facts", "shiller-xls", "fred-nasdaqcom"
FIRST_DAY = date(2025, 1, 1)
DAYS = 300
BIG_RELEASE, LATE_RELEASE = date(2025, 6, 2), date(2025, 10, 24)

Point = tuple[str, str, str, date, float, str]
"""Source, series, title, day, value, note."""


@home_copied
def fill_attention(home: Path) -> Snapshot:
    """The home of series, with views of one page on the days that are the usual base, too."""
    fill_series(home, with_nasdaq=True)
    days = [date(2026, 4, 1) + timedelta(days=place) for place in range(100)]
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        stamp = {"source_id": FACTS, "payload_sha256": "f" * 64, "observed_at": SEEN, "gone": False}
        series = {"series_id": "wikipedia-daily-chatgpt", "valid_precision": "day", "note": ""}
        rows = [stamp | series | {"valid_on": day, "value": 1000.0} for day in days]
        warehouse.insert("series_point", pl.DataFrame(rows))
        return publish(warehouse, home / "snapshots")


@home_copied
def fill_series(home: Path, *, with_nasdaq: bool = False) -> Snapshot:
    """Fill `home` as the small home, add the series, and publish."""
    fill(home)
    points = [*_attention(), *_markets(), *(_nasdaq() if with_nasdaq else ())]
    named = {(source, series): title for source, series, title, *_ in points}
    tables = {
        "source": [{"source_id": name, "title": name, "licence": "CC0"} for name in (FACTS, SHILLER, NASDAQ)],
        "series": [
            _stamp(source) | {"series_id": series, "title": title, "topic": "test", "unit": _unit(series)}
            for (source, series), title in named.items()
        ],
        "series_point": [
            _stamp(source)
            | {
                "series_id": series,
                "valid_on": day,
                "valid_precision": "month" if source == SHILLER else "day",
                "value": value,
                "note": note,
                "url": f"https://facts.example/{series}",
            }
            for source, series, _, day, value, note in points
        ],
        "event": [
            _event("launch-1", "Big model", "model-launch", BIG_RELEASE, "OpenAI"),
            _event("launch-2", "Late model", "model-launch", LATE_RELEASE, "OpenAI"),
            _event("failure", "Shop without customers closes", "dotcom", date(2000, 11, 7), None),
        ],
    }
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in tables.items():
            warehouse.insert(table, pl.DataFrame(rows, infer_schema_length=None))
        return publish(warehouse, home / "snapshots")


def _stamp(source_id: str) -> dict[str, Any]:
    return {"source_id": source_id, "payload_sha256": "d" * 64, "observed_at": SEEN, "gone": False}


def _unit(series: str) -> str:
    return "percent of GDP" if series.startswith("capital-spending") else "unit"


def _event(event_id: str, title: str, topic: str, on: date, maker: str | None) -> dict[str, Any]:
    return _stamp(FACTS) | {
        "valid_on": on,
        "valid_precision": "day",
        "event_id": event_id,
        "title": title,
        "topic": topic,
        "organization": maker,
        "note": "",
        "url": "https://facts.example/event",
    }


def _attention() -> Iterator[Point]:
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        spike = 5 if timedelta(0) <= day - BIG_RELEASE < timedelta(days=14) else 1
        views = spike * (1000.0 + 100 * (day.weekday() < 5) + number % 5)
        yield FACTS, "wikipedia-daily-chatgpt", "Views of ChatGPT", day, views, ""
    for title, slug, gained in (("Big model", "big", 900.0), ("Small model", "small", 40.0)):
        text = f"Points on Hacker News in the 14 days from {title}"
        yield FACTS, f"hn-launch-points-{slug}", text, BIG_RELEASE, gained, "10 in the 14 days before"
    for place, month in enumerate(_months(date(2022, 1, 1), 48)):
        yield FACTS, "github-trending-llm-share", "Share", month, 0.01 + 0.005 * place, ""
        headlines = 99 if place == 0 else 100
        yield FACTS, "slashdot-ai-share", "Share", month, 0.02, f"{headlines} headlines"


def _markets() -> Iterator[Point]:
    for place, month in enumerate(_months(date(1990, 1, 1), 438)):
        boom = 3.0 if date(1997, 1, 1) <= month <= date(2000, 3, 1) else 1.0
        yield SHILLER, "shiller-sp500", "S&P 500", month, boom * (100.0 + place), ""
        yield SHILLER, "shiller-earnings", "Earnings", month, 5.0 + place / 20, ""
        yield SHILLER, "shiller-cpi", "Prices", month, 100.0, ""
        yield SHILLER, "shiller-cape", "CAPE", month, 40.0 if boom > 1 else 15.0, ""
        yield FACTS, "monthly-close-csco", "Cisco", month, 1.0 + 0.1 * boom * place, ""
        yield FACTS, "monthly-close-nvda", "Nvidia", month, 1.0 + 0.01 * place**2, ""
    for year, eps in ((1995, 0.1), (2000, 0.4)):
        title = "Earnings per share of CSCO"
        yield FACTS, "earnings-per-share-year-csco", title, date(year, 7, 30), eps, f"FY{year}"
    for year in range(1999, 2005):
        yield FACTS, "us-ecommerce-sales", "Sales", date(year, 10, 1), 1e9 * 1.25 ** (year - 1999), ""
    yield FACTS, "venture-capital-year-a", "Venture capital a year, A", date(1999, 1, 1), 48.3e9, "1999"
    yield FACTS, "ai-funding-year-b", "AI funding, world, B, by year", date(2025, 1, 1), 212e9, "2025"
    for name, on, share, period in (
        ("software", date(2000, 10, 1), 4.6, "2000Q4"),
        ("software", date(2025, 4, 1), 4.4, "2025Q2"),
        ("railways", date(1880, 1, 1), 6.0, "1880s"),
    ):
        yield FACTS, f"capital-spending-{name}", name, on, share, period


def _nasdaq() -> Iterator[Point]:
    for first, days in ((date(1995, 1, 2), 3000), (date(2022, 5, 2), 1200)):
        for number in range(days):
            level = 1000.0 * 1.0005**number
            yield NASDAQ, "nasdaq-composite", "NASDAQ", first + timedelta(days=number), level, ""


def _months(first: date, count: int) -> list[date]:
    return [date(first.year + place // 12, place % 12 + 1, 1) for place in range(count)]
