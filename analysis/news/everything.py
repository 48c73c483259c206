"""All news that the data hold, from the rows of the queries under store/queries/news."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Final

import polars as pl

from analysis.news.item import as_table
from analysis.news.models import new_models
from analysis.news.notes import notes, notices, verdict_changes
from analysis.news.prices import new_lows, price_changes
from analysis.news.scores import horizons, leaders_of_boards, leaders_of_index, records

QUERIES: Final = (
    "news_boards",
    "news_index",
    "news_level_scores",
    "news_models",
    "news_notes",
    "news_notices",
    "news_offers",
    "news_prices",
    "news_scores",
    "news_verdicts",
)


def all_news(rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The table `news`. `rows`: the frames of QUERIES by their names."""
    return as_table(
        chain(
            new_models(rows["news_models"]),
            price_changes(rows["news_prices"]),
            new_lows(rows["news_offers"], rows["news_level_scores"]),
            leaders_of_boards(rows["news_boards"]),
            leaders_of_index(rows["news_index"]),
            records(rows["news_scores"]),
            horizons(rows["news_scores"]),
            notices(rows["news_notices"]),
            notes(rows["news_notes"]),
            verdict_changes(rows["news_verdicts"]),
        )
    )
