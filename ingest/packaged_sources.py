"""Sources that installed packages bring, by a module that they name in the entry point group of sources.

The module holds `SOURCE` or `SOURCES` as a person's own module does; a package may hold TOML forms and
modules, at any depth, as `ingest/sources/` does.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

GROUP: Final = "hypecurve.sources"


@dataclass(frozen=True, slots=True)
class Packaged:
    """What one package brings: the name of its module, and its folder or single file."""

    module: str
    root: Path

    def holds(self, path: Path) -> bool:
        """Whether a file is part of it."""
        return path == self.root or path.is_relative_to(self.root)

    def module_of(self, path: Path) -> str:
        """The dotted name under which one of its modules is imported."""
        if path == self.root:
            return self.module
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join([self.module, *parts])


def packaged_sources() -> Iterator[Packaged | tuple[str, str]]:
    """What every installed package brings; for one that cannot be found its name, and why in words."""
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            yield _found(point)
        except Exception as error:  # noqa: BLE001 - a foreign package may fail in any way, and costs no other
            yield point.name, f"the package that brings {point.value} cannot be read: {error}"


def _found(point: EntryPoint) -> Packaged:
    spec = importlib.util.find_spec(point.module)
    if spec is None or not (spec.origin or spec.submodule_search_locations):
        raise ImportError(f"there is no module {point.module}")
    folders = list(spec.submodule_search_locations or ())
    return Packaged(point.module, Path(folders[0] if folders else str(spec.origin)))
