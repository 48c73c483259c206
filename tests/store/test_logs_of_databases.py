"""A log that a database would pass over unsaid is noticed before it is opened; a torn end is no damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.unwritten import fault_of_duckdb_log, fault_of_sqlite_log, log_of_duckdb, log_of_sqlite

HEAD, PAGE_HEAD, PAGE = 32, 24, 4096


@pytest.fixture
def log(tmp_path: Path) -> bytes:
    """What SQLite has committed in three transactions and not yet written into its file."""
    file = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE run (text VARCHAR)")
        for number in range(2):
            connection.execute("INSERT INTO run VALUES (?)", [f"{number}" * 9_000])
        return log_of_sqlite(file).read_bytes()


def test_wherever_it_is_torn_what_stands_before_is_taken(log: bytes) -> None:
    """A process that is killed leaves such an end; SQLite takes it as it is, and so do we."""
    ends = {HEAD + step * (PAGE_HEAD + PAGE) + more for step in range(3) for more in (-1, 0, 1, 23, 24, 300)}
    ends |= {0, 1, 24, 33, 520, 540, 567, 568, len(log) - 1, len(log)}
    assert {end: fault_of_sqlite_log(log[:end]) for end in ends if end <= len(log)} == dict.fromkeys(
        (end for end in ends if end <= len(log)), None
    )


@pytest.mark.parametrize("place", [0, 3, 8, 16, 20, 24, 31])
def test_a_head_that_is_none_of_sqlites_is_told(log: bytes, place: int) -> None:
    """Whichever of its bytes is another one."""
    wrong = bytearray(log)
    wrong[place] ^= 0x40
    assert fault_of_sqlite_log(bytes(wrong)) == "its head is none of SQLite's"


def test_how_many_committed_pages_are_whole_is_told(log: bytes) -> None:
    """From the first damaged one on none counts, since each sum goes on from the one before."""
    step = PAGE_HEAD + PAGE
    pages = (len(log) - HEAD) // step
    assert pages > 3
    for number in range(pages):
        for place in (1, 16, 100, PAGE_HEAD + PAGE - 1):
            wrong = bytearray(log)
            wrong[HEAD + number * step + place] ^= 1
            said = f"of {pages} pages that were committed {number} are whole"
            assert fault_of_sqlite_log(bytes(wrong)) == said, (number, place)


def test_pages_of_an_earlier_log_are_none_of_this_one(log: bytes) -> None:
    """SQLite writes from the start again and leaves what stood behind; its pages repeat other salts."""
    step = PAGE_HEAD + PAGE
    older = bytearray(log)
    older[len(log) - step + 8] ^= 1
    assert fault_of_sqlite_log(bytes(older)) is None


def test_a_log_of_duckdb_without_its_head_is_told(tmp_path: Path) -> None:
    """One that is missing, or too short to hold anything, is none."""
    file = tmp_path / "warehouse.duckdb"
    assert fault_of_duckdb_log(file) is None
    own = bytes.fromhex("6400626500") + bytes(40)
    for content, is_fault in ((own, False), (b"\1" + own[1:], True), (b"\1" * 24, True), (b"\1" * 23, False)):
        log_of_duckdb(file).write_bytes(content)
        assert (fault_of_duckdb_log(file) is not None) is is_fault
