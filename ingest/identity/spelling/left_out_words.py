"""What writers leave out of a model's name, where only one known model can be meant."""

from __future__ import annotations

import re
from typing import Final

from ingest.identity.model_index import Found, ModelIndex
from ingest.identity.spelling.model_names import ParsedName

NAMED_BASES_SINCE: Final = "2024-12"
"""Since then it is the base models that makers mark ("-pt", "-base"); before, "gemma-2-9b" was the base."""

UNFINISHED: Final = frozenset({"preview", "exp", "beta"})
"""Words of a state that is never the finished model."""

_AS_WRITTEN: Final = frozenset({"exact", "alias", "date"})
_SIZE: Final = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[bm]")
_POINTLESS: Final = re.compile(r"^([a-z]?)([1-9])(\d)$")


def weights_that_think(index: ModelIndex, parsed: ParsedName) -> Found | None:
    """`Kimi K2 (Thinking)`: a way of thinking set apart by a mark, where weights of that name exist."""
    if not parsed.setting or "thinking" not in parsed.setting.split(", "):
        return None
    found = index.find(parsed, tuple(sorted([*parsed.key, "thinking"])))
    return Found(found.model, "thinking weights") if found and found.rule in _AS_WRITTEN else None


def word_left_out(index: ModelIndex, parsed: ParsedName) -> Found | None:
    """`gemini-3-pro` where only a preview exists, `llama-3.3-70b` where only the instruct one does."""
    candidates: list[tuple[str, str]] = []
    if not UNFINISHED & set(parsed.key):
        candidates.append(("preview", "preview left out"))
    if any(_SIZE.fullmatch(word) for word in parsed.key):
        candidates.append(("instruct", "instruct left out"))
    found = [
        Found(hit.model, rule)
        for word, rule in candidates
        if (hit := index.find(parsed, tuple(sorted([*parsed.key, word])))) is not None
        and (word != "instruct" or (hit.model.released_on or "") >= NAMED_BASES_SINCE)
    ]
    return found[0] if len({hit.model.model_id for hit in found}) == 1 else None


def point_or_active_size_left_out(index: ModelIndex, parsed: ParsedName) -> Found | None:
    """`gpt-52` for 5.2 and `qwen3.5-397b` for 397b-a17b, where nothing else can be meant."""
    pointed = tuple(sorted(_POINTLESS.sub(r"\1\2.\3", word) for word in parsed.key))
    if pointed != parsed.key:
        found = index.find(parsed, pointed)
        if found:
            return Found(found.model, "point left out")
    sized = index.with_active_size(parsed.key)
    found = index.find(parsed, sized) if sized else None
    return Found(found.model, "active size left out") if found else None
