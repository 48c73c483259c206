"""Every source there is: found by looking, never by registration.

A source is a TOML file, or a Python module with a module-level `SOURCE` (or `SOURCES`, a sequence), in
`ingest/sources/`, in an installed package that says so (`packaged_sources.py`) or in a folder of the user's
own, at any depth. Files whose name starts with `_` are none.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Final

import tomli

from ingest.declared.check import FormError
from ingest.declared.parse import source_from_toml
from ingest.packaged_sources import Packaged, packaged_sources
from ingest.source import Source
from ingest.telling import telling

OWN_FOLDER: Final = Path(__file__).parent / "sources"
OWN: Final = Packaged("ingest.sources", OWN_FOLDER)


@dataclass(frozen=True, slots=True)
class Problem:
    """A source file that could not be taken, where in it, and why, in words."""

    path: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        where = str(self.path) if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sources by id, the file each came from, and the files that could not be taken."""

    sources: Mapping[str, Source]
    files: Mapping[str, Path]
    problems: tuple[Problem, ...] = ()

    def problems_of(self, name: str) -> list[Problem]:
        """Why there is no source of that name though a file is called so, or says so as its id."""
        return [found for found in self.problems if name in (found.path.stem, _id_said(found.path))]


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_sources(user_folder: Path | None = None) -> Catalogue:
    """Read all sources of the project, then those of packages and of the user's folder if it exists.

    A file that cannot be read becomes a `Problem` and the others go on. Where two files use one id, the
    first (the project's own, then packages', then by path) stays and the second is a problem.
    """
    found = [_read_file(path, OWN) for path in _candidates(OWN_FOLDER)]
    found += _of_packages()
    if user_folder is not None and user_folder.is_dir():
        found += [_read_file(path) for path in _candidates(user_folder)]
    return _collect(found)


def read_source(path: Path, source_id: str) -> Source:
    """One source from its file alone. Raises LookupError, in words, where the file no longer declares it."""
    known = [OWN, *(item for item in packaged_sources() if isinstance(item, Packaged))]
    found = _read_file(path, next((package for package in known if package.holds(path)), None))
    for source in found.sources:
        if source.id == source_id:
            return source
    why = "; ".join(map(str, found.problems)) or f"{path} declares no source {source_id!r}"
    raise LookupError(why)


def _id_said(path: Path) -> str | None:
    """The id in a form that cannot be taken; None where it says none, or is not TOML at all."""
    try:
        said = tomli.loads(path.read_text(encoding="utf-8")) if path.suffix == ".toml" else {}
    except (OSError, ValueError):
        return None
    found = said.get("id")
    return found if isinstance(found, str) else None


def _candidates(folder: Path) -> Iterator[Path]:
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        parts = path.relative_to(folder).parts
        if not any(part.startswith(("_", ".")) for part in parts):
            yield path


def _collect(found: Iterable[_Found]) -> Catalogue:
    sources: dict[str, Source] = {}
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for file in found:
        problems += file.problems
        for source in file.sources:
            if source.id in sources:
                problems.append(Problem(file.path, None, _duplicate(source.id, files[source.id])))
                continue
            sources[source.id] = source
            files[source.id] = file.path
    return Catalogue(dict(sorted(sources.items())), files, tuple(problems))


def _duplicate(source_id: str, first: Path) -> str:
    return f"the id {source_id!r} is already used by {first}; choose another id"


def _of_packages() -> Iterator[_Found]:
    """What installed packages bring, with what is wrong with them."""
    for package in packaged_sources():
        if not isinstance(package, Packaged):
            name, why = package
            yield _Found(Path(name), problems=(Problem(Path(name), None, why),))
        elif package.root.is_dir():
            yield from (_read_file(path, package) for path in _candidates(package.root))
        else:
            yield _read_file(package.root, package)


def _read_file(path: Path, package: Packaged | None = None) -> _Found:
    found = _read_toml(path) if path.suffix == ".toml" else _read_module(path, package)
    return replace(found, sources=tuple(map(telling, found.sources)))


def _read_toml(path: Path) -> _Found:
    try:
        return _Found(path, (source_from_toml(path.read_text(encoding="utf-8"), path.stem, path.parent),))
    except FormError as error:
        return _Found(
            path, problems=tuple(Problem(path, found.line, found.message) for found in error.problems)
        )
    except (OSError, UnicodeDecodeError) as error:
        return _Found(path, problems=(Problem(path, None, f"cannot be read: {error}"),))


def _read_module(path: Path, package: Packaged | None) -> _Found:
    try:
        module = (
            _import_foreign(path) if package is None else importlib.import_module(package.module_of(path))
        )
    except Exception as error:  # noqa: BLE001 - a user's module may fail in any way; it is reported by name and line
        return _Found(path, problems=(Problem(path, _line_of(error, path), _in_words(error)),))
    return _sources_of(path, module)


def _sources_of(path: Path, module: ModuleType) -> _Found:
    if not hasattr(module, "SOURCE") and not hasattr(module, "SOURCES"):
        return _Found(path, problems=(Problem(path, None, "defines neither SOURCE nor SOURCES"),))
    declared = [module.SOURCE] if hasattr(module, "SOURCE") else []
    declared += list(getattr(module, "SOURCES", ()))
    sources = tuple(item for item in declared if isinstance(item, Source))
    wrong = tuple(
        Problem(path, None, f"SOURCE is a {type(item).__name__}; it must be an ingest.source.Source")
        for item in declared
        if not isinstance(item, Source)
    )
    return _Found(path, sources, wrong)


def _import_foreign(path: Path) -> ModuleType:
    name = f"hypecurve_user_source_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _line_of(error: BaseException, path: Path) -> int | None:
    if isinstance(error, SyntaxError):
        return error.lineno
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
    ]
    return lines[-1] if lines else None


def _in_words(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else f"{type(error).__name__}: {error}"
