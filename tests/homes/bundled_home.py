"""The bundled data, once for all tests: as a first start takes it in, and without the slow results."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings
from pipeline.rebuild import rebuild
from pipeline.refresh import start_with_bundle
from store.snapshot import Snapshot
from store.store import store_of
from tests.once import made_once


def bundled() -> Snapshot:
    """Its snapshot; made once for a run of all tests."""
    return store_of(Settings(home=bundled_identity())).latest()


def bundled_identity() -> Path:
    """Its home, whose warehouse holds all but the slow results; to be read only."""
    return made_once("bundled-identity", _identified)


def bundled_whole() -> Path:
    """The home as a first start leaves it, with all results; to be read only."""
    return made_once("bundled-whole", lambda home: start_with_bundle(Settings(home=home)))


def _identified(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.derive.derive", lambda *_: [])
        rebuild(Settings(home=home))
