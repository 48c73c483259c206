"""The Arena boards as the makers publish them: one Parquet file per board, ratings in Bradley-Terry points.

Ratings have no ceiling and no fixed zero: all models are fitted anew at each date, so only models of one
date compare. Raw and style-controlled ratings are different scales and have different benchmark ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from ingest.records import Kind, Records, merge, refusals
from ingest.source import MEGABYTE, History, Payload, Read, Source, Version
from ingest.sources._payloads import day_precision, need_columns, read_parquet

_DATASET: Final = "https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset/resolve/main"
_PAGE: Final = "https://lmarena.ai/leaderboard"
_NEEDED: Final = ("model_name", "rating", "category", "leaderboard_publish_date")
_TYPES: Final[Mapping[str, type[pl.DataType]]] = dict.fromkeys(
    ("rating", "rating_lower", "rating_upper", "variance", "vote_count"), pl.Float64
)
_FULL: Final = "full-00000-of-00001.parquet"
_LATEST: Final = "latest-00000-of-00001.parquet"


def board_id(board: str, category: str) -> str:
    """The benchmark id of one category of a board; the category `overall` is the board itself."""
    name = re.sub(r"[^a-z0-9.]+", "-", category.lower())
    return board if name == "overall" else f"{board}-{name}"


def _parser(board: str, title: str) -> Callable[[Sequence[Payload]], Records]:
    def parse(payloads: Sequence[Payload]) -> Records:
        """Ratings in points with their 95 % interval, per model, category and publish date."""
        return merge(_parse_file(payload, board, title) for payload in payloads)

    return parse


def _parse_file(payload: Payload, board: str, title: str) -> Records:
    read = read_parquet(payload)
    need_columns(payload, read.columns, _NEEDED)
    known = read.select(pl.col(name).cast(_TYPES.get(name, pl.String), strict=False) for name in _plain(read))
    need_columns(payload, known.columns, _NEEDED)
    table = known.filter(pl.col("category").is_not_null())
    homeless = known.filter(pl.col("category").is_null()).select("model_name", "rating")
    published = pl.col("leaderboard_publish_date").str.slice(0, 10).str.to_date(strict=False)
    scores = table.select(
        "model_name",
        _organization(table),
        benchmark_id=_board_id(board),
        setting=pl.lit(""),
        score=pl.col("rating"),
        unit=pl.lit("points"),
        low=_optional("rating_lower", table),
        high=_optional("rating_upper", table),
        stderr=_root(_optional("variance", table)),
        trials=_optional("vote_count", table).round().cast(pl.Int64, strict=False),
        reported_by=pl.lit("independent"),
        url=pl.lit(_PAGE),
        valid_on=published,
        valid_precision=day_precision(published),
    )
    facts = _facts(table)
    return Records(
        {Kind.SCORE: scores, Kind.BENCHMARK: _benchmarks(table, board, title), Kind.MODEL_FACT: facts},
        refusals(Kind.SCORE, homeless, "the row names no category of the board"),
    )


def _plain(table: pl.DataFrame) -> list[str]:
    """The columns that hold one value a cell."""
    return [name for name, dtype in table.schema.items() if not dtype.is_nested() and dtype != pl.Binary]


def _board_id(board: str) -> pl.Expr:
    name = pl.col("category").str.to_lowercase().str.replace_all(r"[^a-z0-9.]+", "-")
    return pl.when(name == "overall").then(pl.lit(board)).otherwise(pl.lit(f"{board}-") + name)


def _optional(name: str, table: pl.DataFrame) -> pl.Expr:
    return pl.col(name) if name in table.columns else pl.lit(None, pl.Float64)


def _root(variance: pl.Expr) -> pl.Expr:
    return pl.when(variance >= 0).then(variance.sqrt())


def _organization(table: pl.DataFrame) -> pl.Expr:
    """Since April 2026 some rows have an empty text here: not stated."""
    if "organization" not in table.columns:
        return pl.lit(None, pl.String).alias("organization")
    return pl.when(pl.col("organization") != "").then("organization").alias("organization")


def _facts(table: pl.DataFrame) -> pl.DataFrame:
    """Organization and open weights by the licence column, as of each model's newest row."""
    if "license" not in table.columns:
        return pl.DataFrame(schema={"model_name": pl.String})
    licence = pl.col("license")
    said = licence.is_not_null() & ~licence.is_in(["", "-"])
    newest = table.with_columns(_organization(table)).filter(said).sort("leaderboard_publish_date")
    last = newest.group_by("model_name", maintain_order=True).agg(
        pl.col("organization").drop_nulls().last(), open_weights=~licence.last().str.contains("(?i)propriet")
    )
    return last.sort("model_name")


def _benchmarks(table: pl.DataFrame, board: str, title: str) -> pl.DataFrame:
    categories = table["category"].unique().sort().to_list()
    names = [
        title if name.lower() == "overall" else f"{title}: {name.replace('_', ' ')}" for name in categories
    ]
    return pl.DataFrame(
        {
            "benchmark_id": [board_id(board, name) for name in categories],
            "title": names,
            "unit": ["points"] * len(categories),
            "higher_is_better": [True] * len(categories),
            "url": [_PAGE] * len(categories),
        }
    )


def _full_history(subset: str) -> History:
    def history(_read: Read, _since: date, until: date) -> Iterator[Version]:
        """The one file with all publish dates; its rows carry their dates, so it is taken as of today."""
        address = f"{_DATASET}/{subset}/{_FULL}"
        yield Version(address, address, datetime(until.year, until.month, until.day, tzinfo=UTC))

    return history


def _board(subset: str, title: str, cadence: str, *, core: bool = False) -> Source:
    board = "arena-" + subset.replace("_", "-")
    return Source(
        id=board,
        title=title,
        homepage=_PAGE,
        licence="CC-BY-4.0",
        attribution="LMArena leaderboard dataset, lmarena-ai on Hugging Face, CC BY 4.0",
        urls=(f"{_DATASET}/{subset}/{_LATEST}",),
        cadence=cadence,
        kinds=(Kind.SCORE, Kind.BENCHMARK, Kind.MODEL_FACT),
        parse=_parser(board, title),
        core=core,
        history=_full_history(subset),
        max_bytes=200 * MEGABYTE,
    )


SOURCES: Final = (
    _board("text", "Arena text, raw votes", "13 */8 * * *", core=True),
    _board("text_style_control", "Arena text, style controlled", "15 */8 * * *"),
    _board("webdev", "Arena web development", "19 */12 * * *"),
)
