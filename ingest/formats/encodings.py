"""Bytes as text: encodings that lie, that only an HTTP header names, or that a form states."""

from __future__ import annotations

import codecs
import re
from typing import Final

from ingest.errors import ParseError

_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXTS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"}
)
_DECLARED_IN_MARKUP: Final = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)


def known_encoding(name: str) -> str | None:
    """The codec's own name of an encoding of texts; None where there is none of that name."""
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if found.name in _NO_TEXTS else found.name


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type header names, where there is such an encoding."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type or "", re.IGNORECASE)
    return known_encoding(found[1]) if found else None


def charset_in_markup(body: bytes) -> str | None:
    """The encoding that an XML declaration or an HTML `meta` names."""
    found = _DECLARED_IN_MARKUP.search(body[:2048])
    return known_encoding((found[1] or found[2]).decode("ascii", errors="replace")) if found else None


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of bytes whose encoding is not sure; bytes of zero are left out.

    A byte-order mark decides, then UTF-8 that is valid, as servers claim much. A `charset` of several bytes a
    sign (GBK, Shift-JIS) comes before UTF-8 where it fits throughout, since a short text in it may be valid
    UTF-8 by chance; one of single bytes comes after UTF-8, since it fits everything. Without a charset the
    last resort is Windows-1252. A text that is UTF-8 but for a few broken bytes stays UTF-8, with a
    replacement mark for each of them.
    """
    if body.startswith(_MARKS[:2]):
        return body.decode("utf-32", errors="replace")
    if body.startswith(_MARKS[2:]):
        return body.decode("utf-16", errors="replace")
    if charset is not None and not body.startswith(codecs.BOM_UTF8) and _takes_several_bytes(charset):
        try:
            return body.decode(charset).replace("\0", "")
        except UnicodeDecodeError:
            pass
    if body[:1] != b"\0" and body[1:40:2].count(0) > 10:
        return body.decode("utf-16-le", errors="replace")
    text = body.decode("utf-8-sig", errors="replace").replace("\0", "")
    broken = text.count("\ufffd")
    if broken and broken >= sum(character > "\x7f" and character != "\ufffd" for character in text):
        return body.decode(charset or "cp1252", errors="replace")
    return text


def decode_as(body: bytes, encoding: str, where: str) -> str:
    """The text in the encoding that a form states; raises ParseError where the bytes are none of it."""
    try:
        return body.decode(encoding).removeprefix("\ufeff").replace("\0", "")
    except UnicodeDecodeError as error:
        raise ParseError(
            f"{where} is not text in {encoding} (byte {error.start + 1:,}); correct `encoding` in the form"
        ) from error


def _takes_several_bytes(charset: str) -> bool:
    """Whether an encoding has signs of more than one byte, UTF-8 aside."""
    if charset == "utf-8":
        return False
    try:
        return len("中あ가中".encode(charset, errors="ignore")) > 1
    except UnicodeError:
        return False
