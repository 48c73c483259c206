"""How much room each store takes on the disk."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

STORES: Final = {
    "archive": ("archive/**/*",),
    "warehouse": ("warehouse.duckdb*",),
    "snapshots": ("snapshots/*",),
    "ledger": ("ledger.sqlite*",),
}
"""The files of each store, below the home."""


def sizes(home: Path) -> dict[str, int]:
    """Bytes of each store, looked at once a minute: an archive of years has many files."""
    return dict(_sizes(home, int(time.monotonic() // 60)))


def measured(home: Path) -> dict[str, int]:
    """Bytes of each store, looked at now; what vanishes meanwhile counts nothing."""
    return {
        name: _bytes(file for form in forms for file in home.glob(form)) for name, forms in STORES.items()
    }


@lru_cache(maxsize=4)
def _sizes(home: Path, _minute: int) -> Mapping[str, int]:
    return measured(home)


def _bytes(files: Iterable[Path]) -> int:
    total = 0
    for file in files:
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total
