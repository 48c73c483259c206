"""The watch over a run in a process of its own: one that does not come to an end is ended."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from contextlib import suppress
from typing import Final

LONGEST_RUN_SECONDS: Final = 2 * 3600
"""A refresh of all sources takes minutes; its fetches and its parsers have limits of their own."""

GRACE_SECONDS: Final = 30

_log = logging.getLogger(__name__)


def wait_or_end(
    process: subprocess.Popen[bytes],
    seconds: float = LONGEST_RUN_SECONDS,
    grace_seconds: float = GRACE_SECONDS,
) -> int:
    """Wait for a process that leads a session of its own; its exit code, negative where a signal ended it.

    After `seconds` it is asked to end, and after the grace it and all that it started are killed. What it had
    archived stays, and the next run goes on from there.
    """
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        _log.warning("A refresh (process %d) took more than %.0f s and was ended.", process.pid, seconds)
    process.terminate()
    try:
        return process.wait(grace_seconds)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()
