"""What every format becomes: a table of texts with distinct column names, and the lines that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from ingest.errors import ParseError

MOST_COLUMNS = 20_000
"""More columns than this are no table of figures."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A line, or part of one, that is not taken, and why."""

    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as texts (nothing said is null), the name of the file or part, and what did not fit."""

    name: str
    frame: pl.DataFrame
    unfit: tuple[Unfit, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """The lines that do not fit, without their reasons."""
        return tuple(item.line for item in self.unfit)


def frame_of_lines(
    header: Sequence[str], rows: Iterable[Sequence[str | None]], name: str = "the table"
) -> pl.DataFrame:
    """A frame of texts under the names of the header, made distinct; ParseError for a header without end."""
    if len(header) > MOST_COLUMNS:
        raise ParseError(f"{name} has {len(header):,} columns; more than {MOST_COLUMNS:,} are no table")
    return pl.DataFrame(list(rows), schema=dict.fromkeys(distinct(header), pl.String), orient="row")


def distinct(header: Sequence[str]) -> list[str]:
    """Column names without padding; a repeated name gets its number: "Price", "Price 2"."""
    names: list[str] = []
    taken: set[str] = set()
    last: dict[str, int] = {}
    for position, raw in enumerate(header, start=1):
        plain = name = " ".join(raw.split()) or f"column {position}"
        while name in taken:
            last[plain] = last.get(plain, 1) + 1
            name = f"{plain} {last[plain]}"
        taken.add(name)
        names.append(name)
    return names


def joined_header(lines: Sequence[Sequence[str]]) -> list[str]:
    """One name a column of header lines above each other: "GPQA" over "2024" is "GPQA 2024".

    A blank cell of an upper line goes on with the name to its left, as one that spans columns is written.
    """
    width = max((len(line) for line in lines), default=0)
    names: list[list[str]] = [[] for _ in range(width)]
    for depth, line in enumerate(lines):
        going_on = ""
        for at in range(width):
            cell = " ".join(line[at].split()) if at < len(line) else ""
            if depth < len(lines) - 1:
                going_on = cell or going_on
                cell = going_on
            if cell and (not names[at] or names[at][-1] != cell):
                names[at].append(cell)
    return [" ".join(parts) for parts in names]
