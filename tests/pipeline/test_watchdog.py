"""No scheduled run stands in the way of the next one for ever."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from pipeline.watchdog import wait_or_end

DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); input()"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("print('up', flush=True); raise SystemExit(3)", 3),
        ("print('up', flush=True); input()", -signal.SIGTERM),
        (DEAF, -signal.SIGKILL),
    ],
    ids=["ends by itself", "is asked to end", "is killed"],
)
def test_a_run_is_ended_when_it_does_not_end(script: str, code: int) -> None:
    """First asked, then killed; one that ends in time keeps its own exit code."""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    patient = 30 if code > 0 else 0.1
    assert wait_or_end(process, patient, grace_seconds=0.5 if code == -signal.SIGKILL else 30) == code
    process.stdout.close()
    if process.stdin:
        process.stdin.close()
