"""The read-only routes under /api: every answer and every chart's rows, by the parameters of the pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config import Settings, load_settings
from errors import ExpectedError
from faces.addresses import AS_OF, chart_address, is_passed_on
from faces.asking import Asked, NotDrawnError, ask, ask_for_chart
from faces.citing import bibtex, zipped
from faces.current import current_view
from faces.describe import index, openapi
from faces.documents import answer_document
from faces.origins import origin
from faces.rows import MEDIA_TYPES, RowFormat, rows_as
from questions.controls import ControlError
from questions.registry import UnknownQuestionError
from questions.search import Found, search
from questions.view import AsOfError
from store.snapshot import NoSnapshotError
from store.stopping import Stop, StoppedError, waited_for
from store.store import store_of

Result = TypeVar("Result")

MOST_ROWS: Final = 200_000
MOST_LETTERS: Final = 200
"""Words of a search beyond these are not read."""

MOST_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.25
"""How often it is looked whether the reader is still there."""

_AT_ONCE: Final = 4
"""So many answers are computed at a time; further requests wait their turn."""

STATUS: Final[dict[type[Exception], int]] = {
    ControlError: 400,
    AsOfError: 400,
    UnknownQuestionError: 404,
    NotDrawnError: 404,
    NoSnapshotError: 503,
    TimeoutError: 503,
    StoppedError: 499,
}
CITED: Final = {"bib": "application/x-bibtex; charset=utf-8", "zip": "application/zip"}
"""What a chart's address gives beside its rows: its citation, and both together."""

EXPECTED: Final = tuple(STATUS)
OPEN_TO_ALL: Final = Middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], allow_headers=["*"], max_age=86_400
)


class TooManyRowsError(ExpectedError):
    """More rows than a route gives at a time; the message says where to get them."""


async def answered(
    request: Request, work: Callable[[], Asked], show: Callable[[Asked], Response]
) -> Response:
    """The response to what was asked: 304 where the caller has it, else computed beside the event loop."""

    def compute() -> Response:
        asked = work()
        tag = asked.etag()
        if tag is None:
            response = show(asked)
            response.headers["Cache-Control"] = "no-store"
            return response
        quoted = f'"{tag}"'
        if quoted in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": quoted})
        response = show(asked)
        response.headers["ETag"] = quoted
        response.headers["Cache-Control"] = "no-cache"
        return response

    return await worked_out(request, compute)


async def worked_out(request: Request, work: Callable[[], Result]) -> Result:
    """What `work` gives, worked out beside the event loop while the reader waits.

    It is stopped when the reader has left or the time is up. Raises StoppedError and TimeoutError.
    """
    stop = Stop()

    def waited() -> Result:
        with waited_for(stop):
            return work()

    async def watch() -> None:
        while not await request.is_disconnected():
            await asyncio.sleep(LOOK_SECONDS)
        stop.stop()

    watching = asyncio.create_task(watch())
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await to_thread.run_sync(waited, abandon_on_cancel=True, limiter=_limiter())
    finally:
        watching.cancel()
        stop.stop()


def words_of(request: Request) -> dict[str, list[str]]:
    """The parameters of an address by name, each with its values in order; but those of who passed it on."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if not is_passed_on(name):
            found.setdefault(name, []).append(value)
    return found


def sentence_for(error: Exception) -> tuple[int, str]:
    """The status and the sentence for an expected error."""
    if isinstance(error, TimeoutError):
        return STATUS[
            TimeoutError
        ], f"This took more than {MOST_SECONDS:.0f} seconds. Ask for less, or again in a minute."
    if isinstance(error, StoppedError):
        return STATUS[StoppedError], "Nobody waited for this answer any more."
    return STATUS[type(error)], str(error)


def api() -> Starlette:
    """The application that is mounted at /api."""
    routes = [
        Route("/", _index),
        Route("/openapi.json", _openapi),
        Route("/sources", _sources),
        Route("/search", _search),
        Route("/ask/{question}.json", _ask),
        Route("/chart/{name}.{kind}", _chart),
        Route("/{rest:path}", _nothing_here),
    ]
    handlers = dict.fromkeys((*EXPECTED, TooManyRowsError), _complain)
    return Starlette(routes=routes, middleware=[OPEN_TO_ALL], exception_handlers=handlers)


async def _index(request: Request) -> Response:
    return _json(await worked_out(request, lambda: index(current_view(load_settings()))))


async def _openapi(request: Request) -> Response:
    return _json(await worked_out(request, lambda: openapi(current_view(load_settings()))))


async def _sources(request: Request) -> Response:
    """State of every source, as the Sources page shows it."""
    health = await worked_out(request, lambda: store_of(load_settings()).ledger().health().write_json())
    return Response(health, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _search(request: Request) -> Response:
    """What `q` finds by name, each with the address of its answer and that of its page."""
    words = words_of(request)
    text, days = " ".join(words.get("q", [])), words.get(AS_OF, [])

    def found() -> list[dict[str, object]]:
        view = current_view(load_settings(), days[0] if days else None)
        return [_found(item) for item in search(view, text[:MOST_LETTERS])]

    return _json({"q": text, "found": await worked_out(request, found)})


def _found(item: Found) -> dict[str, object]:
    asked = urlencode(item.controls)
    return {
        "kind": item.kind,
        "name": item.name,
        "question": item.question,
        "controls": dict(item.controls),
        "answer": f"/api/ask/{item.question}.json?{asked}".rstrip("?"),
        "page": f"/{item.question}?{asked}".rstrip("?"),
    }


async def _ask(request: Request) -> Response:
    settings, words, name = load_settings(), words_of(request), request.path_params["question"]

    def show(asked: Asked) -> Response:
        answer = asked.answer()
        return _json(answer_document(asked.question, asked.view, asked.controls, answer))

    return await answered(request, lambda: ask(settings, name, words), show)


async def _chart(request: Request) -> Response:
    name, word = request.path_params["name"], request.path_params["kind"]
    if word in CITED:
        return await answered(
            request,
            lambda: _for_chart(load_settings(), name, words_of(request)),
            partial(_cited, word, name, origin(request.scope)),
        )
    if word not in list(RowFormat):
        kinds = ", ".join(f"{name}.{kind}" for kind in RowFormat)
        return _sentence(404, f"Rows are not written as {word!r}; there are {kinds}.")
    kind, settings, words = RowFormat(word), load_settings(), words_of(request)

    def show(asked: Asked) -> Response:
        return rows_response(kind, asked, name, origin(request.scope))

    return await answered(request, lambda: _for_chart(settings, name, words), show)


def _cited(kind: str, name: str, server: str, asked: Asked) -> Response:
    """How a chart is cited: as BibTeX, or together with its rows."""
    chart = asked.chart(name)
    address = f"{server}{chart_address(name, asked.view, asked.controls)}"
    body = bibtex(chart, address).encode() if kind == "bib" else zipped(chart, address)
    return Response(body, media_type=CITED[kind])


def _for_chart(settings: Settings, name: str, words: dict[str, list[str]]) -> Asked:
    return ask_for_chart(settings, name, words)


def rows_response(kind: RowFormat, asked: Asked, name: str, server: str) -> Response:
    """The rows of one chart, as a file; `server` is where its citation leads."""
    chart = asked.chart(name)
    if chart.rows.height > MOST_ROWS:
        raise TooManyRowsError(
            f"{name} has {chart.rows.height:,} rows, and a route gives {MOST_ROWS:,} at most. "
            f"`hypecurve ask {asked.question.name} --chart {name} --format {kind}` gives all."
        )
    body = rows_as(kind, chart, f"{server}{chart_address(name, asked.view, asked.controls)}")
    return Response(body, media_type=MEDIA_TYPES[kind])


async def _nothing_here(request: Request) -> Response:
    return _sentence(404, f"There is nothing at {request.url.path}. /api/ lists what there is.")


async def _complain(_request: Request, error: Exception) -> Response:
    if isinstance(error, TooManyRowsError):
        return _sentence(400, str(error))
    return _sentence(*sentence_for(error))


def _sentence(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status)


def _json(document: object) -> Response:
    body = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return Response(body, media_type="application/json")


_limiters: dict[int, CapacityLimiter] = {}


def _limiter() -> CapacityLimiter:
    """The limiter of the running event loop: one cannot serve two."""
    return _limiters.setdefault(id(asyncio.get_running_loop()), CapacityLimiter(_AT_ONCE))
