"""The data that ships with the code: observations in our own schema as Parquet, figures only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from store.warehouse import OBSERVATIONS, Warehouse

FOLDER: Final = Path(__file__).parent / "bundled"
TABLES: Final = ("source", "payload", *OBSERVATIONS)


def write_bundle(
    warehouse: Warehouse, folder: Path, shippable: list[str], made_at: datetime
) -> dict[str, int]:
    """Write the observations of the `shippable` sources to `folder`; returns rows per table.

    Feeds ship titles and links only: excerpts are left out. Refused rows stay at home.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for table in TABLES:
        frame = warehouse.frame(
            f'SELECT * FROM "{table}" WHERE source_id IN (SELECT unnest($shippable)) ORDER BY ALL',
            {"shippable": shippable},
        )
        if table == "release":
            frame = frame.with_columns(excerpt=pl.lit(None, dtype=pl.String))
        if table == "payload":
            frame = frame.with_columns(origin=pl.lit("bundle"), error=pl.lit(None, dtype=pl.String))
        frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=19)
        written[table] = frame.height
    (folder / "bundle.json").write_text(json.dumps({"made_at": made_at.isoformat()}) + "\n", encoding="utf-8")
    return written


def write_tables(warehouse: Warehouse, folder: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write whole tables beside the observations; returns rows per table."""
    written = {}
    for table in tables:
        frame = warehouse.frame(f'SELECT * FROM "{table}" ORDER BY ALL')
        frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=19)
        written[table] = frame.height
    return written


def bundle_files(folder: Path = FOLDER) -> tuple[datetime, list[Path]] | None:
    """When the bundle was made and its Parquet files; None where none was made."""
    about = folder / "bundle.json"
    if not about.is_file():
        return None
    made_at = datetime.fromisoformat(json.loads(about.read_text(encoding="utf-8"))["made_at"])
    return made_at, sorted(folder.glob("*.parquet"))


class TablesOnDemand(Mapping[str, pl.DataFrame]):
    """Tables by name, each read when it is first asked for: most refreshes need none but the payloads."""

    def __init__(self, readers: Mapping[str, Callable[[], pl.DataFrame]]) -> None:
        self._readers = readers
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, table: str) -> pl.DataFrame:
        if table not in self._read:
            self._read[table] = self._readers[table]()
        return self._read[table]

    def __contains__(self, table: object) -> bool:
        return table in self._readers

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


def only(frames: Mapping[str, pl.DataFrame], source_ids: list[str]) -> TablesOnDemand:
    """The observations and payloads of some sources; nothing where there is no bundle."""
    wanted = pl.col("source_id").is_in(source_ids)

    def reader(table: str) -> Callable[[], pl.DataFrame]:
        return lambda: frames[table].filter(wanted)

    return TablesOnDemand({table: reader(table) for table in TABLES if table in frames})
