"""Files on this machine are sources like any other, and no answer from the web can reach them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from ingest.declared.local_files import MOST_FILES, local_addresses
from ingest.declared.parse import source_from_toml
from ingest.errors import FetchError
from ingest.fetch.client import Fetched, Fetcher
from ingest.fetch.local import read_local
from ingest.source import Source
from ingest.take_in.gather import Gathered, gather
from store.archive import Archive

FORM = """title = "Own board"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
path = "{path}"
format = "csv"
cadence = "1d"
{more}
[score]
model_name = "Model"
score = {{ column = "Score", unit = "percent" }}
constants = {{ benchmark_id = "own-board", unit = "fraction", reported_by = "community" }}
"""
NOW = datetime(2026, 6, 1, tzinfo=UTC)
BOARD = "Model,Score\nalpha-1,81\n"


def source(folder: Path, path: str, more: str = "") -> Source:
    return source_from_toml(FORM.format(path=path, more=more), "own-board", folder)


def gathered(one: Source, archive: Archive) -> Gathered:
    def no_network(request: httpx2.Request) -> httpx2.Response:
        raise AssertionError(f"asked the network for {request.url}")

    with Fetcher.open("test", transport=httpx2.MockTransport(no_network)) as fetcher:
        return gather(one, fetcher, archive, NOW)


def test_a_file_beside_the_form_is_archived_and_read(tmp_path: Path) -> None:
    """Its address is what the form says, not where the machine keeps it; equal bytes are no news."""
    (tmp_path / "board.csv").write_text(BOARD)
    archive = Archive(tmp_path / "archive")
    one = source(tmp_path, "board.csv")
    assert gathered(one, archive).new == 1
    assert gathered(one, archive).new == 0
    (entry,) = archive.entries("own-board")
    assert entry.url == "file:board.csv"
    assert archive.body(entry.sha256) == BOARD.encode()


def test_the_files_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    """Those that `members` names, at every refresh anew."""
    for name in ("b.csv", "a b.csv", "notes.txt"):
        (tmp_path / "boards").mkdir(exist_ok=True)
        (tmp_path / "boards" / name).write_text(BOARD + name)
    archive = Archive(tmp_path / "archive")
    one = source(tmp_path, "boards")
    assert gathered(one, archive).new == 2
    assert [entry.url for entry in archive.entries("own-board")] == [
        "file:boards/a%20b.csv",
        "file:boards/b.csv",
    ]
    (tmp_path / "boards" / "c.csv").write_text(BOARD)
    assert gathered(one, archive).new == 1


def test_what_is_no_plain_file_is_an_error_in_words(tmp_path: Path) -> None:
    """A missing file, a pipe, a file that is too large."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.csv").write_text("x" * 100)
    for address, says in (
        ("file:none.csv", "cannot be read"),
        ("file:pipe", "no plain file"),
        ("file:large.csv", "99"),
    ):
        with pytest.raises(FetchError, match=says):
            read_local(address, tmp_path, 99)
    assert read_local("file:large.csv", tmp_path, 100) == Fetched(
        "file:large.csv", 200, b"x" * 100, {}, "file:large.csv", 0, 0.0
    )


def test_a_folder_of_too_many_files_is_cut_to_a_bound(tmp_path: Path) -> None:
    """Nobody means all the files of a home."""
    for number in range(1_005):
        (tmp_path / f"{number}.csv").touch()
    assert len(local_addresses(".", tmp_path, "*.csv")) == MOST_FILES == 1_000


@pytest.mark.parametrize("link", ["file:secret.csv", "file:///etc/hostname", "ftp://example.org/x"])
def test_no_answer_may_name_a_file(tmp_path: Path, link: str) -> None:
    """A page that leads to a local file leads nowhere."""
    text = FORM.format(path="x", more='paging = { next = "next" }').replace(
        'path = "x"', 'url = "https://e.org/x"'
    )
    one = source_from_toml(text.replace('"csv"', '"json"'), "own-board", tmp_path)
    assert one.follow is not None
    (tmp_path / "secret.csv").write_text(BOARD)
    archive = Archive(tmp_path / "archive")
    body = f'{{"next": "{link}"}}'.encode()
    answer = httpx2.MockTransport(lambda _: httpx2.Response(200, stream=httpx2.ByteStream(body)))
    with Fetcher.open("test", transport=answer) as fetcher:
        gather(one, fetcher, archive, NOW)
    assert [entry.url for entry in archive.entries("own-board")] == ["https://e.org/x"]
