"""What every command that reads does first: on a fresh home the bundled data are loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from store.snapshot import NoSnapshotError, is_of_this_version
from store.store import store_of

if TYPE_CHECKING:
    from config import Settings
    from store.snapshot import Snapshot


def opened(settings: Settings) -> Snapshot:
    """The newest snapshot; before the first, and after an upgrade, once the data were brought up."""
    try:
        found = store_of(settings).latest()
        said = f"Bringing the data in {settings.home} up to this version, once."
    except NoSnapshotError:
        found, said = None, f"Loading the bundled data into {settings.home}, once."
    if found is not None and is_of_this_version(found):
        return found
    from pipeline.refresh import start_with_bundle

    sys.stderr.write(f"{said}\n")
    return start_with_bundle(settings)
