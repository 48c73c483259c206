"""A team's warehouse: the tables of one machine, in a lake to which several machines add rows at once."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import polars as pl

from store.rows import do, literal
from store.sql import SCHEMA, migrations, schema_digest, views
from store.team.lake import LAKE, CrossedError, crossed, for_the_lake, is_crossed
from store.team.locks import Locks
from store.team.postgres import newer_store
from store.warehouse import CONTENT, Result, Warehouse

PAUSES_SECONDS: Final = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0)
NEAR: Final = "near-"
"""How the names of folders begin in which a process has a copy of the lake; its number follows."""

_NUMBERS: Final = "SELECT number FROM migration"


class _TellingItsContent(Warehouse):
    """A warehouse whose rows themselves say what was taken in.

    A note of it, as on one machine, would be the one row that all machines write at every load.
    """

    def stages(self) -> dict[str, str]:
        return super().stages() | {CONTENT: self._content()}

    def _content_changed(self) -> None:
        """Nothing to note."""

    def _content(self) -> str:
        said = [
            self.frame(
                f"SELECT count(*) AS n, bit_xor(hash(t)) AS mixed, sum(hash(t)::HUGEINT)::VARCHAR AS total "
                f"FROM {table} t"
            ).row(0)
            for table in ("payload", "loaded_form")
        ]
        return sha256(repr(said).encode()).hexdigest()


class NearWarehouse(_TellingItsContent):
    """A copy of the lake in a file of this machine; `changed` names the tables that were written in it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self.changed: dict[str, None] = {}

    def clear(self, table: str) -> None:
        super().clear(table)
        self.changed[table] = None

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        super().insert(table, frame)
        self.changed[table] = None

    def _note_stage(self, name: str, digest: str) -> None:
        super()._note_stage(name, digest)
        self.changed["stage"] = None


class TeamWarehouse(_TellingItsContent):
    """The lake as a warehouse; without locks it is one of its versions, for reading.

    near     the folder of this machine's own files
    version  which version is copied; None for the one that is open
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        locks: Locks | None = None,
        near: Path | None = None,
        version: int | None = None,
    ) -> None:
        super().__init__(connection)
        self._locks = locks
        self._near = near
        self._version = version

    def as_of(self, version: int) -> TeamWarehouse:
        """The lake as it was at a version, for copying, over the same connection."""
        return TeamWarehouse(self._connection, version=version)

    def migrate(self) -> None:
        """Bring the tables to the newest numbered migration; raises NewerStoreError."""
        if not self._is_of_this_version():
            self._migrate()
        self._connection.execute(for_the_lake(views()))

    def _is_of_this_version(self) -> bool:
        if "migration" not in self.tables():
            return False
        self.must_be_known()
        done = set(self.frame(_NUMBERS)["number"])
        return all(number in done for number, _, _ in migrations()) and (
            Warehouse.stages(self).get(SCHEMA) == schema_digest()
        )

    def _migrate(self) -> None:
        with self.alone():
            self._connection.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER, name VARCHAR)")
            self.must_be_known()
            done = set(self.frame(_NUMBERS)["number"])
            for number, name, script in migrations():
                if number not in done:
                    with self.transaction():
                        self._connection.execute(for_the_lake(script))
                        do(self._connection, "INSERT INTO migration VALUES (?, ?)", number, name)
            self.note_stage(SCHEMA, schema_digest())

    def must_be_known(self) -> None:
        """Raise NewerStoreError where the tables are of a newer version than this one."""
        own = {number for number, _, _ in migrations()}
        if set(self.frame(f"SELECT number FROM {self._whole('migration')}")["number"]) - own:
            raise newer_store()

    def begin_anew(self, table: str) -> None:
        """Put an empty table in the place of one whose files may be damaged; a transaction is open."""
        sql = f"SELECT sql FROM duckdb_tables() WHERE database_name = '{LAKE}' AND table_name = $table"
        made = self.frame(sql, {"table": table})["sql"].item()
        self._connection.execute(f'DROP TABLE {LAKE}."{table}"')  # to delete rows would read them
        self._connection.execute(made)

    def alone(self) -> AbstractContextManager[None]:
        return self._lock.alone()

    @contextmanager
    def close_by(self) -> Iterator[Warehouse]:
        """A copy of all rows on this machine; what is replaced in it is replaced in the lake at the end."""
        with self.alone(), TemporaryDirectory(prefix=f"{NEAR}{os.getpid()}-", dir=self._near) as folder:
            file = Path(folder) / "near.duckdb"
            self.copy_into(file)
            with duckdb.connect(str(file)) as connection:
                connection.execute("SET TimeZone = 'UTC'")
                near = NearWarehouse(connection)
                yield near
                with self.transaction():
                    for table in near.changed:
                        self.clear(table)
                        self.insert(table, near.frame(f'SELECT * FROM "{table}"'))

    def uncrossed(self, action: Callable[[], Result], tell: Callable[[str, str], None]) -> Result:
        for pause in PAUSES_SECONDS:
            try:
                return action()
            except CrossedError as error:
                tell("store", f"{error} It is done again in {pause:.1f} s.")
            time.sleep(pause * random.uniform(0.5, 1.0))  # so that two do not meet again
        return action()

    def taking_in(self, source_id: str) -> AbstractContextManager[None]:
        return self._lock.source(source_id)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, and nothing where the locks were lost meanwhile."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            yield
            self._lock.check()
        except BaseException:
            with suppress(duckdb.Error):  # the lake may be gone, and what was begun with it
                self._connection.execute("ROLLBACK")
            raise
        try:
            self._connection.execute("COMMIT")
        except duckdb.TransactionException as error:
            if is_crossed(error):
                raise crossed() from error
            raise

    def copy_into(self, file: Path) -> None:
        """Write a full copy to a new DuckDB file, views included; its rows are in an order of their own."""
        self.must_be_known()
        with duckdb.connect(str(file)) as local:
            Warehouse(local).migrate()
        self._connection.execute(f"ATTACH {literal(str(file))} AS published")
        self._connection.execute("BEGIN TRANSACTION")  # else DuckLake asks PostgreSQL anew for each table
        try:
            self._connection.execute("DELETE FROM published.stage")
            for table in (name for name in self.tables() if name != "migration"):
                rows = f"SELECT * FROM {self._whole(table)} ORDER BY ALL"
                self._connection.execute(f'INSERT INTO published."{table}" BY NAME {rows}')
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self._connection.execute("ROLLBACK")
            raise
        finally:
            with suppress(duckdb.Error):  # what went wrong before is told
                self._connection.execute("DETACH published")

    def _whole(self, table: str) -> str:
        """A table as SQL names it, as it was at the version that is copied."""
        at = f" AT (VERSION => {self._version})" if self._version is not None else ""
        return f'{LAKE}."{table}"{at}'

    def check(self) -> None:
        """Raise AwayError where the locks were lost."""
        self._lock.check()

    def call(self, sql: str) -> int:
        """Have DuckLake do something with the lake; how many rows it tells of it."""
        return len(self._connection.execute(sql).fetchall())

    def version(self) -> int:
        """The number of the newest version of the lake."""
        return int(self.frame(f"SELECT id FROM ducklake_current_snapshot('{LAKE}')")["id"][0])

    def tables(self) -> list[str]:
        sql = f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{LAKE}' ORDER BY 1"
        return self.frame(sql)["table_name"].to_list()

    @property
    def _lock(self) -> Locks:
        assert self._locks is not None, "a version of the lake is for reading only"
        return self._locks
