"""The part of the question on the dot-com years about money: venture capital, and capital spending."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.dotcom.money import LAST_DOTCOM_YEAR, same_definition_pairs, venture_money
from charts.dotcom.venture_money import venture_money_chart
from questions.answer import Block, Drawn, Folded, Heading, Paragraph, Table
from questions.dotcom import words
from questions.view import View

_SCOPES: Final = ("Then: all sectors, United States", "Now: AI companies only, the world")
_FIGURES: Final = (pl.col("title").alias("measure"), "unit", pl.col("note").alias("period"), "value")


def of_money(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    """Venture money with both scopes named, and capital spending where one definition has both sides."""
    ventures, spending = _ventures(view, points), _spending(points)
    return (Heading("Money"), *ventures, *spending) if ventures or spending else ()


def _ventures(view: View, points: pl.DataFrame) -> tuple[Block, ...]:
    boom = pl.col("valid_on").dt.year() <= LAST_DOTCOM_YEAR
    before = points.filter(pl.col("series_id").str.starts_with("venture-capital-year-"), boom)
    recent = points.filter(pl.col("series_id").str.starts_with("ai-funding-year-"))
    if before.is_empty() or recent.is_empty():
        return ()
    money = venture_money(_yearly(before), _yearly(recent), *_SCOPES)
    return (Drawn(venture_money_chart(money, view.footing(pl.concat([before, recent]), "years"))),)


def _spending(points: pl.DataFrame) -> tuple[Block, ...]:
    capital = points.filter(pl.col("series_id").str.starts_with("capital-spending-"))
    if capital.is_empty():
        return ()
    figures = Table("capital-spending", capital.select(*_FIGURES, "url"))
    return (
        Paragraph(words.SPENDING),
        Paragraph(words.of_spending(same_definition_pairs(capital.select(*_FIGURES)))),
        Folded(words.all_spending(capital.height), (figures,)),
    )


def _yearly(own: pl.DataFrame) -> pl.DataFrame:
    tracker = pl.col("title").str.extract(
        r"^(?:Venture capital a year|AI funding, world), (.+?)(?:, by year)?$"
    )
    return own.select(tracker=tracker, period="note", usd_billion=pl.col("value") / 1e9)
