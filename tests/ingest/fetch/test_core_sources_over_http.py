"""Every core source, over real sockets, from a server that behaves as the real ones do.

Each address first answers 429 with Retry-After, then redirects to another host, which serves the fixture with
an ETag and answers 304 to whoever has it. Where a source builds its addresses from the day, or reads them off
a page, its largest fixture stands in for those it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from ingest.fetch.client import Fetcher, Limits
from ingest.registry import load_sources
from ingest.source import Payload, Source
from ingest.take_in.gather import gather
from ingest.take_in.load import load_source
from store.archive import Archive
from store.warehouse import OBSERVATIONS, Warehouse
from tests.ingest.test_sources import fixture_payloads
from tests.loopback import Loopback, Reply, Seen
from tests.team.fixtures import empty

QUICK = Limits(attempts=3, first_wait_seconds=0.01, seconds_between_requests=0)
ELSEWHERE = "https://moved.example/"
CORE = [
    source
    for source in load_sources().sources.values()
    if source.core and any(payload.url.startswith("http") for payload in fixture_payloads(source.id))
]


class ToLoopback(httpx2.BaseTransport):
    """Sends each request to the loopback server, under a path that stands for its whole address."""

    def __init__(self, server: Loopback) -> None:
        self._server = server
        self._inner = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer from the server; what the answer says of its address stays the address asked for."""
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        url = self._server.url(path_of(str(request.url)))
        return self._inner.handle_request(
            httpx2.Request(request.method, url, headers=headers, extensions=request.extensions)
        )


def path_of(url: str) -> str:
    """The path under which the server keeps an address."""
    return f"/{sha256(url.encode()).hexdigest()[:24]}"


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A real server on this machine."""
    with Loopback() as loopback:
        yield loopback


def serve(server: Loopback, url: str, payload: Payload) -> None:
    """Keep `payload` behind a busy moment and a redirect to another host."""
    moved = ELSEWHERE + path_of(url)
    etag = f'"{payload.sha256}"'

    def answer(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match") == etag:
            return Reply(304, headers={"ETag": etag})
        return Reply(headers={"ETag": etag}, pieces=(payload.body,))

    server.on(path_of(url), Reply(429, headers={"Retry-After": "0"}), Reply(302, headers={"Location": moved}))
    server.on(path_of(moved), answer)


@pytest.fixture(scope="module")
def in_memory() -> Warehouse:
    """One that each test empties and uses again: to make one takes a quarter of a test."""
    return Warehouse.in_memory()


@pytest.fixture
def warehouse(in_memory: Warehouse) -> Warehouse:
    """An empty warehouse."""
    empty(in_memory)
    return in_memory


@pytest.mark.parametrize("source", CORE, ids=lambda source: source.id)
def test_it_is_taken_in_and_then_left_alone(
    source: Source, server: Loopback, warehouse: Warehouse, tmp_path: Path
) -> None:
    """Busy, moved and served: there are rows. Asked again, nothing has changed, so no row is added."""
    fixtures = {payload.url: payload for payload in fixture_payloads(source.id)}
    largest = max(fixtures.values(), key=lambda payload: len(payload.body))
    at = max(payload.as_of for payload in fixtures.values())
    archive = Archive(tmp_path)
    environment = {source.key_env: "a key"} if source.key_env else {}
    with Fetcher.open("test", QUICK, transport=Prepared(server, fixtures, largest)) as fetcher:
        taken = gather(source, fetcher, archive, at.astimezone(UTC), environment)
        assert taken.new > 0, taken
        assert taken.retries > 0
        load_source(source, archive, warehouse, {})
        assert sum(rows(warehouse, table) for table in OBSERVATIONS) > 0
        again = gather(source, fetcher, archive, at.astimezone(UTC) + timedelta(minutes=1), environment)
    assert again.errors == ()
    if not callable(source.urls):  # else the second time asks for other days
        assert again.new == 0
        assert load_source(source, archive, warehouse, {}).added == 0


class Prepared(ToLoopback):
    """As `ToLoopback`; an address that is asked for the first time is prepared with its fixture before."""

    def __init__(self, server: Loopback, fixtures: dict[str, Payload], stand_in: Payload) -> None:
        super().__init__(server)
        self._known: set[str] = set()
        self._fixtures, self._stand_in = fixtures, stand_in

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Prepare the address if it is new, then ask for it."""
        url = str(request.url)
        if url not in self._known and not url.startswith(ELSEWHERE):
            self._known.add(url)
            serve(self._server, url, self._fixtures.get(url, self._stand_in))
        return super().handle_request(request)


def rows(warehouse: Warehouse, table: str) -> int:
    """How many rows a table holds."""
    return int(warehouse.frame(f'SELECT count(*) AS n FROM "{table}"')["n"][0])
