"""A dashboard in a process of its own, and a Chromium that looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, TimeoutError, expect, sync_playwright

from ingest.take_in.backfill import archive_bundle
from store.archive import Archive
from tests.asgi_server import under_uvicorn
from tests.homes.small_home import fill
from tests.install_browser import ADVICE, chromium

START_SECONDS = 150
WAIT = 60_000
"""Milliseconds; a busy machine needs them, a wrong page wastes them."""

expect.set_options(timeout=WAIT)

PRESSES = 5
OPENS_WITHIN = 10_000


def press(opener: Locator, opens: Locator) -> Locator:
    """Press what opens something, once nothing scrolls any more, and again where the page still moved.

    Streamlit shuts lists and popovers when the page scrolls or is drawn anew, which people meet as well.
    """
    for _ in range(PRESSES):
        opener.scroll_into_view_if_needed(timeout=WAIT)
        opener.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        opener.click(timeout=WAIT)
        try:
            opens.wait_for(timeout=OPENS_WITHIN)
        except TimeoutError:
            continue
        break
    return opens


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A running dashboard: its address and its home."""

    address: str
    home: Path


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A dashboard on a small home."""
    home = tmp_path_factory.mktemp("journey")
    fill(home)
    archive_bundle(Archive(home / "archive"))  # else the bundled data would be taken in at the start
    with serving(home) as served:
        yield served


@contextmanager
def serving(home: Path) -> Iterator[Dashboard]:
    """The real ASGI application under uvicorn on a home; it never schedules."""
    environment = {
        "HYPECURVE_HOME": str(home),
        "HYPECURVE_SCHEDULE": "false",
        "HYPECURVE_STALE_AFTER_HOURS": "1e6",
        "HYPECURVE_BOUND_TO": "127.0.0.1",
        "HYPECURVE_HOSTS": "reader.localhost",
    }
    file = home / "server.log"
    try:
        with (
            file.open("wb") as log,
            under_uvicorn("app:app", environment, log, "/healthz", START_SECONDS) as (port, _),
        ):
            yield Dashboard(f"http://127.0.0.1:{port}", home)
    except RuntimeError as error:
        pytest.fail(f"{error}: {file.read_text()[-2000:]}")


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
