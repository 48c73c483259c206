"""Who may change something: run, pause, add a source, decide on a name. Everybody else reads."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address, ip_network
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

from starlette.requests import HTTPConnection

from config import Settings

COOKIE: Final = "hypecurve_operator"
_FORWARDING: Final = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
_FORWARDING_PREFIX: Final = "x-forwarded-"
_LOCAL_NAME: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Asker:
    """What is known of who asks.

    headers   all headers of the request, or of the handshake that a page speaks through; names in lower case
    peer      address of the other end of the connection; None where it is a socket of this machine
    """

    headers: Mapping[str, tuple[str, ...]]
    peer: str | None

    @classmethod
    def from_headers(cls, headers: Iterable[tuple[str, str]], peer: str | None) -> Self:
        """An asker from headers as they came; a name may come several times."""
        found: dict[str, tuple[str, ...]] = {}
        for name, value in headers:
            found[name.lower()] = (*found.get(name.lower(), ()), value)
        return cls(found, peer)

    @classmethod
    def of(cls, request: HTTPConnection) -> Self:
        """The asker of a request to one of our routes."""
        return cls.from_headers(request.headers.items(), request.client.host if request.client else None)

    def only(self, name: str) -> str | None:
        """The value of a header that came once; None where it is missing or came twice."""
        values = self.headers.get(name.lower(), ())
        return values[0] if len(values) == 1 else None


def operator(asker: Asker, settings: Settings) -> bool:
    """Whether who asks may change something.

    Where a token or the header of a reverse proxy is set, only these count. Where neither is, whoever sits at
    this machine is the operator, as long as the server listens to nobody else. What another site's page sends
    from the operator's browser never counts.
    """
    if not _from_our_own_pages(asker):
        return False
    if settings.operator_token or settings.operator_header:
        return _has_token(asker, settings) or _vouched_for(asker, settings)
    return _at_this_machine(asker, settings)


def pass_for(token: str) -> str:
    """What the cookie of a signed-in operator holds: proof of the token that does not tell it."""
    return hmac.new(token.encode(), b"operator of hypecurve", hashlib.sha256).hexdigest()


def same(given: str, right: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how far they agree."""
    return hmac.compare_digest(given.encode(), right.encode())


def _has_token(asker: Asker, settings: Settings) -> bool:
    if not settings.operator_token:
        return False
    scheme, _, token = (asker.only("authorization") or "").partition(" ")
    if scheme.lower() == "bearer" and same(token.strip(), settings.operator_token):
        return True
    shown = _cookie(asker)
    return shown is not None and same(shown, pass_for(settings.operator_token))


def _cookie(asker: Asker) -> str | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load("; ".join(asker.headers.get("cookie", ())))
    except CookieError:
        return None
    return cookies[COOKIE].value if COOKIE in cookies else None


def _vouched_for(asker: Asker, settings: Settings) -> bool:
    """Whether the reverse proxy, and nobody else, names an operator in its header."""
    name = (asker.only(settings.operator_header) or "").strip() if settings.operator_header else ""
    names = _listed(settings.operator_names)
    proxies = _listed(settings.operator_proxy)
    from_proxy = any(_within(asker.peer, proxy) for proxy in proxies) if proxies else _is_local(asker.peer)
    return bool(name) and from_proxy and (not names or name in names)


def _at_this_machine(asker: Asker, settings: Settings) -> bool:
    forwarded = any(name in _FORWARDING or name.startswith(_FORWARDING_PREFIX) for name in asker.headers)
    host = _split(f"//{asker.only('host') or ''}")
    return (
        not forwarded
        and _is_local(settings.bound_to or "0.0.0.0")
        and _is_local(asker.peer)
        and host is not None
        and bool(host.hostname)
        and _is_local(host.hostname)
    )


def _from_our_own_pages(asker: Asker) -> bool:
    """False for what a browser sends on behalf of another site; programs say nothing of either."""
    if asker.headers.get("sec-fetch-site", ("same-origin",))[0] not in ("same-origin", "none"):
        return False
    if "origin" not in asker.headers:
        return True
    origin = _split(asker.only("origin") or "")
    host = _split(f"//{asker.only('host') or ''}")
    if origin is None or host is None or not origin.hostname or origin.hostname != host.hostname:
        return False
    # behind a proxy the port in Host may be its own; at this machine another port is another program
    return not _is_local(host.hostname) or origin.netloc.lower() == host.netloc.lower()


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return None if parts.username is not None or parts.password is not None else parts


def _is_local(host: str | None) -> bool:
    if host is None or host.lower() == _LOCAL_NAME:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _within(peer: str | None, proxy: str) -> bool:
    try:
        return peer is not None and ip_address(peer) in ip_network(proxy, strict=False)
    except ValueError:
        return False


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
