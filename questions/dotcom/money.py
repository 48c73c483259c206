"""The part of the question on the dot-com years about money: venture capital, and capital spending."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.dotcom.capital_and_cash import spending_of_cash
from analysis.dotcom.money import LAST_DOTCOM_YEAR, same_definition_pairs, venture_money
from questions.answer import Block, Column, Folded, Heading, Kind, Paragraph, Table
from questions.dotcom import words
from questions.series import series
from questions.view import View

_SCOPES: Final = ("Then: all sectors, United States", "Now: AI companies only, the world")
_QUARTERS: Final = {
    "company": Column("company", width=110),
    "starts_on": Column("quarter from", Kind.DAY, width=105),
    "spent_usd": Column("property and equipment, $", Kind.NUMBER, width=190),
    "cash_usd": Column("cash from operations, $", Kind.NUMBER, width=180),
    "share_of_four_quarters": Column("share, four quarters", Kind.NUMBER, digits=2, width=140),
}
_WHO_COUNTS: Final = ("bea.gov", "bls.gov", "census.gov", "federalreserve.gov", "sec.gov", "stlouisfed.org")
"""Whose pages state figures of spending that they gathered themselves."""
_FIGURES: Final = (pl.col("title").alias("measure"), "unit", pl.col("note").alias("period"), "value")


def of_money(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    """Venture money with both scopes named, capital spending by one definition, and what it takes of cash."""
    blocks = (*_ventures(points), *_spending(points), *_of_cash(view), *_of_chips(view))
    return (Heading("Money"), *blocks) if blocks else ()


def _ventures(points: pl.DataFrame) -> tuple[Block, ...]:
    boom = pl.col("valid_on").dt.year() <= LAST_DOTCOM_YEAR
    before = points.filter(pl.col("series_id").str.starts_with("venture-capital-year-"), boom)
    recent = points.filter(pl.col("series_id").str.starts_with("ai-funding-year-"))
    if before.is_empty() or recent.is_empty():
        return ()
    money = venture_money(_yearly(before), _yearly(recent), *_SCOPES)
    return (
        Paragraph(words.OF_VENTURES),
        Table("venture-money", _side_by_side(money.years), wraps=True),
    )


def _side_by_side(years: pl.DataFrame) -> pl.DataFrame:
    """The years in order, each with its scope, tracker and amount."""
    scopes = dict(zip(("dotcom", "ai"), _SCOPES, strict=True))
    return years.sort("year", "tracker").select(
        pl.col("year").cast(pl.String),
        counted=pl.col("era").replace_strict(scopes),
        tracker="tracker",
        billion_dollars=pl.col("usd_billion").round_sig_figs(3).cast(pl.String).str.strip_suffix(".0"),
    )


def _spending(points: pl.DataFrame) -> tuple[Block, ...]:
    capital = points.filter(pl.col("series_id").str.starts_with("capital-spending-"))
    if capital.is_empty():
        return ()
    checked = pl.when(_is_first_hand()).then(pl.lit(words.FIRST_HAND)).otherwise(pl.lit(words.SECOND_HAND))
    figures = Table("capital-spending", capital.select(*_FIGURES, "url", page_is=checked), wraps=True)
    said = words.of_spending(same_definition_pairs(capital.select(*_FIGURES)))
    whose = words.of_repeated(capital.filter(~_is_first_hand()).height, capital.height)
    return (
        Paragraph(words.SPENDING),
        Paragraph(f"{said} {whose}".strip()),
        Folded(words.all_spending(capital.height), (figures,)),
    )


def _is_first_hand() -> pl.Expr:
    """Whether a figure is cited from one who counts, not from a page that repeats it."""
    host = pl.col("url").str.extract(r"^https?://(?:[^/]+\.)?([^./]+\.[^./]+)(?:/|$)")
    return host.is_in(list(_WHO_COUNTS)).fill_null(value=False)


def _of_cash(view: View) -> tuple[Block, ...]:
    """Capital spending of the cloud companies against their cash, once their reports have been read."""
    reports = series(view, "sec-capex-%", "sec-operating-cash-%").select(
        "series_id", "value", company=pl.col("title").str.extract(r"^([^:]+):"), starts_on="valid_on"
    )
    spent = reports.filter(pl.col("series_id").str.starts_with("sec-capex-")).drop("series_id")
    cash = reports.filter(pl.col("series_id").str.starts_with("sec-operating-cash-")).drop("series_id")
    found = spending_of_cash(spent, cash)
    if found.share is None:
        return ()
    table = Table("capital-and-cash", found.quarters.sort("starts_on", descending=True), _QUARTERS)
    return (Paragraph(words.of_cash(found)), Folded("Spending and cash by company and quarter", (table,)))


def _of_chips(view: View) -> tuple[Block, ...]:
    """What the spending bought: AI chips sold so far, once Epoch's estimates have been fetched."""
    points = series(view, "chips-%-h100-equivalents")
    sold = points.group_by("valid_on").agg(pl.col("value").sum(), n=pl.len()).sort("valid_on")
    # designers are followed from different quarters on: sums of different many are not compared
    same = sold.filter(pl.col("n") == pl.col("n").last())
    return (Paragraph(words.of_chips(same)),) if same.height > 1 else ()


def _yearly(own: pl.DataFrame) -> pl.DataFrame:
    tracker = pl.col("title").str.extract(
        r"^(?:Venture capital a year|AI funding, world), (.+?)(?:, by year)?$"
    )
    return own.select(tracker=tracker, period="note", usd_billion=pl.col("value") / 1e9)
