"""What a list of names tells about models that the catalogue does not have yet.

A dated name of a maker makes a version known ("gpt-7-2027-01-15"), so that the undated name means it while
it is the only one; not so where a word that nobody knows stands behind the date. A router's slug with a
compact date ("z-ai/glm-9-20270115") only says when it was listed. Of a model that the catalogue has, a whole
date far from all that is known of it is a further version. A fine-tune that one source gives with its owner
and another without ("gryphe/mythomax-l2-13b") is one model while it has one owner only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.identity.catalogue import Model, ModelKind
from ingest.identity.model_index import Line, ModelIndex
from ingest.identity.spelling.model_names import (
    Key,
    ParsedName,
    dated_id,
    default_reading,
    is_combination,
    spelt,
)
from ingest.identity.spelling.name_dates import NameDate
from ingest.identity.spelling.name_prefixes import Spellings

_LISTING: Final = re.compile(r"^(?!anthropic/)[^/]+/.*-20\d{6}(?:$|:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Observed:
    """What names tell: versions that are not catalogued, the words of all undated names, who owns which
    words, and how words are spelt that are written in several orders or forms.
    """

    versions: tuple[tuple[ParsedName, Model], ...] = ()
    undated: frozenset[Key] = field(default=frozenset(), repr=False)
    owners: Mapping[Key, str] = field(default_factory=dict, repr=False)
    stems: Mapping[Key, str] = field(default_factory=dict, repr=False)


def is_listing_slug(name: str) -> bool:
    """Whether the date in a name is the day on which a router listed the model."""
    return _LISTING.match(name) is not None


def observe(names: Iterable[str], spellings: Spellings, index: ModelIndex) -> Observed:
    """Read the names that sources list; what the index knows is only added to."""
    versions: dict[str, tuple[ParsedName, Model]] = {}
    undated: set[Key] = set()
    owners: dict[Key, set[str]] = {}
    stems: dict[Key, set[str]] = {}
    vocabulary = index.words()
    for name in names:
        if is_combination(name):
            continue
        parsed = default_reading(name, spellings)
        if not parsed.words:
            continue
        line = index.line(parsed.key)
        if line is None:
            stems.setdefault(parsed.key, set()).add(spelt(parsed.words))
        if parsed.namespace:
            if line is None and _is_telling(parsed, spellings):
                owners.setdefault(parsed.key, set()).add(parsed.namespace)
        elif parsed.version_label() is None:
            undated.add(parsed.key)
        elif (
            parsed.date and vocabulary.issuperset(parsed.behind) and _is_new_version(name, parsed.date, line)
        ):
            model = _version(parsed, line)
            versions.setdefault(model.model_id, (parsed, model))
    return Observed(
        tuple(versions.values()),
        frozenset(undated),
        {key: next(iter(names)) for key, names in owners.items() if len(names) == 1},
        {key: min(forms, key=_plainness) for key, forms in stems.items() if len(forms) > 1},
    )


def _plainness(form: str) -> tuple[int, str]:
    return len(form), form


def _is_telling(parsed: ParsedName, spellings: Spellings) -> bool:
    """Whether a name is unmistakable without its owner: several words, a number, and no maker's line."""
    has_number = any(sign.isdigit() for word in parsed.words for sign in word)
    return len(parsed.key) > 1 and has_number and parsed.words[0] not in spellings.heads


def _is_new_version(name: str, said: NameDate, line: Line | None) -> bool:
    """Whether a date makes a version: whole, not a router's, and far from what is known of the model."""
    day = said.whole()
    if day is None or is_listing_slug(name):
        return False
    return line is None or not line.knows_about(said, day)


def _version(parsed: ParsedName, line: Line | None) -> Model:
    label = parsed.version_label()
    known = line.any_model() if line else None
    family = known.family if known else spelt(parsed.words)
    maker = known.organization if known else parsed.maker or ""
    return Model(
        model_id=dated_id(family, label or "", maker),
        organization=maker,
        family=family,
        kind=ModelKind.DATED,
        version_on=label,
    )
