"""Share of US firms that use AI, by state and sector: Business Trends and Outlook Survey, Census Bureau.

One sheet, one row per state or sector, question and answer, one column per fortnight of collection. The
question was put differently from November 2025 on, so the two wordings are two series and are never joined.
The files of today hold the new wording only; a closed workbook keeps the nation's answers to the old one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.slugs import slugs
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source

_FOLDER: Final = "https://www.census.gov/hfp/btos/downloads"
URL: Final = f"{_FOLDER}/State.xlsx"
OLD_WORDING: Final = f"{_FOLDER}/AI%20Core%20Questions.xlsx"

_WHOM: Final[Mapping[str | None, pl.Expr]] = {
    "State": pl.col("State"),
    "Sector": pl.format("sector {}", "Sector"),
    None: pl.lit("the United States"),
}
"""Of which firms a file speaks, by the column that divides them; one that has none speaks of the nation."""
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
    sheet = "National Estimates" if payload.url == OLD_WORDING else "Response Estimates"
    from ingest.formats.tables import read_tables, served  # noqa: PLC0415 - loads the readers of all formats

    frame = read_tables(served(payload), TableForm(format="xlsx", table=sheet))[0].frame
    needed = {"Question", "Answer"}
    if not needed <= set(frame.columns):
        raise ParseError(f"{payload.url} lacks the columns {', '.join(sorted(needed - set(frame.columns)))}")
    group = next((name for name in _WHOM if name in frame.columns), None)
    whom = _WHOM[group]
    cycles = [column for column in frame.columns if _CYCLE.match(column)]
    answers = (
        frame.filter(pl.col("Answer") == "Yes", _asks_about_ai())
        .with_columns(what=_what(), whom=whom)
        .unpivot(cycles, index=["whom", "what"], variable_name="cycle", value_name="share")
        .filter(pl.col("share").str.contains(r"^[\d.]+%$"))
        .with_columns(wording=pl.when(pl.col("cycle").cast(pl.Int64) < _NEW_WORDING).then(1).otherwise(2))
        .with_columns(series_id=pl.format("btos-ai-{}-v{}-{}", "what", "wording", _place("whom")))
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
        title=pl.format("Firms in {} that {} AI (wording {})", "whom", _verb(), "wording"),
        topic=pl.lit("adoption"),
        unit=pl.lit("fraction"),
        region=pl.col("whom").str.strip_prefix("the "),
        definition=pl.lit(
            "share of firms that answer yes; first day of collection; wordings are not comparable"
        ),
    )
    return Records({Kind.SERIES: series, Kind.SERIES_POINT: points})


def _place(name: str) -> pl.Expr:
    return slugs(pl.col(name)).replace("the-united-states", "us")


def _asks_about_ai() -> pl.Expr:
    return pl.col("Question").str.contains(r"Artificial Intelligence|\bAI\b")


def _what() -> pl.Expr:
    ahead = pl.col("Question").str.contains("(?i)next six months")
    return pl.when(ahead).then(pl.lit("expect")).otherwise(pl.lit("use"))


def _verb() -> pl.Expr:
    return pl.when(pl.col("what") == "use").then(pl.lit("use")).otherwise(pl.lit("expect to use"))


SOURCE = Source(
    id="census-btos",
    title="US firms that use AI, by state and sector",
    homepage="https://www.census.gov/hfp/btos/",
    licence="public domain (US Census Bureau)",
    attribution="US Census Bureau, Business Trends and Outlook Survey",
    urls=(URL, f"{_FOLDER}/National.xlsx", f"{_FOLDER}/Sector.xlsx", OLD_WORDING),
    cadence="7d",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
