"""Undo the Content-Encoding of a body piece by piece.

httpx2 would do it too, but it takes a gzip stream that ends in the middle for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

ACCEPT_ENCODING: Final = "gzip"
_PIECE: Final = 1 << 20
_GZIP: Final = 16 + zlib.MAX_WBITS


class DecodingError(ValueError):
    """The body is not what its Content-Encoding says; the message says how, as half a sentence."""


def decoded(pieces: Iterable[bytes], content_encoding: str) -> Iterator[bytes]:
    """The body in pieces of at most 1 MiB where it was compressed, so that a bomb can be stopped in time.

    Raises DecodingError for an encoding other than gzip or none, and for a damaged or cut-off gzip stream.
    """
    match content_encoding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            yield from _gunzipped(pieces)
        case other:
            raise DecodingError(f"the body is encoded as {other!r}, which was not asked for")


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    begun = False
    for piece in pieces:
        rest = piece
        while rest:
            if member.eof:
                member = zlib.decompressobj(_GZIP)
            begun = True
            try:
                yield member.decompress(rest, _PIECE)
            except zlib.error as error:
                raise DecodingError("the body's compression is damaged") from error
            rest = member.unconsumed_tail or member.unused_data
    if begun and not member.eof:
        raise DecodingError("the body's compression ends in the middle")
