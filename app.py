"""The ASGI entry: the dashboard, the scheduler beside it, and two read-only routes."""

from __future__ import annotations

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

from config import load_settings
from ingest.refresh import instant
from ingest.registry import load_sources
from ingest.schedule import Schedule
from pipeline import start_with_bundle
from store.ledger import Ledger
from store.snapshot import latest

FOLDER = Path(__file__).parent


def refresh_in_own_process(source_ids: list[str]) -> None:
    """Refresh in a process of its own, so that a page never waits for it and its memory is given back."""
    command = [sys.executable, "-m", "cli", "refresh", "--quiet", "--trigger", "schedule", *source_ids]
    subprocess.run(command, cwd=FOLDER, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load the bundled data on a first start; schedule, unless another process on this folder does."""
    settings = load_settings()
    start_with_bundle(settings)
    lock = FileLock(settings.home / "schedule.lock")
    schedule = None
    if settings.schedule:
        try:
            lock.acquire(blocking=False)
            sources = load_sources(settings.sources_folder).sources.values()
            schedule = Schedule(sources, Ledger(settings.ledger_file), refresh_in_own_process)
            schedule.start(instant())
        except Timeout:
            schedule = None
    try:
        yield
    finally:
        if schedule:
            schedule.stop()
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
