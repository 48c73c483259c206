"""Fetch a payload over HTTP: conditional, bounded in time and size, polite.

httpx2 sends custom headers such as X-API-Key along when a redirect leads to another host, and has no total
time-out; hence the redirect step and the deadline of our own.
"""

from __future__ import annotations

import logging
import random as randomness
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Final, Self

import httpx2

from ingest.errors import BadAnswer, FetchError, HeldBack, Refused, TimedOut, TooLarge, Unreachable
from ingest.fetch.deadline import Deadline
from ingest.fetch.decoding import ACCEPT_ENCODING, DecodingError, decoded
from ingest.fetch.politeness import Clock, Politeness, backoff_seconds, retry_after_seconds
from ingest.fetch.private import by_proxy, must_be_public, peer_must_be_public
from ingest.source import MEGABYTE

KEPT_ANSWER_HEADERS: Final = ("etag", "last-modified", "content-type", "date")
"""What of an answer's headers is kept with the payload."""

RECORDED_AS_OF: Final = "x-recorded-as-of"
"""Header by which a replayed recording says since when these bytes were served (ISO instant)."""

_HEADERS_FOR_ANY_HOST: Final = frozenset({"user-agent", "accept", "if-none-match", "if-modified-since"})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


for _name in ("httpx2", "httpcore2"):  # they would log every address, and keys stand in some
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and how fast to ask; all durations in seconds.

    total_seconds        for one attempt with all its redirects, without the waits that politeness asks for
    attempts             the first request and its retries together
    first_wait_seconds   upper end of the first back-off; doubles with each retry
    longest_wait_seconds longest back-off; a Retry-After beyond it is left to the next refresh
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 300.0
    attempts: int = 4
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 60.0
    seconds_between_requests: float = 1.0
    max_redirects: int = 8


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered.

    status           200, or 304 where nothing has changed since the previous payload (then `body` is empty)
    headers          etag, last-modified, content-type and date, as far as served, names in lower case
    final_url        where redirects led to
    seconds          from the first request to the last byte, waits included
    recorded_as_of   aware UTC; since when a replayed recording was served, None from the live network
    """

    url: str
    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str]
    final_url: str
    retries: int
    seconds: float
    recorded_as_of: datetime | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server still has what the previous payload holds."""
        return self.status == 304

    @property
    def content_type(self) -> str | None:
        """The content type as the server claims it."""
        return self.headers.get("content-type")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    url: httpx2.URL
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches payloads; share one over all sources and threads, since it spaces requests per host."""

    client: httpx2.Client
    limits: Limits
    clock: Clock
    politeness: Politeness
    random: Callable[[], float]
    allow_private: bool

    @classmethod
    def open(
        cls,
        user_agent: str,
        limits: Limits | None = None,
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Clock | None = None,
        random: Callable[[], float] = randomness.random,
        allow_private: bool = False,
        manners: Politeness | None = None,
    ) -> Self:
        """A fetcher with a client of its own; `transport` replaces the network, for example by recordings.

        `allow_private`: whether addresses of this machine and of private networks may be asked.
        `manners` are those of an earlier fetcher, which remember what each host asked for.
        """
        limits, clock = limits or Limits(), clock or Clock()
        client = httpx2.Client(
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING},
            # no cookies: what one source set must not change what another one gets
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx2.Timeout(limits.read_seconds, connect=limits.connect_seconds),
            # each request connects anew, so that the deadline knows its socket
            limits=httpx2.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            transport=transport,
        )
        politeness = manners or Politeness(limits.seconds_between_requests, clock)
        return cls(client, limits, clock, politeness, random, allow_private or transport is not None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.client.close()

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        previous: Mapping[str, str] | None = None,
        max_bytes: int = 64 * MEGABYTE,
    ) -> Fetched:
        """Get `url`, unless it still is what the payload with the headers `previous` holds (status 304).

        `headers` go to the host of `url` only. Raises FetchError: Refused, HeldBack, TooLarge, TimedOut,
        Unreachable or BadAnswer, after retries where they may help.
        """
        conditions = _conditions(previous or {})
        started = self.clock.monotonic()
        retries = 0
        while True:
            try:
                answer = self._attempt(url, {**(headers or {}), **conditions}, max_bytes)
                break
            except FetchError as error:
                error.retries = retries
                wait = self._wait_before_retry(error, retries)
                if wait is None:
                    raise
                self.politeness.hold(error.host, wait)
                retries += 1
        return Fetched(
            url=url,
            status=answer.status,
            body=answer.body,
            headers={name: answer.headers[name] for name in KEPT_ANSWER_HEADERS if name in answer.headers},
            final_url=str(answer.url),
            retries=retries,
            seconds=self.clock.monotonic() - started,
            recorded_as_of=_instant(answer.headers.get(RECORDED_AS_OF)),
        )

    def _wait_before_retry(self, error: FetchError, retries: int) -> float | None:
        if not error.passing or retries + 1 >= self.limits.attempts:
            return None
        longest = self.limits.longest_wait_seconds
        wait = backoff_seconds(retries, self.limits.first_wait_seconds, longest, self.random())
        asked = error.retry_after_seconds if isinstance(error, Refused) else None
        if asked is None:
            return wait
        if asked <= longest:
            return max(asked, wait)
        self.politeness.close(error.host, asked)
        return None

    def _attempt(self, asked: str, headers: Mapping[str, str], max_bytes: int) -> _Answer:
        """One request and its redirects."""
        url = _address(asked, asked)
        _check_headers(headers, asked, url.host)
        sent = httpx2.Headers(dict(headers))
        deadline = Deadline(self.limits.total_seconds)
        for _ in range(self.limits.max_redirects + 1):
            answer = self._ask(asked, url, sent, deadline, max_bytes)
            if answer.status not in _REDIRECTS:
                return self._accepted(asked, answer, sent)
            target = _address(answer.headers.get("location", ""), asked, url)
            if not _same_origin(url, target):
                sent = httpx2.Headers({k: v for k, v in sent.items() if k in _HEADERS_FOR_ANY_HOST})
            url = target
        what = f"more than {self.limits.max_redirects} redirects"
        raise BadAnswer(asked, url.host, what, "Open the address in a browser to see where it leads")

    def _ask(
        self, asked: str, url: httpx2.URL, headers: httpx2.Headers, deadline: Deadline, max_bytes: int
    ) -> _Answer:
        closed = self.politeness.closed_seconds(url.host)
        if closed > 0:
            raise HeldBack(asked, url.host, closed)
        self.politeness.wait(url.host)
        if not self.allow_private:
            port = url.port or (443 if url.scheme == "https" else 80)
            must_be_public(asked, url.host, port, url.scheme)
        checked = not self.allow_private and not by_proxy(url.scheme, url.host)
        with _errors_in_words(asked, url.host, deadline), deadline.running() as note:

            def trace(step: str, info: Mapping[str, Any]) -> None:
                note(step, info)
                if checked and step.endswith("connect_tcp.complete"):
                    peer_must_be_public(asked, url.host, info["return_value"])

            request = self.client.build_request("GET", url, headers=headers, extensions={"trace": trace})
            response = self.client.send(request, stream=True)
            try:
                wanted = response.status_code == 200
                body = _read(response, asked, deadline, max_bytes) if wanted else b""
            finally:
                response.close()
        return _Answer(response.status_code, response.headers, url, body)

    def _accepted(self, asked: str, answer: _Answer, sent: httpx2.Headers) -> _Answer:
        conditional = "if-none-match" in sent or "if-modified-since" in sent
        if answer.status == 200 or (answer.status == 304 and conditional):
            return answer
        wait = retry_after_seconds(answer.headers.get("retry-after"), self.clock.now())
        raise Refused(asked, answer.url.host, answer.status, wait)


def _conditions(previous: Mapping[str, str]) -> dict[str, str]:
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {ask: previous[said] for ask, said in pairs if previous.get(said)}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _address(text: str, asked: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """An absolute http(s) address; `base` is where a redirect to `text` came from."""
    try:
        url = httpx2.URL(text) if base is None else base.join(text)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _unusable(text, asked, base) from error
    if url.scheme not in ("http", "https") or not url.host or (base is not None and not text):
        raise _unusable(text, asked, base)
    return url


def _unusable(text: str, asked: str, base: httpx2.URL | None) -> FetchError:
    if base is None:
        what, advice = "this is not an http(s) address", "Correct the address of the source"
        return Unreachable(asked, "", what, advice)
    what = f"the server redirects to {text!r}, which is not an http(s) address"
    return BadAnswer(asked, base.host, what, "Open the address in a browser to see where it leads")


def _check_headers(headers: Mapping[str, str], asked: str, host: str) -> None:
    texts = [*headers.keys(), *headers.values()]
    if not all(text.isascii() and text.isprintable() and text == text.strip() for text in texts):
        # the value itself may be a key: it stays out of the message
        what = "a request header holds a line break, outer blanks or a character outside ASCII"
        raise Unreachable(asked, host, what, "Check the key of this source for stray characters")


def _same_origin(one: httpx2.URL, other: httpx2.URL) -> bool:
    """Same scheme, host and port; the step from http to https of one host counts as the same."""
    if one.host != other.host:
        return False
    upgrade = (one.scheme, other.scheme) == ("http", "https") and one.port is None and other.port is None
    return upgrade or (one.scheme, one.port) == (other.scheme, other.port)


def _read(response: httpx2.Response, asked: str, deadline: Deadline, max_bytes: int) -> bytes:
    too_large = TooLarge(asked, response.url.host, max_bytes)
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise too_large
    body = bytearray()
    for piece in decoded(response.iter_raw(), response.headers.get("content-encoding", "")):
        body += piece
        if len(body) > max_bytes or response.num_bytes_downloaded > max_bytes:
            raise too_large
        if deadline.passed:
            break
    if deadline.passed:  # the cut socket looks like the end of a body without a declared length
        raise _overdue(asked, response.url.host, deadline)
    return bytes(body)


def _overdue(asked: str, host: str, deadline: Deadline) -> TimedOut:
    what = f"not all of it had come after {deadline.seconds:g} seconds"
    return TimedOut(asked, host, what, "The next scheduled refresh tries again")


@contextmanager
def _errors_in_words(asked: str, host: str, deadline: Deadline) -> Iterator[None]:
    """Turn the library's exceptions into ours; after the deadline every one of them is its doing."""
    again = "The next scheduled refresh tries again"
    try:
        yield
    except httpx2.TransportError as error:
        if deadline.passed:
            raise _overdue(asked, host, deadline) from error
        match error:
            case httpx2.ConnectTimeout() | httpx2.PoolTimeout():
                raise TimedOut(asked, host, "no connection in time", again, passing=True) from error
            case httpx2.TimeoutException():
                what = "the server fell silent"
                raise TimedOut(asked, host, what, again, passing=True) from error
            case httpx2.ProtocolError():
                what = f"the answer is broken ({error})"
                raise BadAnswer(asked, host, what, again, passing=True) from error
            case _:
                what = f"no connection ({error})"
                advice = (
                    "Check the network, or a proxy set in the environment; " + again[0].lower() + again[1:]
                )
                raise Unreachable(asked, host, what, advice, passing=True) from error
    except DecodingError as error:
        if deadline.passed:
            raise _overdue(asked, host, deadline) from error
        raise BadAnswer(asked, host, str(error), again, passing=True) from error
