"""History: dated versions of a source are archived under its own address, once, and the rest resumed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.errors import ParseError
from ingest.fetch.client import Fetcher, Limits
from ingest.records import Kind, Records
from ingest.source import Payload, Read, Source, Version
from ingest.take_in.versions import GITHUB_INTERFACE, gather_history
from store.archive import Archive
from tests.loopback import Loopback, Reply

NOW = datetime(2024, 6, 1, tzinfo=UTC)
QUICK = Limits(attempts=1, seconds_between_requests=0)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A real server on this machine."""
    with Loopback() as loopback:
        yield loopback


def source(server: Loopback) -> Source:
    """A source whose index names three dated versions."""

    def history(read: Read, since: date, until: date) -> Iterator[Version]:
        for day in json.loads(read(server.url("/index"))):
            on = datetime.fromisoformat(day).replace(tzinfo=UTC)
            if since <= on.date() <= until:
                yield Version(server.url("/now"), server.url(f"/at/{day}"), on)

    return Source(
        id="kept",
        title="Kept",
        homepage="https://example.org",
        licence="CC0",
        attribution="Example",
        urls=(server.url("/now"),),
        cadence="1d",
        kinds=(Kind.USAGE,),
        parse=lambda _payloads: Records(),
        history=history,
    )


def test_versions_are_archived_under_the_sources_own_address_and_day(
    server: Loopback, tmp_path: Path
) -> None:
    """A version stands in for what the address served on its day."""
    server.on("/index", Reply(pieces=(b'["2024-01-01", "2024-02-01", "2024-03-01"]',)))
    for day in ("2024-02-01", "2024-03-01"):
        server.on(f"/at/{day}", Reply(pieces=(day.encode(),)))
    archive = Archive(tmp_path)
    with Fetcher.open("test", QUICK, allow_private=True) as fetcher:
        gathered = gather_history(source(server), fetcher, archive, date(2024, 1, 15), NOW)
    assert (gathered.new, gathered.errors) == (2, ())
    assert {entry.url for entry in archive.entries("kept")} == {server.url("/now")}
    assert [entry.as_of.month for entry in archive.entries("kept")] == [2, 3]


def test_an_interrupted_back_fill_keeps_what_it_has_and_goes_on(server: Loopback, tmp_path: Path) -> None:
    """A refusal in the middle costs nothing that came before it, and the next call asks only for the rest."""
    server.on("/index", Reply(pieces=(b'["2024-01-01", "2024-02-01"]',)))
    server.on("/at/2024-01-01", Reply(pieces=(b"first",)))
    server.on("/at/2024-02-01", Reply(status=403), Reply(pieces=(b"second",)))
    archive = Archive(tmp_path)
    with Fetcher.open("test", QUICK, allow_private=True) as fetcher:
        first = gather_history(source(server), fetcher, archive, date(2024, 1, 1), NOW)
        second = gather_history(source(server), fetcher, archive, date(2024, 1, 1), NOW)
    assert (first.new, first.asked, len(first.errors), first.failed) == (1, 3, 1, False)
    assert (second.new, second.asked, second.errors, second.failed) == (1, 2, (), False)
    assert [request.path for request in server.seen].count("/at/2024-01-01") == 1


@pytest.mark.parametrize(("has_index", "failed"), [(True, False), (False, True)])
def test_a_back_fill_has_failed_where_not_one_address_answered(
    server: Loopback, tmp_path: Path, has_index: bool, failed: bool
) -> None:
    """The list of versions is one of them; a source that needs none asks for its first version at once."""
    version = Version(server.url("/now"), server.url("/at/2024-01-01"), NOW)
    server.on("/index", Reply(pieces=(b'["2024-01-01"]',)))
    server.on("/at/2024-01-01", Reply(status=403))
    kept = source(server)
    if not has_index:
        kept = replace(kept, history=lambda _read, _since, _until: iter([version]))
    with Fetcher.open("test", QUICK, allow_private=True) as fetcher:
        gathered = gather_history(kept, fetcher, Archive(tmp_path), date(2024, 1, 1), NOW)
    assert (gathered.new, gathered.asked, len(gathered.errors)) == (0, 1 + has_index, 1)
    assert gathered.failed is failed


@pytest.mark.parametrize(
    ("interface", "token", "told"),
    [("/index", "abc123", ["/index"]), ("/index", "", []), ("/elsewhere", "abc123", [])],
)
def test_a_token_goes_to_githubs_interface_only(
    server: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    interface: str,
    token: str,
    told: list[str],
) -> None:
    """Not to the servers that the versions lie on, and nobody is sent an empty one."""
    server.on("/index", Reply(pieces=(b'["2024-02-01"]',)))
    server.on("/at/2024-02-01", Reply(pieces=(b"body",)))
    assert GITHUB_INTERFACE == "https://api.github.com/"
    monkeypatch.setattr("ingest.take_in.versions.GITHUB_INTERFACE", server.url(interface))
    with Fetcher.open("test", QUICK, allow_private=True) as fetcher:
        gather_history(source(server), fetcher, Archive(tmp_path), date(2024, 1, 1), NOW, github_token=token)
    sent = {request.path: request.headers.get("authorization") for request in server.seen}
    assert set(sent) == {"/index", "/at/2024-02-01"}
    assert {path: words for path, words in sent.items() if words} == dict.fromkeys(told, f"Bearer {token}")


def test_a_version_that_cannot_be_read_is_kept_and_the_one_before_it_taken_too(
    server: Loopback, tmp_path: Path
) -> None:
    """A commit that is no valid JSON stays in the archive with its reason; the commit before it serves."""

    def history(_read: Read, _since: date, _until: date) -> Iterator[Version]:
        copies = [
            Version(server.url("/now"), server.url(f"/at/{day}"), NOW.replace(day=day)) for day in (3, 2, 1)
        ]
        yield replace(copies[0], older=tuple(copies[1:]))

    def parse(payloads: Sequence[Payload]) -> Records:
        if payloads[0].body.startswith(b"{,"):
            raise ParseError("not valid JSON")
        return Records()

    server.on("/at/3", Reply(pieces=(b"{,}",)))
    server.on("/at/2", Reply(pieces=(b"{}",)))
    archive = Archive(tmp_path)
    kept = replace(source(server), history=history, parse=parse)
    with Fetcher.open("test", QUICK, allow_private=True) as fetcher:
        gathered = gather_history(kept, fetcher, archive, date(2024, 1, 1), NOW)
        again = gather_history(kept, fetcher, archive, date(2024, 1, 1), NOW)
    assert (gathered.new, gathered.errors) == (2, ())
    assert [entry.as_of.day for entry in archive.entries("kept")] == [2, 3]
    assert [request.path for request in server.seen] == ["/at/3", "/at/2"]
    assert again.asked == 0
