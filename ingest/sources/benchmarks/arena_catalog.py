"""Arena's own catalogue of 2025: ratings by category without dates inside, and a list of models with prices.

Raw and style-controlled ratings are different scales and bear different benchmark ids, as on the boards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge
from ingest.source import Payload, Source
from ingest.sources._payloads import need_keys, read_json_of, read_rows
from ingest.sources.benchmarks.arena_boards import board_id

_FOLDER: Final = "https://raw.githubusercontent.com/lmarena/arena-catalog/main/data"
_PAGE: Final = "https://lmarena.ai/leaderboard"
_CATEGORIES: Final[Mapping[str, str]] = {"full": "overall", "full_style_control": "overall"}
_RATING: Final = pl.Schema(
    {
        "model_name": pl.String,
        "benchmark_id": pl.String,
        "score": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    }
)
_PRICE: Final = pl.Schema(
    {
        "model_name": pl.String,
        "organization": pl.String,
        "input_usd_per_mtok": pl.Float64,
        "output_usd_per_mtok": pl.Float64,
        "url": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Ratings in points with 95 % bounds, and list prices in USD per million tokens; no dates inside."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.SCORE)
    return merge([_of_data(payload, data), Records(refused=repeated)])


def _of_data(payload: Payload, data: Any) -> Records:
    if isinstance(data, list):
        need_keys(payload, data, ("input_token_price", "output_token_price"))
        return _prices(payload, data)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is neither a board nor a list of models")
    name = re.search(r"leaderboard-([a-z-]+?)(?:\.json|$)", payload.url)
    return _scores(payload, data, "arena-" + (name[1] if name else "text"))


def _scores(payload: Payload, categories: Mapping[str, Any], board: str) -> Records:
    listed = [
        (category, model, told)
        for category, models in categories.items()
        for model, told in (models.items() if isinstance(models, dict) else [(category, models)])
    ]
    need_keys(payload, [told for _, _, told in listed], ("rating",))

    def read(entry: tuple[str, str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        category, model, told = entry
        yield {
            "model_name": model,
            "benchmark_id": board_id(board, _CATEGORIES.get(category, category)),
            "score": told["rating"],
            "low": told.get("rating_q025"),
            "high": told.get("rating_q975"),
        }

    rows = read_rows(payload, Kind.SCORE, listed, read, _RATING, name=itemgetter(1))
    ratings = rows.frame.with_columns(
        setting=pl.lit(""), unit=pl.lit("points"), reported_by=pl.lit("independent"), url=pl.lit(_PAGE)
    )
    return Records({Kind.SCORE: ratings}, rows.refused)


def _prices(payload: Payload, models: Sequence[Any]) -> Records:
    """Arena copies the list price of whoever it bought from; its page of prices is the evidence."""

    def read(model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        yield {
            "model_name": model.get("model_api_key") or model.get("model_api_name") or model["name"],
            "organization": model.get("organization"),
            "input_usd_per_mtok": model.get("input_token_price") or None,
            "output_usd_per_mtok": model.get("output_token_price") or None,
            "url": model.get("price_source"),
        }

    rows = read_rows(payload, Kind.PRICE, models, read, _PRICE, name=lambda model: model["name"])
    prices = rows.frame.with_columns(
        provider=pl.lit("arena"), tier=pl.lit("standard"), seller=pl.lit("shown")
    )
    return Records({Kind.PRICE: prices}, rows.refused)


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
    cadence="30d",
    frozen="since 2025-12-17: the catalogue is no longer brought up to date",
    kinds=(Kind.SCORE, Kind.PRICE),
    parse=parse,
)
