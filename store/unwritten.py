"""What a database had committed and not yet written into its file: whether the log that holds it is whole.

SQLite and DuckDB take from a damaged log what stands before the damage, say nothing, and write over the rest.
So it is looked at before they open it. An end that is torn is no damage: a process that is killed leaves one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_DUCKDB_HEAD: Final = bytes.fromhex("6400626500")
"""Its first entry says the version of the log."""
_DUCKDB_SHORTEST: Final = 24
"""A log of fewer bytes holds nothing that was committed."""

_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_SMALLEST_PAGE: Final = 512
_MAGIC: Final = 0x377F0682
_WORD: Final = 0xFFFFFFFF


def log_of_sqlite(file: Path) -> Path:
    """Where SQLite keeps what is not yet in its file."""
    return file.with_name(f"{file.name}-wal")


def log_of_duckdb(file: Path) -> Path:
    """Where DuckDB keeps what is not yet in its file."""
    return file.with_name(f"{file.name}.wal")


def fault_of_duckdb_log(file: Path) -> str | None:
    """Why DuckDB would pass over the log of a database unsaid; None where it reads, or refuses, it."""
    try:
        with log_of_duckdb(file).open("rb") as log:
            head = log.read(_DUCKDB_SHORTEST)
    except FileNotFoundError:
        return None
    if len(head) < _DUCKDB_SHORTEST or head.startswith(_DUCKDB_HEAD):
        return None
    return f"the head of {log_of_duckdb(file).name} is none of DuckDB's"


def fault_of_sqlite_log(log: bytes) -> str | None:
    """Why SQLite would not take all that was committed from its log; None where it would."""
    if len(log) < _HEAD + _FRAME_HEAD + _SMALLEST_PAGE:
        return None
    head = _SqliteHead.of(log)
    if head is None:
        return "its head is none of SQLite's"
    committed = whole = 0
    chain = head.checksum
    broken = False
    for number, (frame, page) in enumerate(head.frames(log), start=1):
        _, commits, *salts = struct.unpack(">4I", frame[:16])
        if tuple(salts) == head.salts and commits:
            committed = number
        if not broken:
            chain = _summed(page, _summed(frame[:8], chain, head.order), head.order)
            broken = tuple(salts) != head.salts or struct.unpack(">2I", frame[16:]) != chain
            whole = whole if broken else number
    return None if committed <= whole else f"of {committed:,} pages that were committed {whole:,} are whole"


@dataclass(frozen=True, slots=True)
class _SqliteHead:
    """How a log of SQLite begins.

    order     of the bytes in the words that are summed, as `struct` writes it
    salts     what the head of every page repeats that belongs to it
    checksum  of the head, from which that of the first page goes on
    """

    order: str
    page: int
    salts: tuple[int, int]
    checksum: tuple[int, int]

    @classmethod
    def of(cls, log: bytes) -> Self | None:
        """The head of a log; None where its checksum is not that of its bytes."""
        magic, _, page, _, *salts = struct.unpack(">6I", log[:24])
        order = ">" if magic & 1 else "<"
        checksum = _summed(log[:24], (0, 0), order)
        if magic & ~1 != _MAGIC or struct.unpack(">2I", log[24:_HEAD]) != checksum:
            return None
        return cls(order, page, (salts[0], salts[1]), checksum)

    def frames(self, log: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The pages in their order, each with its head; a torn last one is left out."""
        step = _FRAME_HEAD + self.page
        for start in range(_HEAD, len(log) - step + 1, step):
            yield log[start : start + _FRAME_HEAD], log[start + _FRAME_HEAD : start + step]


def _summed(content: bytes, chain: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's checksum of bytes, gone on with from that of what stands before them."""
    first, second = chain
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & _WORD
        second = (second + other + first) & _WORD
    return first, second
