"""The recordings that several tests of the analyses share."""

from __future__ import annotations

import pytest

from store.snapshot import Snapshot
from tests.homes.recorded_home import recorded


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """Everything that was recorded, as published."""
    return recorded()
