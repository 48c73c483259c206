"""What stands before a model's name: hosts, regions, makers, namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

_BEDROCK_REGION: Final = re.compile(
    r"^(?:us-gov|us|eu|apac|ap|au|jp|ca|global|regional|(?:emea|latam|amer|mea|[a-z]{2})(?=\.[a-z0-9-]+\.))\.(?=[a-z])"
)
_COUNTRIES: Final = (
    "us|usa|europe|asia|australia|brazil|canada|france|germany|india|italy|japan|korea|mexico|norway|poland|qatar"
    "|southafrica|spain|sweden|switzerland|uae|uk"
)
_POINTS: Final = "(?:north|south|west|east)?-?(?:east|west|north|south|central)"
_REGION: Final = re.compile(
    r"(?:us|eu|uk|ap|apac|asia|asia-pacific|emea|europe|mea|latam|amer|americas|na|northamerica|global"
    rf"|(?:{_COUNTRIES})-?{_POINTS}-?\d?|{_POINTS}-?(?:{_COUNTRIES})-?\d?|(?:{_COUNTRIES})-?{_POINTS}\d+"
    r"|(?:us|eu|ap|ca|sa|af|me|il|mx)-[a-z]+-?\d+|global-standard|standard|data-zone|data-zone-[a-z]{2}|\*"
    r"|[a-z]{2}(?:-gov)?-[a-z]+-\d|\d-month-commitment"
    r"|invoke|converse|invoke-converse|accounts|models|routers|main|preset|@cf|@hf|route|tee|pro|public|chat"
    r"|completion|chat-completion|responses|hf|anonymous)"
)

_NEVER_IN_NAMES: Final = frozenset(
    {"openai", "anthropic", "google", "xai", "amazon", "alibaba", "cohere", "zhipu", "moonshotai", "tencent"}
)
"""Makers that never begin a model's name with their own, so that it comes off whatever follows."""
_DISTILLS_OTHERS: Final = frozenset({"DeepSeek"})
"""Makers whose name before another maker's model names other weights: `deepseek-llama3.3-70b`."""


# compared by identity, so that what was read with one set of spellings can be remembered
@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """How makers and hosts are spelt: spelling in lower case -> organization, and the set of hosts.

    `heads` are the first words of model names, with their makers ("gpt", "grok"): they may follow a maker's
    name without a mark ("OpenAI GPT-4o", "xai-grok-4"), and tell the maker where nothing else does.
    """

    makers: Mapping[str, str] = field(repr=False)
    hosts: frozenset[str] = field(repr=False)
    heads: Mapping[str, str] = field(repr=False)

    def with_hosts(self, hosts: Iterable[str]) -> Spellings:
        """These spellings with further hosts; what is a maker's stays a maker's."""
        further = frozenset(host for host in hosts if host not in self.makers and host not in self.heads)
        return self if further <= self.hosts else replace(self, hosts=self.hosts | further)

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
        for at, segment in enumerate(segments[:-1]):
            maker = spellings.makers.get(segment) or maker
            is_country = at > 0 and re.fullmatch(r"[a-z]{2}", segment) is not None
            if not is_country and not spellings.is_passed_through(segment):
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
    """`OpenAI GPT-4o`, `xai-grok-4`, `Zhipu AI GLM-4-9B`, `fireworks-kimi-k2-6`, `openai-sora-2`."""
    maker: str | None = None
    for _ in range(2):
        found = next(
            (split for split in _openings(name, spellings) if _goes_on_with_a_head(split, spellings)), None
        )
        if found is None:
            break
        name, maker = found.rest, found.maker or maker
    first, hyphen, rest = name.partition("-")
    if hyphen and first in _NEVER_IN_NAMES and re.match(r"[a-z]{2}", rest):
        return rest, spellings.makers[first]
    return name, maker


@dataclass(frozen=True, slots=True)
class _Opening:
    """A name split behind the maker or host that opens it; `maker` is None for a host."""

    maker: str | None
    rest: str


def _openings(name: str, spellings: Spellings) -> Iterator[_Opening]:
    """Every way to read the first words of a name as a maker or a host, the longest first."""
    parts = re.split(r"([\s-]+)", name, maxsplit=3)
    for width in range((len(parts) - 1) // 2, 0, -1):
        words = parts[: 2 * width : 2]
        for spelling in dict.fromkeys((" ".join(words), "-".join(words))):
            if spelling in spellings.makers or spelling in spellings.hosts:
                yield _Opening(spellings.makers.get(spelling), "".join(parts[2 * width :]))
                break


def _goes_on_with_a_head(opening: _Opening, spellings: Spellings) -> bool:
    """Whether a model's name follows, at once or behind one more maker (`databricks-meta-llama-3-3`)."""
    if _starts_with_head(opening.rest, spellings):
        head = re.match(r"[a-z]+", opening.rest)
        is_others = head is not None and spellings.heads.get(head[0]) != opening.maker
        return not (is_others and opening.maker in _DISTILLS_OTHERS)
    return any(_starts_with_head(inner.rest, spellings) for inner in _openings(opening.rest, spellings))


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
