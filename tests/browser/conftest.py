"""A dashboard in a process of its own, and a Chromium that looks at it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from ingest.take_in.backfill import archive_bundle
from store.archive import Archive
from tests.homes.small_home import fill
from tests.install_browser import ADVICE, chromium
from tests.loopback import free_port
from tests.places import ROOT

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A running dashboard: its address and its home."""

    address: str
    home: Path


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """The real ASGI application under uvicorn on a small home; it never schedules."""
    home = tmp_path_factory.mktemp("journey")
    fill(home)
    archive_bundle(Archive(home / "archive"))  # else the bundled data would be taken in at the start
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "warning"]
    environment = {**os.environ, "HYPECURVE_HOME": str(home), "HYPECURVE_SCHEDULE": "false"}
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, home / "server.log")
            yield Dashboard(f"http://127.0.0.1:{port}", home)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, headless."""
    executable = chromium()
    if executable is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield opened
        opened.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the dashboard ended at once: {log.read_text()[-2000:]}")
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not answer within {START_SECONDS} s: {log.read_text()[-2000:]}")
