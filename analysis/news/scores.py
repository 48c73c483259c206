"""News of capability: leaders of boards and of the index, records on benchmarks, time horizons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from analysis.amounts import percent, score_text
from analysis.compare.standing import are_level
from analysis.news.item import Item, NewsKind, When, between, told

Row = Mapping[str, Any]

INDEX: Final = "capability-index"
"""The subject of news of the capability index that is fitted here."""

_HORIZON: Final = "metr-horizon-50"


def records(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_scores.sql. The best score that is not a vendor's own, better than all before."""
    for row in rows.iter_rows(named=True):
        when = between(row["read_before"], row["known_at"], row["released_on"])
        if when is None or not row["is_record"] or row["unit"] != "fraction":
            continue
        yield _score(
            row,
            when,
            NewsKind.RECORD,
            f"{row['title']} reached {percent(row['score'], 1)} on {row['benchmark']}, a record.",
            f"Before: {percent(row['best_before'], 1)}, {row['best_before_title']}.{_noise(row)}",
        )


def horizons(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_scores.sql. Every newly measured time horizon at 50 % success."""
    for row in rows.iter_rows(named=True):
        when = between(row["read_before"], row["known_at"], row["released_on"])
        if when is None or not row["benchmark_id"].startswith(_HORIZON):
            continue
        length = score_text(row["score"], "minutes")
        interval = ""
        if row["low"] is not None and row["high"] is not None:
            ends = [score_text(row[end], "minutes") for end in ("low", "high")]
            interval = f"{percent(0.95)} interval {ends[0]} to {ends[1]}. "
        longest = ""
        if row["best_before"] is not None:
            before = score_text(row["best_before"], "minutes")
            longest = f"Longest before: {before}, {row['best_before_title']}."
        yield _score(
            row,
            when,
            NewsKind.HORIZON,
            f"METR measured the time horizon of {row['title']}: {length} at half success.",
            (interval + longest).rstrip(),
        )


def _score(row: Row, when: When, kind: NewsKind, headline: str, changes: str) -> Item:
    return told(
        kind,
        row,
        when,
        (row["benchmark_id"], row["model_id"], f"{row['score']:.4g}"),
        (headline, changes),
        subject=row["benchmark_id"],
        figures=(row["best_before"], row["score"], row["unit"]),
    )


def _noise(row: Row) -> str:
    """Whether the noise of both measurements could make the record; nothing where it is not known."""
    if row["best_before_model_id"] == row["model_id"]:
        return ""
    before = {"score": row["best_before"], "stderr": row["best_before_stderr"]}
    return " The noise of both leaves open which is better." if are_level(row, before) else ""


def leaders_of_boards(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_boards.sql. Who leads a board for the first time; a lead regained is none."""
    for (benchmark,), boards in rows.group_by("benchmark_id", maintain_order=True):
        have_led: dict[str, set[str]] = {}
        before: Row | None = None
        for row in boards.sort("known_at", "board_on", "source_id").iter_rows(named=True):
            seen = have_led.setdefault(row["source_id"], set())
            is_new = not any(row["model_id"] in led for led in have_led.values())
            when = between(row["read_before"], row["known_at"])
            if is_new and seen and before is not None and when is not None:
                yield _leader(row, when, str(benchmark), f"the board {row['benchmark']}", before["title"])
            seen.add(row["model_id"])
            before = row


def leaders_of_index(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_index.sql, in the order in which scores came to be known."""
    best: Row | None = None
    for _, known in rows.group_by("known_at", maintain_order=True):
        top = known.sort("capability", "model_id", descending=[True, False]).row(0, named=True)
        if best is not None and top["capability"] <= best["capability"]:
            continue
        before, best = best, top
        when = between(top["read_before"], top["known_at"], top["released_on"])
        if before is None or when is None:
            continue
        others = rows.filter(pl.col("known_at") <= top["known_at"], pl.col("high") >= top["low"]).height - 1
        row = top | {"score": top["capability"], "tied": others, "source_id": "epoch-benchmarks"}
        yield _leader(row, when, INDEX, "hypecurve's own capability index", before["title"])


def _leader(row: Row, when: When, subject: str, board: str, before: str) -> Item:
    return told(
        NewsKind.LEADER,
        row,
        when,
        (subject, row["model_id"]),
        (f"{row['title']} leads {board}.", f"{_points(row)}. Before: {before}."),
        subject=subject,
        figures=(None, row["score"], "points"),
    )


def _points(row: Row) -> str:
    level = percent(0.95 if str(row.get("benchmark_id", "")).startswith("arena") else 0.9)
    said = f"{row['score']:,.1f} points"
    if row["low"] is not None and row["high"] is not None:
        said += f" ({level} interval {row['low']:,.1f} to {row['high']:,.1f})"
    if row["tied"]:
        others = "another model" if row["tied"] == 1 else f"{row['tied']} others"
        said += f", not told apart from {others}"
    return said
