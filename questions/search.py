"""Search: models, benchmarks, makers, sources and questions by their names, and where each leads."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from questions.benchmarks.known import is_part
from questions.compare.compared import known_models
from questions.kept import kept
from questions.registry import all_questions
from questions.scores import benchmarks
from questions.view import View

MOST: Final = 20
_NEAR: Final = 0.75
_FEW: Final = 6
_MOST_WORDS: Final = 12
_ENOUGH: Final = 0.6
"""Of a sentence that much is found of what its telling words weigh together in the best."""

_KINDS: Final = ("question", "maker", "benchmark", "model", "source")
"""Kinds of things, in the order in which they are known, and in which equals are told of a sentence."""

_TELLS_NOTHING: Final = frozenset(
    re.findall(
        r"\w+",
        "a ai an and are as at be best better by can did do does for from get give has have how i in is it "
        "its me models model much most my now of on one or should still than that the there this to use was "
        "we what when where which who why will with would you your about between down into over under up",
    )
)
"""Words of sentences that name nothing."""

_TELLS_LITTLE: Final = frozenset({"best"})
"""Of those the ones that tell something where a sentence has no other."""

ASKED_FOR_BY: Final = {
    "price": ("cheap", "cheaper", "cheapest", "expensive", "pricing", "inflation", "deflation"),
    "trends": ("slowing", "slowdown", "stagnation", "plateau", "progress"),
    "capability": ("leaderboard", "ranking", "smartest", "strongest"),
    "dotcom": ("bubble", "crash", "nasdaq", "stocks", "capex"),
    "datawall": ("training data", "running out of data"),
    "speed": ("faster", "fastest", "latency", "tokens per second"),
    "worth": ("value for money", "return", "roi"),
    "agents": ("computer use", "automation", "time horizon", "coding", "coders"),
    "relay": ("saturation", "saturated"),
    "compare": ("versus", "vs"),
    "modellist": ("open source", "open weights", "open-weight models"),
    "hype": ("buzz", "publicity"),
    "news": ("latest", "recent", "deprecations"),
    "sources": ("licence", "license", "data quality"),
}
"""Words by which readers ask for a question that neither its name nor its sentence has."""


@dataclass(frozen=True)
class Found:
    """One thing that can be found.

    kind      model, benchmark, maker, source or question
    name      as readers know it
    also      other words by which it is found, its id first
    question  where it leads, with these controls set by pairs of name and word
    """

    kind: str
    name: str
    also: tuple[str, ...]
    question: str
    controls: tuple[tuple[str, str], ...] = ()

    @cached_property
    def squeezed(self) -> tuple[str, ...]:
        """Name and other words without anything but letters and digits."""
        return tuple(_squeezed(text) for text in (self.name, *self.also))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of name and others."""
        return frozenset(word for text in (self.name, *self.also) for word in _words(text))


def search(view: View, text: str, most: int = MOST) -> tuple[Found, ...]:
    """What the text finds, the best first: whole names, then beginnings, words, parts; else what is near.

    Case, blanks and hyphens say nothing: "gpt4" finds GPT-4.
    """
    asked, words = _squeezed(text), _words(text)
    if not asked:
        return ()
    known = kept(view, "search", (), lambda: tuple(_everything(view)))
    ranked = [
        (rank, len(item.name), place, item)
        for place, item in enumerate(known)
        if (rank := _rank(item, asked, words)) is not None
    ]
    found = tuple(item for *_, item in sorted(ranked, key=lambda row: row[:3])[:most])
    return found or _near(known, asked) or _of_a_sentence(known, words)


def _rank(item: Found, asked: str, words: list[str]) -> int | None:
    if asked in item.squeezed:
        return 0
    if any(text.startswith(asked) for text in item.squeezed):
        return 1
    if all(any(known.startswith(word) for known in item.words) for word in words):
        return 2
    return 3 if len(asked) > 2 and any(asked in text for text in item.squeezed) else None


def _near(known: tuple[Found, ...], asked: str) -> tuple[Found, ...]:
    names = {text: item for item in reversed(known) for text in item.squeezed}
    close = difflib.get_close_matches(asked, names, n=5, cutoff=_NEAR)
    return tuple(dict.fromkeys(names[text] for text in close))


def _of_a_sentence(known: tuple[Found, ...], words: list[str]) -> tuple[Found, ...]:
    """What the telling words of a sentence find, each weighing the more the fewer things have it.

    A number alone names nothing: it only tells things apart that another word has found. What a sentence
    calls by its whole name comes first, since words such as price are had by fewer things than GPT.
    """
    each = dict.fromkeys(words)
    telling = [word for word in each if word not in _TELLS_NOTHING][:_MOST_WORDS]
    telling = telling or [word for word in each if word in _TELLS_LITTLE]
    weighs: dict[Found, float] = {}
    named: set[Found] = set()
    for word in telling if len(words) > 1 else ():
        having = [item for item in known if _has(item, word)]
        for item in having:
            weighs[item] = weighs.get(item, 0.0) + math.log1p(len(known) / len(having))
        if not word.isdigit():
            named.update(having)
    best = max((weighs[item] for item in named), default=0.0)
    called = _called(named, words)
    found = [item for item in weighs if item in called or (item in named and weighs[item] >= _ENOUGH * best)]
    return tuple(
        sorted(
            found,
            key=lambda item: (item not in called, -weighs[item], _KINDS.index(item.kind), len(item.name)),
        )[:_FEW]
    )


def _called(named: set[Found], words: list[str]) -> set[Found]:
    """Those whose whole name stands in a sentence, however it is written, and in no longer such name."""
    ends = range(1, len(words) + 1)
    runs = {"".join(words[start:end]) for end in ends for start in range(end)}
    whole = {item: item.squeezed[0] for item in named if item.squeezed[0] in runs}
    longer = set(whole.values())
    return {
        item for item, name in whole.items() if not any(name != other and name in other for other in longer)
    }


def _has(item: Found, word: str) -> bool:
    """Whether a word is one of a thing's; of three letters or more also the beginning of one."""
    if len(word) < 3:
        return word in item.words
    return any(known.startswith(word) for known in item.words)


def _everything(view: View) -> Iterator[Found]:
    """Questions first, then makers, benchmarks, models (those of most benchmarks first), sources."""
    for question in all_questions().values():
        also = (question.name, question.asks, *ASKED_FOR_BY.get(question.name, ()))
        yield Found("question", question.title, also, question.name)
    models, _ = known_models(view)
    makers = models.drop_nulls("organization")["organization"].unique().sort()
    for maker in makers:
        yield Found("maker", maker, (), "modellist", (("maker", maker),))
    for name, title in benchmarks(view).select("benchmark_id", "title").iter_rows():
        shown_by = "capability" if is_part(name) else "benchmarks"
        yield Found("benchmark", title, (name,), shown_by, (("benchmark", name),))
    titles = Counter(title.casefold() for title in models["title"])
    for name, title, maker in models.select("model_id", "title", "organization").iter_rows():
        also = (name, f"{title} {name}", f"{title} {maker or ''}")
        told = title if titles[title.casefold()] == 1 or title == name else f"{title} ({name})"
        yield Found("model", told, (*also, title), "models", (("find", name),))
    for name, title in view.ask("sources").select("source_id", "title").iter_rows():
        yield Found("source", title, (name,), "sources", (("source", name),))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _squeezed(text: str) -> str:
    return "".join(_words(text))
