"""Names that no rule explains and that a person has to look at, and that person's decisions.

A name that no rule explains is mostly a model of its own, and its identity is certain: another size, number,
tier, date or line than every known model. A person is needed only where two readings are open, and these are
the ones that `with_suggestions` keeps:

- a known model has the same words and one more that names a state or kind ("DeepSeek Coder 33B": the base
  model or the instruct one?);
- a known model has the same words, and the name a date without a year that no known version bears
  ("gpt-3.5-turbo-0314": a version, a day of measurement or a slip?);
- one word resembles a word of a known model and occurs in no other ("claude-opuss-4-7");
- only the joints differ ("stable beluga 2" and "stablebeluga2");
- a known version is followed by a word that occurs in no other name ("gpt-4o-2024-08-06-quokka");
- a month without a year is all that is more than a known model's name ("gpt-4o (March)");
- the same words stand behind somebody whom nobody knows ("newgate/gpt-4o": a seller, or a fine-tune?).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import polars as pl

from errors import ExpectedError
from ingest.formats.month_names import month_of
from ingest.identity.resolve import Resolver
from ingest.identity.spelling.model_names import Key, ParsedName

LIKENESS = 0.8
"""Share of common letters from which an unknown word may be a slip of a known one."""

HEADER = ["name", "model_id", "source_id"]
SHARED_FILE = Path(__file__).parent / "aliases.csv"

_STATES = frozenset({"preview", "exp", "beta", "instruct", "chat", "base", "latest"})


class UnknownModelError(ExpectedError):
    """An alias was to point to a model that does not exist."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A known model, read as a name."""

    model_id: str
    reading: ParsedName
    words: frozenset[str]
    glued: str


def with_suggestions(names: pl.DataFrame, resolver: Resolver, n: int = 3) -> pl.DataFrame:
    """The names that a person has to look at, with up to `n` model_ids each may mean in a column `near`."""
    known = [_known(model.model_id, resolver) for model in resolver.models]
    among = _Among(known)
    near = [among.open_readings(_known(name, resolver))[:n] for name in names["model_name"]]
    return names.with_columns(near=pl.Series(near, dtype=pl.List(pl.String))).filter(
        pl.col("near").list.len() > 0
    )


def _known(name: str, resolver: Resolver) -> _Known:
    reading = resolver.reading(name)
    return _Known(name, reading, frozenset(reading.key), "".join(reading.words))


class _Among:
    """The known models, by their words and by their words without joints."""

    def __init__(self, known: Sequence[_Known]) -> None:
        self._known = known
        self._by_word: dict[str, list[int]] = {}
        self._by_glued: dict[str, list[int]] = {}
        for at, model in enumerate(known):
            self._by_glued.setdefault(model.glued, []).append(at)
            for word in model.words:
                self._by_word.setdefault(word, []).append(at)

    def open_readings(self, name: _Known) -> list[str]:
        """The model_ids that a name which no rule explains may yet mean."""
        if not name.words:
            return []
        return [
            other.model_id
            for other in (self._known[at] for at in self._candidates(name))
            if self._may_be(name, other)
        ]

    def _candidates(self, name: _Known) -> list[int]:
        """Models that lack at most one of the name's words: each of them has one of any two of these."""
        rarest = sorted(name.words, key=lambda word: len(self._by_word.get(word, ())))
        found = {at for word in rarest[:2] for at in self._by_word.get(word, ())}
        return sorted(found.union(self._by_glued.get(name.glued, ())))

    def _may_be(self, name: _Known, other: _Known) -> bool:
        """Whether a name may mean a known model; see the module for the cases."""
        reading, known = name.reading, other.reading
        if reading.key == known.key:
            is_short_date = reading.date is not None and reading.date.whole() is None
            return is_short_date or (reading.namespace is not None and _may_be_dated(reading, known))
        extra, missing = _less(reading.key, known.key), _less(known.key, reading.key)
        if len(extra) == 1 and not missing and _may_be_dated(reading, known, is_listing=True):
            is_odd_end = extra[0] not in self._by_word and extra[0] in reading.behind
            return is_odd_end or month_of(extra[0]) is not None
        if reading.namespace is not None or not _may_be_dated(reading, known):
            return False
        is_state = not extra and set(missing) <= _STATES
        return is_state or name.glued == other.glued or self._is_slip(extra, missing)

    def _is_slip(self, extra: Sequence[str], missing: Sequence[str]) -> bool:
        """Whether one word resembles the one that lacks, and is no word of any model."""
        is_one = len(extra) == len(missing) == 1
        return is_one and extra[0] not in self._by_word and _alike(extra[0], missing[0])


def _may_be_dated(reading: ParsedName, known: ParsedName, *, is_listing: bool = False) -> bool:
    """Whether a name's version may be a known model's; of one without versions it may be a listing's."""
    said, theirs = reading.version_label(), known.version_label()
    return said in (None, theirs) or (is_listing and theirs is None)


def _less(key: Key, other: Key) -> list[str]:
    return list((Counter(key) - Counter(other)).elements())


def _alike(word: str, other: str) -> bool:
    is_text = min(len(word), len(other)) >= 4 and (word + other).isalpha()
    return is_text and SequenceMatcher(None, word, other).ratio() >= LIKENESS


def accept(resolver: Resolver, name: str, model_id: str, file: Path, source_id: str = "") -> None:
    """Write down that `name`, of one source or of all, means `model_id`; a later decision wins.

    Raises UnknownModelError with near names when there is no such model.
    """
    if model_id not in {model.model_id for model in resolver.models}:
        near = resolver.suggest(model_id)
        hint = f" Near names: {', '.join(near)}." if near else ""
        raise UnknownModelError(f"there is no model {model_id!r}.{hint}")
    rows = _rows(file)
    kept = [row for row in rows if (row["name"], row["source_id"]) != (name, source_id)]
    _write(file, [*kept, {"name": name, "model_id": model_id, "source_id": source_id}])


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    unfinished = file.with_suffix(".unfinished")
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished.write_text(text.getvalue(), encoding="utf-8")
    unfinished.replace(file)
