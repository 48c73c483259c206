"""Payloads of the small fixtures, parsed and checked as a refresh does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.records import Records, check
from ingest.registry import load_sources
from ingest.source import Payload
from tests.places import FIXTURES

AS_OF = datetime(2026, 10, 1, tzinfo=UTC)
SOURCES = load_sources().sources

MakePayload = Callable[..., Payload]
TakeIn = Callable[..., Records]


@pytest.fixture
def make_payload() -> MakePayload:
    """A payload of a body (bytes, text, or the name of a fixture file as Path) at an address."""

    def make(source_id: str, body: bytes | str | Path, url: str | None = None) -> Payload:
        source = SOURCES[source_id]
        address = url or (source.urls[0] if isinstance(source.urls, tuple) else "https://example.org/")
        if isinstance(body, Path):
            body = (FIXTURES / source_id / body).read_bytes()
        served = body.encode() if isinstance(body, str) else body
        return Payload(source_id, address, AS_OF, sha256(served).hexdigest(), served)

    return make


@pytest.fixture
def take_in(make_payload: MakePayload) -> TakeIn:
    """Records of one payload of a source, after the check."""

    def take(source_id: str, body: bytes | str | Path, url: str | None = None) -> Records:
        return check(SOURCES[source_id].parse((make_payload(source_id, body, url),)))

    return take
