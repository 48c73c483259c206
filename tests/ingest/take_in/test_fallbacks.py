"""What stands in for an address that does not answer: in which order, under which name, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.declared.parse import source_from_toml
from ingest.fetch.client import Fetcher, Limits
from ingest.records import Kind
from ingest.source import Fallback, Source
from ingest.take_in.gather import Gathered, gather, payload_of
from store.archive import Archive
from tests.loopback import Loopback, Reply

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ROWS = Reply(pieces=(b"model,score\na,0.5\n",))
PAGE = Reply(headers={"Content-Type": "text/html"}, pieces=(b"<!doctype html><html>Are you human?</html>",))
FORM = """
title = "A board"
homepage = "https://board.example/"
licence = "CC0-1.0"
credit = "its makers"
url = "{url}"
fallbacks = {fallbacks}
format = "csv"
cadence = "1d"
[score]
model_name = "model"
score = "score"
constants = {{ benchmark_id = "board", unit = "fraction", reported_by = "community" }}
"""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


def board(url: str, fallbacks: str) -> Source:
    return source_from_toml(FORM.format(url=url, fallbacks=fallbacks), "board")


def asked(source: Source, archive: Archive, environment: dict[str, str] | None = None) -> Gathered:
    with Fetcher.open(
        "hypecurve", Limits(seconds_between_requests=0, attempts=1), allow_private=True
    ) as fetcher:
        return gather(source, fetcher, archive, NOW, environment=environment or {})


@pytest.mark.parametrize("first", [Reply(410), Reply(503), PAGE], ids=["gone", "down", "refused by a page"])
def test_the_first_fallback_that_answers_stands_in(server: Loopback, tmp_path: Path, first: Reply) -> None:
    """In their order; the payload keeps the address that served it, and the run says so without failing."""
    url = server.on("/board", first)
    dead, good = server.on("/dead", Reply(404)), server.on("/good", ROWS)
    unasked = server.on("/unasked", ROWS)
    archive = Archive(tmp_path)
    report = asked(board(url, f'["{dead}", "{good}", "{unasked}"]'), archive)
    assert [entry.url for entry in archive.entries("board")] == [good]
    assert (report.new, report.failed, len(report.errors)) == (1, False, 2)
    assert report.notes == (f"{good} answered in its place",)
    assert "/unasked" not in [seen.path for seen in server.seen]


def test_no_fallback_is_asked_while_an_address_answers(server: Loopback, tmp_path: Path) -> None:
    """Fallbacks are no further payloads: not even where only one of several addresses has answered."""
    source = board(server.on("/board", ROWS), f'"{server.on("/good", ROWS)}"')
    assert isinstance(source.urls, tuple)
    several = replace(source, urls=(server.on("/gone", Reply(410)), *source.urls))
    assert asked(several, Archive(tmp_path)).notes == ()
    assert "/good" not in [seen.path for seen in server.seen]


def test_a_source_without_fallbacks_keeps_what_came(server: Loopback, tmp_path: Path) -> None:
    """Nothing stands in for it, so that the page is archived, and loading tells what it is."""
    source = replace(board(server.on("/board", PAGE), "[]"), fallbacks=())
    assert asked(source, Archive(tmp_path)).new == 1


def test_the_key_of_a_fallback_is_in_no_archive_and_no_message(server: Loopback, tmp_path: Path) -> None:
    """It goes into the address at the last moment; without it the fallback is named and not asked."""
    url, key = server.on("/board", Reply(410)), "secret-key"
    server.on(f"/good?key={key}", ROWS)
    server.on(f"/bad?key={key}", Reply(403))
    archive = Archive(tmp_path)
    named = [server.url("/bad?key={key}"), server.url("/good?key={key}")]
    source = replace(board(url, "[]"), fallbacks=tuple(Fallback(each, "A_KEY") for each in named))
    report = asked(source, archive, {"A_KEY": key})
    assert [entry.url for entry in archive.entries("board")] == [named[1]]
    assert key not in repr((report, archive.entries("board")))
    without = asked(source, Archive(tmp_path / "other"))
    assert without.failed
    assert all("A_KEY" in note for note in without.notes)


def test_a_fallback_in_another_format_is_read_in_it(server: Loopback, tmp_path: Path) -> None:
    """The mirror of a table may be JSON: the form says so beside its address."""
    url = server.on("/board", Reply(410))
    mirror = server.on("/mirror", Reply(pieces=(b'{"rows": [{"model": "a", "score": 0.5}]}',)))
    source = board(url, f'{{ url = "{mirror}", format = "json", rows = "rows" }}')
    archive = Archive(tmp_path)
    asked(source, archive)
    entry = archive.entries("board")[0]
    scores = source.parse([payload_of(entry, archive.body(entry.sha256))]).frames[Kind.SCORE]
    assert scores["model_name"].to_list() == ["a"]
