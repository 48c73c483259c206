"""Which markets, starts and measures of use the question on the dot-com years knows, and their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.dotcom.likeness import CHATGPT_OPENING, NETSCAPE_LISTING, Anchor
from analysis.results import Window
from questions.controls import Chosen, Option
from questions.series import series
from questions.view import View


@dataclass(frozen=True, slots=True)
class Market:
    """What is compared: the series then and now (the same for one market), and what each line is called.

    `name` is its word in addresses, `title` its name for readers.
    """

    name: str
    title: str
    then: str
    now: str
    lines: tuple[str, str]


def _alone(name: str, title: str, series_id: str, line: str) -> Market:
    """A market that one series stands for in both booms."""
    return Market(name, title, series_id, series_id, (line, line))


MARKETS: Final = (
    _alone("nasdaq-composite", "NASDAQ Composite", "nasdaq-composite", "NASDAQ"),
    _alone("nasdaq-100", "NASDAQ-100", "nasdaq-100", "NASDAQ-100"),
    _alone("sp500", "S&P 500, monthly mean", "shiller-sp500", "S&P 500"),
    Market(
        "cisco-nvidia",
        "Cisco then, Nvidia now",
        "monthly-close-csco",
        "monthly-close-nvda",
        ("Cisco", "Nvidia"),
    ),
    _alone("microsoft", "Microsoft", "monthly-close-msft", "Microsoft"),
    _alone("oracle", "Oracle", "monthly-close-orcl", "Oracle"),
)

INDEXES: Final = ("nasdaq-composite", "nasdaq-100", "sp500")
"""The markets that are more than one company or a pair of them."""

THEN: Final = {
    "netscape": NETSCAPE_LISTING,
    "nasdaq-1000": Anchor("NASDAQ first closes above 1,000", date(1995, 7, 17)),
    "exuberance": Anchor("Greenspan asks about exuberance", date(1996, 12, 5)),
    "october-1998": Anchor("the low of October 1998", date(1998, 10, 8)),
}
NOW: Final = {
    "chatgpt": CHATGPT_OPENING,
    "gpt-4": Anchor("GPT-4", date(2023, 3, 14)),
    "nvidia-forecast": Anchor("Nvidia's forecast of data-centre sales", date(2023, 5, 25)),
}
"""The starts of the two booms that can be chosen, by their words in addresses."""

CRASH: Final = Window(date(2000, 3, 10), date(2002, 10, 9))
"""Peak and trough of the NASDAQ Composite at the close, which the table of dated facts states too."""

PEAKS_WITHIN: Final = Window(date(1998, 1, 1), date(2001, 12, 31))
SURVIVORS: Final = {
    "monthly-close-amzn": "Amazon",
    "monthly-close-csco": "Cisco",
    "monthly-close-msft": "Microsoft",
    "monthly-close-qcom": "Qualcomm",
    "monthly-close-intc": "Intel",
    "monthly-close-orcl": "Oracle",
}
USES: Final = {
    "us-ecommerce-sales": ("US online sales, billion $ a quarter", "$,~r", 1e9),
    "owid-internet-usa": ("Internet users, United States", ".0%", 1.0),
    "owid-internet-owid-wrl": ("Internet users, world", ".0%", 1.0),
    "internet-hosts": ("Internet hosts", ",~s", 1.0),
}
"""Measures of use in the dot-com years: name, how values are written, and what they are divided by."""

AI_USES: Final = {
    "users-chatgpt-weekly": "Weekly users of ChatGPT, as OpenAI or the press says",
    "us-firms-use-ai-v1-used-ai-in-producing-goods-or-services": "US firms using AI to make what they sell",
    "us-firms-use-ai-v2-used-ai-in-any-business-function": "US firms using AI in any business function",
    "job-postings-ai-us": "US job postings on Indeed that name AI, share",
    "annualised-revenue-openai": "Annualised revenue of OpenAI, second-hand, $",
    "annualised-revenue-anthropic": "Annualised revenue of Anthropic, second-hand, $",
}


_FACTS: Final = (
    "earnings-per-share-%",
    "venture-capital-year-%",
    "ai-funding-year-%",
    "capital-spending-%",
)
_SERIES: Final = tuple(
    sorted({name for market in MARKETS for name in (market.then, market.now)} | {*SURVIVORS, *USES, *AI_USES})
)


def points_of_booms(view: View) -> pl.DataFrame:
    """All points that the question rests on, but for the months of the S&P 500 (see series_points.sql)."""
    return series(view, *_SERIES, *_FACTS)


def has(points: pl.DataFrame, series_id: str) -> bool:
    """Whether a series has points."""
    return series_id in points["series_id"]


def closes_of(points: pl.DataFrame, series_id: str) -> pl.DataFrame:
    """Closes of one series: valid_on, value, source_id. The day of a month-end close stands in its note."""
    own = points.filter(series_id=series_id)
    stated = pl.col("note").str.to_date("%Y-%m-%d", strict=False)
    return own.select(pl.coalesce(stated, "valid_on").alias("valid_on"), "value", "source_id").sort(
        "valid_on"
    )


def is_by_month(points: pl.DataFrame, series_id: str) -> bool:
    """Whether each value of a series is of a whole month, so that no day of it is known."""
    own = points.filter(series_id=series_id)
    has_no_day = own["note"].str.to_date("%Y-%m-%d", strict=False).is_null()
    return own.height > 0 and bool(((own["valid_precision"] == "month") & has_no_day).all())


def available(points: pl.DataFrame) -> tuple[Market, ...]:
    """The markets of which both series have points; first those that reach into the AI boom.

    Of these the indexes, the one whose prices are newest before the others: a comparison that ends months
    before another could be made is not the answer.
    """
    last = dict(points.group_by("series_id").agg(pl.col("valid_on").max()).iter_rows())
    known = [market for market in MARKETS if {market.then, market.now} <= set(last)]

    def place(market: Market) -> tuple[bool, bool, int]:
        until, is_index = last[market.now], market.name in INDEXES
        return until <= CHATGPT_OPENING.starts_on, not is_index, -until.toordinal() if is_index else 0

    return tuple(sorted(known, key=place))


def markets_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The markets with prices in both booms."""
    return [Option(market.name, market.title) for market in available(points_of_booms(view))]


def market_named(name: str) -> Market:
    """One market. Raises KeyError."""
    return {market.name: market for market in MARKETS}[name]
