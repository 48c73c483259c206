"""One title, one model: where sources call several by the same title, each gets what tells it apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ingest.identity.made_titles import made_title, spelt_part
from ingest.identity.spelling.name_dates import find_date

_WORD: Final = re.compile(r"[^\s\-_/:()]+")
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
_MOST_UNSAID: Final = 0.5
"""A title of which a larger share of words is not in a model's name does not name that model."""
_TELLING: Final = 4
"""Letters from which a word within a longer one is surely that word."""


class _Rest(NamedTuple):
    """What a model's name says beyond a title, words and a date, and what the title says beyond the name."""

    words: tuple[str, ...]
    date: str
    unsaid: float
    """Share of the title's words that are not in the name."""

    @property
    def is_bare(self) -> bool:
        """Whether the name is the title, but for a date."""
        return not self.words and not self.unsaid


def distinct_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """Model id -> title, no two of which are the same but for capitals.

    titles   model id -> the title that sources give or that is made of the name

    Of the models of one title that whose name says no more than the title keeps it, or the only one whose
    name adds nothing but a date: "GPT-5" stays gpt-5-2025-08-07 beside "GPT-5 Chat Latest". The others get
    what their names add: "DeepSeek v4 Flash", "Codestral (2025-01)". What is still the same then is told
    apart by the prefix of its maker ("Aria (rhymes-ai)"), last by the whole id; what a title does not fit has
    one made of its name.
    """
    found = dict(_by_name(dict(_by_rest(titles))))
    while any(len(models) > 1 for _, models in _sharing(found)):
        found = dict(_by_id(found))
    return found


def _by_rest(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for title, models in _sharing(titles):
        rests = {model: _rest(model, title) for model in models}
        keeper = _keeper(rests)
        for model, rest in rests.items():
            yield model, _title_of(model, titles[model], rest, is_keeper=model == keeper)


def _title_of(model_id: str, title: str, rest: _Rest, *, is_keeper: bool) -> str:
    """The title of one of several models that share it."""
    if is_keeper:
        return title
    if rest.unsaid > _MOST_UNSAID or not (rest.words or rest.date):
        return made_title(model_id)
    bare = _IN_BRACKETS.sub("", title) if rest.date else title
    words = " ".join([bare, *map(spelt_part, rest.words)])
    return f"{words} ({rest.date})" if rest.date else words


def _by_name(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Models of the same name with makers' prefixes: the prefix tells them apart."""
    for _, models in _sharing(titles):
        for model in models:
            prefix = model.rpartition("/")[0]
            yield model, f"{titles[model]} ({prefix})" if prefix and len(models) > 1 else titles[model]


def _by_id(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The one whose name is the title, letter by letter, keeps it; the others have their whole ids."""
    for _, models in _sharing(titles):
        named = [model for model in models if _squeezed(model) == _squeezed(titles[model])]
        keeper = models if len(models) == 1 else named if len(named) == 1 else []
        for model in models:
            yield model, titles[model] if model in keeper else f"{titles[model]} ({model})"


def _sharing(titles: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each title with the models that have it, both in order."""
    models = defaultdict[str, list[str]](list)
    for model in sorted(titles):
        models[titles[model].casefold()].append(model)
    yield from models.items()


def _keeper(rests: Mapping[str, _Rest]) -> str | None:
    """Whose title it is: all of them where there is only one model, none where it cannot be told."""
    if len(rests) == 1:
        return next(iter(rests))
    bare = [model for model, rest in rests.items() if rest.is_bare]
    exact = [model for model in bare if not rests[model].date]
    found = exact or bare
    return found[0] if len(found) == 1 else None


def _rest(model_id: str, title: str) -> _Rest:
    name = model_id.rpartition("/")[2]
    named = _WORD.findall(name)
    span = find_date(named)
    words = named[: span.start] + named[span.stop :] if span else named
    said = _WORD.findall(_IN_BRACKETS.sub("", title).replace("+", " plus"))
    unsaid = [word for word in said if _squeezed(word) not in _squeezed(name)]
    in_title = {word.casefold() for word in _WORD.findall(title.replace("+", " plus"))}
    return _Rest(
        words=tuple(word for word in words if not _is_in(word, in_title, title)),
        date=span.found.label if span else "",
        unsaid=len(unsaid) / max(len(said), 1),
    )


def _is_in(word: str, in_title: set[str], title: str) -> bool:
    """Whether a title has a word of a name: whole, or within a longer one ("flux" and "2" in FLUX.2)."""
    is_telling = len(word) >= _TELLING or word.isdigit()
    return word.casefold() in in_title or (is_telling and _squeezed(word) in _squeezed(title))


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text.casefold().replace("+", "plus") if sign.isalnum())
