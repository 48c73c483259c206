"""The route /operator: the token is given once and a cookie keeps it, so that pages know their operator."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import parse_qs

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from config import load_settings
from faces.html import document, markdown
from faces.operator import COOKIE, Asker, operator, pass_for, same

PATH: Final = "/operator"
SECONDS_AFTER_A_WRONG_TOKEN: Final = 1.0
_KEPT_SECONDS: Final = 30 * 86_400
_MOST_BYTES: Final = 4_096
_AFTERWARDS: Final = "/data"
_NO_TOKEN: Final = (
    "This server has no operator's token. Set `HYPECURVE_OPERATOR_TOKEN` and start it again; without one, "
    "whoever sits at the machine itself is the operator, as long as the server listens to nobody else."
)
_FORM: Final = (
    f'<form method="post" action="{PATH}"><p><label>Token <input type="password" name="token" required '
    'autocomplete="current-password"></label> <button>Sign in</button></p></form>'
)
_LEAVE: Final = (
    f'<form method="post" action="{PATH}"><p><input type="hidden" name="leave" value="1">'
    "<button>Sign out</button></p></form>"
)


def login() -> Route:
    """The route, for reading the form and for sending it."""
    return Route(PATH, _answer, methods=["GET", "POST"])


async def _answer(request: Request) -> Response:
    settings = load_settings()
    if request.method != "POST":
        return _page(settings.operator_token != "", operator(Asker.of(request), settings))
    sent = await _sent(request)
    if "leave" in sent:
        answer = RedirectResponse(PATH, 303)
        answer.delete_cookie(COOKIE)
        return answer
    if not settings.operator_token or not same(sent.get("token", ""), settings.operator_token):
        await anyio.sleep(SECONDS_AFTER_A_WRONG_TOKEN)
        return _page(settings.operator_token != "", False, "That is not the token.", 403)
    answer = RedirectResponse(_AFTERWARDS, 303)
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    answer.set_cookie(
        COOKIE,
        pass_for(settings.operator_token),
        max_age=_KEPT_SECONDS,
        secure=secure,
        httponly=True,
        samesite="strict",
    )
    return answer


async def _sent(request: Request) -> dict[str, str]:
    """The fields of the form; what is longer than any token is cut off."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            break
    fields = parse_qs(body[:_MOST_BYTES].decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}


def _page(token: bool, signed_in: bool, problem: str = "", status: int = 200) -> HTMLResponse:
    if signed_in:
        inside = "<p>You are the operator of this hypecurve.</p>" + (_LEAVE if token else "")
    else:
        inside = _FORM if token else markdown(_NO_TOKEN)
    said = f"<p>{escape(problem)}</p>" if problem else ""
    body = f'<main><h1>Operator</h1>{said}{inside}<p><a href="{_AFTERWARDS}">Data</a></p></main>'
    headers = {"Cache-Control": "no-store", "X-Frame-Options": "DENY"}
    return HTMLResponse(document("Operator", body, root="/embed/"), status, headers)
