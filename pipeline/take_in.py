"""From the archive into the warehouse: plan, parse outside the writer's lock, load, say what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from ingest.source import Source
from ingest.take_in.backfill import archive_bundle
from ingest.take_in.gather import Gathered, instant
from ingest.take_in.load import Bundle, Plan, Taken, adopt_bundle, archived_bundle, carry_out, plan
from ingest.take_in.parsers import Parsers
from pipeline.place import Place
from pipeline.stages import finish
from store.ledger import Status
from store.trouble import StorageError
from store.warehouse import Loaded, Warehouse

NOTHING: Final = Loaded()
TOLD: Final = 3
"""So many complaints of one kind are told; the ledger and the quarantine hold them all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source's refresh came to.

    offline  whether it failed for want of a connection
    """

    source_id: str
    status: Status
    loaded: Loaded = NOTHING
    message: str = ""
    offline: bool = False


def take_in(
    place: Place, sources: Sequence[Source], gathered: Mapping[str, Gathered], runs: Mapping[str, int]
) -> list[Outcome]:
    """Take in what the archive holds of the sources, note how each run ended, and bring up what rests on it.

    What parses stands outside the writer's lock. Sources that the warehouse has lost are taken in as well.
    """

    def taken_in() -> list[Outcome]:
        with place.store.kept_open():
            return _taken_in(place, sources, gathered, runs)

    return place.with_whole_warehouse(taken_in)


def _taken_in(
    place: Place, sources: Sequence[Source], gathered: Mapping[str, Gathered], runs: Mapping[str, int]
) -> list[Outcome]:
    with place.parsers() as parsers:
        if any(report.new for report in gathered.values()):
            parsers.warm()
        with place.warehouse() as warehouse:
            bundle = take_in_bundle(place, warehouse)
            others = _lost(place, warehouse, {source.id for source in sources})
            plans = list(_plans(place, warehouse, bundle, [*sources, *others]))
            if not any(planned.entries or planned.anew for planned in plans):
                return _loaded(place, warehouse, bundle, parsers, sources, others, gathered, runs)
        read_ahead(place, parsers, plans)
        with place.warehouse() as warehouse:
            return _loaded(place, warehouse, bundle, parsers, sources, others, gathered, runs)


def take_in_bundle(place: Place, warehouse: Warehouse) -> Bundle:
    """Archive what ships with the code, again where it was damaged; adopt what no source has brought yet."""
    archive_bundle(place.archive)
    bundle = archived_bundle(place.archive)
    adopted = adopt_bundle(place.archive, warehouse, bundle)
    if adopted.added:
        place.tell("bundle", f"{adopted.added:,} bundled rows")
    return bundle


def read_ahead(place: Place, parsers: Parsers, plans: Iterable[Plan]) -> None:
    """Parse what is planned, so that it is at hand when the lock is held; what fails, fails again then."""
    for planned in plans:
        try:
            for _ in planned.steps(place.archive, parsers.read, []):
                pass
        except Exception as error:  # noqa: BLE001 - told by the source's own loading, and costs no other
            place.tell(planned.source.id, str(error))


def archived(place: Place) -> list[Source]:
    """The sources there are that have payloads in the archive."""
    return [
        place.catalogue.sources[name] for name in place.archive.sources() if name in place.catalogue.sources
    ]


def _lost(place: Place, warehouse: Warehouse, asked: set[str]) -> list[Source]:
    """Sources of which the warehouse holds less than the archive, though no other process is at them.

    It was put aside, or lost what it had committed last, or is one of before: a restored copy's, say.
    """
    sql = "SELECT source_id, count(*) AS n FROM payload WHERE origin = 'archive' GROUP BY 1"
    held = dict(warehouse.frame(sql).iter_rows())
    left = asked | place.ledger.running()
    return [
        source
        for source in archived(place)
        if source.id not in left and held.get(source.id, 0) < _number_archived(place, source)
    ]


def _number_archived(place: Place, source: Source) -> int:
    try:
        return len(place.archive.entries(source.id))
    except StorageError:  # told by the source's own run, and costs no other
        return 0


def _plans(place: Place, warehouse: Warehouse, bundle: Bundle, sources: Iterable[Source]) -> Iterable[Plan]:
    for source in sources:
        try:
            yield plan(source, place.archive, warehouse, bundle, place.forms.get(source.id))
        except Exception as error:  # noqa: BLE001 - one source's fault, its index say, costs no other
            _raise_storage(place, error)
            place.tell(source.id, str(error))


def _loaded(
    place: Place,
    warehouse: Warehouse,
    bundle: Bundle,
    parsers: Parsers,
    sources: Sequence[Source],
    others: Sequence[Source],
    gathered: Mapping[str, Gathered],
    runs: Mapping[str, int],
) -> list[Outcome]:
    outcomes = []
    for source in [*others, *sources]:
        report = gathered.get(source.id, Gathered())
        outcome = _load(place, warehouse, bundle, parsers, source, report)
        if source.id in runs:
            place.ledger.finish(
                runs[source.id],
                outcome.status,
                instant(),
                outcome.loaded,
                report.retries,
                outcome.message or None,
            )
            outcomes.append(outcome)
        place.tell(source.id, outcome.message or f"{outcome.loaded.added:,} rows")
    finish(place, warehouse)
    return outcomes


def _load(
    place: Place, warehouse: Warehouse, bundle: Bundle, parsers: Parsers, source: Source, report: Gathered
) -> Outcome:
    def carried_out() -> Taken:
        with warehouse.taking_in(source.id):
            planned = plan(source, place.archive, warehouse, bundle, place.forms.get(source.id))
            return carry_out(planned, place.archive, warehouse, parsers.read)

    try:
        taken = warehouse.uncrossed(carried_out, place.tell)
        parsers.forget(source.id)
    except Exception as error:  # noqa: BLE001 - what one source did not take in was rolled back and costs no other
        _raise_storage(place, error)
        return Outcome(
            source.id,
            Status.FAILED,
            message=f"loading {source.id} broke off: {told(error)} What was fetched is in the archive, "
            "and the next refresh tries again.",
        )
    return _outcome(source, report, taken, warehouse.payloads(source.id))


def _raise_storage(place: Place, error: Exception) -> None:
    """A warehouse that cannot be used is no source's own fault."""
    meant = place.store.fault_of(error)
    if meant is not None:
        raise meant from error


def _outcome(source: Source, report: Gathered, taken: Taken, known: pl.DataFrame) -> Outcome:
    newest = _newest(source, known, report.addresses)
    unread = newest.filter(pl.col("unread"))
    complaints = newest["error"].drop_nulls().unique(maintain_order=True).to_list()
    texts = [report.errors, taken.missing, complaints, report.notes]
    said = [taken.note] if taken.note else []
    message = "; ".join([*said, *(text for group in texts for text in group[:TOLD])])
    if report.failed or taken.missing or _is_failed(source, unread.height, newest.height):
        return Outcome(source.id, Status.FAILED, taken.loaded, message, report.offline)
    if report.skipped and not taken.loaded.payloads:
        return Outcome(source.id, Status.SKIPPED, taken.loaded, report.skipped)
    return Outcome(
        source.id, Status.NEW if taken.loaded.payloads else Status.UNCHANGED, taken.loaded, message
    )


def _newest(source: Source, known: pl.DataFrame, addresses: Sequence[str]) -> pl.DataFrame:
    """The newest payload of each address that was asked; those of the last moment where none was."""
    archived = known.filter(pl.col("origin") == "archive")
    asked = archived.filter(pl.col("url").is_in(list(addresses)))
    if source.grouped or asked.is_empty():
        return archived.filter(pl.col("as_of") == pl.col("as_of").max())
    return asked.sort("as_of").unique("url", keep="last", maintain_order=True)


def _is_failed(source: Source, unread: int, addresses: int) -> bool:
    """One of the addresses that a source names; of those that it finds on its way, most."""
    named = isinstance(source.urls, tuple) and source.follow is None
    return unread > 0 if named else unread * 2 > addresses


def told(error: Exception) -> str:
    """An unexpected error as a sentence."""
    return f"{type(error).__name__}: {error}".rstrip(".") + "."
