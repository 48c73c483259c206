"""The ASGI entry: the dashboard, the keeper of the refresher beside it, and the read-only routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from config import load_settings
from faces.api import api
from faces.asking import Words
from faces.current import Follower
from faces.embed import embed
from faces.feeds import ADDRESSES, feeds
from faces.front_end import FrontEnd, elements_of, scripts_of
from faces.guard import Guard
from faces.health import health
from faces.known_paths import KnownPaths
from faces.login import login
from faces.metrics import metrics
from faces.page_head import Head, PageHead, head_of
from logs import hush
from pages.registry import PAGES, PageEntry, moved
from pages.shared.one_piece import OnePiece
from pipeline.refresh import begun
from pipeline.schedule.keeper import Keeper

FOLDER = Path(__file__).parent
THEIR_FILES = Path(st.__file__).parent / "static"
MOUNTS = ("healthz", "metrics", "api", "embed", "operator", *(address.strip("/") for address in ADDRESSES))
STARTED_AT = datetime.now(UTC)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load the bundled data on a first start; keep a refresher, unless another program keeps it."""
    hush()
    settings = load_settings()
    has_begun = begun(settings)
    keeper = Keeper(settings)
    follower = Follower(
        settings,
        first=[page.question for page in PAGES if page.answers],
        begin=None if has_begun else partial(begun, settings),
    )
    await run_in_threadpool(follower.prepare_front)
    follower.start()
    if settings.schedule:
        keeper.start()
    try:
        yield
    finally:
        keeper.stop()
        follower.stop()


async def healthz(_request: Request) -> JSONResponse:
    """Whether there is data to show, how old it is, and whether anybody refreshes it."""
    found = await run_in_threadpool(lambda: health(load_settings(), STARTED_AT))
    status = 503 if found.faults else 200
    return JSONResponse(found.document(), status, headers={"Cache-Control": "no-store"})


def _speaking(page: PageEntry) -> str:
    """The question whose answer a preview shows: the front page's, where the page itself answers none."""
    return page.question if page.answers else PAGES[0].question


def scripts(page: PageEntry) -> tuple[str, ...]:
    """The addresses of the scripts that a page will ask for once it draws."""
    return scripts_of(elements_of(page.question if page.answers else None), THEIR_FILES)


def heads() -> dict[str, Callable[[Words], Head]]:
    """What the head of each page says, by its address."""
    settings = load_settings()
    return {
        "" if page is PAGES[0] else page.address: partial(
            head_of, _speaking(page), page.title, settings, scripts(page), page.line
        )
        for page in PAGES
    }


app = st.App(
    FOLDER / "pages" / "navigation.py",
    lifespan=lifespan,
    routes=[
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Mount("/api", api()),
        Mount("/embed", embed()),
        login(),
        *feeds(),
    ],
    middleware=[
        Middleware(OnePiece),
        Middleware(Guard),
        Middleware(FrontEnd, folder=THEIR_FILES),
        Middleware(KnownPaths, pages=[page.address for page in PAGES[1:]], mounts=MOUNTS, moved=moved()),
        Middleware(PageHead, heads=heads()),
    ],
)
