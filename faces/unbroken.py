"""Words that lines do not break: a figure with its unit or with what it is of, a day with its month, a
short name with a hyphen.

It is a matter of style alone: what is copied, searched and exported stays the text as it is.
"""

from __future__ import annotations

import re
from calendar import month_name
from html import escape
from typing import Final

MOST_LETTERS: Final = 11
"""A longer name breaks at its hyphen: in a tile of a telephone's page it would have no room."""

_UNITS: Final = (
    r"%|s|ms|h|hours?|min|minutes?|seconds?|days?|weeks?|months?|years?|points?|times|[kMG]B|GW|MW|tokens?"
    r"|thousand|million|billion|trillion"
)
_MONTHS: Final = "|".join(month_name[1:])
_DAY: Final = rf"\d{{4}}-\d{{2}}-\d{{2}}(?:[ \u00a0]\d{{2}}:\d{{2}})?|\d{{1,2}} (?:{_MONTHS})(?!\w)"
_AMOUNT: Final = rf"[$\u2212+-]{{0,2}}\d[\d.,]*[ \u00a0](?:{_UNITS})(?![\w-])"
_EQUAL: Final = r"\w{1,5} = \d[\d,]*"
_HYPHENED: Final = r"[^\W_][\w.]*(?:-[\w.]*\w)+(?![\w-])"
_WHOLE: Final = re.compile(rf"(?<![\w.,-])(?:({_DAY})|({_AMOUNT}|{_EQUAL})|({_HYPHENED}))")


def unbroken(text: str) -> str:
    """A text as HTML in which lines break only where a reader would break them."""
    parts, end = [], 0
    for found in _WHOLE.finditer(text):
        if found[3] and len(found[3]) > MOST_LETTERS:
            continue
        parts += [escape(text[end : found.start()]), f'<span class="whole">{escape(found[0])}</span>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
