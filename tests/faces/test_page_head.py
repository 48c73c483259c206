"""The head of a page: what previews of links and search engines read of it."""

from __future__ import annotations

import gzip

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from faces.page_head import Head, PageHead

DOCUMENT = b"<!DOCTYPE html><html><head><title>Streamlit</title></head><body>app</body></html>"


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """One document for all paths, compressed and kept apart by a tag where the browser allows it."""
    asked = dict(scope["headers"])
    if b"if-none-match" in asked:
        response = Response(status_code=304)
    elif b"gzip" in asked.get(b"accept-encoding", b""):
        response = Response(
            gzip.compress(DOCUMENT), media_type="text/html", headers={"Content-Encoding": "gzip"}
        )
    else:
        response = Response(DOCUMENT, media_type="text/html", headers={"ETag": '"theirs"'})
    await response(scope, receive, send)


HEADS = {
    "": lambda _asked: Head("hypecurve", "AI climbs.", "/embed/card/overview.png", "AI climbs."),
    "price": lambda asked: Head(
        f"Falling price{' then' * ('as_of' in asked)}",
        'It fell "300" times & more.',
        "/embed/card/price.png",
        "It fell.",
        "?as_of=2024-12-01&maker=A" * ("as_of" in asked),
        ("/static/js/PlotlyChart.A1.js", "/static/js/part.B2.js"),
    ),
}
SERVER = TestClient(PageHead(behind, HEADS), base_url="https://curve.example")


def test_a_page_says_its_own_title_description_and_card() -> None:
    """Each in the words of its question, escaped, the card with the host that was asked."""
    page = SERVER.get("/price?as_of=2024-12-01").text
    assert "<title>Falling price then · hypecurve</title>" in page
    assert '<meta name="description" content="It fell &quot;300&quot; times &amp; more.">' in page
    assert '<meta property="og:image" content="https://curve.example/embed/card/price.png">' in page
    assert '<meta property="og:image:alt" content="It fell.">' in page
    kept_by = "https://curve.example/price?as_of=2024-12-01&amp;maker=A"
    assert f'<meta property="og:url" content="{kept_by}">' in page
    assert '<meta property="og:url" content="https://curve.example/price">' in SERVER.get("/price").text
    assert "<title>hypecurve</title>" in SERVER.get("/").text


def test_a_page_tells_of_the_scripts_that_it_will_need() -> None:
    """At the end of the head, in order, so that a browser fetches and compiles them meanwhile."""
    head = SERVER.get("/price").text.partition("</head>")[0]
    assert head.endswith(
        '<link rel="modulepreload" crossorigin href="/static/js/PlotlyChart.A1.js">'
        "\n    "
        '<link rel="modulepreload" crossorigin href="/static/js/part.B2.js">'
    )
    assert "modulepreload" not in SERVER.get("/").text


def test_a_page_is_never_answered_from_what_a_browser_kept() -> None:
    """The document differs by page and day, so neither a tag nor a packed copy from behind is passed on."""
    answer = SERVER.get("/price", headers={"If-None-Match": '"theirs"', "Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Falling price" in answer.text
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/static/index.html", "/price/_stcore/health", "/api/"])
def test_what_is_no_page_passes_unchanged(path: str) -> None:
    """Files and routes keep their own bytes and headers."""
    answer = SERVER.get(path, headers={"Accept-Encoding": "identity"})
    assert answer.content == DOCUMENT
    assert answer.headers["etag"] == '"theirs"'
