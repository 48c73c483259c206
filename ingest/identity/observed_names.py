"""What a list of names tells about models that the catalogue does not have yet.

A dated name of a maker makes a version known ("gpt-7-2027-01-15"), so that the undated name means it while it
is the only one. A router's slug with a compact date ("z-ai/glm-9-20270115") only says when it was listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ingest.identity.catalogue import Model, ModelKind
from ingest.identity.model_index import ModelIndex
from ingest.identity.model_names import Key, ParsedName, default_reading, is_combination, spelt
from ingest.identity.name_prefixes import Spellings

_LISTING: Final = re.compile(r"^(?!anthropic/)[^/]+/.*-20\d{6}(?:$|:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Observed:
    """Versions seen although not catalogued, and the words of all undated names seen."""

    versions: tuple[tuple[ParsedName, Model], ...] = ()
    undated: frozenset[Key] = field(default=frozenset(), repr=False)


def is_listing_slug(name: str) -> bool:
    """Whether the date in a name is the day on which a router listed the model."""
    return _LISTING.match(name) is not None


def observe(names: Iterable[str], spellings: Spellings, index: ModelIndex) -> Observed:
    """Read the names that sources list; only lines of models that the index does not know are touched."""
    versions: dict[str, tuple[ParsedName, Model]] = {}
    undated: set[Key] = set()
    for name in names:
        if is_combination(name):
            continue
        parsed = default_reading(name, spellings)
        if parsed.namespace or not parsed.words or index.line(parsed.key) is not None:
            continue
        if parsed.version_label() is None:
            undated.add(parsed.key)
        elif parsed.date and parsed.date.whole() and not is_listing_slug(name):
            model = _version(parsed)
            versions.setdefault(model.model_id, (parsed, model))
    return Observed(tuple(versions.values()), frozenset(undated))


def _version(parsed: ParsedName) -> Model:
    family, label = spelt(parsed.words), parsed.version_label()
    return Model(
        model_id=f"{family}-{label}",
        organization=parsed.maker or "",
        family=family,
        kind=ModelKind.DATED,
        version_on=label,
    )
