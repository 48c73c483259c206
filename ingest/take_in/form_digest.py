"""With which form a source's payloads are read: its file, the code that the file uses, and their tables.

The digest changes when the TOML or module of a source changes, or any module of `ingest` that it uses, or a
table (`_facts.toml`, `models.csv`) that one of these names. What was read with another digest is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
FORM_READER: Final = PACKAGE / "declared" / "parse.py"
"""The module that reads every TOML form."""

ALWAYS: Final = PACKAGE / "telling.py"
"""The module that every source's parse function runs within."""

_IMPORT: Final = r"(?m)^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n#]+)|import\s+([\w.]+))"
_TABLE: Final = r"[\"']([\w.-]+\.(?:toml|csv|json|yaml|sql))[\"']"


def form_digest(file: Path) -> str:
    """The digest of the form in `file` (a TOML form or a Python module) and of all that it is read with."""
    parts = {file: _bytes(file)}
    waiting = [ALWAYS, *([FORM_READER] if file.suffix == ".toml" else _used(file, parts[file]))]
    while waiting:
        module = waiting.pop()
        if module not in parts:
            parts[module] = _bytes(module)
            waiting += _used(module, parts[module])
    tables = {
        module.parent / name: b""
        for module, text in parts.items()
        if module.suffix == ".py"
        for name in (*_tables_named(text), f"{module.stem}.toml", f"{module.stem}.csv")
    }
    for table in tables:
        if table.is_file():
            parts[table] = _bytes(table)
    return _digest(file, parts)


class FormDigests(Mapping[str, str]):
    """The digest of each source's form, made when it is first asked for: most refreshes need few of them."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {name: file for name, file in files.items() if file.is_file()}
        self._made: dict[str, str] = {}

    def __getitem__(self, source_id: str) -> str:
        if source_id not in self._made:
            self._made[source_id] = form_digest(self._files[source_id])
        return self._made[source_id]

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def folder_digest(folder: Path) -> str:
    """The digest of all code and tables in a folder."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".py", ".csv", ".toml"})
    return _digest(folder, {file: _bytes(file) for file in files})


def _digest(root: Path, parts: dict[Path, bytes]) -> str:
    """Of names relative to the package and contents, so that a moved installation is the same one."""
    hasher = sha256()
    for path in sorted(parts, key=lambda path: (path != root, str(path))):
        name = str(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else path.name
        hasher.update(f"{name}\0{len(parts[path])}\0".encode())
        hasher.update(parts[path])
    return hasher.hexdigest()


def _bytes(file: Path) -> bytes:
    stands = file.stat()
    return _read(file, stands.st_mtime_ns, stands.st_size)


@lru_cache(maxsize=1024)
def _read(file: Path, _changed_at_ns: int, _length: int) -> bytes:
    return file.read_bytes()


def _used(file: Path, text: bytes) -> list[Path]:
    return list(_modules(file, text))


@lru_cache(maxsize=1024)
def _modules(file: Path, text: bytes) -> tuple[Path, ...]:
    return tuple(_imported(file, text.decode(errors="replace")))


def _imported(file: Path, text: str) -> Iterator[Path]:
    """The modules of `ingest`, or of the file's own package, that a text imports."""
    root = _root_of(file)
    elsewhere = not root.samefile(PACKAGE.parent)

    def counts(path: Path) -> bool:
        return elsewhere or path.is_relative_to(PACKAGE)

    for found in re.finditer(_IMPORT, text):
        module = found[1] or found[3]
        if not elsewhere and not module.startswith((".", PACKAGE.name)):
            continue
        own = _files_of(_stem(module, file, root))
        yield from filter(counts, own)
        if own and own[-1].name != "__init__.py":
            continue  # what is imported from a module that is a file is no module
        below = module if module.endswith(".") else f"{module}."
        for name in re.findall(r"\w+", found[2] or ""):
            yield from filter(counts, _files_of(_stem(f"{below}{name}", file, root)))


@lru_cache(maxsize=1024)
def _files_of(stem: Path) -> tuple[Path, ...]:
    return tuple(path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file())


def _stem(dotted: str, file: Path, root: Path) -> Path:
    """Where a module would lie: seen from the file for one that begins with dots, else from its root."""
    bare = dotted.lstrip(".")
    above = len(dotted) - len(bare)
    own = bare.partition(".")[0] == PACKAGE.name
    base = file.parents[above - 1] if above else PACKAGE.parent if own else root
    return base.joinpath(*(part for part in bare.split(".") if part))


def _root_of(file: Path) -> Path:
    """The folder in which the file's outermost package lies."""
    return next((folder for folder in file.parents if not (folder / "__init__.py").is_file()), file.parent)


@lru_cache(maxsize=1024)
def _tables_named(text: bytes) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(_TABLE, text.decode(errors="replace")))))
