"""Sentences as Markdown that says nothing but words: no pictures, and links that lead to pages only.

Our own sentences hold emphasis, code and links. What comes from outside and stands in them, a title say, may
hold the same signs; it can then look odd, and do nothing.
"""

from __future__ import annotations

import re
from typing import Final

_PICTURE: Final = re.compile(r"!(?=\[)")
_LINK: Final = re.compile(
    r"\]\((?!\s*(?:https?://|/(?!/)|#|\.{0,2}/?[\w\-]+(?:[?#/)]|\.html)))", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"^(\s{0,3}\[[^\]]*\]):", re.MULTILINE)


def only_words(text: str) -> str:
    """The text without pictures, and without links of other kinds than to pages."""
    plain = _PICTURE.sub("!\\\\", text)
    plain = _LINK.sub("]\\(", plain)
    return _REFERENCE.sub(r"\1\\:", plain)
