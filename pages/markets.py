"""Which markets and anchors the page on the dot-com years knows, by the names that readers see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.dotcom.likeness import CHATGPT_OPENING, NETSCAPE_LISTING, Anchor
from analysis.results import Window


@dataclass(frozen=True, slots=True)
class Market:
    """What is compared: the series then and now (the same for one market), and what each line is called."""

    title: str
    then: str
    now: str
    names: tuple[str, str]


MARKETS: Final = (
    Market("NASDAQ Composite", "nasdaq-composite", "nasdaq-composite", ("NASDAQ", "NASDAQ")),
    Market("NASDAQ-100", "nasdaq-100", "nasdaq-100", ("NASDAQ-100", "NASDAQ-100")),
    Market("S&P 500, monthly mean", "shiller-sp500", "shiller-sp500", ("S&P 500", "S&P 500")),
    Market("Cisco then, Nvidia now", "monthly-close-csco", "monthly-close-nvda", ("Cisco", "Nvidia")),
    Market("Microsoft", "monthly-close-msft", "monthly-close-msft", ("Microsoft", "Microsoft")),
    Market("Oracle", "monthly-close-orcl", "monthly-close-orcl", ("Oracle", "Oracle")),
)

THEN: Final = {
    anchor.name: anchor
    for anchor in (
        NETSCAPE_LISTING,
        Anchor("NASDAQ first closes above 1,000", date(1995, 7, 17)),
        Anchor("Greenspan asks about exuberance", date(1996, 12, 5)),
        Anchor("the low of October 1998", date(1998, 10, 8)),
    )
}
NOW: Final = {
    anchor.name: anchor
    for anchor in (
        CHATGPT_OPENING,
        Anchor("GPT-4", date(2023, 3, 14)),
        Anchor("Nvidia's forecast of data-centre sales", date(2023, 5, 25)),
    )
}

CRASH: Final = Window(date(2000, 3, 10), date(2002, 10, 9))
"""Peak and trough of the NASDAQ Composite at the close, which the table of dated facts states too."""

PEAKS_WITHIN: Final = Window(date(1998, 1, 1), date(2001, 12, 31))
SURVIVORS: Final = {
    "nasdaq-composite": "NASDAQ Composite (daily)",
    "monthly-close-amzn": "Amazon",
    "monthly-close-csco": "Cisco",
    "monthly-close-msft": "Microsoft",
    "monthly-close-qcom": "Qualcomm",
    "monthly-close-intc": "Intel",
    "monthly-close-orcl": "Oracle",
}
USES: Final = {
    "us-ecommerce-sales": ("US online sales, billion USD a quarter", "$,~r", 1e9),
    "owid-internet-usa": ("Internet users, United States", ".0%", 1.0),
    "owid-internet-owid-wrl": ("Internet users, world", ".0%", 1.0),
    "internet-hosts": ("Internet hosts", ",~s", 1.0),
}
"""Measures of use in the dot-com years: name, how values are written, and what they are divided by."""

AI_USES: Final = {
    "users-chatgpt-weekly": "Weekly users of ChatGPT, as stated by OpenAI",
    "us-firms-use-ai-v1-used-ai-in-producing-goods-or-services": "US firms using AI, first wording",
    "us-firms-use-ai-v2-used-ai-in-any-business-function": "US firms using AI, second wording",
    "annualised-revenue-openai": "Annualised revenue of OpenAI, USD",
    "annualised-revenue-anthropic": "Annualised revenue of Anthropic, USD",
}


def closes_of(points: pl.DataFrame, series_id: str) -> pl.DataFrame:
    """Closes of one series: valid_on, value, source_id. The day of a month-end close stands in its note."""
    own = points.filter(series_id=series_id)
    stated = pl.col("note").str.to_date("%Y-%m-%d", strict=False)
    return own.select(pl.coalesce(stated, "valid_on").alias("valid_on"), "value", "source_id").sort(
        "valid_on"
    )


def available(points: pl.DataFrame) -> tuple[Market, ...]:
    """The markets of which both series have points; first those that reach into the AI boom."""
    last = dict(points.group_by("series_id").agg(pl.col("valid_on").max()).iter_rows())
    known = [market for market in MARKETS if {market.then, market.now} <= set(last)]
    return tuple(sorted(known, key=lambda market: last[market.now] <= CHATGPT_OPENING.starts_on))
