"""What stands before a model's name: hosts, regions, makers, namespaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_BEDROCK_REGION: Final = re.compile(r"^(?:us-gov|us|eu|apac|ap|au|jp|ca|global|regional)\.(?=[a-z])")
_REGION: Final = re.compile(
    r"(?:us|eu|global|global-standard|standard|data-zone|\*|[a-z]{2}(?:-gov)?-[a-z]+-\d|\d-month-commitment"
    r"|invoke|converse|invoke-converse|accounts|models|routers|main|preset|@cf|@hf|route|tee|pro|public|chat"
    r"|completion|chat-completion|responses|hf|anonymous)"
)


@dataclass(frozen=True, slots=True)
class Spellings:
    """How makers and hosts are spelt: spelling in lower case -> organization, and the set of hosts.

    `heads` are the first words of model names, with their makers ("gpt", "grok"): they may follow a maker's
    name without a mark ("OpenAI GPT-4o", "xai-grok-4"), and tell the maker where nothing else does.
    """

    makers: Mapping[str, str] = field(repr=False)
    hosts: frozenset[str] = field(repr=False)
    heads: Mapping[str, str] = field(repr=False)

    def maker(self, spelling: str | None) -> str | None:
        """The organization that a spelling stands for, the first one where several are listed."""
        if not spelling:
            return None
        for part in (spelling, spelling.split(",", maxsplit=1)[0]):
            found = self.makers.get(part.strip().lower())
            if found:
                return found
        return None

    def is_passed_through(self, segment: str) -> bool:
        """Whether a path segment says only who serves or made the model."""
        return segment in self.hosts or segment in self.makers or _REGION.fullmatch(segment) is not None


@dataclass(frozen=True, slots=True)
class Unprefixed:
    """A name without its prefixes; `namespace` is kept where nobody known stands behind it."""

    rest: str
    namespace: str | None
    maker: str | None
    changed: bool


def strip_prefixes(name: str, spellings: Spellings) -> Unprefixed:
    """Take hosts, regions and makers off the front of a lower-case name."""
    rest = re.sub(r"^https?://(?:www\.)?huggingface\.co/", "", name)
    rest, maker = _titled(rest, spellings)
    namespace: str | None = None
    if _is_path(rest):
        segments = [segment.removeprefix("~").removeprefix("hf:") for segment in rest.split("/")]
        rest = segments[-1]
        for segment in segments[:-1]:
            maker = spellings.makers.get(segment) or maker
            if not spellings.is_passed_through(segment):
                namespace = f"{namespace}/{segment}" if namespace else segment
    rest = _BEDROCK_REGION.sub("", rest)
    dotted = re.match(r"^([a-z][a-z0-9-]*)\.(?=[a-z])", rest)
    if dotted and (dotted[1] in spellings.makers or dotted[1] in spellings.hosts):
        maker = spellings.makers.get(dotted[1]) or maker
        rest = _bedrock_version(dotted[1], rest[dotted.end() :])
    rest, said = _spoken(rest, spellings)
    maker = said or maker
    if maker == "DeepSeek":
        rest = re.sub(r"^(?=[rv]\d)", "deepseek-", rest)
    return Unprefixed(rest, namespace, maker, rest != name)


def _is_path(name: str) -> bool:
    head = name.split("/", maxsplit=1)[0]
    return "/" in name and " " not in head and "(" not in head and not name.endswith("/")


def _titled(name: str, spellings: Spellings) -> tuple[str, str | None]:
    """`OpenAI: GPT-4o` and `Venice: Uncensored (free)`; only a known maker comes off."""
    before, colon, after = name.partition(": ")
    if colon and (before in spellings.makers or before in spellings.hosts):
        return after.strip(), spellings.makers.get(before)
    return name, None


def _spoken(name: str, spellings: Spellings) -> tuple[str, str | None]:
    """`OpenAI GPT-4o`, `xai-grok-4`, `Zhipu AI GLM-4-9B`, `fireworks-kimi-k2-6`."""
    maker: str | None = None
    for _ in range(2):
        for width in (3, 2, 1):
            words = re.match(rf"((?:[^\s-]+[\s-]){{{width}}})(?=(\D*))", name)
            if not words:
                continue
            spelling = re.sub(r"[\s-]+", " ", words[1]).strip()
            hyphened = spelling.replace(" ", "-")
            known = next((key for key in (spelling, hyphened) if key in spellings.makers), None)
            is_host = known is None and (spelling in spellings.hosts or hyphened in spellings.hosts)
            rest = name[words.end(1) :]
            if (known or is_host) and _starts_with_head(rest, spellings):
                maker = spellings.makers[known] if known else maker
                name = rest
                break
        else:
            break
    return name, maker


def _starts_with_head(rest: str, spellings: Spellings) -> bool:
    word = re.match(r"[a-z]+", rest)
    if not word:
        return False
    return word[0] in spellings.heads or re.match(r"o\d(?![a-z])", rest) is not None


def _bedrock_version(maker: str, rest: str) -> str:
    """`claude-v2:1` is a version of the model; `-v1:0`, `-v2:0` and `-1:0` number the listing."""
    if maker == "anthropic":
        named = re.fullmatch(r"claude-(instant-)?v(\d)(?::(\d))?(?::\d+k)?", rest)
        if named:
            minor = f".{named[3]}" if named[3] and named[3] != "0" else ""
            return f"claude-{named[1] or ''}{named[2]}{minor}"
    if maker == "deepseek" and rest == "v3-v1:0":  # Bedrock's only V3 is V3.1, whatever its id says
        return "deepseek-v3.1"
    numbered = re.fullmatch(r"(.*-v0):(\d)", rest)
    if numbered:
        return f"{numbered[1]}.{numbered[2]}"
    return re.sub(r"-v?\d+:\d+(?::\w+)?$|-v1$", "", rest)
