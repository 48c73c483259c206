"""Programs of a team's machines, as people start them, and waiting for what they do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from config import Settings
from tests.places import ROOT

PATIENCE_SECONDS: Final = 180.0


@contextmanager
def started(settings: Settings, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of a machine; killed in the end, should it still be there."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env={**os.environ, **settings.environment()}
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(what: str, happened: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait until something is there; it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = happened()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"{what}: not within {seconds:.0f} seconds")
