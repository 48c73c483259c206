"""Make the warehouse again from the raw archive: all of it beside the old one, or some sources' rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from config import Settings
from ingest.source import Source
from ingest.take_in.load import Bundle, Plan, carry_out, plan
from ingest.take_in.parsers import Parsers
from pipeline.place import Place, Progress, chosen, silent
from pipeline.stages import bring_up, finish
from pipeline.take_in import archived, read_ahead, take_in_bundle
from store.trouble import StorageError
from store.warehouse import Loaded, Warehouse


@dataclass(frozen=True, slots=True)
class Rebuilt(Loaded):
    """What was taken in, and in words what could not be read from the archive."""

    missing: tuple[str, ...] = ()


def rebuild(settings: Settings, progress: Progress = silent, source_ids: Sequence[str] = ()) -> Rebuilt:
    """Make the warehouse (or the rows of the named sources) again from the raw archive, and publish it.

    Payloads that killed their parser are tried again. What is damaged in the archive is told, and the rest
    goes on. The old warehouse is used by others, and stays, until the new one is whole.
    Raises UnknownSourceError, and WarehouseBusyError when another writer does not end in time.
    """
    place = Place.at(settings, progress)
    if source_ids:
        return _some(place, chosen(place.catalogue, source_ids))
    for source in archived(place):
        place.ledger.forget_put_aside(source.id)
    return _all(place)


def _all(place: Place) -> Rebuilt:
    with place.store.remaking() as fresh, place.parsers() as parsers:
        bundle = take_in_bundle(place, fresh)
        total = _made(place, fresh, bundle, parsers, archived(place))
        bring_up(place, fresh)
        with place.store.replacing(fresh):
            total = _sum(total, _made(place, fresh, bundle, parsers, archived(place)))  # what came meanwhile
            bring_up(place, fresh)
    with place.warehouse() as warehouse:
        finish(place, warehouse)
    return total


def _some(place: Place, sources: Sequence[Source]) -> Rebuilt:
    for source in sources:
        place.ledger.forget_put_aside(source.id)
    with place.parsers() as parsers:
        with place.warehouse() as warehouse:
            bundle = take_in_bundle(place, warehouse)
            plans = [_anew(place, warehouse, bundle, source) for source in sources]
        read_ahead(place, parsers, plans)
        with place.warehouse() as warehouse:
            total = Rebuilt()
            for source in sources:
                found = warehouse.uncrossed(
                    partial(_made_anew, place, warehouse, bundle, parsers, source), place.tell
                )
                total = _sum(total, found)
            finish(place, warehouse)
    return total


def _made_anew(
    place: Place, warehouse: Warehouse, bundle: Bundle, parsers: Parsers, source: Source
) -> Rebuilt:
    with warehouse.taking_in(source.id):
        return _taken(place, warehouse, parsers, _anew(place, warehouse, bundle, source))


def _anew(place: Place, warehouse: Warehouse, bundle: Bundle, source: Source) -> Plan:
    return plan(source, place.archive, warehouse, bundle, place.forms.get(source.id), anew=True)


def _made(
    place: Place, warehouse: Warehouse, bundle: Bundle, parsers: Parsers, sources: Sequence[Source]
) -> Rebuilt:
    total = Rebuilt()
    for source in sources:
        try:
            planned = plan(source, place.archive, warehouse, bundle, place.forms.get(source.id))
            total = _sum(total, _taken(place, warehouse, parsers, planned))
        except (
            StorageError
        ) as error:  # the source's index, say; a fault of the warehouse itself has another type
            total = _sum(total, Rebuilt(missing=(f"{source.id}: {error}",)))
    return total


def _taken(place: Place, warehouse: Warehouse, parsers: Parsers, planned: Plan) -> Rebuilt:
    taken = carry_out(planned, place.archive, warehouse, parsers.read)
    parsers.forget(planned.source.id)
    if taken.loaded.payloads:
        place.tell(planned.source.id, f"{taken.loaded.added:,} rows")
    return _sum(
        Rebuilt(missing=tuple(f"{planned.source.id}: {text}" for text in taken.missing)), taken.loaded
    )


def _sum(total: Rebuilt, more: Loaded) -> Rebuilt:
    both = total + more
    missing = [*total.missing, *(more.missing if isinstance(more, Rebuilt) else ())]
    return Rebuilt(
        both.payloads,
        both.read,
        both.added,
        both.gone,
        both.refused,
        both.revised,
        tuple(dict.fromkeys(missing)),
    )
