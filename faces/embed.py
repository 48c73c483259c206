"""The routes under /embed: one chart with its sources and its link, light or dark, for other pages."""

from __future__ import annotations

from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from charts.parts.figure import Chart, in_words
from charts.parts.theme import Mode
from config import load_settings
from faces.addresses import chart_address, rows_address
from faces.api import EXPECTED, OPEN_TO_ALL, answered, sentence_for, words_of
from faces.asking import Asked, ask, ask_for_chart
from faces.card import card
from faces.film_picture import NoFilmError, film_kept
from faces.html import DRAW, PAGES, PLOTLY, STYLE, asset, chart_body, document, packed_asset, sentence_page
from faces.picture import KINDS, NoPictureError, picture
from questions.answer import charts_of
from questions.controls import ControlError

THEME: Final = "theme"
FILM: Final = "gif"
_TYPES: Final = {
    PLOTLY: "text/javascript",
    DRAW: "text/javascript",
    PAGES: "text/javascript",
    STYLE: "text/css",
}
_A_DAY: Final = "public, max-age=86400"


def embed() -> Starlette:
    """The application that is mounted at /embed."""
    routes = [
        *(Route(f"/{name}", _asset, name=name) for name in _TYPES),
        Route("/card/{question}.png", _card),
        Route("/{name}.{kind:str}", _picture),
        Route("/{name}", _chart),
        Route("/{rest:path}", _nothing_here),
    ]
    handlers = dict.fromkeys((*EXPECTED, NoPictureError, NoFilmError), _complain)
    return Starlette(routes=routes, middleware=[OPEN_TO_ALL], exception_handlers=handlers)


async def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    headers = {"Cache-Control": _A_DAY, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed_asset(name), media_type=_TYPES[name], headers=headers)
    return Response(asset(name), media_type=_TYPES[name], headers=headers)


async def _chart(request: Request) -> Response:
    name, settings, words = request.path_params["name"], load_settings(), words_of(request)
    mode = _mode(words.pop(THEME, ["light"]))

    def show(asked: Asked) -> Response:
        return HTMLResponse(_page(asked, name, mode))

    return await answered(request, lambda: ask_for_chart(settings, name, words), show)


async def _picture(request: Request) -> Response:
    """A chart as PNG or SVG, where this machine has a browser; one that plays as GIF anywhere."""
    name, kind = request.path_params["name"], request.path_params["kind"]
    if kind not in (*KINDS, FILM):
        return await _nothing_here(request)
    settings, words = load_settings(), words_of(request)
    mode = _mode(words.pop(THEME, ["light"]))

    def show(asked: Asked) -> Response:
        link = f"{request.base_url}".rstrip("/").removesuffix("/embed")
        address = f"{link}{chart_address(name, asked.view, asked.controls)}"
        if kind == FILM:
            played = film_kept(asked.chart(name), address, mode, asked.etag() or "")
            return Response(played, media_type="image/gif")
        return Response(picture(asked.chart(name), kind, address, mode), media_type=KINDS[kind])

    return await answered(request, lambda: ask_for_chart(settings, name, words), show)


async def _card(request: Request) -> Response:
    """What a link to a page is previewed by."""
    settings, name, words = load_settings(), request.path_params["question"], words_of(request)

    def show(asked: Asked) -> Response:
        answer = asked.answer()
        lead = next(charts_of(answer), None)
        footer = f"hypecurve, {lead.footing.when if lead else f'as of {in_words(asked.view.as_of)}'}"
        return Response(card(asked.question.title, answer.first_line, footer, lead), media_type="image/png")

    return await answered(request, lambda: ask(settings, name, words), show)


def _page(asked: Asked, name: str, mode: Mode) -> str:
    chart = asked.chart(name)
    address = chart_address(name, asked.view, asked.controls)

    def addresses(drawn: Chart) -> dict[str, str]:
        return {
            "hypecurve": address,
            "rows as CSV": rows_address(drawn.name, "csv", asked.view, asked.controls),
        }

    body = f"<main>{chart_body(chart, address, addresses, mode)}</main>"
    return document(chart.title, body, mode, root="/embed/")


def _mode(said: list[str]) -> Mode:
    known = {mode.value: mode for mode in Mode}
    if len(said) != 1 or said[0] not in known:
        raise ControlError(f"{THEME} = {', '.join(said)!r} cannot be used; it takes {' or '.join(known)}.")
    return known[said[0]]


async def _nothing_here(request: Request) -> Response:
    sentence = f"There is no chart at {request.url.path}. [/api/](/api/) lists all charts."
    return HTMLResponse(sentence_page("Not found", sentence), 404)


async def _complain(_request: Request, error: Exception) -> Response:
    statuses: dict[type[Exception], int] = {NoPictureError: 501, NoFilmError: 404}
    own = statuses.get(type(error))
    status, sentence = (own, str(error)) if own else sentence_for(error)
    return HTMLResponse(sentence_page("This chart cannot be shown", sentence), status)
