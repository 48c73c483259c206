"""What a team does with its store now and then: begin it, look at it, copy it, and keep it small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from store.archive import Archive
from store.beat import beats, lives
from store.ledger import Ledger
from store.store import Store, Tell
from store.team.lake import LAKE, opened_lake
from store.team.postgres import CLOCKS_APART, begin, clocks_apart
from store.team.row_files import must_be_as_written, note_row_files
from store.team.store import TeamStore
from store.team.warehouse import TeamWarehouse
from store.trouble import StorageError
from store.warehouse import NOT_COMPARED, Warehouse

OLD_VERSIONS: Final = timedelta(days=7)
"""For so long versions of the lake are kept that nobody is shown any more."""


class CopyError(StorageError):
    """A store could not be copied, or the copy is not what it was made from."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: payloads, and rows by table."""

    payloads: int
    rows: dict[str, int]


def init(store: TeamStore) -> bool:
    """Make an empty store where the address points; False where there was one already.

    Raises StorageError where the database holds the store of other data.
    """
    begin(store.postgres)
    sql = "INSERT INTO agreed VALUES ('data', %s) ON CONFLICT DO NOTHING RETURNING 1"
    fresh = bool(store.postgres.rows(sql, [store.address.data]))
    with store.writing():
        return fresh


def status(store: TeamStore) -> Iterator[str]:
    """How the store stands, a line each."""
    yield f"Catalogue: {store.address.catalog or 'as the environment says'}"
    yield f"Data: {store.address.data}"
    store.must_be_begun()
    size = store.archive().size()
    yield f"Archive: {size.payloads:,} payloads, {size.stored_bytes / 1e6:.1f} MB"
    with opened_lake(store.address) as lake:
        warehouse = TeamWarehouse(lake)
        about = warehouse.frame(
            "SELECT coalesce(sum(file_count), 0)::BIGINT AS files, "
            f"coalesce(sum(file_size_bytes), 0)::BIGINT AS bytes FROM ducklake_table_info('{LAKE}')"
        )
        versions = warehouse.frame(f"SELECT count(*) AS n FROM ducklake_snapshots('{LAKE}')")["n"][0]
        files, size_bytes = about.row(0)
        yield f"Rows: {files:,} files, {size_bytes / 1e6:.1f} MB; {versions:,} versions are kept"
    newest = "SELECT number, published_at, machine FROM published ORDER BY number DESC LIMIT 1"
    for row in store.postgres.rows(newest):
        yield f"Published: no. {row['number']}, {row['published_at']:%Y-%m-%d %H:%M} UTC, by {row['machine']}"
    now = datetime.now(UTC)
    for beat in beats(store.ledger()):
        seen = f"last sign of life {beat.beat_at:%Y-%m-%d %H:%M:%S} UTC"
        how = "refreshes" if lives(store.ledger(), beat, now) else "is gone, and its work free for others"
        yield f"Machine {beat.machine} (process {beat.process}): {how}; {seen}"
    if abs(store.postgres.ahead()) > CLOCKS_APART:
        yield clocks_apart(store.postgres.ahead())
    at_work = """
        SELECT application_name AS who, count(*) AS n FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'hypecurve %%'
          AND pid <> pg_backend_pid()
        GROUP BY 1 ORDER BY 1
    """
    for row in store.postgres.rows(at_work):
        yield f"Connected: {row['who'].removeprefix('hypecurve ')}"


def copy(source: Store, target: Store, tell: Tell) -> Copied:
    """Copy archive, ledger and tables of a store into another, empty one, and compare every table.

    Raises CopyError where the target holds data already, or differs after the copy.
    """
    if target.archive().sources():
        raise CopyError("The store to copy into holds payloads already. Name an empty one.")
    payloads = _copy_archive(source.archive(), target.archive(), tell)
    _copy_ledger(source.ledger(), target.ledger())
    with source.writing() as old, old.alone():
        with target.remaking() as fresh:
            _fill(fresh, old)
            with target.replacing(fresh):
                pass
        with target.writing() as new:
            rows = _compared(old, new)
            tell("publish", "writing a snapshot")
            target.publish(new)
    return Copied(payloads, rows)


def maintain(store: TeamStore, now: datetime | None = None) -> Iterator[str]:
    """Let old versions go, join small files and delete what nothing points to any more; a line for each step.

    Versions that are shown, and those of the last days, stay.
    """
    before = (now or datetime.now(UTC)) - OLD_VERSIONS
    shown = [row["lake_version"] for row in store.postgres.rows(_SHOWN)]
    with store.writing() as warehouse, warehouse.alone():
        must_be_as_written(warehouse, store.postgres, store.address.rows)  # else damage is joined, and unseen
        warehouse.call(f"CALL ducklake_flush_inlined_data('{LAKE}')")
        joined = warehouse.call(f"CALL ducklake_merge_adjacent_files('{LAKE}')")
        yield f"Joined small files of {joined} tables"
        warehouse.call(f"CALL ducklake_rewrite_data_files('{LAKE}')")
        old = warehouse.frame(
            f"SELECT snapshot_id FROM ducklake_snapshots('{LAKE}') WHERE snapshot_time < $before "
            f"AND snapshot_id < (SELECT id FROM ducklake_current_snapshot('{LAKE}')) ORDER BY 1",
            {"before": before},
        )["snapshot_id"]
        gone = [str(version) for version in old if version not in shown]
        if gone:
            warehouse.call(f"CALL ducklake_expire_snapshots('{LAKE}', versions => [{', '.join(gone)}])")
        yield f"Let {len(gone):,} old versions go"
        deleted = warehouse.call(
            f"CALL ducklake_cleanup_old_files('{LAKE}', older_than => now() - INTERVAL 1 DAY)"
        )
        lost = warehouse.call(
            f"CALL ducklake_delete_orphaned_files('{LAKE}', older_than => now() - INTERVAL 7 DAY)"
        )
        yield f"Deleted {deleted + lost:,} files"
        note_row_files(warehouse, store.postgres, store.address.rows)
    store.postgres.rows("DELETE FROM published WHERE number <= (SELECT max(number) FROM published) - 100")


_LEDGER: Final = {
    "run": (
        "started_at",
        "finished_at",
        "source_id",
        "status",
        "trigger",
        "process",
        "payloads_new",
        "rows_added",
        "rows_revised",
        "rows_gone",
        "rows_refused",
        "retries",
        "error",
    ),
    "request": ("asked_at", "source_id", "action", "taken_at"),
    "plan": ("source_id", "paused", "cadence", "next_run_at"),
    "put_aside": ("key", "source_id", "reason", "put_aside_at"),
    "address": ("source_id", "url", "served_at"),
}
"""What of the ledger a copy takes along."""

_SHOWN: Final = "SELECT lake_version FROM published ORDER BY number DESC LIMIT 2"


def _copy_archive(source: Archive, target: Archive, tell: Tell) -> int:
    copied = 0
    again = set(source.sightings().select("source_id", "url", "as_of", "payload_sha256").iter_rows())
    for source_id in source.sources():
        entries = source.entries(source_id)
        for entry in entries:
            target.add(entry, source.body(entry.sha256))
            if (source_id, *entry.identity) in again:
                seen = source.seen(entry)
                target.saw(entry, seen.first_at)
                target.saw(entry, seen.last_at)
        copied += len(entries)
        tell(source_id, f"{len(entries):,} payloads")
    return copied


def _copy_ledger(source: Ledger, target: Ledger) -> None:
    """Runs get new numbers in their old order; what else is noted has keys of its own."""
    for table, columns in _LEDGER.items():
        names = ", ".join(columns)
        for row in source.rows(f"SELECT {names} FROM {table} ORDER BY 1"):
            marks = ", ".join("?" for _ in columns)
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"
            target.write(sql, [row[name] for name in columns])


def _fill(fresh: Warehouse, old: Warehouse) -> None:
    for table in _tables(old):
        fresh.clear(table)
        fresh.insert(table, old.frame(f'SELECT * FROM "{table}"'))


def _compared(old: Warehouse, new: Warehouse) -> dict[str, int]:
    """Rows by table; raises CopyError where one has another content."""
    rows = {}
    for table in _tables(old):
        (count, before), (_, after) = (_digest(warehouse, table) for warehouse in (old, new))
        if before != after and table not in NOT_COMPARED:
            raise CopyError(f"The table {table} of the copy differs from what it was copied from.")
        rows[table] = count
    return rows


def _digest(warehouse: Warehouse, table: str) -> tuple[int, str]:
    frame = warehouse.frame(f'SELECT * FROM "{table}" ORDER BY ALL')
    return frame.height, sha256(frame.write_json().encode()).hexdigest()


def _tables(warehouse: Warehouse) -> list[str]:
    return [name for name in warehouse.tables() if name != "migration"]
