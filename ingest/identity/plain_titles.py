"""A model's title as people write it, whatever a list adds before and behind it."""

from __future__ import annotations

import re
from typing import Final

_MAKER: Final = re.compile(r"^[\w.\- ]+: ")
_REMARK: Final = re.compile(r" \(\w+\)$")
_POINT_OF_FILES: Final = re.compile(r"(?<=\d)_(?=\d)")
_SPLIT_WORD: Final = re.compile(r"\b(Multi|Non|Pre|Semi|Self|Cross) - ")


def plain_title(title: str) -> str:
    """The title without the maker before it and the remark behind it, with points and hyphens of people.

    "xAI: Grok 4.20 Multi - Agent (free)" is Grok 4.20 Multi-Agent, "InternVL2_5-78B" is InternVL2.5-78B.
    Where the remark alone tells two models apart, `distinct_titles` has it back from their names.
    """
    bare = _REMARK.sub("", _MAKER.sub("", title))
    return _SPLIT_WORD.sub(r"\1-", _POINT_OF_FILES.sub(".", bare))
