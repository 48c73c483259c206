"""Archives, compressed files, Parquet and Arrow, with an error in words where they are damaged or other.

All that unpacks is bounded: what grows past the limit is refused before it fills the memory.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

import polars as pl
import zstandard

from ingest.errors import ParseError
from ingest.formats.texts import refuse_web_page
from ingest.source import MEGABYTE

MAX_UNPACKED_BYTES: Final = 256 * MEGABYTE
MOST_MEMBERS: Final = 10_000

_GZIP_MARK: Final = b"\x1f\x8b"
_ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"
_PIECE: Final = 1 << 20


def uncompressed(body: bytes, where: str) -> bytes:
    """The content of a gzip or zstd file, known by its first bytes; other bytes as they are.

    Raises ParseError where it is damaged, cut off, or unpacks to more than 256 MB.
    """
    if body.startswith(_GZIP_MARK):
        return _gunzipped(body, where)
    if body.startswith(_ZSTD_MARK):
        return _unzstd(body, where)
    return body


def _gunzipped(body: bytes, where: str) -> bytes:
    found = io.BytesIO()
    rest = body
    try:
        while rest.startswith(_GZIP_MARK):
            member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            while rest and not member.eof:
                found.write(member.decompress(rest, _PIECE))
                rest = member.unconsumed_tail
                _refuse_bomb(found.tell(), where)
            if not member.eof:
                raise ParseError(f"{where} is a gzip file that ends in the middle")
            rest = member.unused_data
    except zlib.error as error:
        raise ParseError(f"{where} is a damaged gzip file: {error}") from error
    return found.getvalue()


def _unzstd(body: bytes, where: str) -> bytes:
    found = io.BytesIO()
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body, read_across_frames=True)
    try:
        while piece := reader.read(_PIECE):
            found.write(piece)
            _refuse_bomb(found.tell(), where)
    except zstandard.ZstdError as error:
        raise ParseError(f"{where} is a damaged zstd file: {error}") from error
    return found.getvalue()


def _refuse_bomb(n_bytes: int, where: str) -> None:
    if n_bytes > MAX_UNPACKED_BYTES:
        raise ParseError(f"{where} unpacks to more than {MAX_UNPACKED_BYTES // MEGABYTE} MB; refused")


def unzipped(body: bytes, where: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted members of a ZIP archive by path, without hidden files and folders.

    Raises ParseError for what is no archive, is damaged or encrypted, or unpacks to more than 256 MB.
    """
    refuse_web_page(body, where, "a ZIP archive")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir() and _shown(item.filename)]
            chosen = [item for item in members if wanted(item.filename)]
            _refuse_bomb(sum(item.file_size for item in chosen), where)
            _refuse_crowd(len(chosen), where)
            return {item.filename: archive.read(item) for item in chosen}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ParseError(f"{where} is not a readable ZIP archive: {error}") from error


def untarred(body: bytes, where: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted members of a tar archive (as it is, or in gzip or zstd) by path, without hidden ones.

    Nothing is written to disk, and links lead nowhere. Raises ParseError as `unzipped` does.
    """
    refuse_web_page(body, where, "a tar archive")
    found: dict[str, bytes] = {}
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(uncompressed(body, where)), mode="r:") as archive:
            for item in archive:
                if not item.isfile() or not _shown(item.name) or not wanted(item.name):
                    continue
                total += item.size
                _refuse_bomb(total, where)
                held = archive.extractfile(item)
                if held is not None:
                    found[item.name] = held.read()
                _refuse_crowd(len(found), where)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ParseError(f"{where} is not a readable tar archive: {error}") from error
    return found


def _refuse_crowd(n_members: int, where: str) -> None:
    if n_members > MOST_MEMBERS:
        raise ParseError(
            f"{where} holds more than {MOST_MEMBERS:,} files of that name; choose with `members`"
        )


def parquet_frame(body: bytes, where: str) -> pl.DataFrame:
    """A Parquet file with its own types; raises ParseError where it is none or is damaged."""
    refuse_web_page(body, where, "a Parquet file")
    return _columnar(body, where, "Parquet", pl.read_parquet)


def arrow_frame(body: bytes, where: str) -> pl.DataFrame:
    """An Arrow file (Feather version 2) or stream with its own types; ParseError where it is none."""
    refuse_web_page(body, where, "an Arrow file")
    is_file = body.startswith(b"ARROW1")
    return _columnar(body, where, "Arrow", pl.read_ipc if is_file else pl.read_ipc_stream)


def _columnar(body: bytes, where: str, form: str, read: Callable[[io.BytesIO], pl.DataFrame]) -> pl.DataFrame:
    try:
        return read(io.BytesIO(body))
    except (pl.exceptions.PolarsError, OSError, ValueError, pl.exceptions.PanicException) as error:
        said = " ".join(str(error).split())[:300]
        raise ParseError(f"{where} is not a readable {form} file: {said}") from error


def _shown(path: str) -> bool:
    parts = path.split("/")
    return "__MACOSX" not in parts and not any(part.startswith(".") and part != "." for part in parts)
