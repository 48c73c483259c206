"""ZIP archives, gzip and Parquet files, with an error in words where they are damaged or something else."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.texts import refuse_web_page
from ingest.source import MEGABYTE

_GZIP: Final = b"\x1f\x8b"
MAX_UNPACKED_BYTES: Final = 1000 * MEGABYTE


def unzipped(body: bytes, where: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted members of a ZIP archive by path, without hidden files and folders.

    Raises ParseError for what is no archive, is damaged or encrypted, or unpacks to more than 1,000 MB.
    """
    refuse_web_page(body, where, "a ZIP archive")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir() and _shown(item.filename)]
            chosen = [item for item in members if wanted(item.filename)]
            if sum(item.file_size for item in chosen) > MAX_UNPACKED_BYTES:
                raise ParseError(f"{where} unpacks to more than {MAX_UNPACKED_BYTES // MEGABYTE} MB; refused")
            return {item.filename: archive.read(item) for item in chosen}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ParseError(f"{where} is not a readable ZIP archive: {error}") from error


def gunzipped(body: bytes, where: str) -> bytes:
    """What a gzip file holds; bytes that are none are given back, as a server may have unpacked them.

    Raises ParseError for a file that is damaged, ends in the middle, or unpacks to more than 1,000 MB.
    """
    if not body.startswith(_GZIP):
        return body
    unpacked = b""
    try:
        while body:
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            unpacked += stream.decompress(body, MAX_UNPACKED_BYTES - len(unpacked) + 1)
            if len(unpacked) > MAX_UNPACKED_BYTES:
                raise ParseError(f"{where} unpacks to more than {MAX_UNPACKED_BYTES // MEGABYTE} MB; refused")
            if not stream.eof:
                raise ParseError(f"{where} is a gzip file that ends in the middle")
            body = stream.unused_data if stream.unused_data.startswith(_GZIP) else b""
    except zlib.error as error:
        raise ParseError(f"{where} is not a readable gzip file: {error}") from error
    return unpacked


def parquet_frame(body: bytes, where: str) -> pl.DataFrame:
    """A Parquet file with its own types; raises ParseError where it is none or is damaged."""
    refuse_web_page(body, where, "a Parquet file")
    try:
        return pl.read_parquet(io.BytesIO(body))
    except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException) as error:
        raise ParseError(f"{where} is not a readable Parquet file: {error}") from error


def _shown(path: str) -> bool:
    parts = path.split("/")
    return "__MACOSX" not in parts and not any(part.startswith(".") for part in parts)
