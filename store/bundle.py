"""The data that ships with the code: observations in our own schema as Parquet, figures only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from store.files import sha256_of
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
    _note(folder, made_at)
    return written


def write_tables(warehouse: Warehouse, folder: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write whole tables beside the observations; returns rows per table."""
    written = {}
    for table in tables:
        frame = warehouse.frame(f'SELECT * FROM "{table}" ORDER BY ALL')
        frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=19)
        written[table] = frame.height
    made = bundle_files(folder)
    if made:
        _note(folder, made.made_at)
    return written


@dataclass(frozen=True, slots=True)
class BundleFiles:
    """The Parquet files of a bundle.

    made_at  aware UTC
    hashes   what each file was when it was written, by its name; empty for a bundle that says nothing of it
    """

    folder: Path
    made_at: datetime
    hashes: Mapping[str, str]

    @property
    def files(self) -> list[Path]:
        """All of them, those that should be there too."""
        return sorted({*self.folder.glob("*.parquet"), *(self.folder / name for name in self.hashes)})

    def faults(self) -> list[str]:
        """Which files are not what was written, one sentence each; to be read they might do all the same."""
        advice = "Install hypecurve again; what was taken in before is shown until then."
        faults = []
        for file in self.files if self.hashes else []:
            if not file.is_file():
                faults.append(f"{file}, of the data that ship with the code, is gone. {advice}")
            elif sha256_of(file) != self.hashes.get(file.name):
                faults.append(
                    f"{file}, of the data that ship with the code, has changed since it was made. {advice}"
                )
        return faults


def bundle_files(folder: Path = FOLDER) -> BundleFiles | None:
    """The bundle in a folder; None where none was made."""
    about = folder / "bundle.json"
    if not about.is_file():
        return None
    said = json.loads(about.read_text(encoding="utf-8"))
    return BundleFiles(folder, datetime.fromisoformat(said["made_at"]), said.get("files", {}))


def _note(folder: Path, made_at: datetime) -> None:
    """Write down what the files of a bundle are."""
    hashes = {file.name: sha256_of(file) for file in sorted(folder.glob("*.parquet"))}
    about = {"made_at": made_at.isoformat(), "files": hashes}
    (folder / "bundle.json").write_text(json.dumps(about, indent=0) + "\n", encoding="utf-8")


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
