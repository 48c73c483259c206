"""A copy of an installation that can be made while it works, and put back: every file checked by its hash.

In a folder that holds an earlier copy, what differs from it is written beside it and takes its place only
when all is there: a copy that is broken off leaves the earlier one as it was.

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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from store.archive import Archive
from store.bodies import Bodies
from store.files import sha256_of, to_disk
from store.locks import file_lock
from store.snapshot import POINTER, NoSnapshotError, latest
from store.trouble import BESIDE, DamagedError, StorageError, damaged, told

MANIFEST: Final = "manifest.json"
LOCK: Final = "copying.lock"
NEXT: Final = ".next"
"""What the name of a file ends in that is to take the place of one of the earlier copy."""
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

    def held(self, name: str) -> tuple[str, int] | None:
        """Hash and length of a file of the earlier copy that is whole; None where there is none."""

    def finish(self, manifest: bytes) -> None: ...


class _Folder:
    """A folder that the copy is made in; a file that is there already as it should be is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _go_on(folder)
        for left in (*folder.rglob(f"*{NEXT}"), *folder.rglob("*.part")):
            left.unlink()
        self._earlier: dict[str, tuple[str, int]] = {}
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads((folder / MANIFEST).read_bytes())["files"]
            self._earlier = {name: (hashed, length) for name, hashed, length in said}

    def write(self, name: str, content: bytes) -> None:
        self._place(name).write_bytes(content)

    def copy(self, name: str, file: Path) -> None:
        into = self.folder / name
        if not (into.is_file() and sha256_of(into) == sha256_of(file)):
            shutil.copyfile(file, self._place(name))

    def held(self, name: str) -> tuple[str, int] | None:
        said, file = self._earlier.get(name), self.folder / name
        return said if said and file.is_file() and sha256_of(file) == said[0] else None

    def finish(self, manifest: bytes) -> None:
        """Put what is new in the place of what was there; the manifest, once it is on the disk, decides."""
        for new in self.folder.rglob(f"*{NEXT}"):
            to_disk(new)
        new = self._place(MANIFEST)
        part = new.with_name(f"{new.name}.part")
        part.write_bytes(manifest)
        to_disk(part)
        part.replace(new)
        to_disk(self.folder)
        _go_on(self.folder)
        listed = {name for name, *_ in json.loads(manifest)["files"]}
        for file in (self.folder / SNAPSHOTS).glob("*.duckdb"):
            if file.relative_to(self.folder).as_posix() not in listed:
                file.unlink()

    def _place(self, name: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.with_name(f"{file.name}{NEXT}")


def _go_on(folder: Path) -> None:
    """End a copy that is whole and has not taken the place of the earlier one yet, its manifest last."""
    if (folder / f"{MANIFEST}{NEXT}").is_file():
        new = sorted(folder.rglob(f"*{NEXT}"), key=lambda file: file.name == f"{MANIFEST}{NEXT}")
        for file in new:
            file.replace(file.with_name(file.name.removesuffix(NEXT)))


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

    def held(self, name: str) -> None:  # noqa: ARG002 - each file stands for itself
        return None

    def finish(self, manifest: bytes) -> None:
        self.write(MANIFEST, manifest)


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
        self.files[name] = (sha256_of(file), file.stat().st_size)

    def keep(self, name: str) -> bool:
        """Leave a file of the earlier copy in this one; whether there is one that is whole."""
        held = self.target.held(name)
        if held:
            self.files[name] = held
        return held is not None


def back_up(home: Path, into: Path) -> Copied:
    """Copy an installation into a file (its name ends in .tar) or a folder, while others read and write it.

    In a folder only what has changed since the last copy is written. Raises StorageError where there is
    nothing to copy, or no room.
    """
    if not (home / ARCHIVE).is_dir():
        raise BackupError(f"There is no data in {home} to copy. Set HYPECURVE_HOME to where it is.", home)
    with _target(into) as target:
        copy = _Copy(target)
        missing = [
            *_unless_damaged(_copy_snapshot, home, copy),
            *_copy_archive(home, copy),
            *_unless_damaged(_copy_ledger, home, copy),
        ]
        _copy_own(home, copy)
        about = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "missing": missing,
            "files": [[name, *said] for name, said in sorted(copy.files.items())],
        }
        target.finish(json.dumps(about, indent=0).encode())
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
            try:
                with file_lock(into / LOCK, 0):
                    yield _Folder(into)
            except TimeoutError as error:
                raise BackupError(
                    f"Another copy is being made into {into}: wait for its end.", into
                ) from error
            return
        part = into.with_name(f"{into.name}.part")
        try:
            with tarfile.open(part, "w") as tar:
                yield _Tar(tar)
            part.replace(into)
        finally:
            part.unlink(missing_ok=True)


def _unless_damaged(action: Callable[[Path, _Copy], None], home: Path, copy: _Copy) -> list[str]:
    """Copy one part; what is wrong with it, in words, where it is damaged: that costs no other part."""
    try:
        action(home, copy)
    except DamagedError as error:
        return [f"Not copied: {error}"]
    return []


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
            if not archive.is_whole(hashed):
                missing.append(f"The body {hashed} is missing or damaged, though {source_id} lists it")
                bodies = Bodies(home / ARCHIVE)
                for file in (bodies.file(hashed), bodies.difference(hashed)):
                    if copy.keep(file.relative_to(home).as_posix()):
                        missing[-1] += "; it stays in the copy as it was copied before"
                continue
            try:
                _copy_body(home, archive, hashed, copy)
            except FileNotFoundError:  # it was compacted, or written again, at this very moment
                _copy_body(home, archive, hashed, copy)
    return missing


def _copy_body(home: Path, archive: Archive, hashed: str, copy: _Copy) -> None:
    for file in archive.files(hashed):
        name = file.relative_to(home).as_posix()
        if name not in copy.files:
            copy.copy(name, file)


def _copy_ledger(home: Path, copy: _Copy) -> None:
    if not (home / LEDGER).is_file():
        return
    with tempfile.TemporaryDirectory() as folder, told(home / LEDGER):
        whole = Path(folder) / LEDGER
        with closing(sqlite3.connect(home / LEDGER)) as ledger, closing(sqlite3.connect(whole)) as into:
            ledger.backup(into)
            found = into.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise damaged(home / LEDGER, found)
            with into, suppress(sqlite3.OperationalError):  # of a version that kept it elsewhere
                into.execute("DELETE FROM beat")  # who refreshes here does not refresh a restored copy
        copy.write(LEDGER, whole.read_bytes())


def _copy_own(home: Path, copy: _Copy) -> None:
    for name in OWN:
        for file in sorted([home / name, *(home / name).rglob("*")]):
            if file.is_file() and "__pycache__" not in file.parts:
                copy.copy(file.relative_to(home).as_posix(), file)


def _unpack(source: Path, staging: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, staging, dirs_exist_ok=True)
        _go_on(staging)
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
        if not (staging / name).is_file() or sha256_of(staging / name) != hashed
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
    for name in (WAREHOUSE, LEDGER):
        for suffix in BESIDE:  # left by a file that was taken away: it would be played into the new one
            (home / f"{name}{suffix}").unlink(missing_ok=True)
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
