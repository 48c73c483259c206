"""How much room each store takes: all of its files, and no others."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from store.ledger import Ledger
from store.sizes import measured, sizes

FILES = {
    "archive/index/a.jsonl": 3,
    "archive/bodies/ab/abc.zst": 40,
    "warehouse.duckdb": 5,
    "warehouse.duckdb.wal": 2,
    "snapshots/00000001.duckdb": 700,
    "snapshots/current": 7,
    "ledger.sqlite": 11,
    "ledger.sqlite-wal": 13,
    "sources/own.toml": 9_000,
}
BYTES = {"archive": 43, "warehouse": 7, "snapshots": 707, "ledger": 24}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which each store has some files, and one folder is no store's."""
    for name, length in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * length)
    return tmp_path


def test_each_store_takes_what_its_files_take(home: Path) -> None:
    """Files of databases beside them count; folders, and names that lead nowhere, do not."""
    (home / "archive" / "gone").symlink_to(home / "nowhere")
    assert measured(home) == BYTES
    assert measured(home / "nowhere") == dict.fromkeys(BYTES, 0)


def test_a_home_is_looked_at_once_a_minute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each home apart, and whoever changes what was told changes it for nobody else."""
    now = SimpleNamespace(at=600.0)
    monkeypatch.setattr("store.sizes.time", SimpleNamespace(monotonic=lambda: now.at))
    told = sizes(home)
    assert told == BYTES
    told["archive"] = 0
    (home / "ledger.sqlite").write_bytes(b"")
    now.at = 659.9
    assert sizes(home) == BYTES
    assert sizes(home / "archive")["ledger"] == 0
    now.at = 660.0
    assert sizes(home) == BYTES | {"ledger": 13}


def test_the_ledger_tells_the_room_of_the_stores_beside_it(home: Path) -> None:
    """A page that has the ledger needs no other path."""
    (home / "ledger.sqlite").unlink()
    (home / "ledger.sqlite-wal").unlink()
    ledger = Ledger(home / "ledger.sqlite")
    assert ledger.room() | {"ledger": 24} == BYTES
