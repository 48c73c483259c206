"""A team's archive: bodies on object storage under their hash, the index in PostgreSQL.

Bodies that were read once stand in a folder of this machine too, laid out as the archive of one machine is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl
import zstandard

from store.archive import Archive, Compacted, Entry, Index, Size, entry_of_json, entry_to_json
from store.bodies import ZSTD_LEVEL, ArchiveError
from store.sightings import SCHEMA, Identity, Seen, Sightings
from store.team.address import TeamAddress, s3_settings
from store.team.parts import obstore
from store.team.postgres import Postgres, storage_trouble

RETRIES: Final = 3
RETRY_FOR: Final = timedelta(seconds=20)
"""So often, and for so long, object storage that does not answer is asked again; then it is told."""

ASIDE: Final = ".damaged"
"""What the name of an object ends in that was not what it should be."""

_LOOK: Final = (
    "SELECT count(*) AS lines, coalesce(max(arrival), 0) AS last FROM payload_index WHERE source_id = %s"
)

_SIGHTED: Final = (
    "SELECT concat(count(*), ' ', sum(hashtext(first_at || last_at)::bigint)) AS state FROM sighting"
)


class TeamArchive(Archive):
    """The archive of a team; `folder` is this machine's own copy of what it has read."""

    def __init__(self, folder: Path, postgres: Postgres, address: TeamAddress) -> None:
        super().__init__(folder)
        self._postgres = postgres
        self._address = address
        self._sightings = TeamSightings(folder, postgres)
        self._objects = _objects(address)
        self._stored: set[str] = set()

    def add(self, entry: Entry, body: bytes) -> bool:
        if hashlib.sha256(body).hexdigest() != entry.sha256 or len(body) != entry.bytes:
            raise ArchiveError(
                f"{entry.url}: the body is not the one that its entry describes; use describe()"
            )
        if not self._bodies.file(entry.sha256).is_file():
            self._bodies.write(entry.sha256, body)
        self._store(entry.sha256, body)
        sql = """
            INSERT INTO payload_index (source_id, url, as_of, sha256, entry) VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT DO NOTHING RETURNING 1
        """
        said = entry_to_json(entry)
        values = [said[name] for name in ("source_id", "url", "as_of", "sha256")]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return bool(self._postgres.rows(sql, [*values, text]))

    def sources(self) -> list[str]:
        found = self._postgres.rows("SELECT DISTINCT source_id FROM payload_index")
        return sorted(row["source_id"] for row in found)

    def body(self, sha256: str) -> bytes:
        """The body with this hash, from this machine's copy where it is whole, else from object storage."""
        if self._bodies.file(sha256).is_file():
            try:
                return super().body(sha256)
            except ArchiveError:
                self._bodies.file(sha256).unlink(missing_ok=True)
        body = self._fetched(sha256)
        self._bodies.write(sha256, body)
        return body

    def is_whole(self, sha256: str) -> bool:
        """As on one machine; what storage has lost is written again from this machine's copy."""
        if not super().is_whole(sha256):
            return False
        if sha256 not in self._stored:
            self._store(sha256, self.body(sha256))
        return True

    def at_hand(self, entries: Iterable[Entry]) -> Path:
        for entry in entries:
            if not self._bodies.file(entry.sha256).is_file():
                self.body(entry.sha256)
        return self.folder

    def size(self) -> Size:
        counts = self._postgres.rows("SELECT count(*) AS payloads FROM payload_index")[0]
        entries = [entry for source_id in self.sources() for entry in self.entries(source_id)]
        lengths = {entry.sha256: entry.bytes for entry in entries}
        stored = sum(item["size"] for item in self._listed())
        return Size(counts["payloads"], len(lengths), sum(lengths.values()), stored)

    def purge(self, source_id: str) -> int:
        own = self.entries(source_id)
        self._postgres.rows("DELETE FROM payload_index WHERE source_id = %s", [source_id])
        self._postgres.rows("DELETE FROM sighting WHERE source_id = %s", [source_id])
        others = self._postgres.rows("SELECT DISTINCT sha256 FROM payload_index")
        for sha256 in {entry.sha256 for entry in own} - {row["sha256"] for row in others}:
            self._bodies.file(sha256).unlink(missing_ok=True)
            self._stored.discard(sha256)
            with self._reached():
                obstore().delete(self._objects, _name(sha256))
        return len(own)

    def compact(self, now: datetime, *, all_of_them: bool = False) -> Compacted:  # noqa: ARG002
        """Nothing: object storage keeps every body as a whole."""
        return Compacted()

    def _problems_of(self, source_id: str, deep: bool) -> Iterator[str]:
        index = self._index(source_id)
        yield from index.damaged
        stored = {item["path"] for item in self._listed()}
        for sha256 in sorted({entry.sha256 for entry in index.entries.values()}):
            if _name(sha256) not in stored:
                yield f"{self._place(sha256)} is missing from the archive, though {source_id} lists it"
            elif deep:
                try:
                    self._fetched(sha256)
                except ArchiveError as error:
                    yield f"{source_id}: {error}"

    def _index(self, source_id: str) -> Index:
        """The index of a source, read again where it has grown or shrunk."""
        known = self._indexes.get(source_id, Index())
        look = self._postgres.rows(_LOOK, [source_id])[0]
        if (look["lines"], look["last"]) == (known.lines, known.read_to):
            return known
        rows = self._postgres.rows("SELECT entry FROM payload_index WHERE source_id = %s", [source_id])
        read = [entry_of_json(json.loads(row["entry"])) for row in rows]
        index = Index({entry.identity: entry for entry in read}, (), look["last"], look["lines"])
        self._indexes[source_id] = index
        return index

    def _store(self, sha256: str, body: bytes) -> None:
        """Put a body on object storage, unless it is there."""
        if sha256 in self._stored:
            return
        with self._reached():
            try:
                found = obstore().head(self._objects, _name(sha256))["size"] > 0
            except FileNotFoundError:
                found = False
            if not found:
                packed = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body)
                obstore().put(self._objects, _name(sha256), packed)
        self._stored.add(sha256)

    def _fetched(self, sha256: str) -> bytes:
        advice = "fetch or back-fill its source again, which writes it anew"
        place = self._place(sha256)
        with self._reached():
            try:
                packed = bytes(obstore().get(self._objects, _name(sha256)).bytes())
            except FileNotFoundError as error:
                raise ArchiveError(f"{place} is missing from the archive: {advice}") from error
        try:
            body = zstandard.ZstdDecompressor().decompress(packed)
        except zstandard.ZstdError as error:
            self._put_aside(sha256)
            raise ArchiveError(f"{place} is damaged ({error}): {advice}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            self._put_aside(sha256)
            raise ArchiveError(f"{place} is damaged (its content has another hash): {advice}")
        return body

    def _put_aside(self, sha256: str) -> None:
        """Let a damaged object count as lost, so that whoever has the body writes it again."""
        self._stored.discard(sha256)
        with suppress(obstore().exceptions.BaseError, FileNotFoundError):
            obstore().rename(self._objects, _name(sha256), f"{_name(sha256)}{ASIDE}")

    def _listed(self) -> list[Any]:
        with self._reached():
            return [item for batch in obstore().list(self._objects, "bodies") for item in batch]

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Raise what goes wrong with storage as AwayError, or StorageError where it does not let us in."""
        exceptions = obstore().exceptions
        try:
            yield
        except (exceptions.BaseError, FileNotFoundError) as error:  # the latter: there is no such bucket
            refused = isinstance(
                error,
                (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError, FileNotFoundError),
            )
            first = str(error).splitlines()[0]
            raise storage_trouble(self._address.data, first, refused=refused) from error

    def _place(self, sha256: str) -> str:
        return f"{self._address.payloads}/{_name(sha256)}"


class TeamSightings(Sightings):
    """Sightings in PostgreSQL; `bring_home` leaves them in this machine's folder, for its snapshots."""

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        super().__init__(folder)
        self._postgres = postgres
        self._brought = ""

    def note(self, source_id: str, identity: Identity, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError(f"{identity[0]}: a sighting needs a time zone")
        sql = """
            INSERT INTO sighting VALUES (%s, %s, %s, %s, %s, %s)
            ON CONFLICT (source_id, url, as_of, sha256) DO UPDATE
            SET first_at = least(sighting.first_at, excluded.first_at),
                last_at = greatest(sighting.last_at, excluded.last_at)
        """
        url, as_of, sha256 = identity
        seen = Seen(as_of, as_of).with_sighting(at)
        instants = [_text(item) for item in (as_of, seen.first_at, seen.last_at)]
        self._postgres.rows(sql, [source_id, url, instants[0], sha256, instants[1], instants[2]])

    def of(self, source_id: str) -> Mapping[Identity, Seen]:
        return self._all("WHERE source_id = %s", [source_id]).get(source_id, {})

    def frame(self) -> pl.DataFrame:
        rows = [
            (source_id, *identity, seen.first_at, seen.last_at)
            for source_id, known in self._all().items()
            for identity, seen in known.items()
        ]
        return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(pl.all())

    def bring_home(self) -> None:
        """Write all sightings into the folder of this machine, if any came since this process did so last."""
        state = self._postgres.rows(_SIGHTED)[0]["state"]
        if state == self._brought:
            return
        local, everything = Sightings(self.folder.parent), self._all()
        for source_id, known in everything.items():
            if known != local.of(source_id):
                local.put(source_id, known)
        for source_id in set(local.sources()) - set(everything):  # purged, by whichever machine
            local.forget(source_id)
        self._brought = state

    def _all(self, where: str = "", values: Iterable[object] = ()) -> dict[str, dict[Identity, Seen]]:
        found: dict[str, dict[Identity, Seen]] = {}
        for row in self._postgres.rows(f"SELECT * FROM sighting {where}", list(values)):
            instants = [datetime.fromisoformat(row[name]) for name in ("as_of", "first_at", "last_at")]
            identity = (row["url"], instants[0], row["sha256"])
            found.setdefault(row["source_id"], {})[identity] = Seen(instants[1], instants[2])
        return found


def _objects(address: TeamAddress) -> Any:
    """Where bodies lie, as obstore reaches it."""
    if not address.is_bucket:
        folder = Path(address.payloads)
        return obstore().store.LocalStore(folder, mkdir=True)
    patience = {"max_retries": RETRIES, "retry_timeout": RETRY_FOR}
    said = s3_settings()
    names = {"key_id": "access_key_id", "secret": "secret_access_key", "session_token": "session_token"}
    options = {names[name]: said[name] for name in names if name in said}
    if "endpoint" in said:
        options["endpoint"] = said["endpoint"]
    allowed = {"allow_http": said.get("endpoint", "").startswith("http://")}
    return obstore().store.from_url(
        address.payloads,
        region=said["region"],
        client_options=allowed,
        retry_config=patience,
        **options,
    )


def _name(sha256: str) -> str:
    return f"bodies/{sha256[:2]}/{sha256}.zst"


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
