"""One whole refresh: fetch, archive, load, identify, derive, publish. The only module that knows all the stages."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from config import Settings
from derive import derive
from ingest.fetch import Fetcher
from ingest.identify import identify
from ingest.backfill import archive_bundle, archive_facts, archive_recordings
from ingest.load import adopt_bundle, archived_bundle, load_source
from ingest.refresh import Gathered, gather, instant
from ingest.registry import Catalogue, load_sources
from ingest.replay import Recordings, ReplayTransport
from ingest.source import Source
from store.archive import Archive
from store.bundle import write_bundle
from store.ledger import Ledger, Status
from store.snapshot import NoSnapshotError, Snapshot, latest, publish
from store.warehouse import Loaded, Warehouse, open_warehouse, rebuilt_warehouse

PARALLEL_FETCHES = 6

Progress = Callable[[str, str], None]
"""Told of each step: source id (or stage) and what happened, in words."""


class UnknownSourceError(ValueError):
    """A source was named that does not exist; the message lists those that are near."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source's refresh came to."""

    source_id: str
    status: Status
    loaded: Loaded = Loaded()
    message: str = ""


def refresh(
    settings: Settings,
    source_ids: Sequence[str] = (),
    *,
    trigger: str = "command",
    replay: Path | None = None,
    as_of: date | None = None,
    progress: Progress = lambda source, text: None,
) -> list[Outcome]:
    """Fetch the named sources (all enabled ones when none is named), take in what is new, publish.

    With `replay`, a folder of recordings answers instead of the network, as of a date.
    Raises UnknownSourceError, and WarehouseBusyError when another writer does not end in time.
    """
    catalogue = load_sources(settings.sources_folder)
    sources = chosen(catalogue, source_ids)
    ledger, archive = Ledger(settings.ledger_file), Archive(settings.archive_folder)
    ledger.close_dead_runs(instant())
    runs = {source.id: ledger.start(source.id, trigger, instant()) for source in sources}
    with _fetcher(settings, replay, as_of) as fetcher:
        gathered = _gather_all(sources, fetcher, archive, progress)
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        archive_bundle(archive)
        _take_in_bundle(archive, warehouse, progress)
        bundle = archived_bundle(archive)
        outcomes = []
        for source in sources:
            outcome = _loaded(source, gathered[source.id], archive, warehouse, bundle)
            progress(source.id, outcome.message or str(outcome.status))
            report = gathered[source.id]
            ledger.finish(
                runs[source.id],
                outcome.status,
                instant(),
                outcome.loaded,
                report.retries,
                outcome.message or None,
            )
            outcomes.append(outcome)
        _finish(
            settings,
            warehouse,
            catalogue,
            ledger,
            changed=any(o.loaded.payloads for o in outcomes),
            tell=progress,
        )
    return outcomes


def backfill(
    settings: Settings,
    source_ids: Sequence[str] = (),
    *,
    replay: Path | None = None,
    facts: Path | None = None,
    progress: Progress = lambda source, text: None,
) -> list[Outcome]:
    """Archive every dated payload of a recordings folder (and the tables of a facts folder), then load in order.

    All payloads of a source are archived before any is loaded, so each source is made anew at most once.
    """
    catalogue = load_sources(settings.sources_folder)
    ledger, archive = Ledger(settings.ledger_file), Archive(settings.archive_folder)
    sources = chosen(catalogue, source_ids)
    recordings = Recordings(replay) if replay else None
    outcomes = []
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        archive_bundle(archive)
        _take_in_bundle(archive, warehouse, progress)
        bundle = archived_bundle(archive)
        for source in sources:
            run = ledger.start(source.id, "backfill", instant())
            new = archive_recordings(source, recordings, archive) if recordings else 0
            new += archive_facts(source, facts, archive) if facts else 0
            outcome = _loaded(source, Gathered(new=new, asked=new), archive, warehouse, bundle)
            ledger.finish(run, outcome.status, instant(), outcome.loaded, 0, outcome.message or None)
            progress(source.id, f"{new} payloads, {outcome.loaded.added:,} rows")
            outcomes.append(outcome)
        _finish(
            settings,
            warehouse,
            catalogue,
            ledger,
            changed=any(o.loaded.payloads for o in outcomes),
            tell=progress,
        )
    return outcomes


def rebuild(settings: Settings, progress: Progress = lambda source, text: None) -> Loaded:
    """Make the whole warehouse again from the raw archive, bundled rows included, and publish it.

    The old warehouse stays until the new one is whole.
    """
    catalogue = load_sources(settings.sources_folder)
    ledger, archive = Ledger(settings.ledger_file), Archive(settings.archive_folder)
    total = Loaded()
    with rebuilt_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        bundle = archived_bundle(archive)
        total += adopt_bundle(archive, warehouse, bundle)
        for source_id in archive.sources():
            if source_id in catalogue.sources:
                loaded = load_source(catalogue.sources[source_id], archive, warehouse, bundle)
                progress(source_id, f"{loaded.added:,} rows")
                total += loaded
        _finish(settings, warehouse, catalogue, ledger, changed=True, tell=progress)
    return total


def start_with_bundle(settings: Settings, progress: Progress = lambda source, text: None) -> Snapshot:
    """The latest snapshot; on a first start, or with a newer bundle, after taking in the bundled data."""
    archive = Archive(settings.archive_folder)
    try:
        current = latest(settings.snapshot_folder)
    except NoSnapshotError:
        current = None
    if current and not archive_bundle(archive):
        return current
    catalogue = load_sources(settings.sources_folder)
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        archive_bundle(archive)
        _take_in_bundle(archive, warehouse, progress)
        _finish(settings, warehouse, catalogue, Ledger(settings.ledger_file), changed=True, tell=progress)
    return latest(settings.snapshot_folder)


def bundle(settings: Settings, folder: Path) -> dict[str, int]:
    """Write the shippable part of the warehouse as the data that goes with the code; rows per table."""
    catalogue = load_sources(None)
    shippable = sorted(source.id for source in catalogue.sources.values() if source.shippable)
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        _describe_sources(warehouse, catalogue)
        return write_bundle(warehouse, folder, shippable, instant())


def chosen(catalogue: Catalogue, source_ids: Sequence[str]) -> list[Source]:
    """The named sources, or all enabled ones. Raises UnknownSourceError with the nearest names."""
    if not source_ids:
        return [source for source in catalogue.sources.values() if source.enabled]
    unknown = [name for name in source_ids if name not in catalogue.sources]
    if unknown:
        near = difflib.get_close_matches(unknown[0], catalogue.sources, n=3)
        raise UnknownSourceError(
            f"There is no source {unknown[0]!r}. "
            + (f"Did you mean {', '.join(near)}? " if near else "")
            + f"`hypecurve sources` lists all {len(catalogue.sources)}."
        )
    return [catalogue.sources[name] for name in source_ids]


@contextmanager
def _fetcher(settings: Settings, replay: Path | None, as_of: date | None) -> Iterator[Fetcher]:
    transport = ReplayTransport(Recordings(replay), as_of or datetime.now(UTC).date()) if replay else None
    with Fetcher.open(settings.user_agent, transport=transport) as fetcher:
        yield fetcher


def _gather_all(
    sources: Iterable[Source], fetcher: Fetcher, archive: Archive, progress: Progress
) -> dict[str, Gathered]:
    gathered = {}
    with ThreadPoolExecutor(PARALLEL_FETCHES) as pool:
        futures = {pool.submit(gather, source, fetcher, archive, instant()): source for source in sources}
        for future in as_completed(futures):
            source = futures[future]
            gathered[source.id] = future.result()
            progress(source.id, f"{gathered[source.id].new} new payloads")
    return gathered


def _loaded(
    source: Source, report: Gathered, archive: Archive, warehouse: Warehouse, bundle: dict[str, pl.DataFrame]
) -> Outcome:
    if report.skipped:
        return Outcome(source.id, Status.SKIPPED, message=report.skipped)
    loaded = load_source(source, archive, warehouse, bundle)
    broken = _parse_errors(warehouse, source.id) if loaded.payloads else []
    message = "; ".join([*report.errors[:3], *broken])
    if report.failed or (broken and not loaded.added):
        return Outcome(source.id, Status.FAILED, loaded, message)
    return Outcome(source.id, Status.NEW if loaded.payloads else Status.UNCHANGED, loaded, message)


def _parse_errors(warehouse: Warehouse, source_id: str) -> list[str]:
    sql = """
        SELECT error FROM payload WHERE source_id = $source_id
        AND as_of = (SELECT max(as_of) FROM payload WHERE source_id = $source_id) AND error IS NOT NULL
    """
    return warehouse.frame(sql, {"source_id": source_id})["error"].to_list()


def _finish(
    settings: Settings,
    warehouse: Warehouse,
    catalogue: Catalogue,
    ledger: Ledger,
    *,
    changed: bool,
    tell: Progress,
) -> None:
    if changed:
        _describe_sources(warehouse, catalogue)
        tell("identify", "resolving model names")
        identify(warehouse, settings.aliases_file)
        tell("derive", "computing what is slow")
        derive(warehouse, tell)
    if changed or not settings.snapshot_folder.exists():
        warehouse.replace("run", _runs_to_publish(ledger))
        tell("publish", "writing a snapshot")
        publish(warehouse, settings.snapshot_folder)


def _runs_to_publish(ledger: Ledger) -> pl.DataFrame:
    return ledger.runs(limit=5_000).drop("rows_gone")


def _take_in_bundle(archive: Archive, warehouse: Warehouse, tell: Progress) -> None:
    adopted = adopt_bundle(archive, warehouse, archived_bundle(archive))
    if adopted.added:
        tell("bundle", f"{adopted.added:,} bundled rows")


def _describe_sources(warehouse: Warehouse, catalogue: Catalogue) -> None:
    about = [
        {
            "source_id": source.id,
            "title": source.title,
            "homepage": source.homepage,
            "licence": source.licence,
            "attribution": source.attribution,
            "urls": list(source.urls) if isinstance(source.urls, tuple) else [],
            "cadence": source.cadence,
            "kinds": [kind.value for kind in source.kinds],
            "core": source.core,
            "complete": source.complete,
            "shippable": source.shippable,
            "key_env": source.key_env,
        }
        for source in catalogue.sources.values()
    ]
    warehouse.replace("source", pl.DataFrame(about, infer_schema_length=None))
