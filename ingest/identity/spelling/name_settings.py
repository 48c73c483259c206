"""Settings inside model names: effort, thinking, budget, harness, quantisation, host and price tier.

A setting is never part of a model's identity, but many of its words are also parts of names: `-max` in
`gpt-5.6-sol-max` is an effort, in `qwen3-max` a model. Words that a mark sets apart (`_max`, `:max`, `(max)`)
are always settings. Bare trailing words come off one at a time, so that whoever knows the models can stop at
the first name that exists; which of them come off when no such name exists is the matter of `default_peels`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_EFFORTS: Final = r"(?:x-?high|extra high|high|medium|low|minimal|max|none|unknown|default|adaptive|auto)"
_THINK: Final = r"(?:thinking|think|reasoning|reasoner|thought)"
_SCAFFOLDS: Final = (
    r"(?:claude[ -]code|codex[ -]cli|gemini[ -]cli|qwen[ -]code|cline|aider|openhands|goose|roo(?:[ -]code)?"
    r"|(?:mini-)?swe-agent|terminus(?:[ -]\d)?|cursor)"
)
_ABOVE: Final = r"(?:[<>≤≥]=?|gte?|lte?|above|over|below|under|up[-_ ]to)"
_LENGTH: Final = r"(?:\d+k|[12]m)"
"""A context's length; more millions than two are a model's size."""
_SHOTS: Final = r"(?:\d+|zero|one|few)[ -]shots?"
_MARKED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:pro)?{_EFFORTS}(?: effort)?(?: {_THINK})?(?: effort)?",
        rf"(?:{_THINK}[ _]?)?(?:effort)? ?[:=] ?{_EFFORTS}|(?:{_THINK}[ _])?effort {_EFFORTS}",
        rf"(?:with |extended )+(?:{_THINK})|(?:{_THINK} )?budget[ :=]*\d+k?",
        rf"\d+k(?: {_THINK})? (?:budget|tokens)",
        rf"{_SHOTS}|cot|(?:pass|maj|cons)@\d+",
        r"(?:temp(?:erature)?[ =:]*|t ?= ?)\d[\d.]*",
        r"(?:(?:with|no|without) )?(?:tools?|search|browsing)",
        rf"{_SCAFFOLDS}(?: scaffold)?",
        rf"(?:no|non|without)[ _-]?{_THINK}|nothink(?:ing)?",
        rf"{_THINK}(?:[ ,_-]+(?:{_EFFORTS}|\d+k|on|off))*",
        rf"(?:default )?{_THINK} (?:length|tokens)|default {_THINK} length",
        rf"(?:{_EFFORTS}|default|unknown|no|\d+k)[ ,]+{_THINK}(?: tokens)?",
        rf"(?:{_ABOVE} ?)?{_LENGTH}(?: (?:tokens|context|ctx|input))*|(?:long|short)[ -]context",
        r"fc|prompt(?: ?\+ ?thinking)?|prompted",
        r"inspect|elicited|codex-harness|claude-code|diff|udiff|whole|refine\.?|adversarial",
        r"scratchpad|self-moderated",
        r"free|nitro|exacto|extended|floor|online|or|or_adaptive|batch(?:es)?|flex|priority|balanced|econom(?:y|ic)",
        r"(?:ultra|super|hyper|extra)-?fast|off-?peak|peak|on-?demand|dedicated|provisioned|express|discount(?:ed)?",
        r"(?:int|fp|bf|nvfp|mxfp|w)\d+(?:a\d+)?|awq|gptq|gguf|ggml|mlx|i?q\d[a-z0-9_]*|[2-8]-?bit",
        r"cloud",
        r"(?:max|high|medium|low|xhigh)_(?:novita|fireworks|together|or|openrouter)",
        r"novita|together|fireworks|openrouter|ollama|bedrock|azure|alibaba api|tee",
        r"web(?:[ -]?app)?|app|api|text|text-only",
    )
)
_HOSTS_AT_END: Final = r"(?:openrouter|bedrock|together|novita|fireworks|azure|vertex|tee)"
_QUANTISED: Final = re.compile(
    r"[-_ :.](?:(?:nvfp|mxfp|fp|bf|int|w)\d+(?:a\d+)?(?:-(?:dynamic|mtp|mixed|mixed-ar|block|torchao))?"
    r"|awq|gptq|gguf|ggml|mlx|dwq|exl[23]|(?:unsloth-)?bnb|[ui]?q\d(?:[_-](?:k|0|1|xs|xxs|nl)(?:[_-][sml])?)?"
    r"|[2-8]-?bits?|tput|maas|original-tee|el|cloud|specdec|high-throughput)$"
)
_TIER: Final = re.compile(
    r"\s*[<>≤≥]=?\s*\d+k?(?: tokens)?$"
    rf"|[-_ ]{_ABOVE}[-_ ]?{_LENGTH}(?:[-_ ](?:tokens|context))?$"
)
_FREE: Final = re.compile(r"-free$")
_TURBO: Final = re.compile(
    r"(?<=[- ]instruct)[- ](?:turbo|lite|reference|basic|fast|tee|original|standard)(?:-free)?"
    r"(?=$|[- ](?:\d+x)?\d+b$)|(?:(?<=\db)|(?<=\db-it)|(?<=\db-thinking))-(?:turbo|fast)$"
)
"""A host's quicker or cheaper serving of open weights; where no size is named it may be the maker's own."""
_BUDGET: Final = re.compile(
    rf"[-_ ]{_THINK}[-_ ](?:\d+k|{_EFFORTS}|auto)(?:[-_ ]?(?:{_EFFORTS})?(?:-effort)?)?$"
)
_BARE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[-_ ]{_EFFORTS}[-_ ]effort$",
        rf"[-_ ](?:no|non)[-_ ]?{_THINK}$|[-_ ]nothinking$",
        rf"[-_ ](?:high|low|medium){_THINK}$",
        rf"[-_ ](?:with|w/)[-_ ](?:extended[-_ ])?{_THINK}$",
        rf"[-_ ]{_SCAFFOLDS}$",
        r"(?<=^deepseek-v3)[-_ ](?:fast|turbo)$|(?<=^deepseek-r1)[-_ ](?:fast|turbo)$",
        r" (?:diff|whole|udiff)$",
        rf"[-_ ]{_SHOTS}$",
        r"[-_ ](?:flex|priority|batch|global|regional|us|eu)$",
        rf"(?<!deep)[-_ ]{_THINK}$",
        r"[-_ ](?:x-?high|high|minimal|low|medium|max|none|adaptive)$",
        r"(?<!gpt-4o)(?<!gpt-5)(?<!mini)[-_ ](?:search|grounding|search-non-reasoning)$",
        r"(?<=k2\.[5-9])[-_ ]instant$",
        rf"[-_ ]{_HOSTS_AT_END}$",
        r"[-_ ](?:inspect|elicited|web-?app|pre-release|refine|quality|base|original|cs)$",
        r"(?:(?<!\db)|(?<=flash-8b))-{1,2}(?:128|200|256|272)k$",
    )
)
_SURE_BARE: Final = re.compile(
    rf"(?:{_EFFORTS}[- ]effort|(?:no|non)-?{_THINK}|nothinking|xhigh|x-high|high|minimal|low|inspect"
    rf"|elicited|{_HOSTS_AT_END}|web-?app|pre-release|(?:high|low|medium){_THINK}|diff|udiff|whole|{_SHOTS}"
    rf"|(?:with|w/)[- ](?:extended[- ])?{_THINK}|{_SCAFFOLDS})"
)
_THINKS_ON_REQUEST: Final = re.compile(
    r"^(?:claude|opus|sonnet|haiku|gpt|chatgpt|o\d|deepseek-v(?:3[.p-][12]|[4-9])|glm-?(?:4[.p-][5-9]|[5-9])"
    r"|grok-?\d|kimi-k(?:2[.p-][5-9]|[3-9])|mimo|gemini-(?:2[.p-]5|[3-9])|gemma-?[4-9]|magistral|inkling|muse"
    r"|qwen-?3(?:\.\d|-\d+(?:\.\d)?b)|nemotron|minimax-m[3-9]|mercury|mistral-(?:small|medium)-[4-9])"
)
"""Lines of models that think on request, so that the word is a setting; elsewhere it names other weights."""
_TAKES_AN_EFFORT: Final = re.compile(
    r"^(?:claude|opus|sonnet|haiku|gpt-?(?:[5-9]|\d\d|oss)|o\d|deepseek-v[4-9]|glm-?[5-9]|grok-?\d|gemini-[3-9]|kimi-k[3-9]|inkling|muse"
    r"|nemotron|minimax-m[3-9]|mercury|mimo|swe-\d)"
)
"""Lines of models that take an effort, so that "medium" and "max" are settings; elsewhere they are sizes."""


_SCAFFOLD_FIRST: Final = re.compile(rf"(?P<scaffold>{_SCAFFOLDS})(?: \((?P<model>[^()]+)\))")
_SCAFFOLD_LAST: Final = re.compile(rf"(?P<model>.*\d.*)/(?P<scaffold>{_SCAFFOLDS})")
_BARE_IS_BASE: Final = re.compile(r"^(?:claude|(?:llama-?[23]|qwen-?(?:1\.5|2))\S*\db$)")
"""Lines whose bare name already is the base model (or, on LiveBench, the model that does not think)."""
_MOVED: Final = re.compile(
    rf"[-_ ]((?:no|non)[-_]?{_THINK}|{_THINK}|x-?high|high|low|medium|minimal)[-_ ]"
    r"(?=(?:preview|beta|latest|exp)(?:[-_ ]|$))"
)


def is_setting(note: str, *, after_colon: bool = False) -> bool:
    """Whether a marked word (in brackets, after a colon or an underscore) is a setting.

    `:beta` is OpenRouter's word for a price tier; "(beta)" is part of a name.
    """
    if after_colon and note == "beta":
        return True
    return any(pattern.fullmatch(note.strip()) for pattern in _MARKED)


def scaffold_and_model(text: str) -> tuple[str, str] | None:
    """A scaffold and the name of its model: `Claude Code (Sonnet 4.5)`, `gpt-5/cline`."""
    for pattern in (_SCAFFOLD_FIRST, _SCAFFOLD_LAST):
        match = pattern.fullmatch(text)
        if match:
            return match["scaffold"], match["model"]
    return None


def is_scaffold(text: str) -> bool:
    """Whether a text names a scaffold alone ("Claude Code", "mini-SWE-agent scaffold")."""
    return re.fullmatch(rf"{_SCAFFOLDS}(?: scaffold)?", text.strip()) is not None


def settings_last(name: str) -> str:
    """`x-high-preview` as `x-preview-high`: a setting before a word of the name's state goes to the end."""
    match = _MOVED.search(name)
    if match and is_default_peel(name[: match.start()], match[1], is_dated=False):
        return f"{name[: match.start()]}-{name[match.end() :]}-{match[1]}"
    return name


def strip_wrapping(name: str) -> tuple[str, tuple[str, ...]]:
    """Take off what is a setting wherever it stands at the end: price tiers, quantisation, serving forms."""
    found: list[str] = []
    shorter = True
    while shorter:
        shorter = False
        for pattern in (_TIER, _QUANTISED, _TURBO, _FREE):
            match = pattern.search(name)
            if match and match.start() > 0:
                found.append(match.group().strip(" -_:."))
                name = name[: match.start()] + name[match.end() :]
                shorter = True
    return name, tuple(found)


def peel(name: str) -> tuple[str, str] | None:
    """The name without its last bare setting word, and that word; None where it has none."""
    for pattern in (_BUDGET, *_BARE):
        match = pattern.search(name)
        if match and match.start() > 1:
            return name[: match.start()], match.group().strip(" -_")
    return None


def is_default_peel(stem: str, word: str, *, is_dated: bool) -> bool:
    """Whether a bare word is a setting although neither the longer nor the shorter name is known."""
    stem = re.sub(r"[\s_]+", "-", stem)
    if word == "base":
        return _BARE_IS_BASE.match(stem) is not None
    if stem.endswith("codex") and word == "max":
        return False
    if re.fullmatch(_THINK, word):
        is_other_weights = is_dated and stem.startswith("qwen")
        return not is_other_weights and _THINKS_ON_REQUEST.match(stem) is not None
    if re.fullmatch(rf"{_EFFORTS}|flex|priority|batch", word) and not _SURE_BARE.fullmatch(word):
        return _TAKES_AN_EFFORT.match(stem) is not None
    return _SURE_BARE.fullmatch(word) is not None or _BUDGET.fullmatch(f"-{word}") is not None


def is_mode(word: str) -> bool:
    """Whether a bare word is an effort or a way of thinking here, and part of the name in other lines."""
    return re.fullmatch(rf"(?:{_EFFORTS}|{_THINK}|base)", word) is not None


def joined(settings: Sequence[str]) -> str | None:
    """Settings in one form ("thinking 16k", "no thinking", "high"), in the name's order; None for none."""
    said = [_in_one_form(setting) for setting in settings]
    return ", ".join(dict.fromkeys(part for part in said if part)) or None


def _in_one_form(setting: str) -> str:
    text = re.sub(r"[\s_,:=-]+", " ", setting).strip().removesuffix(" effort").removesuffix(" tokens")
    text = re.sub(r"\bx high\b|\bextra high\b", "xhigh", text)
    if re.fullmatch(r"(?:no|non|without) ?(?:thinking|think|reasoning)|nothinking|nothink", text):
        return "no thinking"
    text = re.sub(r"\bthink\b|\breasoning\b|\breasoner\b", "thinking", text)
    text = re.sub(r"^(\S+) ?thinking$", r"thinking \1", text)
    return f"thinking {text}" if re.fullmatch(r"\d+k", text) else text
