"""The ASGI entry: the dashboard, the scheduler beside it, and two read-only routes."""

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
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config import Settings, load_settings
from ingest.registry import load_sources
from ingest.schedule import Schedule
from ingest.take_in.gather import instant
from pipeline.refresh import start_with_bundle
from store.ledger import Ledger
from store.snapshot import latest

FOLDER = Path(__file__).parent
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
        self._process.wait()

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
    schedule, refreshes = None, Refreshes(settings)
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
        lock.release()


async def healthz(_request: Request) -> JSONResponse:
    """Whether there is data to show, and as of when."""
    snapshot = latest(load_settings().snapshot_folder)
    return JSONResponse(
        {"status": "ok", "snapshot": snapshot.id, "published_at": snapshot.published_at.isoformat()}
    )


async def sources(_request: Request) -> Response:
    """State of every source, as the Data page shows it."""
    health = Ledger(load_settings().ledger_file).health()
    return Response(health.write_json(), media_type="application/json")


app = st.App(
    FOLDER / "pages" / "navigation.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz), Route("/api/sources", sources)],
)
