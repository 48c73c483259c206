"""An ASGI application under uvicorn on loopback, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.loopback import free_port
from tests.places import ROOT

ENDS_WITHIN: Final = 20


@contextmanager
def under_uvicorn(
    app: str, environment: Mapping[str, str], log: IO[bytes], health: str, seconds: float
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Its port and process, once the path `health` answers.

    Raises RuntimeError where the server ends before, or does not answer within so many seconds.
    """
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}{health}", process, seconds)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=ENDS_WITHIN)


def _wait_for(url: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended at once")
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer within {seconds:g} s")
