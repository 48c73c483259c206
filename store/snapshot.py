"""Read-only copies of the warehouse: published beside each other, swapped by an atomic pointer.

Readers open numbered files only, never the live one, so a refresh never blocks a page and a crash leaves the
last good snapshot in place. The pointer names the file and says its length and hash: one that is not whole is
passed over, and the one before it is served.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import polars as pl

from errors import ExpectedError
from store.rows import QueryError, rows_of
from store.sightings import Sightings
from store.sql import SCHEMA, query, schema_digest
from store.trouble import DamagedError, StorageError, told, translated

if TYPE_CHECKING:
    from store.warehouse import Warehouse

POINTER: Final = "current"
KEPT: Final = 2
UNFINISHED: Final = ".unfinished"


class NoSnapshotError(ExpectedError):
    """Nothing has been published yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the data; `id` changes with every publishing."""

    id: str
    file: Path

    @property
    def archive(self) -> Path:
        """The archive that lies beside the folder of snapshots."""
        return self.file.parent.parent / "archive"

    @property
    def published_at(self) -> datetime:
        """When it was published (aware UTC)."""
        return datetime.fromtimestamp(self.file.stat().st_mtime, tz=UTC)

    def ask(self, name: str, **parameters: object) -> pl.DataFrame:
        """The rows of `queries/NAME.sql`, its `$parameters` filled in."""
        return self.select(query(name), parameters)

    def select(self, sql: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """The rows of one read-only SQL statement. Raises QueryError where it cannot be answered."""
        cursor = _connection(self.file).cursor()
        try:
            if _asks_for_sightings(sql):
                seen = Sightings(self.archive).frame()
                if seen.height:  # what was seen again since this was published confirms what it says
                    cursor.register("sighting", seen.to_arrow())
            wanted = {key: value for key, value in (parameters or {}).items() if f"${key}" in sql}
            return rows_of(cursor, sql, wanted)
        except (duckdb.Error, QueryError) as error:
            raise translated(error, self.file) or QueryError(str(error)) from error
        finally:
            cursor.close()

    def tables(self) -> list[str]:
        """Names of all tables."""
        return self.select("SELECT table_name FROM duckdb_tables() ORDER BY 1")["table_name"].to_list()


def _asks_for_sightings(sql: str) -> bool:
    """Whether a statement reads sightings, by their name or through one of the views of prices."""
    return any(name in sql for name in ("sighting", "list_last_seen", "price_step_at", "price_story_at"))


def is_of_this_version(snapshot: Snapshot) -> bool:
    """Whether a snapshot has the tables and views that this version asks for."""
    if "stage" not in snapshot.tables():
        return False
    stages = dict(snapshot.select("SELECT name, digest FROM stage").iter_rows())
    return stages.get(SCHEMA) == schema_digest()


def end_of(day: date) -> datetime:
    """The last moment of a day (aware UTC): what a query as of that day takes as `$as_of`."""
    return datetime.combine(day, time.max, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Published:
    """A file, and of which length and hash the pointer says that it was when it was published."""

    file: Path
    length: int | None = None
    sha256: str | None = None

    def fault(self) -> str | None:
        """Why the file is not the one that was published; None where it is."""
        if not self.file.is_file():
            return "it is gone"
        if self.length is not None and self.file.stat().st_size != self.length:
            return f"it has {self.file.stat().st_size:,} bytes and should have {self.length:,}"
        if self.sha256 is not None and _hash(self.file) != self.sha256:
            return "its content has changed since it was published"
        return None


def publish(warehouse: Warehouse, folder: Path) -> Snapshot:
    """Copy the warehouse to the next numbered file and point the readers to it; older ones are pruned."""
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        remove_unfinished(folder)
        before = _named(folder)  # a number is never used twice, though its file be gone
        number = (
            max([_number(file) for file in (*_files(folder), *([before.file] if before else []))], default=0)
            + 1
        )
        file = folder / f"{number:08d}.duckdb"
        unfinished = folder / f"{number:08d}{UNFINISHED}"
        warehouse.copy_into(unfinished)
        _to_disk(unfinished)
        unfinished.rename(file)
        pointer = folder / f"{POINTER}.{os.getpid()}"
        pointer.write_text(f"{file.name}\n{file.stat().st_size} {_hash(file)}\n", encoding="ascii")
        _to_disk(pointer)
        pointer.replace(folder / POINTER)
        _to_disk(folder)
        _prune(folder, keep=file)
    return Snapshot(file.stem, file)


def latest(folder: Path) -> Snapshot:
    """The snapshot that the pointer names, opened, so that it stays readable when newer ones prune its file.

    Where that one is damaged, the newest other one that is not. Raises NoSnapshotError when nothing was
    published yet, and StorageError where what was published cannot be opened.
    """
    while True:
        named = _named(folder)
        others = [
            _Published(file) for file in reversed(_files(folder)) if named is None or file != named.file
        ]
        found = [named, *others] if named else others
        if not found:
            raise NoSnapshotError(
                f"There is no data in {folder} yet. Run `hypecurve up`, which loads the bundled data, "
                "or `hypecurve refresh`."
            )
        faults: list[DamagedError] = []
        for published in found:
            try:
                return _opened(published)
            except DamagedError as error:
                faults.append(error)
        if _named(folder) == named:  # else a newer one came and pruned those that we looked at
            raise faults[0]


def pointed(folder: Path) -> Snapshot | None:
    """The snapshot that the pointer names; None where there is none, or where it is damaged."""
    named = _named(folder)
    try:
        return _opened(named) if named else None
    except DamagedError:
        return None


def faults(folder: Path) -> list[str]:
    """What is wrong with the pointer and the file that it names, in words."""
    if not _files(folder):
        return []
    named = _named(folder)
    if named is None:
        return [
            f"{folder / POINTER} is missing or cannot be read: the newest snapshot is served. "
            "`hypecurve refresh` writes it anew."
        ]
    try:
        _opened(named)
    except StorageError as error:
        return [str(error)]
    return []


def remove_unfinished(folder: Path) -> None:
    """Remove what a publishing that broke off has left. Needs the writer's lock."""
    for file in (*folder.glob(f"*{UNFINISHED}*"), *folder.glob(f"{POINTER}.*")):
        file.unlink(missing_ok=True)


def _opened(published: _Published) -> Snapshot:
    file = published.file
    with told(file):
        stands = file.stat() if file.is_file() else None
        seen = (stands.st_size, stands.st_mtime_ns) if stands else None
        if seen is None or _WHOLE.get(file) != seen:
            fault = published.fault()
            if fault:
                raise DamagedError(f"{file} is damaged ({fault}). {_REMEDY}", file)
        _connection(file)
    if seen:
        _WHOLE[file] = seen
    return Snapshot(file.stem, file)


_POINTED: Final = r"(\d{8}\.duckdb)\n(\d+) ([0-9a-f]{64})\n"
_REMEDY: Final = "The snapshot before it is served until `hypecurve refresh` publishes a new one."

_WHOLE: Final[dict[Path, tuple[int, int]]] = {}
"""Length and time of change of the files that this process has found whole, so that each is read once."""


def _named(folder: Path) -> _Published | None:
    """What the pointer says; None where it is missing or garbled."""
    try:
        said = re.fullmatch(_POINTED, (folder / POINTER).read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    return _Published(folder / said[1], int(said[2]), said[3]) if said else None


@lru_cache(maxsize=KEPT)
def _connection(file: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(file), read_only=True)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.duckdb") if re.fullmatch(r"\d{8}", file.stem))


def _number(file: Path) -> int:
    return int(file.stem)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _prune(folder: Path, keep: Path) -> None:
    for file in _files(folder)[:-KEPT]:
        if file != keep:
            file.unlink(missing_ok=True)
