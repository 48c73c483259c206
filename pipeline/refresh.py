"""One whole refresh: fetch, archive, load, identify, derive, publish. Only this module knows all stages."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from config import Settings
from errors import ExpectedError
from ingest.errors import ParseError
from ingest.fetch.client import Fetcher, Limits
from ingest.fetch.replay import Recordings, ReplayTransport
from ingest.registry import Catalogue, load_sources
from ingest.source import Source
from ingest.sources.prices.genai_prices import SOURCE as GENAI_PRICES
from ingest.sources.prices.genai_prices import genai_match_rules
from ingest.take_in.backfill import archive_bundle, archive_facts, archive_recordings
from ingest.take_in.gather import Gathered, gather, gather_history, instant, payload_of
from ingest.take_in.load import adopt_bundle, archived_bundle, load_source
from store.archive import Archive
from store.bundle import write_bundle, write_tables
from store.ledger import Ledger, Status
from store.snapshot import NoSnapshotError, Snapshot, end_of, latest, publish
from store.warehouse import Loaded, Warehouse, open_warehouse, rebuilt_warehouse

if TYPE_CHECKING:
    from ingest.identity.match_rules import MatchRule

PARALLEL_FETCHES = 6
OFFLINE_AFTER = 12
"""So many sources without a connection, and none with one, mean that there is no network."""

NO_NETWORK = (
    "There seems to be no network: no source could be reached, so this one was not tried. "
    "What was stored stays; the next scheduled refresh tries again."
)
NOTHING = Loaded()

Progress = Callable[[str, str], None]
"""Told of each step: source id (or stage) and what happened, in words."""


def silent(_source: str, _text: str) -> None:
    """Tell nobody."""


class UnknownSourceError(ExpectedError):
    """A source was named that does not exist; the message lists those that are near."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source's refresh came to."""

    source_id: str
    status: Status
    loaded: Loaded = NOTHING
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What every stage works with."""

    settings: Settings
    catalogue: Catalogue
    ledger: Ledger
    archive: Archive
    tell: Progress

    @classmethod
    def at(cls, settings: Settings, tell: Progress) -> _Place:
        ledger = Ledger(settings.ledger_file)
        ledger.close_dead_runs(instant())
        return cls(
            settings, load_sources(settings.sources_folder), ledger, Archive(settings.archive_folder), tell
        )


def refresh(
    settings: Settings,
    source_ids: Sequence[str] = (),
    *,
    trigger: str = "command",
    replay: Path | None = None,
    as_of: date | None = None,
    progress: Progress = silent,
) -> list[Outcome]:
    """Fetch the named sources (all enabled ones when none is named), take in what is new, publish.

    With `replay`, a folder of recordings answers instead of the network, as of a date.
    Raises UnknownSourceError, and WarehouseBusyError when another writer does not end in time.
    """
    place = _Place.at(settings, progress)
    sources = chosen(place.catalogue, source_ids)
    runs = {source.id: place.ledger.start(source.id, trigger, instant()) for source in sources}
    now = end_of(as_of) if replay and as_of else instant()
    with _fetcher(settings, replay, as_of) as fetcher:
        gathered = _gather_all(sources, fetcher, place, now)
    return _take_in(place, sources, gathered, runs)


def backfill(
    settings: Settings,
    source_ids: Sequence[str] = (),
    *,
    replay: Path | None = None,
    facts: Path | None = None,
    progress: Progress = silent,
) -> list[Outcome]:
    """Archive every dated payload of a recordings folder (and the tables of a facts folder), then load.

    All payloads of a source are archived before any is loaded, so each source is made anew at most once.
    """
    place = _Place.at(settings, progress)
    sources = chosen(place.catalogue, source_ids)
    recordings = Recordings(replay) if replay else None
    runs = {source.id: place.ledger.start(source.id, "backfill", instant()) for source in sources}
    gathered = {}
    for source in sources:
        new = archive_recordings(source, recordings, place.archive) if recordings else 0
        new += archive_facts(source, facts, place.archive) if facts else 0
        gathered[source.id] = Gathered(new=new, asked=new)
    return _take_in(place, sources, gathered, runs)


def fetch_history(
    settings: Settings,
    source_ids: Sequence[str],
    since: date,
    *,
    replay: Path | None = None,
    progress: Progress = silent,
) -> list[Outcome]:
    """Fetch the dated versions that sources keep of themselves since a day, one at a time, and take them in.

    Raises UnknownSourceError for a source that keeps none.
    """
    place = _Place.at(settings, progress)
    able = [source.id for source in place.catalogue.sources.values() if source.history]
    sources = chosen(place.catalogue, source_ids or able)
    unable = [source.id for source in sources if source.id not in able]
    if unable:
        raise UnknownSourceError(
            f"{', '.join(unable)} keeps no dated versions of itself. Sources that do: {', '.join(able)}."
        )
    runs = {source.id: place.ledger.start(source.id, "backfill", instant()) for source in sources}
    gathered = {}
    with _fetcher(settings, replay, None) as fetcher:
        for source in sources:
            place.tell(source.id, f"versions since {since}")
            gathered[source.id] = gather_history(
                source, fetcher, place.archive, since, instant(), settings.github_token
            )
    return _take_in(place, sources, gathered, runs)


def rebuild(settings: Settings, progress: Progress = silent) -> Loaded:
    """Make the whole warehouse again from the raw archive, bundled rows included, and publish it.

    The old warehouse stays until the new one is whole.
    """
    place = _Place.at(settings, progress)
    with rebuilt_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        bundle = archived_bundle(place.archive)
        total = adopt_bundle(place.archive, warehouse, bundle)
        for source_id in place.archive.sources():
            if source_id in place.catalogue.sources:
                loaded = load_source(place.catalogue.sources[source_id], place.archive, warehouse, bundle)
                progress(source_id, f"{loaded.added:,} rows")
                total += loaded
        _identify_derive_publish(place, warehouse)
    return total


def start_with_bundle(settings: Settings, progress: Progress = silent) -> Snapshot:
    """The latest snapshot; on a first start, or with a newer bundle, after taking in the bundled data."""
    place = _Place.at(settings, progress)
    try:
        current = latest(settings.snapshot_folder)
    except NoSnapshotError:
        current = None
    if not archive_bundle(place.archive) and current:
        return current
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        _take_in_bundle(place, warehouse, archived_bundle(place.archive))
        _identify_derive_publish(place, warehouse)
    return latest(settings.snapshot_folder)


def bundle(settings: Settings, folder: Path) -> dict[str, int]:
    """Write the shippable part of the warehouse as the data that goes with the code; rows per table.

    What derives from exactly these rows is computed and shipped with them.
    """
    from ingest.identity.identify import identify
    from pipeline.derive import DERIVED_TABLES, derive

    catalogue = load_sources(None)
    shippable = sorted(source.id for source in catalogue.sources.values() if source.shippable)
    with open_warehouse(settings.warehouse_file, settings.lock_wait_seconds) as warehouse:
        _describe_sources(warehouse, catalogue)
        written = write_bundle(warehouse, folder, shippable, instant())
    with TemporaryDirectory() as home:
        archive, fresh = Archive(Path(home)), Warehouse.in_memory()
        archive_bundle(archive, folder)
        adopt_bundle(archive, fresh, archived_bundle(archive))
        _describe_sources(fresh, catalogue)
        identify(fresh, Path(home) / "no aliases")
        derive(fresh, silent)
        return {**written, **write_tables(fresh, folder, DERIVED_TABLES)}


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
    """The network, or recordings in its place, which need no pause between two requests."""
    transport = ReplayTransport(Recordings(replay), as_of or datetime.now(UTC).date()) if replay else None
    limits = Limits(seconds_between_requests=0.0) if replay else Limits()
    with Fetcher.open(settings.user_agent, limits, transport=transport) as fetcher:
        yield fetcher


def _gather_all(
    sources: Iterable[Source], fetcher: Fetcher, place: _Place, now: datetime
) -> dict[str, Gathered]:
    """Fetch in parallel; when the first ones all fail for want of a connection, the others are not tried."""
    gathered: dict[str, Gathered] = {}
    watched = _names_to_watch(place.settings, now)

    def one(source: Source) -> Gathered:
        tried = list(gathered.values())
        if len(tried) >= OFFLINE_AFTER and all(report.offline or report.skipped for report in tried):
            return Gathered(asked=1, errors=(NO_NETWORK,), offline=True)
        try:
            return gather(source, fetcher, place.archive, now, names=watched)
        except Exception as error:  # noqa: BLE001 - one source's fault, a person's own module among them, costs no other
            return Gathered(asked=1, errors=(f"fetching {source.id} broke off: {_told(error)}",))

    with ThreadPoolExecutor(PARALLEL_FETCHES) as pool:
        futures = {pool.submit(one, source): source for source in sources}
        for future in as_completed(futures):
            source = futures[future]
            gathered[source.id] = future.result()
            place.tell(source.id, f"{gathered[source.id].new} new payloads")
    return gathered


def _names_to_watch(settings: Settings, now: datetime) -> tuple[str, ...]:
    """The models that sources with an address a model should ask for; none before the first snapshot."""
    try:
        snapshot = latest(settings.snapshot_folder)
    except NoSnapshotError:
        return ()
    return tuple(snapshot.ask("names_to_watch", as_of=now)["model_name"])


def _take_in(
    place: _Place, sources: Sequence[Source], gathered: Mapping[str, Gathered], runs: Mapping[str, int]
) -> list[Outcome]:
    with open_warehouse(place.settings.warehouse_file, place.settings.lock_wait_seconds) as warehouse:
        archive_bundle(place.archive)
        bundled = archived_bundle(place.archive)
        _take_in_bundle(place, warehouse, bundled)
        outcomes = []
        for source in sources:
            report = gathered[source.id]
            outcome = _loaded(source, report, place.archive, warehouse, bundled)
            place.ledger.finish(
                runs[source.id],
                outcome.status,
                instant(),
                outcome.loaded,
                report.retries,
                outcome.message or None,
            )
            place.tell(source.id, outcome.message or f"{outcome.loaded.added:,} rows")
            outcomes.append(outcome)
        if (
            any(outcome.loaded.payloads for outcome in outcomes)
            or not place.settings.snapshot_folder.exists()
        ):
            _identify_derive_publish(place, warehouse)
    return outcomes


def _loaded(
    source: Source,
    report: Gathered,
    archive: Archive,
    warehouse: Warehouse,
    bundled: Mapping[str, pl.DataFrame],
) -> Outcome:
    if report.skipped:
        return Outcome(source.id, Status.SKIPPED, message=report.skipped)
    try:
        loaded = load_source(source, archive, warehouse, bundled)
    except Exception as error:  # noqa: BLE001 - what one source did not take in was rolled back and costs no other
        kept = "What was fetched is in the archive, and the next refresh tries again."
        return Outcome(
            source.id, Status.FAILED, message=f"loading {source.id} broke off: {_told(error)} {kept}"
        )
    broken = _parse_errors(warehouse, source.id) if loaded.payloads else []
    message = "; ".join([*report.errors[:3], *broken])
    if report.failed or (broken and not loaded.added):
        return Outcome(source.id, Status.FAILED, loaded, message)
    return Outcome(source.id, Status.NEW if loaded.payloads else Status.UNCHANGED, loaded, message)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(".") + "."


def _parse_errors(warehouse: Warehouse, source_id: str) -> list[str]:
    sql = """
        SELECT error FROM payload WHERE source_id = $source_id
        AND as_of = (SELECT max(as_of) FROM payload WHERE source_id = $source_id) AND error IS NOT NULL
    """
    return warehouse.frame(sql, {"source_id": source_id})["error"].to_list()


def _take_in_bundle(place: _Place, warehouse: Warehouse, bundled: Mapping[str, pl.DataFrame]) -> None:
    adopted = adopt_bundle(place.archive, warehouse, bundled)
    if adopted.added:
        place.tell("bundle", f"{adopted.added:,} bundled rows")


def _identify_derive_publish(place: _Place, warehouse: Warehouse) -> None:
    from ingest.identity.identify import identify
    from pipeline.derive import derive

    _describe_sources(warehouse, place.catalogue)
    place.tell("identify", "resolving model names")
    identify(warehouse, place.settings.aliases_file, _published_rules(place.archive))
    place.tell("derive", "computing what is slow")
    derive(warehouse, place.tell, archived_bundle(place.archive))
    warehouse.replace("sighting", place.archive.sightings())
    warehouse.replace("run", place.ledger.runs(limit=5_000).drop("rows_gone"))
    place.tell("publish", "writing a snapshot")
    publish(warehouse, place.settings.snapshot_folder)


def _published_rules(archive: Archive) -> Sequence[MatchRule]:
    """The newest rules of genai-prices that can be read; none where none is archived."""
    for entry in reversed(archive.entries(GENAI_PRICES.id)):
        try:
            return genai_match_rules(payload_of(entry, archive.body(entry.sha256)))
        except ParseError:
            continue
    return ()


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
            "dates_readings": source.dates_readings,
            "copies": list(source.copies),
        }
        for source in catalogue.sources.values()
    ]
    warehouse.replace("source", pl.DataFrame(about, infer_schema_length=None))
