"""Encodings that lie, damaged archives and error pages: read where it is safe, refused in words where not."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.errors import ParseError
from ingest.formats.containers import parquet_frame, unzipped
from ingest.formats.feed import feed_entries
from ingest.formats.texts import decode, loaded_json, loaded_yaml

TEXT = "Zürich – 5 €"
RSS = (
    '<?xml version="1.0" encoding="utf-8"?>'
    f'<rss version="2.0"><channel><item><title>{TEXT}</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        ("x" * 20 + TEXT).encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.encode() + b"\0",
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 without mark", "cp1252", "zero at the end"],
)
def test_every_usual_encoding_gives_the_same_text(body: bytes) -> None:
    """What the server claims is not looked at: the bytes decide."""
    assert decode(body).removeprefix("x" * 20) == TEXT


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    """A text in UTF-8 with one bad byte keeps its umlauts."""
    assert decode(TEXT.encode() + b"\xff") == TEXT + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_read_whatever_its_declaration_says(encoding: str) -> None:
    """Its XML declaration says UTF-8 in all cases."""
    assert feed_entries(RSS.encode(encoding), "https://example.org/feed")["title"].to_list() == [TEXT]


@pytest.mark.parametrize("body", [b"", b" \n\0", b"<!-- cached --><html>", b"\xef\xbb\xbf<!DOCTYPE HTML>"])
def test_pages_and_nothing_are_not_data(body: bytes) -> None:
    """The message says what came instead and what to do."""
    for read in (loaded_json, loaded_yaml, parquet_frame):
        with pytest.raises(ParseError, match=r"empty body|web page"):
            read(body, "https://example.org/data")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 100_000, "a: &a [x]\nb: [" + "*a," * 2000 + "]"],
    ids=["flow", "block", "references"],
)
def test_yaml_without_end_is_refused_before_it_is_built(text: str) -> None:
    """Its reader recurses in C, where too deep a text ends the process and not the parse."""
    with pytest.raises(ParseError, match=r"nested without end|not valid YAML"):
        loaded_yaml(text.encode(), "https://example.org/data.yml")


def test_hidden_members_of_an_archive_are_left_out_and_a_damaged_one_is_an_error() -> None:
    """Archives made on other systems hold folders of their own; a flipped byte fails the checksum."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("a.csv", "__MACOSX/._a.csv", ".hidden/b.csv", "notes.txt"):
            archive.writestr(name, "Day,Views\n")
    body = buffer.getvalue()
    assert list(unzipped(body, "x.zip", lambda path: path.endswith(".csv"))) == ["a.csv"]
    with pytest.raises(ParseError, match="not a readable ZIP"):
        unzipped(body.replace(b"Day,Views", b"Day,Viewz", 1), "x.zip", lambda path: path == "a.csv")
