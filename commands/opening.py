"""What every command that reads does first: on a fresh home the bundled data are loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from store.snapshot import NoSnapshotError, latest

if TYPE_CHECKING:
    from config import Settings
    from store.snapshot import Snapshot


def opened(settings: Settings) -> Snapshot:
    """The newest snapshot; where nothing was published yet, after loading the bundled data."""
    try:
        return latest(settings.snapshot_folder)
    except NoSnapshotError:
        from pipeline.refresh import start_with_bundle

        sys.stderr.write(f"Loading the bundled data into {settings.home}, once.\n")
        return start_with_bundle(settings)
