"""News that people wrote: posts, change logs, releases of software, notices of shut-down; and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.amounts import in_words, percent
from analysis.news.item import Item, NewsKind, When, between, told

Row = Mapping[str, Any]

_KINDS: Final = {
    "post": NewsKind.POST,
    "changelog": NewsKind.CHANGE_LOG,
    "software": NewsKind.SOFTWARE,
}


def notes(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_notes.sql. The day is the publisher's own."""
    for row in rows.iter_rows(named=True):
        kind, when = _KINDS[row["kind"]], When(None, row["valid_on"])
        key = (row["organization"], row["page"], row["title"])
        names = f"Names {_listed(row['models'])}." if row["models"] else None
        yield told(kind, row, when, key, (_headline(row), names))


def _headline(row: Row) -> str:
    """The title; a number of a version says nothing without what it is the version of."""
    title: str = row["title"]
    if row["kind"] != "software":
        return title
    name = (row["source_title"] or row["source_id"]).removeprefix("Releases of ")
    return f"{name.removesuffix(' changelog (feed)')}: {title}"


def notices(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_notices.sql. The announcement of a shut-down, and the day itself."""
    for _, same in rows.group_by("model_id", "seller", "shuts_down_on", maintain_order=True):
        row = same.sort("known_at", "source_id").row(0, named=True)
        own = same.filter(~pl.col("is_of_others")).sort("announced_on", "known_at").to_dicts()
        announced = own[0] if own else row
        when = When(None, own[0]["announced_on"]) if own else between(row["read_before"], row["known_at"])
        if when is not None and when.on < row["shuts_down_on"]:
            yield _notice(announced, when, "announced")
        yield _notice(row, When(None, row["shuts_down_on"]), "day")


def shut_down(seller: str, what: str, on: date, about_on: date) -> str:
    """What a notice of a seller says: of its announcement, or of the day itself."""
    if on < about_on:
        return f"{seller} announced that it shuts {what} down on {in_words(about_on)}."
    return f"{seller} shuts {what} down, by its notice."


def _notice(row: Row, when: When, of: str) -> Item:
    day = row["shuts_down_on"]
    key = (of, row["model_id"], row["seller"], day)
    headline = shut_down(row["seller"], row["title"], when.on, day)
    maker = row["maker"] or row["seller"]
    made_by = f"Made by {maker}." if maker != row["seller"] else None
    about = {**row, "organization": maker}
    item = told(NewsKind.SHUTDOWN, about, when, key, (headline, made_by), subject=row["seller"])
    return replace(item, about_on=day)


def verdict_changes(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_verdicts.sql, one for each month end, of one series."""
    for before, row in pairwise(rows.sort("series_id", "as_of").iter_rows(named=True)):
        if before["series_id"] != row["series_id"] or before["verdict"] == row["verdict"]:
            continue
        about = {
            "known_at": datetime.combine(row["as_of"], time(23, 59, 59), UTC),
            "read_before": datetime.combine(before["as_of"], time(), UTC),
            "source_id": "epoch-benchmarks",
            "source_title": "track record of the published index, month end against month end",
            **dict.fromkeys(("organization", "model_id", "url", "payload_sha256")),
        }
        yield told(
            NewsKind.VERDICT,
            about,
            When(before["as_of"], row["as_of"]),
            (row["series_id"], row["as_of"], row["verdict"]),
            (f"The verdict on AI's climb changed from {before['verdict']} to {row['verdict']}.", _slope(row)),
            subject=row["series_id"],
            figures=(before["recent"], row["recent"], "points a year"),
        )


def _slope(row: Row) -> str | None:
    if row["recent"] is None:
        return None
    interval = ""
    if row["recent_low"] is not None:
        interval = f" ({percent(0.9)} interval {row['recent_low']:.1f} to {row['recent_high']:.1f})"
    return (
        f"The slope of its latest window is {row['recent']:+.1f} points a year{interval}. What the test "
        "would have noticed stands beside the verdict on Trends and S-curves."
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown
