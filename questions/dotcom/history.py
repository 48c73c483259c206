"""The parts of the question on the dot-com years that ask history: base rates, and what carried the rises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.dotcom.base_rates import BaseRate, EpisodeRule, base_rate
from analysis.dotcom.likeness import Anchor
from analysis.dotcom.price_split import company_price_split, price_split
from charts.dotcom.earnings_and_multiple import NamedSplit, earnings_and_multiple
from charts.dotcom.episodes import episodes
from questions.answer import Block, Drawn, Heading, Notice, Paragraph, Placed
from questions.dotcom import words
from questions.dotcom.controls import DotcomControls
from questions.dotcom.markets import NOW, THEN, closes_of
from questions.reach import reaching
from questions.view import View

PEAK: Final = date(2000, 3, 31)


def base_rate_of(months: pl.DataFrame, controls: DotcomControls) -> BaseRate | None:
    """What followed earlier markets that were dear and had risen fast, by episode; None without months.

    `months`: see sp500_months.sql.
    """
    if months.is_empty():
        return None
    rule = EpisodeRule(cape_at_least=float(controls.cape), real_rise_at_least=controls.rise / 100)
    return base_rate(months, rule)


def of_base_rate(view: View, months: pl.DataFrame, base: BaseRate | None) -> tuple[Block, ...]:
    """The episodes and what followed each, beside the thresholds that make an episode."""
    if base is None:
        return ()
    note = "Consumer prices of the last months are estimated" if base.window else ""
    drawn = (
        Drawn(episodes(base, view.footing(months, "months", note))) if base.n else Notice(words.NO_EPISODE)
    )
    return (
        Heading("What followed when markets were expensive and had risen fast?"),
        Paragraph(words.of_base_rate(base, months)),
        Placed("cape"),
        Placed("rise"),
        drawn,
    )


def of_splits(
    view: View, months: pl.DataFrame, points: pl.DataFrame, controls: DotcomControls
) -> tuple[Block, ...]:
    """The rises then and now, of the S&P 500 and of the two companies, split into earnings and multiple."""
    heading = Heading("Earned, or only paid for?")
    found = _splits(months, points, THEN[controls.then], NOW[controls.now])
    untold = [one.what for one in found if one.split.price is None]
    if len(untold) == len(found):
        return (heading, Notice(words.NO_SPLIT))
    used = points.filter(pl.col("series_id").str.contains("(csco|nvda)$"))
    rows = pl.concat([reaching(months, view.as_of), reaching(used, view.as_of)])
    return (
        heading,
        Drawn(earnings_and_multiple(found, view.footing(rows, "rows"))),
        *((Paragraph(words.of_untold_splits(untold)),) if untold else ()),
        Paragraph(words.OF_QUARTERS),
    )


def _splits(months: pl.DataFrame, points: pl.DataFrame, then: Anchor, now: Anchor) -> list[NamedSplit]:
    found = [*_of_market(months, then, now), *_of_company(points, "csco", "Cisco", then.starts_on, PEAK)]
    nvidia = closes_of(points, "monthly-close-nvda")
    if nvidia.height:
        found += _of_company(points, "nvda", "Nvidia", now.starts_on, nvidia["valid_on"][-1])
    return found


def _of_market(months: pl.DataFrame, then: Anchor, now: Anchor) -> list[NamedSplit]:
    if months["earnings"].null_count() == months.height:
        return []
    starts = [anchor.starts_on.replace(day=1) for anchor in (then, now)]
    ends = [PEAK.replace(day=1), months.drop_nulls("earnings")["valid_on"][-1]]
    return [
        NamedSplit("S&P 500", price_split(months, start, end))
        for start, end in zip(starts, ends, strict=True)
        if start < end
    ]


def _of_company(points: pl.DataFrame, ticker: str, name: str, start: date, end: date) -> list[NamedSplit]:
    closes = closes_of(points, f"monthly-close-{ticker}").select("valid_on", "value")
    own = points.filter(
        pl.col("series_id").is_in([f"earnings-per-share-{span}-{ticker}" for span in ("year", "quarter")])
    )
    reports = own.select(
        fiscal_period=pl.col("note").str.extract(r"^(FY\w+)"),
        period_end_on="valid_on",
        eps="value",
        note=pl.col("note").str.extract(r"^FY\w+[;:,] (.+)$"),
    )
    if closes.is_empty() or reports.is_empty() or start >= end:
        return []
    return [NamedSplit(name, company_price_split(closes, reports, start, end))]
