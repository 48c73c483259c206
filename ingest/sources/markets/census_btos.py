"""Share of firms that use AI, by US state, from the Census Bureau's Business Trends and Outlook Survey.

One sheet, one row per state, question and answer, one column per fortnight of collection. The question was
put differently from November 2025 on, so the two wordings are two series and are never joined. National
figures stand in the tables of facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.tables import read_tables, served
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source

URL: Final = "https://www.census.gov/hfp/btos/downloads/State.xlsx"

_SHEET: Final = TableForm(format="xlsx", table="Response Estimates")
_CYCLE: Final = re.compile(r"^\d{6}$")
_NEW_WORDING: Final = 202524
"""First fortnight (year and number) of the wording that asks for AI in any business function."""


def parse(payloads: Sequence[Payload]) -> Records:
    """Points per state and wording for current and expected use; suppressed cells ("S") are missing."""
    return merge(_parse(payload) for payload in payloads)


def cycle_start(cycle: str) -> date:
    """First day of collection of a cycle such as 202319: the Monday of ISO week 2 x 19 - 1 of 2023."""
    year, fortnight = int(cycle[:4]), int(cycle[4:])
    return date.fromisocalendar(year, 1, 1) + timedelta(weeks=2 * (fortnight - 1))


def _parse(payload: Payload) -> Records:
    frame = read_tables(served(payload), _SHEET)[0].frame
    needed = {"State", "Question", "Answer"}
    if not needed <= set(frame.columns):
        raise ParseError(f"{payload.url} lacks the columns {', '.join(sorted(needed - set(frame.columns)))}")
    cycles = [column for column in frame.columns if _CYCLE.match(column)]
    answers = (
        frame.filter(pl.col("Answer") == "Yes", _asks_about_ai())
        .with_columns(what=_what())
        .unpivot(cycles, index=["State", "what"], variable_name="cycle", value_name="share")
        .filter(pl.col("share").str.contains(r"^[\d.]+%$"))
        .with_columns(wording=pl.when(pl.col("cycle").cast(pl.Int64) < _NEW_WORDING).then(1).otherwise(2))
        .with_columns(
            series_id=pl.format("btos-ai-{}-v{}-{}", "what", "wording", pl.col("State").str.to_lowercase())
        )
    )
    starts = {cycle: cycle_start(cycle) for cycle in cycles}
    points = answers.select(
        "series_id",
        valid_on=pl.col("cycle").replace_strict(starts, return_dtype=pl.Date),
        valid_precision=pl.lit("day"),
        value=pl.col("share").str.strip_suffix("%").cast(pl.Float64) / 100,
        note=pl.format("cycle {}", "cycle"),
    )
    series = answers.unique("series_id", maintain_order=True).select(
        "series_id",
        title=pl.format("Firms in {} that {} AI (wording {})", "State", _verb(), "wording"),
        topic=pl.lit("adoption"),
        unit=pl.lit("fraction"),
        region=pl.col("State"),
        definition=pl.lit(
            "share of firms that answer yes; first day of collection; wordings are not comparable"
        ),
    )
    return Records({Kind.SERIES: series, Kind.SERIES_POINT: points})


def _asks_about_ai() -> pl.Expr:
    return pl.col("Question").str.contains(r"Artificial Intelligence|\bAI\b")


def _what() -> pl.Expr:
    ahead = pl.col("Question").str.contains("(?i)next six months")
    return pl.when(ahead).then(pl.lit("expect")).otherwise(pl.lit("use"))


def _verb() -> pl.Expr:
    return pl.when(pl.col("what") == "use").then(pl.lit("use")).otherwise(pl.lit("expect to use"))


SOURCE = Source(
    id="census-btos",
    title="US firms that use AI, by state",
    homepage="https://www.census.gov/hfp/btos/",
    licence="public domain (US Census Bureau)",
    attribution="US Census Bureau, Business Trends and Outlook Survey",
    urls=(URL,),
    cadence="7d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
