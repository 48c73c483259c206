"""The known models, found by the words of a name: which version a parsed name means, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from ingest.identity.catalogue import Model, ModelKind
from ingest.identity.spelling.model_names import Key, ParsedName
from ingest.identity.spelling.name_dates import NameDate, Reading, date_of

_ACTIVE_SIZE: Final = re.compile(r"a\d+(?:\.\d+)?b")

LISTING_LAG: Final = timedelta(days=31)
"""A date this near a model's release, where its maker names no versions, is the day somebody listed it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A known model and the rule by which a name led to it."""

    model: Model
    rule: str


@dataclass(slots=True)
class Line:
    """All known models and names that share the same words: the undated one, the dated ones, the aliases."""

    undated: Model | None = None
    undated_alias: Model | None = None
    dated: list[tuple[NameDate, Model]] = field(default_factory=list)
    dated_aliases: list[tuple[NameDate, Model]] = field(default_factory=list)
    revisions: dict[str, Model] = field(default_factory=dict)

    def versions(self) -> list[Model]:
        """The dated and numbered versions, each once."""
        known = [model for _, model in self.dated] + list(self.revisions.values())
        return list({model.model_id: model for model in known}.values())

    def released(self) -> list[Model]:
        """What a name with these words and a date of release can mean."""
        single = [model for model in (self.undated, self.undated_alias) if model is not None]
        known = {model.model_id: model for model in [*single, *self.versions()]}
        return [model for model in known.values() if model.kind is not ModelKind.ALIAS]

    def any_model(self) -> Model | None:
        """One model of the line, for what all of them share."""
        return next(iter([*self.released(), *(model for _, model in self.dated_aliases)]), self.undated)

    def knows_about(self, said: NameDate, day: date) -> bool:
        """Whether a date is a known version's or alias's, or within LISTING_LAG of a version or a release."""
        if any(known.agrees_with(said) for known, _ in [*self.dated, *self.dated_aliases]):
            return True
        days = [known.whole() for known, _ in self.dated]
        days += [
            date.fromisoformat(model.released_on)
            for model in self.released()
            if model.released_on and len(model.released_on) == 10
        ]
        return any(known is not None and abs(known - day) <= LISTING_LAG for known in days)


class ModelIndex:
    """Models by the words of their names. Built once; `find` never changes it."""

    def __init__(self) -> None:
        self._lines: dict[Key, Line] = {}
        self._without_active_size: dict[Key, set[Key]] = {}

    def add_model(self, parsed: ParsedName, model: Model) -> None:
        """Enter a model under its own name."""
        line = self._line(parsed.key)
        if parsed.date:
            line.dated.append((parsed.date, model))
        elif parsed.revision:
            line.revisions[parsed.revision] = model
        else:
            line.undated = model

    def add_alias(self, parsed: ParsedName, model: Model) -> None:
        """Enter a further name of a model."""
        line = self._line(parsed.key)
        if parsed.date:
            line.dated_aliases.append((parsed.date, model))
        elif parsed.revision:
            line.revisions.setdefault(parsed.revision, model)
        else:
            line.undated_alias = model

    def line(self, key: Key) -> Line | None:
        """The line of a key."""
        return self._lines.get(key)

    def with_active_size(self, key: Key) -> Key | None:
        """The one key that adds nothing but the active size of a mixture ("a22b") to these words."""
        keys = self._without_active_size.get(key, set())
        return next(iter(keys)) if len(keys) == 1 else None

    def keys(self) -> Iterable[Key]:
        """The keys of all lines."""
        return self._lines.keys()

    def words(self) -> frozenset[str]:
        """All words of all keys."""
        return frozenset(word for key in self._lines for word in key)

    def find(self, parsed: ParsedName, key: Key | None = None) -> Found | None:
        """The model that a parsed name means; None where no line has its words or its version is unknown."""
        line = self._lines.get(key or parsed.key)
        if line is None:
            return None
        if parsed.date:
            return _by_date(line, parsed.date)
        if parsed.revision:
            return _by_revision(line, parsed.revision)
        return _undated(line)

    def _line(self, key: Key) -> Line:
        for word in key:
            if _ACTIVE_SIZE.fullmatch(word):
                shorter = tuple(other for other in key if other != word)
                self._without_active_size.setdefault(shorter, set()).add(key)
        return self._lines.setdefault(key, Line())


def _by_revision(line: Line, revision: str) -> Found | None:
    """A numbered version; "001" of a model whose maker numbers none is that model (Vertex writes it so)."""
    model = line.revisions.get(revision)
    if model:
        return Found(model, "version number")
    single = line.undated or line.undated_alias
    if single and single.organization != "Google" and not line.revisions and revision == "001":
        return Found(single, "first version")
    return None


def _undated(line: Line) -> Found | None:
    if line.undated:
        return Found(line.undated, "moving alias" if line.undated.kind is ModelKind.ALIAS else "exact")
    if line.undated_alias:
        return Found(line.undated_alias, "alias")
    versions = line.versions()
    return Found(versions[0], "only version") if len(versions) == 1 else None


def _by_date(line: Line, said: NameDate) -> Found | None:
    for entries, rule in ((line.dated, "date"), (line.dated_aliases, "alias")):
        found = _one([model for known, model in entries if known.agrees_with(said)])
        if found:
            return Found(found, rule)
        same = _one([model for known, model in entries if known.label == said.label])
        if same:
            return Found(same, rule)
    candidates = line.released()
    released = _one([model for model in candidates if _released_then(model, said)])
    if released:
        return Found(released, "release date")
    unversioned = [model for model in candidates if model.kind is ModelKind.UNDATED]
    listed = _one([model for model in unversioned if _listed_about_then(model, said)])
    return Found(listed, "listing date") if listed else None


def _one(models: list[Model]) -> Model | None:
    distinct = {model.model_id: model for model in models}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _released_then(model: Model, said: NameDate) -> bool:
    if model.released_on is None:
        return False
    if len(model.released_on) == 10:
        return said.agrees_with(date_of(date.fromisoformat(model.released_on)))
    year, month = model.released_on.split("-")
    known = NameDate(model.released_on, (Reading(int(year), int(month), None),))
    return said.agrees_with(known)


def _listed_about_then(model: Model, said: NameDate) -> bool:
    if model.released_on is None or len(model.released_on) != 10:
        return False
    listed = said.whole()
    return listed is not None and abs(listed - date.fromisoformat(model.released_on)) <= LISTING_LAG
