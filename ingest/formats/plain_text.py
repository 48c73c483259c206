"""Words out of markup, in linear time: tags off, entities resolved, what is no tag kept."""

from __future__ import annotations

import html
import re
from typing import Final

MOST_CHARACTERS: Final = 50_000
"""So much of a markup is looked at: what is made of it is an excerpt."""

_ELEMENTS: Final = """
a abbr address article aside audio b base bdi bdo big blockquote body br button canvas caption center cite
code col colgroup dd del details dfn div dl dt em embed fieldset figcaption figure font footer form h1 h2
h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark meta nav
noscript object ol optgroup option p param picture pre q rp rt ruby s samp script section select small
source span strike strong style sub summary sup svg path g table tbody td template textarea tfoot th thead
time title tr track tt u ul var video wbr
"""
_INLINE: Final = (
    "a abbr b big br cite code em font i img kbd mark p q s small span strike strong sub sup tt u wbr"
)


def _tags(names: str) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(names.split())})(?:\s[^<>]*)?/?>", re.IGNORECASE)


_TAGS: Final = _tags(_ELEMENTS)
_INLINE_TAGS: Final = _tags(_INLINE)
_CLOSING: Final = re.compile(r"</([a-z][\w-]*)>", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"</?([a-z][\w-]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""A name in angle brackets that is closed further on is a tag, whatever its name; else it is a word."""
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>")


def plain_text(markup: str) -> str:
    """Text without tags and entities, white space collapsed."""
    text = _resolved(markup)
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        text = _without(text, opening, closing)
    text = _TAGS.sub(" ", text)
    closed = {found.lower() for found in _CLOSING.findall(text)}
    text = _ANY_TAG.sub(lambda tag: " " if tag[1].lower() in closed else tag[0], text)
    return " ".join(text.split())


def plain_title(markup: str) -> str:
    """A title's words: only tags that give a look come off, since "Vec<T>" and "<select>" are words."""
    return " ".join(_INLINE_TAGS.sub(" ", _resolved(markup)).split())


def shortened(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, cut at a word where possible; an ellipsis says that it was cut."""
    if len(text.encode()) <= limit:
        return text
    head = text.encode()[: limit - len("…".encode())].decode("utf-8", errors="ignore")
    at = head.rfind(" ")
    return (head[:at] if at > len(head) // 2 else head).rstrip(" ,;:.") + "…"


def _resolved(markup: str) -> str:
    """Entities resolved as often as feeds escape them, and the marks of CDATA off."""
    text = markup[:MOST_CHARACTERS]
    for _ in range(3):
        text = html.unescape(_CDATA.sub("", text))
    return _CDATA.sub("", text)


def _without(text: str, opening: str, closing: str) -> str:
    """The text without all that stands between two marks; what is never closed goes on to the end."""
    folded = text.lower()
    if len(folded) != len(text):  # a letter whose lower case is two
        folded = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    kept: list[str] = []
    at = 0
    while (begins := folded.find(opening, at)) >= 0:
        kept.append(text[at:begins])
        ends = folded.find(closing, begins)
        if ends < 0:
            return " ".join(kept)
        at = ends + len(closing)
    return " ".join([*kept, text[at:]])
