"""The ASGI entry: the dashboard, the scheduler beside it, and the read-only routes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from filelock import FileLock, Timeout
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from config import Settings, load_settings
from faces.api import api
from faces.current import Follower, current_snapshot
from faces.embed import embed
from faces.known_paths import KnownPaths
from ingest.registry import load_sources
from ingest.schedule import Schedule
from ingest.take_in.gather import instant
from pages.registry import PAGES
from pipeline.refresh import start_with_bundle
from pipeline.watchdog import wait_or_end
from store.ledger import Ledger

FOLDER = Path(__file__).parent
MOUNTS = ("healthz", "api", "embed")
LOUD = {"uvicorn.access": logging.WARNING, "uvicorn.error": logging.WARNING, "apscheduler": logging.ERROR}
"""Streamlit turns on a line for every file a browser asks for, APScheduler one for every tick it skips."""


class Refreshes:
    """Refreshes sources in a process of its own: a page never waits for it, and its memory is given back."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {**os.environ, **settings.environment()}
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, source_ids: list[str]) -> None:
        """Refresh the sources with our settings and wait; a session of its own keeps Ctrl-C for us alone."""
        asked = ["refresh", "--quiet", "--trigger", "schedule", *source_ids]
        self._process = subprocess.Popen(
            [sys.executable, str(FOLDER / "cli.py"), *asked],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_or_end(self._process)

    def stop(self) -> None:
        """End a refresh under way: what it had archived stays, and the next run goes on from there."""
        if self._process and self._process.poll() is None:
            self._process.terminate()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load the bundled data on a first start; schedule, unless another process on this folder does."""
    for name, level in LOUD.items():
        logging.getLogger(name).setLevel(level)
    settings = load_settings()
    start_with_bundle(settings)
    lock = FileLock(settings.home / "schedule.lock")
    schedule, refreshes, follower = None, Refreshes(settings), Follower(settings)
    follower.start()
    if settings.schedule:
        try:
            lock.acquire(blocking=False)
            sources = load_sources(settings.sources_folder).sources.values()
            schedule = Schedule(sources, Ledger(settings.ledger_file), refreshes.run)
            schedule.start(instant())
        except Timeout:
            schedule = None
    try:
        yield
    finally:
        if schedule:
            schedule.stop()
        refreshes.stop()
        follower.stop()
        lock.release()


async def healthz(_request: Request) -> JSONResponse:
    """Whether there is data to show, and as of when."""
    snapshot = current_snapshot(load_settings().snapshot_folder)
    return JSONResponse(
        {"status": "ok", "snapshot": snapshot.id, "published_at": snapshot.published_at.isoformat()}
    )


app = st.App(
    FOLDER / "pages" / "navigation.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz), Mount("/api", api()), Mount("/embed", embed())],
    middleware=[
        Middleware(
            KnownPaths, front=PAGES[0].address, pages=[page.address for page in PAGES[1:]], mounts=MOUNTS
        )
    ],
)
