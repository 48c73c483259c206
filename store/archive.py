"""The raw archive: every payload ever taken in, kept for ever. All tables can be made again from it.

    bodies/                     each distinct body once (store/bodies.py)
    index/<source id>.jsonl     one line a payload: where it came from and when
    seen/<source id>.json       first and last sighting of each payload that was served again
    compacted                   until when bodies that were superseded have been compacted

A payload's identity is (source, url, as_of, sha256), so a source that serves A, then B, then A again has
three payloads and two bodies.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.bodies import LARGEST, MOST_RESTING, SMALLEST, UNFINISHED, ArchiveError, Bodies
from store.locks import file_lock
from store.sightings import Identity, Seen, Sightings
from store.trouble import told

if TYPE_CHECKING:
    import polars as pl

COMPACTED: Final = "compacted"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the archive knows of one payload besides its body.

    as_of       aware UTC; when the source served these bytes
    fetched_at  aware UTC; when they were taken in
    bytes       length of the body
    headers     of the answer, names in lower case
    """

    source_id: str
    url: str
    as_of: datetime
    sha256: str
    fetched_at: datetime
    bytes: int
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    run_id: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.source_id):
            raise ValueError(f"source id {self.source_id!r}: lower-case words joined by hyphens are allowed")
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(f"sha256 {self.sha256!r}: 64 hexadecimal digits are needed")
        if self.as_of.tzinfo is None or self.fetched_at.tzinfo is None:
            raise ValueError(f"{self.url}: as_of and fetched_at need a time zone")

    @property
    def identity(self) -> Identity:
        """What no two payloads of a source share."""
        return self.url, self.as_of, self.sha256


def describe(
    body: bytes,
    *,
    source_id: str,
    url: str,
    as_of: datetime,
    fetched_at: datetime,
    content_type: str | None = None,
    headers: Mapping[str, str] | None = None,
    run_id: str | None = None,
) -> Entry:
    """The entry for a payload with this body; both instants are aware."""
    return Entry(
        source_id=source_id,
        url=url,
        as_of=as_of,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=fetched_at,
        bytes=len(body),
        content_type=content_type,
        headers=headers or {},
        run_id=run_id,
    )


@dataclass(frozen=True, slots=True)
class Size:
    """How much the archive holds, in bytes: all distinct bodies as served, and what they take on disk."""

    payloads: int
    bodies: int
    served_bytes: int
    stored_bytes: int


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many bodies now rest on others, and what they took on the disk before and after, in bytes."""

    bodies: int = 0
    before: int = 0
    after: int = 0

    def __add__(self, other: Compacted) -> Compacted:
        return Compacted(self.bodies + other.bodies, self.before + other.before, self.after + other.after)


@dataclass(frozen=True, slots=True)
class Index:
    """The complete lines of an index file up to `read_to` (bytes), in the order of their arrival.

    damaged  what is wrong with the lines that are no entries, one sentence each
    """

    entries: Mapping[Identity, Entry] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    read_to: int = 0
    lines: int = 0


class Archive:
    """The raw archive under a folder; many processes and threads may read and add at once."""

    def __init__(self, folder: Path, lock_wait_seconds: float = 120.0) -> None:
        self.folder = folder
        self.lock_wait_seconds = lock_wait_seconds
        self._indexes: dict[str, Index] = {}
        self._sightings = Sightings(folder, lock_wait_seconds)
        self._bodies = Bodies(folder)
        self._whole: set[str] = set()

    def add(self, entry: Entry, body: bytes) -> bool:
        """Keep a payload for ever; False where it is there already. A lost or damaged body is written again.

        Raises ArchiveError if `body` is not what `entry` describes, or another writer holds on for too long.
        """
        if hashlib.sha256(body).hexdigest() != entry.sha256 or len(body) != entry.bytes:
            raise ArchiveError(
                f"{entry.url}: the body is not the one that its entry describes; use describe()"
            )
        with self._writing(entry.source_id), told(self.folder):
            self._keep_body(entry.sha256, body)
            if entry.identity in self._index(entry.source_id).entries:
                return False
            self._append(entry)
            return True

    def saw(self, entry: Entry, at: datetime) -> None:
        """Note that a payload that is kept was served at this instant (aware UTC) too."""
        self._sightings.note(entry.source_id, entry.identity, at)

    def seen(self, entry: Entry) -> Seen:
        """When a payload was first and last served, as far as is known."""
        return self._sightings.of(entry.source_id).get(entry.identity, Seen(entry.as_of, entry.as_of))

    def sightings(self) -> pl.DataFrame:
        """All payloads that were served again, with both ends; for joining when asked."""
        return self._sightings.frame()

    def entries(self, source_id: str) -> list[Entry]:
        """All payloads of a source, ordered by (as_of, url, sha256)."""
        known = self._index(source_id).entries.values()
        return sorted(known, key=lambda entry: (entry.as_of, entry.url, entry.sha256))

    def latest(self, source_id: str) -> Mapping[str, Entry]:
        """The newest payload of each URL of a source."""
        return {entry.url: entry for entry in self.entries(source_id)}

    def sources(self) -> list[str]:
        """Ids of the sources that have payloads, in alphabetical order."""
        return sorted(file.stem for file in self.folder.glob("index/*.jsonl"))

    def body(self, sha256: str) -> bytes:
        """The body with this hash; raises ArchiveError, naming the file, where it is missing or damaged."""
        body = self._bodies.read(sha256)
        self._whole.add(sha256)
        return body

    def is_whole(self, sha256: str) -> bool:
        """Whether the body with this hash is there and what it should be; each is read once."""
        if sha256 in self._whole and self._bodies.files(sha256):
            return True
        try:
            self.body(sha256)
        except ArchiveError:
            return False
        return True

    def files(self, sha256: str) -> tuple[Path, ...]:
        """The files that the body with this hash is read from, by now; none where it is not there."""
        return self._bodies.files(sha256)

    def damaged_lines(self, source_id: str) -> tuple[str, ...]:
        """What is wrong with lines of a source's index, one sentence each."""
        return self._index(source_id).damaged

    def at_hand(self, entries: Iterable[Entry]) -> Path:  # noqa: ARG002 - others have to fetch them first
        """A folder laid out as this archive, in which the bodies of these payloads lie."""
        return self.folder

    def purge(self, source_id: str) -> int:
        """Delete what was fetched of a source; bodies that another source has too stay. Gives how many went.

        A body that another process takes in at this very moment is asked for again by its next refresh.
        """
        index = self._index_file(source_id)
        if not index.is_file():
            return 0
        with self._writing(source_id), self._alone_with_bodies(self.lock_wait_seconds):
            own = self.entries(source_id)
            others = {
                entry.sha256 for name in self.sources() if name != source_id for entry in self.entries(name)
            }
            index.unlink()
            self._sightings.forget(source_id)
            mine = {entry.sha256 for entry in own}
            for sha256 in mine & others:
                if self._bodies.base(sha256) in mine - others:  # what it rests on goes
                    self._bodies.write(sha256, self._bodies.read(sha256))
                    self._bodies.difference(sha256).unlink(missing_ok=True)
            for sha256 in mine - others:
                self._bodies.remove(sha256)
        return len(own)

    def compact(self, now: datetime, *, all_of_them: bool = False) -> Compacted:
        """Let each body that another one of its address has followed rest on one that came before it.

        Every payload is read as it was before. Looked at are bodies that were superseded since this was done
        last, by `now` (aware UTC), or `all_of_them`. Does nothing where another process is at it.
        """
        if not self.folder.is_dir():
            return Compacted()
        try:
            with self._alone_with_bodies(0), told(self.folder):
                since = None if all_of_them else self.compacted_at()
                total, resting = Compacted(), self._bodies.resting()
                for source_id in self.sources():
                    for entries in self._successions(source_id):
                        total += self._compact(entries, since, resting)
                part = self.folder / f"{COMPACTED}{UNFINISHED}"
                part.write_text(_written(now), encoding="ascii")
                part.replace(self.folder / COMPACTED)
                return total
        except TimeoutError:
            return Compacted()

    def _alone_with_bodies(self, wait_seconds: float) -> AbstractContextManager[object]:
        """Nobody else removes bodies in this block, or lets one rest on another. Raises TimeoutError."""
        return file_lock(self.folder / f"{COMPACTED}.lock", wait_seconds)

    def _compact(self, entries: list[Entry], since: datetime | None, resting: Counter[str]) -> Compacted:
        """Compact the bodies of one address, given in the order of their arrival; the last one stays."""
        total = Compacted()
        newest = max(entries, key=lambda entry: entry.as_of).sha256
        for before, entry, after in zip(entries, entries[1:], entries[2:], strict=False):
            base = self._bodies.base(before.sha256) or before.sha256
            if (
                (since is not None and after.fetched_at <= since)
                or entry.sha256 in (newest, entries[-1].sha256)
                or entry.sha256 in resting
                or resting[base] >= MOST_RESTING
            ):
                continue
            total += self._rest_on(entry.sha256, base, resting)
        return total

    def _rest_on(self, sha256: str, base: str, resting: Counter[str]) -> Compacted:
        whole = self._bodies.file(sha256)
        if sha256 == base or not whole.is_file() or not self._bodies.file(base).is_file():
            return Compacted()
        size = whole.stat().st_size
        try:
            if size < SMALLEST or not self._bodies.shrink(sha256, base):
                return Compacted()
        except ArchiveError as error:
            _log.warning("%s", error)  # `doctor --deep` says so too, and a refresh mends what it can
            return Compacted()
        resting[base] += 1
        return Compacted(1, size, self._bodies.difference(sha256).stat().st_size)

    def _successions(self, source_id: str) -> Iterator[list[Entry]]:
        """The payloads of each address in the order of their arrival, each body once."""
        addresses: dict[str, dict[str, Entry]] = {}
        for entry in self._index(source_id).entries.values():
            if entry.bytes <= LARGEST:
                addresses.setdefault(entry.url, {}).setdefault(entry.sha256, entry)
        yield from (list(entries.values()) for entries in addresses.values())

    def compacted_at(self) -> datetime | None:
        """Up to when superseded bodies have been compacted (aware UTC); None where none ever were."""
        try:
            return datetime.fromisoformat((self.folder / COMPACTED).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def size(self) -> Size:
        """How many payloads and bodies there are and what they take."""
        entries = [entry for source_id in self.sources() for entry in self.entries(source_id)]
        lengths = {entry.sha256: entry.bytes for entry in entries}
        return Size(len(entries), len(lengths), sum(lengths.values()), self._bodies.stored_bytes())

    def problems(self, *, deep: bool = False) -> list[str]:
        """What is wrong with the archive, one sentence each: torn and damaged lines, missing bodies.

        `deep` reads every body and holds it against its hash.
        """
        return [problem for source_id in self.sources() for problem in self._problems_of(source_id, deep)]

    def _problems_of(self, source_id: str, deep: bool) -> Iterator[str]:
        file = self._index_file(source_id)
        index = self._index(source_id)
        torn = file.stat().st_size - index.read_to
        if torn and os.access(file.parent, os.W_OK):
            with self._writing(source_id):  # a line that was just being written only looked torn
                index = self._index(source_id)
                torn = file.stat().st_size - index.read_to
        if torn:
            yield _torn_line(file, torn)
        yield from index.damaged
        for sha256 in sorted({entry.sha256 for entry in index.entries.values()}):
            if not self._bodies.files(sha256):
                yield f"{self._bodies.file(sha256)} is missing from the archive, though {source_id} lists it"
            elif deep:
                try:
                    self.body(sha256)
                except ArchiveError as error:
                    yield f"{source_id}: {error}"

    def remove_unfinished(self, older_than: datetime) -> int:
        """Remove files of bodies that were never finished and are older than an instant; returns how many."""
        old = [
            file
            for file in self.folder.glob(f"bodies/*/*{UNFINISHED}")
            if datetime.fromtimestamp(file.stat().st_mtime, tz=UTC) < older_than
        ]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    def _index_file(self, source_id: str) -> Path:
        return self.folder / "index" / f"{source_id}.jsonl"

    @contextmanager
    def _writing(self, source_id: str) -> Iterator[None]:
        file = self._index_file(source_id)
        with told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            lock = file_lock(file.with_suffix(".lock"), self.lock_wait_seconds)
            try:
                lock.acquire()
            except TimeoutError as error:
                raise ArchiveError(
                    f"{lock.lock_file}: another process has been writing for {self.lock_wait_seconds:g} "
                    "seconds; wait for it to end, or end it, and try again"
                ) from error
        try:
            yield
        finally:
            lock.release()

    def _index(self, source_id: str) -> Index:
        """The index of a source, read on from where it was last read to."""
        index = _read_on(self._index_file(source_id), self._indexes.get(source_id, Index()))
        self._indexes[source_id] = index  # an older one from another thread does no harm: it is read on
        return index

    def _append(self, entry: Entry) -> None:
        """Add the entry's line, over the rest of a torn one if there is one. Needs the lock."""
        line = json.dumps(entry_to_json(entry), ensure_ascii=False, sort_keys=True) + "\n"
        with self._index_file(entry.source_id).open("ab") as file:
            end = self._index(entry.source_id).read_to
            torn = file.tell() - end
            if torn:
                _log.warning(_torn_line(Path(file.name), torn))
                file.truncate(end)
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    def _keep_body(self, sha256: str, body: bytes) -> None:
        """Write a body, unless it is there and whole."""
        if not self.is_whole(sha256):
            self._bodies.write(sha256, body)
            self._whole.add(sha256)


def _read_on(file: Path, known: Index) -> Index:
    """`known` and the complete lines that have come since; a last line without its end is left out."""
    with told(file):
        if not file.exists():
            return Index()
        size = file.stat().st_size
        if size == known.read_to:
            return known
        if size < known.read_to:  # replaced from outside, by a backup say
            known = Index()
        with file.open("rb") as stream:
            stream.seek(known.read_to)
            complete, newline, _ = stream.read().rpartition(b"\n")
    lines = complete.split(b"\n") if newline else []
    fresh = [_parsed(file, known.lines + place, line) for place, line in enumerate(lines, start=1)]
    read = {entry.identity: entry for entry in fresh if isinstance(entry, Entry)}
    return Index(
        entries=dict(known.entries) | read,
        damaged=(*known.damaged, *(line for line in fresh if isinstance(line, str))),
        read_to=known.read_to + len(complete) + len(newline),
        lines=known.lines + len(lines),
    )


def _torn_line(file: Path, length: int) -> str:
    return (
        f"{file}: the last line is torn ({length} bytes without an end of line), from a crash while writing; "
        "its payload counts as not taken in, and the next one is written over it"
    )


def entry_to_json(entry: Entry) -> dict[str, object]:
    """An entry as its line of the index says it."""
    return {
        "source_id": entry.source_id,
        "url": entry.url,
        "as_of": _written(entry.as_of),
        "sha256": entry.sha256,
        "fetched_at": _written(entry.fetched_at),
        "bytes": entry.bytes,
        "content_type": entry.content_type,
        "headers": dict(entry.headers),
        "run_id": entry.run_id,
    }


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def entry_of_json(row: Mapping[str, Any]) -> Entry:
    """What `entry_to_json` wrote; raises KeyError, TypeError or ValueError where it did not."""
    instants = {name: datetime.fromisoformat(row[name]) for name in ("as_of", "fetched_at")}
    return Entry(**{**row, **instants})


def _parsed(file: Path, number: int, line: bytes) -> Entry | str:
    """The entry of a line, or what is wrong with the line."""
    try:
        return entry_of_json(json.loads(line))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        return (
            f"{file}, line {number} is damaged ({error}): its payload counts as not taken in. Restore the "
            "file from a backup, or delete that line and fetch or back-fill its source again"
        )
