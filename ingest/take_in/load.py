"""Bring the warehouse's rows of a source up to what the raw archive (and the bundle in it) holds."""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import polars as pl

from ingest.source import Source
from ingest.take_in.parse import Read
from ingest.take_in.statements import Step, archived_steps, bundled_steps
from store.archive import Archive, Entry
from store.bodies import ArchiveError
from store.bundle import TABLES, TablesOnDemand, only
from store.warehouse import OBSERVATIONS, Loaded, Warehouse

BUNDLE_ID = "bundled"
TICK = timedelta(microseconds=1)
START = datetime.min.replace(tzinfo=UTC)
Bundle = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Taken:
    """What carrying out a plan came to; `missing` says in words what could not be read from the archive."""

    loaded: Loaded
    note: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken in of one source.

    entries  the archived payloads to be taken in
    anew     whether the source's rows are made anew from all of them, else they are appended
    note     why its rows are made anew, where a changed form is the reason
    missing  payloads that cannot be taken in, since their bodies or lines in the index are damaged, in words
    """

    source: Source
    entries: tuple[Entry, ...] = ()
    anew: bool = False
    bundled: Bundle = field(default_factory=dict)
    form: str | None = None
    note: str = ""
    missing: tuple[str, ...] = ()

    def steps(self, archive: Archive, read: Read | None, missing: list[str]) -> Iterator[Step]:
        """What the payloads say, at strictly growing instants; `missing` gets what could not be read."""
        said = archived_steps(self.source, archive, self.entries, self.bundled, read, missing)
        if not self.anew:
            return _steps(said)
        shipped = bundled_steps(self.bundled) if self.bundled else ()
        return _steps(heapq.merge(said, shipped, key=itemgetter(0)))


def archived_bundle(archive: Archive) -> Bundle:
    """The newest bundle in the archive that is whole, as frames per table; nothing where there is none."""
    entries = archive.entries(BUNDLE_ID)
    for made_at in sorted({entry.as_of for entry in entries}, reverse=True):
        files = {entry.url: entry for entry in entries if entry.as_of == made_at}
        if all(archive.is_whole(entry.sha256) for entry in files.values()):
            return TablesOnDemand(
                {
                    Path(url.removeprefix(f"{BUNDLE_ID}:")).stem: _reader(archive, entry)
                    for url, entry in files.items()
                }
            )
    return {}


def _reader(archive: Archive, entry: Entry) -> Callable[[], pl.DataFrame]:
    return lambda: pl.read_parquet(io.BytesIO(archive.body(entry.sha256)))


def plan(
    source: Source,
    archive: Archive,
    warehouse: Warehouse,
    bundle: Bundle,
    form: str | None = None,
    *,
    anew: bool = False,
) -> Plan:
    """What of a source's archived payloads the warehouse has not seen, or has read with another form.

    Newer ones are appended. One that is older than what is loaded means that the source's rows are made anew
    from all its payloads in order of time, so that the order of arrival never shows; so does another `form`
    (none given: the form does not matter), and asking for it (`anew`).
    """
    entries = archive.entries(source.id)
    known = warehouse.payloads(source.id)
    bundled = _without(only(bundle, [source.id]), entries)
    nothing = Plan(source, form=form, missing=archive.damaged_lines(source.id))
    if anew:
        return replace(nothing, entries=tuple(entries), anew=True, bundled=bundled)
    if form is not None and _was_read_otherwise(warehouse, source.id, known, form):
        faults = _faults(archive, entries)
        if not faults:
            note = f"its form or parser has changed; archived payloads read again: {len(entries):,}"
            return replace(nothing, entries=tuple(entries), anew=True, bundled=bundled, note=note)
        nothing = replace(nothing, form=None, missing=(*nothing.missing, _stays(source.id), *faults))
    pending = _pending(entries, known)
    if known.is_empty():
        merged = bool(pending and bundled)
        return replace(nothing, entries=tuple(pending), anew=merged, bundled=bundled if merged else {})
    newest: datetime = known["as_of"].max()  # type: ignore[assignment] # a column of instants has one as maximum
    newer = tuple(entry for entry in pending if entry.as_of > newest)
    appended = replace(nothing, entries=newer, bundled=bundled)
    if len(newer) == len(pending):
        return appended
    faults = _faults(archive, entries)
    older_whole = any(archive.is_whole(entry.sha256) for entry in pending if entry not in newer)
    if not older_whole or _faults(archive, [entry for entry in entries if entry not in pending]):
        return replace(appended, missing=(*nothing.missing, *faults))
    return replace(nothing, entries=tuple(entries), anew=True, bundled=bundled)


def carry_out(plan: Plan, archive: Archive, warehouse: Warehouse, read: Read | None = None) -> Taken:
    """Take in what a plan says; `read` parses, in this process where none is given."""
    missing = list(plan.missing)
    if not plan.entries and not plan.anew:
        return Taken(Loaded(), plan.note, tuple(missing))
    take_in = warehouse.reload if plan.anew else warehouse.append
    loaded = take_in(plan.steps(archive, read, missing), plan.source.id, plan.form)
    return Taken(loaded, plan.note, tuple(missing))


def load_source(source: Source, archive: Archive, warehouse: Warehouse, bundle: Bundle) -> Loaded:
    """Take in the archived payloads of a source that the warehouse has not seen, parsed in this process."""
    return carry_out(plan(source, archive, warehouse, bundle), archive, warehouse).loaded


def adopt_bundle(archive: Archive, warehouse: Warehouse, bundle: Bundle) -> Loaded:
    """Insert the bundled rows of every source that has nothing archived and nothing loaded yet."""
    if not bundle or not _not_adopted(archive, warehouse, bundle):
        return Loaded()
    with warehouse.alone():
        fresh = _not_adopted(archive, warehouse, bundle)
        if not fresh:
            return Loaded()
        return warehouse.adopt(only({table: bundle[table] for table in TABLES if table != "source"}, fresh))


def _not_adopted(archive: Archive, warehouse: Warehouse, bundle: Bundle) -> list[str]:
    archived = {name for name in archive.sources() if archive.entries(name)}
    loaded = set(warehouse.frame("SELECT DISTINCT source_id FROM payload")["source_id"].to_list())
    return [name for name in bundle["payload"]["source_id"].unique() if name not in archived | loaded]


def _steps(timed: Iterable[tuple[datetime, Step]]) -> Iterator[Step]:
    """The steps at strictly growing instants, so that no key has two statements at one instant."""
    latest = START
    for _, (rows, unit) in timed:
        if unit is None:
            yield rows, None
            continue
        latest = max(unit.observed_at, latest + TICK)
        yield rows, replace(unit, observed_at=latest)


def _was_read_otherwise(warehouse: Warehouse, source_id: str, known: pl.DataFrame, form: str) -> bool:
    archived = known.filter(pl.col("origin") == "archive")
    return not archived.is_empty() and warehouse.forms().get(source_id) != form


def _faults(archive: Archive, entries: Iterable[Entry]) -> list[str]:
    """What is wrong with the bodies of payloads, one sentence each."""
    faults = []
    for entry in entries:
        if not archive.is_whole(entry.sha256):
            try:
                archive.body(entry.sha256)
            except ArchiveError as error:
                faults.append(str(error))
    return faults


def _stays(source_id: str) -> str:
    return (
        "its form or parser has changed, but some of its payloads cannot be read again, so what was loaded "
        f"stays; `hypecurve rebuild {source_id}` makes its rows anew without them"
    )


def _pending(entries: list[Entry], known: pl.DataFrame) -> list[Entry]:
    archived = known.filter(pl.col("origin") == "archive")
    seen = set(archived.select("url", "as_of", "sha256").iter_rows())
    return [entry for entry in entries if (entry.url, entry.as_of, entry.sha256) not in seen]


def _without(bundle: Bundle, entries: list[Entry]) -> Bundle:
    """The bundled rows whose payload itself is not in the archive: the payload says more than its rows."""
    if not bundle or bundle["payload"].is_empty():
        return {}
    own = pl.DataFrame(
        {"sha256": [entry.sha256 for entry in entries], "as_of": [entry.as_of for entry in entries]},
        schema={"sha256": pl.String, "as_of": pl.Datetime("us", "UTC")},
    )
    payloads = bundle["payload"].join(own, on=["sha256", "as_of"], how="anti")
    if payloads.is_empty():
        return {}
    kept = {table: _of_payloads(bundle[table], payloads) for table in OBSERVATIONS}
    return {**kept, "payload": payloads}


def _of_payloads(rows: pl.DataFrame, payloads: pl.DataFrame) -> pl.DataFrame:
    """The rows that some payload stated: of its hash, and observed when it was served (to the tick)."""
    moments = payloads.select(payload_sha256="sha256", moment=pl.col("as_of").dt.truncate("1s")).unique()
    moment = pl.col("observed_at").dt.truncate("1s")
    return (
        rows.with_columns(moment=moment)
        .join(moments, on=["payload_sha256", "moment"], how="semi")
        .drop("moment")
    )
