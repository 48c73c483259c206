"""From archived payloads to the units that the warehouse folds: grouped, parsed, checked, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import polars as pl

from ingest.errors import ParseError
from ingest.records import KEYS, REFUSAL_SCHEMA, Kind, Records, check
from ingest.source import Payload, Source
from store.archive import Archive, Entry
from store.fold import Unit
from store.warehouse import OBSERVATIONS, PayloadRow

Step = tuple[list[PayloadRow], Unit | None]
"""The payloads of one moment and what they say; no unit where they could not be parsed."""

TABLE_KEYS = {kind.value: KEYS[kind] for kind in Kind}


def archived_steps(
    source: Source, archive: Archive, entries: Sequence[Entry]
) -> Iterator[tuple[datetime, Step]]:
    """Steps of the given archive entries, oldest first, each with its instant.

    A grouped source is parsed anew at each instant from the newest payload of every address by then.
    """
    wanted = {(entry.url, entry.as_of, entry.sha256) for entry in entries}
    every = archive.entries(source.id)
    by_url: dict[str, set[str]] = {}
    for entry in every:
        by_url.setdefault(entry.url, set()).add(entry.sha256)
    newest: dict[str, Entry] = {}
    for instant, served in _by_instant(every):
        newest.update({entry.url: entry for entry in served})
        new = [entry for entry in served if (entry.url, entry.as_of, entry.sha256) in wanted]
        if not new:
            continue
        if source.grouped:
            yield instant, _step(source, archive, new, list(newest.values()), None)
            continue
        for entry in new:
            yield instant, _step(source, archive, [entry], [entry], frozenset(by_url[entry.url]))


def bundled_steps(frames: dict[str, pl.DataFrame]) -> Iterator[tuple[datetime, Step]]:
    """Steps of one source's bundled rows: those of one payload belong together, oldest first."""
    served = frames["payload"].sort("as_of", "url", "sha256")
    moments: dict[tuple[str, datetime], dict[datetime, dict[str, pl.DataFrame]]] = {}
    for table in OBSERVATIONS:
        for (sha256, at), rows in (
            frames[table].partition_by(["payload_sha256", "observed_at"], as_dict=True).items()
        ):
            moments.setdefault((sha256, _second(at)), {}).setdefault(at, {})[table] = rows
    for row in served.iter_rows(named=True):
        noted = PayloadRow(
            row["source_id"],
            row["url"],
            row["as_of"],
            row["sha256"],
            row["bytes"],
            row["content_type"],
            "bundle",
        )
        said = moments.get((row["sha256"], _second(row["as_of"])))
        if not said:
            yield row["as_of"], ([noted], None)
            continue
        at = min(said)
        yield at, ([noted], _bundled_unit(noted, at, said.pop(at)))


def _second(instant: datetime) -> datetime:
    """Instants of one moment may be ticks apart (see `load.py`)."""
    return instant.replace(microsecond=0)


def _bundled_unit(row: PayloadRow, at: datetime, said: dict[str, pl.DataFrame]) -> Unit:
    frames = {
        table: frame.drop("source_id", "payload_sha256", "observed_at") for table, frame in said.items()
    }
    nothing = pl.DataFrame(schema=REFUSAL_SCHEMA)
    return Unit(row.source_id, row.url, row.sha256, at, frames, TABLE_KEYS, nothing)


def _by_instant(entries: Sequence[Entry]) -> Iterator[tuple[datetime, list[Entry]]]:
    together: list[Entry] = []
    for entry in entries:
        if together and entry.as_of != together[0].as_of:
            yield together[0].as_of, together
            together = []
        together.append(entry)
    if together:
        yield together[0].as_of, together


def _step(
    source: Source, archive: Archive, new: list[Entry], together: list[Entry], scope: frozenset[str] | None
) -> Step:
    chief = max(new, key=lambda entry: (entry.bytes, entry.url))
    payloads = [_payload(archive, entry) for entry in sorted(together, key=lambda entry: entry.url)]
    try:
        records = check(source.parse(payloads))
    except ParseError as error:
        return [_noted(entry, str(error)) for entry in new], _refused_whole(source, chief, str(error))
    except Exception as error:  # noqa: BLE001 - a parser's own fault must not cost the other payloads
        reason = f"the parser of {source.id} failed on {chief.url}: {type(error).__name__}: {error}"
        return [_noted(entry, reason) for entry in new], _refused_whole(source, chief, reason)
    return [_noted(entry, None) for entry in new], _unit(source, chief, records, scope)


def _unit(source: Source, chief: Entry, records: Records, scope: frozenset[str] | None) -> Unit:
    frames = {kind.value: frame for kind, frame in records.frames.items()}
    return Unit(
        source.id,
        chief.url,
        chief.sha256,
        chief.as_of,
        frames,
        TABLE_KEYS,
        records.refused,
        complete=source.complete,
        scope=scope,
    )


def _refused_whole(source: Source, chief: Entry, reason: str) -> Unit:
    refused = pl.DataFrame({"kind": ["payload"], "row": [None], "reason": [reason]}, schema=REFUSAL_SCHEMA)
    return Unit(source.id, chief.url, chief.sha256, chief.as_of, {}, TABLE_KEYS, refused)


def _payload(archive: Archive, entry: Entry) -> Payload:
    return Payload(
        entry.source_id,
        entry.url,
        entry.as_of,
        entry.sha256,
        archive.body(entry.sha256),
        entry.content_type,
        entry.headers,
    )


def _noted(entry: Entry, error: str | None) -> PayloadRow:
    return PayloadRow(
        entry.source_id,
        entry.url,
        entry.as_of,
        entry.sha256,
        entry.bytes,
        entry.content_type,
        "archive",
        error,
    )
