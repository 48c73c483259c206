"""Who may change something, case by case; everybody else reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import faces.login
from config import Settings, load_settings
from faces.login import login
from faces.operator import COOKIE, Asker, operator, pass_for

TOKEN = "a token that is long enough"
HERE = Settings(Path("/nowhere"), bound_to="127.0.0.1")
EVERYWHERE = Settings(Path("/nowhere"), bound_to="0.0.0.0")
WITH_TOKEN = Settings(Path("/nowhere"), bound_to="0.0.0.0", operator_token=TOKEN)
TOKEN_HERE = Settings(Path("/nowhere"), bound_to="127.0.0.1", operator_token=TOKEN)
BEHIND = Settings(Path("/nowhere"), bound_to="127.0.0.1", operator_header="X-User", operator_names="ann, ben")
ANYONE_BEHIND = Settings(Path("/nowhere"), operator_header="X-User", operator_proxy="10.0.0.0/24")

LOCAL = {"Host": "localhost:8501"}
AWAY = {"Host": "curve.example.org"}


def asker(headers: dict[str, str], peer: str | None = "127.0.0.1") -> Asker:
    """Somebody who sends these headers."""
    return Asker.from_headers(headers.items(), peer)


@pytest.mark.parametrize(
    "host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "127.8.8.8", "[::1]:8501", "[::1]"]
)
def test_who_sits_at_the_machine_is_the_operator(host: str) -> None:
    """By any name of loopback, in the address bar or from a program."""
    assert operator(asker({"Host": host}), HERE)
    assert operator(asker({"Host": host, "Origin": f"http://{host.lower()}", "User-Agent": "any"}), HERE)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": ""},
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "127.0.0.1.nip.io:8501"},
        {"Host": "anna@localhost:8501"},
        {"Host": "localhost:no-port"},
        {"Host": "[::1"},
        {"Host": "192.168.1.4:8501"},
        LOCAL | {"X-Forwarded-For": "127.0.0.1"},
        LOCAL | {"x-forwarded-proto": "https"},
        LOCAL | {"X-Forwarded-Anything": ""},
        LOCAL | {"Forwarded": "for=127.0.0.1"},
        LOCAL | {"Via": "1.1 cache"},
        LOCAL | {"X-Real-IP": "127.0.0.1"},
        LOCAL | {"CF-Connecting-IP": "127.0.0.1"},
        LOCAL | {"Origin": "https://evil.example"},
        LOCAL | {"Origin": "http://localhost:3000"},
        LOCAL | {"Origin": "null"},
        LOCAL | {"Sec-Fetch-Site": "cross-site"},
        LOCAL | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_does_not_come_straight_from_the_machine_itself_is_a_reader(headers: dict[str, str]) -> None:
    """A proxy, a name that only resolves to loopback, and another site's page do not make an operator."""
    assert not operator(asker(headers), HERE)


def test_a_header_that_comes_twice_says_nothing() -> None:
    """Two hosts are no host."""
    twice = Asker.from_headers([("Host", "localhost"), ("Host", "evil.example")], "127.0.0.1")
    assert not operator(twice, HERE)


@pytest.mark.parametrize("bound_to", ["0.0.0.0", "::", "192.168.1.4", "curve.example.org", ""])
def test_loopback_does_not_count_while_others_can_connect(bound_to: str) -> None:
    """Nor where nobody said to whom the server listens: a proxy without headers looks like this machine."""
    assert not operator(asker(LOCAL), Settings(Path("/nowhere"), bound_to=bound_to))


def test_a_peer_elsewhere_is_a_reader() -> None:
    """Whatever it says of itself."""
    assert not operator(asker(LOCAL, peer="192.168.1.9"), HERE)
    assert operator(asker(LOCAL, peer="::1"), HERE)


@pytest.mark.parametrize("settings", [TOKEN_HERE, BEHIND])
def test_where_an_operator_is_configured_the_machine_alone_does_not_count(settings: Settings) -> None:
    """Whoever set a token or a header said who the operators are."""
    assert not operator(asker(LOCAL), settings)


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, True),
        ({"Authorization": f"bearer  {TOKEN} "}, True),
        ({"Authorization": f"Basic {TOKEN}"}, False),
        ({"Authorization": TOKEN}, False),
        ({"Authorization": "Bearer "}, False),
        ({"Authorization": "Bearer ü"}, False),
        ({"Cookie": f"other=1; {COOKIE}={pass_for(TOKEN)}"}, True),
        ({"Cookie": f"{COOKIE}={pass_for('another token of that length')}"}, False),
        ({"Cookie": f"{COOKIE}={TOKEN}"}, False),
        ({"Cookie": "[]=;;"}, False),
        ({}, False),
    ],
)
def test_a_token_counts_from_anywhere(headers: dict[str, str], may: bool) -> None:
    """In the header of a program or as the pass in a cookie; the cookie never holds the token."""
    assert operator(asker(AWAY | headers, "203.0.113.9"), WITH_TOKEN) is may


def test_a_cookie_does_not_serve_other_sites() -> None:
    """A page elsewhere that opens a connection to us sends the cookie along and is a reader all the same."""
    signed_in = AWAY | {"Cookie": f"{COOKIE}={pass_for(TOKEN)}"}
    assert operator(asker(signed_in | {"Origin": "https://curve.example.org"}), WITH_TOKEN)
    assert operator(asker(signed_in | {"Origin": "https://curve.example.org:8443"}), WITH_TOKEN)
    assert not operator(asker(signed_in | {"Origin": "https://evil.example"}), WITH_TOKEN)


@pytest.mark.parametrize(
    ("settings", "user", "peer", "may"),
    [
        (BEHIND, "ann", "127.0.0.1", True),
        (BEHIND, "ben", None, True),
        (BEHIND, "eve", "127.0.0.1", False),
        (BEHIND, "", "127.0.0.1", False),
        (BEHIND, "ann", "10.0.0.7", False),
        (ANYONE_BEHIND, "eve", "10.0.0.7", True),
        (ANYONE_BEHIND, "eve", "10.0.1.7", False),
        (ANYONE_BEHIND, "eve", "127.0.0.1", False),
        (EVERYWHERE, "ann", "127.0.0.1", False),
    ],
)
def test_a_proxy_vouches_for_those_who_signed_in(
    settings: Settings, user: str, peer: str | None, may: bool
) -> None:
    """Its header counts from the proxy itself and for the named people; from anybody else it is a claim."""
    said = AWAY | {"X-User": user, "X-Forwarded-For": "203.0.113.9"}
    assert operator(asker(said, peer), settings) is may


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    """The login beside a route that tells who asks."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    monkeypatch.setenv("HYPECURVE_OPERATOR_TOKEN", TOKEN)
    monkeypatch.setattr(faces.login, "SECONDS_AFTER_A_WRONG_TOKEN", 0.0)

    async def who(request: Request) -> PlainTextResponse:
        may = operator(Asker.of(request), load_settings())
        return PlainTextResponse("operator" if may else "reader")

    with TestClient(Starlette(routes=[login(), Route("/who", who)])) as client:
        yield client


def test_the_token_given_once_is_kept_until_signing_out(server: TestClient) -> None:
    """Signing in leads to the Data page and makes an operator, signing out a reader again."""
    assert server.get("/who").text == "reader"
    assert 'name="token"' in server.get("/operator").text
    answer = server.post("/operator", data={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/data")
    kept = answer.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert TOKEN not in kept
    assert server.get("/who").text == "operator"
    server.post("/operator", data={"leave": "1"})
    assert server.get("/who").text == "reader"


def test_a_wrong_token_is_told_and_makes_nobody(server: TestClient) -> None:
    """403 with a sentence, however long or odd it is."""
    for wrong in ("", "wrong", "x" * 10_000, "ü"):
        answer = server.post("/operator", data={"token": wrong})
        assert answer.status_code == 403
        assert "not the token" in answer.text
        assert COOKIE not in server.cookies


def test_without_a_token_the_login_says_how_there_would_be_one(
    server: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody signs in with an empty token."""
    monkeypatch.delenv("HYPECURVE_OPERATOR_TOKEN")
    assert "HYPECURVE_OPERATOR_TOKEN" in server.get("/operator").text
    assert server.post("/operator", data={"token": ""}).status_code == 403
