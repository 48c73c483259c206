"""One whole refresh: fetch, archive, parse, load, then the last stages (`stages.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config import Settings
from ingest.fetch.client import Fetcher, Limits
from ingest.fetch.politeness import Politeness
from ingest.fetch.replay import Recordings, ReplayTransport
from ingest.registry import load_sources
from ingest.source import Source
from ingest.take_in.backfill import archive_bundle, archive_facts, archive_recordings
from ingest.take_in.gather import Gathered, gather, instant
from ingest.take_in.load import adopt_bundle, archived_bundle
from ingest.take_in.quiet import patience
from ingest.take_in.versions import gather_history
from pipeline.place import Place, Progress, UnknownSourceError, chosen, silent
from pipeline.rebuild import Rebuilt, rebuild
from pipeline.stages import describe_sources, finish
from pipeline.take_in import Outcome, take_in, take_in_bundle, told
from store.archive import Archive
from store.bundle import write_bundle, write_tables
from store.snapshot import NoSnapshotError, Snapshot, end_of, is_of_this_version
from store.store import store_of
from store.trouble import StorageError
from store.warehouse import Warehouse

__all__ = [
    "Outcome",
    "Progress",
    "Rebuilt",
    "UnknownSourceError",
    "backfill",
    "bundle",
    "chosen",
    "fetch_history",
    "rebuild",
    "refresh",
    "silent",
    "start_with_bundle",
]

PARALLEL_FETCHES = 6
OFFLINE_AFTER = 12
"""So many sources without a connection, and none with one, mean that there is no network."""

NO_NETWORK = (
    "There seems to be no network: no source could be reached, so this one was not tried. "
    "What was stored stays; the next scheduled refresh tries again."
)


def refresh(
    settings: Settings,
    source_ids: Sequence[str] = (),
    *,
    trigger: str = "command",
    replay: Path | None = None,
    as_of: date | None = None,
    manners: Politeness | None = None,
    progress: Progress = silent,
) -> list[Outcome]:
    """Fetch the named sources (all enabled ones when none is named), take in what is new, publish.

    With `replay`, a folder of recordings answers instead of the network, as of a date. A process that
    refreshes again and again gives its `manners` along: hosts that asked for a pause get it.
    Raises UnknownSourceError, and WarehouseBusyError when another writer does not end in time.
    """
    place = Place.at(settings, progress)
    sources = chosen(place.catalogue, source_ids)
    now = end_of(as_of) if replay and as_of else instant()
    with _runs(place, sources, trigger) as runs:
        with _fetcher(settings, replay, as_of, manners) as fetcher:
            gathered = _gather_all(sources, fetcher, place, now)
        return take_in(place, sources, gathered, runs)


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
    place = Place.at(settings, progress)
    sources = chosen(place.catalogue, source_ids)
    recordings = Recordings(replay) if replay else None
    gathered = {}
    with _runs(place, sources, "backfill") as runs:
        for source in sources:
            new = archive_recordings(source, recordings, place.archive) if recordings else 0
            new += archive_facts(source, facts, place.archive) if facts else 0
            gathered[source.id] = Gathered(new=new, asked=new)
        return take_in(place, sources, gathered, runs)


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
    place = Place.at(settings, progress)
    able = [source.id for source in place.catalogue.sources.values() if source.history]
    sources = chosen(place.catalogue, source_ids or able)
    unable = [source.id for source in sources if source.id not in able]
    if unable:
        raise UnknownSourceError(
            f"{', '.join(unable)} keeps no dated versions of itself. Sources that do: {', '.join(able)}."
        )
    gathered = {}
    with _runs(place, sources, "backfill") as runs:
        with _fetcher(settings, replay, None) as fetcher:
            for source in sources:
                place.tell(source.id, f"versions since {since}")
                gathered[source.id] = gather_history(
                    source, fetcher, place.archive, since, instant(), settings.github_token
                )
        return take_in(place, sources, gathered, runs)


def start_with_bundle(settings: Settings, progress: Progress = silent) -> Snapshot:
    """The latest snapshot; on a first start, or with a newer bundle, after taking in the bundled data."""
    store = store_of(settings)
    try:
        current = store.latest()
    except (NoSnapshotError, StorageError):
        current = None
    if current and store.away_since():
        return current
    place = Place.at(settings, progress)
    if not archive_bundle(place.archive) and current and is_of_this_version(current):
        return current

    def start() -> None:
        with place.warehouse() as warehouse:
            take_in_bundle(place, warehouse)
            finish(place, warehouse)

    place.with_whole_warehouse(start)
    return place.store.latest()


def begun(settings: Settings, progress: Progress = silent) -> bool:
    """As `start_with_bundle`; False where a team's store is away and nothing of it was copied here yet.

    A dashboard comes up all the same, says so, and asks again.
    """
    try:
        start_with_bundle(settings, progress)
    except (NoSnapshotError, StorageError):
        if store_of(settings).away_since() is None:
            raise
        return False
    return True


def bundle(settings: Settings, folder: Path) -> dict[str, int]:
    """Write the shippable part of the warehouse as the data that goes with the code; rows per table.

    What derives from exactly these rows is computed and shipped with them.
    """
    from ingest.identity.identify import identify
    from pipeline.derive import DERIVED_TABLES, derive

    catalogue = load_sources(None)
    shippable = sorted(source.id for source in catalogue.sources.values() if source.shippable)
    with store_of(settings).writing() as warehouse:
        warehouse.replace("source", describe_sources(catalogue))
        written = write_bundle(warehouse, folder, shippable, instant())
    with TemporaryDirectory() as home:
        archive, fresh = Archive(Path(home)), Warehouse.in_memory()
        archive_bundle(archive, folder)
        adopt_bundle(archive, fresh, archived_bundle(archive))
        fresh.replace("source", describe_sources(catalogue))
        identify(fresh, Path(home) / "no aliases")
        derive(fresh, silent)
        return {**written, **write_tables(fresh, folder, DERIVED_TABLES)}


@contextmanager
def _runs(place: Place, sources: Sequence[Source], trigger: str) -> Iterator[Mapping[str, int]]:
    """The number of each source's run; where storage fails, those that have not ended have failed with it."""
    runs = {source.id: place.ledger.start(source.id, trigger, instant()) for source in sources}
    try:
        yield runs
    except StorageError as error:
        place.ledger.fail_open(runs.values(), str(error), instant())
        raise


@contextmanager
def _fetcher(
    settings: Settings, replay: Path | None, as_of: date | None, manners: Politeness | None = None
) -> Iterator[Fetcher]:
    """The network, or recordings in its place, which need no pause between two requests."""
    transport = ReplayTransport(Recordings(replay), as_of or datetime.now(UTC).date()) if replay else None
    limits = Limits(seconds_between_requests=0.0) if replay else Limits()
    with Fetcher.open(
        settings.user_agent,
        limits,
        transport=transport,
        allow_private=settings.allow_private_urls,
        manners=manners,
    ) as fetcher:
        yield fetcher


def _gather_all(
    sources: Sequence[Source], fetcher: Fetcher, place: Place, now: datetime
) -> dict[str, Gathered]:
    """Fetch in parallel; when the first ones all fail for want of a connection, the others are not tried."""
    gathered: dict[str, Gathered] = {}
    asked_by_model = any(callable(source.urls) for source in sources)
    watched = _names_to_watch(place, now) if asked_by_model else ()
    cadences = place.ledger.cadences()

    def one(source: Source) -> Gathered:
        tried = list(gathered.values())
        if len(tried) >= OFFLINE_AFTER and all(report.offline or report.skipped for report in tried):
            return Gathered(asked=1, errors=(NO_NETWORK,), offline=True)
        try:
            cadence = cadences.get(source.id, source.cadence)
            served = place.ledger.last_served(source.id)
            found = gather(
                source, fetcher, place.archive, now, names=watched, served=served, patience=patience(cadence)
            )
            place.ledger.note_served(source.id, dict.fromkeys(found.served, now))
            return found
        except Exception as error:  # noqa: BLE001 - one source's fault, a person's own module among them, costs no other
            return Gathered(asked=1, errors=(f"fetching {source.id} broke off: {told(error)}",))

    with ThreadPoolExecutor(PARALLEL_FETCHES) as pool:
        futures = {pool.submit(one, source): source for source in sources}
        for future in as_completed(futures):
            source = futures[future]
            gathered[source.id] = future.result()
            place.tell(source.id, f"{gathered[source.id].new} new payloads")
    return gathered


def _names_to_watch(place: Place, now: datetime) -> tuple[str, ...]:
    """The models that sources with an address a model should ask for; none before the first snapshot."""
    try:
        snapshot = place.store.latest()
    except NoSnapshotError:
        return ()
    return tuple(snapshot.ask("names_to_watch", as_of=now)["model_name"])
