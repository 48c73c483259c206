"""A title made of a model's name, where no source gives one: "claude-opus-5-5" is Claude Opus 5.5."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = frozenset(
    {"ai", "glm", "gpt", "hy", "it", "kat", "mai", "oss", "swe", "tts", "vl", "moe", "qa", "pt"}
)
"""Parts that are written in capitals."""

_SPELT: Final = {
    "chatgpt": "ChatGPT",
    "codellama": "CodeLlama",
    "deepseek": "DeepSeek",
    "longcat": "LongCat",
    "mimo": "MiMo",
    "minimax": "MiniMax",
    "starcoder": "StarCoder",
    "stepaudio": "StepAudio",
    "qwq": "QwQ",
}
"""Parts that their makers write in a way of their own."""

_DATE: Final = re.compile(r"-(20\d\d)-?([01]\d)-?([0-3]\d)$")
_POINT: Final = re.compile(r"(?<![\d.])(\d)-(\d)(?![\d.bB])")
_SIZE: Final = re.compile(r"\d+(\.\d+)?[bkmt]|[av]\d[\w.]*")
_TUNED: Final = "ft-"
"""Begins the names of models that a customer had trained further, as price lists write them: "ft:gpt-4o"."""

_REASONING: Final = re.compile(r"o\d")


def made_title(model_id: str) -> str:
    """The name in words: its maker's prefix off, a point within the numbers of a version, a date in brackets.

    It invents nothing: what it does not know it writes with a capital.
    """
    name = model_id.rsplit("/", 1)[-1]
    name = name if any(sign.isalpha() for sign in name) else model_id
    if name.startswith(_TUNED) and len(name) > len(_TUNED):
        return f"Fine-tuned {made_title(name.removeprefix(_TUNED))}"
    dated = _DATE.search(name)
    bare = name[: dated.start()] if dated else name
    parts = [part for part in re.split(r"[-_ ]+", _POINT.sub(r"\1.\2", bare)) if part]
    words = " ".join(spelt_part(part) for part in parts)
    words = re.sub(r"\b(GPT|GLM) (?=\d)", r"\1-", words)
    title = f"{words} ({'-'.join(dated.groups())})" if dated else words
    return title or model_id


def spelt_part(part: str) -> str:
    lower = part.lower()
    if lower in _SPELT:
        return _SPELT[lower]
    if lower in _WHOLE or _SIZE.fullmatch(lower):
        return part.upper()
    if _REASONING.fullmatch(lower) or any(letter.isupper() for letter in part):
        return part
    return f"{part[:1].upper()}{part[1:]}"
