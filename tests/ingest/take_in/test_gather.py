"""Fetching one source: what follows a payload, and what goes along with the request."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from ingest.errors import ParseError
from ingest.fetch.client import Fetcher, Limits
from ingest.records import Records
from ingest.source import Payload, Source
from ingest.take_in import gather as gathering
from ingest.take_in.gather import gather
from store.archive import Archive

NOW = datetime(2026, 11, 1, tzinfo=UTC)

SOURCE = Source(
    id="pages",
    title="Pages",
    homepage="https://example.org",
    licence="CC0",
    attribution="Example",
    urls=("https://example.org/1",),
    cadence="1d",
    kinds=(),
    parse=lambda _: Records(),
    key_env="EXAMPLE_KEY",
    headers={"X-API-Key": "{key}"},
)


def fetcher(answer: Callable[[httpx2.Request], httpx2.Response]) -> Fetcher:
    return Fetcher.open(
        "hypecurve", Limits(seconds_between_requests=0), transport=httpx2.MockTransport(answer)
    )


def served(body: str) -> httpx2.Response:
    return httpx2.Response(200, stream=httpx2.ByteStream(body.encode()))


def next_page(payload: Payload) -> Sequence[str]:
    try:
        return (json.loads(payload.body)["next"],)
    except ValueError as error:
        raise ParseError("no JSON") from error


def test_the_key_goes_to_the_hosts_of_the_source_only(tmp_path: Path) -> None:
    """A page that names a next one on another host does not get the key sent there."""
    seen: dict[str, str | None] = {}

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen[request.url.host] = request.headers.get("x-api-key")
        return served(json.dumps({"next": "https://elsewhere.example/2"}))

    with fetcher(answer) as asking:
        source = replace(SOURCE, follow=next_page)
        gather(source, asking, Archive(tmp_path), NOW, environment={"EXAMPLE_KEY": "secret"})
    assert seen == {"example.org": "secret", "elsewhere.example": None}


def test_pages_without_end_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list whose pages always name a further one does not keep a refresh for ever."""
    monkeypatch.setattr(gathering, "MOST_FURTHER_ADDRESSES", 5)

    def answer(request: httpx2.Request) -> httpx2.Response:
        page = int(request.url.path.strip("/")) + 1
        return served(json.dumps({"next": f"https://example.org/{page}"}))

    with fetcher(answer) as asking:
        source = replace(SOURCE, follow=next_page, key_env=None, headers={})
        assert gather(source, asking, Archive(tmp_path), NOW).asked == 6


def test_a_payload_that_cannot_be_read_names_no_further_address(tmp_path: Path) -> None:
    """An error page with status 200 is kept and told of by loading; fetching goes on."""
    with fetcher(lambda _: served("<html>")) as asking:
        source = replace(SOURCE, follow=next_page, key_env=None, headers={})
        report = gather(source, asking, Archive(tmp_path), NOW)
    assert (report.new, report.errors) == (1, ())


@pytest.mark.parametrize("status", [200, 304])
def test_an_unchanged_answer_is_a_sighting(tmp_path: Path, status: int) -> None:
    """Equal bytes and a 304 leave no new payload, but the archive knows that the old one still stood."""
    archive, later = Archive(tmp_path), NOW + timedelta(days=7)
    source = replace(SOURCE, key_env=None, headers={})

    def answer(request: httpx2.Request) -> httpx2.Response:
        if "if-none-match" in request.headers and status == 304:
            return httpx2.Response(304)
        return httpx2.Response(200, stream=httpx2.ByteStream(b"same"), headers={"etag": '"1"'})

    with fetcher(answer) as asking:
        gather(source, asking, archive, NOW)
        assert gather(source, asking, archive, later).new == 0
    (entry,) = archive.entries(source.id)
    assert (archive.seen(entry).first_at, archive.seen(entry).last_at) == (NOW, later)
