"""The curated knowledge about models: who makes what, which versions exist, how they are also called.

Four tables stand beside this module and are edited by hand: `organizations.csv` (spellings of makers and
hosts), `models.csv` (one row per identity), `aliases.csv` (further names of an identity) and
`moving_aliases.csv` (which version a moving name pointed to, and when).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from errors import ExpectedError
from ingest.identity.spelling.name_prefixes import Spellings

FOLDER: Final = Path(__file__).parent


class ModelKind(StrEnum):
    """What a model_id stands for.

    dated    one version that its maker tells apart by a date or number
    undated  one model whose maker names no versions
    alias    a moving name: at different times different versions
    family   several models of one line; what is said of it holds for no single model
    """

    DATED = "dated"
    UNDATED = "undated"
    ALIAS = "alias"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Model:
    """One identity. `family` is the undated name that all versions of the model share.

    `released_on` is text of the precision it is known to ("2024-08-06", "2024-08"), or None.
    """

    model_id: str
    organization: str
    family: str
    kind: ModelKind
    version_on: str | None = None
    released_on: str | None = None
    precision: str | None = None
    open_weights: bool | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a model; with `source_id` it holds for that source only."""

    name: str
    model_id: str
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pointing:
    """A moving name pointed to a version from a day (inclusive) to a day (exclusive; None = since then)."""

    alias: str
    model_id: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is known about models before any name is read."""

    spellings: Spellings = field(repr=False)
    models: Mapping[str, Model] = field(repr=False)
    aliases: Sequence[Alias] = field(repr=False)
    pointings: Sequence[Pointing] = field(default=(), repr=False)


class CatalogueError(ExpectedError):
    """A curated table says something that cannot be so; the message says where and what to do."""


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read the four tables. Raises CatalogueError with file, row and remedy where one contradicts itself."""
    models = {row["model_id"]: _model(row) for row in _rows(folder / "models.csv")}
    aliases = read_aliases((folder / "aliases.csv").read_text(encoding="utf-8"), "aliases.csv")
    pointings = tuple(_pointing(row) for row in _rows(folder / "moving_aliases.csv"))
    for alias in aliases:
        if alias.model_id not in models:
            raise CatalogueError(
                f"aliases.csv: {alias.name!r} points to {alias.model_id!r}, which models.csv does not have; "
                "add the model or correct the alias"
            )
    for pointing in pointings:
        for name in (pointing.alias, pointing.model_id):
            if name not in models:
                raise CatalogueError(f"moving_aliases.csv: models.csv does not have {name!r}; add the model")
    return Catalogue(load_spellings(folder / "organizations.csv"), models, aliases, pointings)


def load_spellings(path: Path = FOLDER / "organizations.csv") -> Spellings:
    """The spellings of makers and hosts."""
    makers: dict[str, str] = {}
    hosts: set[str] = set()
    heads: dict[str, str] = {}
    for row in _rows(path):
        spellings = _split(row["spellings"])
        if row["role"] == "host":
            hosts.update(spellings)
            continue
        makers.update(dict.fromkeys(spellings, row["organization"]))
        heads.update(dict.fromkeys(_split(row["heads"]), row["organization"]))
    return Spellings(makers, frozenset(hosts), heads)


def read_aliases(text: str, where: str) -> tuple[Alias, ...]:
    """Aliases from CSV text (name, model_id and, if wanted, source_id); `where` names the text in errors."""
    reader = csv.DictReader(io.StringIO(text))
    if not {"name", "model_id"} <= set(reader.fieldnames or ()):
        raise CatalogueError(f"{where}: the first line must name the columns name, model_id, source_id")
    found = []
    for number, row in enumerate(reader, start=2):
        name, model_id = (row["name"] or "").strip(), (row["model_id"] or "").strip()
        if not name or not model_id:
            raise CatalogueError(f"{where} line {number}: name and model_id must both be given")
        found.append(Alias(name, model_id, (row.get("source_id") or "").strip() or None))
    return tuple(found)


def _model(row: Mapping[str, str]) -> Model:
    return Model(
        model_id=row["model_id"],
        organization=row["organization"],
        family=row["family"],
        kind=ModelKind(row["kind"]),
        version_on=row["version_on"] or None,
        released_on=row["released_on"] or None,
        precision=row["precision"] or None,
        open_weights={"true": True, "false": False}.get(row["open_weights"]),
    )


def _pointing(row: Mapping[str, str]) -> Pointing:
    return Pointing(
        alias=row["alias"],
        model_id=row["model_id"],
        from_on=date.fromisoformat(row["from_on"]),
        to_on=date.fromisoformat(row["to_on"]) if row["to_on"] else None,
    )


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
