"""Whether the files of rows are as they were written: DuckLake holds them against no hash, we do.

A bit that changes within a page of Parquet gives another figure, or another name, and no error. So whoever
publishes notes the hash of each file that came since, and whoever looks through the store reads them all.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.team.lake import LAKE
from store.team.postgres import Postgres
from store.team.warehouse import TeamWarehouse
from store.trouble import DamagedError


def note_row_files(warehouse: TeamWarehouse, postgres: Postgres, rows: str) -> None:
    """Note the hashes of files that came since, and forget those that are in use no more; nobody writes then.

    rows  where the files of rows lie
    """
    files = _files(warehouse)
    new = sorted(files - {rows + row["path"] for row in postgres.rows("SELECT path FROM row_file")})
    for file, sha256 in _hashes(warehouse, new).items():
        sql = "INSERT INTO row_file VALUES (%s, %s) ON CONFLICT DO NOTHING"
        postgres.rows(sql, [file.removeprefix(rows), sha256])
    used = [file.removeprefix(rows) for file in files]
    postgres.rows("DELETE FROM row_file WHERE path <> ALL(%s)", [used])


def must_be_as_written(warehouse: TeamWarehouse, postgres: Postgres, rows: str) -> None:
    """Raise DamagedError, naming the files, where one has another content than when it was written."""
    files = _files(warehouse)
    noted = {rows + row["path"]: row["sha256"] for row in postgres.rows("SELECT * FROM row_file")}
    found = _hashes(warehouse, sorted(files & noted.keys()))
    other = [file.removeprefix(rows) for file, sha256 in found.items() if noted[file] != sha256]
    if other:
        raise DamagedError(
            f"Rows of the team's store have changed since they were written ({', '.join(other)}). "
            "`hypecurve rebuild` makes all of them again from the archive."
        )


def _files(warehouse: TeamWarehouse) -> set[str]:
    """The files of the newest version of all tables: their rows, and which of these were deleted."""
    sql = " UNION ALL ".join(
        f"SELECT unnest([data_file, delete_file]) AS file FROM ducklake_list_files('{LAKE}', '{table}')"
        for table in warehouse.tables()
    )
    return set(warehouse.frame(sql)["file"].drop_nulls())


def _hashes(warehouse: TeamWarehouse, files: Iterable[str]) -> dict[str, str]:
    names = list(files)
    if not names:
        return {}
    sql = "SELECT filename, sha256(content) AS hashed FROM read_blob($names)"
    return dict(warehouse.frame(sql, {"names": names}).iter_rows())
