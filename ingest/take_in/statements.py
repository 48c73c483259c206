"""From archived payloads to the units that the warehouse folds: grouped, parsed, checked, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl

from ingest.records import KEYS, REFUSAL_SCHEMA, WHOLE_PAYLOAD, Kind, Records, complaint
from ingest.source import Source
from ingest.take_in.parse import Read, here
from ingest.take_in.shortfall import Listing, listed_in_bundle, listing, why_doubtful, why_nothing
from store.archive import Archive, Entry
from store.bodies import ArchiveError
from store.fold import Unit
from store.warehouse import OBSERVATIONS, PayloadRow

Step = tuple[list[PayloadRow], Unit | None]
"""The payloads of one moment and what they say; no unit where they could not be parsed."""

TABLE_KEYS = {kind.value: KEYS[kind] for kind in Kind}


@dataclass(frozen=True, slots=True)
class _Moment:
    """Payloads to be parsed together, those of them that are new, and the address that they speak for.

    A grouped source speaks for all its addresses at once (the empty text).
    """

    address: str
    new: tuple[Entry, ...]
    together: tuple[Entry, ...]


def archived_steps(
    source: Source,
    archive: Archive,
    entries: Sequence[Entry],
    bundled: Mapping[str, pl.DataFrame] | None = None,
    read: Read | None = None,
    missing: list[str] | None = None,
) -> Iterator[tuple[datetime, Step]]:
    """Steps of the given archive entries, oldest first, each with its instant.

    A grouped source is parsed anew at each instant from the newest payload of every address by then.
    `bundled` holds the source's bundled rows, if any: a complete payload may bury those of its address too.
    `read` parses (in this process where none is given). A moment of which a body is missing or damaged is
    left out, to be taken in once it is whole again; `missing` gets a sentence for each.
    """
    read = read or here(archive)
    missing = [] if missing is None else missing
    compared = source.complete or _is_one_list(source)
    wanted = {entry.identity for entry in entries}
    moments = list(_moments(source, archive.entries(source.id)))
    scopes: dict[str, set[str]] = {}
    listed: dict[str, Listing] = {}
    for at, moment in enumerate(moments):
        for entry in moment.new:  # no later payload, so that the order of arrival never shows
            scopes.setdefault(entry.url, set()).add(entry.sha256)
        new = [entry for entry in moment.new if entry.identity in wanted]
        if not new:
            continue
        instant = moment.new[0].as_of
        urls = {entry.url for entry in moment.together}
        shipped = _bundled_until(bundled, urls, instant)
        if compared and moment.address not in listed:
            earlier = [other for other in moments[:at] if other.address == moment.address]
            before = _listed_before(source, read, earlier) or listed_in_bundle(bundled, shipped)
            listed[moment.address] = before
        before = listed.get(moment.address, {})
        try:
            parsed = read(source, moment.together)
        except ArchiveError as error:
            missing.append(str(error))
            continue
        scope = shipped.union(*(scopes[url] for url in urls))
        yield instant, _step(source, new, parsed, before, scope)
        listed[moment.address] = listing(parsed) or before


def _moments(source: Source, entries: Sequence[Entry]) -> Iterator[_Moment]:
    newest: dict[str, Entry] = {}
    for _, served in _by_instant(entries):
        newest.update({entry.url: entry for entry in served})
        if source.grouped:
            yield _Moment("", tuple(served), tuple(newest.values()))
            continue
        for entry in served:
            yield _Moment(entry.url, (entry,), (entry,))


def _bundled_until(
    bundled: Mapping[str, pl.DataFrame] | None, urls: Set[str], instant: datetime
) -> frozenset[str]:
    """The payloads of some addresses whose rows are bundled, by their hashes."""
    if not bundled:
        return frozenset()
    told = bundled["payload"].filter(pl.col("url").is_in(list(urls)) & (pl.col("as_of") <= instant))
    return frozenset(told["sha256"])


def _is_one_list(source: Source) -> bool:
    """Whether each address is a list of its own: of several pages the last one may be short."""
    return isinstance(source.urls, tuple) and source.follow is None


def _listed_before(source: Source, read: Read, earlier: Sequence[_Moment]) -> Listing:
    """How much the newest of the earlier moments listed that could be read."""
    for moment in reversed(earlier):
        try:
            found = listing(read(source, moment.together))
        except ArchiveError:
            continue
        if found:
            return found
    return {}


def bundled_steps(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[datetime, Step]]:
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
    source: Source,
    new: list[Entry],
    parsed: Records | str,
    before: Listing,
    scope: frozenset[str],
) -> Step:
    largest = max(new, key=lambda entry: (entry.bytes, entry.url))
    if isinstance(parsed, str):
        return [_noted(entry, parsed, unread=True) for entry in new], _refused_whole(source, largest, parsed)
    nothing = why_nothing(parsed, largest.url) if _is_own_address(source, largest.url) else None
    if nothing:
        unit = _refused_whole(source, largest, nothing)
        refused = pl.concat([unit.refused, parsed.refused])
        return [_noted(entry, nothing, unread=True) for entry in new], replace(unit, refused=refused)
    doubt = why_doubtful(parsed, before, largest.url, complete=source.complete)
    told = pl.concat([*([complaint(doubt)] if doubt else []), parsed.refused])
    unit = replace(_unit(source, largest, parsed, scope), refused=told)
    complaints = told.filter(pl.col("kind") == WHOLE_PAYLOAD)["reason"].to_list()
    if not complaints:
        return [_noted(entry, None) for entry in new], unit
    return [_noted(entry, "; ".join(complaints)) for entry in new], replace(unit, complete=False)


def _is_own_address(source: Source, url: str) -> bool:
    """Whether an address is the source's own: a further page of a list may well hold nothing of ours."""
    if not isinstance(source.urls, tuple):
        return True
    return url in source.urls or any(fallback.url == url for fallback in source.fallbacks)


def _unit(source: Source, entry: Entry, records: Records, scope: frozenset[str]) -> Unit:
    frames = {kind.value: frame for kind, frame in records.frames.items()}
    return Unit(
        source.id,
        entry.url,
        entry.sha256,
        entry.as_of,
        frames,
        TABLE_KEYS,
        records.refused,
        complete=source.complete,
        scope=scope,
    )


def _refused_whole(source: Source, entry: Entry, reason: str) -> Unit:
    return Unit(source.id, entry.url, entry.sha256, entry.as_of, {}, TABLE_KEYS, complaint(reason))


def _noted(entry: Entry, error: str | None, *, unread: bool = False) -> PayloadRow:
    return PayloadRow(
        entry.source_id,
        entry.url,
        entry.as_of,
        entry.sha256,
        entry.bytes,
        entry.content_type,
        "archive",
        error,
        unread,
    )
