"""What the question of news says, as pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.news.notes import shut_down
from charts.parts.figure import in_words
from questions.answer import Entry, Link
from questions.news.kinds import COUNTED, KINDS
from questions.wording import agreeing, capital, counted, fitting, from_to, listed

WOULD_CHANGE: Final = (
    "The next reading of a source; a list that states a day which is only bounded now. A list's first "
    "reading, and one after more than 31 days without any, says what is and never what is new."
)
IS_DUE: Final = (pl.col("kind") == "shutdown") & (
    pl.col("known_at").dt.date() + pl.duration(days=31) < pl.col("happened_on")
)
"""What a notice named more than a month before its day: a plan of then, and no evidence of the day."""

LONGEST_GAP: Final = timedelta(days=14)
"""Days without evidence, so many that a span over them would speak of what nobody saw."""

MOST_PARTS: Final = 3
"""So many stretches of days are told one by one."""

TOLD_TOGETHER: Final = "shutdown"
"""The kind of which one notice names many models: they stand in one line."""

WHAT_BRINGS_NEWS: Final = "News need two readings of a source; the page of sources says when each runs next."


Ways = Callable[[str | None], tuple[Link, ...]]
"""From a model_id to what leads on from it."""


def nowhere(_model_id: str | None) -> tuple[Link, ...]:
    """Where nobody can follow a link."""
    return ()


def first_line(
    shown: pl.DataFrame,
    planned: pl.DataFrame,
    maker: str | None,
    with_evidence: Sequence[date],
    days: int,
    silent: str = "",
) -> str:
    """How much changed on the days with evidence, by kind, and when these were; else what was due.

    `silent` comes first: what `silence` says.
    """
    of = f" of {maker}" if maker else ""
    if shown.is_empty():
        return (
            f"{capital(due(planned))}." if planned.height else f"No such news{of} is known as of this date."
        )
    span = f"the last {_number(days)} days with evidence{of}, {when(with_evidence)}"
    counts = _counts(shown)
    begins = f"{silent}; {span}" if silent else f"In {span}"
    wordings = [
        f"{begins}: {_listed(counts[:most], len(counts) - most)}."
        for most in range(min(5, len(counts)), 0, -1)
    ]
    return fitting(*wordings)


def silence(last: date, days: int, asked_on: date, *, is_filtered: bool) -> str:
    """That no news is known of so many days up to `asked_on`, where the last there is lies before them."""
    if asked_on - last < timedelta(days=days):
        return ""
    which = {7: "the last week"}.get(days, f"the last {days} days")
    return f"No {'such ' if is_filtered else ''}news is known of {which}"


def when(days: Sequence[date]) -> str:
    """When days were, the first of them first, apart where more than two weeks lie between. Needs a day."""
    parts: list[list[date]] = [[days[0]]]
    for before, after in pairwise(days):
        if after - before > LONGEST_GAP:
            parts.append([])
        parts[-1].append(after)
    if len(parts) > MOST_PARTS:
        return f"between {from_to(days[0], days[-1]).replace(' to ', ' and ')}"
    if len(parts) == 1:
        return from_to(days[0], days[-1])
    said = [from_to(part[0], part[-1]).removeprefix("on ") for part in parts]
    is_one_year = days[0].year == days[-1].year
    first = [part.removesuffix(f" {days[-1].year}") if is_one_year else part for part in said[:-1]]
    return listed([*first, said[-1]])


def caveat(shown: pl.DataFrame) -> str:
    """How many of them were learned late; empty where none was."""
    late = int(shown["is_late"].sum())
    if not late:
        return ""
    days = agreeing(late, "its source states; it stands", "their sources state; they stand")
    return f"{late:,} of {shown.height:,} became known here later than the day that {days} on that day."


def rests_on(told: pl.DataFrame, planned: pl.DataFrame) -> str:
    """From how many sources they come, how many days are bounded only, how many were due by old notices."""
    if told.is_empty():
        return ""
    bounded = told.filter(pl.col("happened_after").is_not_null()).height
    more = f" Apart from these: {due(planned)}." if planned.height else ""
    return (
        f"{counted(told.height, 'change')} from {counted(told['source_id'].n_unique(), 'source')}; of "
        f"{bounded:,} the day lies between two readings and stands at the later one.{more}"
    )


def last_of_each_kind(known: pl.DataFrame) -> pl.DataFrame:
    """The last of each kind, in the order of their weight: kind, happened_on, headline, url."""
    weight = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)}, default=None)
    last = known.sort("happened_on", descending=True, maintain_order=True).unique(
        "kind", keep="first", maintain_order=True
    )
    return (
        last.with_columns(weight=weight)
        .drop_nulls("weight")
        .sort("weight")
        .select(pl.col("kind").replace_strict(KINDS), "happened_on", "headline", "url")
    )


def day(on: date) -> str:
    """The heading of a day."""
    return f"{on:%A}, {in_words(on)}"


def entry(row: Mapping[str, Any], ways: Ways = nowhere) -> Entry:
    """One piece of news as readers see it; `ways` lead on from the model that it names."""
    note = " ".join(filter(None, (row["changes"], f"{row['evidence']}.")))
    who = row["organization"]
    told = row["kind"] in ("post", "change-log") and who
    return Entry(
        KINDS.get(row["kind"], row["kind"]),
        f"{who}: {row['headline']}" if told else row["headline"],
        note,
        row["url"] or row["payload_url"],
        ways(row["model_id"]),
        tuple(filter(None, (row["also_url"],))),
    )


def due(rows: pl.DataFrame) -> str:
    """How many shut-downs were due and when, by notices of when; needs a row."""
    newest: date = rows["known_at"].max().date()  # type: ignore[union-attr]  # a column of instants
    days: list[date] = rows["happened_on"].sort().to_list()
    span = from_to(days[0], days[-1])
    between = f"between {span.replace(' to ', ' and ')}" if days[0] < days[-1] else span
    return f"{counted(rows.height, 'shut-down')} due {between}, by notices known by {in_words(newest)}"


def on_its_day(on: date, said: Entry) -> Entry:
    """An entry that stands under no heading of its day."""
    return replace(said, label=in_words(on))


def entries(rows: pl.DataFrame, ways: Ways = nowhere) -> tuple[Entry, ...]:
    """The rows of a day in order; the shut-downs of one seller are one entry."""
    found: dict[object, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        together = row["kind"] == TOLD_TOGETHER and row["model"] and row["about_on"]
        notice = (row["subject"], row["about_on"])
        found.setdefault(notice if together else row["news_id"], []).append(row)
    return tuple(entry(same[0], ways) if len(same) == 1 else _together(same) for same in found.values())


def _together(rows: list[dict[str, Any]]) -> Entry:
    first = rows[0]
    headline = shut_down(first["subject"], f"{len(rows)} models", first["happened_on"], first["about_on"])
    names = ", ".join(row["model"] for row in rows)
    return entry({**first, "headline": headline, "changes": f"{names}.", "model_id": None})


def more(rest: pl.DataFrame) -> str:
    """What is folded, by kind."""
    return _listed(_counts(rest, " more"), 0)


def older(shown: pl.DataFrame, last_drawn: date) -> str:
    """What stands in the rows only."""
    older = shown.filter(pl.col("happened_on") < last_drawn).height
    stand = agreeing(older, "stands", "stand")
    return f"{counted(older, 'older change')} {stand} in the table of the chart below."


def _counts(rows: pl.DataFrame, more: str = "") -> list[str]:
    number = dict(rows.group_by("kind").len().iter_rows())
    return [
        f"{number[kind]:,}{more} {names[number[kind] > 1]}"
        for kind, names in COUNTED.items()
        if kind in number
    ]


def _listed(counts: list[str], left: int) -> str:
    if left > 0:
        return f"{', '.join(counts)} and more"
    return listed(counts)


def _number(days: int) -> str:
    return {7: "seven"}.get(days, str(days))
