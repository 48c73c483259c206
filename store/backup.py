"""A copy of an installation that can be made while it works, and put back: every file checked by its hash.

The newest snapshot is copied before the index of the archive, and bodies after it, so that the copy of the
archive holds all that the snapshot speaks of, and every body that its index lists. A restored installation
has the snapshot for its warehouse too; what the archive has beyond it, the next refresh takes in.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from store.archive import Archive
from store.snapshot import POINTER, NoSnapshotError, latest
from store.trouble import StorageError, told

MANIFEST: Final = "manifest.json"
LEDGER: Final = "ledger.sqlite"
ARCHIVE: Final = "archive"
SNAPSHOTS: Final = "snapshots"
WAREHOUSE: Final = "warehouse.duckdb"
OWN: Final = ("aliases.csv", "sources")
"""What a person has written: files and folders that are copied as they are."""


class BackupError(StorageError):
    """A copy cannot be made or put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How much was copied; `missing` says in words what could not be."""

    files: int
    bytes: int
    missing: tuple[str, ...] = ()


class _Target(Protocol):
    def write(self, name: str, content: bytes) -> None: ...

    def copy(self, name: str, file: Path) -> None: ...


@dataclass(slots=True)
class _Folder:
    """A folder that the copy is made in; a file that is there already and never changes is left."""

    folder: Path

    def write(self, name: str, content: bytes) -> None:
        file = self._place(name)
        part = file.with_name(f"{file.name}.part")
        part.write_bytes(content)
        part.replace(file)

    def copy(self, name: str, file: Path) -> None:
        into = self._place(name)
        if name.startswith(f"{ARCHIVE}/bodies/") and into.is_file() and _hash(into) == _hash(file):
            return
        part = into.with_name(f"{into.name}.part")
        shutil.copyfile(file, part)
        part.replace(into)

    def _place(self, name: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file


@dataclass(slots=True)
class _Tar:
    """One file that the copy is made in."""

    tar: tarfile.TarFile

    def write(self, name: str, content: bytes) -> None:
        about = tarfile.TarInfo(name)
        about.size = len(content)
        about.mtime = int(datetime.now(UTC).timestamp())
        self.tar.addfile(about, io.BytesIO(content))

    def copy(self, name: str, file: Path) -> None:
        self.tar.add(file, arcname=name, recursive=False)


@dataclass(slots=True)
class _Copy:
    """A copy in the making: what went into it, with hash and length."""

    target: _Target
    files: dict[str, tuple[str, int]] = field(default_factory=dict)

    def write(self, name: str, content: bytes) -> None:
        self.target.write(name, content)
        self.files[name] = (sha256(content).hexdigest(), len(content))

    def copy(self, name: str, file: Path) -> None:
        self.target.copy(name, file)
        self.files[name] = (_hash(file), file.stat().st_size)


def back_up(home: Path, into: Path) -> Copied:
    """Copy an installation into a file (its name ends in .tar) or a folder, while others read and write it.

    In a folder only what has changed since the last copy is written. Raises StorageError where there is
    nothing to copy, or no room.
    """
    if not (home / ARCHIVE).is_dir():
        raise BackupError(f"There is no data in {home} to copy. Set HYPECURVE_HOME to where it is.", home)
    with _target(into) as target:
        copy = _Copy(target)
        _copy_snapshot(home, copy)
        missing = _copy_archive(home, copy)
        _copy_ledger(home, copy)
        _copy_own(home, copy)
        about = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "missing": missing,
            "files": [[name, *said] for name, said in sorted(copy.files.items())],
        }
        target.write(MANIFEST, json.dumps(about, indent=0).encode())
    return Copied(len(copy.files), sum(length for _, length in copy.files.values()), tuple(missing))


def restore(source: Path, home: Path) -> Copied:
    """Put a copy into an empty home, after every file was held against its hash.

    Raises BackupError where the home holds data, or the copy is not whole; nothing is put there then.
    """
    taken = [name for name in (ARCHIVE, SNAPSHOTS, WAREHOUSE, LEDGER) if (home / name).exists()]
    if taken:
        raise BackupError(
            f"{home} holds data already ({', '.join(taken)}). Set HYPECURVE_HOME to an empty folder, or move "
            "what is there away.",
            home,
        )
    with told(home):
        home.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".restoring-", dir=home))
        try:
            _unpack(source, staging)
            manifest = _checked(source, staging)
            _move_in(staging, home)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    lengths = [int(length) for _, _, length in manifest["files"]]
    return Copied(len(lengths), sum(lengths), tuple(manifest["missing"]))


@contextmanager
def _target(into: Path) -> Iterator[_Target]:
    with told(into):
        into.parent.mkdir(parents=True, exist_ok=True)
        if into.suffix != ".tar":
            if into.exists() and not into.is_dir():
                raise BackupError(f"{into} is no folder; a file to copy into is called NAME.tar", into)
            into.mkdir(exist_ok=True)
            yield _Folder(into)
            return
        part = into.with_name(f"{into.name}.part")
        try:
            with tarfile.open(part, "w") as tar:
                yield _Tar(tar)
            part.replace(into)
        finally:
            part.unlink(missing_ok=True)


def _copy_snapshot(home: Path, copy: _Copy) -> None:
    try:
        snapshot = latest(home / SNAPSHOTS)
    except NoSnapshotError:
        return
    content = snapshot.file.read_bytes()  # at once: another publishing may remove the name, not what is open
    name = f"{snapshot.id}.duckdb"
    copy.write(f"{SNAPSHOTS}/{name}", content)
    said = f"{name}\n{len(content)} {sha256(content).hexdigest()}\n"
    copy.write(f"{SNAPSHOTS}/{POINTER}", said.encode())


def _copy_archive(home: Path, copy: _Copy) -> list[str]:
    """Index by index its complete lines, then the bodies that they list; what is damaged is told."""
    archive, missing = Archive(home / ARCHIVE), []
    for source_id in archive.sources():
        file = home / ARCHIVE / "index" / f"{source_id}.jsonl"
        complete, newline, _ = file.read_bytes().rpartition(b"\n")
        copy.write(f"{ARCHIVE}/index/{source_id}.jsonl", complete + newline)
    for source_id in archive.sources():
        for hashed in sorted({entry.sha256 for entry in archive.entries(source_id)}):
            name = f"{ARCHIVE}/bodies/{hashed[:2]}/{hashed}.zst"
            if name in copy.files:
                continue
            if archive.is_whole(hashed):
                copy.copy(name, home / name)
            else:
                missing.append(f"{name} is missing or damaged, though {source_id} lists it")
    return missing


def _copy_ledger(home: Path, copy: _Copy) -> None:
    if not (home / LEDGER).is_file():
        return
    with tempfile.TemporaryDirectory() as folder, told(home / LEDGER):
        whole = Path(folder) / LEDGER
        with closing(sqlite3.connect(home / LEDGER)) as ledger, closing(sqlite3.connect(whole)) as into:
            ledger.backup(into)
        copy.write(LEDGER, whole.read_bytes())


def _copy_own(home: Path, copy: _Copy) -> None:
    for name in OWN:
        for file in sorted([home / name, *(home / name).rglob("*")]):
            if file.is_file() and "__pycache__" not in file.parts:
                copy.copy(file.relative_to(home).as_posix(), file)


def _unpack(source: Path, staging: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, staging, dirs_exist_ok=True)
        return
    try:
        with tarfile.open(source) as tar:
            tar.extractall(staging, filter="data")
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{source} is no whole copy ({error}). Use another one.", source) from error


def _checked(source: Path, staging: Path) -> dict[str, Any]:
    """The manifest, after every file that it lists was found whole."""
    try:
        manifest: dict[str, Any] = json.loads((staging / MANIFEST).read_bytes())
        listed = [(PurePosixPath(name), hashed) for name, hashed, _ in manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{source} is no copy of hypecurve's data: {MANIFEST} cannot be read", source
        ) from error
    damaged = [
        str(name)
        for name, hashed in listed
        if not (staging / name).is_file() or _hash(staging / name) != hashed
    ]
    if damaged:
        raise BackupError(
            f"{source} is damaged: {', '.join(damaged[:3])} and in all {len(damaged)} of {len(listed)} files "
            "are missing or have another content. Nothing was restored; use another copy.",
            source,
        )
    kept = {str(name) for name, _ in listed}
    for file in [file for file in staging.rglob("*") if file.is_file()]:
        if file.relative_to(staging).as_posix() not in kept:
            file.unlink()  # an older copy's, in a folder that several were made in
    return manifest


def _move_in(staging: Path, home: Path) -> None:
    """The archive last: a home without one counts as empty, should this be broken off."""
    snapshots = sorted((staging / SNAPSHOTS).glob("*.duckdb"))
    if snapshots:
        shutil.copyfile(snapshots[-1], home / WAREHOUSE)
    for name in (LEDGER, *OWN, SNAPSHOTS, ARCHIVE):
        if not (staging / name).exists():
            continue
        if (home / name).is_dir():
            shutil.copytree(staging / name, home / name, dirs_exist_ok=True)
        else:
            (staging / name).replace(home / name)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
