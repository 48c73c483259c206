"""Bring the warehouse's rows of a source up to what the raw archive (and the bundle in it) holds."""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import polars as pl

from ingest.source import Source
from ingest.take_in.statements import Step, archived_steps, bundled_steps
from store.archive import Archive, Entry
from store.bundle import TABLES, TablesOnDemand, only
from store.warehouse import OBSERVATIONS, Loaded, Warehouse

BUNDLE_ID = "bundled"
TICK = timedelta(microseconds=1)
Bundle = Mapping[str, pl.DataFrame]


def archived_bundle(archive: Archive) -> Bundle:
    """The newest bundle in the archive as frames per table; empty frames' absence means there is none."""
    newest = archive.latest(BUNDLE_ID)

    def reader(entry: Entry) -> Callable[[], pl.DataFrame]:
        return lambda: pl.read_parquet(io.BytesIO(archive.body(entry.sha256)))

    return TablesOnDemand(
        {Path(url.removeprefix(f"{BUNDLE_ID}:")).stem: reader(entry) for url, entry in newest.items()}
    )


def load_source(source: Source, archive: Archive, warehouse: Warehouse, bundle: Bundle) -> Loaded:
    """Take in the archived payloads of a source that the warehouse has not seen.

    Newer ones are appended. One that is older than what is loaded means that the source's rows are made anew
    from all its payloads in order of time, so that the order of arrival never shows.
    """
    entries = archive.entries(source.id)
    known = warehouse.payloads(source.id)
    pending = _pending(entries, known)
    bundled = _without(only(bundle, [source.id]), entries)
    if known.is_empty() and not bundled:
        return warehouse.append(_steps(archived_steps(source, archive, pending)), source.id)
    if not pending:
        return Loaded()
    newest: datetime = known["as_of"].max()  # type: ignore[assignment] # a column of instants has an instant as maximum
    if not known.is_empty() and min(entry.as_of for entry in pending) > newest:
        return warehouse.append(_steps(archived_steps(source, archive, pending, bundled)), source.id)
    steps = heapq.merge(
        archived_steps(source, archive, entries, bundled),
        bundled_steps(bundled) if bundled else (),
        key=itemgetter(0),
    )
    return warehouse.reload(_steps(steps), source.id)


def adopt_bundle(archive: Archive, warehouse: Warehouse, bundle: Bundle) -> Loaded:
    """Insert the bundled rows of every source that has nothing archived and nothing loaded yet."""
    if not bundle:
        return Loaded()
    archived = {name for name in archive.sources() if archive.entries(name)}
    loaded = set(warehouse.frame("SELECT DISTINCT source_id FROM payload")["source_id"].to_list())
    fresh = [name for name in bundle["payload"]["source_id"].unique() if name not in archived | loaded]
    if not fresh:
        return Loaded()
    return warehouse.adopt(only({table: bundle[table] for table in TABLES if table != "source"}, fresh))


def _steps(timed: Iterable[tuple[datetime, Step]]) -> Iterator[Step]:
    """The steps at strictly growing instants, so that no key has two statements at one instant."""
    latest = datetime.min.replace(tzinfo=UTC)
    for _, (rows, unit) in timed:
        if unit is None:
            yield rows, None
            continue
        latest = max(unit.observed_at, latest + TICK)
        yield rows, replace(unit, observed_at=latest)


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
