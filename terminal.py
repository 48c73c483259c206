"""Text from outside, as a terminal and a log may show it: it cannot move the cursor, nor forge a line."""

from __future__ import annotations

import re
from typing import Final

_ACTS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control codes but tab and line feed, marks that turn the direction of writing, halves of surrogates."""


def harmless(text: str) -> str:
    """The text with every character that acts on a terminal written out, such as \\x1b."""
    return _ACTS.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    """The same on one line, so that no text can pass for a line of its own."""
    return harmless(text).replace("\n", "\\n")
