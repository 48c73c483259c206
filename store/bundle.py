"""The data that ships with the code: observations in our own schema as Parquet, figures only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from store.warehouse import OBSERVATIONS, Warehouse

FOLDER: Final = Path(__file__).parent / "bundled"
TABLES: Final = ("source", "payload", *OBSERVATIONS)


def write_bundle(warehouse: Warehouse, folder: Path, shippable: list[str]) -> dict[str, int]:
    """Write the observations of the `shippable` sources to `folder`; returns rows per table.

    Feeds ship titles and links only: excerpts are left out. Refused rows stay at home.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for table in TABLES:
        frame = warehouse.frame(
            f"SELECT * FROM \"{table}\" WHERE source_id IN (SELECT unnest($shippable)) ORDER BY ALL",
            {"shippable": shippable},
        )
        if table == "release":
            frame = frame.with_columns(excerpt=pl.lit(None, dtype=pl.String))
        if table == "payload":
            frame = frame.with_columns(origin=pl.lit("bundle"), error=pl.lit(None, dtype=pl.String))
        frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=19)
        written[table] = frame.height
    return written


def bundle_files(folder: Path = FOLDER) -> list[Path]:
    """The Parquet files of the bundle, empty where none was made."""
    return sorted(folder.glob("*.parquet"))


def only(frames: Mapping[str, pl.DataFrame], source_ids: list[str]) -> dict[str, pl.DataFrame]:
    """The rows of some sources."""
    return {table: frame.filter(pl.col("source_id").is_in(source_ids)) for table, frame in frames.items()}
