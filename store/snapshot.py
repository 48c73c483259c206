"""Read-only copies of the warehouse: published beside each other, swapped by an atomic pointer.

Readers open numbered files only, never the live one, so a refresh never blocks a page and a crash leaves the
last good snapshot in place. The pointer names the file and says its length and hash: one that is not whole is
passed over, and the one before it is served.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import duckdb
import polars as pl

from errors import ExpectedError
from store.files import sha256_of, to_disk
from store.rows import rows_of
from store.sightings import Sightings
from store.sql import SCHEMA, query, schema_digest
from store.stopping import interrupted_by
from store.trouble import DamagedError, QueryError, StorageError, told, translated

if TYPE_CHECKING:
    from store.warehouse import Warehouse

POINTER: Final = "current"
KEPT: Final = 2
LONGEST_SECONDS: Final = 60.0
MEMORY: Final = "3GB"
"""What all statements on one snapshot may take together; beyond it a statement fails, and nothing else."""
UNFINISHED: Final = ".unfinished"


class NoSnapshotError(ExpectedError):
    """Nothing has been published yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the data; `id` changes with every publishing.

    opened    keeps it readable as long as this object lives, whatever newer ones prune and whoever opens them
    noted_at  when it was published (aware UTC), as its file said when it was opened
    """

    id: str
    file: Path
    opened: object = field(default=None, compare=False, repr=False)
    noted_at: datetime | None = field(default=None, compare=False, repr=False)

    @property
    def archive(self) -> Path:
        """The archive that lies beside the folder of snapshots."""
        return self.file.parent.parent / "archive"

    @property
    def published_at(self) -> datetime:
        """When it was published (aware UTC); known after newer ones have pruned its file, too."""
        return self.noted_at or _changed_at(self.file.stat())

    def ask(self, name: str, **parameters: object) -> pl.DataFrame:
        """The rows of `queries/NAME.sql`, its `$parameters` filled in."""
        return self.select(query(name), parameters)

    def select(
        self,
        sql: str,
        parameters: Mapping[str, object] | None = None,
        *,
        seconds: float = LONGEST_SECONDS,
        most_rows: int | None = None,
    ) -> pl.DataFrame:
        """The rows of one read-only SQL statement.

        Raises QueryError where it cannot be answered, takes more than `seconds` or the memory that reading
        may take, or gives more than `most_rows`; StoppedError where who waited for it has left.
        """
        cursor = _connection(self.file).cursor()
        limit = Timer(seconds, cursor.interrupt)
        limit.daemon = True
        limit.start()
        try:
            if _asks_for_sightings(sql):
                seen = Sightings(self.archive).frame()
                if seen.height:  # what was seen again since this was published confirms what it says
                    cursor.register("sighting", seen.to_arrow())
            wanted = {key: value for key, value in (parameters or {}).items() if f"${key}" in sql}
            with interrupted_by(cursor.interrupt):
                return rows_of(cursor, sql, wanted, most_rows)
        except (duckdb.Error, QueryError) as error:
            if "INTERRUPT" in str(error):
                raise QueryError(
                    f"The statement took more than {seconds:g} seconds and was ended."
                ) from error
            if "Out of Memory" in str(error):
                raise QueryError(
                    f"The statement needs more than {MEMORY} of memory: ask for less."
                ) from error
            raise translated(error, self.file) or QueryError(str(error)) from error
        finally:
            limit.cancel()
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
    """A file, and what the pointer says of it: its length, its hash, and what it rests on.

    stages  what each stage of the line rested on, by its name; None where the pointer does not say
    """

    file: Path
    length: int | None = None
    sha256: str | None = None
    stages: Mapping[str, str] | None = None

    def fault(self) -> str | None:
        """Why the file, which is there, is not the one that was published; None where it is."""
        if self.length is not None and self.file.stat().st_size != self.length:
            return f"it has {self.file.stat().st_size:,} bytes and should have {self.length:,}"
        if self.sha256 is not None and sha256_of(self.file) != self.sha256:
            return "its content has changed since it was published"
        return None


def publish(
    warehouse: Warehouse, folder: Path, number: int | None = None, at: datetime | None = None
) -> Snapshot:
    """Copy the warehouse to the next numbered file and point the readers to it; older ones are pruned.

    A copy of what was published elsewhere has the number, and the instant (aware UTC), that it has there.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        remove_unfinished(folder)
        before = _named(folder)  # a number is never used twice, though its file be gone
        number = number or (
            max([_number(file) for file in (*_files(folder), *([before.file] if before else []))], default=0)
            + 1
        )
        file = folder / f"{number:08d}.duckdb"
        unfinished = folder / f"{number:08d}{UNFINISHED}"
        warehouse.copy_into(unfinished)
        to_disk(unfinished)
        if at is not None:
            os.utime(unfinished, (at.timestamp(), at.timestamp()))
        unfinished.replace(file)
        pointer = folder / f"{POINTER}.{os.getpid()}"
        stages = json.dumps(warehouse.stages(), sort_keys=True)
        pointer.write_text(
            f"{file.name}\n{file.stat().st_size} {sha256_of(file)}\n{stages}\n", encoding="ascii"
        )
        to_disk(pointer)
        pointer.replace(folder / POINTER)
        to_disk(folder)
        _prune(folder, keep=file)
        return Snapshot(file.stem, file, noted_at=_changed_at(file.stat()))


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


def pointed_number(folder: Path) -> int:
    """The number that the pointer names, of a file that is whole; 0 where there is none."""
    named = _named(folder)
    if named is None:
        return 0
    try:
        _must_be_whole(named)
    except DamagedError:
        return 0
    return _number(named.file)


def published_stages(folder: Path) -> Mapping[str, str] | None:
    """What each stage of the line rested on when the snapshot was published; None where none is whole."""
    named = _named(folder)
    if named is None:
        return None
    try:
        if named.stages is not None:
            _must_be_whole(named)
            return named.stages
        return dict(_opened(named).select("SELECT name, digest FROM stage").iter_rows())
    except (DamagedError, QueryError):  # or published by a version that noted no stages
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
        published_at = _must_be_whole(published)
        return Snapshot(file.stem, file, _connection(file), published_at)


def _changed_at(stands: os.stat_result) -> datetime:
    return datetime.fromtimestamp(stands.st_mtime, tz=UTC)


def _must_be_whole(published: _Published) -> datetime:
    """When it was published; raises DamagedError where the file is not the one that was."""
    file = published.file
    with told(file):
        if not file.is_file():
            raise DamagedError(f"{file} is damaged (it is gone). {_REMEDY}", file)
        stands = file.stat()
        seen = (stands.st_size, stands.st_mtime_ns)
        if _WHOLE.get(file) != seen:
            fault = published.fault()
            if fault:
                raise DamagedError(f"{file} is damaged ({fault}). {_REMEDY}", file)
            _WHOLE[file] = seen
        return _changed_at(stands)


_POINTED: Final = r"(\d{8}\.duckdb)\n(\d+) ([0-9a-f]{64})\n(?:(\{.*\})\n)?"
_REMEDY: Final = "The snapshot before it is served until `hypecurve refresh` publishes a new one."

_WHOLE: Final[dict[Path, tuple[int, int]]] = {}
"""Length and time of change of the files that this process has found whole, so that each is read once."""


def _named(folder: Path) -> _Published | None:
    """What the pointer says; None where it is missing or garbled."""
    try:
        said = re.fullmatch(_POINTED, (folder / POINTER).read_text(encoding="ascii"))
        stages = json.loads(said[4]) if said and said[4] else None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return _Published(folder / said[1], int(said[2]), said[3], stages) if said else None


_OPEN: Final[WeakValueDictionary[Path, duckdb.DuckDBPyConnection]] = WeakValueDictionary()
"""What is open because somebody holds it."""


_OPENING: Final = Lock()
"""One at a time: two threads that open a file at once get one database, and its settings are locked."""


def _connection(file: Path) -> duckdb.DuckDBPyConnection:
    with _OPENING:
        found = _OPEN.get(file)
        if found is None:
            found = _OPEN[file] = _opened_lately(file)
        return found


@lru_cache(maxsize=KEPT)
def _opened_lately(file: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(file), read_only=True)
    if connection.execute("SELECT current_setting('lock_configuration')").fetchall() == [(True,)]:
        return connection  # a cursor has held the database since it was opened last
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET temp_directory = ''")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.duckdb") if re.fullmatch(r"\d{8}", file.stem))


def _number(file: Path) -> int:
    return int(file.stem)


def _prune(folder: Path, keep: Path) -> None:
    for file in _files(folder)[:-KEPT]:
        if file != keep:
            file.unlink(missing_ok=True)
