"""From the spelling of a model to its parts: namespace, words, date, revision and setting.

Pure rules over text: nothing here knows which models exist. The words of a name make its *key*, in which the
order does not count ("Claude Sonnet 4.5" and "claude-4-5-sonnet"), version numbers stand together ("4-5" and
"4.5" and "4p5"), and words that say nothing ("Meta-", "-hf", "-instruct" as "-it") are unified.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.identity.spelling.name_dates import NameDate, find_date
from ingest.identity.spelling.name_prefixes import Spellings, strip_prefixes
from ingest.identity.spelling.name_settings import (
    is_default_peel,
    is_mode,
    is_setting,
    joined,
    peel,
    settings_last,
    strip_wrapping,
)

Key = tuple[str, ...]
"""The words of a name, sorted: two spellings with the same key differ in nothing that tells models apart."""

_FOOTNOTES: Final = re.compile(r"[\s*†‡¹²³⁴]+$")
_BRACKETED: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_COLON_MARK: Final = re.compile(r":([a-z0-9][\w.+-]*)$")
_UNDERSCORE_MARK: Final = re.compile(r"(?<=[a-z0-9.])_((?:pro)?[a-z-]+|\d+k)$")
_COMMA_MARK: Final = re.compile(r",\s*([^,]+)$")
_LISTING: Final = re.compile(r"(?<=.)(?:-v[1-9]\d*:\d+(?::\w+)?|@default|:[0-9a-f]{20,})$")
"""How a host numbers or keys its listing: Bedrock's `-v1:0`, Vertex's `@default`, Replicate's hashes."""
_BUDGET_MARK: Final = re.compile(r"[:_-](thinking(?::\d{3,6}|[_-]1?\d{5}))$")
_DECIMAL_P: Final = re.compile(r"(?<=\d)p(?=\d)|(?<=-.)(?<=\d)_(?=\db\b)|(?<=-1\d)_(?=\db\b)")
"""`v3p1`, `1_8b` and `10_7b`: signs that stand for the point of a number."""
_WORD_BREAK: Final = re.compile(r"(?<=[a-z]{3})(?=\d)")
_SEVERAL: Final = re.compile(r"\s[&+/]\s|\sand\s")
_ROMAN: Final = {"β": "beta", "α": "alpha", "‑": "-", "–": "-", "—": "-", "’": "'", "·": "-"}

_EMPTY_WORDS: Final = frozenset({"meta", "hf", "c4ai", "model", "older", "deprecated", "ga"})
_CLAUDE_TIERS: Final = frozenset({"opus", "sonnet", "haiku"})
_GEMINI_TIERS: Final = frozenset({"pro", "flash", "ultra", "live", "omni"})
_SAME_WORDS: Final = {"it": "instruct", "experimental": "exp"}
_GLUED_HEADS: Final = frozenset({"qwen"})
_NUMBERED_HEADS: Final = frozenset({"gpt", "claude", "gemini", "grok"})
"""Makers who write "4", not "4.0", in the names of their newer models."""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name taken apart.

    words      the words that make the identity, in the order of the name
    behind     those of them that stand behind the date
    key        the same, sorted and unified
    date       the date in the name, if any; `revision` a maker's number of a version ("002")
    is_moving  whether the name says "latest"
    setting    what the name says of how the model was run or served
    """

    words: tuple[str, ...]
    key: Key
    date: NameDate | None
    revision: str | None
    is_moving: bool
    namespace: str | None
    maker: str | None
    setting: str | None
    has_prefix: bool
    behind: tuple[str, ...] = ()

    def version_label(self) -> str | None:
        """The date or revision in the name, as text."""
        return self.date.label if self.date else self.revision


def is_combination(name: str) -> bool:
    """Whether a name speaks of several models or of a scaffold with a model."""
    return _SEVERAL.search(_BRACKETED.sub("", name)) is not None


def plain(name: str) -> str:
    """The name in lower case, without footnote marks, with plain hyphens and single blanks."""
    text = unicodedata.normalize("NFKC", _FOOTNOTES.sub("", name.strip()))
    for sign, written in _ROMAN.items():
        text = text.replace(sign, written)
    text = re.sub(r"(?<=[a-z])' (?=\d\d\b)", " '", text)
    text = re.sub(r"\s+", " ", text).strip().lower()
    return text.replace("%2f", "/").replace("%3a", ":") if "%" in text else text


def parse_name(name: str, spellings: Spellings) -> Iterator[tuple[ParsedName, bool]]:
    """All ways to take a name apart, from the fewest settings taken off to the most.

    Yields (parsed, is_default): the last one with is_default is what the name means when nothing is known.
    """
    unprefixed = strip_prefixes(plain(name), spellings)
    text, marked = _unmarked(_LISTING.sub("", unprefixed.rest))
    text, wrapped = strip_wrapping(settings_last(text))
    settings = [*wrapped, *marked]
    is_default = True
    while True:
        yield (
            _assembled(text, settings, unprefixed.namespace, unprefixed.maker, unprefixed.changed),
            is_default,
        )
        dated = _without_date(text)
        peeled = peel(dated[0])
        if peeled is None:
            return
        stem, word = peeled
        is_default = is_default and is_default_peel(stem, word, is_dated=bool(dated[1]))
        if not is_default and is_mode(word):
            return
        stem, wrapped = strip_wrapping(stem)
        text = " ".join([stem, *dated[1]])
        settings = [*wrapped, word, *settings]


@lru_cache(maxsize=50_000)
def readings_of(name: str, spellings: Spellings) -> tuple[tuple[ParsedName, bool], ...]:
    """All that `parse_name` yields, remembered: a name is read to learn of it, then again to resolve it."""
    return tuple(parse_name(name, spellings))


def default_reading(name: str, spellings: Spellings) -> ParsedName:
    """What a name means when nothing is known: all words off that are surely settings."""
    return [parsed for parsed, is_default in readings_of(name, spellings) if is_default][-1]


def _assembled(
    text: str, settings: Sequence[str], namespace: str | None, maker: str | None, has_prefix: bool
) -> ParsedName:
    tokens = tokens_of(text)
    span = find_date(tokens)
    behind = key_of(tokens[span.stop :]) if span and span.stop < len(tokens) else ()
    date, tokens = _dated(tokens)
    revision = next(
        (token for token in tokens[1:] if token[:2] == "00" and re.fullmatch(r"00\d", token)), None
    )
    words = _joined_versions([token for token in tokens if token != revision])
    words = _completed(words)
    return ParsedName(
        words=tuple(words),
        key=key_of(words),
        date=date,
        revision=revision,
        is_moving="latest" in words,
        namespace=namespace,
        maker=maker,
        setting=joined(settings),
        has_prefix=has_prefix,
        behind=behind,
    )


def _dated(tokens: list[str]) -> tuple[NameDate | None, list[str]]:
    """The date and the other tokens; of two dates that agree ("0324 (Mar '25)") the one with the day."""
    span = find_date(tokens)
    if span is None:
        return None, tokens
    rest = [*tokens[: span.start], *tokens[span.stop :]]
    earlier = find_date(rest)
    if earlier and _is_day_of(earlier.found, span.found):
        return earlier.found, [*rest[: earlier.start], *rest[earlier.stop :]]
    return span.found, rest


def _is_day_of(day: NameDate, month: NameDate) -> bool:
    return any(
        one.day is not None and other.day is None and one.month == other.month
        for one in day.readings[:1]
        for other in month.readings[:1]
    )


def key_of(words: Sequence[str]) -> Key:
    """The words as a key: sorted, unified, without the words that tell nothing."""
    unified = [_unified(word) for word in words if word not in _EMPTY_WORDS or len(words) == 1]
    return tuple(sorted(unified))


def tokens_of(text: str) -> list[str]:
    """The smallest parts of a name: split at blanks and marks, and between a word and its number."""
    text = _DECIMAL_P.sub(".", text)
    text = re.sub(r"(?<=\d)\+|(?<=[a-z])\+(?=$|[\s-])", "-plus", text)
    text = re.sub(r"(?<![\d/])/|/(?![\d/])", " ", text)
    parts = re.split(r"[\s_\-:@,|]+", text)
    return [piece for part in parts for piece in _WORD_BREAK.split(part.strip(".()[]")) if piece]


def _unmarked(text: str) -> tuple[str, list[str]]:
    """Take off brackets, colons, commas and underscores that hold settings; other brackets become words."""
    settings: list[str] = []
    for content in _BRACKETED.findall(text):
        kept = []
        for note in re.split(r"\s*[,;]\s*", content.strip()):
            if is_setting(note):
                settings.append(note)
            else:
                kept.append(note)
        text = text.replace(f"({content})", f" {' '.join(kept)} ", 1).replace(f"[{content}]", " ", 1)
    text = re.sub(r"\s+", " ", text).strip()
    while True:
        for pattern in (_BUDGET_MARK, _COLON_MARK, _COMMA_MARK, _UNDERSCORE_MARK):
            match = pattern.search(text)
            if (
                match
                and match.start() > 0
                and (pattern is _BUDGET_MARK or is_setting(match[1], after_colon=pattern is _COLON_MARK))
                and not _is_all_underscored(text, pattern)
            ):
                settings.insert(0, match[1])
                text = text[: match.start()]
                break
        else:
            return text, settings


def _is_all_underscored(text: str, pattern: re.Pattern[str]) -> bool:
    return pattern is _UNDERSCORE_MARK and not re.search(r"[-. ]", text)


def _without_date(text: str) -> tuple[str, list[str]]:
    """The text without a date that hides a setting before it, and the words of that date."""
    tokens = re.split(r"([\s_\-:@]+)", text)
    parts, marks = tokens[::2], tokens[1::2]
    span = find_date(parts)
    if span is None:
        return text, []
    rest = parts[: span.start] + parts[span.stop :]
    between = marks[: span.start - 1] + marks[span.stop - 1 :]
    glued = rest[0] + "".join(mark + part for mark, part in zip(between, rest[1:], strict=False))
    return glued, parts[span.start : span.stop]


def _joined_versions(tokens: Sequence[str]) -> list[str]:
    """`4`, `5` -> `4.5` and `v3`, `2` -> `v3.2`: version numbers whose parts a hyphen separates."""
    words: list[str] = []
    for token in tokens:
        if (
            words
            and token[:1].isdigit()
            and re.fullmatch(r"\d{1,2}v?", token)
            and re.fullmatch(r"[a-z]?\d{1,2}(?:\.\d)?", words[-1])
            and len(words) > 1
        ):
            words[-1] = f"{words[-1]}.{token}"
        else:
            words.append(token)
    return words


def _completed(words: list[str]) -> list[str]:
    """Words that every reader adds or leaves out: whose "Sonnet", whose "R1 Distill"; Azure's "gpt-35"."""
    if words[:2] == ["gpt", "35"]:
        return ["gpt", "3.5", *words[2:]]
    if words[:1] == ["ds"]:
        return ["deepseek", *words[1:]]
    if words[:1] == ["mistral"] and set(words[1:2]) <= {"large", "medium", "small"}:
        return [word for word in words if word != "instruct"]
    if "llama" in words:
        text = " ".join(re.sub(r"^v(?=[2-9](?:\.|$))", "", word) for word in words)
        return text.replace("code llama", "codellama").replace("llama 1 ", "llama ").split(" ")
    line = _line_left_out(words)
    return [line, *words] if line else words


def _line_left_out(words: Sequence[str]) -> str | None:
    """The first word that a name is short of."""
    if not words:
        return None
    if words[0] in _CLAUDE_TIERS:
        return "claude"
    if words[:2] == ["r1", "distill"] or words == ["r1"]:
        return "deepseek"
    return "kimi" if re.fullmatch(r"k2\.\d", words[0]) else None


def spelt(words: Sequence[str]) -> str:
    """Words as an identifier, in the order that the maker uses where one is known."""
    ordered = [word for word in words if word not in _EMPTY_WORDS] or list(words)
    head = ordered[0]
    if head in _NUMBERED_HEADS:
        ordered = [re.sub(r"^([3-9]|\d\d)\.0$", r"\1", word) for word in ordered]
    numbers = [word for word in ordered[1:] if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", word)]
    if numbers and head == "claude" and float(numbers[0]) >= 4:
        others = [word for word in ordered[1:] if word != numbers[0]]
        return "-".join([head, *others[:1], numbers[0].replace(".", "-"), *others[1:]])
    if numbers and head == "gemini" and _GEMINI_TIERS & set(ordered[1:2]):
        return "-".join([head, numbers[0], *(word for word in ordered[1:] if word != numbers[0])])
    if numbers and head in _GLUED_HEADS and ordered[1] == numbers[0]:
        return "-".join([head + numbers[0], *ordered[2:]])
    return "-".join(ordered)


def dated_id(family: str, label: str, maker: str | None) -> str:
    """The identity of a version that nobody has catalogued, its date in the form that the maker uses."""
    if maker == "Anthropic" and re.fullmatch(r"20\d\d-\d\d-\d\d", label):
        label = label.replace("-", "")
    if maker == "Mistral" and re.fullmatch(r"20\d\d-\d\d", label):
        label = label[2:].replace("-", "")
    return f"{family}-{label}"


def _unified(word: str) -> str:
    """`it` and `instruct`, `v3.0`, `v3` and `3` are the same."""
    if not word[-1:].isdigit():
        return _SAME_WORDS.get(word, word)
    number = re.fullmatch(r"v?(\d+)(\.\d+)?", word)
    return number[1] + (number[2] or "").removesuffix(".0") if number else word
