"""A small installation, without the bundled data, and a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings
from ingest.fetch.client import Limits
from tests.faults.small_place import SmallPlace
from tests.loopback import Loopback


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallPlace]:
    """An empty home whose sources are asked of a loopback server."""
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    with Loopback() as server:
        settings = Settings(
            home=tmp_path / "home", parse_megabytes=600, parse_seconds=3, allow_private_urls=True
        )
        yield SmallPlace(settings, server)


@pytest.fixture
def hurried(place: SmallPlace, monkeypatch: pytest.MonkeyPatch) -> SmallPlace:
    """The same, whose fetcher waits for nobody."""
    limits = Limits(
        read_seconds=2.0, total_seconds=2.0, attempts=2, first_wait_seconds=0.01, seconds_between_requests=0.0
    )
    monkeypatch.setattr("pipeline.refresh.Limits", lambda: limits)
    return place
