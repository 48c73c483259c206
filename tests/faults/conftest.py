"""A small installation, without the bundled data, and a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings
from tests.faults.small_place import SmallPlace
from tests.loopback import Loopback


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallPlace]:
    """An empty home whose sources are asked of a loopback server."""
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    with Loopback() as server:
        yield SmallPlace(Settings(home=tmp_path / "home", parse_megabytes=600, parse_seconds=3), server)
