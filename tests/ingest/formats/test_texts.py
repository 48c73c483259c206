"""Encodings that lie, damaged archives and error pages: read where it is safe, refused in words where not."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest
import zstandard

from ingest.errors import ParseError
from ingest.formats import containers
from ingest.formats.containers import parquet_frame, uncompressed, unzipped
from ingest.formats.encodings import charset_in_markup, charset_of, decode, decode_as
from ingest.formats.feed import feed_entries
from ingest.formats.texts import loaded_json
from ingest.formats.yaml_texts import loaded_yaml

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
    """Where nobody names the encoding, the bytes decide."""
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


@pytest.mark.parametrize("charset", ["gbk", "big5", "shift_jis", "euc-kr", "koi8-r", "iso-8859-2", "cp1251"])
def test_a_named_charset_decides_where_the_bytes_do_not(charset: str) -> None:
    """It comes from the HTTP header, and may be all that tells."""
    others = {"koi8-r": "Модель", "cp1251": "Модель", "iso-8859-2": "Příliš", "euc-kr": "모델"}
    text = others.get(charset, "通用")
    assert decode(text.encode(charset), charset) == text


@pytest.mark.parametrize(("charset", "text"), [("gbk", "模"), ("gb18030", "模"), ("big5", "丳")])
def test_a_charset_of_several_bytes_comes_before_utf_8_that_is_valid_by_chance(
    charset: str, text: str
) -> None:
    """A short text in it may be; without the charset, or with a mark of UTF-8, it is UTF-8."""
    body = text.encode(charset)
    assert decode(body, charset) == text
    assert decode(b"\xef\xbb\xbf" + "é".encode(), charset) == "é"
    assert decode("模".encode("gbk")) == decode("模".encode("gbk"), "utf-8") == "ģ"


def test_an_encoding_that_a_form_states_is_held_to() -> None:
    """A mark and zeros go; bytes that are none of it are told by their place."""
    assert decode_as("\ufeffmod\0èle".encode(), "utf-8", "the board") == "modèle"
    assert decode_as("modèle".encode("cp1252"), "cp1252", "the board") == "modèle"
    with pytest.raises(ParseError, match=r"the board is not text in utf-8 \(byte 4\); correct `encoding`"):
        decode_as("modèle".encode("cp1252"), "utf-8", "the board")


@pytest.mark.parametrize("charset", ["iso-8859-1", "cp1252", "us-ascii", "utf-8", None])
def test_a_charset_that_fits_everything_does_not_spoil_utf_8(charset: str | None) -> None:
    """Servers name Latin-1 by default."""
    assert decode(TEXT.encode(), charset) == TEXT


def test_charsets_are_read_from_headers_and_markup() -> None:
    """Quoted or not; what is no encoding of texts is none."""
    assert charset_of('text/csv; charset="GBK"') == "gbk"
    assert charset_of("text/html; Charset=utf-8; boundary=x") == "utf-8"
    assert charset_of("text/html; charset=rot13") is None
    assert charset_of(None) is None
    assert charset_in_markup(b'<html><meta http-equiv="x" content="text/html; charset=koi8-r">') == "koi8-r"


def test_a_key_that_is_stated_twice_is_told() -> None:
    """The last one counts, as for most readers; twice the same is no news."""
    told: list[str] = []
    text = b'{"a": {"price": 1}, "b": 1, "b": 1, "a": {"price": 2}}'
    assert loaded_json(text, "x.json", told.append) == {"a": {"price": 2}, "b": 1}
    assert told == ['the key \'a\' is stated twice: {"price": 1}, then {"price": 2}; the last one is taken']


def test_half_a_sign_is_no_text() -> None:
    """JSON may escape one surrogate without the other; whole signs stay whole."""
    text = rb'{"a\ud800": ["\udfff", "\ud83d\ude00"]}'
    assert loaded_json(text, "x.json") == {"a?": ["?", "\U0001f600"]}


def test_many_keys_that_are_stated_twice_are_counted() -> None:
    """The quarantine is no place for thousands of one kind."""
    told: list[str] = []
    text = "{" + ",".join(f'"k{n}": 1, "k{n}": 2' for n in range(500)) + "}"
    loaded_json(text.encode(), "x.json", told.append)
    assert len(told) == 21
    assert told[-1].startswith("480 more keys")


def multiplied(first: str, further: str) -> str:
    """Eight lines, each of which refers nine times to the one before it."""
    lines = [
        f"{new}: &{new} " + further.format(", ".join([f"*{old}"] * 9))
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join([f"a: &a {first}", *lines])


@pytest.mark.parametrize(
    "text",
    [multiplied("[x]", "[{}]"), multiplied("{k: v}", "{{<<: [{}]}}"), "a: &a [*a]"],
    ids=["lists that multiply", "merges that multiply", "a list in itself"],
)
def test_references_that_multiply_are_refused_before_they_are_built(text: str) -> None:
    """A few hundred bytes must not take gigabytes."""
    with pytest.raises(ParseError, match="nested without end"):
        loaded_yaml(text.encode(), "https://example.org/data.yml")


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_compressed_body_is_unpacked_and_bounded(
    compress: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known by its first bytes; what is cut off or grows past the limit is refused."""
    packed = compress(b"a,b\n1,2\n" * 100)
    assert uncompressed(packed, "x.csv.gz") == b"a,b\n1,2\n" * 100
    assert uncompressed(b"a,b\n", "x.csv") == b"a,b\n"
    monkeypatch.setattr(containers, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(ParseError, match="unpacks to more than"):
        uncompressed(packed, "x.csv.gz")


def test_a_gzip_file_that_ends_in_the_middle_is_refused() -> None:
    """Half a table must not look like a whole one."""
    with pytest.raises(ParseError, match="ends in the middle"):
        uncompressed(gzip.compress(b"a,b\n1,2\n" * 1000)[:40], "x.csv.gz")
