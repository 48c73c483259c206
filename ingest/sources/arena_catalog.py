"""Arena's own catalogue of 2025: ratings by category without dates inside, and a list of models with prices.

Raw and style-controlled ratings are different scales and bear different benchmark ids, as on the boards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import number, read_json
from ingest.sources.arena_boards import board_id

_FOLDER: Final = "https://raw.githubusercontent.com/lmarena/arena-catalog/main/data"
_PAGE: Final = "https://lmarena.ai/leaderboard"
_CATEGORIES: Final[Mapping[str, str]] = {"full": "overall", "full_style_control": "overall"}
_PRICE: Final = pl.Schema(
    dict.fromkeys(
        (
            "name",
            "model_api_key",
            "model_api_name",
            "input_token_price",
            "output_token_price",
            "organization",
            "price_source",
        ),
        pl.String,
    )
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Ratings in points with 95 % bounds, and list prices in USD per million tokens; no dates inside."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data = read_json(payload)
    if isinstance(data, list):
        return Records({Kind.PRICE: _prices(data)})
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is neither a board nor a list of models")
    name = re.search(r"leaderboard-([a-z-]+?)(?:\.json|$)", payload.url)
    return Records({Kind.SCORE: _scores(data, "arena-" + (name[1] if name else "text"))})


def _scores(categories: Mapping[str, Mapping[str, Mapping[str, float]]], board: str) -> pl.DataFrame:
    rows = [
        (
            model,
            board_id(board, _CATEGORIES.get(category, category)),
            told.get("rating"),
            told.get("rating_q025"),
            told.get("rating_q975"),
        )
        for category, models in categories.items()
        for model, told in models.items()
    ]
    schema = {
        "model_name": pl.String,
        "benchmark_id": pl.String,
        "score": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        setting=pl.lit(""), unit=pl.lit("points"), reported_by=pl.lit("independent"), url=pl.lit(_PAGE)
    )


def _prices(models: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Arena copies the list price of whoever it bought from; its page of prices is the evidence."""
    table = pl.DataFrame(models, schema=_PRICE, strict=False)
    return table.select(
        "organization",
        model_name=pl.coalesce("model_api_key", "model_api_name", "name"),
        provider=pl.lit("arena"),
        tier=pl.lit("standard"),
        input_usd_per_mtok=number("input_token_price"),
        output_usd_per_mtok=number("output_token_price"),
        seller=pl.lit("reseller"),
        url="price_source",
    )


SOURCE = Source(
    id="arena-catalog",
    title="Arena catalogue of 2025, ratings and prices",
    homepage="https://github.com/lmarena/arena-catalog",
    licence="none stated",
    attribution="LMArena, arena-catalog",
    urls=(
        f"{_FOLDER}/leaderboard-text.json",
        f"{_FOLDER}/leaderboard-text-style-control.json",
        f"{_FOLDER}/leaderboard-vision.json",
        f"{_FOLDER}/scatterplot-data.json",
    ),
    cadence="7d",
    kinds=(Kind.SCORE, Kind.PRICE),
    parse=parse,
)
