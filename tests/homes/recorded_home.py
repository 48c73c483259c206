"""A home that holds everything that was recorded, made once a run: tests read it and change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings
from pipeline import derive
from pipeline import refresh as pipeline
from store.snapshot import Snapshot
from store.store import store_of
from tests.once import made_once
from tests.places import SHARED


def recorded() -> Snapshot:
    """All recordings and facts, without the bundled data; of the slow results the index alone is derived."""
    return store_of(Settings(home=made_once("recorded", _taken_in))).latest()


def _taken_in(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
        patch.setattr("store.bodies.ZSTD_LEVEL", 1)  # nobody keeps this archive
        patch.setattr(derive, "DRAWS", 20)  # nobody reads the intervals of this index
        patch.setattr(derive, "DERIVATIONS", [one for one in derive.DERIVATIONS if one.name == "capability"])
        pipeline.backfill(Settings(home=home), replay=SHARED / "recordings", facts=SHARED / "facts")
