"""Names that no rule explains, with near names for a person to choose from, and that person's decisions."""

from __future__ import annotations

import csv
import io
from difflib import SequenceMatcher
from pathlib import Path

import polars as pl

from ingest.identity.resolve import Resolver

LIKENESS = 0.85
"""Share of common letters from which two names are worth a person's look."""

HEADER = ["name", "model_id", "source_id"]
SHARED_FILE = Path(__file__).parent / "aliases.csv"


class UnknownModelError(ValueError):
    """An alias was to point to a model that does not exist."""


def with_suggestions(names: pl.DataFrame, resolver: Resolver, n: int = 3) -> pl.DataFrame:
    """The names to which at least one known model_id is near, with up to `n` of them in a column `near`.

    A name that nothing resembles stands on its own and needs no decision: it is left out.
    """
    near = [
        [other for other in resolver.suggest(name, n) if _alike(model_id, other)]
        for name, model_id in names.select("model_name", "model_id").iter_rows()
    ]
    return names.with_columns(near=pl.Series(near, dtype=pl.List(pl.String))).filter(
        pl.col("near").list.len() > 0
    )


def _alike(model_id: str, other: str) -> bool:
    return SequenceMatcher(None, model_id, other).ratio() >= LIKENESS


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
