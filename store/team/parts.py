"""What only a team's store needs, told in a sentence where it is not installed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import duckdb

from errors import ExpectedError

EXTENSIONS: Final = ("postgres_scanner", "ducklake", "httpfs")


class MissingPartError(ExpectedError):
    """A package of `hypecurve[team]` is missing, or is of another version than the engine."""


@cache
def psycopg() -> Any:
    """The driver of PostgreSQL."""
    found = _module("psycopg")
    import_module("psycopg.rows")
    return found


@cache
def obstore() -> Any:
    """The client of object storage."""
    found = _module("obstore")
    import_module("obstore.store")
    return found


@cache
def extension_files() -> tuple[Path, ...]:
    """The extensions of the engine, in the order in which they are loaded.

    Raises MissingPartError where one is missing or is not of the engine's own version.
    """
    return tuple(map(_extension_file, EXTENSIONS))


def _extension_file(name: str) -> Path:
    package = f"duckdb_extension_{name}"
    engine = duckdb.__version__
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise _missing(package)
    folder = Path(next(iter(spec.submodule_search_locations))) / "extensions"
    file = folder / f"v{engine}" / f"{name}.duckdb_extension"
    if not file.is_file():
        raise MissingPartError(
            f"DuckDB is of version {engine} and its extension {name} of {_version(package)}; both have to be "
            f"the same. Install `hypecurve[team]` anew, or duckdb=={_version(package)}."
        )
    return file


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise _missing(name) from error


def _missing(package: str) -> MissingPartError:
    return MissingPartError(
        f"A team's store needs {package.replace('_', '-')}, which is not installed. "
        "Install `hypecurve[team]` in the place of `hypecurve`."
    )


def _version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return "unknown"
