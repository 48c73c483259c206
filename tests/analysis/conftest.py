"""The warehouse of recordings that several tests of the analyses share."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings
from pipeline import derive
from pipeline import refresh as pipeline
from store.snapshot import Snapshot, latest
from tests.once import made_once
from tests.places import SHARED

SOURCES = (
    "aider-edit",
    "aider-polyglot",
    "aider-refactor",
    "epoch-benchmarks",
    "epoch-data-stock",
    "facts",
    "litellm-prices",
    "livebench",
    "llmstats-providers",
    "metr-release-dates",
    "metr-time-horizons",
    "metr-time-horizons-1-0",
    "openrouter-stats",
    "weirdml",
)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """A warehouse of the sources of the claims and of the capability index alone, derived and published."""
    return latest(Settings(home=made_once("recorded", _taken_in)).snapshot_folder)


def _taken_in(home: Path) -> None:
    """Without the bundled data; the index alone is derived, since these tests judge claims themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
        patch.setattr(derive, "DERIVATIONS", [one for one in derive.DERIVATIONS if one.name == "capability"])
        pipeline.backfill(Settings(home=home), SOURCES, replay=SHARED / "recordings", facts=SHARED / "facts")
