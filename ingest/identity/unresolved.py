"""Names that no rule explains and that a person has to look at, and that person's decisions.

A name that no rule explains is mostly a model of its own, and its identity is certain: another size, number,
tier, date or line than every known model. A person is needed only where two readings are open, and these are
the ones that `with_suggestions` keeps:

- a known model has the same words and one more that names a state or kind ("DeepSeek Coder 33B": the base
  model or the instruct one?);
- a known model has the same words, and the name a date without a year that no known version bears
  ("gpt-3.5-turbo-0314": a version, a day of measurement or a slip?);
- one word resembles a word of a known model and occurs in no other ("claude-opuss-4-7");
- only the joints differ ("stable beluga 2" and "stablebeluga2").
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
    vocabulary = frozenset(word for model in known for word in model.words)
    near = [_open_readings(_known(name, resolver), known, vocabulary)[:n] for name in names["model_name"]]
    return names.with_columns(near=pl.Series(near, dtype=pl.List(pl.String))).filter(
        pl.col("near").list.len() > 0
    )


def _known(name: str, resolver: Resolver) -> _Known:
    reading = resolver.reading(name)
    return _Known(name, reading, frozenset(reading.key), "".join(reading.words))


def _open_readings(name: _Known, known: Sequence[_Known], vocabulary: frozenset[str]) -> list[str]:
    if name.reading.namespace or not name.words:
        return []
    near = (other for other in known if len(name.words - other.words) < 2 or name.glued == other.glued)
    return [other.model_id for other in near if _may_be(name, other, vocabulary)]


def _may_be(name: _Known, other: _Known, vocabulary: frozenset[str]) -> bool:
    """Whether a name that no rule explains may yet mean a known model; see the module for the cases."""
    date, label = name.reading.date, name.reading.version_label()
    if name.reading.key == other.reading.key:
        return date is not None and date.whole() is None
    if label not in (None, other.reading.version_label()):
        return False
    extra, missing = _less(name.reading.key, other.reading.key), _less(other.reading.key, name.reading.key)
    if not extra:
        return set(missing) <= _STATES
    if len(extra) == len(missing) == 1 and extra[0] not in vocabulary and _alike(extra[0], missing[0]):
        return True
    return name.glued == other.glued


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
