"""The warehouse of recordings that several tests of the analyses share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config import Settings
from pipeline import refresh as pipeline
from store.snapshot import Snapshot, latest
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
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A warehouse of the sources of the claims and of the capability index alone, derived and published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
        settings = Settings(home=tmp_path_factory.mktemp("recorded"))
        pipeline.backfill(settings, SOURCES, replay=SHARED / "recordings", facts=SHARED / "facts")
        yield latest(settings.snapshot_folder)
